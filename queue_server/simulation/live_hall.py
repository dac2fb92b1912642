"""A demo that runs, used in real time through its real API: kiosk, clerks, visitors' phones."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from http import HTTPStatus
from threading import Event
from typing import Final

import requests

from queue_server.simulation.caller import Caller
from queue_server.simulation.days import Day
from queue_server.simulation.halls import Called, HallAway, TakenOver
from queue_server.simulation.people import People
from queue_server.simulation.visitors import Crowd, Visitor
from queue_server.simulation.world import World, chance_of, hurried

#: a hall is open so long, hours
DAY_HOURS: Final = 9.0
#: the hall fills at first: so many visitors, one every so many seconds
FIRST_VISITORS, FIRST_GAP = 40, 0.4
#: the clerks come one after another, so many seconds apart
CLERKS_GAP: Final = 1.5
#: an idle clerk looks again after so many seconds: others come to this hall too
LOOKS: Final = (8.0, 15.0)
#: a demo's day has no end
ENDLESS: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Access:
    """How the simulated people get into the demo."""

    url: str
    kiosk_token: str
    #: window → login and password of its clerk
    clerks: Mapping[int, tuple[str, str]]


class LiveHall:
    """The port `Hall` on a demo that runs."""

    def __init__(self, access: Access, stop: Event, clock: Callable[[], datetime]) -> None:
        """Use the demo until `stop` is set."""
        self._access, self._stop, self._clock = access, stop, clock
        self._kiosk = Caller(access.url, access.kiosk_token)
        self._phones = Caller(access.url)
        self._clerks: dict[int, Caller] = {}
        #: ticket → the key on its slip
        self._keys: dict[str, str] = {}

    @property
    def now(self) -> datetime:
        """The machine's time."""
        return self._clock()

    def wait_until(self, at: datetime) -> bool:
        """Sleep until then; False once the demo is to be left alone."""
        return not self._stop.wait(max(0.0, (at - self.now).total_seconds()))

    def open(self, window: int) -> None:
        """Sign the window's clerk in, and begin the shift."""
        clerk, (login, password) = Caller(self._access.url), self._access.clerks[window]
        try:
            clerk.sign_in(login, password)
        except requests.RequestException as error:
            raise _trouble(error) from error
        self._clerks[window] = clerk
        self._at_window(window, "open")

    def pause(self, window: int, reason: str) -> None:
        """Begin a break."""
        self._at_window(window, "pause", {"reason": reason})

    def resume(self, window: int) -> None:
        """End the break."""
        self._at_window(window, "open")

    def close(self, window: int) -> None:
        """End the shift."""
        self._at_window(window, "close")

    def issue(self, visitor: Visitor) -> str | None:
        """Touch the kiosk; a refusal sends the visitor home."""
        wish = {
            "service": visitor.service,
            "category": visitor.category,
            "language": visitor.language,
            "needs": sorted(visitor.needs),
            "event": visitor.event,
            "legs": list(visitor.legs),
        }
        reply = _post(self._kiosk, "/tickets", wish)
        if reply.status_code != HTTPStatus.CREATED:
            return None
        ticket: dict[str, str] = reply.json()
        self._keys[ticket["id"]] = ticket["key"]
        return ticket["id"]

    def confirm(self, ticket: str) -> None:
        """Leave the papers to the demo's own receptionist, whose session a second would end."""

    def next(self, window: int, outcome: str | None = None) -> Called | None:
        """Press Next."""
        ending = {"outcome": outcome} if outcome else {}
        reply = self._at_window(window, "next", ending)
        if reply.status_code != HTTPStatus.OK:
            return None
        ticket: dict[str, str] = reply.json()
        return Called(ticket["id"], ticket["service"])

    def start(self, window: int, ticket: str) -> None:
        """Begin to serve."""
        self._move(window, ticket, "start")

    def finish(self, window: int, ticket: str, outcome: str) -> None:
        """End the leg in hand."""
        self._move(window, ticket, "finish", {"outcome": outcome})

    def no_show(self, window: int, ticket: str) -> None:
        """Note that the visitor did not come."""
        self._move(window, ticket, "no-show")

    def transfer(self, window: int, ticket: str, service: str) -> None:
        """Send the visitor on to another service."""
        self._move(window, ticket, "transfer", {"to_service": service})

    def hold(self, window: int, ticket: str) -> None:
        """Set the visitor aside, to fetch a copy."""
        self._move(window, ticket, "hold", {"reason": "fetches a copy"})

    def take_up(self, window: int, ticket: str) -> bool:
        """Call the visitor back from hold."""
        return self._move(window, ticket, "resume").status_code == HTTPStatus.OK

    def cancel(self, ticket: str) -> bool:
        """Give the own ticket up, on the phone."""
        return self._on_phone(ticket, "cancel", {}).status_code == HTTPStatus.OK

    def rate(self, ticket: str, stars: int) -> None:
        """Say on the phone what it was like."""
        if ticket in self._keys:
            self._on_phone(ticket, "rating", {"stars": stars})

    def _move(
        self, window: int, ticket: str, move: str, body: Mapping[str, object] | None = None
    ) -> requests.Response:
        return self._as_clerk(window, f"/tickets/{ticket}/{move}", body)

    def _at_window(
        self, window: int, what: str, body: Mapping[str, object] | None = None
    ) -> requests.Response:
        return self._as_clerk(window, f"/windows/{window}/{what}", body)

    def _as_clerk(
        self, window: int, path: str, body: Mapping[str, object] | None
    ) -> requests.Response:
        """Act as a clerk; raises TakenOver once a person has signed in as this one."""
        reply = _post(self._clerks[window], path, body)
        if reply.status_code == HTTPStatus.UNAUTHORIZED:
            raise TakenOver
        return reply

    def _on_phone(self, ticket: str, what: str, body: Mapping[str, object]) -> requests.Response:
        path = f"/tickets/{ticket}/{what}?key={self._keys[ticket]}"
        return _post(self._phones, path, body)


def play(
    world: World, access: Access, stop: Event, clock: Callable[[], datetime], pace: float = 1.0
) -> None:
    """Let people come to a demo and serve them, until stopped; `pace` hurries the clerks alone."""
    hall, chance = LiveHall(access, stop, clock), chance_of(world.seed, "live")
    known = {window: clerk for window, clerk in world.clerks.items() if window in access.clerks}
    quick = hurried(replace(world, clerks=known), pace)
    day, visitors = day_of(quick, hall.now), coming(quick, hall.now, chance)
    People(quick, day, hall, visitors=visitors, polls=partial(chance.uniform, *LOOKS)).play()


def day_of(world: World, now: datetime) -> Day:
    """Return a day that has no end and no lunch; its clerks come one after another."""
    late = {window: CLERKS_GAP * place for place, window in enumerate(sorted(world.clerks))}
    ends = now + ENDLESS
    return Day(now.date(), now, ends, ends, late=late)


def coming(world: World, since: datetime, chance: random.Random) -> Iterator[Visitor]:
    """Yield visitors without an end: the hall fills at once, then they come as on a usual day."""
    crowd, at, usual = Crowd(world), since, 3600 * DAY_HOURS / world.visitors
    for number in itertools.count():
        gap = FIRST_GAP if number < FIRST_VISITORS else chance.expovariate(1 / usual)
        yield crowd.draw(at, chance)
        at += timedelta(seconds=gap)


def _trouble(error: requests.RequestException) -> HallAway | TakenOver:
    """Return what a sign-in that failed means: whom the server refuses need not try again."""
    status = error.response.status_code if error.response is not None else None
    return TakenOver() if status == HTTPStatus.UNAUTHORIZED else HallAway(str(error))


def _post(caller: Caller, path: str, body: Mapping[str, object] | None) -> requests.Response:
    """Send a command; raises HallAway when the server does not answer as it should."""
    try:
        reply = caller.post(path, body)
    except requests.RequestException as error:
        raise HallAway(str(error)) from error
    if reply.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise HallAway(f"{path} answered {reply.status_code}")
    return reply
