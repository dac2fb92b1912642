"""Appointments: `/api/v1/appointments`, for everybody and without an account."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from flask import Response, g, request

from queue_server.contracts.api import TicketOut
from queue_server.contracts.booking import BookableOut, BookAppointment, SlotsOut
from queue_server.domain.catalogue import Catalogue, Texts
from queue_server.domain.errors import Invalid, UnknownTicket
from queue_server.usecases import booking, views
from queue_server.usecases.access import VISITOR
from queue_server.web import booking_limits
from queue_server.web.api.calls import api, asked, command, done, once, read
from queue_server.web.auth import public
from queue_server.web.calendar_file import Appointment, calendar_file
from queue_server.web.site import site


@read("/appointments/services", None, BookableOut)
def services() -> Response:
    """Read what can be booked."""
    booking_limits.may_look()
    return done(booking.services(site().center, VISITOR))


@read("/appointments/slots", None, SlotsOut)
def slots() -> Response:
    """Read the days that can be booked for `?service=`, and the times of `&day=YYYY-MM-DD`."""
    booking_limits.may_look()
    service = request.args.get("service", "")
    return done(booking.free_slots(site().center, VISITOR, service, _day()))


@command("/appointments", None, TicketOut, body=BookAppointment, status=201)
def book() -> Response:
    """Make an appointment; the reply has its code, and the key that opens its page."""
    wish = asked(BookAppointment)
    booking_limits.may_book()
    # whoever is signed in at this browser books as a visitor too
    g.actor = VISITOR
    return once(lambda act: booking.book(act, wish), 201)


@api.get("/appointments/<ticket_id>.ics")
@api.doc(
    responses={200: "A calendar file, text/calendar"},
    extensions={"x-right": "public"},
)
@public
def calendar(ticket_id: str) -> Response:
    """Read an appointment as a calendar file, with `?key=`, in the ticket's or `&lang=` words."""
    here, key = site(), request.args.get("key", "")
    held = views.held_ticket(here.center, VISITOR, ticket_id, key)
    if held.slot is None:
        raise UnknownTicket
    with here.center.read() as work:
        catalogue = work.catalogues.current()
    wanted = request.args.get("lang")
    language = str(wanted) if wanted in here.languages else held.language
    told = _appointment(catalogue, held, language)
    text = calendar_file(told, here.center.clock.now(), cancelled=held.state == "cancelled")
    response = Response(text, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{held.number}.ics"'
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _appointment(catalogue: Catalogue, held: TicketOut, language: str) -> Appointment:
    def named(texts: Texts) -> str:
        return texts.get(language) or next(iter(texts.values()), "")

    service, url = catalogue.service(held.service), held.url or ""
    begins = datetime.fromisoformat(held.slot or "")
    needed = max(catalogue.booking.slot, timedelta(minutes=service.minutes))
    place = [named(catalogue.name), *filter(None, [named(catalogue.facts.address)])]
    code = f"{site().say('booking.code', language)}: {held.code}" if held.code else ""
    papers = [named(catalogue.documents[each]) for each in service.documents]
    brought = [f"{site().say('booking.bring', language)}: {'; '.join(papers)}"] if papers else []
    return Appointment(
        uid=f"{held.id}@navbat.{catalogue.code.lower()}",
        begins=begins,
        ends=begins + needed,
        title=f"{named(service.texts)} ({held.number})",
        place=", ".join(place),
        words="\n".join([*filter(None, [code]), *brought, url]),
        url=url,
    )


def _day() -> date | None:
    """Return the day that is asked for; raises Invalid."""
    told = request.args.get("day")
    if told is None:
        return None
    try:
        return date.fromisoformat(told)
    except ValueError:
        raise Invalid(f"{told!r} is no day like 2026-11-23.", field="day") from None
