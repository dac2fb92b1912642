"""What a press does at the server: one move, sent again with the same key until it is answered."""

from __future__ import annotations

import logging
import threading
import time
import uuid
from dataclasses import dataclass
from typing import Final, Literal

from pydantic import BaseModel

from queue_server.client.http import Client, ServerAway, ServerRefused
from queue_server.contracts.api import TicketOut, WindowOut
from queue_server.contracts.asks import CallNext, MoveWithReason, PauseWindow

_log = logging.getLogger(__name__)
Outcome = Literal["ok", "nobody", "refused", "away"]
#: seconds between two sends of the same move
AGAIN: Final = 0.5
#: moves of the window itself → what is asked
_OF_WINDOW: Final[dict[str, BaseModel]] = {
    "next": CallNext(),
    "pause": PauseWindow(),
    "open": PauseWindow(),
}


class NobodyInHand(Exception):
    """There is no visitor at the window with whom to do this."""


@dataclass(frozen=True, slots=True)
class Errand:
    """One press on its way: where to, and the key under which it acts once."""

    path: str
    body: BaseModel
    key: str


class Mover:
    """Does moves at one window; one thread uses it."""

    def __init__(
        self, client: Client, window: int, patience: float, stopping: threading.Event
    ) -> None:
        self.window = window
        self._client, self._patience, self._stopping = client, patience, stopping
        #: the ticket of the last move: undo needs it once nobody is at the window any more
        self._last: str | None = None

    def do(self, move: str) -> Outcome:
        """Do a move and return how it ended; it never raises."""
        deadline = time.monotonic() + self._patience
        errand: Errand | None = None
        while True:
            try:
                errand = errand or self._errand(move)
                return self._sent(move, errand)
            except NobodyInHand:
                return "refused"
            except ServerRefused as error:
                _log.info("%s: %s", move, error, extra={"action": "callpad"})
                return "refused"
            except ServerAway as error:
                if time.monotonic() >= deadline or self._stopping.wait(AGAIN):
                    _log.warning("%s: %s", move, error, extra={"action": "callpad"})
                    return "away"

    def _errand(self, move: str) -> Errand:
        """Return what a press asks for; it stays the same however often it is sent."""
        key = str(uuid.uuid4())
        if move in _OF_WINDOW:
            return Errand(f"/windows/{self.window}/{move}", _OF_WINDOW[move], key)
        return Errand(f"/tickets/{self._ticket(move)}/{move}", MoveWithReason(), key)

    def _ticket(self, move: str) -> str:
        """Return the ticket in hand; undo may also mean the one that has just left it."""
        now = self._client.read(f"/windows/{self.window}", WindowOut)
        if now.ticket is not None:
            return now.ticket.id
        if move == "undo" and self._last is not None:
            return self._last
        raise NobodyInHand

    def _sent(self, move: str, errand: Errand) -> Outcome:
        if move in ("pause", "open"):
            self._client.send(errand.path, errand.body, WindowOut, errand.key)
            return "ok"
        ticket = self._client.send(errand.path, errand.body, TicketOut, errand.key)
        if ticket is None:
            return "nobody"
        self._last = ticket.id
        return "ok"
