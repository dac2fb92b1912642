"""Typed calls to the server, each with a deadline, each POST with an idempotency key.

Whatever can go wrong is one of two things: the server is away (it gave no answer that one could
use, so the same request may be sent again with the same key), or it refused and says why.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TypeVar
from urllib.parse import quote

import requests
from pydantic import BaseModel, ValidationError

from queue_server.contracts.api import Problem, RatingOut, TicketOut
from queue_server.contracts.asks import CheckIn, IssueTicket, NoBody, RateTicket
from queue_server.contracts.catalogue import CatalogueOut
from queue_server.contracts.devices import (
    CallHelp,
    DeviceReport,
    DiversionOut,
    DivertOnline,
    HandedOver,
    HandOver,
    HelpOut,
    LeaseOut,
)

PREFIX = "/api/v1"
#: sends of one POST: a kept-alive connection may have died since the last call
ATTEMPTS = 2

Model = TypeVar("Model", bound=BaseModel)
#: takes the server's clock (seconds since 1970), the seconds that the call took, and by how much
#: the clock's reading may have been cut
OnDate = Callable[[float, float, float], None]


@dataclass(frozen=True, slots=True)
class Timeout:
    """How long a call may take, in seconds."""

    connect: float = 2.0
    #: between two pieces of the answer
    read: float = 6.0


class ServerAway(Exception):
    """The server gave no usable answer: no connection, too slow, 5xx, or not our server.

    `status` is the status of an answer that could not be used; None: no answer at all.
    """

    def __init__(self, sentence: str, status: int | None = None) -> None:
        super().__init__(sentence)
        self.status = status


class ServerRefused(Exception):
    """The server understood and said no."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.code}: {problem.detail}")
        self.problem = problem


class Client:
    """A device's connection to the server; every method may be called from any thread."""

    def __init__(
        self,
        url: str,
        token: str,
        timeout: Timeout | None = None,
        on_date: OnDate | None = None,
    ) -> None:
        self._url = url.rstrip("/")
        self._token = token
        self._timeout = timeout or Timeout()
        self._on_date = on_date
        self._sessions = threading.local()

    def catalogue(self) -> CatalogueOut:
        """Return everything that a kiosk shows; raise ServerAway or ServerRefused."""
        return _read(self._call("GET", f"{PREFIX}/catalogue"), CatalogueOut)

    def ticket(self, ticket_id: str) -> TicketOut:
        """Return the ticket; raise ServerAway or ServerRefused."""
        return _read(self._call("GET", f"{PREFIX}/tickets/{quote(ticket_id, safe='')}"), TicketOut)

    def issue(self, request: IssueTicket, key: str) -> TicketOut:
        """Issue a ticket; raise ServerAway or ServerRefused.

        A repeated call with the same request and key returns the same ticket.
        """
        return _read(self._post(f"{PREFIX}/tickets", request, key), TicketOut)

    def check_in(self, code: str, key: str) -> TicketOut:
        """Let an appointment's holder wait; raise ServerAway or ServerRefused."""
        request = CheckIn(code=code)
        return _read(self._post(f"{PREFIX}/check-in", request, key), TicketOut)

    def lease(self) -> LeaseOut:
        """Return this kiosk's own numbers; raise ServerAway or ServerRefused."""
        return _read(self._post(f"{PREFIX}/leases", NoBody()), LeaseOut)

    def hand_over(self, tickets: HandOver) -> HandedOver:
        """Hand over tickets that were issued without the server; raise ServerAway or ServerRefused.

        A repeated call takes no ticket twice.
        """
        return _read(self._post(f"{PREFIX}/tickets/hand-over", tickets), HandedOver)

    def report(self, report: DeviceReport) -> str | None:
        """Tell how this device is, and return the log's newest checkpoint.

        Raise ServerAway or ServerRefused.
        """
        answer = self._post(f"{PREFIX}/devices/report", report)
        return answer.headers.get("Navbat-Checkpoint")

    def call_help(self, call: CallHelp, key: str) -> HelpOut:
        """Call somebody to this device; raise ServerAway or ServerRefused."""
        return _read(self._post(f"{PREFIX}/help", call, key), HelpOut)

    def help(self, number: int) -> HelpOut:
        """Return a call for help; raise ServerAway or ServerRefused."""
        return _read(self._call("GET", f"{PREFIX}/help/{number}"), HelpOut)

    def divert(self, service: str, key: str) -> DiversionOut:
        """Count that a visitor does a service online; raise ServerAway or ServerRefused."""
        request = DivertOnline(service=service)
        return _read(self._post(f"{PREFIX}/diversions", request, key), DiversionOut)

    def rate(self, window: int, rating: RateTicket, key: str) -> RatingOut:
        """Rate what a window last finished; raise ServerAway or ServerRefused."""
        return _read(self._post(f"{PREFIX}/windows/{window}/rating", rating, key), RatingOut)

    def health(self) -> None:
        """Return if the server's process lives; raise ServerAway if not."""
        self._call("GET", "/healthz")

    def read(self, path: str, model: type[Model]) -> Model:
        """Return what a GET below `/api/v1` answers; raise ServerAway or ServerRefused."""
        return _read(self._call("GET", PREFIX + path), model)

    def send(
        self, path: str, request: BaseModel, model: type[Model], key: str | None = None
    ) -> Model | None:
        """Return what a POST below `/api/v1` answers, None for an answer without a body.

        A repeated call with the same request and key acts once. Raise ServerAway or
        ServerRefused.
        """
        answer = self._post(PREFIX + path, request, key)
        return _read(answer, model) if answer.content else None

    def hang_up(self) -> None:
        """Close the connection that this thread has kept."""
        session: requests.Session | None = getattr(self._sessions, "mine", None)
        if session is not None:
            session.close()
            del self._sessions.mine

    def _post(self, path: str, request: BaseModel, key: str | None = None) -> requests.Response:
        body = request.model_dump_json(exclude_none=True).encode()
        headers = {"Idempotency-Key": key or str(uuid.uuid4()), "Content-Type": "application/json"}
        for _ in range(ATTEMPTS - 1):
            try:
                return self._call("POST", path, body, headers)
            except _ConnectionDropped:
                continue
        return self._call("POST", path, body, headers)

    def _call(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> requests.Response:
        began = time.monotonic()
        try:
            answer = self._session().request(
                method,
                self._url + path,
                data=body,
                headers=headers,
                timeout=(self._timeout.connect, self._timeout.read),
                allow_redirects=False,
            )
        except requests.Timeout:
            raise ServerAway(f"{self._url} does not answer in time") from None
        except requests.ConnectionError:
            raise _ConnectionDropped(f"{self._url} cannot be reached") from None
        except requests.RequestException as error:
            raise ServerAway(f"{self._url} cannot be asked: {error}") from None
        judged = _judged(answer)
        self._note_date(judged, time.monotonic() - began)
        return judged

    def _note_date(self, answer: requests.Response, took: float) -> None:
        """Pass on what the server's clock says."""
        told = _time_in(answer.headers) if self._on_date is not None else None
        if told is not None and self._on_date is not None:
            self._on_date(told[0], took, told[1])

    def _session(self) -> requests.Session:
        """Return this thread's session: they keep connections, and are not for sharing."""
        session: requests.Session | None = getattr(self._sessions, "mine", None)
        if session is None:
            session = requests.Session()
            # a .netrc would replace the token, a proxy would leave the building
            session.trust_env = False
            session.headers["Accept"] = "application/json"
            # a device that waits to be let in has no token yet
            if self._token:
                session.headers["Authorization"] = f"Bearer {self._token}"
            self._sessions.mine = session
        return session


class _ConnectionDropped(ServerAway):
    """No answer began: the one failure after which sending again at once makes sense."""


def _time_in(headers: Mapping[str, str]) -> tuple[float, float] | None:
    """Return what the server's clock said, and by how much that was cut, seconds.

    Navbat-Time tells milliseconds; Date, which anything between may have written, whole seconds.
    """
    try:
        if "Navbat-Time" in headers:
            return datetime.fromisoformat(headers["Navbat-Time"]).timestamp(), 0.001
        return parsedate_to_datetime(headers["Date"]).timestamp(), 1.0
    except (KeyError, ValueError, TypeError, OverflowError):
        return None


def _judged(answer: requests.Response) -> requests.Response:
    """Return an answer of success; raise ServerAway or ServerRefused for any other."""
    status = answer.status_code
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return answer
    if HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR:
        raise ServerRefused(_problem(answer))
    raise ServerAway(f"the server answered with status {status}", status)


def _problem(answer: requests.Response) -> Problem:
    try:
        return Problem.model_validate_json(answer.content)
    except ValidationError:
        title = answer.reason or "Refused"
        return Problem(title=title, status=answer.status_code, code="other", detail=title)


def _read(answer: requests.Response, model: type[Model]) -> Model:
    try:
        return model.model_validate_json(answer.content)
    except ValidationError as error:
        kind = model.__name__
        faults = f"({error.error_count()} faults)"
        raise ServerAway(f"the answer is no {kind} {faults}", answer.status_code) from None
