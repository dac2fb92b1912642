from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from queue_server.domain import moves
from queue_server.domain import ticket as tickets
from queue_server.domain.errors import StaleVersion, WindowBusy
from queue_server.domain.estimate import Reckoning
from queue_server.domain.ticket import Move, Sender, State, Step
from queue_server.storage.tables import stays
from tests.factories import DAY, a_ticket, a_ticket_in, at, minutes
from tests.queue_server.storage.undoing import undone

MINUTES = st.floats(0, 99)
LATER = DAY + timedelta(days=1)

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
maybe_words = st.none() | words
instants = st.integers(0, 4_000_000_000_000).map(
    lambda ms: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=ms)
)
steps = st.builds(Step, words, st.lists(words).map(tuple), maybe_words, maybe_words)
values = {
    "legs": st.lists(steps, max_size=3).map(tuple),
    "issued_at": instants,
    "order_key": instants,
    "since": instants,
    "category": maybe_words,
    "statutory": st.booleans(),
    "needs": st.frozensets(st.sampled_from(["sign_language", "lift", "quiet"])),
    "not_before": st.none() | instants,
    "window": st.integers(1, 99),
    "clerk": maybe_words,
    "called_at": st.none() | instants,
    "reason": maybe_words,
    "hold_until": st.none() | instants,
    "sender": st.none() | st.builds(Sender, words, words),
    "reckoned": st.none() | st.builds(Reckoning, MINUTES, MINUTES, MINUTES, st.just("simulated")),
    "promised": st.none() | st.tuples(st.integers(0, 99), st.integers(0, 99)),
    "copies": st.integers(1, 9),
    "overtaken": st.integers(0, 9),
    "state": st.sampled_from(State),
    "moved": st.none() | st.sampled_from(Move),
    "moved_at": st.none() | instants,
}
any_ticket = st.fixed_dictionaries(values).map(lambda fields: a_ticket(**fields))
any_with_past = st.tuples(any_ticket, st.none() | any_ticket).map(
    lambda pair: replace(pair[0], before=pair[1])
)


@settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60
)
@given(any_with_past)
def test_every_ticket_comes_back_as_it_was_kept(database, ticket):
    """No field is lost, cut or changed, whatever stands in it."""
    with undone(database) as work:
        work.tickets.add(ticket)
        assert work.tickets.get(ticket.id) == ticket


def test_an_unknown_id_is_no_ticket(database):
    """A ticket that was never kept is None."""
    with database.read() as work:
        assert work.tickets.get("nobody") is None


def test_a_move_is_kept_with_what_undo_goes_back_to(database):
    """A saved ticket comes back with the value before its last move."""
    waiting = a_ticket()
    called = moves.call(waiting, 3, "clerk3", at(5))
    with database.write() as work:
        work.tickets.add(waiting)
        work.tickets.save(called)
        assert work.tickets.get("t1") == called
        assert work.tickets.get("t1").before == waiting


def test_a_move_on_a_stale_value_is_refused(database):
    """Of two moves made from the same value only the first is kept."""
    waiting = a_ticket()
    with database.write() as work:
        work.tickets.add(waiting)
        work.tickets.save(moves.call(waiting, 3, "clerk3", at(5)))
    with pytest.raises(StaleVersion), database.write() as work:
        work.tickets.save(moves.call(waiting, 4, "clerk4", at(5)))
    with database.read() as work:
        assert work.tickets.get("t1").window == 3


def test_a_window_holds_one_visitor(database):
    """A second call to the same window is refused by the database as WindowBusy."""
    first, second = a_ticket(serial=1), a_ticket(serial=2)
    with database.write() as work:
        work.tickets.add(first)
        work.tickets.add(second)
        work.tickets.save(moves.call(first, 3, "clerk3", at(5)))
    with pytest.raises(WindowBusy), database.write() as work:
        work.tickets.save(moves.call(second, 3, "clerk3", at(5)))


def test_each_state_and_window_is_a_stay(database, engine):
    """A stay is appended for each new state, and none where only words about a ticket change."""
    now = a_ticket()
    with database.write() as work:
        work.tickets.add(now)
        for move in (
            lambda t: moves.add_leg(t, "r", at(1), "E01"),
            lambda t: moves.call(t, 3, "clerk3", at(2)),
            lambda t: moves.recall(t, "clerk3", at(3)),
            lambda t: moves.start(t, "clerk3", at(4)),
            lambda t: moves.finish(t, "clerk3", at(9), outcome="done", delivery=None, onward=None),
        ):
            now = move(now)
            work.tickets.save(now)
    kept = rows(engine, stays.c.n, stays.c.state, stays.c.since, stays.c.window)
    assert kept == [
        (1, "waiting", ms(at(0)), None),
        (2, "called", ms(at(2)), 3),
        (3, "serving", ms(at(4)), 3),
        (4, "finished", ms(at(9)), None),
    ]


def test_an_undone_call_begins_a_stay_of_its_own(database, engine):
    """Undo appends a stay too: what was undone has lasted until then."""
    waiting = a_ticket()
    called = moves.call(waiting, 3, "clerk3", at(2))
    with database.write() as work:
        work.tickets.add(waiting)
        work.tickets.save(called)
        work.tickets.save(moves.undo(called, "clerk3", at(2.5), minutes(1)))
    since = [row[0] for row in rows(engine, stays.c.since)]
    assert since == [ms(at(0)), ms(at(2)), ms(at(2.5))]


def test_being_overtaken_is_counted_and_never_taken_back(database):
    """The count of overtakings survives every later move of the ticket, undo too."""
    waiting = a_ticket()
    called = moves.call(waiting, 3, "clerk3", at(5))
    with database.write() as work:
        work.tickets.add(waiting)
        work.tickets.count_overtaken(["t1"])
        work.tickets.count_overtaken([])
        work.tickets.save(called)
        work.tickets.save(moves.undo(called, "clerk3", at(5), minutes(1)))
        assert work.tickets.get("t1").overtaken == 1


def test_a_window_finds_its_visitor(database):
    """The ticket in hand is the window's called or serving one, and no other."""
    with database.write() as work:
        for serial, state in enumerate(State, start=1):
            if state in (State.CALLED, State.SERVING):
                work.tickets.add(a_ticket(serial=serial, state=state, window=serial))
            else:
                work.tickets.add(a_ticket(serial=serial, state=state, window=9))
        assert work.tickets.in_hand(9) is None
        assert [t.window for t in work.tickets.at_windows()] == [3, 4]
        assert work.tickets.in_hand(3).id == "t3"


def test_the_newest_call_comes_first(database):
    """Boards show the newest call on top."""
    with database.write() as work:
        for serial, called_at in enumerate((at(2), at(9), at(5)), start=1):
            work.tickets.add(
                a_ticket(serial=serial, state=State.CALLED, window=serial, called_at=called_at)
            )
        assert [t.id for t in work.tickets.at_windows()] == ["t2", "t3", "t1"]


def test_who_waits_is_counted_by_service(database):
    """Only waiting tickets are counted, each for its service."""
    with database.write() as work:
        for serial, service in enumerate(("A01", "A01", "E01"), start=1):
            work.tickets.add(a_ticket(serial=serial, service=service))
        work.tickets.add(a_ticket(serial=4, state=State.FINISHED))
        assert work.tickets.waiting() == {"A01": 2, "E01": 1}


def test_parked_are_the_held_and_the_missed_of_today(database):
    """A panel offers what is on hold or missed today, and nothing of yesterday."""
    with database.write() as work:
        assert work.tickets.parked() == []
        work.open_day(LATER)
        for serial, (state, day) in enumerate(
            [(s, d) for s in (State.ON_HOLD, State.NO_SHOW, State.WAITING) for d in (DAY, LATER)],
            start=1,
        ):
            work.tickets.add(a_ticket(serial=serial, state=state, day=day))
        assert {t.id for t in work.tickets.parked()} == {"t2", "t4"}


def test_a_number_is_found_within_its_day(database):
    """The same number of two days is two tickets."""
    with database.write() as work:
        work.tickets.add(a_ticket(id="old", count=7))
        work.tickets.add(a_ticket(id="new", count=7, day=LATER))
        assert work.tickets.find(DAY, "A", 7).id == "old"
        assert work.tickets.find(LATER, "A", 7).id == "new"
        assert work.tickets.find(DAY, "A", 8) is None


def test_recent_are_the_newest_of_the_day(database):
    """The newest tickets come first, no more than asked for."""
    with database.write() as work:
        for serial in (1, 2, 3):
            work.tickets.add(a_ticket(serial=serial))
        work.tickets.add(a_ticket(serial=4, day=LATER))
        assert [t.id for t in work.tickets.recent(DAY, 2)] == ["t3", "t2"]


def test_the_close_of_a_day_finds_every_open_ticket_of_earlier_days(database):
    """Every open state of every earlier day is found; what ended, and today, is left alone."""
    with database.write() as work:
        for serial, state in enumerate(State, start=1):
            work.tickets.add(a_ticket(serial=serial, state=state, window=serial))
            work.tickets.add(
                a_ticket(serial=serial + 50, state=state, window=serial + 50, day=LATER)
            )
        found = {t.state for t in work.tickets.open_before(LATER)}
        assert len(work.tickets.open_before(LATER)) == len(tickets.OPEN)
    assert found == tickets.OPEN


def test_holds_end_at_their_time(database):
    """A hold is over from its time of return; one without a time never is."""
    with database.write() as work:
        for serial, until in enumerate((at(5), at(10), None), start=1):
            work.tickets.add(
                replace(a_ticket_in(State.ON_HOLD, serial=serial), hold_until=until, version=1)
            )
        assert [t.id for t in work.tickets.holds_over(at(5))] == ["t1"]
        assert {t.id for t in work.tickets.holds_over(at(10))} == {"t1", "t2"}


def rows(engine, *columns):
    """Return these columns of every stay, in order."""
    with engine.connect() as connection:
        found = connection.execute(select(*columns).order_by(stays.c.ticket_id, stays.c.n))
        return [tuple(row) for row in found]


def ms(instant):
    """Return an instant as the tables keep it."""
    return round(instant.timestamp() * 1000)
