from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.acts import (
    Act,
    AskCategory,
    ChooseCategory,
    ChooseGroup,
    ChooseLanguage,
    ChooseService,
    GoBack,
    ShowPage,
    StartAgain,
    StillHere,
    SwitchSignLanguage,
    TakeTicket,
    TryAgain,
)
from kiosk.events import (
    CatalogueCame,
    Event,
    Issued,
    NotIssued,
    Paper,
    ServerLost,
    SlipFared,
    Tick,
    Touched,
)
from kiosk.flow import DEAF, ISSUE_DEADLINE, SHOWN, apply
from kiosk.state import Flow, Habits, Issue, Print, Step, Visit
from queue_server.contracts.catalogue import CatalogueOut
from tests.kiosk.catalogues import demo
from tests.kiosk.steps import flow_at
from tests.kiosk.tickets import ticket

CATALOGUE = demo()


def walk(flow: Flow, *acts: Act, at: float = 100.0) -> Flow:
    """Touch one key after another, a second apart."""
    for number, act in enumerate(acts):
        flow = apply(flow, Touched(at + number, act))
    return flow


def begun() -> Flow:
    """A kiosk that knows the catalogue."""
    return apply(Flow("run"), CatalogueCame(0.0, CATALOGUE))


def issuing() -> Flow:
    """A kiosk that waits for a ticket since second 103."""
    return walk(begun(), ChooseLanguage("ru"), ChooseGroup("A"), ChooseService("A02"), TakeTicket())


def at_slip() -> Flow:
    """A kiosk that shows a number since second 104."""
    return apply(issuing(), Issued(104.0, "run-1", ticket()))


def test_a_kiosk_opens_with_its_first_catalogue():
    """Without a catalogue there is nothing to offer; with one the visitor chooses a language."""
    assert Flow("run").step is Step.CLOSED
    assert begun().step is Step.LANGUAGE
    assert apply(Flow("run"), Touched(5.0, ChooseLanguage("ru"))).step is Step.CLOSED


def test_a_visitor_is_led_from_the_language_to_the_slip():
    """Language, group, service, confirm, issuing, slip; then the start again."""
    flow, steps = begun(), []
    for number, act in enumerate(
        (ChooseLanguage("ru"), ChooseGroup("A"), ChooseService("A02"), TakeTicket())
    ):
        flow = apply(flow, Touched(100.0 + number, act))
        steps.append(flow.step)
    assert steps == [Step.GROUP, Step.SERVICE, Step.CONFIRM, Step.ISSUING]
    shown = apply(flow, Issued(104.0, "run-1", ticket()))
    assert (shown.step, shown.wish) == (Step.SLIP, Print(ticket()))


def test_what_was_chosen_is_asked_for():
    """The request holds service, category, language and need, and who prints the slip."""
    flow = walk(
        begun(),
        SwitchSignLanguage(),
        ChooseLanguage("kaa"),
        ChooseGroup("E"),
        ChooseService("E01"),
        AskCategory(),
        ChooseCategory("pregnant"),
        TakeTicket(),
    )
    assert isinstance(flow.wish, Issue)
    request = flow.wish.request
    assert (request.service, request.category, request.language) == ("E01", "pregnant", "kaa")
    assert (request.needs, request.paper) == (["sign_language"], "own")


def test_a_second_tap_is_not_heard():
    """Within half a second of a touch, or of a new screen, the glass is deaf."""
    once = apply(begun(), Touched(10.0, ChooseLanguage("ru")))
    assert apply(once, Touched(10.0 + DEAF / 2, ChooseGroup("A"))).step is Step.GROUP
    assert apply(once, Touched(10.0 + DEAF, ChooseGroup("A"))).step is Step.SERVICE
    shown = at_slip()
    assert apply(shown, Touched(104.0 + DEAF / 2, GoBack())).step is Step.SLIP


def test_the_keyboard_does_not_tremble():
    """A typed key is obeyed at once."""
    once = apply(begun(), Touched(10.0, ChooseLanguage("ru"), typed=True))
    assert apply(once, Touched(10.1, ChooseGroup("A"), typed=True)).step is Step.SERVICE


def test_a_key_of_another_step_does_nothing():
    """What the screen does not offer is not done."""
    at_group = walk(begun(), ChooseLanguage("ru"))
    for act in (ChooseService("A01"), TakeTicket(), TryAgain(), ChooseCategory("pregnant")):
        assert apply(at_group, Touched(200.0, act)).step is Step.GROUP
    assert apply(at_group, Touched(200.0, ChooseGroup("Z"))).step is Step.GROUP
    assert apply(at_group, Touched(200.0, ChooseLanguage("tlh"))).visit.language == "ru"


def test_back_leads_one_step_up_and_to_the_same_page():
    """A visitor who turned to page two finds it again."""
    flow = walk(begun(), ChooseLanguage("ru"), ShowPage(1), ChooseGroup("V"), ShowPage(3), GoBack())
    assert (flow.step, flow.visit.page) == (Step.GROUP, 1)
    assert walk(flow, GoBack(), at=200.0).visit == Visit("uz-Latn")


def test_the_language_can_be_changed_on_the_way():
    """The step stays, the words change."""
    flow = walk(begun(), ChooseLanguage("ru"), ChooseGroup("A"), ChooseLanguage("en"))
    assert (flow.step, flow.visit.language, flow.visit.group) == (Step.SERVICE, "en", "A")


def test_the_category_question_can_be_answered_with_no():
    """None of them takes back what was declared, on the way back to the question before."""
    flow = walk(
        flow_at(Step.CONFIRM, CATALOGUE, category="pregnant"), AskCategory(), ChooseCategory(None)
    )
    assert (flow.step, flow.visit.category) == (Step.CONFIRM, None)


def test_nobody_declares_a_booking_at_the_kiosk():
    """Only categories that a person has, not those that another paper proves."""
    offered = [category.id for category in begun().categories]
    assert "disability" in offered
    assert not {"booked", "returned"} & set(offered)


def test_an_answer_that_did_not_come_is_asked_for_under_the_same_key():
    """Nobody knows whether the first request arrived: so the server must know it again."""
    waiting = issuing()
    away = apply(waiting, NotIssued(105.0, "run-1"))
    assert (away.step, away.wish, away.server_away) == (Step.AWAY, None, True)
    again = apply(away, Touched(110.0, TryAgain()))
    assert (again.step, again.wish) == (Step.ISSUING, waiting.wish)


def test_another_request_gets_another_key():
    """A key never stands for two requests."""
    away = apply(issuing(), NotIssued(105.0, "run-1"))
    other = walk(away, GoBack(), SwitchSignLanguage(), TakeTicket(), at=110.0)
    assert isinstance(other.wish, Issue)
    assert other.wish.key == "run-2"
    same = walk(away, GoBack(), TakeTicket(), at=110.0)
    assert isinstance(same.wish, Issue)
    assert same.wish.key == "run-1"


def test_a_refusal_is_final_for_its_key():
    """The server answered: trying again is a new request."""
    refused = apply(issuing(), NotIssued(105.0, "run-1", "unknown_service"))
    assert refused.step is Step.REFUSED
    again = apply(refused, Touched(110.0, TryAgain()))
    assert isinstance(again.wish, Issue)
    assert again.wish.key == "run-2"


def test_a_late_answer_still_shows_the_number():
    """A ticket that arrives when the kiosk had given up is the visitor's all the same."""
    away = apply(issuing(), Tick(103.0 + ISSUE_DEADLINE))
    assert away.step is Step.AWAY
    assert apply(away, Issued(130.0, "run-1", ticket())).step is Step.SLIP
    gone = apply(away, Touched(130.0, StartAgain()))
    assert apply(gone, Issued(131.0, "run-1", ticket())) == gone


def test_an_answer_to_another_visitor_is_not_shown():
    """Only the key in hand counts."""
    assert apply(issuing(), Issued(104.0, "other-1", ticket())).step is Step.ISSUING
    assert apply(issuing(), NotIssued(104.0, "other-1")).step is Step.ISSUING


def test_the_slip_s_fate_is_told():
    """Printed, failed, out of paper: the number stays, and the news counts from when it came."""
    for paper in Paper:
        told = apply(at_slip(), SlipFared(110.0, ticket().id, paper))
        assert (told.step, told.visit.paper, told.wish) == (Step.SLIP, paper, None)
        assert apply(told, Tick(110.0 + SHOWN[paper] - 1)).step is Step.SLIP
        assert apply(told, Tick(110.0 + SHOWN[paper])).step is Step.LANGUAGE
    assert apply(at_slip(), SlipFared(110.0, "another", Paper.DONE)).visit.paper is Paper.PRINTING


def test_a_number_without_paper_stays_longer():
    """Who must remember it gets the time to."""
    assert min(SHOWN[Paper.FAILED], SHOWN[Paper.NO_PAPER]) > 2 * SHOWN[Paper.DONE]


def test_a_visitor_who_went_away_is_asked_and_then_forgotten():
    """Thirty seconds, then a question with fifteen seconds to answer, then nothing is left."""
    flow = flow_at(Step.CONFIRM, CATALOGUE, "ru", category="pregnant")
    flow = apply(flow, Touched(100.0))
    assert apply(flow, Tick(129.9)) is flow
    asked = apply(flow, Tick(130.0))
    assert (asked.asking, asked.left) == (True, 15)
    assert apply(asked, Tick(144.0)).left == 1
    gone = apply(asked, Tick(145.0))
    assert (gone.step, gone.visit, gone.asking) == (Step.LANGUAGE, Visit("uz-Latn"), False)


def test_any_touch_answers_the_question():
    """The touch that wakes the kiosk does nothing else."""
    asked = replace(flow_at(Step.GROUP, CATALOGUE), asking=True, left=9)
    for act in (StillHere(), ChooseGroup("A"), None):
        awake = apply(asked, Touched(200.0, act))
        assert (awake.step, awake.asking) == (Step.GROUP, False)
        assert not apply(awake, Tick(229.0)).asking
    assert apply(asked, Touched(200.0, StartAgain())).step is Step.LANGUAGE


def test_the_start_screen_is_not_asked_whether_it_is_there():
    """Nobody has begun, so nobody can have gone; but a switched option is cleared."""
    assert apply(begun(), Tick(9999.0)) == begun()
    switched = apply(begun(), Touched(100.0, SwitchSignLanguage()))
    assert apply(switched, Tick(131.0)).asking
    assert not apply(switched, Tick(146.0)).visit.sign_language


def test_the_owner_sets_the_patience_and_the_languages():
    """Idle time, time to answer and the languages on offer come from the settings."""
    habits = Habits(idle=60.0, answer=20.0, languages=("ru", "en", "tlh"))
    flow = apply(Flow("run", habits), CatalogueCame(0.0, CATALOGUE))
    assert flow.languages == ["ru", "en"]
    at_group = walk(flow, ChooseLanguage("en"))
    assert not apply(at_group, Tick(159.0)).asking
    assert apply(at_group, Tick(160.0)).left == 20


def test_fresh_queues_do_not_disturb_the_visitor():
    """A new catalogue changes the numbers under the same step, page and choice."""
    flow = walk(begun(), ChooseLanguage("ru"), ShowPage(1))
    fresh = CATALOGUE.model_copy(update={"version": 2})
    after = apply(flow, CatalogueCame(200.0, fresh))
    assert (after.step, after.visit, after.since) == (flow.step, flow.visit, flow.since)
    assert apply(after, CatalogueCame(215.0, fresh)) is after


def test_what_is_no_longer_offered_leads_back():
    """A service, a group or a category that vanished is not asked for."""
    flow = flow_at(Step.CONFIRM, CATALOGUE, service="A02", category="pregnant")
    groups = [group for group in CATALOGUE.groups if group.prefix != "A"]
    without_group = CATALOGUE.model_copy(update={"groups": groups})
    assert apply(flow, CatalogueCame(9.0, without_group)).step is Step.GROUP
    group = CATALOGUE.groups[0]
    fewer = group.model_copy(update={"services": group.services[:1]})
    without_service = CATALOGUE.model_copy(update={"groups": [fewer, *groups]})
    assert apply(flow, CatalogueCame(9.0, without_service)).step is Step.SERVICE
    without_category = CATALOGUE.model_copy(update={"categories": []})
    assert apply(flow, CatalogueCame(9.0, without_category)).visit.category is None


def test_a_server_that_is_away_is_said_before_the_visitor_is_disappointed():
    """The menu stays, with the news; a remembered catalogue does not take the news away."""
    lost = apply(begun(), ServerLost(5.0))
    assert (lost.step, lost.server_away) == (Step.LANGUAGE, True)
    assert apply(lost, ServerLost(6.0)) is lost
    assert apply(lost, CatalogueCame(7.0, CATALOGUE, fresh=False)).server_away
    assert not apply(lost, CatalogueCame(7.0, CATALOGUE)).server_away


# --- rules for any sequence of events ------------------------------------------------------------

ACTS: list[Act] = [
    *(ChooseLanguage(tag) for tag in ("uz-Latn", "ru", "xx")),
    *(ChooseGroup(prefix) for prefix in ("A", "E", "Z")),
    *(ChooseService(service) for service in ("A01", "E01", "Z01")),
    *(ShowPage(page) for page in (-1, 0, 1, 99)),
    *(ChooseCategory(category) for category in ("disability", "nobody", None)),
    *(SwitchSignLanguage(), AskCategory(), TakeTicket(), TryAgain()),
    *(GoBack(), StartAgain(), StillHere()),
]
SMALLER = CATALOGUE.model_copy(update={"groups": CATALOGUE.groups[1:], "categories": []})


def events(catalogues: list[CatalogueOut]) -> st.SearchStrategy[list[tuple[float, str, object]]]:
    """Sequences of (pause before, kind, argument)."""
    pauses = st.sampled_from([0.0, 0.1, 0.6, 2.0, 13.0, 31.0, 46.0])
    # half of the touches lead on, so that sequences get deep enough
    acts = st.one_of(st.sampled_from(ACTS), st.just("next"), st.just("next"))
    steps = st.one_of(
        st.tuples(pauses, st.just("touch"), acts),
        st.tuples(pauses, st.just("tick"), st.none()),
        st.tuples(pauses, st.just("catalogue"), st.sampled_from(catalogues)),
        st.tuples(pauses, st.just("answer"), st.sampled_from(["issued", "away", "refused"])),
        st.tuples(pauses, st.just("paper"), st.sampled_from(list(Paper))),
        st.tuples(pauses, st.just("lost"), st.none()),
    )
    return st.lists(steps, max_size=40)


NEXT: dict[Step, Act] = {
    Step.LANGUAGE: ChooseLanguage("ru"),
    Step.GROUP: ChooseGroup("E"),
    Step.SERVICE: ChooseService("E01"),
    Step.CONFIRM: TakeTicket(),
    Step.CATEGORY: ChooseCategory(None),
    Step.AWAY: TryAgain(),
    Step.REFUSED: TryAgain(),
    Step.SLIP: GoBack(),
}


def event_for(flow: Flow, at: float, kind: str, argument: object) -> Event:
    """Return the event; answers are to the request in hand, or to one that never was."""
    key = flow.unanswered.key if flow.unanswered else "run-0"
    answers = {
        "issued": Issued(at, key, ticket(service=flow.visit.service or "E01")),
        "away": NotIssued(at, key),
        "refused": NotIssued(at, key, "unknown_service"),
    }
    made = {
        "touch": lambda: Touched(at, NEXT.get(flow.step) if argument == "next" else argument),
        "catalogue": lambda: CatalogueCame(at, argument),
        "answer": lambda: answers[argument],
        "paper": lambda: SlipFared(at, ticket().id, argument),
        "lost": lambda: ServerLost(at),
        "tick": lambda: Tick(at),
    }
    return made[kind]()


@settings(max_examples=300, deadline=None)
@given(events([CATALOGUE, SMALLER]))
def test_any_sequence_of_events_leaves_a_whole_screen(sequence):
    """Whatever happens, the step has all that its screen shows."""
    flow, at = Flow("run"), 0.0
    for pause, kind, argument in sequence:
        at += pause
        flow = apply(flow, event_for(flow, at, kind, argument))
        assert flow.visit.language in [*flow.languages, "uz-Latn"]
        assert (flow.catalogue is None) == (flow.step is Step.CLOSED)
        if flow.step is Step.SERVICE:
            assert flow.group is not None
        if flow.step in (Step.CONFIRM, Step.CATEGORY):
            assert flow.service is not None
        assert (flow.step is Step.SLIP) == (flow.visit.ticket is not None)
        assert isinstance(flow.wish, Issue) == (flow.step is Step.ISSUING)
        if flow.asking:
            assert flow.left is not None
            assert 0 < flow.left <= 15
        if flow.step is Step.LANGUAGE:
            assert flow.visit == Visit(flow.visit.language, sign_language=flow.visit.sign_language)


@settings(max_examples=300, deadline=None)
@given(events([CATALOGUE]))
def test_a_confirmation_is_one_request(sequence):
    """Each wish for a ticket follows a touch that asked for it; a key stands for one request."""
    flow, at, requests = begun(), 1.0, {}
    for pause, kind, argument in sequence:
        at += pause
        event = event_for(flow, at, kind, argument)
        before, flow = flow, apply(flow, event)
        if isinstance(flow.wish, Issue) and flow.wish is not before.wish:
            assert isinstance(event, Touched)
            assert event.act in (TakeTicket(), TryAgain())
            assert requests.setdefault(flow.wish.key, flow.wish.request) == flow.wish.request


@settings(max_examples=200, deadline=None)
@given(events([CATALOGUE]))
def test_a_kiosk_left_alone_comes_back_to_its_start(sequence):
    """However it was left, after two minutes nothing of the visitor is left."""
    flow, at = begun(), 1.0
    for pause, kind, argument in sequence:
        at += pause
        flow = apply(flow, event_for(flow, at, kind, argument))
    for second in range(120):
        flow = apply(flow, Tick(at + second))
    assert (flow.step, flow.visit) == (Step.LANGUAGE, Visit("uz-Latn"))
    assert (flow.wish, flow.unanswered) == (None, None)
