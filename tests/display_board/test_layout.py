from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.languages import LANGUAGES
from display_board.figures import Wait
from display_board.frame import Frame
from display_board.layout import earlier_capital, media_place, newest_capital, room
from display_board.plan import Format, plan
from display_board.scene import CAPITAL, Card, Picture, Rect, Screen, Words
from display_board.typeface import measure
from display_board.view import windows_of
from tests.display_board.scenes import (
    FIGURES,
    FORMATS,
    LONG,
    NOW,
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


BUSY = board(12, 2, windows=(*range(1, 13), 101), figures=FIGURES)


def named(form):
    """Return a format's name for a test."""
    beside = [name for name in ("figures", "media") if getattr(form, name)]
    return "+".join([form.layout, *beside])


@pytest.mark.parametrize("form", FORMATS, ids=named)
@pytest.mark.parametrize("size", TELEVISIONS, ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_layout_on_every_television(size, form):
    """In each layout, with whatever beside it, nothing is cut, covered, or too small."""
    for shown, language in ((BUSY, "uz-Latn"), (BUSY, "ru"), (lost(6), "kaa"), (board(0), "ru")):
        check(scene(shown, size, language, form=form), size)
    check(scene(BUSY, size, "uz-Cyrl", replace(VOICE, center=LONG, hall=12), form=form), size)
    screen = Screen(*size)
    # `Frame.px` rounds the cells' edges, so a unit of slack
    least = 2.6 * screen.unit - 1
    assert earlier_capital(screen, measure, form, windows_of(BUSY)) >= least
    newest = newest_capital(screen, measure, form)
    assert newest >= 1.3 * earlier_capital(screen, measure, form, windows_of(BUSY))


@pytest.mark.parametrize("form", FORMATS, ids=named)
@pytest.mark.parametrize("size", TELEVISIONS, ids=lambda size: f"{size[0]}x{size[1]}")
def test_media_beside_the_calls(size, form):
    """Pictures take at most 40 % of the screen and lie over no call and no figure."""
    place = media_place(Screen(*size), measure, form)
    assert (place is None) <= (not form.media or Screen(*size).wide)
    if place:
        assert place.w * place.h <= 0.4 * size[0] * size[1]
        assert place.w > place.h * 0.5
        found = scene(BUSY, size, form=form)
        assert not [shape for shape, where in marks(found) if overlap(where, place)]


@pytest.mark.parametrize("layout", ["calls", "windows", "columns", "portrait", "bar"])
def test_pages_show_every_call(layout):
    """In each layout every call and every window is on some page; a call keeps its size."""
    form, seen, sizes = Format(layout), set(), set()
    for step in range(12):
        shown = board(12, windows=tuple(range(1, 13)))
        found = calls(scene(shown, (1280, 720), form=form, now=NOW + 60 + step * 8))
        seen |= set(found)
        sizes |= {w.face.size for text, w in found.items() if text in NUMBERS}
    assert {*NUMBERS, *map(str, WINDOWS)} <= seen
    # by window the newest one stands in its window's place too
    assert len(sizes) == (1 if layout == "windows" else 2)


def test_layouts_differ():
    """Each layout puts the calls elsewhere, or as many others beside them."""
    shapes = {
        layout: tuple(plan(Frame(Screen(1920, 1080), measure), Format(layout), 12).cells)
        for layout in ("calls", "windows", "columns", "portrait")
    }
    assert len(set(shapes.values())) == 4
    assert [len(shapes[layout]) for layout in shapes] == [4, 12, 8, 3]


def test_windows_board():
    """A board by window shows each open window in its order, with its number or with none."""
    form = Format("windows")
    found = scene(board(3, windows=(1, 2, 3, 7, 9, 12)), (1920, 1080), form=form)
    words = [shape for shape in found if isinstance(shape, Words)]
    cells = [w for w in words if w.align == "centre" and w.text.isdecimal()][1:]
    assert [cell.text for cell in cells] == ["1", "2", "3", "7", "9", "12"]
    assert [w.text for w in words if w.text == "–"] == ["–"] * 3
    free = next(w for w in words if w.text == "–")
    assert free.colour == "ink_soft"


@pytest.mark.parametrize("many", [1, 2, 4, 6, 12, 13, 40])
def test_few_windows_are_large(many):
    """The fewer windows are open, the larger they are written, and never below the least."""
    screen, form = Screen(1920, 1080), Format("windows")
    size = earlier_capital(screen, measure, form, many)
    assert size >= 2.6 * screen.unit - 1
    assert size >= earlier_capital(screen, measure, form, many + 1)
    places = plan(Frame(screen, measure), form, many).cells
    assert len(places) >= min(many, 12)


def test_nobody_called_beside_figures():
    """With figures or media beside it, an empty board says so in the newest call's place."""
    form = Format("calls", figures=True)
    texts = [s.text for s in scene(board(0), (1920, 1080), form=form) if isinstance(s, Words)]
    assert VOICE.wording.say("board.no_calls", "uz-Latn") in texts
    gone = [s.text for s in scene(lost(0), (1920, 1080), form=form) if isinstance(s, Words)]
    assert VOICE.wording.say("board.no_calls", "uz-Latn") not in gone
    assert any("10:42" in text for text in gone)


def test_figures():
    """Figures tell the numbers likely next, and letter, count and minutes of each group."""
    found = scene(BUSY, (1920, 1080), "en", form=Format("calls", figures=True))
    texts = [shape.text for shape in found if isinstance(shape, Words)]
    assert texts[texts.index("Next numbers") + 1] == "A043"
    at = texts.index("A")
    assert texts[at : at + 3] == ["A", "14", "10–20 min"]
    assert {"soon", "> 1 h"} <= set(texts)


def test_what_no_open_window_serves_has_its_letter_and_its_count():
    """Without minutes; the next letter stands where it always does."""
    waits = (Wait("A", 4, None, None), Wait("E", 3, 5, 15))
    busy = replace(BUSY, figures=replace(FIGURES, waits=waits))
    found = scene(busy, (1920, 1080), "en", form=Format("calls", figures=True))
    texts = [shape.text for shape in found if isinstance(shape, Words)]
    at = texts.index("A")
    assert texts[at : at + 5] == ["A", "4", "E", "3", "5–15 min"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    numbers=st.lists(
        st.from_regex(r"[A-Z]{1,3}[0-9]{1,5}", fullmatch=True), max_size=7, unique=True
    ),
    windows=st.lists(st.integers(1, 99999), min_size=7, max_size=7, unique=True),
    width=st.integers(640, 2600),
    height=st.integers(360, 2600),
    form=st.sampled_from(FORMATS),
)
def test_any_number_any_window_any_screen(numbers, windows, width, height, form):
    """Whatever tickets are called, and whatever the screen's shape, all of it is seen."""
    rows = tuple(
        replace(row, number=number, window=window)
        for row, number, window in zip(board(12).rows, numbers, windows, strict=False)
    )
    shown = board(0, rows=rows, figures=FIGURES)
    check(scene(shown, (width, height), form=form), (width, height))


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
    if Screen(*size).wide:
        assert all(ink(newest).right < other.x for other in others)
    else:
        assert all(newest.baseline < other.baseline for other in others)
    assert all(newest.face.size > 1.3 * other.face.size for other in others)


@pytest.mark.parametrize("size", TELEVISIONS, ids=lambda size: f"{size[0]}x{size[1]}")
def test_five_or_six_calls(size):
    """Five or six calls are seen at once, and a call keeps its size however many there are."""
    two, twelve = scene(board(2), size), scene(board(12), size)
    assert sum(text in NUMBERS for text in calls(twelve)) == room(Screen(*size), measure) + 1
    if size != (1920, 540):
        assert room(Screen(*size), measure) + 1 in (5, 6, 7)
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
