"""What to bring for services, each paper once, and what nobody may ask for."""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.screens.glass import Glass
from kiosk.screens.strips import Line
from queue_server.contracts.catalogue import CatalogueOut, ServiceOut


def documents(glass: Glass, services: Iterable[ServiceOut]) -> list[Line]:
    """Return the papers of all services together."""
    names = dict.fromkeys(glass.text_of(texts) for one in services for texts in one.documents)
    return [Line(name, "document") for name in names]


def not_required(glass: Glass, catalogue: CatalogueOut) -> list[Line]:
    """Return what nobody may ask for."""
    return [Line(glass.text_of(texts), "not-required") for texts in catalogue.not_required]
