from __future__ import annotations

from datetime import timedelta

import pygame
import pytest

from display_board.center import Center
from display_board.memory import Memory
from display_board.scene import Screen
from display_board.show import Moment, Show, rfc3339
from display_board.state import Message
from tests.display_board.scenes import NAMES, WALL
from tests.socket_hall import call

SCREEN = Screen(640, 360)
CENTER = Center(NAMES, "Asia/Tashkent")


class Stage:
    """A show with its clocks in a test's hand."""

    def __init__(self, folder):
        self.chimes = 0
        self.surface = pygame.Surface((640, 360))
        self.now = Moment(1000.0, WALL)
        self.show = Show(1, ("uz-Latn",), Memory(folder, 1), self.announce)
        self.show.recall(self.now)

    def announce(self, before, after, _message):
        """Count a chime."""
        self.chimes += after.turn > before.turn

    def pass_(self, seconds):
        """Let time pass."""
        self.now = Moment(self.now.steady + seconds, self.now.wall + timedelta(seconds=seconds))

    def hear(self, kind, **body):
        """Give the board a message now."""
        self.show.hear(Message(kind, self.now.steady, rfc3339(self.now.wall), body))

    def draws(self, seconds=0):
        """Return how often the board draws in so many seconds of ten looks each."""
        many = 0
        for _ in range(seconds * 10 + 1):
            many += self.show.draw(self.surface, SCREEN, self.now)
            self.pass_(0.1)
        return many


@pytest.fixture
def stage(tmp_path):
    """Return a stage that has never been used."""
    return Stage(tmp_path)


def begin(stage):
    """Let the board know its center and an empty hall."""
    stage.show.meet(CENTER, rfc3339(stage.now.wall))
    stage.hear("snapshot", seq=1, calls=[])


def test_draws_only_what_is_new(stage):
    """A quiet board draws once a minute, when the clock turns, and at nothing else."""
    begin(stage)
    assert stage.draws() == 1
    assert stage.draws(55) == 0
    assert stage.draws(60) == 1


def test_a_call(stage):
    """A call sounds once, glows in at most ten steps a second for 6 s, and then stands still."""
    begin(stage)
    stage.draws()
    stage.hear("event", **call("A042", 3), seq=2)
    assert stage.chimes == 1
    assert 12 <= stage.draws(6) <= 61
    assert stage.draws(20) == 0
    assert stage.chimes == 1


def test_a_burst_sounds_for_each(stage):
    """Each announcement is told of; the voice sees to it that none cuts another off."""
    begin(stage)
    for seq in range(2, 6):
        stage.hear("event", **call(f"A{seq:03}", seq), seq=seq)
    assert stage.chimes == 4


def test_a_finish_is_silent(stage):
    """A number that leaves is drawn and makes no sound."""
    begin(stage)
    stage.hear("event", **call("A042", 3), seq=2)
    stage.draws(10)
    stage.hear("event", **call("A042", 3, at_window=False), seq=3)
    assert stage.draws() == 1
    assert stage.chimes == 1


def test_lost_surface(stage):
    """A window that was covered is drawn again."""
    begin(stage)
    stage.draws()
    stage.show.forget_drawing()
    assert stage.draws() == 1


def test_restart_without_server(stage, tmp_path):
    """Started again without a server, the board shows what it last knew, and of what time."""
    begin(stage)
    stage.hear("event", **call("A042", 3), seq=2)
    stage.pass_(120)
    again = Stage(tmp_path)
    again.now = stage.now
    again.hear("lost")
    assert [row.number for row in again.show.board.rows] == ["A042"]
    assert again.show.board.stale_since == rfc3339(WALL)
    assert again.chimes == 0


def test_a_loss_is_remembered_with_its_time(stage, tmp_path):
    """What was live till the loss is as old as the loss, not as its last call."""
    begin(stage)
    stage.hear("event", **call("A042", 3), seq=2)
    stage.pass_(600)
    stage.hear("lost")
    at_the_loss = rfc3339(stage.now.wall)
    stage.pass_(600)
    stage.show.meet(Center({"en": "Renamed"}, "Asia/Tashkent"), rfc3339(stage.now.wall))
    again = Stage(tmp_path)
    assert again.show.board.stale_since == at_the_loss


def test_a_restart_keeps_the_memory(stage, tmp_path):
    """A board that restarts again and again without a server does not make its memory younger."""
    begin(stage)
    stage.hear("event", **call("A042", 3), seq=2)
    for _ in range(3):
        stage.pass_(60)
        again = Stage(tmp_path)
        again.now = stage.now
        again.hear("lost")
        assert again.show.board.stale_since == rfc3339(WALL)


def test_the_centers_time(stage):
    """The clock on the board is the center's, in its time zone, once the server has named it."""
    begin(stage)
    picture = stage.show._picture(SCREEN, stage.now)
    assert picture.speech.clock == "10:47"
    assert picture.speech.center == NAMES["uz-Latn"]
