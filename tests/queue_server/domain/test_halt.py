"""Why a hall stands still, as it is kept and as it refuses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.errors import DayClosed, HallSuspended
from queue_server.domain.halt import Halt, must_work, parse

HALTS = st.just(Halt("closed")) | st.builds(
    Halt,
    kind=st.just("suspended"),
    reason=st.text("a:Ж ", min_size=1).filter(lambda text: not text.endswith(":")),
    keep=st.booleans(),
)


@given(HALTS)
def test_a_standstill_is_read_as_it_was_kept(halt: Halt) -> None:
    """Kind, reason and whether the queue stays overnight survive the one column."""
    assert parse(str(halt)) == halt


def test_a_hall_that_works_refuses_nothing() -> None:
    """Without a standstill everything goes on."""
    must_work(None)


@pytest.mark.parametrize(
    ("kept", "refusal"),
    [("closed", DayClosed), ("suspended:fire alarm", HallSuspended), ("kept:snow", HallSuspended)],
)
def test_a_hall_that_stands_still_says_why(kept: str, refusal: type[Exception]) -> None:
    """A closed day and an emergency are refused by different names."""
    with pytest.raises(refusal):
        must_work(kept)
