"""Visitors served in every way: large, high contrast, low; and the screens that they see."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

from config.wording import Wording
from kiosk import theme
from kiosk.acts import Type
from kiosk.elements import Align, Element, Icon, Key, Layout, Text
from kiosk.events import Paper
from kiosk.geometry import Rect, Screen, screen_of
from kiosk.layout import lay_out
from kiosk.state import Comfort, Flow, Step
from kiosk.typesetting import line_height
from queue_server.contracts.catalogue import CatalogueOut
from tests.kiosk.screens_of_all_kinds import within
from tests.kiosk.steps import flow_at
from tests.kiosk.tickets import ticket

TALL, WIDE = screen_of(1080, 1920, 21.5), screen_of(1920, 1080, 21.5)
SCREENS = {"tall": TALL, "wide": WIDE}
#: the ways to be served that change where things stand
WAYS = {
    "plain": Comfort(),
    "large": Comfort(large=True),
    "low": Comfort(low=True),
    "large-low": Comfort(large=True, low=True),
}


def flows(catalogue: CatalogueOut, language: str) -> Iterator[tuple[str, Flow]]:
    """Yield (name, flow) for one screen of every step, the fullest where they differ."""
    services = [one for group in catalogue.groups for one in group.services]
    longest = max(services, key=lambda one: len(one.texts[language]))
    papers = max(services, key=lambda one: sum(len(d[language]) for d in one.documents))
    for step in (Step.LANGUAGE, Step.GROUP, Step.CATEGORY, Step.EVENTS, Step.RATE):
        yield step, flow_at(step, catalogue, language)
    for group in catalogue.groups[::4]:
        first = group.services[0].id
        yield f"service {group.prefix}", flow_at(Step.SERVICE, catalogue, language, first)
    for one in (longest, papers):
        yield f"confirm {one.id}", flow_at(Step.CONFIRM, catalogue, language, one.id)
        yield f"info {one.id}", flow_at(Step.INFO, catalogue, language, one.id)
    for step in (Step.ISSUING, Step.AWAY, Step.REFUSED):
        yield step, flow_at(step, catalogue, language)
    for paper in Paper:
        shown = {"paper": paper, "ticket": ticket(service=longest.id, language=language)}
        yield f"slip {paper}", flow_at(Step.SLIP, catalogue, language, longest.id, **shown)
    for typed in ("", "pas"):
        yield f"find {typed}", flow_at(Step.FIND, catalogue, language, typed=typed)
    yield "code", flow_at(Step.CODE, catalogue, language, typed="ABC234")
    yield "center", flow_at(Step.CENTER, catalogue, language, topic="hours")
    for state in ("", "called", "failed"):
        panel = {"help": state, "trail": (Step.GROUP,)}
        yield f"comfort {state}", flow_at(Step.COMFORT, catalogue, language, **panel)
    question = flow_at(Step.GROUP, catalogue, language)
    yield "question", replace(question, asking=True, left=45)


def served(flow: Flow, comfort: Comfort) -> Flow:
    """Return a flow whose visitor is served so."""
    return replace(flow, visit=replace(flow.visit, comfort=comfort))


def laid_out(flow: Flow, screen: Screen, wording: Wording) -> Layout:
    """Return the layout as the kiosk would show it."""
    return lay_out(flow, screen, "10:42", wording, theme.measure)


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


def cut_off(layout: Layout, screen: Screen) -> list[str]:
    """Return the texts that do not stand wholly in their place and on the screen."""
    return [
        " ".join(text.lines)
        for text, holder in texts((*layout.elements, *layout.dialog))
        if not (within(ink(text), holder) and within(ink(text), screen.area))
    ]


def clashes(layout: Layout) -> list[tuple[str, str]]:
    """Return the texts and icons that stand over one another."""
    found = []
    for plane in (layout.elements, layout.dialog):
        inner = [part for key in plane if isinstance(key, Key) for part in key.parts]
        marks = [one for one in (*plane, *inner) if isinstance(one, Text | Icon)]
        places = [(one, ink(one) if isinstance(one, Text) else one.rect) for one in marks]
        for (one, here), (other, there) in itertools.combinations(places, 2):
            if here.gap(there) < -1:
                found.append((_name(one), _name(other)))
    return found


def touch_faults(layout: Layout, screen: Screen) -> list[str]:
    """Return the keys under 20 by 20 mm, off the screen, or less than 5 mm apart."""
    least, gap = screen.mm(20), screen.mm(5)
    found = [
        f"{key.act} {key.rect.w}x{key.rect.h}"
        for key in layout.keys
        if min(key.rect.w, key.rect.h) < least or not within(key.rect, screen.area)
    ]
    for one, other in itertools.combinations(layout.keys, 2):
        apart = one.rect.gap(other.rect)
        if apart < gap:
            found.append(f"{one.act} {other.act} {apart}")
    return found


def letters(layout: Layout) -> bool:
    """Whether there is a keyboard on the screen."""
    return sum(isinstance(key.act, Type) for key in layout.keys) > 1


def _name(one: Text | Icon) -> str:
    return " ".join(one.lines) if isinstance(one, Text) else one.name
