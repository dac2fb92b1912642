"""Did what several did at once look as if they had done it one after the other?

The search of Wing, Gong and Lowe: go through the operations in every order that their times
allow, following the model; a set of operations that led to a state is tried once.
"""

import math
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

#: the answer of an operation that was cut off: it may have happened, or not
UNKNOWN = object()


@dataclass(frozen=True)
class Operation:
    """What one asked for, what was answered, and between which two moments it happened."""

    began: float
    act: str
    answer: object
    #: infinite when no answer came: it may still happen at any time
    ended: float = math.inf


#: state and operation → the states it may lead to; none when the answer could not be given
Model = Callable[[Hashable, Operation], Sequence[Hashable]]


def linearizable(history: Sequence[Operation], start: Hashable, model: Model) -> bool:
    """Return whether some order of the operations explains every answer."""
    return bool(ends(history, start, model))


def ends(history: Sequence[Operation], start: Hashable, model: Model) -> set[Hashable]:
    """Return the states in which an order that explains every answer may have ended."""
    answered = sum(1 << i for i, op in enumerate(history) if op.answer is not UNKNOWN)
    seen, open_, found = set(), [(0, start)], set()
    while open_:
        done, state = open_.pop()
        if (done, state) in seen:
            continue
        seen.add((done, state))
        if done & answered == answered:
            found.add(state)
        open_ += [
            (done | 1 << i, after)
            for i in _may_be_next(history, done)
            for after in model(state, history[i])
        ]
    return found


def _may_be_next(history: Sequence[Operation], done: int) -> list[int]:
    """Return the operations left that began before any other one left had ended."""
    left = [i for i in range(len(history)) if not done >> i & 1]
    first_end = min((history[i].ended for i in left), default=math.inf)
    return [i for i in left if history[i].began <= first_end]
