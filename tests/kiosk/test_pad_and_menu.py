from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk import theme
from kiosk.acts import (
    ChooseLanguage,
    Erase,
    GiveReason,
    GoBack,
    OpenStaff,
    Rate,
    StaffDo,
    Submit,
    Type,
)
from kiosk.elements import Key, Text
from kiosk.events import CatalogueCame, PinJudged, Rated, ServerLost, StaffTold, Tick, Touched
from kiosk.flow import apply
from kiosk.geometry import screen_of
from kiosk.layout import lay_out
from kiosk.screens.staff import OFFERS
from kiosk.state import Do, Flow, Habits, JudgePin, Rating, Step
from kiosk.steps.rating import BLAMES, PRAISES, THANKS, WHY, reasons
from kiosk.steps.staff import CAME, LOST
from tests.kiosk.screens_of_all_kinds import SCREENS, TAGS, within

PAD = screen_of(1024, 600, 10.0)
LINES = tuple(f"Qurilma holati {n}: hammasi joyida, nosozlik yoʻq" for n in range(11))


def touch(flow: Flow, *acts, at: float = 100.0) -> Flow:
    """Touch one key after another, a second apart."""
    for number, act in enumerate(acts):
        flow = apply(flow, Touched(at + number, act))
    return flow


@pytest.fixture
def pad(catalogue) -> Flow:
    """A rating pad at window 3 that knows its center."""
    return apply(Flow("run", Habits(pad=3)), CatalogueCame(0.0, catalogue))


@pytest.fixture
def kiosk(catalogue) -> Flow:
    """A kiosk with a service PIN."""
    return apply(Flow("run", Habits(staff=True)), CatalogueCame(0.0, catalogue))


# --- the rating pad ------------------------------------------------------------------------------


def test_a_pad_begins_with_the_faces(pad):
    """And comes back to them."""
    assert pad.step is Step.RATE
    assert touch(pad, Rate(4), GoBack()).step is Step.RATE


def test_a_rating_with_its_reason_is_sent(pad):
    """Once, under a key of its own; then thanks, and the faces again."""
    rated = touch(pad, Rate(2), GiveReason("waited"))
    assert (rated.step, rated.wish) == (Step.RATED, Rating("run-1", 2, "waited"))
    assert touch(rated, GiveReason("waited"), at=110.0).wish is rated.wish
    assert apply(rated, Tick(101.0 + THANKS - 0.1)).step is Step.RATED
    assert apply(rated, Tick(101.0 + THANKS)).step is Step.RATE


def test_a_rating_needs_no_reason(pad):
    """By the key, or by walking away: the stars count."""
    assert touch(pad, Rate(5), Submit()).wish == Rating("run-1", 5)
    walked = touch(pad, Rate(5))
    assert apply(walked, Tick(100.0 + WHY - 0.1)).wish is None
    assert apply(walked, Tick(100.0 + WHY)).wish == Rating("run-1", 5)


def test_praise_and_blame_have_reasons_of_their_own(pad):
    """The document that may not be demanded is always among them."""
    assert (reasons(3), reasons(4)) == (BLAMES, PRAISES)
    assert "demanded" in set(BLAMES) & set(PRAISES)
    assert touch(pad, Rate(5), GiveReason("impolite")).wish is None


def test_a_visitor_may_think_again(pad):
    """Back leads to the faces, and nothing is sent."""
    again = touch(pad, Rate(1), GoBack(), Rate(5), Submit())
    assert again.wish == Rating("run-1", 5)


def test_nothing_to_rate_is_said(pad):
    """In the place of the thanks."""
    rated = touch(pad, Rate(5), Submit())
    assert apply(rated, Rated(103.0, "nothing_to_rate")).visit.refusal == "nothing_to_rate"
    assert apply(rated, Rated(103.0)).visit.refusal == ""
    gone = apply(rated, Tick(120.0))
    assert apply(gone, Rated(121.0, "nothing_to_rate")) is gone


def test_the_next_visitor_finds_the_first_language(pad):
    """Nobody is asked whether they are there; the language goes back by itself."""
    russian = touch(pad, ChooseLanguage("ru"))
    assert (russian.step, russian.visit.language) == (Step.RATE, "ru")
    assert apply(russian, Tick(129.0)) is russian
    assert apply(russian, Tick(130.0)).visit.language == "uz-Latn"
    assert not apply(russian, Tick(200.0)).asking


def test_stars_beyond_the_faces_are_none(pad):
    """Nobody gives six."""
    assert touch(pad, Rate(6)).step is Step.RATE


@pytest.mark.parametrize("tag", TAGS)
def test_a_pad_offers_every_language_at_the_right_edge(pad, wording, tag):
    """There are no pages to turn, so no room is kept for the keys that would."""
    for _, flow in flows(pad, pad, tag):
        if flow.step is not Step.RATE and not flow.visit.stars:
            continue
        keys = lay_out(flow, PAD, "10:42", wording, theme.measure).keys
        languages = [key for key in keys if isinstance(key.act, ChooseLanguage)]
        assert {key.act.tag for key in languages} == set(TAGS)
        right = max(key.rect.right for key in languages)
        assert PAD.width - right == min(key.rect.x for key in keys)


# --- the service menu ----------------------------------------------------------------------------


def test_without_a_pin_there_is_no_menu(catalogue):
    """The taps are only taps."""
    bare = apply(Flow("run"), CatalogueCame(0.0, catalogue))
    assert touch(bare, OpenStaff()).step is Step.LANGUAGE


def test_the_right_pin_opens_the_menu(kiosk):
    """It is typed, judged and forgotten; the menu asks for the facts."""
    typed = touch(kiosk, OpenStaff(), *map(Type, "48012x5"), Erase(), Type("5"))
    assert (typed.step, typed.visit.typed) == (Step.PIN, "480125")
    asked = touch(typed, Submit(), at=120.0)
    assert (asked.wish, asked.visit.typed) == (JudgePin("480125"), "")
    opened = apply(asked, PinJudged(121.0, right=True))
    assert (opened.step, opened.wish) == (Step.STAFF, Do("status"))
    told = apply(opened, StaffTold(122.0, ("a: b",), "Done", ("A042",)))
    assert (told.staff_lines, told.staff_answer, told.staff_questions) == (
        ("a: b",),
        "Done",
        ("A042",),
    )


def test_a_wrong_pin_is_said_and_a_pause_kept(kiosk):
    """During it nothing is asked."""
    asked = touch(kiosk, OpenStaff(), Type("1"), Submit())
    wrong = apply(asked, PinJudged(103.0, right=False))
    assert (wrong.step, wrong.visit.refusal, wrong.wish) == (Step.PIN, "pin_wrong", None)
    paused = apply(asked, PinJudged(103.0, right=False, wait=900.0))
    assert paused.visit.refusal == "pin_wait"
    assert touch(paused, Type("1"), Submit(), at=110.0).wish is None
    assert touch(paused, Type("1"), Submit(), at=1010.0).wish == JudgePin("1")


def test_the_menu_gives_the_visitor_back(kiosk):
    """Whoever was in the middle of a visit finds it again when staff give up."""
    visiting = touch(kiosk, ChooseLanguage("ru"))
    assert touch(visiting, OpenStaff(), GoBack(), at=110.0).step is visiting.step


def test_what_staff_touch_is_wished_each_time(kiosk):
    """Twice the same is done twice; a judgement for nobody opens nothing."""
    opened = apply(touch(kiosk, OpenStaff()), PinJudged(101.0, right=True))
    first = touch(opened, StaffDo("test_page"), at=110.0)
    second = touch(first, StaffDo("test_page"), at=120.0)
    assert first.wish == second.wish == Do("test_page")
    assert first.wish is not second.wish
    assert apply(kiosk, PinJudged(101.0, right=True)).step is Step.LANGUAGE


# --- what is said while the server is away -------------------------------------------------------


def words(flow: Flow, wording, screen=SCREENS["wide"]) -> list[str]:
    """Return all that stands on a screen."""
    layout = lay_out(flow, screen, "10:42", wording, theme.measure)
    parts = [
        part for one in layout.elements for part in (one.parts if isinstance(one, Key) else (one,))
    ]
    return [" ".join(part.lines) for part in parts if isinstance(part, Text)]


@pytest.mark.parametrize("tag", TAGS)
def test_offline_is_said_calmly(kiosk, wording, tag):
    """Tickets are given, and the wait is not known; no word of trouble."""
    away = touch(apply(kiosk, ServerLost(1.0, own_numbers=True)), ChooseLanguage(tag))
    said = words(away, wording)
    assert wording.say("offline.banner", tag) in said
    assert wording.say("kiosk.server_away", tag) not in said
    without = apply(away, ServerLost(102.0))
    assert wording.say("kiosk.server_away", tag) in words(without, wording)


# --- where it stands -----------------------------------------------------------------------------


def flows(pad: Flow, kiosk: Flow, tag: str):
    """Return (name, flow) for every screen of pad and menu."""
    at = replace(pad, visit=replace(pad.visit, language=tag))
    yield "rate", at
    for stars in (1, 5):
        yield f"why {stars}", touch(at, Rate(stars))
    thanks = touch(at, Rate(5), Submit())
    yield "thanks", thanks
    for code in ("nothing_to_rate", "server_away"):
        yield code, apply(thanks, Rated(102.0, code))
    menu = replace(kiosk, visit=replace(kiosk.visit, language=tag), step=Step.PIN)
    yield "pin", touch(menu, Type("4"))
    for refusal in ("pin_wrong", "pin_wait"):
        yield refusal, replace(menu, visit=replace(menu.visit, refusal=refusal))
    staff = replace(menu, step=Step.STAFF)
    for questions in ((), ("A042",), ("A042", "E517")):
        yield f"staff {questions}", apply(staff, StaffTold(9.0, LINES, "", questions))


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("screen", [*SCREENS.values(), PAD])
def test_every_key_is_large_enough_and_on_the_glass(pad, kiosk, wording, screen, tag):
    """20 mm, apart from each other, and nothing is cut off."""
    for name, flow in flows(pad, kiosk, tag):
        if screen is PAD and flow.staff_questions:
            continue  # a pad has no slips to ask about
        layout = lay_out(flow, screen, "10:42", wording, theme.measure)
        keys = layout.keys
        least = screen.mm(20) - 1
        for key in keys:
            assert min(key.rect.w, key.rect.h) >= least, (name, key.act)
            assert within(key.rect, screen.area), (name, key.act)
            for part in key.parts:
                if isinstance(part, Text):
                    wide = max(theme.measure(line, part.face) for line in part.lines)
                    assert wide <= key.rect.w, (name, part)
        for one in keys:
            for other in keys:
                assert one is other or one.rect.gap(other.rect) > 0, (name, one.act, other.act)


def test_the_menu_offers_all_of_it(kiosk, wording):
    """Each offer and each question has its keys."""
    staff = apply(replace(kiosk, step=Step.STAFF), StaffTold(9.0, LINES, "", ("A042",)))
    for screen in SCREENS.values():
        layout = lay_out(staff, screen, "10:42", wording, theme.measure)
        acts = {key.act for key in layout.keys}
        offers = {StaffDo(name) for name in OFFERS}
        assert offers | {StaffDo(CAME + "A042"), StaffDo(LOST + "A042"), GoBack()} <= acts


def test_the_pin_is_not_shown(kiosk, wording):
    """Dots, as many as digits."""
    typed = touch(kiosk, OpenStaff(), *map(Type, "4801"))
    said = words(typed, wording)
    assert "••••" in said
    assert "4801" not in said
