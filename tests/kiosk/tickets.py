"""Tickets as the server's reply holds them."""

from __future__ import annotations

from queue_server.contracts.api import EstimateOut, LegOut, TicketOut


def ticket(**changes: object) -> TicketOut:
    """Return a waiting ticket A042, with the given fields changed."""
    fields: dict = {
        "id": "01JD5Z6Y7V",
        "number": "A042",
        "service": "A01",
        "state": "waiting",
        "category": None,
        "language": "uz-Latn",
        "needs": [],
        "issued_at": "2026-11-23T04:41:10Z",
        "window": None,
        "legs": [LegOut(service="A01", state="to_come")],
        "ahead": 7,
        "estimate": EstimateOut(low=15, high=25, text="15–25 daq."),
        "key": "k7Wq",
        "url": "http://192.168.10.5:8000/t/01JD5Z6Y7V?key=k7Wq3m9X",
        "version": 1,
        "called_at": None,
        "recalls": 0,
        "since": "2026-11-23T04:41:10Z",
        "copies": 0,
    }
    return TicketOut(**(fields | changes))
