from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.voice import announcements
from queue_server.voice.announcements import LIMIT, MOST, Call, Queue

CASES = json.loads(Path(__file__).with_name("announcement_cases.json").read_text("utf-8"))


def played(steps):
    """Do the steps of a case; return what began at each `begin`."""
    queue, began = Queue(), []
    for step in steps:
        match step["do"]:
            case "look":
                queue = announcements.look(queue, step["now"], live=step["live"])
            case "hear":
                queue = announcements.hear(queue, Call(**step["call"]), step["now"], step["age"])
            case "begin":
                queue, call = announcements.begin(queue, step["now"])
                began.append(call)
            case "end":
                queue = announcements.end(queue, step["now"])
            case "stay":
                queue = announcements.stay(queue, {tuple(row) for row in step["present"]})
            case "hush":
                queue = announcements.hush(queue)
    return began


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case):
    """The native board announces what the shared case says."""
    wanted = [step["expected"] for step in case["steps"] if step["do"] == "begin"]
    assert played(case["steps"]) == [Call(**call) if call else None for call in wanted]


numbers = st.sampled_from(["A001", "A002", "E001", "E002", "V999"])
calls = st.builds(
    Call, numbers, st.integers(1, 3), st.just("ru"), st.sampled_from([1.0, 2.0]), st.integers(0, 2)
)
hearings = st.tuples(st.just("hear"), calls, st.floats(-200, 200))
steps = st.lists(
    st.one_of(
        hearings,
        hearings,
        st.tuples(st.just("begin"), st.floats(0, 20)),
        st.tuples(st.just("end"), st.floats(0, 20)),
        st.tuples(st.just("look"), st.floats(0, 20), st.booleans()),
    ),
    max_size=40,
)


def history(told):
    """Play random steps; return (what was heard first and how old, what began), with times."""
    queue, now, heard, began = Queue(), 0.0, {}, []
    for kind, *given_ in told:
        if kind == "hear":
            call, age = given_
            unsure = now < queue.unsure_until
            queue = announcements.hear(queue, call, now, age)
            heard.setdefault(call.key, (now, age if unsure else 0.0))
        elif kind == "look":
            now += given_[0]
            queue = announcements.look(queue, now, live=given_[1])
        elif kind == "begin":
            now += given_[0]
            queue, call = announcements.begin(queue, now)
            began += [(now, call)] if call else []
        else:
            now += given_[0]
            queue = announcements.end(queue, now)
        assert len(queue.waiting) <= MOST
    return heard, began


@given(steps)
def test_never_twice_and_never_old(told):
    """Whatever comes in whatever order: none is made twice, none is older than the limit."""
    heard, began = history(told)
    keys = [call.key for _, call in began]
    assert len(keys) == len(set(keys))
    for at, call in began:
        since, age = heard[call.key]
        assert at - since + max(0.0, age) <= LIMIT + 1e-6


@given(st.lists(calls, min_size=1, max_size=20, unique_by=lambda call: call.number))
def test_order(told):
    """Different tickets are called in the order in which they were, the last of them at least."""
    queue = Queue()
    for call in told:
        queue = announcements.hear(queue, call, 100.0, 0.0)
    began = []
    while queue.waiting:
        queue, call = announcements.begin(queue, 101.0)
        queue = announcements.end(queue, 0.0)
        began.append(call)
    assert began == told[-MOST:]


def test_memory_is_bounded():
    """A year of calls takes no more memory than the last few hundred."""
    queue = Queue()
    for n in range(1000):
        queue = announcements.hear(queue, Call("A001", 1, "ru", float(n), 0), 0.0, 0.0)
    assert len(queue.known) == announcements.MEMORY
