"""Finding a service: by touch, by typing, by what happened in somebody's life."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.acts import (
    Act,
    CallHelp,
    ChooseEvent,
    ChooseGroup,
    ChooseService,
    Erase,
    GoBack,
    OpenEvents,
    OpenInfo,
    OpenSearch,
    ShowPage,
    StartAgain,
    SwitchLeg,
    SwitchScript,
    TakeTicket,
    Type,
)
from kiosk.events import CatalogueCame, NotIssued, Touched
from kiosk.flow import apply
from kiosk.keyboards import SCRIPTS, code_keyboard, keyboard
from kiosk.state import Flow, Issue, Step
from kiosk.steps.finding import MOST_LETTERS, wanted
from tests.kiosk.catalogues import demo
from tests.kiosk.screens_of_visitors import SCREENS, laid_out, told
from tests.kiosk.steps import flow_at

CATALOGUE = demo()
SERVICES = [service for group in CATALOGUE.groups for service in group.services]
#: what a visitor would begin to type who looks for a service
LETTERS = 4


def walk(flow: Flow, *acts: Act) -> Flow:
    """Touch one key after another, a second apart."""
    for act in acts:
        flow = apply(flow, Touched(max(flow.acted_at, flow.since, 100.0) + 1, act))
    return flow


def at_groups(language: str = "uz-Latn") -> Flow:
    """A visitor who has chosen a language."""
    return flow_at(Step.GROUP, CATALOGUE, language)


def typed(flow: Flow, text: str) -> Flow:
    """Type a word letter by letter."""
    return walk(flow, *(Type(letter) for letter in text))


def at_birth() -> Flow:
    """A visitor to whom a child was born."""
    return walk(at_groups(), OpenEvents(), ChooseEvent("birth"))


# --- how far a service is ------------------------------------------------------------------------


def reached_by_touch(flow: Flow, screen, wording, touches: int) -> set[str]:
    """Return the services that stand in hand after so many touches of real keys."""
    if flow.step is Step.CONFIRM:
        return {flow.visit.service}
    if touches == 0:
        return set()
    leads = (ChooseGroup, ChooseService, ShowPage)
    acts = [one.act for one in laid_out(flow, screen, wording).keys if isinstance(one.act, leads)]
    found = (reached_by_touch(walk(flow, act), screen, wording, touches - 1) for act in acts)
    return set().union(*found)


def reached_by_letters(service, language: str, screen, wording) -> bool:
    """Whether four letters of one of the service's words bring its tile onto the screen."""
    words = service.texts[language].replace("(", "").replace("«", "").split()
    for word in sorted(words, key=len, reverse=True):
        flow = typed(walk(at_groups(language), OpenSearch()), word[:LETTERS].lower())
        keys = laid_out(flow, screen, wording).keys
        if any(key.act == ChooseService(service.id) for key in keys):
            return True
    return False


@pytest.mark.parametrize("name", SCREENS)
def test_every_service_is_three_touches_or_four_letters_away(wording, name):
    """From the first page after the language, on the keys that the screen really has."""
    near = reached_by_touch(at_groups(), SCREENS[name], wording, 3)
    far = [one for one in SERVICES if one.id not in near]
    lost = [one for one in far if not reached_by_letters(one, "uz-Latn", SCREENS[name], wording)]
    assert len(near) > len(SERVICES) // 2
    assert not lost


@pytest.mark.parametrize("tag", ["uz-Latn", "uz-Cyrl", "ru", "kaa", "en"])
def test_most_services_are_found_by_four_letters_of_their_name(wording, tag):
    """Typing is a way of its own, not a crutch: for nine in ten services it is enough alone."""
    screen = SCREENS["portrait"]
    found = [one.id for one in SERVICES if reached_by_letters(one, tag, screen, wording)]
    assert len(found) >= 0.9 * len(SERVICES)


# --- typing --------------------------------------------------------------------------------------


def test_what_is_typed_finds_services_as_it_is_typed(wording):
    """Three letters, and the passport is there; what is not there is said, with help beside it."""
    flow = typed(walk(at_groups("ru"), OpenSearch()), "пас")
    acts = [key.act for key in laid_out(flow, SCREENS["hd"], wording).keys]
    assert any(isinstance(act, ChooseService) for act in acts)
    nothing = laid_out(typed(walk(at_groups("ru"), OpenSearch()), "xqzw"), SCREENS["hd"], wording)
    assert CallHelp() in [key.act for key in nothing.keys]
    assert wording.say("kiosk.nothing_found", "ru") in told(nothing)


def test_a_letter_of_two_signs_is_erased_at_once():
    """Whoever typed oʻ with one key takes it back with one key."""
    flow = walk(at_groups(), OpenSearch(), Type("t"), Type("oʻ"))
    assert flow.visit.typed == "toʻ"
    assert walk(flow, Erase()).visit.typed == "t"
    assert walk(flow, Erase(), Erase(), Erase()).visit.typed == ""


def test_nobody_types_without_end():
    """A cat on the keyboard fills the field, not the memory."""
    flow = typed(walk(at_groups(), OpenSearch()), "m" * 99)
    assert len(flow.visit.typed) == MOST_LETTERS
    assert walk(at_groups(), OpenSearch(), Type(" ")).visit.typed == ""


def test_the_keyboard_changes_its_script():
    """Latin, Cyrillic and digits; what is no script changes nothing."""
    flow = walk(at_groups(), OpenSearch())
    assert walk(flow, SwitchScript("cyrillic")).visit.script == "cyrillic"
    assert walk(flow, SwitchScript("runes")).visit.script == ""


def test_a_search_begins_anew_and_back_leads_to_the_same_page_of_groups():
    """The page of groups is kept, what was typed is not."""
    flow = walk(at_groups(), ShowPage(1), OpenSearch(), Type("a"), GoBack())
    assert (flow.step, flow.visit.page) == (Step.GROUP, 1)
    assert walk(flow, OpenSearch()).visit.typed == ""


def test_back_from_a_found_service_leads_to_what_was_found():
    """The word and its results are still there."""
    flow = typed(walk(at_groups(), OpenSearch()), "pas")
    there = walk(flow, ChooseService("E02"))
    assert (there.step, there.visit.group) == (Step.CONFIRM, "E")
    back = walk(there, GoBack())
    assert (back.step, back.visit.typed) == (Step.FIND, "pas")
    assert walk(back, ChooseService("no such")).step is Step.FIND


def test_every_letter_of_every_language_is_on_its_keyboard():
    """What stands in a service's name can be typed, but for signs that searching folds."""
    for service in SERVICES:
        for tag in ("uz-Latn", "uz-Cyrl", "ru", "kaa", "en"):
            letters = {one for script in SCRIPTS for one in keyboard(script, tag).ordered}
            name = service.texts[tag].lower().replace("oʻ", "").replace("gʻ", "")
            wrong = {one for one in name if one.isalpha() and one not in letters} - {"ʼ", "ʻ"}
            assert not wrong, (tag, name)


def test_both_orders_of_a_keyboard_have_the_same_letters():
    """A narrow screen has the alphabet instead of the typewriter, and nothing less."""
    boards = [keyboard(script, tag) for script in SCRIPTS for tag in ("uz-Latn", "ru", "kaa")]
    for board in (*boards, code_keyboard()):
        rows = [letter for row in board.rows for letter in row]
        assert sorted(rows) == sorted(board.ordered)
        assert len(set(rows)) == len(rows)


# --- life events ---------------------------------------------------------------------------------


def test_all_services_of_a_life_event_are_wanted_at_first():
    """The birth: its registration first, the others as legs."""
    flow = at_birth()
    assert flow.step is Step.EVENT
    assert wanted(flow) == ("A01", "E03", "M01")
    assert (flow.visit.service, flow.visit.group, flow.visit.legs) == ("A01", "A", ("E03", "M01"))


def test_one_ticket_is_asked_for_with_the_wanted_legs():
    """The first service is the one that waits for none; the others are legs of the same ticket."""
    flow = walk(at_birth(), SwitchLeg("E03"), TakeTicket())
    assert isinstance(flow.wish, Issue)
    request = flow.wish.request
    assert (request.service, request.event, request.legs) == ("A01", "birth", ["M01"])


def test_without_the_first_service_the_next_one_leads():
    """Whoever has the birth registered already starts with what came after it."""
    flow = walk(at_birth(), SwitchLeg("A01"))
    assert (flow.visit.service, flow.visit.legs) == ("E03", ("M01",))
    again = walk(flow, SwitchLeg("A01"))
    assert (again.visit.service, again.visit.legs) == ("A01", ("E03", "M01"))


def test_nothing_wanted_is_no_ticket(wording):
    """With every service switched off, a sentence stands where the big key was."""
    flow = walk(at_birth(), *(SwitchLeg(one) for one in ("A01", "E03", "M01")))
    assert (wanted(flow), flow.visit.service) == ((), "")
    layout = laid_out(flow, SCREENS["hd"], wording)
    assert TakeTicket() not in [key.act for key in layout.keys]
    assert wording.say("kiosk.leg_none", "uz-Latn") in told(layout)
    assert walk(flow, TakeTicket()).wish is None


def test_a_service_chosen_after_a_life_event_is_chosen_alone():
    """The event is forgotten with the way back."""
    flow = walk(at_birth(), GoBack(), GoBack(), ChooseGroup("E"), ChooseService("E01"))
    assert (flow.step, flow.visit.event, flow.visit.legs) == (Step.CONFIRM, "", ())
    asked = walk(flow, TakeTicket())
    assert isinstance(asked.wish, Issue)
    assert asked.wish.request.event is None


def test_an_event_that_is_no_longer_offered_leads_back_to_the_groups():
    """A fresh catalogue without it leaves no empty screen."""
    gone = CATALOGUE.model_copy(update={"events": CATALOGUE.events[1:]})
    flow = apply(at_birth(), CatalogueCame(200.0, gone))
    assert (flow.step, flow.visit.event, flow.visit.service) == (Step.GROUP, "", "")


def test_a_leg_that_the_center_does_not_offer_is_not_shown():
    """An event of the whole country may call for what this center has not got."""
    event = CATALOGUE.events[0]
    groups = [one for one in CATALOGUE.groups if one.prefix != "M"]
    smaller = CATALOGUE.model_copy(update={"groups": groups, "events": [event]})
    flow = walk(replace(at_groups(), catalogue=smaller), OpenEvents(), ChooseEvent("birth"))
    assert wanted(flow) == ("A01", "E03")


def test_a_life_event_tells_its_hint_and_all_papers_once(wording):
    """One screen says what to bring for all of it, and that there is nothing to queue for twice."""
    flow = walk(at_birth(), OpenInfo())
    said = " ".join(told(laid_out(flow, SCREENS["portrait"], wording)))
    event = CATALOGUE.events[0]
    assert event.hint["uz-Latn"] in said
    for leg in event.legs:
        service = flow.find_service(leg.service)
        assert service is not None
        assert all(said.count(paper["uz-Latn"]) == 1 for paper in service.documents)


def test_a_visitor_without_an_answer_comes_back_to_the_event():
    """The legs are still wanted, and the same request keeps its key."""
    asked = walk(at_birth(), TakeTicket())
    assert isinstance(asked.wish, Issue)
    away = apply(asked, NotIssued(110.0, asked.wish.key))
    again = walk(away, GoBack())
    assert wanted(again) == ("A01", "E03", "M01")


# --- rules for any sequence ----------------------------------------------------------------------

ACTS: list[Act] = [
    *(OpenSearch(), OpenEvents(), OpenInfo(), OpenInfo("E01"), GoBack(), StartAgain()),
    *(Type("p"), Type("oʻ"), Erase(), SwitchScript("digits"), TakeTicket(), ShowPage(1)),
    *(ChooseEvent("birth"), ChooseEvent("nothing"), SwitchLeg("A01"), SwitchLeg("E03")),
    *(ChooseGroup("A"), ChooseService("A01"), ChooseService("Z99")),
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(ACTS), max_size=30))
def test_a_ticket_s_legs_are_of_its_event(acts):
    """However one gets there: no event without its own legs, and no leg asked for twice."""
    flow = at_groups()
    for number, act in enumerate(acts):
        flow = apply(flow, Touched(100.0 + number, act))
        if isinstance(flow.wish, Issue):
            request = flow.wish.request
            own = {leg.service for leg in flow.event.legs} if flow.event else {request.service}
            assert {request.service, *request.legs} <= own
            assert request.service not in request.legs
            assert len(set(request.legs)) == len(request.legs)
        assert len(flow.visit.trail) <= len(acts)
