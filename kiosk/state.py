"""What a kiosk knows: the step that it is at, the visit in hand, and what it wishes done."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.events import Paper
from queue_server.contracts.api import TicketOut
from queue_server.contracts.asks import IssueTicket
from queue_server.contracts.catalogue import (
    CatalogueOut,
    CategoryOut,
    GroupOut,
    LifeEventOut,
    ServiceOut,
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
    #: the window of a rating pad; None is a kiosk
    pad: int | None = None
    #: whether the kiosk can be heard
    speaks: bool = True
    #: the id of this kiosk's place on the plan of the hall
    place: str = ""
    #: there is a service PIN, so there is a service menu
    staff: bool = False


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
    #: finding a service
    FIND = "find"
    EVENTS = "events"
    EVENT = "event"
    #: things to know
    INFO = "info"
    CENTER = "center"
    #: an appointment's code
    CODE = "code"
    COMFORT = "comfort"
    #: the self-service corner instead of a ticket
    ONLINE = "online"
    #: a pad at a window
    RATE = "rate"
    RATED = "rated"
    #: staff only
    PIN = "pin"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Issue:
    """Ask the server for this ticket under this key."""

    key: str
    request: IssueTicket


@dataclass(frozen=True, slots=True)
class Print:
    """Print this ticket's slip."""

    ticket: TicketOut


@dataclass(frozen=True, slots=True)
class CheckIn:
    """Let the visitor with this appointment's code wait."""

    key: str
    code: str


@dataclass(frozen=True, slots=True)
class PrintPapers:
    """Print what to bring for a service, in a language."""

    service: str
    language: str


@dataclass(frozen=True, slots=True)
class Help:
    """Call somebody here."""

    key: str
    reason: str
    language: str


@dataclass(frozen=True, slots=True)
class Divert:
    """Count that this service is done online."""

    key: str
    service: str


@dataclass(frozen=True, slots=True)
class Rating:
    """Note what the visitor of this pad's window thinks."""

    key: str
    stars: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class JudgePin:
    """Is this the service PIN?"""

    pin: str


@dataclass(frozen=True, slots=True)
class Do:
    """Do what staff asked for in the service menu, and answer in a language."""

    name: str
    language: str = DEFAULT_LANGUAGE


Wish = Issue | Print | CheckIn | PrintPapers | Help | Divert | Rating | JudgePin | Do


@dataclass(frozen=True, slots=True)
class Comfort:
    """How the kiosk serves this visitor; every visitor begins with the plain one."""

    large: bool = False
    contrast: bool = False
    low: bool = False
    spoken: bool = False
    #: of the voice, 1 to 5
    volume: int = 3
    #: counts the wishes to hear the screen again
    again: int = 0


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
    comfort: Comfort = Comfort()
    #: what was typed, and on which keyboard: latin, cyrillic, digits
    typed: str = ""
    script: str = ""
    event: str = ""
    #: the services of the life event that are wanted
    legs: tuple[str, ...] = ()
    #: what is told about the center
    topic: str = ""
    #: the steps that GoBack returns to, the last one first
    trail: tuple[Step, ...] = ()
    #: how the printed list of papers fares; None before it was asked for
    list_paper: Paper | None = None
    #: of a call for help: "", calling, called, answered, failed
    help: str = ""
    #: why something was refused: a problem's code or a word of our own
    refusal: str = ""
    #: of a rating, 1 to 5; 0 before it, and once it was sent
    stars: int = 0


@dataclass(frozen=True, slots=True)
class Flow:
    """All that a kiosk knows; `run` names this start of the program in idempotency keys."""

    run: str
    habits: Habits = Habits()
    step: Step = Step.CLOSED
    visit: Visit = field(default_factory=lambda: Visit(DEFAULT_LANGUAGE))
    catalogue: CatalogueOut | None = None
    server_away: bool = False
    #: while the server is away, tickets are issued from the kiosk's own numbers
    own_numbers: bool = False
    #: 0 is Monday; None until it was told
    weekday: int | None = None
    #: what the service menu shows, its last answer, and when a PIN may be tried again
    staff_lines: tuple[str, ...] = ()
    staff_answer: str = ""
    staff_questions: tuple[str, ...] = ()
    pin_after: float = -math.inf
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

    @property
    def event(self) -> LifeEventOut | None:
        """The life event in hand."""
        events = self.catalogue.events if self.catalogue else []
        return next((one for one in events if one.id == self.visit.event), None)

    def find_service(self, service_id: str) -> ServiceOut | None:
        """Return a service of any group."""
        groups = self.catalogue.groups if self.catalogue else []
        services = (service for group in groups for service in group.services)
        return next((one for one in services if one.id == service_id), None)

    def find_group(self, prefix: str) -> GroupOut | None:
        """Return the group with a prefix letter."""
        groups = self.catalogue.groups if self.catalogue else []
        return next((group for group in groups if group.prefix == prefix), None)
