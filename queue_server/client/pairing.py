"""The device's side of being let in: ask for a code, show it, wait, keep the token.

The code runs out after some minutes; then a new one comes by itself. Nothing here draws: whoever
shows the code is told a `Standing` whenever it changes.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Final, Literal

from queue_server.client.http import Client, ServerAway, ServerRefused
from queue_server.contracts.pairing import (
    AskPairing,
    ClaimOut,
    ClaimPairing,
    DeviceKind,
    PairingOut,
    PlaceOut,
)

_log = logging.getLogger(__name__)
#: the file in a device's data folder, readable by its owner alone
FILE: Final = "device.json"


@dataclass(frozen=True, slots=True)
class Admitted:
    """What a device keeps once it is let in."""

    server: str
    token: str
    name: str
    kind: str
    hall: int
    window: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What a device that waits has to show."""

    state: Literal["asking", "shown", "refused"] = "asking"
    #: `K7QM-2RXT`, where one is shown
    code: str = ""
    #: whether the server gave no answer the last time
    away: bool = False
    #: whether this device was let in before and then signed off
    signed_off: bool = False

    @property
    def saying(self) -> str:
        """Return the name of the text that belongs to it, `pairing.<name>`."""
        if self.away:
            return "away"
        return {"asking": "asking", "shown": "show_code", "refused": "was_refused"}[self.state]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Seconds between two tries."""

    #: while the server is away, or has heard too many wishes
    away: float = 5.0
    #: after an administrator has refused, before a new code is asked for
    refused: float = 30.0
    #: between two looks whether the token still opens anything
    look: float = 2.0


def kept(folder: Path, server: str) -> Admitted | None:
    """Return what was kept at this server; None: the device must be let in first."""
    try:
        found = Admitted(**json.loads((folder / FILE).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return found if found.server == server and found.token else None


def keep(folder: Path, admitted: Admitted) -> None:
    """Keep it, whole or not at all, for its owner's eyes; raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    new = folder / f"{FILE}.new"
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(admitted), file)
        file.flush()
        os.fsync(file.fileno())
    new.replace(folder / FILE)
    _sync(folder)


def forget(folder: Path) -> None:
    """Forget it; nothing kept is no error."""
    with contextlib.suppress(OSError):
        (folder / FILE).unlink(missing_ok=True)
        _sync(folder)


def let_in(
    server: str,
    kind: DeviceKind,
    show: Callable[[Standing], None],
    stopping: threading.Event,
    rhythm: Rhythm | None = None,
) -> Admitted | None:
    """Ask and show codes until this device is let in; None when it was told to stop."""
    client, beat, show = Client(server, ""), rhythm or Rhythm(), _changes(show)
    while not stopping.is_set():
        asked = _asked(client, kind, show, stopping, beat)
        answer = _answered(client, asked, show, stopping) if asked else None
        if answer is not None and answer.state == "refused":
            show(Standing("refused"))
            stopping.wait(beat.refused)
        elif answer is not None and answer.token:
            return Admitted(
                server=server,
                token=answer.token,
                name=answer.name or "",
                kind=answer.kind or kind,
                hall=answer.hall or 1,
                window=answer.window,
            )
    return None


class Watch:
    """Looks every few seconds whether a device's token still opens anything."""

    def __init__(
        self,
        client: Client,
        *,
        signed_off: Callable[[], None],
        moved: Callable[[PlaceOut], None] = lambda _place: None,
        place: PlaceOut | None = None,
        rhythm: Rhythm | None = None,
    ) -> None:
        """`place` is where the device believes to stand; None: where it is first told."""
        self._client, self._signed_off, self._moved = client, signed_off, moved
        self._look = (rhythm or Rhythm()).look
        self._stopping = threading.Event()
        self._place = place
        self._thread = threading.Thread(target=self._run, name="admission", daemon=True)

    def start(self) -> None:
        """Begin to look; returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """End soon; a question on its way is not waited for."""
        self._stopping.set()

    def _run(self) -> None:
        while not self._stopping.wait(self._look):
            try:
                place = self._client.read("/device", PlaceOut)
            except ServerAway:
                continue
            except ServerRefused as error:
                if error.problem.status == HTTPStatus.UNAUTHORIZED:
                    self._tell_signed_off()
                    return
                continue
            if self._place is not None and place != self._place:
                self._moved(place)
            self._place = place
        self._client.hang_up()

    def _tell_signed_off(self) -> None:
        self._client.hang_up()
        if not self._stopping.is_set():
            _log.warning("this device was signed off", extra={"action": "signed_off"})
            self._signed_off()


def _changes(show: Callable[[Standing], None]) -> Callable[[Standing], None]:
    """Return what shows a standing only when it is another one than before."""
    shown: list[Standing] = []

    def tell(standing: Standing) -> None:
        """Show it if it is new."""
        if shown != [standing]:
            shown[:] = [standing]
            show(standing)

    return tell


def _asked(
    client: Client,
    kind: DeviceKind,
    show: Callable[[Standing], None],
    stopping: threading.Event,
    beat: Rhythm,
) -> PairingOut | None:
    """Return a new code once the server gives one; None when told to stop."""
    show(Standing("asking"))
    while not stopping.is_set():
        try:
            return client.send("/pairings", AskPairing(kind=kind), PairingOut)
        except (ServerAway, ServerRefused) as error:
            _log.info("no code: %s", error, extra={"action": "pairing"})
            show(Standing("asking", away=True))
            stopping.wait(beat.away)
    return None


def _answered(
    client: Client,
    asked: PairingOut,
    show: Callable[[Standing], None],
    stopping: threading.Event,
) -> ClaimOut | None:
    """Return the answer to a wish; None when it ran out without one, or when told to stop."""
    show(Standing("shown", asked.code))
    while not stopping.wait(asked.poll_seconds):
        try:
            answer = client.send("/pairings/claim", ClaimPairing(secret=asked.secret), ClaimOut)
        except ServerAway:
            show(Standing("shown", asked.code, away=True))
            continue
        except ServerRefused:
            return None
        if answer is not None and answer.state != "waiting":
            return answer
        show(Standing("shown", asked.code))
    return None


def _sync(folder: Path) -> None:
    """Bring the folder's own entry to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
