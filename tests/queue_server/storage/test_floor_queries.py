"""What the floor asks of the tickets, on both databases."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from queue_server.domain import moves
from queue_server.domain.alerting import Answers
from queue_server.domain.ticket import State, Ticket
from queue_server.storage import floor_queries
from queue_server.storage.database import Database
from tests.factories import DAY, a_ticket, a_ticket_in, at, minutes
from tests.queue_server.storage.test_plans import OF_WHAT_IS_OPEN, postgres_plan, sqlite_plan

YESTERDAY = DAY - timedelta(days=1)


def keep(database: Database, *steps: Ticket) -> None:
    """Keep a ticket, and then each of its next values."""
    with database.write() as work:
        first, *rest = steps
        work.tickets.add(first)
        for each in rest:
            work.tickets.save(each)


def test_all_who_wait_stand_in_order(database: Database) -> None:
    """By order key, time of issue and serial, wherever they wait, and no more than asked for."""
    keep(database, a_ticket(serial=1, issued_at=at(5)))
    keep(database, a_ticket(serial=2, issued_at=at(6), order_key=at(1)))
    keep(database, a_ticket(serial=3, issued_at=at(3), place="window:2", service="E01"))
    keep(database, a_ticket_in(State.CALLED, serial=4))
    with database.read() as work:
        assert [t.serial for t in work.tickets.waiting_all(10)] == [2, 3, 1]
        assert [t.serial for t in work.tickets.waiting_all(2)] == [2, 3]


def test_totals_count_a_day_by_state(database: Database) -> None:
    """Other days do not count."""
    for serial, state in enumerate((State.WAITING, State.WAITING, State.FINISHED), 1):
        keep(database, a_ticket_in(state, serial=serial))
    keep(database, a_ticket(serial=9, day=YESTERDAY))
    with database.read() as work:
        assert work.tickets.totals(DAY) == {"waiting": 2, "finished": 1}
        assert work.tickets.totals(YESTERDAY) == {"waiting": 1}


def test_a_clerk_s_last_move_is_the_newest(database: Database) -> None:
    """Of all tickets that the clerk called today."""
    keep(database, a_ticket_in(State.FINISHED, serial=1))
    keep(database, a_ticket_in(State.CALLED, serial=2))
    keep(database, a_ticket(serial=3))
    with database.read() as work:
        assert work.tickets.last_moves(DAY) == {"ann": at(3)}
        assert work.tickets.last_moves(YESTERDAY) == {}


def test_answers_count_the_first_call_alone(database: Database) -> None:
    """Who was called, given back and called again waited until the first call."""
    first = a_ticket(serial=1)
    called = moves.call(first, 3, "ann", at(4))
    back = moves.give_back(called, "ann", at(6))
    keep(database, first, called, back, moves.call(back, 3, "ann", at(50)))
    other = a_ticket(serial=2, issued_at=at(10))
    keep(database, other, moves.call(other, 4, "bek", at(26)))
    keep(database, a_ticket(serial=5))
    with database.read() as work:
        assert work.tickets.answers(DAY, minutes(15)) == Answers(2, minutes(20), 1)
        assert work.tickets.answers(YESTERDAY, minutes(15)) == Answers()


@pytest.mark.parametrize("name", ["WAITING_ALL", "TOTALS", "LAST_MOVES", "ANSWERS"])
def test_history_costs_nothing(database: Database, kind: str, name: str) -> None:
    """Who waits, and a day's tickets, are found by an index: never among all of them."""
    plan, walk = (sqlite_plan, "SCAN tickets") if kind == "sqlite" else (postgres_plan, "Seq Scan")
    steps = plan(database, getattr(floor_queries, name))
    walks = [step for step in steps if walk in step and not re.search(OF_WHAT_IS_OPEN, step)]
    assert walks == []
