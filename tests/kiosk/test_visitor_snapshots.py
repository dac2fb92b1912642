"""Pictures of finding, informing and checking in, as somebody last looked at them."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from kiosk.events import Paper
from kiosk.geometry import screen_of
from kiosk.state import Flow, Habits, Step
from kiosk.steps.informing import THANKED
from queue_server.contracts.api import LegOut
from tests.kiosk.catalogues import demo
from tests.kiosk.pictures import drawn, unlike
from tests.kiosk.steps import flow_at
from tests.kiosk.tickets import ticket

CATALOGUE = demo()
PICTURES = Path(__file__).parents[1] / "snapshots" / "kiosk_visitor"
#: letters drawn by another version of the same library may differ in so many pixels
FAR = 0.004
WIDE, TALL = screen_of(1280, 720, 15.6), screen_of(720, 1280, 21.5)
NARROW, TIGHT = screen_of(540, 960, 15.6), screen_of(1024, 768, 10.4)
LEGS = [LegOut(service=one, state="to_come") for one in ("A01", "E03", "M01")]
BIRTH = {"event": "birth", "legs": ("E03", "M01")}
VISIT = {"event": "birth", "ticket": ticket(legs=LEGS, event="birth")}
OFFLINE = {"ticket": ticket(ahead=None, estimate=None), "paper": Paper.NO_PAPER}
SERVICES = [service for group in CATALOGUE.groups for service in group.services]
LINKED = next(one.id for one in SERVICES if one.online)
HERE = next(place.id for place in CATALOGUE.facts.places if place.kind == "kiosk")


def at(step: Step, language: str, service: str = "A01", **visit: object) -> Flow:
    """Return the flow of a picture, on a Wednesday."""
    return replace(flow_at(step, CATALOGUE, language, service, **visit), weekday=2)


PICTURED = {
    "wide-group": (WIDE, at(Step.GROUP, "ru")),
    "wide-find": (WIDE, at(Step.FIND, "uz-Latn", typed="pas")),
    "tall-find-empty": (TALL, at(Step.FIND, "kaa")),
    "tall-find": (TALL, at(Step.FIND, "uz-Cyrl", typed="бола")),
    "narrow-find-nothing": (NARROW, at(Step.FIND, "ru", typed="xqz")),
    "tight-find": (TIGHT, at(Step.FIND, "uz-Cyrl", typed="бола")),
    "tall-events": (TALL, at(Step.EVENTS, "en")),
    "wide-event": (WIDE, at(Step.EVENT, "ru", **BIRTH)),
    "tall-event": (TALL, at(Step.EVENT, "uz-Latn", **BIRTH)),
    "tall-event-info": (TALL, at(Step.INFO, "en", **BIRTH)),
    "wide-info": (WIDE, at(Step.INFO, "uz-Latn", "G04")),
    "tall-info": (TALL, at(Step.INFO, "ru", "A01", list_paper=Paper.DONE)),
    "wide-online": (WIDE, at(Step.ONLINE, "ru", LINKED)),
    "tall-online": (TALL, at(Step.ONLINE, "uz-Cyrl", LINKED)),
    "wide-confirm-online": (WIDE, at(Step.CONFIRM, "uz-Latn", LINKED)),
    "tall-info-online": (TALL, at(Step.INFO, "uz-Latn", LINKED)),
    "tall-thanks": (TALL, at(Step.ONLINE, "uz-Latn", "E01", topic=THANKED)),
    "wide-hours": (WIDE, at(Step.CENTER, "en", topic="hours")),
    "tall-hours": (TALL, at(Step.CENTER, "kaa", topic="hours")),
    "tall-plan": (TALL, replace(at(Step.CENTER, "ru", topic="plan"), habits=Habits(place=HERE))),
    "wide-plan": (WIDE, at(Step.CENTER, "uz-Latn", topic="plan")),
    "tight-facilities": (TIGHT, at(Step.CENTER, "ru", topic="facilities")),
    "wide-code": (WIDE, at(Step.CODE, "ru", typed="K7WQ")),
    "tall-code-refused": (TALL, at(Step.CODE, "uz-Latn", refusal="wrong_day")),
    "wide-slip-legs": (WIDE, at(Step.SLIP, "ru", category="war_veteran", **VISIT)),
    "tall-slip-legs": (TALL, at(Step.SLIP, "uz-Latn", **VISIT)),
    "tall-slip-offline": (TALL, at(Step.SLIP, "en", **OFFLINE)),
}


@pytest.mark.parametrize("name", PICTURED)
def test_a_screen_looks_as_it_did(wording, name):
    """Unchanged since somebody last looked at it; `./run snapshots` renews the picture."""
    screen, flow = PICTURED[name]
    fresh, kept = drawn(flow, screen, wording), PICTURES / f"{name}.png"
    if os.environ.get("NAVBAT_SNAPSHOTS") == "renew":
        PICTURES.mkdir(parents=True, exist_ok=True)
        fresh.quantize(128).save(kept, optimize=True)
    assert unlike(fresh, Image.open(kept)) < FAR


def test_every_kept_picture_is_still_looked_at():
    """No picture lies about that no test compares."""
    assert {file.stem for file in PICTURES.glob("*.png")} == set(PICTURED)
