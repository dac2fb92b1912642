"""The board's voice: hears what the board hears, and announces one call after another."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from datetime import datetime, time
from typing import Protocol

from display_board import chime
from display_board.state import Board, Message, Row
from queue_server.voice import announcements
from queue_server.voice.announcements import Call, Queue
from queue_server.voice.phrases import Unspeakable
from queue_server.voice.sound import mixed
from queue_server.voice.voicebox import Voicebox


class Player(Protocol):
    """What samples are played on."""

    @property
    def busy(self) -> bool:
        """Whether something sounds."""
        ...

    def play(self, samples: array[int]) -> None:
        """Begin to play; never waits."""
        ...


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours without any sound, from a time of day to another, over midnight too."""

    begins: time
    ends: time

    def covers(self, at: time) -> bool:
        """Whether it is quiet at a time of day; the same begin and end are no hours at all."""
        if self.begins <= self.ends:
            return self.begins <= at < self.ends
        return at >= self.begins or at < self.ends


def quiet_hours(text: str) -> Quiet:
    """Return the hours of a text like `18:00-08:00`; raises ValueError for another."""
    begins, _, ends = text.partition("-")
    return Quiet(time.fromisoformat(begins), time.fromisoformat(ends))


class Announcer:
    """Chime, then the words; one announcement at a time, and the board never waits for it."""

    def __init__(
        self,
        player: Player,
        voicebox: Voicebox | None,
        *,
        chiming: bool = True,
        quiet: Quiet | None = None,
    ) -> None:
        """Speak through `voicebox`, or only chime without one; `quiet` is in the machine's zone."""
        self._player, self._voicebox, self._quiet = player, voicebox, quiet
        self._chime = chime.samples() if chiming else array("h")
        self._queue = Queue()

    def hear(self, before: Board, after: Board, message: Message) -> None:
        """Take what a message has changed on the board."""
        live = before.connection == "live"
        self._queue = announcements.look(self._queue, message.now, live=live)
        for row in reversed(news(before, after, message.now)):
            age = _instant(message.at) - _happened(row, message)
            self._queue = announcements.hear(self._queue, _call(row), message.now, age)
        present = {(row.number, row.window) for row in after.rows}
        self._queue = announcements.stay(self._queue, present)
        self._go_on(message.now, message.at)

    def look(self, board: Board, now: float, at: str) -> None:
        """Let time pass; `now` is the steady clock, `at` the wall clock, RFC 3339."""
        live = board.connection == "live"
        self._queue = announcements.look(self._queue, now, live=live)
        self._go_on(now, at)

    def _go_on(self, now: float, at: str) -> None:
        if announcements.is_speaking(self._queue, now):
            if self._player.busy:
                return
            self._queue = announcements.end(self._queue, now)
        self._queue, call = announcements.begin(self._queue, now)
        if call is not None:
            self._announce(call, at)

    def _announce(self, call: Call, at: str) -> None:
        words = self._words(call)
        if not words:
            self._queue = announcements.hush(self._queue)
        if self._quiet is None or not self._quiet.covers(_time_of_day(at)):
            begins = chime.VOICE_AFTER if self._chime else 0.0
            self._player.play(mixed(self._chime, words, begins) if words else self._chime)

    def _words(self, call: Call) -> array[int]:
        if self._voicebox is None:
            return array("h")
        try:
            return self._voicebox.say(call.number, call.window, call.language)
        except Unspeakable as error:
            self._voicebox.note(str(error))
            return array("h")


def news(before: Board, after: Board, now: float) -> tuple[Row, ...]:
    """Return the rows that are announced by what has come `now`, the newest first."""
    if after.turn == before.turn:
        return ()
    return tuple(row for row in after.rows if row.lit_at == now)


def _call(row: Row) -> Call:
    called = _instant(row.called_at)
    return Call(row.number, row.window, row.language, called, row.recalls)


def _happened(row: Row, message: Message) -> float:
    """Return when a call was made, by the server's clock: an event's own time, else the row's."""
    told = (message.body or {}).get("at") if message.kind == "event" else None
    return _instant(told) or _instant(row.called_at)


def _instant(text: object) -> float:
    """Return a time in seconds; what is no RFC 3339 time counts as long ago."""
    try:
        return datetime.fromisoformat(str(text)).timestamp()
    except (ValueError, OverflowError, OSError):
        return 0.0


def _time_of_day(at: str) -> time:
    return datetime.fromisoformat(at).astimezone().time()
