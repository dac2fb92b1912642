from __future__ import annotations

import json
from dataclasses import asdict

import pytest

from config.languages import LANGUAGES
from display_board import bulletin, calls, panel
from display_board.figures import Bulletin, Wait
from display_board.frame import Frame
from display_board.plan import plan
from display_board.scene import Rect, Screen
from display_board.typeface import measure
from tests.display_board.conftest import SCRIPTS
from tests.display_board.scenes import FORMATS, TELEVISIONS, VOICE

#: pixels that hinted letters and halves may be rounded apart, and parts of the screen's unit
NEAR = 3
NEAR_UNITS = 0.6


@pytest.fixture(scope="module")
def script(browser):
    """Load the scripts as a television does, into an empty page."""
    page = browser.new_page()
    for name in ("board_plan", "board_say"):
        page.add_script_tag(path=SCRIPTS / "board" / f"{name}.js")
    yield page
    page.close()


def native(size, form, windows):
    """Return the native board's places as the script writes them."""
    frame = Frame(Screen(*size), measure)
    found = plan(frame, form, windows)
    most = calls.most_beside(frame, found.newest)
    return {
        "newest": card(found.newest, calls.newest_parts(frame, found.newest)),
        "cells": [card(cell, calls.earlier_parts(frame, cell, most)) for cell in found.cells],
        "figures": figures(frame, found.figures) if found.figures else None,
        "media": asdict(found.media) if found.media else None,
    }


def card(place, parts):
    """Return a card's places, those inside from its own corner and the window from its sign's."""

    def inside(rect, x, y):
        return asdict(Rect(rect.x - x, rect.y - y, rect.w, rect.h))

    sign = parts.sign
    return {
        "place": asdict(place),
        "parts": {
            "size": parts.face.size,
            "number": inside(parts.number, place.x, place.y),
            "arrow": inside(parts.arrow, place.x, place.y),
            "sign": inside(sign, place.x, place.y),
            "window": inside(parts.window, sign.x, sign.y),
        },
    }


def figures(frame, place):
    """Return the cards of the figures and how many lines they have."""
    following, waits = panel._cards(frame, place)
    rows, columns = panel._grid(frame, panel._below_title(frame, waits))
    return {"next": asdict(following), "waits": asdict(waits), "rows": rows, "columns": columns}


def apart(one, other, path=""):
    """Return the largest difference of two trees of numbers, and where it is."""
    if isinstance(one, dict):
        assert one.keys() == other.keys(), path
        return max((apart(one[key], other[key], f"{path}.{key}") for key in one), default=(0, ""))
    if isinstance(one, list):
        assert len(one) == len(other), path
        pairs = enumerate(zip(one, other, strict=True))
        return max((apart(a, b, f"{path}[{n}]") for n, (a, b) in pairs), default=(0, ""))
    if one is None or other is None:
        assert one is other, path
        return 0, path
    return abs(one - other), path


@pytest.mark.parametrize("size", TELEVISIONS, ids=lambda size: f"{size[0]}x{size[1]}")
def test_same_places(script, size):
    """On every television, in every layout, both boards put everything at the same places."""
    for form in FORMATS:
        for windows in (0, 3, 12, 30):
            wish = [*size, asdict(form), windows]
            found = script.evaluate("([w, h, form, n]) => navbatPlan(w, h, form, n)", wish)
            near = max(NEAR, NEAR_UNITS * found.pop("unit"))
            if found["figures"]:
                waits = found["figures"]["waits"]
                found["figures"] = {
                    "next": found["figures"]["next"]["place"],
                    "waits": waits["place"],
                    **waits["grid"],
                }
            far, where = apart(native(size, form, windows), found)
            assert far <= near, (form, windows, where)


NOTICES = (
    Bulletin((("uz-Latn", "Bugun soat 13:00 dan 14:00 gacha tushlik tanaffusi."), ("ru", "Обед"))),
    Bulletin((("ru", "Обед"), ("en", "x" * 80 + " " + "word " * 40), ("kaa", "Обед"))),
    Bulletin((("xx", "Other"),)),
)


@pytest.mark.parametrize("width", [bulletin.LINE, bulletin.LINE_UPRIGHT])
def test_same_notices(script, width):
    """Both boards break notices into the same lines and show each for the same time."""
    tags = tuple(LANGUAGES)
    lines = bulletin.lines(NOTICES, tags, width)
    wire = json.loads(json.dumps([{"texts": notice.texts} for notice in NOTICES]))
    found = script.evaluate("([n, l, w]) => navbatSay.lines(n, l, w)", [wire, list(tags), width])
    assert [tuple(line) for line in found] == list(lines)
    shown = script.evaluate(
        "([lines, times]) => times.map((t) => navbatSay.shown(lines, t))",
        [found, [n * 1.7 for n in range(80)]],
    )
    assert [tuple(line) for line in shown] == [bulletin.shown(lines, n * 1.7) for n in range(80)]
    assert script.evaluate("navbatSay.shown([], 3)") == ["", ""]


@pytest.mark.parametrize("language", LANGUAGES)
def test_same_waits(script, language):
    """Both boards say a wait in the same words."""
    words = VOICE.wording.section("board", language)
    for low, high in ((0, 5), (0, 10), (5, 15), (45, 80), (60, 95), (None, None)):
        found = script.evaluate(
            "([wait, words]) => navbatSay.wait(wait, words)", [{"low": low, "high": high}, words]
        )
        assert found == VOICE._expected(Wait("A", 1, low, high), language)


def test_measures_are_the_fonts():
    """The widths that the script knows by heart are those of the font."""
    text = (SCRIPTS / "board" / "board_plan.js").read_text()
    probe = calls.Face("bold", 1000)
    assert f"NUMBER = {measure(calls.NUMBER, probe) / 1000:g}" in text
    assert f"WINDOW = {measure(calls.WINDOW, probe) / 1000:g}" in text


@pytest.mark.parametrize("size", TELEVISIONS)
def test_same_length_of_lines(script, size):
    """Both boards break notices for the same length on every television."""
    assert script.evaluate("([w, h]) => navbatSay.widthOf(w, h)", size) == bulletin.width(*size)


def test_lines_are_even():
    """A notice is broken into lines of about one length, not with a lone word at its end."""
    notice = Bulletin((("en", "Lunch break today from 13:00 to 14:00."),))
    assert [line for _, line in bulletin.lines((notice,), ("en",), bulletin.LINE_UPRIGHT)] == [
        "Lunch break today",
        "from 13:00 to 14:00.",
    ]
