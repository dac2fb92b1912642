"""What a day leaves to the rules of later days: counts and times, nobody's name but staff's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Final

#: later days look back so far
DAYS: Final = 30
#: number of the ticket, seq of its issue, seq of its service
Both = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Digest:
    """One day, in a few kilobytes."""

    #: `YYYY-MM-DD`
    day: str
    #: service → seconds that it took, of services that were solved
    seconds: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    #: login → categories granted
    grants: Mapping[str, int] = field(default_factory=dict)
    #: login → tickets that this person both issued and served
    both: Mapping[str, tuple[Both, ...]] = field(default_factory=dict)
    #: tickets that were called: answered, and missed
    answered: int = 0
    missed: int = 0
    #: first calls, and those of them in the last minute before the norm
    calls: int = 0
    near_norm: int = 0

    def plain(self) -> dict[str, Any]:
        """Return it as plain data."""
        return asdict(self)


def of_plain(plain: Mapping[str, Any]) -> Digest:
    """Return the digest of plain data; what a later program has added is left out."""
    known = {each.name for each in fields(Digest)}
    facts = {name: value for name, value in plain.items() if name in known}
    facts["seconds"] = {name: tuple(each) for name, each in facts.get("seconds", {}).items()}
    both = facts.get("both", {})
    facts["both"] = {who: tuple((t, a, b) for t, a, b in each) for who, each in both.items()}
    return Digest(**facts)
