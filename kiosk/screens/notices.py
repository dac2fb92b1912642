"""Screens of one sentence: please wait, no answer, refused, out of service; and the question."""

from __future__ import annotations

from typing import Final

from config.languages import LANGUAGES
from kiosk.acts import Act, StartAgain, StillHere, TryAgain
from kiosk.elements import Align, Box, Element, Key, Look
from kiosk.geometry import Rect
from kiosk.screens.glass import Glass
from kiosk.screens.grid import cells
from kiosk.screens.keys import disc, label_key, label_width, side_by_side
from kiosk.state import Flow

#: acts, the texts of their labels, their icons
_Keys = tuple[tuple[Act, str, str], ...]

#: refusals after which another try is of no use
CLOSED: Final = frozenset({"service_closed", "hall_suspended", "day_closed"})
_AGAIN: tuple[Act, str, str] = (TryAgain(), "kiosk.try_again", "again")
_HOME: tuple[Act, str, str] = (StartAgain(), "kiosk.home", "home")


def issuing(_flow: Flow, glass: Glass, area: Rect) -> tuple[Element, ...]:
    """Place "one moment"."""
    return notice(glass, area, "hourglass", glass.say("kiosk.please_wait"), "", ())


def away(_flow: Flow, glass: Glass, area: Rect) -> tuple[Element, ...]:
    """Place the news that the server gave no answer."""
    title, hint = glass.say("kiosk.server_away"), glass.say("kiosk.server_away_hint")
    return notice(glass, area, "offline", title, hint, (_AGAIN, _HOME), warn=True)


def refused(flow: Flow, glass: Glass, area: Rect) -> tuple[Element, ...]:
    """Place the news that the server said no, or that the kiosk has no more numbers of its own."""
    if flow.visit.refusal == "numbers_used_up":
        title, hint = glass.say("offline.used_up"), glass.say("offline.used_up_hint")
        return notice(glass, area, "ticket", title, hint, (_HOME,), warn=True)
    if flow.visit.refusal.startswith("closing.") or flow.visit.refusal in CLOSED:
        key = flow.visit.refusal
        title = glass.say(key if key.startswith("closing.") else f"error.{key}")
        hint = glass.say("closing.choose")
        return notice(glass, area, "warning", title, hint, (_HOME,), warn=True)
    title, hint = glass.say("kiosk.refused"), glass.say("kiosk.refused_hint")
    return notice(glass, area, "warning", title, hint, (_AGAIN, _HOME), warn=True)


def closed(flow: Flow, glass: Glass, area: Rect) -> tuple[Element, ...]:
    """Place "one moment", and the news that the kiosk cannot begin once that is known."""
    if not flow.server_away:
        return issuing(flow, glass, area)
    others = [tag for tag in flow.habits.languages or LANGUAGES if tag != glass.language]
    title = glass.say("kiosk.server_away")
    hint = glass.say_in("kiosk.server_away", others)
    return notice(glass, area, "offline", title, hint, (), warn=True)


def question(flow: Flow, glass: Glass) -> tuple[Element, ...]:
    """Place "are you there?" and its countdown over everything."""
    area = glass.reach
    width = min(area.w - 2 * glass.margin, glass.pt(560))
    card = area.middle(width, min(area.h - 2 * glass.margin, glass.pt(390 if glass.large else 330)))
    keys = ((StillHere(), "kiosk.yes_continue", "check"), _HOME)
    words = glass.say("kiosk.seconds_left", n=flow.left or 0)
    inner = notice(glass.upright, card, "clock", glass.say("kiosk.are_you_there"), words, keys)
    return (Box(card, "surface", glass.radius("large"), "", "dialog"), *inner)


def notice(
    glass: Glass,
    area: Rect,
    icon: str,
    title: str,
    hint: str,
    keys: _Keys,
    *,
    warn: bool = False,
) -> tuple[Element, ...]:
    """Place an icon, a sentence, what to do about it and the keys, in the middle of an area."""
    if glass.low:
        area = Rect(area.x, glass.header, area.w, area.bottom - glass.header)
    inner = area.inset(glass.margin, glass.pt(20))
    wide = inner.middle(min(inner.w, glass.pt(720)), inner.h)
    side = glass.pt(104 if area.h > glass.pt(400) else 72)
    big = glass.fit(title, wide, glass.faces("semibold", "display", "title"), 3)
    low = glass.fit(hint, wide, glass.faces("regular", "lead", "body"), 4)
    rows = _rows(glass, wide, keys)
    high = rows * (glass.key + glass.gap) - glass.gap
    height = big.height + glass.pt(10) + low.height + (glass.pt(32) + high if keys else 0)
    above = side + glass.pt(24) if height + side + glass.pt(24) <= wide.h else 0
    block = wide.middle(wide.w, min(above + height, wide.h))
    top = block.below(above)
    fill, ink = ("warn_soft", "warn") if warn else ("accent_soft", "accent")
    sentence, left = glass.flow(title, top, (big.face,), align=Align.CENTRE)
    advice, left = glass.flow(hint, left.below(glass.pt(10)), (low.face,), "ink_soft", Align.CENTRE)
    row = left.below(min(glass.pt(32), max(glass.gap, left.h - high))).top(high)
    if glass.low:
        row = Rect(row.x, max(row.y, glass.reach.y + glass.gap), row.w, high)
    marks = disc(block.top(side).middle(side, side), icon, fill, ink) if above else ()
    return (*marks, sentence, advice, *_keys(glass, row, keys, rows))


def _rows(glass: Glass, area: Rect, keys: _Keys) -> int:
    """Return in how many rows the keys stand: in large text rather below each other than small."""
    wide = sum(_widths(glass, keys)) + glass.gap * (len(keys) - 1)
    return len(keys) if glass.large and wide > area.w else 1


def _widths(glass: Glass, keys: _Keys) -> list[int]:
    return [label_width(glass, glass.say(label), icon) for _, label, icon in keys]


def _keys(glass: Glass, row: Rect, keys: _Keys, rows: int) -> list[Key]:
    widths = _widths(glass, keys)
    most = (row.w + glass.gap) // max(1, len(keys)) - glass.gap
    if sum(widths) + glass.gap * (len(keys) - 1) > row.w:
        widths = [most] * len(keys)
    rects = side_by_side(row, widths, glass.gap, Align.CENTRE) if keys else []
    if rows > 1:
        rects = cells(row, 1, rows, glass.gap)
    looks = (Look.PRIMARY, Look.OUTLINE)
    return [
        label_key(glass, rect, act, look, glass.say(label), icon)
        for rect, look, (act, label, icon) in zip(rects, looks, keys, strict=False)
    ]
