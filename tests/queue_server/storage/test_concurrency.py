import itertools
import threading
import time
from collections import Counter

from queue_server.domain.ledger import verify
from queue_server.domain.ticket import State
from tests.factories import DAY
from tests.linearizability import UNKNOWN, Operation, ends, linearizable
from tests.queue_server.storage.hall import call_next, issue

THREADS = 8


def at_once(*acts) -> None:
    """Do all of these at once, each in a thread of its own, and wait for all."""
    together, failed = threading.Barrier(len(acts)), []

    def run(act):
        together.wait()
        try:
            act()
        except BaseException as error:
            failed.append(error)
            raise

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed


def test_many_at_once_get_numbers_without_gap_or_double(database):
    """Eight threads issue and call at once: each number once, none missing, none called twice."""
    issued, called = [], []

    def work(window):
        for _ in range(15):
            issued.append(issue(database))
            called.append(call_next(database, window))

    at_once(*(lambda window=window: work(window) for window in range(1, THREADS + 1)))
    assert sorted(issued) == list(range(1, THREADS * 15 + 1))
    told = [count for count in called if count is not None]
    assert len(set(told)) == len(told)
    with database.read() as seen:
        assert [t.count for t in reversed(seen.tickets.recent(DAY, 999))] == sorted(issued)
        assert verify(seen.log.sealed(), seen.seq, seen.head_hash) is None
        holding = [t.window for t in seen.tickets.at_windows()]
        assert len(set(holding)) == len(holding)


def test_two_processes_at_once_get_numbers_without_gap_or_double(database, open_database):
    """What holds between threads holds between processes: the database itself serialises."""
    issued, called, other = [], [], open_database()

    def work(one, window):
        for _ in range(15):
            issued.append(issue(one))
            called.append(call_next(one, window))

    at_once(lambda: work(database, 1), lambda: work(other, 2))
    assert sorted(issued) == list(range(1, 31))
    assert len(set(called) - {None}) == len([count for count in called if count is not None])


def test_nobody_is_starved(database):
    """While eight threads want to write without a pause, each gets about as many turns."""
    left, turns = itertools.count(), Counter()

    def work(name):
        while next(left) < THREADS * 15:
            issue(database)
            turns[name] += 1

    at_once(*(lambda name=name: work(name) for name in range(THREADS)))
    assert sum(turns.values()) == THREADS * 15
    assert len(turns) == THREADS
    assert min(turns.values()) >= 4


def one_line(state, operation):
    """The model: numbers are given in order, and called in the order they were given."""
    issued, called = state
    if operation.act == "issue":
        given = operation.answer in (issued + 1, UNKNOWN)
        return [(issued + 1, called)] if given else []
    next_one = called + 1 if called < issued else None
    after = (issued, called + 1 if called < issued else called)
    return [after] if operation.answer in (next_one, UNKNOWN) else []


def test_calls_at_once_look_as_if_made_one_after_the_other(database):
    """Every history of issues and calls made at once is linearizable."""
    state = (0, 0)
    for _ in range(8):
        history = []

        def record(act, run, history=history):
            began = time.perf_counter()
            answer = run()
            history.append(Operation(began, act, answer, time.perf_counter()))

        def issuing(record=record):
            for _ in range(2):
                record("issue", lambda: issue(database))

        def calling(window, record=record):
            for _ in range(3):
                record("call", lambda: call_next(database, window))

        at_once(issuing, issuing, *(lambda w=w: calling(w) for w in (1, 2, 3)))
        reached = ends(history, state, one_line)
        assert reached, history
        (state,) = reached


def test_two_calls_with_one_answer_are_not_linearizable():
    """The checker sees a ticket that was called to two windows."""
    history = [Operation(0, "issue", 1, 1), Operation(2, "call", 1, 5), Operation(3, "call", 1, 4)]
    assert not linearizable(history, (0, 0), one_line)


def test_an_answer_older_than_a_finished_issue_is_not_linearizable():
    """The checker sees a call that missed a ticket issued before it began."""
    missed = Operation(2, "call", None, 3)
    assert not linearizable([Operation(0, "issue", 1, 1), missed], (0, 0), one_line)
    assert linearizable([Operation(0, "issue", 1, 2.5), missed], (0, 0), one_line)


def test_what_was_cut_off_may_have_happened_or_not():
    """An operation without an answer explains either outcome."""
    cut_off = Operation(0, "issue", UNKNOWN)
    for answer in (1, None):
        assert linearizable([cut_off, Operation(1, "call", answer, 2)], (0, 0), one_line)
    assert not linearizable([cut_off, Operation(1, "call", 2, 2)], (0, 0), one_line)


def test_no_number_is_lost_between_waiting_and_window(database):
    """After many calls every ticket waits, is at one window, or is finished."""
    for _ in range(10):
        issue(database)
    at_once(*(lambda w=w: [call_next(database, w) for _ in range(3)] for w in (1, 2)))
    with database.read() as work:
        states = Counter(t.state for t in work.tickets.recent(DAY, 99))
    assert states == {State.WAITING: 4, State.CALLED: 2, State.FINISHED: 4}
