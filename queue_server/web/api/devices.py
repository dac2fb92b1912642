"""Devices: own numbers, hand-over, reports, calls for help, the self-service corner."""

from __future__ import annotations

from typing import Final

from flask import Response

from queue_server.contracts.api import RatingOut, TicketOut
from queue_server.contracts.asks import CheckIn, RateTicket
from queue_server.contracts.devices import (
    CallHelp,
    CornerOut,
    DeviceReport,
    DevicesOut,
    DiversionOut,
    DivertOnline,
    HandedOver,
    HandOver,
    HelpOut,
    HelpsOut,
    LeaseOut,
)
from queue_server.domain.errors import Forbidden
from queue_server.usecases import (
    corner,
    devices,
    handing_over,
    helping,
    leasing,
    reception,
    visiting,
)
from queue_server.usecases.act import Act
from queue_server.usecases.commands import acting
from queue_server.web.api.calls import asked, command, done, once, read
from queue_server.web.auth import current_actor
from queue_server.web.site import site

#: the header by which a device is given the newest checkpoint of the log
CHECKPOINT: Final = "Navbat-Checkpoint"


@command("/leases", "numbers:lease", LeaseOut)
def lease() -> Response:
    """Ask for the counts that this kiosk gives out by itself; they stay the same for ever."""
    with acting(site().center, current_actor()) as act:
        return done(leasing.lease(act))


@command("/tickets/hand-over", "numbers:lease", HandedOver, body=HandOver)
def hand_over() -> Response:
    """Hand over tickets that were issued while the server was away."""
    wish = asked(HandOver)
    return once(lambda act: handing_over.take(act, wish))


@command("/check-in", "ticket:check_in", TicketOut, body=CheckIn)
def check_in_by_code() -> Response:
    """Check an appointment in by its code or the address on its slip."""
    wish = asked(CheckIn)
    return once(lambda act: reception.check_in_by_code(act, wish.code))


@command("/devices/report", "device:report", None, body=DeviceReport, status=204)
def report() -> Response:
    """Say how this device is."""
    told = asked(DeviceReport)
    with acting(site().center, current_actor()) as act:
        checkpoint = devices.report(act, told)
    headers = {CHECKPOINT: checkpoint} if checkpoint else {}
    return Response(status=204, headers=headers)


@read("/devices", "devices:read", DevicesOut)
def overview() -> Response:
    """List the devices and how they are."""
    return done(devices.overview(site().center, current_actor()))


@command("/help", "help:call", HelpOut, body=CallHelp)
def call_help() -> Response:
    """Call somebody to this device."""
    wish = asked(CallHelp)
    return once(lambda act: helping.call(act, wish))


@read("/help", "help:answer", HelpsOut)
def helps() -> Response:
    """List the calls for help that wait."""
    return done(helping.waiting(site().center))


@read("/help/<int:call_id>", "help:call", HelpOut)
def help_state(call_id: int) -> Response:
    """Read a call for help of this device."""
    found = helping.one(site().center, call_id)
    if found.device != current_actor().name:
        raise Forbidden("This call is another device's.")
    return done(found)


@command("/help/<int:call_id>/answer", "help:answer", HelpOut)
def answer(call_id: int) -> Response:
    """Say that somebody is on the way."""
    return once(lambda act: helping.answer(act, call_id))


@command("/diversions", "online:divert", DiversionOut, body=DivertOnline)
def divert() -> Response:
    """Count a visit that is made online instead."""
    wish = asked(DivertOnline)
    return once(lambda act: corner.divert(act, wish))


@read("/corner", "corner:work", CornerOut)
def corner_now() -> Response:
    """Read the session at this PC."""
    here = site().center
    with here.read() as work:
        return done(corner.now(Act(here, work, current_actor(), here.clock.now())))


@command("/corner/begin", "corner:work", CornerOut)
def corner_begin() -> Response:
    """Begin a session at this PC."""
    return once(corner.begin)


@command("/corner/extend", "corner:work", CornerOut)
def corner_extend() -> Response:
    """Let the session at this PC go on."""
    return once(corner.extend)


@command("/corner/end", "corner:work", CornerOut)
def corner_end() -> Response:
    """End the session at this PC."""
    return once(corner.end)


@command("/windows/<int:number>/rating", "window:rate", RatingOut, body=RateTicket)
def rate_at(number: int) -> Response:
    """Rate the service that has just ended at this pad's window."""
    if current_actor().window not in (None, number):
        raise Forbidden(f"This pad belongs to window {current_actor().window}.")
    wish = asked(RateTicket)
    return once(lambda act: visiting.rate_at(act, number, wish))
