"""The tree of refusals, as it is drawn at the top of the module."""

import re

import pytest

from queue_server.domain import errors
from queue_server.domain.errors import DomainError, Invalid, TooEarly


def descendants(kind: type[DomainError]) -> list[type[DomainError]]:
    """Return every refusal below `kind`."""
    return [each for child in kind.__subclasses__() for each in (child, *descendants(child))]


def drawn() -> list[tuple[str, str]]:
    """Return (name, parent) of the tree in the module's docstring."""
    path: list[str] = ["DomainError"]
    pairs: list[tuple[str, str]] = []
    for line in (errors.__doc__ or "").splitlines():
        branch = re.match(r"([│ ]*[├└]── )(\w+)", line)
        if branch:
            depth = len(branch[1]) // 4
            path = [*path[:depth], branch[2]]
            pairs.append((branch[2], path[depth - 1]))
    return pairs


HERE = [kind for kind in descendants(DomainError) if kind.__module__ == errors.__name__]


def test_the_drawing_is_the_tree() -> None:
    """Whoever adds a refusal draws it, under its parent."""
    assert sorted(drawn()) == sorted((kind.__name__, kind.__bases__[0].__name__) for kind in HERE)


def test_every_code_is_its_own() -> None:
    """Programs match on the code: no two refusals share one."""
    assert len({kind.code for kind in HERE}) == len(HERE)


@pytest.mark.parametrize("kind", HERE, ids=lambda kind: kind.__name__)
def test_a_refusal_says_its_docstring(kind: type[DomainError]) -> None:
    """The class's sentence is the message, so that the two cannot drift."""
    assert str(kind()) == kind.__doc__
    assert (kind.__doc__ or "").endswith((".", "?"))
    assert kind.code == re.sub(r"(?<!^)([A-Z])", r"_\1", kind.__name__).lower()


def test_a_refusal_may_say_more() -> None:
    """A sentence of its own goes before the class's, and facts are kept for the reply."""
    refusal = TooEarly("Wait a little.", seconds=7)
    assert (str(refusal), refusal.facts) == ("Wait a little.", {"seconds": 7})


def test_what_is_invalid_names_its_field() -> None:
    """The field is the class's, unless it is said."""
    assert errors.UnknownService("no").field == "service"
    assert Invalid("no", field="to_window").field == "to_window"
    assert Invalid("no").field is None
