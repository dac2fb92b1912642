"""What devices ask and tell: own numbers, tickets made without the server, how they are."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from queue_server.contracts.shapes import Identifier, Reply, Request


class OfflineTicket(Request):
    """A ticket that a kiosk issued from its own numbers while the server was away."""

    id: Identifier
    number: Annotated[str, Field(pattern=r"^[A-Z]\d{3,6}$")]
    service: Identifier
    category: Identifier | None = None
    language: Annotated[str, Field(max_length=16)]
    needs: Annotated[list[Identifier], Field(max_length=8)] = []
    event: Identifier | None = None
    legs: Annotated[list[Identifier], Field(max_length=8)] = []
    #: RFC 3339, as true as the kiosk can tell
    issued_at: Annotated[str, Field(max_length=40)]
    #: the Idempotency-Key of the request that had no answer before this ticket was made
    instead_of: Annotated[str, Field(max_length=200)] | None = None


class HandOver(Request):
    """Tickets that were issued without the server, in the order of their issue."""

    tickets: Annotated[list[OfflineTicket], Field(min_length=1, max_length=40)]


class CallHelp(Request):
    """Somebody should come to this device."""

    reason: Literal["assistance", "sign_language", "corner"] = "assistance"
    language: Annotated[str, Field(max_length=16)] | None = None


class DivertOnline(Request):
    """A visitor does it online, in the self-service corner or at home, and takes no ticket."""

    service: Identifier


class PrinterReport(Request):
    """How a device's printer is, as far as anyone can tell."""

    model: Annotated[str, Field(max_length=64)] = ""
    #: a reason of `printer/reasons.py`, or null while nothing is known to be wrong
    reason: Annotated[str, Field(max_length=32)] | None = None
    paper: Literal["plenty", "low", "out", "unknown"] = "unknown"
    paper_left_mm: int | None = None
    printed_mm: int | None = None
    #: slips that wait for the printer
    waiting: Annotated[int, Field(ge=0)] = 0
    #: numbers of slips of which nobody knows whether they came out, or were taken
    unsure: Annotated[list[Annotated[str, Field(max_length=16)]], Field(max_length=40)] = []


class DeviceReport(Request):
    """How a device is; sent every half minute, and at once when something changes."""

    version: Annotated[str, Field(max_length=32)]
    #: the device's own clock, RFC 3339
    clock: Annotated[str, Field(max_length=40)]
    uptime_seconds: Annotated[float, Field(ge=0)] = 0
    printer: PrinterReport | None = None
    temperature_c: float | None = None
    disk_free_mb: Annotated[int, Field(ge=0)] | None = None
    last_error: Annotated[str, Field(max_length=300)] = ""
    #: tickets issued without the server that it has not yet handed over
    offline_tickets: Annotated[int, Field(ge=0)] = 0
    #: the newest checkpoint of the log that it keeps: the center holds it against its log
    checkpoint: Annotated[str, Field(max_length=400)] | None = None
    #: width x height and the driver of its screen
    screen: Annotated[str, Field(max_length=64)] = ""


class LeaseOut(Reply):
    """Numbers that only this kiosk gives out, on every day and for every prefix letter.

    A ticket made from them has the id `<lease>.<something unique>`, and its key is the first 15
    bytes of HMAC-SHA256(secret, "ticket:" + id), base64 for addresses; its page is
    `<url>/t/<id>?key=<key>`.
    """

    id: str
    first: int
    last: int
    secret: str
    url: str
    #: the open service day and, by prefix letter, the kiosk's last own number of that day
    day: str
    used: dict[str, int]


class RefusedTicket(Reply):
    """A handed-over ticket that the center cannot take, and why."""

    id: str
    code: str
    detail: str


class HandedOver(Reply):
    """What became of a hand-over; a ticket that was taken before counts as taken."""

    taken: list[str]
    refused: list[RefusedTicket]


class HelpOut(Reply):
    """A call for help; the device shows when somebody has answered."""

    id: int
    device: str
    hall: int
    reason: str
    language: str | None
    called_at: str
    answered_at: str | None


class HelpsOut(Reply):
    """The calls for help that wait, the oldest first."""

    calls: list[HelpOut]


class DiversionOut(Reply):
    """How many did this service online today instead of taking a ticket."""

    service: str
    count: int


class DeviceOut(Reply):
    """A device and how it is."""

    name: str
    kind: str
    hall: int
    #: of a rating pad or a call pad
    window: int | None = None
    #: null before its first report
    seen_at: str | None
    state: Literal["ok", "warning", "trouble", "silent", "unknown"]
    #: stable words for what is wrong: no_paper, paper_low, clock_wrong …
    alerts: list[str]
    report: dict[str, object] | None


class DevicesOut(Reply):
    """Every device of the center."""

    devices: list[DeviceOut]


class CornerOut(Reply):
    """A session at a PC of the self-service corner."""

    #: null while nobody sits there
    began_at: str | None
    ends_at: str | None
    now: str
    extensions_left: int
