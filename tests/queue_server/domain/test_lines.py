"""Lines in memory whose heads decide."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.catalogue import Taking
from queue_server.domain.lines import Lines
from queue_server.domain.routing import Desk, pick_next
from tests.queue_server.domain.futures import AT, ago, waits

SERVICES = ("a", "b", "c")
DESKS = st.builds(
    Desk,
    st.just(1),
    st.just("clerk1"),
    st.dictionaries(st.sampled_from(SERVICES), st.sampled_from([Taking(), Taking(2)]), min_size=1),
    st.sampled_from([frozenset(), frozenset({"sign_language"})]),
    st.sampled_from([frozenset(), frozenset({"ru"})]),
)


@st.composite
def crowds(draw):
    """Draw people who wait, each unlike the others."""
    return [
        replace(
            waits(f"t{n}", draw(st.sampled_from(SERVICES)), draw(st.integers(0, 60))),
            statutory=draw(st.booleans()),
            needs=draw(st.sampled_from([frozenset(), frozenset({"sign_language"})])),
            language=draw(st.sampled_from(["ru", "uz-Latn"])),
            place=draw(st.sampled_from(["queue", "queue", "window:1", "clerk:other"])),
        )
        for n in range(draw(st.integers(0, 25)))
    ]


@given(DESKS, crowds())
def test_heads_decide_as_the_whole_crowd_does(desk, crowd) -> None:
    """Called one after the other, all come in the order in which the rule takes them from all."""
    lines, left = Lines([desk], crowd), list(crowd)
    while (wanted := pick_next(left, desk, AT)) is not None:
        chosen = pick_next(lines.heads(1), desk, AT)
        assert chosen == wanted
        lines.remove(chosen)
        left.remove(wanted)
    assert lines.heads(1) == []
    assert len(lines) == len(left)


def test_who_comes_is_offered_to_those_who_may_call() -> None:
    """Only windows that take the service, or the place itself."""
    lines: Lines = Lines([Desk(1, "x", {"a": Taking()}), Desk(2, "y", {"b": Taking()})])
    assert lines.callers(waits("t1", "a", 0)) == [1]
    assert lines.callers(waits("t1", "a", 0, place="clerk:y")) == [2]
    assert lines.callers(waits("t1", "c", 0)) == []


def test_a_later_comer_with_an_earlier_key_stands_before() -> None:
    """A line is in the order of the keys, not of the coming."""
    desk = Desk(1, "x", {"a": Taking()})
    early, late = waits("t1", "a", 5), replace(waits("t2", "a", 0), order_key=ago(20))
    lines = Lines([desk], [early, late])
    assert lines.heads(1) == [late]
