"""What a center offers: groups, services, windows, categories, and the rules it has set.

A `Catalogue` is one frozen value. `config/catalogue.py` reads it from TOML, the database keeps
every version that was ever in force.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import cached_property
from typing import Literal

from queue_server.domain.errors import (
    UnknownCategory,
    UnknownEvent,
    UnknownLanguage,
    UnknownNeed,
    UnknownService,
    UnknownWindow,
)
from queue_server.domain.facts import Facts, Notice
from queue_server.domain.opening import Calendar, Holiday, Hours, Surge

#: language tag → text; every text has all languages of the center
Texts = Mapping[str, str]

#: what a visitor may ask for beside a service; a window serves it where its skills say so
NEEDS = ("sign_language",)

#: who sees the papers of a category before, or while, its head start counts
Confirm = Literal["none", "clerk", "reception"]


@dataclass(frozen=True, slots=True)
class Group:
    """A service group: what shares a prefix letter and a place in the kiosk's menu."""

    prefix: str
    texts: Texts
    icon: str
    #: share of a usual day's visitors, 0 to 1 (for simulation)
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class Leg:
    """One step of a composite service, with the services that must be done before it."""

    service: str
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Service:
    """What a visitor comes for."""

    id: str
    group: str
    texts: Texts
    #: planned minutes at the window
    minutes: float
    #: ids of `Catalogue.documents`
    documents: tuple[str, ...] = ()
    #: a note for the center on what it costs and why
    fee: str = ""
    flags: frozenset[str] = frozenset()
    #: further steps of a composite service
    legs: tuple[Leg, ...] = ()
    #: what people also call it
    search: tuple[str, ...] = ()
    #: what it costs, for visitors, and the date (YYYY-MM-DD) on which that was checked
    fee_texts: Texts = field(default_factory=dict)
    fee_checked: str = ""
    #: what a visitor should know before queueing; no languages where there is nothing to know
    hint: Texts = field(default_factory=dict)
    #: where it can be done online
    online: str = ""
    #: its own hours inside the center's; None: the center's
    hours: Hours | None = None
    #: tickets a day; None: as many as come
    quota: int | None = None
    #: whether an appointment can be made for it
    bookable: bool = True


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """What happened in somebody's life, and what it calls for: one visit on one ticket."""

    id: str
    texts: Texts
    icon: str
    legs: tuple[Leg, ...]
    hint: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Taking:
    """How a window takes a service: at level 1 first, at level 2 it helps.

    A level-2 service counts as level 1 once its first ticket has waited `help_after`.
    """

    level: int = 1
    help_after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """A numbered place where a clerk serves."""

    number: int
    takes: Mapping[str, Taking]
    hall: int = 1
    #: needs that the clerk can meet, such as `sign_language`
    skills: frozenset[str] = frozenset()
    #: languages that the clerk speaks; empty means all
    languages: frozenset[str] = frozenset()
    label: str = ""
    #: which of the center's lunch shifts, from 1; 0 for none
    lunch: int = 0
    #: whether this is what a duty makes of it for now
    duty: bool = False


@dataclass(frozen=True, slots=True)
class Duty:
    """Why a window does for now what the plan does not say; the window itself says what."""

    window: int
    #: the day on which it ends (YYYY-MM-DD), empty for until further notice
    day: str
    reason: str


@dataclass(frozen=True, slots=True)
class Closure:
    """No tickets are given for a service or for all of a group, and why."""

    #: of opening.BY_STAFF
    reason: str
    service: str | None = None
    group: str | None = None
    #: the day on which it ends (YYYY-MM-DD), empty for until further notice
    day: str = ""


@dataclass(frozen=True, slots=True)
class Category:
    """Why a visitor has a head start."""

    id: str
    texts: Texts
    #: None is the unlimited head start of a statutory category
    head_start: timedelta | None
    proof: str = ""
    confirm: Confirm = "none"

    @property
    def statutory(self) -> bool:
        """Whether a law gives the head start, without a limit."""
        return self.head_start is None


@dataclass(frozen=True, slots=True)
class Rules:
    """What the center has decided for itself; the defaults are the house's."""

    wait_norm: timedelta = timedelta(minutes=15)
    #: after so many statutory tickets in a row at a window one ordinary ticket is called
    statutory_cap: int | None = None
    #: a visitor has at least so long to come before a no-show
    least_call_time: timedelta = timedelta(seconds=30)
    #: a no-show by itself after so many calls; None leaves it to the clerk
    no_show_calls: int | None = None
    revive_within: timedelta = timedelta(minutes=30)
    undo_within: timedelta = timedelta(seconds=60)
    appointment_head_start: timedelta = timedelta(minutes=20)
    appointment_tolerance: timedelta = timedelta(minutes=10)
    #: a visitor who is late steps behind so many others
    late_behind: int = 3
    #: how long somebody may sit at a PC of the self-service corner, and how often that begins anew
    corner_session: timedelta = timedelta(minutes=15)
    corner_extensions: int = 2
    #: whether tickets are given inside the hours only
    keep_hours: bool = False
    #: a day whose windows are still open goes on past midnight, at most until then
    day_ends: time = time(4)


@dataclass(frozen=True, slots=True)
class Booking:
    """What a center has decided about appointments; the defaults are the house's."""

    slot: timedelta = timedelta(minutes=15)
    #: the last day that can be booked, counted from today; 0: no appointments from the public
    horizon_days: int = 14
    #: an appointment is made at least so long before
    lead: timedelta = timedelta(minutes=60)
    #: how much of the windows' time is given to appointments, more than 0 and at most 1
    share: float = 0.3
    #: open appointments of one phone or e-mail address
    per_contact: int = 2
    #: a reminder so many minutes before, each
    reminders: tuple[int, ...] = (1440, 120)


@dataclass(frozen=True)
class Catalogue:
    """All that a center offers, in one value."""

    code: str
    name: Texts
    timezone: str
    #: the first one is the default
    languages: tuple[str, ...]
    groups: tuple[Group, ...]
    services: tuple[Service, ...]
    windows: tuple[Window, ...]
    categories: tuple[Category, ...]
    rules: Rules = Rules()
    documents: Mapping[str, Texts] = field(default_factory=dict)
    not_required: tuple[Texts, ...] = ()
    events: tuple[LifeEvent, ...] = ()
    facts: Facts = field(default_factory=Facts)
    notices: tuple[Notice, ...] = ()
    holidays: tuple[Holiday, ...] = ()
    surges: tuple[Surge, ...] = ()
    #: hall → its name
    hall_names: Mapping[int, Texts] = field(default_factory=dict)
    booking: Booking = field(default_factory=Booking)
    duties: tuple[Duty, ...] = ()
    closed: tuple[Closure, ...] = ()

    @cached_property
    def calendar(self) -> Calendar:
        """When the center is open."""
        facts = self.facts
        hours = Hours(facts.hours, facts.lunch, facts.stop_before_close)
        return Calendar(self.timezone, hours, self.holidays, self.surges)

    @cached_property
    def closures(self) -> Mapping[str, str]:
        """Services whose tickets somebody has closed → the reason; a service's own goes first."""
        groups = {
            member: closure.reason
            for closure in self.closed
            if closure.group is not None
            for member in self.services_by_group[closure.group]
        }
        return groups | {each.service: each.reason for each in self.closed if each.service}

    def closed_on(self, service_id: str, day: date) -> str | None:
        """Return why a service is closed on a day, or None; a closure ends with its day."""
        group = self.service(service_id).group
        for closure in self.closed:
            named = closure.service == service_id or closure.group == group
            if named and (not closure.day or day.isoformat() <= closure.day):
                return closure.reason
        return None

    @cached_property
    def service_by_id(self) -> Mapping[str, Service]:
        """Services by id."""
        return {service.id: service for service in self.services}

    @cached_property
    def windows_by_number(self) -> Mapping[int, Window]:
        """Windows by number."""
        return {window.number: window for window in self.windows}

    @cached_property
    def services_by_group(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of the services that share a prefix letter."""
        return {
            group.prefix: tuple(s.id for s in self.services if s.group == group.prefix)
            for group in self.groups
        }

    @cached_property
    def takers(self) -> Mapping[str, frozenset[int]]:
        """Numbers of the windows that take a service."""
        return {
            service.id: frozenset(w.number for w in self.windows if service.id in w.takes)
            for service in self.services
        }

    @property
    def halls(self) -> tuple[int, ...]:
        """Numbers of the halls, in order."""
        return tuple(sorted({window.hall for window in self.windows} | set(self.hall_names)))

    def service(self, service_id: str) -> Service:
        """Return the service, or raise UnknownService."""
        try:
            return self.service_by_id[service_id]
        except KeyError:
            raise UnknownService(f"There is no service {service_id!r}.") from None

    def window(self, number: int) -> Window:
        """Return the window, or raise UnknownWindow."""
        try:
            return self.windows_by_number[number]
        except KeyError:
            raise UnknownWindow(f"There is no window {number}.") from None

    def category(self, category_id: str) -> Category:
        """Return the category, or raise UnknownCategory."""
        for category in self.categories:
            if category.id == category_id:
                return category
        raise UnknownCategory(f"There is no category {category_id!r}.")

    def event(self, event_id: str) -> LifeEvent:
        """Return the life event, or raise UnknownEvent."""
        for event in self.events:
            if event.id == event_id:
                return event
        raise UnknownEvent(f"There is no life event {event_id!r}.")

    def language(self, wanted: str | None) -> str:
        """Return the center's tag for `wanted` ("uz" finds "uz-Latn"), the default for None.

        Raises UnknownLanguage for one that the center does not speak.
        """
        if wanted is None:
            return self.languages[0]
        for tag in self.languages:
            if wanted.lower() in (tag.lower(), tag.partition("-")[0].lower()):
                return tag
        raise UnknownLanguage(f"The center does not speak {wanted!r}.")

    @staticmethod
    def needs(wanted: tuple[str, ...]) -> frozenset[str]:
        """Return the needs as a set, or raise UnknownNeed."""
        for need in wanted:
            if need not in NEEDS:
                raise UnknownNeed(f"There is no need {need!r}; there are: {', '.join(NEEDS)}.")
        return frozenset(wanted)
