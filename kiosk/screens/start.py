"""The first screen: a language, each in its own script, and the sign-language key."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from config.languages import LANGUAGES
from kiosk.acts import ChooseLanguage, SwitchSignLanguage
from kiosk.elements import Align, Box, Element, Icon, Key, Look, Part, Text
from kiosk.geometry import Rect
from kiosk.screens.glass import TILE_MM, Glass, own_name
from kiosk.screens.grid import cells
from kiosk.screens.keys import badge
from kiosk.state import Flow
from kiosk.typesetting import fit_all

#: points across that a language's name needs in large text
NAME = 150
#: letters of a language's name that stand for it
_LETTERS = re.compile(r"\wʻ?\w")


def languages(flow: Flow, glass: Glass, area: Rect) -> tuple[Element, ...]:
    """Place the languages."""
    inner = area.above(glass.foot).inset(glass.margin, glass.pt(10 if glass.tight else 20))
    tall = glass.screen.tall
    flat = glass.large and not tall
    head = _above(glass) if glass.low else inner
    welcome, left = glass.flow(
        glass.say("kiosk.welcome"),
        head.below(0 if glass.tight or glass.large else glass.pt(36 if tall else 6)),
        glass.faces("semibold", "heading" if glass.tight or flat else "number", "title"),
        align=Align.CENTRE,
        most=1,
    )
    question, left = glass.flow(
        glass.say_in("kiosk.choose_language", flow.languages),
        left.below(glass.pt(8)),
        glass.faces("regular", "lead", "body"),
        "ink_soft",
        Align.CENTRE,
        most=2,
    )
    apart = glass.gap if glass.tight or glass.large else glass.pt(40 if tall else 20)
    tiles = inner if glass.low else left.below(apart)
    foot = area.foot(glass.foot).inset(glass.margin, glass.pt(14)).after(glass.comfort_width)
    sign = _sign_key(flow, glass, foot)
    return (welcome, question, *_tiles(flow, glass, tiles), sign)


def _above(glass: Glass) -> Rect:
    """Return where the welcome stands in the low layout: in the middle above the keys."""
    room = glass.stage.inset(glass.margin, 0)
    return room.below(room.h // 3)


def _tiles(flow: Flow, glass: Glass, area: Rect) -> list[Key]:
    columns, rows = _shape(glass, area, len(flow.languages))
    room = _limited(glass, area, rows)
    places = cells(room, columns, rows, glass.gap)[: len(flow.languages)]
    make = _beside if places[0].w > max(2 * places[0].h, glass.pt(300)) else _stacked
    return make(glass, flow.languages, places)


def _shape(glass: Glass, area: Rect, count: int) -> tuple[int, int]:
    """Return one column on a tall screen that is high enough, else as many columns as fit."""
    if glass.screen.tall and not glass.low:
        return 1, count
    least = max(glass.screen.mm(TILE_MM[0]), glass.pt(NAME) if glass.large else 0)
    columns = (area.w + glass.gap) // (least + glass.gap)
    rows = math.ceil(count / max(1, min(count, columns)))
    return math.ceil(count / rows), rows


def _limited(glass: Glass, area: Rect, rows: int) -> Rect:
    """Return the area no higher than tiles of one word need."""
    most = rows * glass.pt(230 if rows < len(LANGUAGES) else 116) + (rows - 1) * glass.gap
    return area.middle(area.w, min(area.h, most))


def _stacked(glass: Glass, tags: Sequence[str], places: Sequence[Rect]) -> list[Key]:
    """Letters on top, the name and the welcome below them."""
    width = places[0].w - 2 * glass.pt(12)
    names = fit_all(
        [own_name(tag) for tag in tags],
        width,
        glass.pt(40),
        glass.faces("semibold", "title", "body"),
        glass.measure,
        1,
    )
    keys = []
    for tag, place, name in zip(tags, places, names, strict=False):
        side = min(glass.pt(84), place.h // 3) if place.h > glass.pt(150) else 0
        above = side + glass.pt(16) if side else 0
        greets = place.h >= above + name.height + glass.pt(34)
        under = glass.pt(26) if greets else 0
        inner = place.middle(width, min(above + name.height + under, place.h))
        mark = inner.top(side).middle(side, side)
        words = inner.below(above)
        low = words.below(name.height + glass.pt(2))
        parts = (
            *(_letters(glass, mark, tag) if side else ()),
            Text(words.top(name.height), name.lines, name.face, "ink", Align.CENTRE),
            *((_welcome(glass, low.top(glass.pt(24)), tag, Align.CENTRE),) if greets else ()),
        )
        keys.append(_key(glass, place, tag, parts))
    return keys


def _beside(glass: Glass, tags: Sequence[str], places: Sequence[Rect]) -> list[Key]:
    """Letters at the left, the name and the welcome beside them, an arrow at the right."""
    keys = []
    for tag, place in zip(tags, places, strict=False):
        inner = place.inset(glass.pt(24), glass.pt(10))
        side = min(glass.pt(68), inner.h)
        arrow = inner.end(glass.pt(28))
        words = inner.after(side + glass.pt(22)).before(arrow.w)
        name = glass.fit(own_name(tag), words, glass.faces("semibold", "title", "lead"), 1)
        greets = words.h >= name.height + glass.pt(26)
        block = words.middle(words.w, name.height + (glass.pt(26) if greets else 0))
        parts = (
            *_letters(glass, inner.left(side).middle(side, side), tag),
            Text(block.top(name.height), name.lines, name.face),
            *((_welcome(glass, block.below(name.height), tag, Align.LEFT),) if greets else ()),
            Icon(arrow.middle(arrow.w, arrow.w), "next", "line_strong"),
        )
        keys.append(_key(glass, place, tag, parts))
    return keys


def _key(glass: Glass, place: Rect, tag: str, parts: tuple[Part, ...]) -> Key:
    return Key(place, ChooseLanguage(tag), Look.TILE, parts, glass.radius("large"))


def _letters(glass: Glass, rect: Rect, tag: str) -> tuple[Part, ...]:
    found = _LETTERS.match(own_name(tag))
    face = glass.face("title" if rect.h >= glass.pt(60) else "lead", "semibold")
    return (
        Box(rect, "accent_soft", rect.w // 2),
        Text(rect, (found.group() if found else tag,), face, "accent", Align.CENTRE),
    )


def _welcome(glass: Glass, rect: Rect, tag: str, align: Align) -> Text:
    text = glass.wording.say("kiosk.welcome", tag)
    return glass.text(text, rect, glass.faces("regular", "body", "small"), "ink_soft", align, 1)


def _sign_key(flow: Flow, glass: Glass, row: Rect) -> Key:
    on = flow.visit.sign_language
    text = glass.say("kiosk.sign_language_on" if on else "kiosk.sign_language")
    face = glass.face("lead", "medium")
    mark = min(glass.pt(44), row.h - glass.pt(12))
    width = min(row.w, glass.width(text, face) + mark + glass.pt(64))
    centred = glass.screen.area.middle(width, row.h)
    place = Rect(max(row.x, centred.x), row.y, width, row.h)
    inner = place.inset(glass.pt(14 if glass.large else 24), 0 if glass.large else glass.pt(4))
    parts = (
        *badge(inner.left(mark).middle(mark, mark), "check" if on else "sign-language"),
        glass.text(
            text, inner.after(mark + glass.pt(14)), glass.faces("medium", "lead", "small"), most=2
        ),
    )
    look = Look.OPTION_ON if on else Look.OUTLINE
    return Key(place, SwitchSignLanguage(), look, parts, min(row.h // 2, glass.radius("large")))
