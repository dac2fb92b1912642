"""Screens that kiosks have, and every flow whose screen a visitor may see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from config.languages import LANGUAGES
from kiosk.events import Paper
from kiosk.geometry import Rect, Screen, screen_of
from kiosk.state import Flow, Step
from queue_server.contracts.catalogue import CatalogueOut
from tests.kiosk.steps import flow_at
from tests.kiosk.tickets import ticket

SCREENS: dict[str, Screen] = {
    "wide": screen_of(1920, 1080, 21.5),
    "tall": screen_of(1080, 1920, 21.5),
    "hd": screen_of(1280, 720, 15.6),
    "xga": screen_of(1024, 768, 15.0),
    "demo": screen_of(540, 960, 15.6),
    "large": screen_of(1080, 1920, 32.0),
    "tight": screen_of(1024, 768, 10.4),
}
TAGS = tuple(LANGUAGES)


def within(inner: Rect, outer: Rect) -> bool:
    """Whether a rectangle lies wholly in another."""
    return (
        outer.x <= inner.x
        and outer.y <= inner.y
        and inner.right <= outer.right
        and inner.bottom <= outer.bottom
    )


def every_flow(catalogue: CatalogueOut, language: str) -> Iterator[tuple[str, Flow]]:
    """Yield (name, flow) for every screen in a language."""
    services = [service for group in catalogue.groups for service in group.services]
    by_name = sorted(services, key=lambda one: len(one.texts[language]))
    by_papers = sorted(services, key=lambda one: sum(len(d[language]) for d in one.documents))
    yield from _menus(catalogue, language)
    for one in (*by_name[-4:], *by_papers[-4:], by_name[0]):
        yield f"confirm {one.id}", flow_at(Step.CONFIRM, catalogue, language, one.id)
    service = by_name[-1].id
    for category in [each.id for each in catalogue.categories][:6]:
        chosen = {"sign_language": True, "category": category}
        yield category, flow_at(Step.CONFIRM, catalogue, language, service, **chosen)
    for paper in Paper:
        shown = {"paper": paper, "ticket": ticket(service=service, language=language)}
        yield f"slip {paper}", flow_at(Step.SLIP, catalogue, language, service, **shown)
    for step in (Step.CLOSED, Step.ISSUING, Step.AWAY, Step.REFUSED):
        yield step, flow_at(step, catalogue, language, service)
    closed = flow_at(Step.CLOSED, catalogue, language)
    yield "out of service", replace(closed, server_away=True)
    yield "question", replace(flow_at(Step.GROUP, catalogue, language), asking=True, left=15)


def _menus(catalogue: CatalogueOut, language: str) -> Iterator[tuple[str, Flow]]:
    for sign in (False, True):
        at = flow_at(Step.LANGUAGE, catalogue, language, sign_language=sign)
        yield f"language {sign}", at
    for page in range(4):
        yield f"groups {page}", flow_at(Step.GROUP, catalogue, language, page=page)
        away = flow_at(Step.GROUP, catalogue, language, page=page)
        yield f"groups {page} away", replace(away, server_away=True)
        asked = flow_at(Step.CATEGORY, catalogue, language, page=page, category="pregnant")
        yield f"categories {page}", asked
    for page in range(3):
        for group in catalogue.groups:
            service = group.services[0].id
            at = flow_at(Step.SERVICE, catalogue, language, service, page=page)
            yield f"services {group.prefix} {page}", at
