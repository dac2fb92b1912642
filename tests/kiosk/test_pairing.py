"""The kiosk's screen while it waits to be let in."""

from __future__ import annotations

import pytest

from config.languages import LANGUAGES
from config.wording import Wording
from kiosk import theme
from kiosk.elements import Box, Layout, Text
from kiosk.geometry import Screen, screen_of
from kiosk.pairing import layout
from queue_server.client.pairing import Standing
from tests.kiosk.screens_of_all_kinds import within
from tests.kiosk.served import clashes, cut_off

SCREENS = {
    "tall": screen_of(1080, 1920, 21.5),
    "wide": screen_of(1920, 1080, 21.5),
    "small": screen_of(1024, 600, 10.1),
    "least": screen_of(480, 320, 3.5),
}
STANDINGS = {
    "asking": Standing("asking"),
    "away": Standing("asking", away=True),
    # the widest letters that a code may have
    "shown": Standing("shown", "WWMM-WWMM"),
    "off": Standing("shown", "WWMM-WWMM", signed_off=True),
    "refused": Standing("refused", signed_off=True),
}


def shown(standing: Standing, screen: Screen) -> Layout:
    """Return the screen in the five languages."""
    return layout(standing, "kiosk", screen, tuple(LANGUAGES), Wording.load(), theme.measure)


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS)
@pytest.mark.parametrize("standing", STANDINGS.values(), ids=STANDINGS)
def test_everything_is_on_the_screen(standing: Standing, screen: Screen) -> None:
    """Nothing is cut off, nothing stands over anything else."""
    made = shown(standing, screen)
    assert cut_off(made, screen) == []
    assert clashes(made) == []
    assert all(within(one.rect, screen.area) for one in made.elements if isinstance(one, Box))


def test_every_language_says_what_to_do() -> None:
    """Nobody knows yet who will read it; the code is by far the largest."""
    texts = [
        one for one in shown(STANDINGS["shown"], SCREENS["tall"]).elements if isinstance(one, Text)
    ]
    lines = {" ".join(text.lines) for text in texts}
    wording = Wording.load()
    assert {wording.say("pairing.show_code", tag) for tag in LANGUAGES} <= lines
    code = next(text for text in texts if text.lines == ("WWMM-WWMM",))
    assert code.face.size > 2 * max(text.face.size for text in texts if text is not code)


def test_a_kiosk_that_was_signed_off_says_so() -> None:
    """In every language, above the new code."""
    made = shown(STANDINGS["off"], SCREENS["wide"]).elements
    texts = {" ".join(one.lines): one.rect.y for one in made if isinstance(one, Text)}
    for tag in LANGUAGES:
        assert texts[Wording.load().say("pairing.signed_off", tag)] < texts["WWMM-WWMM"]
