"""What is hot costs the same after a million tickets: the databases say so themselves."""

import re
from collections import defaultdict

import pytest

from queue_server.domain.catalogue import Taking
from queue_server.domain.routing import Desk, arrival
from queue_server.storage import (
    access,
    catalogues,
    event_log,
    floor_queries,
    lines,
    notes,
    numbers,
    replies,
    shifts,
    slots,
    stays,
    tickets,
)
from queue_server.storage.statements import Statement
from tests.factories import a_ticket, at

DESK = Desk(
    1,
    "ann",
    {"A01": Taking(), "E01": Taking(2)},
    skills=frozenset({"sign_language"}),
    languages=frozenset({"ru"}),
)
LINES = {
    "lines.heads": lines.heads(DESK, at(0))[0],
    "lines.line": lines.line(DESK)[0],
    "lines.ahead": lines.ahead("queue", arrival(a_ticket()), ["A01", "A02"])[0],
}
STATEMENTS = LINES | {
    f"{module.__name__.rpartition('.')[2]}.{name}": statement
    for module in (
        access,
        catalogues,
        event_log,
        floor_queries,
        notes,
        numbers,
        replies,
        shifts,
        slots,
        stays,
        tickets,
    )
    for name, statement in vars(module).items()
    if isinstance(statement, Statement)
}
#: these may read all of their few rows
WHOLE = {"access.PEOPLE"}
#: what is open, however long the history is
OF_WHAT_IS_OPEN = r"(tickets_(waiting|at_window|on_hold|no_show|booked)|shifts_open_(window|clerk))"
HISTORY = ("tickets", "stays", "events", "shifts", "replies")


def sqlite_plan(database, statement) -> list[str]:
    """Return the steps that SQLite would take."""
    text, arrange = statement.on(database._backend.dialect)
    values = arrange(defaultdict(lambda: None))
    plan = database._backend._writer.execute(f"EXPLAIN QUERY PLAN {text}", values)
    return [step[3] for step in plan]


def postgres_plan(database, statement) -> list[str]:
    """Return the steps that PostgreSQL would take if it had reason to shun whole tables."""
    text, _ = statement.on(database._backend.dialect)
    connection = database._backend._writer
    connection.execute("SET enable_seqscan = off")
    values = dict.fromkeys(re.findall(r"%\((\w+)\)s", text))
    typed = re.sub(r"%\((\w+)\)s", lambda found: f"${list(values).index(found[1]) + 1}", text)
    plan = connection.execute(f"EXPLAIN (GENERIC_PLAN) {typed}").fetchall()
    return [step[0] for step in plan]


def test_no_statement_walks_through_history(database, kind):
    """Every statement finds its rows by an index, and only one of what is open is walked."""
    walk, plan = (r"SCAN ({})\b", sqlite_plan)
    if kind == "postgresql":
        walk, plan = (r"Seq Scan on ({})\b", postgres_plan)
    walks = [
        (name, step)
        for name in sorted(STATEMENTS.keys() - WHOLE)
        for step in plan(database, STATEMENTS[name])
        if re.search(walk.format("|".join(HISTORY)), step) and not re.search(OF_WHAT_IS_OPEN, step)
    ]
    assert walks == []


def test_what_is_open_is_found_among_what_is_open(database, kind):
    """Open tickets are found in the indexes of what is open, not by their day or by number."""
    plan = sqlite_plan if kind == "sqlite" else postgres_plan
    for name in ("OPEN_BEFORE", "PARKED", "HOLDS_OVER", "AT_WINDOWS", "IN_HAND", "WAITING"):
        steps = " ".join(plan(database, STATEMENTS[f"tickets.{name}"]))
        indexes = re.findall(r"\b(?:tickets|sqlite_autoindex_tickets)_[a-z]\w+", steps)
        assert indexes, steps
        assert all(re.fullmatch(OF_WHAT_IS_OPEN, index) for index in indexes), steps


@pytest.mark.parametrize("kind", ["sqlite"])
def test_who_is_ahead_is_counted_in_the_index_alone(database):
    """Counting those ahead never looks into the tickets themselves."""
    steps = sqlite_plan(database, STATEMENTS["lines.ahead"])
    assert any("COVERING INDEX tickets_waiting" in step for step in steps)


def test_a_walk_through_history_would_be_seen(database, kind):
    """The plans do tell a walk through all tickets from a look-up."""
    plan, walk = (sqlite_plan, "SCAN tickets") if kind == "sqlite" else (postgres_plan, "Seq Scan")
    query = Statement(tickets._which(tickets._c.issued_by == tickets.argument("by")))
    assert any(walk in step for step in plan(database, query))
