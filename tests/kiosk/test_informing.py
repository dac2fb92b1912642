"""What there is to know: papers, fees, the center, the way online; and the way to a ticket."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.acts import (
    Act,
    AskCategory,
    ChooseCategory,
    ChooseGroup,
    ChooseService,
    DivertOnline,
    GoBack,
    OpenCenter,
    OpenCode,
    OpenEvents,
    OpenInfo,
    OpenSearch,
    PrintList,
    ShowPage,
    StartAgain,
    TakeTicket,
)
from kiosk.elements import Code, Icon
from kiosk.events import CatalogueCame, DayTold, ListFared, Paper, Tick, Touched
from kiosk.flow import THANKED, apply
from kiosk.screens.plan import HERE
from kiosk.screens.slip import PAPERLESS
from kiosk.state import Divert, Flow, Habits, Issue, PrintPapers, Step, Visit
from kiosk.steps.informing import TOPICS
from queue_server.contracts.api import LegOut
from queue_server.contracts.catalogue import CatalogueOut, ServiceOut
from tests.kiosk.catalogues import demo
from tests.kiosk.screens_of_visitors import SCREENS, laid_out, told
from tests.kiosk.steps import flow_at
from tests.kiosk.test_finding import walk
from tests.kiosk.tickets import ticket

CATALOGUE = demo()


def changed(**fields: object) -> CatalogueOut:
    """Return the catalogue with other fields for the service A01."""
    group, *others = CATALOGUE.groups
    first, *rest = group.services
    other = first.model_copy(update=fields)
    return CATALOGUE.model_copy(
        update={"groups": [group.model_copy(update={"services": [other, *rest]}), *others]}
    )


def said(flow: Flow, wording, screen: str = "portrait") -> str:
    """Return all that a screen says, in one string."""
    return " | ".join(told(laid_out(flow, SCREENS[screen], wording)))


def all_pages(flow: Flow, wording, screen: str) -> str:
    """Return all that a step says on all of its pages."""
    pages = [replace(flow, visit=replace(flow.visit, page=page)) for page in range(6)]
    return " | ".join(said(page, wording, screen) for page in pages)


# --- a service -----------------------------------------------------------------------------------


@pytest.mark.parametrize("screen", SCREENS)
def test_all_papers_of_a_service_are_told(wording, screen):
    """However small the glass: page by page, every paper and what nobody may ask for."""
    services = [one for group in CATALOGUE.groups for one in group.services]
    most = max(services, key=lambda one: sum(len(texts["ru"]) for texts in one.documents))
    told_all = all_pages(flow_at(Step.INFO, CATALOGUE, "ru", most.id), wording, screen)
    for texts in (*most.documents, *CATALOGUE.not_required):
        assert texts["ru"] in told_all


def test_a_fee_is_told_with_the_day_on_which_it_was_checked(wording):
    """A number without a date is a rumour; without a number the window is named."""
    fee = {"ru": "15 % БРВ"}
    known = changed(fee_texts=fee, fee_checked="2026-11-03")
    text = said(flow_at(Step.INFO, known, "ru"), wording)
    assert "15 % БРВ" in text
    assert wording.say("info.fee_checked", "ru", date="03.11.2026") in text
    unknown = changed(fee_texts={}, fee_checked="")
    assert wording.say("info.fee_ask", "ru") in said(flow_at(Step.INFO, unknown, "ru"), wording)


def test_what_can_be_done_online_or_comes_by_post_is_told(wording):
    """With a code of the address where there is one."""
    known = changed(flags=["online", "post"], online="my.gov.uz/x")
    pages = [flow_at(Step.INFO, known, "en", page=page) for page in range(2)]
    layouts = [laid_out(page, SCREENS["portrait"], wording) for page in pages]
    text = {one for layout in layouts for one in told(layout)}
    assert {wording.say(f"info.{one}", "en") for one in ("online", "post")} <= text
    elements = [one for layout in layouts for one in layout.elements]
    assert {one.url for one in elements if isinstance(one, Code)} == {"https://my.gov.uz/x"}


def test_stale_queues_are_not_told(wording):
    """While the server is away nobody knows how many wait."""
    flow = flow_at(Step.INFO, CATALOGUE, "en", "E01")
    assert "waiting" in said(flow, wording)
    assert "waiting" not in said(replace(flow, server_away=True), wording)


def test_the_list_of_papers_is_printed_on_request(wording):
    """The key says how the list fares, and can be touched again."""
    flow = walk(flow_at(Step.CONFIRM, CATALOGUE, "ru", "E01"), OpenInfo(), PrintList())
    assert flow.wish == PrintPapers("E01", "ru")
    assert wording.say("info.list_printing", "ru") in said(flow, wording)
    done = apply(flow, ListFared(flow.acted_at, Paper.DONE))
    assert (done.wish, done.visit.list_paper) == (None, Paper.DONE)
    assert wording.say("info.list_done", "ru") in said(done, wording)
    assert walk(done, PrintList()).wish is not None


def test_news_of_a_list_nobody_waits_for_changes_nothing():
    """A visitor who has gone is not told."""
    flow = flow_at(Step.GROUP, CATALOGUE)
    assert apply(flow, ListFared(100.0, Paper.DONE)) == flow


def test_a_result_can_be_asked_about_before_it_is_chosen():
    """The small key beside a result leads to the facts and back to the results."""
    flow = walk(flow_at(Step.FIND, CATALOGUE, typed="pas"), OpenInfo("E02"))
    assert (flow.step, flow.visit.service) == (Step.INFO, "E02")
    assert walk(flow, GoBack()).step is Step.FIND
    asked = walk(flow, TakeTicket())
    assert isinstance(asked.wish, Issue)
    assert asked.wish.request.service == "E02"


def test_the_category_question_leads_back_to_the_confirmation():
    """Also for a service that was found by typing."""
    found = walk(flow_at(Step.FIND, CATALOGUE, trail=(Step.GROUP,)), ChooseService("E01"))
    asked = walk(found, AskCategory())
    assert walk(asked, GoBack()).step is Step.CONFIRM
    declared = walk(asked, ChooseCategory("pregnant"))
    assert (declared.step, declared.visit.category) == (Step.CONFIRM, "pregnant")
    assert walk(declared, GoBack()).step is Step.FIND


def test_the_page_of_services_is_found_again_after_all_detours():
    """Category and facts have pages of their own."""
    flow = flow_at(Step.SERVICE, CATALOGUE, service="A01", page=1)
    detour = (ChooseService("A05"), AskCategory(), ShowPage(1), GoBack(), OpenInfo(), ShowPage(1))
    back = walk(flow, *detour, GoBack(), GoBack())
    assert (back.step, back.visit.page) == (Step.SERVICE, 1)


# --- the center ----------------------------------------------------------------------------------


def test_the_center_tells_its_topics_one_by_one():
    """A tab changes the topic and not the way back."""
    flow = walk(flow_at(Step.GROUP, CATALOGUE, page=1), OpenCenter(), OpenCenter("plan"))
    assert (flow.step, flow.visit.topic) == (Step.CENTER, "plan")
    assert walk(flow, OpenCenter("weather")) == replace(flow, touched_at=102.0 + 1, acted_at=103.0)
    back = walk(flow, GoBack())
    assert (back.step, back.visit.page) == (Step.GROUP, 1)


@pytest.mark.parametrize(
    ("weekday", "days"), [(0, "mon_fri"), (4, "mon_fri"), (5, "sat"), (6, "sun")]
)
def test_today_s_hours_are_set_off_by_a_word(wording, weekday, days):
    """Not by colour alone; and on no day before the day is known."""
    flow = flow_at(Step.CENTER, CATALOGUE, "en", topic="hours")
    today = f"{wording.say(f'info.{days}', 'en')} (today)"
    assert today in said(apply(flow, DayTold(1.0, weekday)), wording)
    assert "(today)" not in said(flow, wording)


def test_the_same_day_again_is_no_news():
    """Nothing is drawn anew for it."""
    flow = apply(flow_at(Step.GROUP, CATALOGUE), DayTold(1.0, 3))
    assert apply(flow, DayTold(2.0, 3)) is flow


def test_the_plan_shows_every_window_and_where_the_visitor_stands(wording):
    """One pin, at this kiosk's own place; without knowing it there is none."""
    flow = flow_at(Step.CENTER, CATALOGUE, "en", topic="plan")
    places = CATALOGUE.facts.places
    windows = {str(place.window) for place in places if place.kind == "window"}
    kiosk = next(place.id for place in places if place.kind == "kiosk")
    for habits, pins in ((Habits(), 0), (Habits(place=kiosk), 1)):
        layout = laid_out(replace(flow, habits=habits), SCREENS["portrait"], wording)
        icons = [one.name for one in layout.elements if isinstance(one, Icon)]
        assert windows <= set(told(layout))
        #: one on the plan, one in its legend
        assert icons.count(HERE) == 2 * pins


def test_what_the_center_does_not_tell_has_no_tab(wording):
    """No plan, no notices: no keys for them."""
    facts = CATALOGUE.facts.model_copy(update={"places": [], "legal_advice": {}})
    bare = CATALOGUE.model_copy(update={"facts": facts, "notices": []})
    layout = laid_out(flow_at(Step.CENTER, bare, topic="plan"), SCREENS["hd"], wording)
    tabs = [key.act.topic for key in layout.keys if isinstance(key.act, OpenCenter)]
    assert tabs == ["hours", "facilities", "sign_language"]


# --- online --------------------------------------------------------------------------------------


def at_online() -> Flow:
    """A visitor who looks at the way online."""
    service = next(
        one for group in CATALOGUE.groups for one in group.services if "online" in one.flags
    )
    return walk(flow_at(Step.CONFIRM, CATALOGUE, "ru", service.id), DivertOnline())


def test_only_what_can_be_done_online_is_offered_there(wording):
    """The key stands on the confirmation of just these services."""
    for service in (one for group in CATALOGUE.groups for one in group.services):
        flow = flow_at(Step.CONFIRM, CATALOGUE, "ru", service.id)
        online = "online" in service.flags
        keys = laid_out(flow, SCREENS["hd"], wording).keys
        assert (DivertOnline() in [key.act for key in keys]) == online
        assert (walk(flow, DivertOnline()).step is Step.ONLINE) == online


def test_a_diversion_is_counted_once_thanked_and_forgotten(wording):
    """Then the kiosk is the next visitor's."""
    flow = walk(at_online(), DivertOnline())
    assert isinstance(flow.wish, Divert)
    assert flow.wish.service == flow.visit.service
    assert wording.say("info.thanks", "ru") in said(flow, wording)
    assert walk(flow, DivertOnline(), TakeTicket()).wish is flow.wish
    gone = apply(flow, Tick(flow.since + THANKED))
    assert (gone.step, gone.visit) == (Step.LANGUAGE, Visit("uz-Latn"))


def test_a_ticket_is_taken_all_the_same():
    """Nobody is sent away."""
    asked = walk(at_online(), TakeTicket())
    assert isinstance(asked.wish, Issue)
    assert asked.wish.request.event is None


def test_the_way_online_leads_back():
    """One step back is the confirmation, with its service."""
    back = walk(at_online(), GoBack())
    assert (back.step, back.service is not None) == (Step.CONFIRM, True)


# --- from any screen one touch to a ticket -------------------------------------------------------

VISITING = {
    Step.GROUP: (),
    Step.SERVICE: (ChooseGroup("A"),),
    Step.CONFIRM: (ChooseGroup("A"), ChooseService("A01")),
    Step.CATEGORY: (ChooseGroup("A"), ChooseService("A01"), AskCategory()),
    Step.INFO: (ChooseGroup("A"), ChooseService("A01"), OpenInfo()),
    Step.FIND: (OpenSearch(),),
    Step.EVENTS: (OpenEvents(),),
    Step.CENTER: (OpenCenter(),),
    Step.CODE: (OpenCode(),),
}
#: where one chooses, or takes, a ticket
CHOOSING = {Step.GROUP, Step.SERVICE, Step.CONFIRM, Step.FIND, Step.EVENT, Step.ISSUING}


@pytest.mark.parametrize("step", VISITING)
@pytest.mark.parametrize("screen", SCREENS)
def test_from_any_screen_one_touch_leads_to_a_ticket_or_to_choosing_one(wording, step, screen):
    """One of the keys that are really there leads on."""
    flow = walk(flow_at(Step.GROUP, CATALOGUE), *VISITING[step])
    assert flow.step is step
    keys = laid_out(flow, SCREENS[screen], wording).keys
    after = {walk(flow, key.act).step for key in keys if not isinstance(key.act, StartAgain)}
    assert after & CHOOSING


# --- the number ----------------------------------------------------------------------------------


def test_the_slip_s_screen_names_all_services_of_the_visit(wording):
    """One number, several services, in their order."""
    legs = [LegOut(service=one, state="to_come") for one in ("A01", "E03", "M01")]
    shown = {"ticket": ticket(legs=legs, event="birth"), "event": "birth"}
    flow = flow_at(Step.SLIP, CATALOGUE, "ru", **shown)
    text = said(flow, wording)
    for number, leg in enumerate(legs, start=1):
        service = flow.find_service(leg.service)
        assert isinstance(service, ServiceOut)
        assert f"{number}. {service.texts['ru']}" in text
    assert CATALOGUE.events[0].hint["ru"] in text


def test_papers_that_are_seen_first_are_asked_for_beside_the_number(wording):
    """Only where the catalogue says so, and without naming the category."""
    for category in CATALOGUE.categories:
        flow = flow_at(Step.SLIP, CATALOGUE, "en", category=category.id)
        text = said(flow, wording)
        first = wording.say("kiosk.confirm_reception", "en") in text
        assert first == (category.confirm == "reception")
        assert category.texts["en"] not in text


def test_a_number_from_an_offline_kiosk_says_nothing_that_nobody_knows(wording):
    """Neither how many are ahead nor how long it takes."""
    unknown = ticket(ahead=None, estimate=None)
    text = said(flow_at(Step.SLIP, CATALOGUE, "en", ticket=unknown), wording)
    assert "A042" in text
    assert "Ahead" not in text
    assert "Wait:" not in text
    assert "Nobody is ahead" not in text


@pytest.mark.parametrize("screen", SCREENS)
def test_without_paper_the_code_is_on_the_screen(wording, screen):
    """Hints give way to it: the phone is all that the visitor can take along."""
    if screen == "tight":
        pytest.skip("a code that a phone can read has no room there")
    for paper in PAPERLESS:
        flow = flow_at(Step.SLIP, CATALOGUE, "ru", paper=paper, event="birth")
        layout = laid_out(flow, SCREENS[screen], wording)
        assert any(isinstance(one, Code) for one in layout.elements)


def test_the_declared_category_tells_who_sees_the_papers(wording):
    """A sentence of its own for each of the three ways."""
    for category in CATALOGUE.categories:
        if category.id in ("booked", "returned"):
            continue
        flow = flow_at(Step.CONFIRM, CATALOGUE, "en", category=category.id)
        assert wording.say(f"kiosk.confirm_{category.confirm}", "en") in said(flow, wording)


def test_a_service_that_vanished_while_one_reads_about_it_leads_back():
    """To the services of its group."""
    group, *others = CATALOGUE.groups
    fewer = CATALOGUE.model_copy(
        update={"groups": [group.model_copy(update={"services": group.services[1:]}), *others]}
    )
    for step in (Step.INFO, Step.ONLINE):
        flow = apply(flow_at(step, CATALOGUE), CatalogueCame(9.0, fewer))
        assert (flow.step, flow.visit.trail) == (Step.SERVICE, ())


def test_topics_are_told_in_every_language(wording):
    """No screen of the center is empty."""
    for topic in TOPICS:
        for tag in CATALOGUE.languages:
            flow = flow_at(Step.CENTER, CATALOGUE, tag, topic=topic)
            assert len(said(flow, wording)) > len(said(Flow("run"), wording))


def test_looking_around_needs_a_visitor():
    """Nothing is told while a ticket is being issued, or on the number's screen."""
    acts: tuple[Act, ...] = (OpenCenter(), OpenInfo(), OpenInfo("E01"))
    for step in (Step.ISSUING, Step.SLIP, Step.CLOSED):
        flow = flow_at(step, CATALOGUE)
        assert all(apply(flow, Touched(500.0, act)).step is step for act in acts)
