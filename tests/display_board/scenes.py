"""Boards to look at: halls with so many calls, in any language, as scenes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import pygame

from config.wording import Wording
from display_board import bulletin
from display_board.center import Center
from display_board.figures import Bulletin, Figures, Wait
from display_board.layout import CALLS, arrange, room, waits_room
from display_board.plan import Format
from display_board.scene import Picture, Rect, Screen, Words
from display_board.speech import Voice
from display_board.state import Board, Row
from display_board.typeface import font, measure
from display_board.view import page_of_waits, see, see_windows, windows_of
from tests.socket_hall import NAMES

pygame.font.init()

TELEVISIONS = (
    (1280, 720),
    (1366, 768),
    (1920, 1080),
    (3840, 2160),
    (1024, 768),
    (2560, 1080),
    (720, 1280),
    (1080, 1920),
    (2160, 3840),
    (900, 1000),
    (1920, 540),
    (1920, 360),
    (3840, 540),
)
#: every layout, alone and with everything beside the calls
FORMATS = tuple(
    Format(layout, figures=figures, media=media)
    for layout in ("calls", "windows", "columns", "portrait", "bar")
    for figures, media in ((False, False), (True, False), (False, True), (True, True))
)
FIGURES = Figures(
    next=("A043", "E118", "A044", "T209", "K008", "A045"),
    waits=(
        Wait("A", 14, 10, 20),
        Wait("E", 3, 0, 5),
        Wait("K", 7, 5, 15),
        Wait("M", 128, 60, 95),
        Wait("T", 22, 25, 45),
        Wait("U", 1, 0, 5),
        Wait("V", 9, 15, 30),
    ),
    notices=(
        Bulletin(
            (
                ("uz-Latn", "Bugun soat 13:00 dan 14:00 gacha tushlik tanaffusi."),
                ("ru", "Сегодня с 13:00 до 14:00 перерыв на обед."),
                ("en", "Lunch break today from 13:00 to 14:00."),
            )
        ),
    ),
)
NUMBERS = ("A042", "E117", "T208", "M381", "K007", "A041")
NUMBERS += ("U655", "G012", "V333", "L090", "F404", "J001")
WINDOWS = (3, 12, 7, 10, 1, 5, 2, 11, 8, 6, 4, 9)
VOICE = Voice(Wording.load(), Center(NAMES, "Asia/Tashkent"), 1)
LONG = Center(
    dict.fromkeys(NAMES, "Qoraqalpogʻiston Respublikasi Nukus shahar davlat xizmatlari markazi"),
    "Asia/Tashkent",
)
#: 10:47 in Tashkent, and steady seconds
WALL, NOW = datetime(2026, 11, 22, 5, 47, tzinfo=UTC), 103.0


def board(many, lit=0, **facts):
    """Return a live board with so many calls, the first of them just made."""
    rows = [
        Row(NUMBERS[n], WINDOWS[n], "uz-Latn", "", 0, lit_at=100.0 if n < lit else None)
        for n in range(many)
    ]
    return replace(Board(rows=tuple(rows), connection="live", seq=many), **facts)


def lost(many):
    """Return a board without a server since 10:42."""
    return board(many, connection="lost", stale_since="2026-11-22T05:42:00Z", lost_at=0.0)


def scene(shown, size, language="uz-Latn", voice=VOICE, pulse=0.0, form=CALLS, scale=1.0, now=NOW):
    """Return what a board shows on a screen."""
    screen = Screen(*size)
    windows = windows_of(shown)
    look = see_windows if form.by_window else see
    view = look(shown, now, room(screen, measure, form, windows))
    speech = voice.speak(language, WALL, voice.warn(language, view.notice, shown))
    width = bulletin.width(screen.width, screen.height)
    _, line = bulletin.shown(bulletin.lines(shown.figures.notices, (language,), width), now)
    speech = replace(speech, bulletin=line)
    if form.figures:
        waits = page_of_waits(shown, now, waits_room(screen, measure, form))
        speech = voice.tell(speech, language, waits, shown)
    return arrange(view, speech, screen, measure, pulse, form=form, windows=windows, scale=scale)


def ink(words):
    """Return where a line of text really leaves ink."""
    drawn = _drawn(words.text, words.face)
    width = measure(words.text, words.face)
    left = words.x - {"left": 0, "centre": width // 2, "right": width}[words.align]
    top = words.baseline - font(words.face).get_ascent()
    return Rect(left + drawn.x, top + drawn.y, drawn.w, drawn.h)


@cache
def _drawn(text, face):
    return font(face).render(text, True, (0, 0, 0)).get_bounding_rect()


def marks(found):
    """Return everything that is read in a scene, as (shape, where)."""
    return [
        (shape, ink(shape) if isinstance(shape, Words) else shape.rect)
        for shape in found
        if isinstance(shape, Words | Picture)
    ]


def overlap(first, second):
    """Whether two rectangles have a pixel in common."""
    across = first.x < second.right and second.x < first.right
    return across and first.y < second.bottom and second.y < first.bottom
