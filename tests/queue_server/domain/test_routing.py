"""Who is next. The rule of the hall is told here a second time, pair by pair, and compared."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cmp_to_key

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.catalogue import Taking, Window
from queue_server.domain.routing import (
    Desk,
    arrival,
    desk,
    eligible,
    may_overtake,
    overtaken,
    pick_next,
    rule_order,
    rule_rank,
)
from queue_server.domain.ticket import QUEUE, State, Ticket, at_clerk, at_window
from queue_server.domain.window import after_call
from tests.factories import (
    DISABILITY,
    ELDERLY,
    INFANT,
    a_desk,
    a_shift,
    a_ticket,
    at,
    minutes,
    with_right,
)

NOW = at(30)
HELPING = {"E01": 10.0}

# -- the rule, told a second time ------------------------------------------------------------


def may_call(ticket: Ticket, here: Desk, now: datetime) -> bool:
    """Tell whether it waits, is due, and is placed here or fits the desk."""
    due = ticket.not_before is None or ticket.not_before <= now
    if ticket.place == QUEUE:
        speaks = not here.languages or ticket.language in here.languages
        fits = ticket.service in here.takes and not ticket.needs - here.skills and speaks
    else:
        fits = ticket.place in (f"window:{here.number}", f"clerk:{here.clerk}")
    return ticket.state == "waiting" and due and fits


def level(ticket: Ticket, line: Sequence[Ticket], here: Desk, now: datetime) -> int:
    """Tell 1 for what the desk takes first, and for what it helps because a first has waited."""
    taking = here.takes[ticket.service]
    for statutory in (False, True):
        same = [
            t
            for t in line
            if (t.place, t.service, t.statutory) == (QUEUE, ticket.service, statutory)
        ]
        first = min(same, key=lambda t: (t.order_key, t.issued_at, t.serial), default=None)
        if first and taking.help_after is not None and first.issued_at <= now - taking.help_after:
            return 1
    return taking.level


def by_the_rule(waiting, here: Desk, now: datetime, cap: int | None) -> list[Ticket]:
    """Order by comparing two at a time, as domain.md tells it."""
    line = [ticket for ticket in waiting if may_call(ticket, here, now)]
    capped = cap is not None and here.streak >= cap

    def compare(one: Ticket, other: Ticket) -> int:
        if (one.place != QUEUE) != (other.place != QUEUE):
            return -1 if one.place != QUEUE else 1
        if one.place == QUEUE:
            if capped and one.statutory != other.statutory:
                return 1 if one.statutory else -1
            levels = [level(each, line, here, now) for each in (one, other)]
            if levels[0] != levels[1]:
                return levels[0] - levels[1]
        for name in ("order_key", "issued_at", "serial"):
            if getattr(one, name) != getattr(other, name):
                return -1 if getattr(one, name) < getattr(other, name) else 1
        raise AssertionError("two tickets with one serial")

    return sorted(line, key=cmp_to_key(compare))


# -- narrow halls: few minutes, few rights, few lines, so that ties and clashes are common ----

MINUTES = st.sampled_from([0, 5, 10, 15, 20, 25])
RIGHTS = st.sampled_from([None, None, ELDERLY, INFANT, DISABILITY])


@st.composite
def some_waiting(draw, *, most: int = 7, plain: bool = False) -> list[Ticket]:
    """Draw waiting tickets; `plain` ones are all alike but for time, right and service."""
    serials = draw(st.permutations(range(1, draw(st.integers(1, most)) + 1)))
    return [_draw_ticket(draw, serial, plain=plain) for serial in serials]


def _draw_ticket(draw, serial: int, *, plain: bool) -> Ticket:
    changes = {
        "serial": serial,
        "issued_at": at(draw(MINUTES)),
        "service": draw(st.sampled_from(["A01", "A01", "E01"])),
    }
    if not plain:
        changes["place"] = draw(
            st.sampled_from([QUEUE] * 5 + [at_window(3), at_window(5), at_clerk("ann")])
        )
        changes["language"] = draw(st.sampled_from(["uz-Latn", "uz-Latn", "ru"]))
        changes["needs"] = draw(
            st.sampled_from([frozenset(), frozenset(), frozenset({"sign_language"})])
        )
        changes["not_before"] = draw(st.sampled_from([None, None, None, NOW, at(31)]))
    category = draw(RIGHTS)
    return with_right(category, **changes) if category else a_ticket(**changes)


DESKS = st.builds(
    lambda helps, skills, languages, streak: a_desk(
        "A01", helps=helps, skills=skills, languages=languages, streak=streak
    ),
    st.sampled_from([{}, {"E01": None}, HELPING, {"E01": 25.0}]),
    st.sampled_from([frozenset(), frozenset({"sign_language"})]),
    st.sampled_from([frozenset(), frozenset({"uz-Latn"})]),
    st.integers(0, 2),
)
CAPS = st.sampled_from([None, None, 1, 2])


@given(some_waiting(), DESKS, CAPS)
def test_the_order_is_the_rule_told_pair_by_pair(waiting, here, cap):
    """`rule_order` and the second telling agree, ticket by ticket."""
    expected = [ticket.id for ticket in by_the_rule(waiting, here, NOW, cap)]
    assert [ticket.id for ticket in rule_order(waiting, here, NOW, cap)] == expected


@given(some_waiting(), DESKS, CAPS)
def test_the_next_is_the_first_in_order(waiting, here, cap):
    """`pick_next` calls the head of the order, or nobody where the order is empty."""
    order = rule_order(waiting, here, NOW, cap)
    assert pick_next(waiting, here, NOW, cap) == (order[0] if order else None)


@given(st.data(), some_waiting(plain=True), DESKS, CAPS)
def test_the_order_does_not_depend_on_how_tickets_are_handed_in(data, waiting, here, cap):
    """The order is total: shuffled tickets are called in the same order."""
    shuffled = data.draw(st.permutations(waiting))
    assert rule_order(shuffled, here, NOW, cap) == rule_order(waiting, here, NOW, cap)


@given(some_waiting(), DESKS, CAPS)
def test_one_line_is_enough_to_look_at_twice(waiting, here, cap):
    """Tickets may be handed in as an iterator, once."""
    assert pick_next(iter(waiting), here, NOW, cap) == pick_next(waiting, here, NOW, cap)


# -- the heads of the lines decide ---------------------------------------------------------


def heads(waiting: Sequence[Ticket], here: Desk, *lines: str) -> list[Ticket]:
    """Return all that is placed, and the first of each line, as storage loads them."""
    firsts: dict[object, Ticket] = {}
    able = [ticket for ticket in waiting if eligible(ticket, here, NOW)]
    for ticket in sorted(able, key=arrival, reverse=True):
        key = ticket.id if ticket.place != QUEUE else tuple(getattr(ticket, at) for at in lines)
        firsts[key] = ticket
    return list(firsts.values())


@given(some_waiting(most=9), DESKS, CAPS)
def test_the_heads_of_the_lines_decide(waiting, here, cap):
    """Service × statutory, of whom the desk may call: the rest of each line changes nothing."""
    few = heads(waiting, here, "service", "statutory")
    assert pick_next(few, here, NOW, cap) == pick_next(waiting, here, NOW, cap)


@given(some_waiting(most=9), DESKS, CAPS)
def test_heads_of_finer_lines_decide_too(waiting, here, cap):
    """Lines may be split further by needs and by language."""
    few = heads(waiting, here, "service", "statutory", "needs", "language")
    assert pick_next(few, here, NOW, cap) == pick_next(waiting, here, NOW, cap)


# -- order key and its ties ------------------------------------------------------------------


def first(*waiting: Ticket, here: Desk | None = None, **rule: object) -> int | None:
    """Return the serial of who is next at the desk."""
    chosen = pick_next(waiting, here or a_desk(), NOW, **rule)
    return chosen.serial if chosen else None


def test_who_came_first_is_called_first() -> None:
    """Without categories the queue is by time of issue."""
    assert first(a_ticket(serial=1, issued_at=at(2)), a_ticket(serial=2, issued_at=at(1))) == 2


def test_a_head_start_stands_as_if_come_earlier() -> None:
    """Twenty minutes of head start overtake nineteen minutes, not twenty-one."""
    infant = with_right(INFANT, serial=2, issued_at=at(25))
    assert first(a_ticket(serial=1, issued_at=at(6)), infant) == 2
    assert first(a_ticket(serial=1, issued_at=at(4)), infant) == 1


def test_equal_order_keys_go_by_the_time_of_issue() -> None:
    """Where the head start makes two equal, who really came first is first, whatever the serial."""
    infant = with_right(INFANT, serial=1, issued_at=at(20))
    assert first(infant, a_ticket(serial=2, issued_at=at(0))) == 2


def test_two_statutory_tickets_go_by_the_time_of_issue() -> None:
    """Unlimited head starts are equal: time of issue decides, also against the serial."""
    late = with_right(DISABILITY, serial=1, issued_at=at(9))
    assert first(late, with_right(DISABILITY, serial=2, issued_at=at(8))) == 2


@pytest.mark.parametrize("serials", [(1, 2), (2, 1)])
def test_equal_times_of_issue_go_by_the_serial(serials) -> None:
    """Two tickets of one instant are called in the order they were issued."""
    assert first(*(a_ticket(serial=serial) for serial in serials)) == 1


def test_nobody_waits() -> None:
    """An empty hall has no next."""
    assert first() is None


@given(some_waiting(plain=True), st.integers(0, 2))
def test_nobody_is_overtaken_by_more_than_a_head_start(waiting, streak):
    """Whoever is called before an earlier one came within the head start that the right gives."""
    chosen = pick_next(waiting, a_desk("A01", "E01", streak=streak), NOW)
    late = [t for t in waiting if not chosen.statutory and t.issued_at < chosen.issued_at]
    assert all(chosen.issued_at - t.issued_at <= chosen.issued_at - chosen.order_key for t in late)


@given(some_waiting(most=9, plain=True))
def test_an_ordinary_ticket_overtakes_nobody(waiting):
    """Without a head start a ticket is called only when nobody waits who came before it."""
    order = rule_order(waiting, a_desk("A01", "E01"), NOW)
    for place, ticket in enumerate(order):
        if ticket.category is None:
            assert all(arrival(other) > arrival(ticket) for other in order[place + 1 :])
            assert all(other.issued_at >= ticket.issued_at for other in order[place + 1 :])


# -- eligibility -----------------------------------------------------------------------------


@pytest.mark.parametrize("state", sorted(set(State) - {State.WAITING}))
def test_only_who_waits_is_called(state: State) -> None:
    """No other state is in the queue."""
    assert first(a_ticket(state=state)) is None


def test_a_service_that_the_window_does_not_take_is_not_called() -> None:
    """A window calls only what it takes."""
    assert first(a_ticket(service="Z01")) is None


def test_a_ticket_is_not_called_before_its_time() -> None:
    """`not_before` delays a ticket up to that instant, not beyond."""
    assert first(a_ticket(not_before=at(30.01))) is None
    assert first(a_ticket(not_before=NOW)) == 1


def test_who_needs_a_skill_is_called_where_it_is() -> None:
    """A window without sign language calls the next one who does not need it."""
    line = a_ticket(serial=1, needs=frozenset({"sign_language"})), a_ticket(serial=2)
    assert first(*line) == 2
    assert first(*line, here=a_desk(skills=frozenset({"sign_language"}))) == 1


def test_who_speaks_another_language_is_called_where_it_is_spoken() -> None:
    """A window with languages calls only these; one without calls all."""
    line = a_ticket(serial=1, language="ru"), a_ticket(serial=2)
    assert first(*line, here=a_desk(languages=frozenset({"uz-Latn", "en"}))) == 2
    assert first(*line) == 1


# -- places ----------------------------------------------------------------------------------


@pytest.mark.parametrize("place", [at_window(3), at_clerk("ann")])
def test_who_is_placed_here_comes_before_the_queue(place: str) -> None:
    """Even before a statutory ticket, at any level, of any service, need or language."""
    placed = a_ticket(
        serial=2,
        issued_at=at(29),
        service="Z09",
        place=place,
        language="ru",
        needs=frozenset({"sign_language"}),
    )
    here = a_desk(languages=frozenset({"uz-Latn"}))
    assert first(with_right(DISABILITY, serial=1), placed, here=here) == 2


@pytest.mark.parametrize("place", [at_window(33), at_window(5), at_clerk("bek"), at_clerk("an")])
def test_who_is_placed_elsewhere_is_not_called_here(place: str) -> None:
    """Another window's or clerk's ticket is not in this line."""
    assert first(a_ticket(place=place)) is None


def test_who_is_placed_here_goes_by_the_order_key() -> None:
    """Among the placed the order is the queue's own."""
    one = a_ticket(serial=1, issued_at=at(9), place=at_window(3))
    assert first(one, with_right(INFANT, serial=2, issued_at=at(20), place=at_clerk("ann"))) == 2


def test_who_is_placed_here_must_be_due_too() -> None:
    """A place does not overrule `not_before`."""
    assert first(a_ticket(place=at_window(3), not_before=at(31))) is None


# -- levels ----------------------------------------------------------------------------------


def test_a_window_helps_after_its_own_services() -> None:
    """A level-2 service waits while anyone of level 1 does, even a statutory ticket."""
    helper = a_desk("A01", helps={"E01": None})
    older = with_right(DISABILITY, serial=1, service="E01")
    assert first(older, a_ticket(serial=2, issued_at=at(29)), here=helper) == 2
    assert first(older, here=helper) == 1


def test_helping_counts_as_first_once_its_first_ticket_waited() -> None:
    """From `help_after` on, and not before, the helped line is like one's own."""
    helper, own = a_desk("A01", helps=HELPING), a_ticket(serial=2, issued_at=at(21))
    assert first(a_ticket(serial=1, service="E01", issued_at=at(20)), own, here=helper) == 1
    assert first(a_ticket(serial=1, service="E01", issued_at=at(20.1)), own, here=helper) == 2


def test_help_is_for_the_whole_line() -> None:
    """Once its first ticket has waited, the whole service is at level 1."""
    helper = a_desk("A01", helps=HELPING)
    line = [
        a_ticket(serial=1, service="E01", issued_at=at(20)),
        a_ticket(serial=2, service="E01", issued_at=at(22)),
        a_ticket(serial=3, issued_at=at(23)),
    ]
    assert [t.serial for t in rule_order(line, helper, NOW)] == [1, 2, 3]


def test_help_is_for_one_service() -> None:
    """A line that has waited does not pull another one up."""
    helper = a_desk("A01", helps={"E01": 10.0, "E02": 10.0})
    line = [
        a_ticket(serial=1, service="E01", issued_at=at(20)),
        a_ticket(serial=2, service="E02", issued_at=at(21)),
        a_ticket(serial=3, issued_at=at(22)),
    ]
    assert [t.serial for t in rule_order(line, helper, NOW)] == [1, 3, 2]


def test_who_cannot_be_called_here_brings_no_help() -> None:
    """A first ticket that needs another window does not pull its line up here."""
    helper = a_desk("A01", helps=HELPING)
    elsewhere = {"service": "E01", "issued_at": at(0)}
    line = [
        a_ticket(serial=1, needs=frozenset({"sign_language"}), **elsewhere),
        a_ticket(serial=2, place=at_window(9), **elsewhere),
        a_ticket(serial=3, service="E01", issued_at=at(25)),
        a_ticket(serial=4, issued_at=at(26)),
    ]
    assert first(*line, here=helper) == 4


def test_who_is_placed_here_brings_no_help() -> None:
    """The queue's first ticket counts, not one that comes before the queue anyway."""
    helper = a_desk("A01", helps=HELPING)
    line = [
        a_ticket(serial=1, service="E01", place=at_window(3)),
        a_ticket(serial=2, service="E01", issued_at=at(25)),
        a_ticket(serial=3, issued_at=at(26)),
    ]
    assert [t.serial for t in rule_order(line, helper, NOW)] == [1, 3, 2]


@given(some_waiting(plain=True), DESKS)
def test_one_more_statutory_ticket_takes_help_from_nobody(waiting, here):
    """Who has just come with a right does not push a helped line back behind the window's own."""
    newest = with_right(DISABILITY, serial=99, issued_at=NOW, service="E01")
    before = rule_order(waiting, here, NOW)
    after = [t for t in rule_order([*waiting, newest], here, NOW) if t != newest]
    assert after == before


# -- the statutory cap -----------------------------------------------------------------------


def test_after_so_many_statutory_tickets_an_ordinary_one_is_called() -> None:
    """The cap lets one ordinary ticket pass."""
    line = with_right(DISABILITY, serial=1), a_ticket(serial=2, issued_at=at(9))
    assert first(*line, here=a_desk(streak=1), cap=2) == 1
    assert first(*line, here=a_desk(streak=2), cap=2) == 2
    assert first(*line, here=a_desk(streak=9)) == 1


def test_the_cap_is_no_wall() -> None:
    """Where no ordinary ticket waits the statutory one is called all the same."""
    assert first(with_right(DISABILITY, serial=1), here=a_desk(streak=2), cap=2) == 1


def test_the_cap_reaches_over_levels() -> None:
    """One ordinary ticket means any that the window may call, also where it only helps."""
    helper = a_desk("A01", helps={"E01": None}, streak=2)
    line = with_right(DISABILITY, serial=1), a_ticket(serial=2, service="E01", issued_at=at(9))
    assert first(*line, here=helper, cap=2) == 2


def test_the_cap_does_not_touch_who_is_placed_here() -> None:
    """Who comes back from the cashier comes before the queue, cap or no cap."""
    placed = with_right(DISABILITY, serial=1, place=at_window(3))
    assert first(a_ticket(serial=2), placed, here=a_desk(streak=2), cap=2) == 1


@given(some_waiting(most=9, plain=True), st.integers(1, 3))
def test_ordinary_tickets_starve_under_no_cap(waiting, cap):
    """Never are more than the cap called in a row while an ordinary ticket waits."""
    shift, row = a_shift(), 0
    while waiting:
        here = a_desk("A01", "E01", streak=shift.streak)
        called = pick_next(waiting, here, NOW, cap)
        ordinary = any(not ticket.statutory for ticket in waiting)
        waiting = [ticket for ticket in waiting if ticket != called]
        shift = after_call(shift, statutory=called.statutory)
        row = row + 1 if called.statutory else 0
        assert row <= cap or not ordinary


# -- rule_rank -------------------------------------------------------------------------------


@given(some_waiting(), DESKS, CAPS)
def test_the_rule_s_own_choice_ranks_first(waiting, here, cap):
    """Each ticket ranks by its place in the order; 1 is the ticket that the rule would call."""
    order = rule_order(waiting, here, NOW, cap)
    ranks = [rule_rank(waiting, ticket, here, NOW, cap) for ticket in order]
    assert ranks == list(range(1, len(order) + 1))


@given(some_waiting(), DESKS, CAPS, st.sampled_from([State.ON_HOLD, State.NO_SHOW]))
def test_a_parked_ticket_ranks_as_if_it_waited(waiting, here, cap, state):
    """On hold or a no-show, handed in with the line or not: the rank is that of its old place."""
    chosen, *others = waiting
    parked = replace(chosen, state=state)
    rank = rule_rank(waiting, chosen, here, NOW, cap)
    assert rule_rank([parked, *others], parked, here, NOW, cap) == rank
    assert rule_rank(others, parked, here, NOW, cap) == rank


@given(some_waiting(), DESKS, CAPS)
def test_whom_this_desk_may_not_call_ranks_last(waiting, here, cap):
    """Picking a stranger to the line passes over everyone in it."""
    stranger = a_ticket(serial=99, service="Z01")
    order = rule_order(waiting, here, NOW, cap)
    assert rule_rank([*waiting, stranger], stranger, here, NOW, cap) == len(order) + 1


# -- overtaken -------------------------------------------------------------------------------


def passed_over(called: Ticket, *waiting: Ticket, here: Desk | None = None) -> list[int]:
    """Return the serials of those whom the call overtook."""
    return [t.serial for t in overtaken(waiting, called, here or a_desk(), NOW)]


def test_who_came_earlier_and_still_waits_is_overtaken() -> None:
    """Each earlier one is named, the called one and later ones are not."""
    called = with_right(DISABILITY, serial=3, issued_at=at(9))
    early = a_ticket(serial=1, issued_at=at(8)), a_ticket(serial=2, issued_at=at(9))
    assert passed_over(called, *early, called, a_ticket(serial=4, issued_at=at(9))) == [1, 2]


def test_the_serial_tells_who_came_earlier_in_one_instant() -> None:
    """Of two issued in one instant the lower serial came first."""
    called = with_right(DISABILITY, serial=2)
    assert passed_over(called, a_ticket(serial=1), a_ticket(serial=3)) == [1]


@pytest.mark.parametrize(
    "other",
    [
        {"service": "Z01"},
        {"place": at_window(5)},
        {"place": at_window(3)},
        {"needs": frozenset({"sign_language"})},
        {"not_before": at(31)},
        {"state": State.ON_HOLD},
    ],
)
def test_whom_this_desk_could_not_have_called_is_not_overtaken(other) -> None:
    """Only those whom the window might have called from the queue instead are overtaken."""
    assert passed_over(a_ticket(serial=2, issued_at=at(9)), a_ticket(serial=1, **other)) == []


@given(some_waiting(plain=True), DESKS)
def test_the_rule_lets_nobody_be_overtaken_beyond_the_head_start(waiting, here):
    """At one level, those overtaken by the rule's own choice came within its head start."""
    everything = replace(here, takes={"A01": Taking(), "E01": Taking()}, streak=0)
    chosen = pick_next(waiting, everything, NOW)
    passed = overtaken(waiting, chosen, everything, NOW) if chosen else []
    assert not (passed and chosen.category is None)
    if chosen and not chosen.statutory:
        assert all(t.issued_at >= chosen.order_key for t in passed)


@given(some_waiting(most=9), DESKS, CAPS)
def test_the_heads_tell_whether_anybody_may_be_overtaken(waiting, here, cap):
    """Where they say no, nobody was: the whole line need not be read on an ordinary call."""
    chosen = pick_next(waiting, here, NOW, cap)
    passed = overtaken(waiting, chosen, here, NOW) if chosen else []
    few = heads(waiting, here, "service", "statutory")
    assert not passed or may_overtake(few, chosen)


def test_an_ordinary_call_in_order_needs_no_second_look() -> None:
    """Nobody came earlier, nobody has a right: that is the day's usual call."""
    waiting = [a_ticket(serial=n, issued_at=at(n)) for n in (1, 2, 3)]
    assert not may_overtake(waiting, waiting[0])


# -- desks -----------------------------------------------------------------------------------


def test_a_shift_makes_a_desk_of_a_window() -> None:
    """The desk is the window's plan with the clerk and the streak of the shift."""
    plan = Window(3, {"A01": Taking()}, skills=frozenset({"sign_language"}), languages={"ru"})
    here = desk(plan, a_shift(streak=2))
    assert here == Desk(3, "ann", plan.takes, plan.skills, plan.languages, streak=2)
    assert here.own_places == {"window:3", "clerk:ann"}
    assert desk(plan, a_shift()).streak == Desk(3, "ann", plan.takes).streak == 0


def test_who_waited_long_enough_is_measured_from_the_time_of_issue() -> None:
    """A head start makes no waiting time: help comes by the minutes really waited."""
    helper = a_desk("A01", helps={"E01": 15.0})
    infant = with_right(INFANT, serial=1, service="E01", issued_at=NOW - minutes(14))
    own = a_ticket(serial=2, issued_at=at(29))
    assert first(infant, own, here=helper) == 2
