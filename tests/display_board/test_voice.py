from __future__ import annotations

import queue
from array import array
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from display_board import chime
from display_board.show import rfc3339
from display_board.state import Board, Message, apply
from display_board.television import now
from display_board.voice import Announcer, Quiet, quiet_hours
from queue_server.client.feed import Feed
from queue_server.voice import sound
from queue_server.voice.voicebox import Voicebox
from tests.display_board.scenes import WALL
from tests.queue_server.voice.conftest import packs  # noqa: F401 - a fixture
from tests.socket_hall import TOKEN, call


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
def room():
    """A hall whose words a test can read."""
    box = Box()
    made = Hall(box)
    made.box = box
    return made


def test_begins_with_the_message(room):
    """The chime sounds within the message that brings the call, the words after the chime."""
    room.call("A042", 3, language="ru")
    assert room.box.said == [("A042", 3, "ru")]
    begins = round(chime.VOICE_AFTER * chime.RATE)
    plain = chime.samples()
    assert room.ear.heard[0][:begins] == plain[:begins]
    assert room.ear.heard[0][begins] == plain[begins] + 3


def test_one_at_a_time(room):
    """A burst of calls is announced one after another, each when the one before has ended."""
    for window in (1, 2, 3):
        room.call(f"A00{window}", window)
    assert len(room.ear.heard) == 1
    room.pass_(5)
    assert len(room.ear.heard) == 1
    room.finish()
    room.finish()
    assert [number for number, _, _ in room.box.said] == ["A001", "A002", "A003"]


def test_a_visitor_who_has_left_is_not_called(room):
    """A ticket that is finished before its turn is never announced."""
    room.call("A001", 1)
    room.call("A002", 2)
    room.call("A002", 2, at_window=False, type="ticket_finished")
    room.finish()
    assert [number for number, _, _ in room.box.said] == ["A001"]


def test_silence_about_what_is_not_a_call(room):
    """A ticket that comes back to a window by an undo is shown and not announced."""
    room.call("A001", 1, type="ticket_undone")
    assert [row.number for row in room.board.rows] == ["A001"]
    assert room.ear.heard == []


def test_back_after_an_outage(room):
    """What was called long ago is shown and not announced; what is fresh is; nothing twice."""
    room.call("A001", 1)
    room.finish()
    room.hear("lost")
    for _ in range(120):
        room.pass_(1)
    room.call("E001", 2, ago=100)
    room.call("E002", 3, ago=20)
    room.call("A001", 1, ago=121)
    room.hear("connected")
    for _ in range(5):
        room.finish()
    assert [number for number, _, _ in room.box.said] == ["A001", "E002"]


def test_back_with_a_snapshot(room):
    """After a server's restart the new calls of its snapshot are announced if they are fresh."""
    room.hear("lost")
    room.pass_(100)
    now = {"language": "en", "recalls": 0}
    fresh = {"number": "A002", "window": 2, "called_at": rfc3339(room.wall), **now}
    old = {"number": "A001", "window": 1, "called_at": rfc3339(WALL), **now}
    room.hear("snapshot", seq=9, calls=[fresh, old])
    room.finish()
    assert room.box.said == [("A002", 2, "en")]


def test_polls(room):
    """A board that asks every five seconds announces a recall that a snapshot brings."""
    row = {"number": "A001", "window": 1, "language": "ru", "called_at": rfc3339(room.wall)}
    for recalls in (0, 0, 1, 1):
        room.hear("snapshot", seq=9, calls=[{**row, "recalls": recalls}])
        for _ in range(5):
            room.finish()
    assert [number for number, _, _ in room.box.said] == ["A001", "A001"]


def test_a_clock_that_is_years_off(room):
    """A board whose clock stands in 1970 announces what it hears."""
    room.wall = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
    room.hear("event", **call("A042", 3), seq=2)
    assert room.box.said == [("A042", 3, "uz-Latn")]


def test_without_words_a_chime_for_all():
    """Without a voice, or with a number that has no words, one chime stands for all that wait."""
    for room in (Hall(None), Hall(Voicebox(Path("/nowhere")))):
        for window in (1, 2, 3):
            room.call(f"A00{window}", window)
        room.finish()
        room.finish()
        assert len(room.ear.heard) == 1 + 1
        assert room.ear.heard[0] == chime.samples()


def test_unspeakable(room, caplog):
    """A number of another system is chimed for, with one line in the log."""
    room.box.say = Voicebox(Path("/nowhere")).say
    room.call("ЖЖ-7", 3)
    room.finish()
    room.call("ЖЖ-7", 3, recalls=1)
    assert len(room.ear.heard) == 2
    assert caplog.text.count("has no words") == 1


def test_voice_without_chime():
    """Where the chime is not wanted the words come at once."""
    room = Hall(Box(), chiming=False)
    room.call("A042", 3)
    assert room.ear.heard == [array("h", [3] * 100)]


def test_quiet_hours(monkeypatch):
    """In the quiet hours a call is shown and nothing sounds; what was missed is not made up."""
    room = Hall(Box(), quiet=Quiet(time(0), time(23, 59, 59, 999999)))
    room.call("A042", 3)
    room.finish()
    assert room.ear.heard == []
    assert [row.number for row in room.board.rows] == ["A042"]


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


def test_hours_as_they_are_written():
    """Quiet hours are written as a person writes them; nonsense is refused."""
    assert quiet_hours("18:00-08:30") == Quiet(time(18), time(8, 30))
    for text in ("", "18", "18:00", "evening", "25:00-26:00"):
        with pytest.raises(ValueError, match=r"isoformat|hour"):
            quiet_hours(text)


def test_the_real_words(packs):  # noqa: F811 - the fixture
    """Chime and words out of a real pack are one sound of the length that domain.md plans with."""
    room = Hall(Voicebox(packs))
    room.call("A042", 3, language="ru")
    length = sound.seconds(room.ear.heard[0])
    words = sound.seconds(Voicebox(packs).say("A042", 3, "ru"))
    assert length == pytest.approx(chime.VOICE_AFTER + words, abs=0.01)
    assert length < 9


class Follower:
    """A board with a voice that follows a served hall, as the process of a board does."""

    def __init__(self, served):
        self.letters, self.board, self.box = queue.Queue(), Board(), Box()
        self.ear = Ear()
        self.announcer = Announcer(self.ear, self.box)
        self.feed = Feed(
            served.url,
            TOKEN,
            "hall.1",
            on_snapshot=lambda body: self.write("snapshot", body),
            on_event=lambda body: self.write("event", body),
            on_state=self.write,
        )
        self.feed.start()

    def write(self, kind, body=None):
        """Put a message among the letters."""
        at = now()
        self.letters.put(Message(kind, at.steady, rfc3339(at.wall), body))

    def listen(self, seq):
        """Take letters till the board has come to an event."""
        while self.board.seq is None or self.board.seq < seq:
            message = self.letters.get(timeout=60)
            before, self.board = self.board, apply(self.board, message)
            self.ear.busy = False
            self.announcer.hear(before, self.board, message)


def made_now(n):
    """Return the event of the n-th call, made now."""
    return call(f"A{n:03}", n % 12 + 1, rfc3339(now().wall))


def test_two_boards_through_a_restart(hall):
    """Killed and restarted during 500 calls: both boards end as one that lost nothing would.

    Nothing is announced twice, and what was called more than a minute ago is not announced.
    """
    followers = [Follower(hall), Follower(hall)]
    reference, seq = Board(seq=0, connection="live"), 0
    for batch in range(25):
        if batch == 10:
            hall.kill()
            hall.start()
            seq = hall.publish(call("V999", 40, "2026-01-01T00:00:00.000Z"), drop=True)
        events = [made_now(n) for n in range(batch * 20 + 1, batch * 20 + 21)]
        for number, event in enumerate(events, seq + 1):
            body = {**event, "seq": number}
            reference = apply(reference, Message("event", 0.0, event["at"], body))
        seq = hall.publish(*events, drop=batch % 5 == 4)
        for follower in followers:
            follower.listen(seq if batch % 5 != 4 else 0)
    seq = hall.publish(call("F001", 39, rfc3339(now().wall)))
    for follower in followers:
        follower.listen(seq)
        follower.feed.stop()
        shown = [(row.number, row.window) for row in follower.board.rows]
        wanted = [(row.number, row.window) for row in reference.rows]
        assert [one for one in shown if one[0][0] == "A"] == wanted
        assert len(follower.box.said) == len(set(follower.box.said)) > 0
        assert "V999" not in [number for number, _, _ in follower.box.said]
