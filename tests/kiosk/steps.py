"""Flows that stand at a step, as a visitor would have led them there."""

from __future__ import annotations

from dataclasses import replace

from kiosk.state import Flow, Step, Visit
from queue_server.contracts.catalogue import CatalogueOut
from tests.kiosk.tickets import ticket

DEEP = {
    *(Step.CONFIRM, Step.CATEGORY, Step.ISSUING, Step.AWAY, Step.REFUSED, Step.SLIP),
    *(Step.INFO, Step.ONLINE, Step.EVENT),
}


def flow_at(
    step: Step,
    catalogue: CatalogueOut,
    language: str = "uz-Latn",
    service: str = "A01",
    **visit: object,
) -> Flow:
    """Return a flow at a step; `visit` changes what the visitor has chosen."""
    chosen: dict = {"language": language}
    if step is Step.SERVICE or step in DEEP:
        chosen["group"] = service[0]
    if step in DEEP:
        chosen["service"] = service
    if step is Step.SLIP:
        chosen["ticket"] = ticket(service=service, language=language)
    known = None if step is Step.CLOSED else catalogue
    begun = Flow("run", catalogue=known, step=step, visit=Visit(**(chosen | visit)))
    return replace(begun, left=9) if step is Step.SLIP else begun
