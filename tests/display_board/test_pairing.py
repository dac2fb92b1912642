"""The board's screen while it waits to be let in."""

from __future__ import annotations

import itertools

import pytest

from config.languages import LANGUAGES
from config.wording import Wording
from display_board.pairing import scene
from display_board.scene import Card, Rect, Scene, Screen, Words
from display_board.typeface import measure
from queue_server.client.pairing import Standing

SCREENS = {
    "television": Screen(1920, 1080, 55),
    "upright": Screen(1080, 1920, 55),
    "bar": Screen(1920, 360, 38),
    "small": Screen(640, 360, 20),
}
STANDINGS = {
    "asking": Standing("asking"),
    "away": Standing("shown", "WWMM-WWMM", away=True),
    "off": Standing("shown", "WWMM-WWMM", signed_off=True),
    "refused": Standing("refused"),
}


def shown(standing: Standing, screen: Screen) -> Scene:
    """Return the screen in the five languages."""
    return scene(standing, screen, tuple(LANGUAGES), Wording.load(), measure)


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS)
@pytest.mark.parametrize("standing", STANDINGS.values(), ids=STANDINGS)
def test_everything_is_on_the_screen(standing: Standing, screen: Screen) -> None:
    """Nothing is cut off, and no line stands over another."""
    made = shown(standing, screen)
    area = Rect(0, 0, screen.width, screen.height)
    lines = [one.rect(measure) for one in made if isinstance(one, Words)]
    assert all(area.holds(rect) for rect in lines)
    assert all(area.holds(one.rect) for one in made if isinstance(one, Card))
    for one, other in itertools.combinations(lines, 2):
        assert one.bottom <= other.y + other.h // 3 or other.bottom <= one.y + one.h // 3


def test_every_language_says_what_to_do() -> None:
    """And says, where it was, that the board was signed off."""
    words = {
        one.text for one in shown(STANDINGS["off"], SCREENS["television"]) if isinstance(one, Words)
    }
    wording = Wording.load()
    for tag in LANGUAGES:
        assert wording.say("pairing.show_code", tag) in words
        assert wording.say("pairing.signed_off", tag) in words
