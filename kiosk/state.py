"""What a kiosk knows: the step that it is at, the visit in hand, and what it wishes done."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.events import Paper
from queue_server.contracts.api import (
    CatalogueOut,
    CategoryOut,
    GroupOut,
    IssueTicket,
    ServiceOut,
    TicketOut,
)

#: categories that a booking code or an earlier ticket proves: nobody declares them at a kiosk
NOT_DECLARED = frozenset({"booked", "returned"})
DEFAULT_LANGUAGE = "uz-Latn"


@dataclass(frozen=True, slots=True)
class Habits:
    """What the owner has set: seconds without a touch, seconds to answer, languages on offer."""

    idle: float = 30.0
    answer: float = 15.0
    #: empty: all that the center speaks
    languages: tuple[str, ...] = ()


class Step(StrEnum):
    """What the screen is about."""

    CLOSED = "closed"
    LANGUAGE = "language"
    GROUP = "group"
    SERVICE = "service"
    CONFIRM = "confirm"
    CATEGORY = "category"
    ISSUING = "issuing"
    SLIP = "slip"
    AWAY = "away"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Issue:
    """Ask the server for this ticket under this key."""

    key: str
    request: IssueTicket


@dataclass(frozen=True, slots=True)
class Print:
    """Print this ticket's slip."""

    ticket: TicketOut


Wish = Issue | Print


@dataclass(frozen=True, slots=True)
class Visit:
    """What one visitor has chosen; gone when the visitor is."""

    language: str
    group: str = ""
    service: str = ""
    page: int = 0
    #: the pages of groups and services to go back to
    group_page: int = 0
    service_page: int = 0
    category: str | None = None
    sign_language: bool = False
    ticket: TicketOut | None = None
    paper: Paper = Paper.PRINTING


@dataclass(frozen=True, slots=True)
class Flow:
    """All that a kiosk knows; `run` names this start of the program in idempotency keys."""

    run: str
    habits: Habits = Habits()
    step: Step = Step.CLOSED
    visit: Visit = field(default_factory=lambda: Visit(DEFAULT_LANGUAGE))
    catalogue: CatalogueOut | None = None
    server_away: bool = False
    wish: Wish | None = None
    #: the last issue that had no answer: the same request again keeps its key
    unanswered: Issue | None = None
    #: how many keys were used
    keys: int = 0
    touched_at: float = -math.inf
    #: when a key was last obeyed
    acted_at: float = -math.inf
    #: when this step began, or was last told something new
    since: float = -math.inf
    #: "are you there?" stands over the step
    asking: bool = False
    #: seconds until the step ends by itself, where the screen tells them
    left: int | None = None

    @property
    def group(self) -> GroupOut | None:
        """The group in hand."""
        return self.find_group(self.visit.group)

    @property
    def service(self) -> ServiceOut | None:
        """The service in hand."""
        services = self.group.services if self.group else []
        return next((one for one in services if one.id == self.visit.service), None)

    @property
    def categories(self) -> list[CategoryOut]:
        """The categories that a visitor may declare here."""
        offered = self.catalogue.categories if self.catalogue else []
        return [one for one in offered if one.id not in NOT_DECLARED]

    @property
    def languages(self) -> list[str]:
        """The languages on offer that the center speaks, the default first."""
        spoken = self.catalogue.languages if self.catalogue else [DEFAULT_LANGUAGE]
        offered = [tag for tag in self.habits.languages or spoken if tag in spoken]
        return offered or spoken

    def find_group(self, prefix: str) -> GroupOut | None:
        """Return the group with a prefix letter."""
        groups = self.catalogue.groups if self.catalogue else []
        return next((group for group in groups if group.prefix == prefix), None)
