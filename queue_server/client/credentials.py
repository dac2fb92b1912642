"""The tokens that a device has, and its life between being let in and being signed off.

A token may be given on the command line, kept from the last time the device was let in, or stand in
the file of the settings. One that the server no longer takes is not tried again.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from queue_server.client.http import Client
from queue_server.client.pairing import Admitted, Rhythm, Watch, forget, keep, kept
from queue_server.contracts.pairing import PlaceOut

_log = logging.getLogger(__name__)


class TokenUnreadable(Exception):
    """The file with the token is there and cannot be read."""


@dataclass
class Credentials:
    """What a device may show to one server; one thread uses it."""

    server: str
    #: the folder where it keeps what it was given
    folder: Path
    #: of the command line
    given: str | None = None
    #: the file that the settings name
    file: Path | None = None
    _dead: set[str] = field(default_factory=set)
    _known: Admitted | None = None

    def token(self) -> str | None:
        """Return a token to try; None: the device must be let in first.

        Raises TokenUnreadable.
        """
        return next((token for token in self._all() if token not in self._dead), None)

    def place(self, token: str) -> PlaceOut | None:
        """Return where the device belongs that holds this token, where that is known here."""
        known = self._known or kept(self.folder, self.server)
        if known is None or known.token != token:
            return None
        return PlaceOut(name=known.name, kind=known.kind, hall=known.hall, window=known.window)

    def admit(self, admitted: Admitted) -> None:
        """Keep what an administrator has given; where that fails it lasts till the end."""
        self._known = admitted
        try:
            keep(self.folder, admitted)
        except OSError as error:
            _log.error("the token is not kept: %s", error, extra={"action": "pairing"})

    def move(self, token: str, place: PlaceOut) -> None:
        """Note where the device belongs now."""
        known = self._known or kept(self.folder, self.server)
        if known is None or known.token != token:
            known = Admitted(self.server, token, place.name, place.kind, place.hall, place.window)
            self._known = known
            return
        self.admit(replace(known, hall=place.hall, window=place.window))

    def refuse(self, token: str) -> None:
        """Take a token out of use: the server does not know it any more."""
        self._dead.add(token)
        if self._known is not None and self._known.token == token:
            self._known = None
        found = kept(self.folder, self.server)
        if found is not None and found.token == token:
            forget(self.folder)

    def _all(self) -> Iterator[str]:
        if self.given:
            yield self.given
        known = self._known or kept(self.folder, self.server)
        if known is not None:
            yield known.token
        if self.file is not None and self.file.exists():
            yield _read(self.file)


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8").strip()
    except OSError as error:
        reason = (error.strerror or "error").lower()
        raise TokenUnreadable(f"{file} cannot be read ({reason}); check its rights.") from None


#: lets the device in and returns what it got; told whether it was signed off before
LetIn = Callable[[bool], Admitted | None]
#: works with a token at a place until the event is set
Work = Callable[[str, PlaceOut | None, threading.Event], None]


def live(
    credentials: Credentials,
    let_in: LetIn,
    work: Work,
    stopping: threading.Event,
    rhythm: Rhythm | None = None,
) -> None:
    """Let a device in and let it work, again and again, until told to stop or the work ends."""
    signed_off = False
    while not stopping.is_set():
        token = credentials.token()
        if token is None:
            admitted = let_in(signed_off)
            if admitted is None:
                return
            credentials.admit(admitted)
            signed_off = False
            continue
        end = _worked(credentials, token, work, stopping, rhythm)
        if end == "done":
            return
        if end == "signed off":
            credentials.refuse(token)
            signed_off = True


def _worked(
    credentials: Credentials,
    token: str,
    work: Work,
    stopping: threading.Event,
    rhythm: Rhythm | None,
) -> str:
    """Work with a token and return why it ended: `done`, `signed off` or `moved`."""
    ended, why = threading.Event(), ["done"]

    def end(reason: str) -> None:
        """End the work for a reason."""
        why[0] = reason
        ended.set()

    def moved(place: PlaceOut) -> None:
        """Go on at another place."""
        credentials.move(token, place)
        end("moved")

    def stop() -> None:
        """Pass the wish to end on to the work, which waits for its own."""
        stopping.wait()
        ended.set()

    threading.Thread(target=stop, name="ending", daemon=True).start()
    place = credentials.place(token)
    watch = Watch(
        Client(credentials.server, token),
        signed_off=lambda: end("signed off"),
        moved=moved,
        place=place,
        rhythm=rhythm,
    )
    watch.start()
    try:
        work(token, place, ended)
    finally:
        watch.stop()
    return "done" if stopping.is_set() else why[0]
