"""The accessibility list A1 to A21, item by item, on the screens as visitors are served them.

Sources: EN 301 549 clauses 5.1 to 5.9, WCAG 2.2 AA, ADA 707. What only hardware can fulfil (A6, the
loudness of A8) stands on the installer's sheet in `docs/handbook/accessibility.md`. A20 is about
web pages, see the tests of these.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import replace

import pygame
import pytest
from PIL import Image

from config import fonts, tokens
from kiosk import painter, theme
from kiosk.acts import (
    AskCategory,
    CallHelp,
    ChooseCategory,
    ChooseGroup,
    ChooseLanguage,
    ChooseService,
    GoBack,
    OpenComfort,
    StartAgain,
    SwitchComfort,
    SwitchSignLanguage,
    TakeTicket,
    Type,
)
from kiosk.elements import Box, Icon, Key, Layout, Text
from kiosk.events import CatalogueCame, HelpChanged, Issued, Paper, SlipFared, Tick, Touched
from kiosk.flow import DEAF, apply
from kiosk.front import Front
from kiosk.geometry import Rect, Screen, screen_of
from kiosk.gestures import Gesture, Move, Other, Press, Release
from kiosk.hand import Way
from kiosk.screens.frame import BARE
from kiosk.screens.glass import CAPITAL
from kiosk.speaker import Scribe
from kiosk.state import Comfort, Flow, Help, Issue, Step
from kiosk.utterance import shown
from printer.layout import lay_out as slip_layout
from printer.paper import PAPERS
from printer.raster import draw
from printer.typeface import measure as slip_measure
from tests.kiosk.pictures import drawn
from tests.kiosk.screens_of_all_kinds import TAGS
from tests.kiosk.served import (
    SCREENS,
    TALL,
    WAYS,
    WIDE,
    clashes,
    cut_off,
    flows,
    laid_out,
    letters,
    served,
    texts,
    touch_faults,
)
from tests.kiosk.steps import flow_at
from tests.kiosk.tickets import ticket

#: millimetres of a capital: read from 60 cm by who sees little (A1), and by anybody (A2)
LARGE_CAPITAL, LEAST_CAPITAL = 7.3, 4.8
EVERYWHERE = [
    pytest.param(screen, way, tag, id=f"{screen}-{way}-{tag}")
    for screen, way, tag in itertools.product(SCREENS, WAYS, TAGS)
    if not (screen == "wide" and "low" in way)
]
LARGE = [one for one in EVERYWHERE if "large" in one.values[1]]
#: a tall screen of few pixels, which is quickly drawn
SMALL = screen_of(540, 960, 21.5)
#: steps of which pictures are looked at, in all palettes
PICTURED = (Step.LANGUAGE, Step.GROUP, Step.CONFIRM, Step.COMFORT, Step.SLIP)


@pytest.fixture(scope="module")
def layouts(catalogue, wording):
    """Every layout of a screen in a way and a language, made once."""
    made: dict = {}

    def find(screen: str, way: str, tag: str) -> list[tuple[str, Layout]]:
        if (screen, way, tag) not in made:
            made[screen, way, tag] = [
                (name, laid_out(served(flow, WAYS[way]), SCREENS[screen], wording))
                for name, flow in flows(catalogue, tag)
            ]
        return made[screen, way, tag]

    return find


def capital(text: Text, screen: Screen) -> float:
    """Return the height of a text's capitals in millimetres."""
    return text.face.size * CAPITAL / screen.px_per_mm


# --- A1, A2: sizes -------------------------------------------------------------------------------


@pytest.mark.parametrize(("screen", "way", "tag"), LARGE)
def test_a1_large_text_is_read_from_60_centimetres(layouts, screen, way, tag):
    """In large text every capital of every text is at least 7.3 mm high."""
    for name, layout in layouts(screen, way, tag):
        for text, _ in texts((*layout.elements, *layout.dialog)):
            assert capital(text, SCREENS[screen]) >= LARGE_CAPITAL, (name, text.lines)


def test_a2_no_capital_is_smaller_than_the_law_allows(catalogue, wording):
    """4.8 mm for what is read to get a ticket: the titles and the names of keys; captions 4 mm."""
    for screen in SCREENS.values():
        for name, flow in flows(catalogue, "ru"):
            layout = laid_out(flow, screen, wording)
            every = [text for text, _ in texts((*layout.elements, *layout.dialog))]
            assert max(capital(text, screen) for text in every) >= LEAST_CAPITAL, name
            assert min(capital(text, screen) for text in every) >= 4.0, name


def test_a1_the_measure_of_a_capital_is_the_typeface_s():
    """The share that the sizes are computed with is what Fira Sans really has."""
    font = pygame.font.Font(str(fonts.path("regular")), 1000)
    mask = pygame.mask.from_surface(font.render("H", True, (0, 0, 0)))
    (box,) = mask.get_bounding_rects()
    assert box.h / 1000 == pytest.approx(CAPITAL, abs=0.01)


@pytest.mark.parametrize("diagonal", [15.0, 15.6, 18.5, 21.5, 27.0, 32.0])
def test_a1_holds_for_the_main_texts_on_every_usual_screen(catalogue, wording, diagonal):
    """Titles on smaller screens too, 1.4 to 1.65 times as large as usual."""
    screen = screen_of(1080, 1920, diagonal)
    for step in (Step.GROUP, Step.CONFIRM, Step.SLIP):
        plain = laid_out(flow_at(step, catalogue), screen, wording)
        large = laid_out(served(flow_at(step, catalogue), WAYS["large"]), screen, wording)
        titles = [
            max(capital(text, screen) for text, _ in texts(layout.elements[layout.band :]))
            for layout in (plain, large)
        ]
        assert titles[1] >= LARGE_CAPITAL


# --- nothing is lost in any way ------------------------------------------------------------------


@pytest.mark.parametrize(("screen", "way", "tag"), EVERYWHERE)
def test_nothing_is_cut_off_or_covered(layouts, screen, way, tag):
    """Larger text on the same glass still has a place for every word."""
    for name, layout in layouts(screen, way, tag):
        assert cut_off(layout, SCREENS[screen]) == [], name
        assert clashes(layout) == [], name


# --- A3: contrast --------------------------------------------------------------------------------


def grounds(layout: Layout) -> Iterator[tuple[str, str, bool]]:
    """Yield (colour of a text or an icon, colour of what it stands on, whether it is a text)."""
    for plane in (layout.elements, layout.dialog):
        below: list[tuple[Rect, str]] = [(Rect(0, 0, 99_999, 99_999), "page")]
        for element in plane:
            if isinstance(element, Key):
                for state in painter.PAINTS[element.look]:
                    stack = [*below, (element.rect, state.fill)]
                    yield from _on(element.parts, stack)
            else:
                yield from _on((element,), below)
                if isinstance(element, Box):
                    below.append((element.rect, element.fill))


def _on(parts, below: list[tuple[Rect, str]]) -> Iterator[tuple[str, str, bool]]:
    stack = list(below)
    for part in parts:
        if isinstance(part, Box):
            stack.append((part.rect, part.fill))
        elif isinstance(part, Text | Icon):
            x, y = part.rect.centre
            ground = next(fill for rect, fill in reversed(stack) if rect.contains(x, y))
            yield part.colour, ground, isinstance(part, Text)


@pytest.mark.parametrize("contrast", [False, True], ids=["plain", "high"])
def test_a3_contrast_of_every_text_and_icon_by_the_tokens(catalogue, wording, contrast):
    """4.5 to 1 and 3 to 1 as usual; 7 to 1 and 4.5 to 1 in high contrast, pressed keys too."""
    known = tokens.load()
    palette = known.high_contrast if contrast else known.colours
    text_least, icon_least = (7.0, 4.5) if contrast else (4.5, 3.0)
    seen: set[tuple[str, str, bool]] = set()
    for screen, way in itertools.product(SCREENS.values(), WAYS.values()):
        comfort = replace(way, contrast=contrast)
        for _, flow in flows(catalogue, "en"):
            seen |= set(grounds(laid_out(served(flow, comfort), screen, wording)))
    ornaments = {("line_strong", "surface", False)}
    for colour, ground, is_text in seen - ornaments:
        found = tokens.contrast(palette[colour], palette[ground])
        assert found >= (text_least if is_text else icon_least), (colour, ground, found)


def test_a3_edges_are_seen_in_high_contrast():
    """Every line, and the focus ring, has 3 to 1 on whatever it lies on; the palette is whole."""
    known = tokens.load()
    dark = known.high_contrast
    assert set(dark) == set(known.colours)
    for line, ground in itertools.product(
        ("line", "line_strong", "focus"), ("page", "surface", "accent_soft")
    ):
        assert tokens.contrast(dark[line], dark[ground]) >= 3, (line, ground)
    for ground in ("page", "surface", "accent_soft"):
        assert tokens.contrast(known.colours["focus"], known.colours[ground]) >= 3


def extremes(picture: Image.Image, rect: Rect) -> float:
    """Return the contrast of the darkest and the lightest pixel within a rectangle."""
    part = picture.crop((max(0, rect.x), max(0, rect.y), rect.right, rect.bottom))
    shades = sorted(
        (sum(rgb), "#{:02X}{:02X}{:02X}".format(*rgb))
        for _, rgb in part.getcolors(maxcolors=1 << 20) or []
    )
    return tokens.contrast(shades[0][1], shades[-1][1])


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("large", [False, True], ids=["usual", "large"])
@pytest.mark.parametrize("contrast", [False, True], ids=["plain", "high"])
def test_a3_contrast_of_every_text_by_the_pixels(catalogue, wording, tag, large, contrast):
    """Measured on the painted screen, in five languages, two sizes and two palettes."""
    screen, comfort = SMALL, Comfort(large=large, contrast=contrast)
    for step in PICTURED:
        flow = served(flow_at(step, catalogue, tag), comfort)
        picture = drawn(flow, screen, wording)
        for text, _ in texts(laid_out(flow, screen, wording).elements):
            least = 7.0 if contrast else 4.4
            assert extremes(picture, text.rect) >= least * 0.97, (step, text.lines)


# --- A4, A5: fingers and reach -------------------------------------------------------------------


@pytest.mark.parametrize(("screen", "way", "tag"), EVERYWHERE)
def test_a4_every_key_is_as_large_as_a_finger(layouts, screen, way, tag):
    """20 by 20 mm and 5 mm apart; but for the letters of a keyboard beside large text."""
    for name, layout in layouts(screen, way, tag):
        if (screen, way) == ("wide", "large") and letters(layout):
            kept = [key for key in layout.keys if not isinstance(key.act, Type)]
            layout = Layout(tuple(kept))  # noqa: PLW2901 - without its letters
        assert touch_faults(layout, SCREENS[screen]) == [], name


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("way", ["low", "large-low"])
def test_a5_everything_is_within_reach_in_the_low_layout(layouts, way, tag):
    """No key begins in the upper half of a tall screen."""
    for name, layout in layouts("tall", way, tag):
        for key in layout.keys:
            assert key.rect.y >= TALL.height // 2, (name, key.act)


# --- a kiosk that is used with its keys only -----------------------------------------------------


class Blind:
    """A visitor with four keys and headphones: moves on, and listens."""

    def __init__(self, catalogue, wording, said, screen: Screen = SMALL) -> None:
        self.said, self.wishes, self.at = said, [], 100.0
        self.screen = screen
        speaker = Scribe(said)
        take = self.wishes.append
        self.front = Front(Flow("run"), screen, wording, lambda one, _: take(one), speaker)
        self.front.take(CatalogueCame(0.0, catalogue))
        self.front.show(screen, "10:42")
        self.surface = pygame.Surface((screen.width, screen.height))
        self.front.draw(self.surface)
        #: what each screen showed
        self.seen: list[str] = []

    def do(self, gesture: Gesture) -> None:
        """Press one key, a second after the last."""
        self.at += 1
        self.front.feel(gesture, self.at)
        self.look()

    def hear(self, event) -> None:
        """Let something happen outside."""
        self.front.take(event)
        self.look()

    def look(self) -> None:
        """Let the kiosk draw and speak; note what stands there."""
        self.front.draw(self.surface)
        self.seen += shown(self.front.layout)

    def go(self, act) -> None:
        """Move on until a key has the focus, and press it."""
        for _ in self.front.layout.keys:
            if self.front.hand.focus == act:
                break
            self.do(Move(Way.RIGHT))
        assert self.front.hand.focus == act
        self.do(Other.ENTER)

    @property
    def heard(self) -> list[tuple[str, str]]:
        """What was said, by its language."""
        lines = self.said.read_text("utf-8").splitlines()
        return [tuple(line.split("\t", 1)) for line in lines if line[:1] != "["]


@pytest.fixture
def blind(catalogue, wording, tmp_path) -> Blind:
    """A visitor who sees nothing."""
    return Blind(catalogue, wording, tmp_path / "said.txt")


def journey(blind: Blind, tag: str) -> None:
    """Take a ticket, from the key with the raised mark to the slip."""
    blind.do(Other.SPEAK)
    for act in (
        ChooseLanguage(tag),
        ChooseGroup("A"),
        ChooseService("A01"),
        AskCategory(),
        ChooseCategory("pregnant"),
        SwitchSignLanguage(),
        TakeTicket(),
    ):
        blind.go(act)
    (wish,) = [one for one in blind.wishes if isinstance(one, Issue)]
    mine = ticket(service="A01", language=tag)
    blind.hear(Issued(blind.at + 1, wish.key, mine))
    blind.hear(SlipFared(blind.at + 2, mine.id, Paper.DONE))


@pytest.mark.parametrize("tag", TAGS)
def test_a7_a10_a_whole_journey_by_four_keys_and_ear(blind, wording, tag):
    """Title, facts, number and advice of each screen are said, and every key passed on the way."""
    journey(blind, tag)
    flow = blind.front.flow
    assert flow.step is Step.SLIP
    said = [text for _, text in blind.heard]
    for text in shown_without_keys(blind.front.layout):
        assert text in said or text in wording.say("kiosk.page", tag, n=1, all=1), text
    assert "A042" in said
    for act in ("kiosk.confirm_title", "kiosk.choose_group", "kiosk.take_ticket"):
        assert wording.say(act, tag) in said
    assert wording.say("kiosk.take_slip", tag) in said
    request = next(one for one in blind.wishes if isinstance(one, Issue)).request
    assert (request.language, request.category) == (tag, "pregnant")
    assert request.needs == ["sign_language"]


def shown_without_keys(layout: Layout) -> list[str]:
    """Return the texts of a screen that are not on its keys or in the bar on top."""
    return shown(
        Layout(tuple(one for one in layout.elements[layout.band :] if isinstance(one, Text)))
    )


@pytest.mark.parametrize("tag", TAGS)
def test_a7_asked_again_the_whole_screen_is_said(blind, tag):
    """Every string of the slip's screen, its keys and its bar."""
    journey(blind, tag)
    before = len(blind.heard)
    blind.do(Other.SPEAK)
    said = " ".join(text for _, text in blind.heard[before:])
    for text in shown(blind.front.layout):
        assert text in said


def test_a7_whatever_the_visitor_does_it_falls_silent(blind):
    """Each key ends what is being said before anything new is said."""
    blind.do(Other.SPEAK)
    for gesture in (Move(Way.ON), Other.ENTER, Other.ESCAPE, Press(1, 1), Release(1, 1)):
        before = blind.said.read_text("utf-8")
        blind.do(gesture)
        fresh = blind.said.read_text("utf-8")[len(before) :]
        assert fresh.startswith("[hush]") or not fresh
    assert blind.said.read_text("utf-8").count("[hush]") >= 3


def test_a8_the_volume_and_the_speech_end_with_the_visit(blind):
    """The next visitor hears nothing, and at the usual volume if anything."""
    blind.do(Other.SPEAK)
    for _ in range(3):
        blind.do(Other.LOUDER)
    assert blind.front.flow.visit.comfort.volume == 5
    blind.go(ChooseLanguage("ru"))
    blind.hear(Touched(blind.at + 1, StartAgain(), typed=True))
    assert blind.front.flow.visit.comfort == Comfort()
    before = blind.heard
    blind.do(Move(Way.ON))
    assert blind.heard == before


@pytest.mark.parametrize("tag", TAGS)
def test_a9_it_speaks_the_language_that_it_shows(blind, tag):
    """From the choice of the language on, but for the other languages' own keys."""
    blind.do(Other.SPEAK)
    blind.go(ChooseLanguage(tag))
    before = len(blind.heard)
    blind.go(ChooseGroup("A"))
    blind.go(ChooseService("A01"))
    assert {language for language, _ in blind.heard[before:]} == {tag}


@pytest.mark.parametrize(
    ("screen", "way"), [("tall", "plain"), ("tall", "large-low"), ("wide", "large")]
)
def test_a10_right_and_left_reach_every_key_of_every_screen(layouts, screen, way):
    """Four keys are enough: one round of the focus visits all, and no two keys are the same."""
    for name, layout in layouts(screen, way, "en"):
        acts = [key.act for key in layout.keys]
        assert len(set(acts)) == len(acts), name


def test_a10_the_keyboard_on_the_glass_is_typed_with_four_keys(blind):
    """Searching too: letters by ear, and what is found is told."""
    blind.do(Other.SPEAK)
    blind.go(ChooseLanguage("en"))
    blind.go(next(key.act for key in blind.front.layout.keys if "OpenSearch" in str(key.act)))
    blind.go(Type("p"))
    blind.go(Type("a"))
    assert blind.front.flow.visit.typed.lower() == "pa"
    said = [text for _, text in blind.heard]
    assert "p" in [text.lower() for text in said]
    assert blind.front.flow.step is Step.FIND
    found = [key for key in blind.front.layout.keys if isinstance(key.act, ChooseService)]
    blind.go(found[0].act)
    assert blind.front.flow.step is Step.CONFIRM


def test_a10_the_question_is_answered_by_ear(blind):
    """It is said, and the first key goes on."""
    blind.do(Other.SPEAK)
    blind.go(ChooseLanguage("en"))
    blind.hear(Tick(blind.at + 90))
    assert ("en", "Are you still there?") in blind.heard
    blind.at += 95
    blind.do(Move(Way.ON))
    assert not blind.front.flow.asking


@pytest.mark.parametrize("start", [Other.SPEAK, Other.PLUGGED])
@pytest.mark.parametrize("step", [Step.LANGUAGE, Step.GROUP, Step.FIND, Step.SLIP])
def test_a11_it_speaks_within_a_second_of_the_key_or_the_headphones(
    catalogue, wording, tmp_path, start, step
):
    """On any screen, with the very next picture: nothing to see, nothing to aim at."""
    blind = Blind(catalogue, wording, tmp_path / "said.txt")
    blind.front.flow = flow_at(step, catalogue, "en")
    blind.front.draw(blind.surface)
    blind.do(start)
    assert blind.heard[0] == ("en", wording.say("comfort.speech_on", "en"))


# --- A12 to A16: time, flashes, colours, hands ---------------------------------------------------


@pytest.mark.parametrize("name", ["large", "contrast", "low", "spoken"])
def test_a12_the_end_is_announced_to_two_senses_long_before(catalogue, wording, tmp_path, name):
    """At least 20 seconds before it, on the glass and by a sound for every second or in words."""
    blind = Blind(catalogue, wording, tmp_path / "said.txt")
    blind.front.flow = served(flow_at(Step.GROUP, catalogue, "en"), Comfort(**{name: True}))
    blind.front.draw(blind.surface)
    blind.do(Move(Way.ON))
    warned = None
    end = blind.at
    while blind.front.flow.step is not Step.LANGUAGE:
        end += 0.25
        blind.hear(Tick(end))
        if warned is None and blind.front.flow.asking:
            warned = end
            assert wording.say("kiosk.seconds_left", "en", n=45) in shown(blind.front.layout)
    assert warned is not None
    assert end - warned >= 20
    ticks = blind.said.read_text("utf-8").count("[tick]")
    assert ticks >= 20


def test_a12_one_action_gives_more_time_at_least_ten_times(catalogue):
    """Any touch, also beside every key; nothing that was chosen is lost."""
    flow = served(flow_at(Step.CONFIRM, catalogue), Comfort(large=True))
    flow, now = replace(flow, touched_at=100.0), 100.0
    for _ in range(12):
        now += 120
        flow = apply(flow, Tick(now))
        assert flow.asking
        flow = apply(flow, Touched(now))
    assert (flow.step, flow.visit.service) == (Step.CONFIRM, "A01")


def test_a13_nothing_flashes(catalogue, wording):
    """In ten seconds of a countdown, sampled 20 times a second, nothing changes thrice a second."""
    front = Front(flow_at(Step.GROUP, catalogue, "en"), TALL, wording, lambda *_: None)
    small = screen_of(270, 480, 21.5)
    surface = pygame.Surface((270, 480))
    front.show(small, "10:42")
    front.take(Touched(1.0))
    changes = []
    for beat in range(200):
        front.take(Tick(32.0 + beat / 20))
        changes.append(bool(front.draw(surface)))
    for start in range(len(changes) - 20):
        assert sum(changes[start : start + 20]) <= 3


@pytest.mark.parametrize("contrast", [False, True], ids=["plain", "high"])
def test_a14_states_differ_without_colour(catalogue, wording, contrast):
    """On or off, chosen or not, printed or failed: grey pictures of them differ in shape."""
    plain = Comfort(contrast=contrast)
    pairs = [
        ({"sign_language": False}, {"sign_language": True}, Step.CONFIRM),
        ({}, {"comfort": replace(plain, large=False, low=True)}, Step.COMFORT),
        ({"paper": Paper.DONE}, {"paper": Paper.FAILED}, Step.SLIP),
        ({"category": None}, {"category": "pregnant"}, Step.CATEGORY),
    ]
    for one, other, step in pairs:
        icons = []
        for visit in (one, other):
            flow = flow_at(step, catalogue, "en", **({"comfort": plain} | visit))
            layout = laid_out(flow, TALL, wording)
            parts = [part for key in layout.keys for part in key.parts]
            marks = [x.name for x in (*layout.elements, *parts) if isinstance(x, Icon)]
            icons.append((marks, shown(layout)))
        assert icons[0] != icons[1], step
    # the number of the page's keys of a language: the chosen one is dark, the others are light
    flow = flow_at(Step.GROUP, catalogue, "en", comfort=plain)
    grey = drawn(flow, WIDE, wording).convert("L")
    keys = {key.act: key.rect for key in laid_out(flow, WIDE, wording).keys}
    shades = {
        tag: grey.getpixel((keys[ChooseLanguage(tag)].centre[0], keys[ChooseLanguage(tag)].y + 6))
        for tag in ("en", "ru")
    }
    assert abs(shades["en"] - shades["ru"]) > 60


def test_a14_pressed_and_focused_keys_differ_in_grey(catalogue, wording):
    """The focus ring is at least 3 pixels wide, and light or dark enough on its ground."""
    for contrast, screen in itertools.product((False, True), SCREENS.values()):
        flow = served(flow_at(Step.CONFIRM, catalogue), Comfort(contrast=contrast))
        plain = drawn(flow, screen, wording).convert("L")
        ringed = drawn(flow, screen, wording, focus=TakeTicket()).convert("L")
        key = next(k for k in laid_out(flow, screen, wording).keys if k.act == TakeTicket())
        x = key.rect.centre[0]
        column = range(key.rect.y - 40, key.rect.y)
        changed = [y for y in column if abs(plain.getpixel((x, y)) - ringed.getpixel((x, y))) > 40]
        assert len(changed) >= 3


def test_a15_a_second_tap_within_half_a_second_is_not_heard(catalogue):
    """A trembling finger does not choose twice; a second later it may."""
    flow = replace(flow_at(Step.COMFORT, catalogue), acted_at=10.0)
    act = SwitchComfort("large")
    assert not apply(flow, Touched(10.0 + DEAF - 0.01, act)).visit.comfort.large
    assert apply(flow, Touched(10.0 + DEAF, act)).visit.comfort.large
    assert DEAF == 0.5


def test_a15_a_held_key_is_pressed_once():
    """Nothing repeats unless pygame is told to, and nobody tells it."""
    pygame.display.init()
    try:
        assert pygame.key.get_repeat() == (0, 0)
    finally:
        pygame.display.quit()


def test_a15_nothing_needs_two_fingers_or_a_drag(catalogue, wording):
    """Every key of every screen is one press and one release at its middle."""
    for _, flow in flows(catalogue, "en"):
        layout = laid_out(flow, TALL, wording)
        for key in layout.keys:
            assert layout.key_at(*key.rect.centre) == key


# --- A17 to A21: the slip, help, dignity, places -------------------------------------------------


def test_a17_the_slip_s_number_is_large_and_black(catalogue, wording):
    """At least 24 points, 8.5 mm, of pure black on white; and the same facts are said."""
    from kiosk.printing import slip_of  # noqa: PLC0415 - the printer is not needed elsewhere

    strip = slip_layout(slip_of(ticket(), catalogue, wording), PAPERS[80], slip_measure)
    picture = draw(strip, PAPERS[80]).convert("L")
    assert {shade for _, shade in picture.getcolors()} <= {0, 255}
    rows = [
        any(picture.getpixel((x, y)) == 0 for x in range(picture.width))
        for y in range(picture.height)
    ]
    bands = [len(list(run)) for inked, run in itertools.groupby(rows) if inked]
    assert max(bands) / (203 / 25.4) >= 24 * 25.4 / 72 * CAPITAL


@pytest.mark.parametrize("tag", TAGS)
def test_a18_help_and_sign_language_are_asked_for_and_answered(catalogue, wording, tag):
    """On the first screen one touch; the call goes out, and what came of it is shown."""
    first = flow_at(Step.LANGUAGE, catalogue, tag)
    acts = [key.act for key in laid_out(first, TALL, wording).keys]
    assert SwitchSignLanguage() in acts
    assert OpenComfort() in acts
    panel = apply(first, Touched(10.0, OpenComfort()))
    assert CallHelp() in [key.act for key in laid_out(panel, TALL, wording).keys]
    called = apply(panel, Touched(11.0, CallHelp()))
    assert isinstance(called.wish, Help)
    for state, text in (("called", "kiosk.staff_called"), ("failed", "comfort.help_failed")):
        told = apply(called, HelpChanged(12.0, state))
        assert wording.say(text, tag) in shown(laid_out(told, TALL, wording))


def test_a19_a_category_is_asked_for_once_and_shown_nowhere_else(catalogue, wording):
    """Neither on the number's screen nor in the slip's lines."""
    from kiosk.printing import slip_of  # noqa: PLC0415 - the printer is not needed elsewhere

    name = next(one for one in catalogue.categories if one.id == "pregnant").texts["en"]
    flow = flow_at(Step.SLIP, catalogue, "en", category="pregnant")
    assert name not in " ".join(shown(laid_out(flow, TALL, wording)))
    slip = slip_of(ticket(category="pregnant", language="en"), catalogue, wording)
    assert name not in repr(slip)


@pytest.mark.parametrize(("screen", "way", "tag"), EVERYWHERE)
def test_a21_help_and_the_way_back_stand_in_the_same_spot(layouts, screen, way, tag):
    """The key to see, hear and reach better is on every screen, in one place; back beside it."""
    spots, backs = set(), set()
    for name, layout in layouts(screen, way, tag):
        found = {key.act: key.rect for key in layout.elements if isinstance(key, Key)}
        if not any(name.startswith(step) for step in BARE):
            assert OpenComfort() in found, name
            spots.add(found[OpenComfort()])
        if GoBack() in found and not name.startswith("slip"):
            backs.add((found[GoBack()].x, found[GoBack()].y))
    assert len(spots) == 1
    assert len(backs) == 1


# --- the monkey: reliability, row 30 -------------------------------------------------------------


def test_a_monkey_at_the_keys_of_the_glass_finds_no_unknown_screen(catalogue, wording):
    """Random touches, keys and time, drawn: every screen is one of ours, and nothing grows."""
    chance = random.Random(30)
    screen = screen_of(270, 480, 21.5)
    wishes: list = []
    front = Front(Flow("run"), screen, wording, lambda wish, _: wishes.append(wish))
    front.show(screen, "10:42")
    front.take(CatalogueCame(0.0, catalogue))
    surface = pygame.Surface((270, 480))
    keys = [Move(way) for way in Way] + [one for one in Other if one is not Other.QUIT]
    now = 10.0
    for _ in range(1000):
        now += chance.choice((0.1, 0.7, 2.0, 40.0))
        _poke(front, chance, now, keys)
        if wishes and isinstance(wishes[-1], Issue) and chance.random() < 0.5:
            front.take(Issued(now, wishes.pop().key, ticket()))
        front.take(Tick(now))
        front.draw(surface)
        assert front.flow.step in Step
        assert len(front.flow.visit.trail) <= 40
    for kept in (theme.line, theme.icon, theme.corners, theme.shadow, theme.measure, theme.font):
        info = kept.cache_info()
        assert info.maxsize is not None
        assert info.currsize <= info.maxsize


def _poke(front: Front, chance: random.Random, now: float, keys: list[Gesture]) -> None:
    """Touch a key or the glass beside it, or press a key of the keyboard."""
    if chance.random() < 0.4:
        front.feel(chance.choice(keys), now)
        return
    spots = [key.rect.centre for key in front.layout.keys]
    x, y = chance.choice([*spots, (chance.randrange(270), chance.randrange(480))])
    front.feel(Press(x, y, 1), now)
    front.feel(Release(x, y, 1), now)
