"""Who may do what, asked of every use case by every role."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest

from queue_server import usecases
from queue_server.domain.errors import Forbidden
from queue_server.usecases.access import SYSTEM, Actor
from queue_server.usecases.rights import DEVICES, PENDING, RIGHTS, ROLES, may

EVERYBODY = ("visitor", *ROLES, *DEVICES, PENDING, "stranger")
#: parts of use cases that others call with an act of their own: the asking was done before
PARTS = {
    "act", "commands", "chores", "day", "views", "recording", "leasing", "figures", "reporting",
    "reminding", "guessing", "second_factor", "access", "sessions", "publishing", "offering",
    "administration", "day_tallies", "report_shapes", "expecting", "foresight", "waits",
    "kept_word", "checking", "remembering", "alert_shapes",
}  # fmt: skip


def asking() -> Iterator[tuple[str, Any, str]]:
    """Yield every use case that declares a right: its name, itself, the right."""
    for module in pkgutil.iter_modules(usecases.__path__):
        loaded = importlib.import_module(f"{usecases.__name__}.{module.name}")
        for name, found in vars(loaded).items():
            own = inspect.isfunction(found) and found.__module__ == loaded.__name__
            if own and hasattr(found, "right"):
                yield f"{module.name}.{name}", found, vars(found)["right"]


def acting() -> Iterator[tuple[str, Any]]:
    """Yield every public function of a module of use cases whose first argument is an act."""
    for module in pkgutil.iter_modules(usecases.__path__):
        if module.name in PARTS:
            continue
        loaded = importlib.import_module(f"{usecases.__name__}.{module.name}")
        for name, found in vars(loaded).items():
            own = inspect.isfunction(found) and found.__module__ == loaded.__name__
            if (
                own
                and not name.startswith("_")
                and [*inspect.signature(found).parameters][:1] == ["act"]
            ):
                yield f"{module.name}.{name}", found


class Nobody:
    """An act that must not get as far as to be used."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    def __getattr__(self, name: str) -> object:
        raise AssertionError(f"the use case went on and asked for {name}")


ASKING = {name: (use_case, right) for name, use_case, right in asking()}


@pytest.mark.parametrize("name", sorted(ASKING))
def test_a_use_case_refuses_whoever_has_no_right_to_it(name: str) -> None:
    """Before it has looked at anything, whatever route or script has led there."""
    use_case, right = ASKING[name]
    for role in EVERYBODY:
        if may(role, right):
            continue
        act = Nobody(Actor("person", "somebody", role))
        arguments = [None] * (len(inspect.signature(use_case).parameters) - 1)
        with pytest.raises(Forbidden):
            use_case(act, *arguments)


@pytest.mark.parametrize("right", sorted({right for _, right in ASKING.values()}))
def test_every_right_that_is_asked_for_is_somebody_s(right: str) -> None:
    """A right that no role has would lock its use case for ever; the stranger has none."""
    assert [role for role in RIGHTS if may(role, right)] or right == "account:own"
    assert not may("stranger", right)


def test_time_and_the_command_line_may_all() -> None:
    """The system acts for nobody and is bound by nobody's rights."""
    assert all(SYSTEM.may(right) for _, right in ASKING.values())


def test_no_use_case_forgets_to_ask() -> None:
    """Each function that acts for a person declares its right, or is named a part of others."""
    helpers = {
        "shifts.own_shift", "shifts.must_be_free", "shifts.end_wrap_up", "shifts.clerk_of",
        "reception.new_ticket", "reception.promised", "floor.window", "devices.must_fit",
        "devices.one", "integrity.look_back", "checkpoints.make", "checkpoints.broke",
    }  # fmt: skip
    public = {"pairing.ask"}
    forgotten = {name for name, found in acting() if not hasattr(found, "right")}
    assert forgotten <= helpers | public


@pytest.mark.parametrize("role", sorted(set(EVERYBODY) - {"stranger", PENDING}))
def test_a_role_has_no_right_twice_nor_one_that_nobody_asks_for(role: str) -> None:
    """The table holds each role's least: what the domain names, and no more."""
    assert RIGHTS[role] == frozenset(RIGHTS[role])
    assert all(right.count(":") == 1 for right in RIGHTS[role])


def test_who_must_first_see_to_the_own_account_may_nothing_else() -> None:
    """A session with a password that others know opens nothing but its own account."""
    every = {right for rights in RIGHTS.values() for right in rights}
    assert [right for right in every if may(PENDING, right)] == []
    assert may(PENDING, "account:own")
