"""What a board's labels say at an instant, in the language that has its turn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from config.wording import Wording
from display_board.center import Center
from display_board.state import Board
from display_board.view import Notice


@dataclass(frozen=True, slots=True)
class Speech:
    """Every text on the board besides numbers."""

    center: str
    hall: str
    clock: str
    ticket: str
    window: str
    wait: str
    no_calls: str
    #: what is wrong, or nothing
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks: a center's board in one hall."""

    wording: Wording
    center: Center
    hall: int

    def speak(self, language: str, now: datetime, notice: str = "") -> Speech:
        """Return the texts in a language; `now` is the wall clock, `notice` is from `warn`."""
        say = self.wording.say
        return Speech(
            center=self.center.name(language) or say("home.title", language),
            hall=say("board.hall", language, n=self.hall),
            clock=self._clock(now),
            ticket=say("board.ticket", language),
            window=say("board.window", language),
            wait=say("board.wait_for_call", language),
            no_calls=say("board.no_calls", language),
            notice=notice,
        )

    def warn(self, language: str, notice: Notice, board: Board) -> str:
        """Return the calm line that says what is wrong, or nothing."""
        if notice == "connecting":
            return self.wording.say("board.connecting", language) + "…"
        if notice == "lost" and board.stale_since:
            since = self._clock(datetime.fromisoformat(board.stale_since))
            return self.wording.say("board.no_connection", language, time=since)
        return ""

    def _clock(self, at: datetime) -> str:
        return f"{at.astimezone(self.center.zone):%H:%M}"
