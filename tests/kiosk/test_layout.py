from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from kiosk import theme
from kiosk.acts import (
    ChooseCategory,
    ChooseGroup,
    ChooseLanguage,
    ChooseService,
    GoBack,
    StillHere,
    TakeTicket,
    TryAgain,
)
from kiosk.elements import Align, Element, Icon, Key, Layout, Text
from kiosk.geometry import Rect, Screen
from kiosk.layout import lay_out
from kiosk.screens.glass import Glass
from kiosk.screens.grid import grid
from kiosk.state import Flow, Step
from kiosk.typesetting import line_height
from tests.kiosk.screens_of_all_kinds import SCREENS, TAGS, every_flow, within
from tests.kiosk.steps import flow_at

EVERYWHERE = [
    pytest.param(SCREENS[name], tag, id=f"{name}-{tag}") for name in SCREENS for tag in TAGS
]
TILES = (ChooseGroup, ChooseService, ChooseCategory)


def laid_out(flow: Flow, screen: Screen, wording) -> Layout:
    """Return the layout as the kiosk would show it."""
    return lay_out(flow, screen, "10:42", wording, theme.measure)


@pytest.fixture(scope="module")
def layouts(catalogue, wording):
    """Every layout of a screen in a language, made once."""
    made: dict = {}

    def find(screen: Screen, tag: str) -> list[tuple[str, Layout]]:
        if (screen, tag) not in made:
            made[screen, tag] = [
                (name, laid_out(flow, screen, wording)) for name, flow in every_flow(catalogue, tag)
            ]
        return made[screen, tag]

    return find


def planes(layout: Layout) -> list[tuple[Element, ...]]:
    """Return what can cover each other: the screen, and the dialog over it."""
    return [layout.elements, layout.dialog]


def texts(elements: tuple[Element, ...]) -> Iterator[tuple[Text, Rect]]:
    """Yield every text and the rectangle that it must stay in."""
    for element in elements:
        if isinstance(element, Text):
            yield element, element.rect
        elif isinstance(element, Key):
            yield from ((part, element.rect) for part in element.parts if isinstance(part, Text))


def ink(text: Text) -> Rect:
    """Return where a text's lines really stand."""
    width = max((theme.measure(line, text.face) for line in text.lines), default=0)
    height = line_height(text.face) * len(text.lines)
    slack = text.rect.w - width
    x = text.rect.x + {Align.LEFT: 0, Align.CENTRE: slack // 2, Align.RIGHT: slack}[text.align]
    return Rect(x, text.rect.y + (text.rect.h - height) // 2, width, height)


@pytest.mark.parametrize(("screen", "tag"), EVERYWHERE)
def test_a_finger_finds_every_key(layouts, screen, tag):
    """Keys are at least 20 by 20 mm, tiles 60 by 35, 5 mm apart, and all on the screen."""
    key, gap = screen.mm(20), screen.mm(5)
    for name, layout in layouts(screen, tag):
        for one in layout.keys:
            assert within(one.rect, screen.area), name
            assert min(one.rect.w, one.rect.h) >= key, (name, one)
            if isinstance(one.act, TILES):
                assert one.rect.w >= screen.mm(60), (name, one)
                assert one.rect.h >= screen.mm(35), (name, one)
        for one, other in itertools.combinations(layout.keys, 2):
            assert one.rect.gap(other.rect) >= gap, (name, one.act, other.act)


@pytest.mark.parametrize(("screen", "tag"), EVERYWHERE)
def test_no_text_is_cut_off(layouts, screen, tag):
    """Every line lies within its place, its key and the screen."""
    for name, layout in layouts(screen, tag):
        for text, holder in itertools.chain.from_iterable(map(texts, planes(layout))):
            where = ink(text)
            assert within(where, holder), (name, text)
            assert within(where, screen.area), (name, text)


@pytest.mark.parametrize(("screen", "tag"), EVERYWHERE)
def test_nothing_is_written_over_anything(layouts, screen, tag):
    """No text touches another text or an icon."""
    for name, layout in layouts(screen, tag):
        for plane in planes(layout):
            inner = [part for key in plane if isinstance(key, Key) for part in key.parts]
            marks = [one for one in (*plane, *inner) if isinstance(one, Text | Icon)]
            places = [ink(one) if isinstance(one, Text) else one.rect for one in marks]
            pairs = itertools.combinations(zip(marks, places, strict=True), 2)
            for (one, here), (other, there) in pairs:
                assert here.gap(there) >= -1, (name, one, other)


@pytest.mark.parametrize(("screen", "tag"), EVERYWHERE)
def test_names_are_whole(layouts, catalogue, screen, tag):
    """Each group and service is named in full, and no word is broken but at its hyphen."""
    names = {ChooseGroup(group.prefix): group.texts[tag] for group in catalogue.groups}
    for group in catalogue.groups:
        names |= {ChooseService(one.id): one.texts[tag] for one in group.services}
    seen = set()
    for _, layout in layouts(screen, tag):
        for key in layout.keys:
            if key.act in names:
                said = [part.lines for part in key.parts if isinstance(part, Text)]
                assert names[key.act].split() in [words(lines) for lines in said], key
                seen.add(key.act)
    assert seen == set(names)


def words(lines: tuple[str, ...]) -> list[str]:
    """Return a text's words; one parted at its hyphen is one word."""
    return " ".join(lines).replace("- ", "-").split()


@pytest.mark.parametrize(("screen", "tag"), EVERYWHERE)
def test_six_to_eight_tiles_stand_on_a_page(layouts, catalogue, screen, tag):
    """A menu shows up to eight tiles; the twelve groups fill their pages evenly."""
    counts = {
        name: sum(isinstance(key.act, ChooseGroup) for key in layout.keys)
        for name, layout in layouts(screen, tag)
    }
    assert counts["groups 0"] == counts["groups 1"] == 6
    assert max(counts.values()) <= 8


@pytest.mark.parametrize(("name", "first"), [
    (Step.LANGUAGE, ChooseLanguage("uz-Latn")),
    (Step.GROUP, ChooseGroup("A")),
    (Step.SERVICE, ChooseService("A01")),
    (Step.CONFIRM, TakeTicket()),
    (Step.SLIP, GoBack()),
    (Step.AWAY, TryAgain()),
])  # fmt: skip
def test_the_keyboard_begins_with_what_matters(catalogue, wording, name, first):
    """The first key in the order of the focus is the step's own."""
    for screen in SCREENS.values():
        assert laid_out(flow_at(name, catalogue), screen, wording).keys[0].act == first


def test_a_dialog_leaves_only_its_own_keys(catalogue, wording, layouts):
    """Whatever lies below the question cannot be touched."""
    named = dict(layouts(SCREENS["wide"], "ru"))
    keys = named["question"].keys
    assert keys[0].act == StillHere()
    assert len(keys) == 2
    assert all(key in named["question"].dialog for key in keys)


def test_the_number_is_by_far_the_largest_text(catalogue, wording):
    """A number is read from two steps away."""
    for screen in SCREENS.values():
        layout = laid_out(flow_at(Step.SLIP, catalogue), screen, wording)
        sizes = {text.lines: text.face.size for text, _ in texts(layout.elements)}
        number = sizes.pop(("A042",))
        assert number >= 1.5 * max(sizes.values())


def test_a_failed_slip_still_shows_the_number_and_what_to_do(layouts, wording):
    """With a dead printer the visitor reads the number and to remember it."""
    for tag in TAGS:
        layout = dict(layouts(SCREENS["tall"], tag))["slip failed"]
        said = [" ".join(text.lines) for text, _ in texts(layout.elements)]
        assert "A042" in said
        assert wording.say("kiosk.remember_number", tag) in said


def test_a_lost_server_is_said_on_the_menu(layouts, wording):
    """The banner tells it, and stale queues are not shown."""
    layout = dict(layouts(SCREENS["wide"], "ru"))["groups 0 away"]
    said = [" ".join(text.lines) for text, _ in texts(layout.elements)]
    assert wording.say("kiosk.server_away", "ru") in said
    assert not any("мин" in one for one in said)


def test_the_same_flow_is_always_laid_out_alike(catalogue, wording):
    """A layout is a function of its arguments."""
    flow = flow_at(Step.CONFIRM, catalogue, "ru")
    first = laid_out(flow, SCREENS["wide"], wording)
    assert laid_out(flow, SCREENS["wide"], wording) == first


@pytest.mark.parametrize("count", range(1, 40))
def test_any_number_of_tiles_has_its_pages(wording, count):
    """However many services a group has, they all have a place."""
    for screen in SCREENS.values():
        glass = Glass(screen, theme.measure, wording, "ru")
        made = grid(glass, screen.area.inset(screen.mm(10), screen.mm(35)), count)
        assert made.pages * made.per_page >= count
        assert made.per_page <= len(made.cells) <= 8
