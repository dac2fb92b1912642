"""The hall in one picture, for the README: kiosk, slip, board, floor and panel of one morning."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

import pygame
from PIL import Image, ImageDraw, ImageFilter

from config.wording import Wording
from display_board import painter as board_painter
from display_board.center import Center
from display_board.layout import CALLS, arrange, room
from display_board.scene import Screen
from display_board.speech import Voice
from display_board.state import Board, Row
from display_board.typeface import measure
from display_board.view import see
from kiosk.geometry import screen_of
from kiosk.printing import slip_of
from kiosk.state import Step
from printer import raster
from printer.paper import PAPER_80
from queue_server.contracts.api import EstimateOut, TicketOut
from queue_server.contracts.catalogue import CatalogueOut
from tests.kiosk.pictures import drawn
from tests.kiosk.steps import flow_at

SIZE: Final = (1600, 1060)
GROUND, SHADOW = "#E3EAF2", (15, 27, 45, 46)
TV = (1280, 720)
#: the board tells its clock, and the newest call has stood for a while
WALL, NOW = datetime(2026, 11, 23, 5, 42, tzinfo=UTC), 200.0


def composed(panel: Image.Image, floor: Image.Image, facts: Mapping[str, Any]) -> Image.Image:
    """Return the picture.

    `facts`: the visit in hand (`ticket`), the board's `calls`, and what the kiosk knows
    (`catalogue`).
    """
    known = CatalogueOut.model_validate(facts["catalogue"])
    canvas = Image.new("RGB", SIZE, GROUND)
    _put(canvas, kiosk(known), (48, 54), 536)
    _put(canvas, board(known, facts["calls"]), (632, 54), 620)
    _put(canvas, slip(known, facts["ticket"]), (1300, 54), 252, radius=6)
    _put(canvas, floor, (632, 452), 700)
    _put(canvas, panel, (832, 556), 720)
    return canvas


def kiosk(known: CatalogueOut) -> Image.Image:
    """Return the kiosk's menu."""
    pygame.font.init()
    flow = flow_at(Step.GROUP, known, "uz-Latn")
    return drawn(flow, screen_of(1080, 1920, 21.5), Wording.load())


def board(known: CatalogueOut, calls: list[Mapping[str, Any]]) -> Image.Image:
    """Return a television with these calls, the newest first."""
    rows = tuple(Row(c["number"], c["window"], "uz-Latn", c["called_at"], 0) for c in calls)
    shown = Board(rows=rows, connection="live", seq=1)
    screen = Screen(*TV)
    view = see(shown, NOW, room(screen, measure, CALLS, 0))
    center = Center(known.name, "Asia/Tashkent")
    voice = Voice(Wording.load(), center, 1)
    speech = voice.speak("uz-Latn", WALL, voice.warn("uz-Latn", view.notice, shown))
    surface = pygame.Surface(TV)
    scene = arrange(view, speech, screen, measure, 0.0, form=CALLS, windows=0, scale=1.0)
    board_painter.paint(surface, scene, None)
    return Image.frombytes("RGB", TV, pygame.image.tobytes(surface, "RGB"))


def slip(known: CatalogueOut, ticket: Mapping[str, Any]) -> Image.Image:
    """Return the paper as it came out of the printer."""
    wait = EstimateOut(low=5, high=10, text="5–10 daq.")
    at_issue = {"language": "uz-Latn", "ahead": 4, "estimate": wait}
    issued = TicketOut.model_validate(ticket).model_copy(update=at_issue)
    paper = raster.render(slip_of(issued, known, Wording.load()), PAPER_80)
    return paper.convert("RGB")


def _put(
    canvas: Image.Image, image: Image.Image, at: tuple[int, int], width: int, radius: int = 14
) -> None:
    """Lay a picture down with round corners and a soft shadow."""
    size = (width, round(image.height * width / image.width))
    small = image.convert("RGB").resize(size, Image.Resampling.LANCZOS)
    mask = Image.new("L", (4 * size[0], 4 * size[1]), 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, *(s - 1 for s in mask.size)), 4 * radius, 255)
    mask = mask.resize(size, Image.Resampling.LANCZOS)
    shadow = Image.new("RGBA", canvas.size, (*SHADOW[:3], 0))
    shadow.paste(SHADOW, (at[0], at[1] + 8), mask)
    soft = shadow.filter(ImageFilter.GaussianBlur(14))
    canvas.paste(soft.convert("RGB"), (0, 0), soft.getchannel("A"))
    canvas.paste(small, at, mask)
