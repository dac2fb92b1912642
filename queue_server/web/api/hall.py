"""What the hall shows and what the log holds: catalogue, boards, events."""

from __future__ import annotations

from flask import Response, request

from queue_server.contracts.api import BoardOut, EventsOut
from queue_server.contracts.catalogue import CatalogueOut
from queue_server.domain.errors import Forbidden, Invalid, Unknown
from queue_server.usecases import offering, views
from queue_server.usecases.act import Act
from queue_server.web.api.calls import done, read
from queue_server.web.auth import current_actor
from queue_server.web.site import site

#: most events that one answer holds
STRETCH = 1000


@read("/catalogue", "catalogue:read", CatalogueOut)
def catalogue() -> Response:
    """Read all that the center offers, with how many wait for what."""
    with site().center.read() as work:
        return done(offering.catalogue(work, site().center))


@read("/boards/<int:hall>", "board:read", BoardOut)
def board(hall: int) -> Response:
    """Read the snapshot of a hall's boards."""
    actor = current_actor()
    if actor.kind == "device" and actor.hall != hall:
        raise Forbidden(f"This board belongs to hall {actor.hall}.")
    center = site().center
    with center.read() as work:
        act = Act(center, work, actor, center.clock.now())
        if hall not in act.catalogue.halls:
            raise Unknown(f"There is no hall {hall}.")
        return done(views.board(act, hall))


@read("/events", "log:read", EventsOut)
def events() -> Response:
    """Read a stretch of the event log after `?after=SEQ`, at most `&limit=N` events."""
    after, limit = _number("after", 0), _number("limit", STRETCH)
    with site().center.read() as work:
        stretch = work.log.after(after, min(limit, STRETCH))
        return done(EventsOut(events=list(stretch), head=work.seq))


def _number(name: str, default: int) -> int:
    value = request.args.get(name, str(default))
    if not value.isdecimal():
        raise Invalid(f"{name} must be a whole number.", field=name)
    return int(value)
