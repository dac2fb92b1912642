"""An event of the log as the rules read it; whatever is odd in one is read as absent.

A log may have been tampered with: reading never fails, and what is no event is left to R16.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple


class Slip(NamedTuple):
    """A ticket as an event left it."""

    id: str
    number: str = ""
    service: str = ""
    state: str = ""
    language: str = ""
    #: milliseconds since 1970
    issued_at: int = 0
    order_key: int = 0
    place: str = ""
    category: str = ""
    claimed: str = ""
    statutory: bool = False
    needs: frozenset[str] = frozenset()
    window: int | None = None
    clerk: str = ""
    not_before: int = 0


class Deed(NamedTuple):
    """What somebody did."""

    seq: int
    #: milliseconds since 1970
    at: int
    kind: str
    #: person, device, visitor or system
    actor: str = ""
    by: str = ""
    role: str = ""
    slip: Slip | None = None
    was: str = ""
    window: int | None = None
    #: of a shift
    clerk: str = ""
    subject: str = ""
    reason: str = ""
    #: the place under the rule of a ticket that was called
    rank: int = 1
    outcome: str = ""
    document: str = ""
    demanded: bool = False

    @property
    def by_person(self) -> bool:
        """Whether a person did it."""
        return self.actor == "person"

    @property
    def server(self) -> str:
        """The clerk whose visitor it is: at a call pad not the one who acts."""
        return (self.slip.clerk if self.slip else "") or (self.by if self.by_person else "")


def read(event: object) -> Deed | None:
    """Return an event as the rules read it, or None for what has no time or no type."""
    if not isinstance(event, Mapping):
        return None
    at, kind = _instant(event.get("at")), _text(event.get("type"))
    if at is None or not kind:
        return None
    actor = _mapping(event.get("actor"))
    return Deed(
        seq=_whole(event.get("seq")) or 0,
        at=at,
        kind=kind,
        actor=_text(actor.get("kind")),
        by=_text(actor.get("name")),
        role=_text(actor.get("role")),
        slip=_slip(event.get("ticket")),
        was=_text(event.get("was")),
        window=_whole(event.get("window")),
        clerk=_text(event.get("clerk")),
        subject=_text(event.get("subject")),
        reason=_text(event.get("reason")).strip(),
        rank=_whole(event.get("rule_rank")) or 1,
        outcome=_text(event.get("outcome")),
        document=_text(event.get("document")),
        demanded=event.get("demanded") is True,
    )


def _slip(ticket: object) -> Slip | None:
    facts = _mapping(ticket)
    if not _text(facts.get("id")):
        return None
    needs = facts.get("needs")
    return Slip(
        id=_text(facts.get("id")),
        number=_text(facts.get("number")),
        service=_text(facts.get("service")),
        state=_text(facts.get("state")),
        language=_text(facts.get("language")),
        issued_at=_instant(facts.get("issued_at")) or 0,
        order_key=_instant(facts.get("order_key")) or 0,
        place=_text(facts.get("place")) or "queue",
        category=_text(facts.get("category")),
        claimed=_text(facts.get("claimed")),
        statutory=facts.get("statutory") is True,
        needs=frozenset(map(_text, needs)) if isinstance(needs, list | tuple) else frozenset(),
        window=_whole(facts.get("window")),
        clerk=_text(facts.get("clerk")),
        not_before=_instant(facts.get("not_before")) or 0,
    )


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _instant(value: object) -> int | None:
    return _milliseconds(value) if isinstance(value, str) else None


@lru_cache(maxsize=16384)
def _milliseconds(text: str) -> int | None:
    try:
        return round(datetime.fromisoformat(text).timestamp() * 1000)
    except (ValueError, OverflowError, OSError):
        return None
