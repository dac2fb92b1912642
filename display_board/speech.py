"""What a board's labels say at an instant, in the language that has its turn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from config.wording import Wording
from display_board.center import Center
from display_board.figures import Wait
from display_board.state import Board
from display_board.view import Notice

#: minutes up to which a wait is soon, and from which it is but long
SOON: Final = 5
HOUR: Final = 60


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
    #: a line of the center's notices, or nothing, and the language that it is in
    bulletin: str = ""
    bulletin_language: str = ""
    next_title: str = ""
    waits_title: str = ""
    #: the numbers that are likely next
    next: tuple[str, ...] = ()
    waits: tuple[WaitText, ...] = ()


@dataclass(frozen=True, slots=True)
class WaitText:
    """How many wait under a prefix letter, and how long one more would, in words."""

    prefix: str
    waiting: int
    expected: str


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
            next_title=say("board.next_numbers", language),
            waits_title=say("board.waiting", language),
        )

    def tell(self, speech: Speech, language: str, waits: tuple[Wait, ...], board: Board) -> Speech:
        """Return the speech with figures: those waits that are seen, and who is likely next."""
        told = tuple(WaitText(w.prefix, w.waiting, self._expected(w, language)) for w in waits)
        return replace(speech, next=board.figures.next, waits=told)

    def _expected(self, wait: Wait, language: str) -> str:
        """Say a range of minutes as domain.md §4 has it: soon, a–b min, or over an hour.

        Of a letter that no open window serves nothing is said.
        """
        if wait.low is None or wait.high is None:
            return ""
        if wait.high <= SOON:
            return self.wording.say("board.wait_soon", language)
        if wait.low >= HOUR:
            return self.wording.say("board.wait_long", language)
        return self.wording.say("board.wait_between", language, a=wait.low, b=wait.high)

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
