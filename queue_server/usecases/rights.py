"""Who may do what: the rights of every role, and how a use case asks for one.

Deny by default: a right that a role does not have is refused, at the route and in the use case.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Concatenate, Final, ParamSpec, Protocol, TypeVar, cast

#: role → rights, least for each; what is not here is refused
RIGHTS: Final[Mapping[str, frozenset[str]]] = {
    # with the key of the own ticket
    "visitor": frozenset(
        {
            "ticket:read",
            "ticket:cancel",
            "ticket:unbook",
            "ticket:late",
            "ticket:rate",
            "appointment:book",
        }
    ),
    "kiosk": frozenset(
        {
            "catalogue:read",
            "ticket:issue",
            "ticket:read",
            "ticket:check_in",
            "numbers:lease",
            "device:report",
            "help:call",
            "online:divert",
        }
    ),
    # the hall's print station
    "station": frozenset({"catalogue:read", "ticket:read", "slips:follow", "device:report"}),
    # the catalogue holds the center's name and its time zone
    "board": frozenset({"board:read", "catalogue:read", "device:report"}),
    # a rating pad at its window
    "pad": frozenset({"catalogue:read", "window:rate", "device:report"}),
    # a hardware call pad at its window: it acts for the clerk who has that window open
    "callpad": frozenset(
        {"catalogue:read", "window:work", "window:read", "ticket:serve", "device:report"}
    ),
    # a PC of the self-service corner
    "corner": frozenset(
        {"catalogue:read", "corner:work", "help:call", "online:divert", "device:report"}
    ),
    "receptionist": frozenset(
        {
            "catalogue:read",
            "board:read",
            "reception:work",
            "alerts:hear",
            "devices:read",
            "help:answer",
            "ticket:book",
            "ticket:unbook",
            "ticket:confirm",
            "ticket:issue",
            "ticket:read",
            "ticket:check_in",
            "ticket:transfer",
            "ticket:leg",
            "ticket:category",
            "ticket:cancel",
            "ticket:revive",
            "ticket:reprint",
            "ticket:note",
            "ticket:history",
        }
    ),
    "clerk": frozenset(
        {
            "catalogue:read",
            "board:read",
            "window:work",
            "window:read",
            "alerts:hear",
            "help:answer",
            "ticket:confirm",
            "ticket:read",
            "ticket:serve",
            "ticket:call_this",
            "ticket:transfer",
            "ticket:leg",
            "ticket:revive",
            "ticket:note",
            "ticket:history",
            "message:read",
        }
    ),
    "supervisor": frozenset(
        {
            "catalogue:read",
            "board:read",
            "window:read",
            "window:any",
            "window:work",
            "ticket:read",
            "ticket:call_this",
            "ticket:serve",
            "ticket:transfer",
            "ticket:category",
            "ticket:cancel",
            "ticket:revive",
            "ticket:reprint",
            "reception:work",
            "alerts:hear",
            "devices:read",
            "help:answer",
            "ticket:confirm",
            "floor:read",
            "log:read",
            "ticket:note",
            "ticket:history",
            "message:read",
            "message:send",
            "skills:change",
            "issuing:close",
            "hall:suspend",
            "day:close",
            "replay:read",
            "report:read",
            "integrity:read",
        }
    ),
    "controller": frozenset(
        {
            "catalogue:read",
            "board:read",
            "ticket:read",
            "ticket:history",
            "floor:read",
            "log:read",
            "ledger:accept",
            "replay:read",
            "report:read",
            "integrity:read",
            "integrity:settle",
        }
    ),
    "administrator": frozenset(
        {
            "catalogue:read",
            "board:read",
            "catalogue:import",
            "catalogue:edit",
            "devices:read",
            "devices:manage",
            "people:manage",
            "alerts:hear",
            "report:read",
            "integrity:read",
        }
    ),
    "analyst": frozenset({"catalogue:read", "board:read", "report:read"}),
    "hub": frozenset({"log:read"}),
}
ROLES: Final = (
    "receptionist",
    "clerk",
    "supervisor",
    "controller",
    "administrator",
    "analyst",
)
DEVICES: Final = ("kiosk", "board", "station", "pad", "corner", "callpad")
#: every person's, whatever the role; all that one may who must first see to the own account
OWN: Final = frozenset({"account:own"})
#: what time alone and the command line may do
SYSTEM_ROLE: Final = "system"
#: of a person who must first choose a password or set up the second factor
PENDING: Final = "pending"


class _Acting(Protocol):
    """An act: it knows who acts."""

    @property
    def actor(self) -> _Bound:
        """Who acts."""
        ...


class _Bound(Protocol):
    """Somebody who is bound by rights."""

    def must(self, right: str) -> None:
        """Raise Forbidden without this right."""
        ...


_Act = TypeVar("_Act", bound=_Acting)
_Rest = ParamSpec("_Rest")
_Result = TypeVar("_Result")


def may(role: str, right: str) -> bool:
    """Return whether a role has a right."""
    if role == SYSTEM_ROLE or (right in OWN and (role in ROLES or role == PENDING)):
        return True
    return right in RIGHTS.get(role, ())


def right(
    name: str,
) -> Callable[
    [Callable[Concatenate[_Act, _Rest], _Result]], Callable[Concatenate[_Act, _Rest], _Result]
]:
    """Declare the right that a use case asks of whoever acts in it."""

    def declare(
        use_case: Callable[Concatenate[_Act, _Rest], _Result],
    ) -> Callable[Concatenate[_Act, _Rest], _Result]:
        @wraps(use_case)
        def guarded(act: _Act, *args: _Rest.args, **rest: _Rest.kwargs) -> _Result:
            act.actor.must(name)
            return use_case(act, *args, **rest)

        guarded.right = name  # type: ignore[attr-defined]
        return cast("Callable[Concatenate[_Act, _Rest], _Result]", guarded)

    return declare
