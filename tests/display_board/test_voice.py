from __future__ import annotations

from array import array
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from display_board import chime
from display_board.show import rfc3339
from display_board.state import Board, Message, apply
from display_board.voice import Announcer, Quiet
from queue_server.voice import sound
from queue_server.voice.voicebox import Voicebox
from tests.display_board.scenes import WALL
from tests.queue_server.voice.conftest import packs  # noqa: F401 - a fixture
from tests.socket_hall import call


class Ear:
    """A player that a test holds: it keeps what it was given, and sounds till it is told."""

    def __init__(self):
        self.busy = False
        self.heard = []

    def play(self, samples):
        """Keep the samples."""
        self.heard.append(samples)
        self.busy = True


class Hall:
    """A board with a voice, and its clocks in a test's hand."""

    def __init__(self, voicebox, **wishes):
        self.ear, self.board = Ear(), Board()
        self.announcer = Announcer(self.ear, voicebox, **wishes)
        self.steady, self.wall, self.seq = 1000.0, WALL, 1
        self.hear("connected")
        self.hear("snapshot", seq=1, calls=[])
        for _ in range(12):
            self.pass_(1)

    def pass_(self, seconds):
        """Let time pass, and the board look at its clocks."""
        self.steady, self.wall = self.steady + seconds, self.wall + timedelta(seconds=seconds)
        self.announcer.look(self.board, self.steady, rfc3339(self.wall))

    def hear(self, kind, **body):
        """Give the board a message now."""
        message = Message(kind, self.steady, rfc3339(self.wall), body)
        before, self.board = self.board, apply(self.board, message)
        self.announcer.hear(before, self.board, message)

    def call(self, number, window, ago=0.0, **facts):
        """Call a ticket, by default now."""
        self.seq += 1
        at = rfc3339(self.wall - timedelta(seconds=ago))
        self.hear("event", **call(number, window, at, **facts), seq=self.seq)

    def finish(self):
        """Let what sounds end, and the next begin."""
        self.ear.busy = False
        self.pass_(0.1)
        self.pass_(1)


class Box(Voicebox):
    """A voice whose words are the window's number, so that a test sees what is said."""

    def __init__(self):
        super().__init__(Path("/nowhere"))
        self.said = []

    def say(self, number, window, language):
        """Note what is asked."""
        self.said.append((number, window, language))
        return array("h", [window] * 100)


@pytest.fixture
def hall():
    """A hall whose words a test can read."""
    box = Box()
    made = Hall(box)
    made.box = box
    return made


def test_begins_with_the_message(hall):
    """The chime sounds within the message that brings the call, the words after the chime."""
    hall.call("A042", 3, language="ru")
    assert hall.box.said == [("A042", 3, "ru")]
    begins = round(chime.VOICE_AFTER * chime.RATE)
    plain = chime.samples()
    assert hall.ear.heard[0][:begins] == plain[:begins]
    assert hall.ear.heard[0][begins] == plain[begins] + 3


def test_one_at_a_time(hall):
    """A burst of calls is announced one after another, each when the one before has ended."""
    for window in (1, 2, 3):
        hall.call(f"A00{window}", window)
    assert len(hall.ear.heard) == 1
    hall.pass_(5)
    assert len(hall.ear.heard) == 1
    hall.finish()
    hall.finish()
    assert [number for number, _, _ in hall.box.said] == ["A001", "A002", "A003"]


def test_a_visitor_who_has_left_is_not_called(hall):
    """A ticket that is finished before its turn is never announced."""
    hall.call("A001", 1)
    hall.call("A002", 2)
    hall.call("A002", 2, at_window=False, type="ticket_finished")
    hall.finish()
    assert [number for number, _, _ in hall.box.said] == ["A001"]


def test_silence_about_what_is_not_a_call(hall):
    """A ticket that comes back to a window by an undo is shown and not announced."""
    hall.call("A001", 1, type="ticket_undone")
    assert [row.number for row in hall.board.rows] == ["A001"]
    assert hall.ear.heard == []


def test_back_after_an_outage(hall):
    """What was called long ago is shown and not announced; what is fresh is; nothing twice."""
    hall.call("A001", 1)
    hall.finish()
    hall.hear("lost")
    for _ in range(120):
        hall.pass_(1)
    hall.call("E001", 2, ago=100)
    hall.call("E002", 3, ago=20)
    hall.call("A001", 1, ago=121)
    hall.hear("connected")
    for _ in range(5):
        hall.finish()
    assert [number for number, _, _ in hall.box.said] == ["A001", "E002"]


def test_back_with_a_snapshot(hall):
    """After a server's restart the new calls of its snapshot are announced if they are fresh."""
    hall.hear("lost")
    hall.pass_(100)
    now = {"language": "en", "recalls": 0}
    fresh = {"number": "A002", "window": 2, "called_at": rfc3339(hall.wall), **now}
    old = {"number": "A001", "window": 1, "called_at": rfc3339(WALL), **now}
    hall.hear("snapshot", seq=9, calls=[fresh, old])
    hall.finish()
    assert hall.box.said == [("A002", 2, "en")]


def test_polls(hall):
    """A board that asks every five seconds announces a recall that a snapshot brings."""
    row = {"number": "A001", "window": 1, "language": "ru", "called_at": rfc3339(hall.wall)}
    for recalls in (0, 0, 1, 1):
        hall.hear("snapshot", seq=9, calls=[{**row, "recalls": recalls}])
        for _ in range(5):
            hall.finish()
    assert [number for number, _, _ in hall.box.said] == ["A001", "A001"]


def test_a_clock_that_is_years_off(hall):
    """A board whose clock stands in 1970 announces what it hears."""
    hall.wall = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
    hall.hear("event", **call("A042", 3), seq=2)
    assert hall.box.said == [("A042", 3, "uz-Latn")]


def test_without_words_a_chime_for_all():
    """Without a voice, or with a number that has no words, one chime stands for all that wait."""
    for hall in (Hall(None), Hall(Voicebox(Path("/nowhere")))):
        for window in (1, 2, 3):
            hall.call(f"A00{window}", window)
        hall.finish()
        hall.finish()
        assert len(hall.ear.heard) == 1 + 1
        assert hall.ear.heard[0] == chime.samples()


def test_unspeakable(hall, caplog):
    """A number of another system is chimed for, with one line in the log."""
    hall.box.say = Voicebox(Path("/nowhere")).say
    hall.call("ЖЖ-7", 3)
    hall.finish()
    hall.call("ЖЖ-7", 3, recalls=1)
    assert len(hall.ear.heard) == 2
    assert caplog.text.count("has no words") == 1


def test_voice_without_chime():
    """Where the chime is not wanted the words come at once."""
    hall = Hall(Box(), chiming=False)
    hall.call("A042", 3)
    assert hall.ear.heard == [array("h", [3] * 100)]


def test_quiet_hours(monkeypatch):
    """In the quiet hours a call is shown and nothing sounds; what was missed is not made up."""
    hall = Hall(Box(), quiet=Quiet(time(0), time(23, 59, 59, 999999)))
    hall.call("A042", 3)
    hall.finish()
    assert hall.ear.heard == []
    assert [row.number for row in hall.board.rows] == ["A042"]


@pytest.mark.parametrize(
    ("begins", "ends", "quiet", "loud"),
    [
        (time(18), time(19), time(18), time(19)),
        (time(18), time(8), time(3), time(12)),
        (time(18), time(8), time(23), time(8)),
    ],
)
def test_hours(begins, ends, quiet, loud):
    """Quiet hours may pass midnight, begin with their first minute and end before their last."""
    assert Quiet(begins, ends).covers(quiet)
    assert not Quiet(begins, ends).covers(loud)
    assert not Quiet(begins, begins).covers(begins)


def test_the_real_words(packs):  # noqa: F811 - the fixture
    """Chime and words out of a real pack are one sound of the length that domain.md plans with."""
    hall = Hall(Voicebox(packs))
    hall.call("A042", 3, language="ru")
    length = sound.seconds(hall.ear.heard[0])
    words = sound.seconds(Voicebox(packs).say("A042", 3, "ru"))
    assert length == pytest.approx(chime.VOICE_AFTER + words, abs=0.01)
    assert length < 9
