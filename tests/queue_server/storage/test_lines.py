from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from queue_server.domain.catalogue import Taking
from queue_server.domain.routing import Desk, arrival, eligible, pick_next, rule_order
from queue_server.domain.ticket import FIRST, QUEUE, State, at_clerk, at_window
from queue_server.storage.lines import MOST_AHEAD
from tests.factories import a_ticket, at, minutes
from tests.queue_server.storage.undoing import undone

SERVICES = ("A01", "E01", "E02")
NOW = at(30)

few_minutes = st.integers(0, 5).map(lambda count: minutes(count * 5))
takings = st.builds(Taking, st.sampled_from([1, 2]), st.none() | few_minutes)
desks = st.builds(
    Desk,
    number=st.just(1),
    clerk=st.just("c1"),
    takes=st.dictionaries(st.sampled_from(SERVICES), takings, max_size=3),
    skills=st.sampled_from([(), ("sign_language",), ("lift", "sign_language")]).map(frozenset),
    languages=st.sampled_from([(), ("ru",), ("ru", "uz-Latn")]).map(frozenset),
    streak=st.integers(0, 3),
)
places = st.sampled_from([QUEUE] * 9 + [at_window(1), at_window(2), at_clerk("c1")])


@st.composite
def waiting(draw, serial):
    """Draw a ticket that waits: few values each, so that ties and near misses are common."""
    issued_at = at(draw(st.integers(0, 6)) * 5)
    statutory = draw(st.sampled_from([False, False, False, True]))
    head_start = draw(st.sampled_from([0, 5, 20]))
    return a_ticket(
        serial=serial,
        service=draw(st.sampled_from(SERVICES)),
        issued_at=issued_at,
        order_key=FIRST if statutory else issued_at - minutes(head_start),
        statutory=statutory,
        place=draw(places),
        needs=draw(st.frozensets(st.sampled_from(["sign_language", "lift"]), max_size=1)),
        language=draw(st.sampled_from(["uz-Latn", "ru", "kaa"])),
        not_before=draw(st.none() | st.sampled_from([at(25), NOW, at(35)])),
    )


halls = st.integers(1, 12).flatmap(
    lambda count: st.tuples(*(waiting(serial) for serial in range(1, count + 1)))
)
many = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80
)


@many
@given(halls, desks, st.none() | st.integers(0, 2))
def test_the_heads_decide_who_is_next(database, hall, desk, cap):
    """The rule picks the same ticket from the heads of the lines as from all who wait."""
    with undone(database) as work:
        add(work, hall)
        heads = work.tickets.heads(desk, NOW)
        assert pick_next(heads, desk, NOW, cap) == pick_next(hall, desk, NOW, cap)
        assert set(heads) <= set(hall)


@pytest.mark.parametrize(
    "hindrance",
    [{"language": "kaa"}, {"needs": frozenset({"lift"})}, {"not_before": at(31)}],
)
@pytest.mark.parametrize("statutory", [False, True])
def test_who_cannot_be_called_hides_nobody(database, hindrance, statutory):
    """Behind a ticket that the desk may not call, the next one is the head of the line."""
    desk = Desk(1, "c1", {"A01": Taking()}, frozenset({"sign_language"}), frozenset({"ru"}))
    facts = {"statutory": statutory, "language": "ru"}
    with undone(database) as work:
        work.tickets.add(a_ticket(serial=1, **(facts | hindrance)))
        work.tickets.add(a_ticket(serial=2, **facts, needs=frozenset({"sign_language"})))
        work.tickets.add(a_ticket(serial=3, **facts))
        assert [t.id for t in work.tickets.heads(desk, NOW)] == ["t2"]


@many
@given(halls, desks)
def test_a_line_is_everyone_the_desk_may_come_to_call(database, hall, desk):
    """Nobody whom the desk may call is missing from its line, now or later."""
    with undone(database) as work:
        add(work, hall)
        line = work.tickets.line(desk)
        assert rule_order(line, desk, NOW) == rule_order(hall, desk, NOW)
        assert {t for t in hall if eligible(t, desk, at(600))} <= set(line)


@many
@given(halls, st.sets(st.sampled_from(SERVICES)))
def test_ahead_are_those_at_the_same_place_who_come_earlier(database, hall, services):
    """How many are ahead is just how many the order puts before."""
    with undone(database) as work:
        add(work, hall)
        for ticket in hall:
            before = [
                other
                for other in hall
                if other.place == ticket.place
                and other.service in services
                and arrival(other) < arrival(ticket)
            ]
            counted = work.tickets.ahead(ticket.place, arrival(ticket), services)
            assert counted == len(before)


def test_only_who_waits_stands_in_a_line(database):
    """Tickets in any other state are in no line, not ahead of anybody, and never next."""
    desk = Desk(1, "c1", dict.fromkeys(SERVICES, Taking()))
    with undone(database) as work:
        for serial, state in enumerate(State, start=1):
            if state is not State.WAITING:
                work.tickets.add(a_ticket(serial=serial, state=state, window=serial))
        assert list(work.tickets.heads(desk, NOW)) == list(work.tickets.line(desk)) == []
        assert work.tickets.ahead(QUEUE, arrival(a_ticket(issued_at=NOW)), SERVICES) == 0


def test_nobody_counts_further_than_999(database):
    """A number of three digits is all that a slip says."""
    with undone(database) as work:
        for serial in range(1, MOST_AHEAD + 3):
            work.tickets.add(a_ticket(serial=serial))
        last = (at(0) + timedelta(days=1), at(0), 0)
        assert work.tickets.ahead(QUEUE, last, SERVICES) == MOST_AHEAD


def add(work, hall):
    """Let all of them wait."""
    for ticket in hall:
        work.tickets.add(ticket)
