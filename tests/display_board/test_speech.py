from __future__ import annotations

from dataclasses import replace

from config.languages import LANGUAGES
from display_board.center import Center
from display_board.figures import Wait
from display_board.state import Board
from tests.display_board.scenes import NAMES, VOICE, WALL, lost


def test_every_language():
    """Every label has its words in every language, and no placeholder is left."""
    for language in LANGUAGES:
        speech = VOICE.speak(language, WALL)
        said = [
            speech.center,
            speech.hall,
            speech.ticket,
            speech.window,
            speech.wait,
            speech.no_calls,
        ]
        assert all(said)
        assert not any("{" in text for text in said)
        assert speech.center == NAMES[language]


def test_notices():
    """The line that says what is wrong: nothing, connecting, or since when."""
    assert VOICE.warn("uz-Latn", "", lost(1)) == ""
    assert VOICE.warn("uz-Latn", "connecting", Board()) == "Ulanmoqda…"
    assert VOICE.warn("uz-Latn", "lost", lost(1)) == "Aloqa yoʻq — 10:42 dagi holat"


def test_center_without_a_name_in_this_language():
    """A center without a name in a language goes by its first one; unknown, by the product's."""
    assert Center({"ru": "Центр"}).name("kaa") == "Центр"
    assert replace(VOICE, center=Center()).speak("kaa", WALL).center == "Navbat"


def test_clock_without_a_known_zone():
    """A zone that this machine does not know leaves the machine's own time, not an error."""
    voice = replace(VOICE, center=Center({}, "Mars/Olympus"))
    assert len(voice.speak("en", WALL).clock) == 5


def test_what_no_open_window_serves_has_no_minutes():
    """How many wait is said, how long is not."""
    speech = VOICE.speak("en", WALL)
    waits = (Wait("A", 4, None, None), Wait("E", 3, 0, 5), Wait("K", 3, 10, 20))
    told = VOICE.tell(speech, "en", waits, Board()).waits
    assert [(one.waiting, one.expected) for one in told] == [(4, ""), (3, "soon"), (3, "10–20 min")]
