from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.languages import LANGUAGES
from display_board.layout import newest_capital, room
from display_board.scene import CAPITAL, Card, Picture, Rect, Screen, Words
from display_board.typeface import measure
from tests.display_board.scenes import (
    LONG,
    NUMBERS,
    TELEVISIONS,
    VOICE,
    WINDOWS,
    board,
    ink,
    lost,
    marks,
    overlap,
    scene,
)

BOARDS = {
    "empty": board(0),
    "one": board(1, 1),
    "three": board(3),
    "six": board(6, 2),
    "twelve": board(12),
    "lost": lost(6),
    "lost empty": lost(0),
}


def home(found, index, where):
    """Return the last card drawn before a shape that the shape's middle lies on."""
    x, y = where.x + where.w // 2, where.y + where.h // 2
    under = [
        shape.rect
        for shape in found[:index]
        if isinstance(shape, Card)
        and shape.rect.x <= x < shape.rect.right
        and shape.rect.y <= y < shape.rect.bottom
    ]
    return under[-1] if under else None


def check(found, size):
    """Nothing is cut off, nothing lies on anything else."""
    seen = marks(found)
    for shape, where in seen:
        assert Rect(0, 0, *size).holds(where), shape
        card = home(found, found.index(shape), where)
        assert card is None or card.holds(where), (shape, where, card)
    for (one, first), (other, second) in combinations(seen, 2):
        assert not overlap(first, second), (one, other)


@pytest.mark.parametrize("name", BOARDS)
@pytest.mark.parametrize("size", TELEVISIONS, ids=lambda size: f"{size[0]}x{size[1]}")
def test_nothing_cut_nothing_covered(size, name):
    """On every television, in every language, all is inside its card and apart from the rest."""
    for language in LANGUAGES:
        check(scene(BOARDS[name], size, language), size)
    check(scene(BOARDS[name], size, "ru", replace(VOICE, center=LONG, hall=12)), size)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    numbers=st.lists(
        st.from_regex(r"[A-Z]{1,3}[0-9]{1,5}", fullmatch=True), max_size=7, unique=True
    ),
    windows=st.lists(st.integers(1, 99999), min_size=7, max_size=7, unique=True),
    width=st.integers(640, 2600),
    height=st.integers(640, 2600),
)
def test_any_number_any_window_any_screen(numbers, windows, width, height):
    """Whatever tickets are called, and whatever the screen's shape, all of it is seen."""
    rows = tuple(
        replace(row, number=number, window=window)
        for row, number, window in zip(board(12).rows, numbers, windows, strict=False)
    )
    check(scene(board(0, rows=rows), (width, height)), (width, height))


@pytest.mark.parametrize("size", [(1920, 1080), (3840, 2160), (1080, 1920)])
def test_capitals(size):
    """On 55 inches the newest call is read from 12 m and more: the rule asks for 10."""
    screen = Screen(*size, diagonal_inches=55)
    capital = newest_capital(screen, measure)
    assert screen.readable_from(capital) >= 12
    assert capital * screen.mm_per_pixel >= 87
    if not screen.portrait:
        assert capital / screen.height >= 0.127


def calls(found):
    """Return the tickets and windows of a scene: text → its words."""
    wanted = {*NUMBERS, *map(str, WINDOWS)}
    return {
        shape.text: shape for shape in found if isinstance(shape, Words) and shape.text in wanted
    }


@pytest.mark.parametrize("size", TELEVISIONS, ids=lambda size: f"{size[0]}x{size[1]}")
def test_newest_on_top_and_largest(size):
    """The newest call stands above all others and larger than they."""
    found = calls(scene(board(12), size))
    newest, *others = [words for text, words in found.items() if text in NUMBERS]
    assert newest.text == "A042"
    assert all(newest.baseline < other.baseline for other in others)
    assert all(newest.face.size > 1.3 * other.face.size for other in others)


@pytest.mark.parametrize("size", TELEVISIONS, ids=lambda size: f"{size[0]}x{size[1]}")
def test_five_or_six_calls(size):
    """Five or six calls are seen at once, and a call keeps its size however many there are."""
    two, twelve = scene(board(2), size), scene(board(12), size)
    assert sum(text in NUMBERS for text in calls(twelve)) == room(Screen(*size)) + 1
    assert room(Screen(*size)) + 1 in (5, 6)
    assert calls(two)["E117"] == calls(twelve)["E117"]
    assert calls(two)["A042"] == calls(twelve)["A042"]


def test_ticket_arrow_window():
    """One reads from the ticket along the arrow to the window."""
    for size in TELEVISIONS:
        found = scene(board(12), size)
        shown = calls(found)
        arrows = [
            shape.rect for shape in found if isinstance(shape, Picture) and shape.name == "arrow"
        ]
        for number, window in zip(NUMBERS, WINDOWS, strict=True):
            if number not in shown:
                continue
            ticket, sign = ink(shown[number]), ink(shown[str(window)])
            upright_newest = number == "A042" and Screen(*size).portrait
            between = [
                a for a in arrows if a.right <= sign.x and (upright_newest or ticket.right <= a.x)
            ]
            level = [a for a in between if sign.y - a.h < a.y + a.h // 2 < sign.bottom + a.h]
            assert level, (size, number)


def test_lit():
    """A call that stands out changes its card, its sign and its text."""
    plain, lit = scene(board(3), (1920, 1080)), scene(board(3, 1), (1920, 1080))
    fills = [
        next(s.fill for s in found if isinstance(s, Card) and s.rect.y > 130)
        for found in (plain, lit)
    ]
    assert fills == ["surface", "accent"]
    assert calls(plain)["A042"].colour == "ink"
    assert calls(lit)["A042"].colour == "accent_ink"


def test_pages():
    """A dot for each page tells how many there are, and which one this is."""

    def dots(many):
        small = [
            s for s in scene(board(many), (1920, 1080)) if isinstance(s, Card) and s.rect.y > 1000
        ]
        return [dot.fill for dot in small]

    assert dots(5) == []
    assert sorted(dots(12)) == ["accent", "line_strong", "line_strong"]


def test_lost():
    """Without a server the board shows its rows, and since when."""
    found = scene(lost(6), (1920, 1080), "ru")
    texts = [shape.text for shape in found if isinstance(shape, Words)]
    assert "A042" in texts
    assert "Нет связи — данные на 10:42" in texts


def test_lost_is_not_empty():
    """A board that has lost the server never says that nobody is called."""
    nobody = VOICE.wording.say("board.no_calls", "uz-Latn")
    for shown, claimed in (
        (board(0), True),
        (lost(0), False),
        (board(0, connection="connecting", seq=None), False),
    ):
        texts = [shape.text for shape in scene(shown, (1920, 1080)) if isinstance(shape, Words)]
        assert (nobody in texts) == claimed


def test_capital_height():
    """The measure of a capital is the font's own."""
    found = calls(scene(board(1), (1920, 1080)))["A042"]
    letter = ink(replace(found, text="E"))
    assert abs(letter.h - found.face.size * CAPITAL) <= 2
