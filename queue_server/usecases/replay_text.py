"""The hall at a minute as plain lines, for the command line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from queue_server.contracts.replay import ReplayHallOut, ReplayTicketOut, ReplayWindowOut


def lines(hall: ReplayHallOut, moment: str) -> Iterator[str]:
    """Yield what is printed of a hall; `moment` is its time on the center's clock."""
    now = datetime.fromisoformat(hall.at)
    yield moment
    yield (
        f"waiting {len(hall.waiting)}, longest {hall.longest} min; issued {hall.issued}, "
        f"served {hall.served}, no-shows {hall.missed}"
    )
    yield ""
    for window in hall.windows:
        yield _window(window, now)
    yield from _tickets("waiting", hall.waiting, now)
    yield from _tickets("set aside", hall.parked, now)
    if hall.calls:
        yield ""
        yield "boards: " + ", ".join(f"{call.number} → {call.window}" for call in hall.calls)


def _window(window: ReplayWindowOut, now: datetime) -> str:
    seen = window.ticket
    what = f"{seen.number}  {seen.service}  {seen.state}" if seen else window.state
    since = seen.since if seen else window.since
    return f"window {window.number:>3}  {what}{_lasting(since, now)}"


def _tickets(title: str, tickets: list[ReplayTicketOut], now: datetime) -> Iterator[str]:
    if tickets:
        yield ""
        yield f"{title}:"
    for seen in tickets:
        place = "" if seen.place == "queue" or seen.place.startswith("clerk") else f"  {seen.place}"
        yield f"  {seen.number}  {seen.service}{place}{_lasting(seen.since, now)}"


def _lasting(since: str | None, now: datetime) -> str:
    if since is None:
        return ""
    return f"  {int((now - datetime.fromisoformat(since)).total_seconds()) // 60} min"
