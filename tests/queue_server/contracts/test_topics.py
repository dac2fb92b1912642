"""Which event reaches whom, and how much of it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.contracts import topics
from queue_server.contracts.messages import ActorFacts, TicketEvent, to_wire
from queue_server.contracts.topics import FOR_ALL, deliveries
from queue_server.domain.ticket import AT_WINDOW, at_window
from tests.queue_server.contracts.events import (
    CENTER_EVENTS,
    EVENTS,
    FIVE_PAST,
    SECRET,
    TAKERS,
    TICKET_EVENTS,
    TICKET_TYPES,
    WINDOW_EVENTS,
    example,
    ticket_event,
    ticket_facts,
)

HALLS = (1, 2)
#: all that a board may ever be told
PUBLIC = {
    *("v", "seq", "at", "type"),
    *("number", "window", "language", "called_at", "recalls", "at_window"),
}
#: all that the holder of a ticket is told about it
HOLDERS = {
    *("v", "seq", "at", "type"),
    *("number", "state", "window", "called_at", "recalls", "version"),
}


def sent(event) -> dict[str, dict]:
    """Return topic → payload; no topic gets an event twice."""
    rows = [(topic, made()) for topic, made in deliveries(event, TAKERS.__getitem__, HALLS)]
    assert len({topic for topic, _ in rows}) == len(rows)
    return dict(rows)


def of(event, beginning: str) -> dict[str, dict]:
    """Return the payloads of the topics that begin so."""
    return {topic: payload for topic, payload in sent(event).items() if topic.startswith(beginning)}


@given(EVENTS)
def test_a_board_is_told_nothing_personal(event) -> None:
    """Number, window, language and times: no key beyond the public ones reaches a hall."""
    assert all(set(payload) <= PUBLIC for payload in of(event, "hall.").values())


@pytest.mark.parametrize("kind", sorted({*TICKET_TYPES} - topics.STAFF_ONLY))
def test_nothing_secret_is_hidden_in_what_a_board_is_told(kind: str) -> None:
    """Neither service, category, reason, clerk, actor nor id is anywhere in the payload."""
    hidden = dict.fromkeys(("id", "service", "category", "clerk", "day", "place"), SECRET)
    event = ticket_event(
        kind,
        actor=ActorFacts(kind="person", name=SECRET, role=SECRET),
        ticket=ticket_facts(**hidden, needs=(SECRET,), legs=(SECRET,)),
        **dict.fromkeys(("was", "reason", "outcome", "delivery"), SECRET),
        overtook=(SECRET,),
    )
    rows = [(topic, made()) for topic, made in deliveries(event, lambda _: (), HALLS)]
    told = [json.dumps(payload, ensure_ascii=False) for topic, payload in rows if topic == "hall.1"]
    assert len(told) == 1
    assert SECRET not in told[0]


@given(TICKET_EVENTS)
def test_the_holder_is_told_of_the_own_ticket_only(event) -> None:
    """One topic, one ticket, and neither clerk nor reason nor category."""
    told = {} if event.type in topics.STAFF_ONLY else {f"ticket.{event.ticket.id}": HOLDERS}
    assert {topic: set(payload) for topic, payload in of(event, "ticket.").items()} == told


@given(EVENTS)
def test_the_floor_is_told_everything(event) -> None:
    """Supervisors get the whole event, as the log has it."""
    assert sent(event)["floor"] == to_wire(event)


@given(EVENTS)
def test_whoever_is_told_knows_when_and_in_which_order(event) -> None:
    """Each payload has the event's version, place in the log, time and type."""
    for payload in sent(event).values():
        head = {name: payload[name] for name in ("v", "seq", "at", "type")}
        assert head == {"v": 1, "seq": event.seq, "at": event.at, "type": event.type}
        json.dumps(payload)


@given(TICKET_EVENTS)
def test_every_line_that_a_ticket_joins_or_leaves_is_told(event) -> None:
    """The windows of its service, place and clerk, of those it left, and the one it is at."""
    expected = set(TAKERS[event.ticket.service]) | ({event.window, event.clerks_window} - {None})
    expected |= set(TAKERS.get(event.was_service, ()))
    for place in (event.ticket.place, event.was_place):
        expected |= {number for number in range(1, 20) if place == at_window(number)}
    assert set(of(event, "window.")) == {f"window.{number}" for number in expected}


def test_the_clerk_is_told_the_whole_ticket() -> None:
    """A counter panel draws its line from the event, without asking again."""
    payload = sent(example("ticket_transferred"))["window.3"]
    assert payload["ticket"] == ticket_facts().model_dump(mode="json")
    assert (payload["window"], payload["reason"]) == (3, "wrong group")


@given(TICKET_EVENTS)
def test_only_the_hall_of_the_window_is_told_of_a_ticket(event) -> None:
    """What happens away from windows is on no board."""
    shown = event.hall and event.type not in topics.STAFF_ONLY
    assert [*of(event, "hall.")] == ([f"hall.{event.hall}"] if shown else [])


@pytest.mark.parametrize(
    ("state", "shown"), [("called", True), ("serving", True), ("waiting", False)]
)
def test_a_board_is_told_whether_the_ticket_is_at_the_window(state, shown) -> None:
    """A row is shown while the ticket is called or served, and goes when it leaves."""
    payload = sent(ticket_event("ticket_called", ticket=ticket_facts(state=state)))["hall.1"]
    assert payload == {
        "v": 1,
        "seq": 42,
        "at": FIVE_PAST,
        "type": "ticket_called",
        "number": "A042",
        "window": 3,
        "language": "uz-Latn",
        "recalls": 1,
        "called_at": FIVE_PAST,
        "at_window": shown,
    }


def test_the_wire_and_the_domain_agree_on_who_is_at_a_window() -> None:
    """The contracts may not import the domain, so the two words are kept equal here."""
    assert {str(state) for state in AT_WINDOW} == topics.AT_WINDOW


@given(WINDOW_EVENTS)
def test_a_hall_learns_which_windows_are_open_but_not_whose(event) -> None:
    """The board is told the window, the window's own panel the clerk too."""
    told = sent(event)
    shown = event.type in topics.SHOWN
    assert of(event, "hall.").keys() == ({f"hall.{event.hall}"} if shown else set())
    assert all(payload["window"] == event.window for payload in of(event, "hall.").values())
    own = {"window": event.window, "clerk": event.clerk}
    assert told[f"window.{event.window}"].items() >= own.items()
    assert len(told) == 2 + shown


@given(CENTER_EVENTS)
def test_every_panel_learns_what_changes_its_work(event) -> None:
    """A new duty or catalogue, a hall that stands still: each window's topic says so and why."""
    made = deliveries(event, TAKERS.__getitem__, HALLS, (3, 4))
    told = {topic: payload() for topic, payload in made if topic.startswith("window.")}
    assert set(told) == ({"window.3", "window.4"} if event.type in topics.FOR_WINDOWS else set())
    assert all(payload["reason"] == event.reason for payload in told.values())


@given(CENTER_EVENTS)
def test_every_hall_learns_of_the_center_s_events_without_their_subject(event) -> None:
    """A new day or catalogue is news for all boards; who was added is none."""
    halls = of(event, "hall.")
    assert set(halls) == ({"hall.1", "hall.2"} if event.type in FOR_ALL else set())
    assert all(set(payload) == {"v", "seq", "at", "type"} for payload in halls.values())


@given(CENTER_EVENTS)
def test_staff_hear_at_once_of_devices_and_of_calls_for_help(event) -> None:
    """What somebody can mend is told whole on one topic; the rest of the log is not."""
    wanted = {"device_alerted", "device_recovered", "help_called", "help_answered"}
    assert ("alerts" in sent(event)) == (event.type in wanted)


@given(st.sampled_from(TICKET_TYPES), st.booleans())
def test_a_wish_for_sign_language_alerts_the_interpreter(kind, wanted) -> None:
    """The number is told when the ticket is issued, and no more than the number."""
    needs = ("sign_language",) if wanted else ()
    told = sent(ticket_event(kind, ticket=ticket_facts(needs=needs))).get("alerts")
    assert (told is not None) == (wanted and kind == "ticket_issued")
    if told:
        assert set(told) == {"v", "seq", "at", "type", "subject"}
        assert (told["type"], told["subject"]) == ("sign_language_wanted", "A042")


PAPER = st.sampled_from(["own", "station"])


@given(st.sampled_from(TICKET_TYPES), PAPER, st.sampled_from([None, 1, 2, 5]))
def test_the_print_station_is_told_what_it_has_to_print(kind, paper, copy) -> None:
    """Tickets that nobody prints alongside, and every copy that is asked for; nothing else."""
    event: TicketEvent = ticket_event(kind, ticket=ticket_facts(paper=paper), copy_number=copy)
    due = kind == "slip_requested" or (kind == "ticket_issued" and paper == "station")
    assert ("slips" in sent(event)) == due
    if due:
        facts = {"id": "01JD", "number": "A042", "copy": copy or 1}
        assert sent(event)["slips"].items() >= facts.items()
