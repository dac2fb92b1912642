"""How the waits that were said were kept, over HTTP."""

from __future__ import annotations

from typing import Final, cast

from flask import Response, current_app

from queue_server.contracts.checking import EstimatesOut
from queue_server.usecases import checking
from queue_server.usecases.day_tallies import LiveDay
from queue_server.usecases.reporting import Period
from queue_server.web.api.calls import done, read
from queue_server.web.api.reports import wanted
from queue_server.web.auth import current_actor
from queue_server.web.site import site

#: the name under which the app keeps how far the open day was read, for the reports too
_LIVE: Final = "live_day"


@read("/estimates", "report:read", EstimatesOut)
def estimates() -> Response:
    """Read what became of the waits that were said in `?from=YYYY-MM-DD&to=YYYY-MM-DD`."""
    return done(checked(wanted()))


def checked(period: Period) -> EstimatesOut:
    """Return what became of a period's estimates to whoever asks; raises Forbidden."""
    live = current_app.extensions.setdefault(_LIVE, LiveDay())
    return checking.report(site().center, current_actor(), period, cast("LiveDay", live))
