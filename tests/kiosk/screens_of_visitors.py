"""Screens that kiosks have, and every flow of finding, informing and checking in."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

from kiosk import theme
from kiosk.acts import ChooseCategory, ChooseEvent, ChooseGroup, ChooseService, Type
from kiosk.elements import Align, Code, Element, Icon, Key, Layout, Text
from kiosk.events import Paper
from kiosk.geometry import Rect, Screen, screen_of
from kiosk.keyboards import SCRIPTS
from kiosk.layout import lay_out
from kiosk.screens.check_in import SAID
from kiosk.state import CheckIn, Flow, Step
from kiosk.steps.informing import THANKED, TOPICS
from kiosk.typesetting import line_height
from queue_server.contracts.api import LegOut
from queue_server.contracts.catalogue import CatalogueOut
from tests.kiosk.screens_of_all_kinds import within
from tests.kiosk.steps import flow_at
from tests.kiosk.tickets import ticket

#: the screens that the issue names, and a small one where fingers leave little room
SCREENS: dict[str, Screen] = {
    "portrait": screen_of(1080, 1920, 21.5),
    "full-hd": screen_of(1920, 1080, 15.6),
    "hd": screen_of(1280, 720, 15.6),
    "wxga": screen_of(1366, 768, 15.6),
    "wxga-tall": screen_of(768, 1366, 15.6),
    "demo": screen_of(540, 960, 15.6),
    "tight": screen_of(1024, 768, 10.4),
}
#: millimetres of a letter's key, and between two, where a screen has no room for more
SMALL_KEY_MM, SMALL_GAP_MM = 10.0, 1.9
TILES = (ChooseGroup, ChooseService, ChooseCategory, ChooseEvent)


def laid_out(flow: Flow, screen: Screen, wording: object) -> Layout:
    """Return the layout as the kiosk would show it."""
    return lay_out(flow, screen, "10:42", wording, theme.measure)


def every_flow(catalogue: CatalogueOut, language: str) -> Iterator[tuple[str, Flow]]:
    """Yield (name, flow) for every screen of finding, informing and checking in."""
    yield from _found(catalogue, language)
    yield from _events(catalogue, language)
    yield from _informed(catalogue, language)
    yield from _codes(catalogue, language)
    yield from _slips(catalogue, language)


def _found(catalogue: CatalogueOut, language: str) -> Iterator[tuple[str, Flow]]:
    for script, typed in itertools.product(SCRIPTS, ("", "pas")):
        at = flow_at(Step.FIND, catalogue, language, script=script, typed=typed)
        yield f"find {script} {typed}", at
    for typed in ("a", "xqz", "m" * 24):
        yield f"find {typed}", flow_at(Step.FIND, catalogue, language, typed=typed)
    away = flow_at(Step.FIND, catalogue, language, typed="a")
    yield "find away", replace(away, server_away=True)


def _events(catalogue: CatalogueOut, language: str) -> Iterator[tuple[str, Flow]]:
    for page in range(2):
        yield f"events {page}", flow_at(Step.EVENTS, catalogue, language, page=page)
    for event in catalogue.events:
        first, *others = [leg.service for leg in event.legs]
        for page in range(2):
            chosen = {"event": event.id, "legs": tuple(others), "page": page}
            at = flow_at(Step.EVENT, catalogue, language, first, **chosen)
            yield f"event {event.id} {page}", at
            info = flow_at(Step.INFO, catalogue, language, first, **chosen)
            yield f"info {event.id} {page}", info
    none = flow_at(Step.EVENT, catalogue, language, event="birth")
    yield "event none", replace(none, visit=replace(none.visit, service="", group=""))


def _informed(catalogue: CatalogueOut, language: str) -> Iterator[tuple[str, Flow]]:
    services = [service for group in catalogue.groups for service in group.services]
    by_papers = sorted(services, key=lambda one: sum(len(d[language]) for d in one.documents))
    online = [service for service in services if "online" in service.flags]
    for service, page in itertools.product((by_papers[0], *by_papers[-4:], *online[:2]), range(2)):
        at = flow_at(Step.INFO, catalogue, language, service.id, page=page)
        yield f"info {service.id} {page}", at
    for paper in Paper:
        at = flow_at(Step.INFO, catalogue, language, list_paper=paper)
        yield f"info {paper}", at
    away = flow_at(Step.INFO, catalogue, language)
    yield "info away", replace(away, server_away=True)
    for topic in TOPICS:
        yield f"center {topic}", flow_at(Step.CENTER, catalogue, language, topic=topic)
    for day in (0, 5, 6):
        at = flow_at(Step.CENTER, catalogue, language, topic="hours")
        yield f"center hours {day}", replace(at, weekday=day)
    for service in sorted(online, key=lambda one: len(one.texts[language]))[-3:]:
        yield f"online {service.id}", flow_at(Step.ONLINE, catalogue, language, service.id)
        yield f"confirm {service.id}", flow_at(Step.CONFIRM, catalogue, language, service.id)
    yield "thanks", flow_at(Step.ONLINE, catalogue, language, "E01", topic=THANKED)


def _codes(catalogue: CatalogueOut, language: str) -> Iterator[tuple[str, Flow]]:
    for typed in ("", "ABC234", "WWWWWWWW"):
        yield f"code {typed}", flow_at(Step.CODE, catalogue, language, typed=typed)
    for refusal in (*SAID, "never_heard_of"):
        at = flow_at(Step.CODE, catalogue, language, typed="ABC234", refusal=refusal)
        yield f"code {refusal}", at
    asked = flow_at(Step.CODE, catalogue, language, typed="ABC234")
    yield "code asked", replace(asked, wish=CheckIn("run-1", "ABC234"))


def _slips(catalogue: CatalogueOut, language: str) -> Iterator[tuple[str, Flow]]:
    event = catalogue.events[0]
    legs = [LegOut(service=leg.service, state="to_come") for leg in event.legs]
    several = ticket(service="A01", language=language, legs=legs, event=event.id)
    offline = ticket(service="A01", language=language, ahead=None, estimate=None)
    categories = {one.confirm: one.id for one in catalogue.categories}
    for name, one, event_id in (("legs", several, event.id), ("offline", offline, "")):
        for paper, confirm in itertools.product((Paper.DONE, Paper.NO_PAPER), categories):
            shown = {"paper": paper, "ticket": one, "category": categories[confirm]}
            at = flow_at(Step.SLIP, catalogue, language, "A01", event=event_id, **shown)
            yield f"slip {name} {paper} {confirm}", at


def told(layout: Layout) -> list[str]:
    """Return every text of a layout, the keys' too, each on one line."""
    return [" ".join(text.lines) for text, _ in texts((*layout.elements, *layout.dialog))]


def texts(elements: tuple[Element, ...]) -> Iterator[tuple[Text, Rect]]:
    """Yield every text and the rectangle that it must stay in."""
    for element in elements:
        if isinstance(element, Text):
            yield element, element.rect
        elif isinstance(element, Key):
            yield from ((part, element.rect) for part in element.parts if isinstance(part, Text))


def ink(text: Text) -> Rect:
    """Return where a text's lines really stand."""
    width = max((theme.measure(line, text.face) for line in text.lines), default=0)
    height = line_height(text.face) * len(text.lines)
    slack = text.rect.w - width
    x = text.rect.x + {Align.LEFT: 0, Align.CENTRE: slack // 2, Align.RIGHT: slack}[text.align]
    return Rect(x, text.rect.y + (text.rect.h - height) // 2, width, height)


def cut_off(layout: Layout, screen: Screen) -> list[Text]:
    """Return the texts that do not stand wholly in their place and on the screen."""
    return [
        text
        for text, holder in texts(layout.elements)
        if not (within(ink(text), holder) and within(ink(text), screen.area))
    ]


def covered(layout: Layout) -> list[tuple[Element, Element]]:
    """Return the texts, icons and codes that stand over one another, or half under a key."""
    inner = [(part, key) for key in layout.keys for part in key.parts]
    loose = [(one, None) for one in layout.elements]
    marks = [(m, key) for m, key in (*loose, *inner) if isinstance(m, Text | Icon | Code)]
    places = [(one, ink(one) if isinstance(one, Text) else one.rect, key) for one, key in marks]
    clashes = [
        (one, other)
        for (one, here, _), (other, there, _) in itertools.combinations(places, 2)
        if here.gap(there) < -1
    ]
    under = [
        (one, key)
        for one, here, own in places
        for key in layout.keys
        if own is None and here.gap(key.rect) < -1
    ]
    return clashes + under


def too_small(layout: Layout, screen: Screen, *, small: bool) -> list[Key]:
    """Return the keys that a finger misses; letters may be small where `small` says so."""
    missed = []
    for key in layout.keys:
        least = screen.mm(SMALL_KEY_MM if small and isinstance(key.act, Type) else 20)
        tile = isinstance(key.act, TILES)
        width, height = (screen.mm(60), screen.mm(35)) if tile else (least, least)
        large = key.rect.w >= width and key.rect.h >= height
        if not (large and within(key.rect, screen.area)):
            missed.append(key)
    return missed


def too_close(layout: Layout, screen: Screen, *, small: bool) -> list[tuple[Key, Key]]:
    """Return the keys between which there are not 5 mm."""
    close = []
    for one, other in itertools.combinations(layout.keys, 2):
        letters = isinstance(one.act, Type) and isinstance(other.act, Type)
        least = screen.mm(SMALL_GAP_MM) if small and letters else screen.mm(5)
        if one.rect.gap(other.rect) < least:
            close.append((one, other))
    return close
