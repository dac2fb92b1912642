"""What a board must know of its center, and the thread that asks the server for it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from queue_server.client.http import Client, ServerAway, ServerRefused
from queue_server.contracts.catalogue import CatalogueOut

_log = logging.getLogger(__name__)
#: seconds before a failed question is asked again
_AGAIN: Final = 30.0


@dataclass(frozen=True, slots=True)
class Center:
    """The center's name by language tag, and its time."""

    names: Mapping[str, str] = field(default_factory=dict)
    #: as the tz database writes it; empty: the machine's own
    timezone: str = ""

    @property
    def zone(self) -> tzinfo | None:
        """Return the time zone; None, which is the machine's own, where that is unknown here."""
        try:
            return ZoneInfo(self.timezone) if self.timezone else None
        except (ZoneInfoNotFoundError, ValueError):
            return None

    def name(self, language: str) -> str:
        """Return the name in a language, or in the first one that it has."""
        return self.names.get(language) or next(iter(self.names.values()), "")


def of(catalogue: CatalogueOut) -> Center:
    """Return the center that a catalogue describes."""
    return Center(dict(catalogue.name), catalogue.timezone)


class Inquirer:
    """Asks for the center whenever that is wanted, until the server has answered."""

    def __init__(self, client: Client, tell: Callable[[Center], None]) -> None:
        self._client, self._tell = client, tell
        self._wanted = threading.Event()
        self._stopping = threading.Event()
        self._said = ""
        self._thread = threading.Thread(target=self._run, name="center", daemon=True)

    def start(self) -> None:
        """Begin to wait for questions."""
        self._thread.start()

    def ask(self) -> None:
        """Have the center told anew; returns at once."""
        self._wanted.set()

    def stop(self) -> None:
        """End; a question under way is left to its deadline."""
        self._stopping.set()
        self._wanted.set()

    def _run(self) -> None:
        while True:
            self._wanted.wait()
            if self._stopping.is_set():
                return
            self._wanted.clear()
            if not self._answered():
                self._stopping.wait(_AGAIN)
                self._wanted.set()

    def _answered(self) -> bool:
        try:
            self._tell(of(self._client.catalogue()))
        except (ServerAway, ServerRefused) as error:
            if str(error) != self._said:
                self._said = str(error)
                _log.info("the center's name is not known: %s", error, extra={"action": "ask"})
            return False
        return True
