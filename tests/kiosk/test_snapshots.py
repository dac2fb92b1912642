from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from kiosk.acts import ChooseService, TakeTicket
from kiosk.events import Paper
from kiosk.geometry import screen_of
from kiosk.state import Comfort, Flow, Step
from tests.kiosk.catalogues import demo
from tests.kiosk.pictures import drawn, unlike
from tests.kiosk.steps import flow_at

CATALOGUE = demo()
PICTURES = Path(__file__).parents[1] / "snapshots" / "kiosk"
#: letters drawn by another version of the same library may differ in so many pixels
FAR = 0.004
WIDE, TALL = screen_of(1280, 720, 21.5), screen_of(720, 1280, 21.5)
XGA, TIGHT = screen_of(1024, 768, 15.0), screen_of(1024, 768, 10.4)
PAD = screen_of(1024, 600, 10.0)
EVERY_WAY = Comfort(large=True, contrast=True, low=True, spoken=True)
DECLARED = {"sign_language": True, "category": "war_veteran"}


def at(step: Step, language: str, service: str = "A01", **visit: object) -> Flow:
    """Return the flow of a picture."""
    return flow_at(step, CATALOGUE, language, service, **visit)


LOOKS = {
    "wide-language": (WIDE, at(Step.LANGUAGE, "uz-Latn")),
    "wide-group": (WIDE, at(Step.GROUP, "uz-Latn")),
    "wide-group-2-away": (WIDE, replace(at(Step.GROUP, "en", page=1), server_away=True)),
    "wide-service": (WIDE, at(Step.SERVICE, "ru")),
    "wide-confirm": (WIDE, at(Step.CONFIRM, "ru", "F02", **DECLARED)),
    "wide-category": (WIDE, at(Step.CATEGORY, "kaa", category="pregnant")),
    "wide-slip": (WIDE, at(Step.SLIP, "uz-Cyrl", paper=Paper.DONE)),
    "wide-slip-failed": (WIDE, at(Step.SLIP, "en", "F02", paper=Paper.FAILED)),
    "wide-away": (WIDE, at(Step.AWAY, "ru")),
    "wide-question": (WIDE, replace(at(Step.GROUP, "ru"), asking=True, left=12)),
    "tall-language": (TALL, at(Step.LANGUAGE, "uz-Latn", sign_language=True)),
    "tall-group": (TALL, at(Step.GROUP, "ru")),
    "tall-service": (TALL, at(Step.SERVICE, "uz-Latn")),
    "tall-confirm": (TALL, at(Step.CONFIRM, "kaa", "F03")),
    "tall-slip-printing": (TALL, at(Step.SLIP, "uz-Latn", paper=Paper.PRINTING)),
    "tall-slip-no-paper": (TALL, at(Step.SLIP, "ru", "F02", paper=Paper.NO_PAPER)),
    "tall-refused": (TALL, at(Step.REFUSED, "uz-Latn")),
    "tall-issuing": (TALL, at(Step.ISSUING, "ru")),
    "tall-closed": (TALL, replace(at(Step.CLOSED, "uz-Latn"), server_away=True)),
    "xga-service": (XGA, at(Step.SERVICE, "uz-Cyrl", "J01")),
    "xga-confirm": (XGA, at(Step.CONFIRM, "uz-Latn", "G04")),
    "tight-group": (TIGHT, at(Step.GROUP, "ru")),
    "tall-comfort": (TALL, at(Step.COMFORT, "uz-Latn", trail=(Step.GROUP,))),
    "tall-large-group": (TALL, at(Step.GROUP, "ru", comfort=Comfort(large=True))),
    "tall-low-find": (TALL, at(Step.FIND, "ru", typed="пас", comfort=Comfort(low=True))),
    "tall-every-way": (TALL, at(Step.COMFORT, "ru", comfort=EVERY_WAY, help="called")),
    "tall-every-way-slip": (TALL, at(Step.SLIP, "kaa", comfort=EVERY_WAY)),
    "wide-contrast-confirm": (WIDE, at(Step.CONFIRM, "uz-Latn", comfort=Comfort(contrast=True))),
    "pad-rate": (PAD, at(Step.RATE, "uz-Latn")),
    "pad-reasons": (PAD, at(Step.RATED, "kaa", stars=2)),
    "wide-large-service": (WIDE, at(Step.SERVICE, "ru", comfort=Comfort(large=True))),
}
HANDS = {
    "wide-pressed": (WIDE, at(Step.SERVICE, "ru"), {"pressed": ChooseService("A03")}),
    "tall-focus": (TALL, at(Step.CONFIRM, "en", "E02"), {"focus": TakeTicket()}),
}
PICTURED = {name: (*look, {}) for name, look in LOOKS.items()} | HANDS


@pytest.mark.parametrize("name", PICTURED)
def test_a_screen_looks_as_it_did(wording, name):
    """Unchanged since somebody last looked at it; `./run snapshots` renews the picture."""
    screen, flow, hand = PICTURED[name]
    fresh, kept = drawn(flow, screen, wording, **hand), PICTURES / f"{name}.png"
    if os.environ.get("NAVBAT_SNAPSHOTS") == "renew":
        PICTURES.mkdir(parents=True, exist_ok=True)
        fresh.quantize(128).save(kept, optimize=True)
    assert unlike(fresh, Image.open(kept)) < FAR


def test_every_kept_picture_is_still_looked_at():
    """No picture lies about that no test compares."""
    assert {file.stem for file in PICTURES.glob("*.png")} == set(PICTURED)


def test_the_comparison_sees_a_changed_word(wording):
    """Another title, or another colour of the main key, is too far."""
    screen, flow, _ = PICTURED["wide-confirm"]
    here = drawn(flow, screen, wording)
    other = replace(flow, visit=replace(flow.visit, language="kaa"))
    assert unlike(here, drawn(other, screen, wording)) > FAR
    assert unlike(here, drawn(flow, screen, wording, pressed=TakeTicket())) > FAR
    assert unlike(here, here.crop((0, 0, 9, 9))) == 1.0
