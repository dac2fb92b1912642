"""Decides what is said now: pure, by what was there before.

Whoever carries the flow asks after every change. A new screen is told whole, a key when it gets the
focus, anything else that is new on the same screen when it appears.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from config.wording import Wording
from kiosk.acts import Act
from kiosk.elements import Key, Layout
from kiosk.state import Comfort, Flow, Step
from kiosk.steps.comfort import served
from kiosk.utterance import Teller, Utterance

#: seconds before the end at which the countdown is said
_TOLD: Final = frozenset({40, 30, 20, 10, 5})


@dataclass(frozen=True, slots=True)
class Seen:
    """What was there when something was last said, or could have been."""

    step: Step
    asking: bool
    comfort: Comfort
    page: int
    language: str
    left: int | None
    layout: Layout
    focus: Act | None


@dataclass(frozen=True, slots=True)
class Sound:
    """What the speaker does now: falls silent, says something, ticks."""

    hush: bool = False
    said: tuple[Utterance, ...] = ()
    #: said after what is being said: news must not drown the ticket's number
    added: tuple[Utterance, ...] = ()
    tick: bool = False


SILENCE: Final = Sound()


def seen(flow: Flow, layout: Layout, focus: Act | None) -> Seen:
    """Return what is there now."""
    visit = flow.visit
    return Seen(
        flow.step,
        flow.asking,
        visit.comfort,
        visit.page,
        visit.language,
        flow.left if _counting(flow) else None,
        layout,
        focus,
    )


def sound(before: Seen | None, now: Seen, flow: Flow, wording: Wording) -> Sound:
    """Return what is heard of the change from one moment to the next."""
    if not now.comfort.spoken:
        ended = before is not None and before.comfort.spoken
        return Sound(hush=ended, tick=served(now.comfort) and _ticks(before, now))
    teller = Teller(flow, now.layout, wording)
    if before is None or not before.comfort.spoken:
        return Sound(said=teller.beginning())
    said = _said(before, now, teller)
    if said:
        return Sound(said=said)
    return Sound(added=_added(before, now, teller), tick=_ticks(before, now))


def _said(before: Seen, now: Seen, teller: Teller) -> tuple[Utterance, ...]:
    """Return what is said to who was already listening: the first that has changed."""
    if now.comfort != before.comfort and (asked := _asked(before.comfort, now.comfort, teller)):
        return asked
    if _place(before) != _place(now):
        return teller.screen()
    if now.focus != before.focus:
        return _focused(now, teller)
    return _switched(before, now, teller)


def _added(before: Seen, now: Seen, teller: Teller) -> tuple[Utterance, ...]:
    """Return what came about by itself: the countdown, or something new on the screen."""
    if now.left is not None and now.left != before.left:
        return teller.countdown() if now.left in _TOLD else ()
    return teller.news(before.layout) if now.layout is not before.layout else ()


def _asked(before: Comfort, now: Comfort, teller: Teller) -> tuple[Utterance, ...]:
    """Return what the keys for the ear ask for: the screen once more, or how loud it is now."""
    if now.again != before.again:
        return teller.all()
    return teller.volume() if now.volume != before.volume else ()


def _place(at: Seen) -> tuple[Step, bool, int, str]:
    """Return what makes a screen another screen."""
    return at.step, at.asking, at.page, at.language


def _focused(now: Seen, teller: Teller) -> tuple[Utterance, ...]:
    key = _key(now)
    return teller.key(key) if key else ()


def _switched(before: Seen, now: Seen, teller: Teller) -> tuple[Utterance, ...]:
    """Return the key in focus if it looks otherwise than before: it was turned on or off."""
    was, key = _key(before), _key(now)
    return teller.key(key) if key and was and key.look is not was.look else ()


def _key(at: Seen) -> Key | None:
    return next((key for key in at.layout.keys if key.act == at.focus), None)


def _counting(flow: Flow) -> bool:
    return flow.left is not None and (flow.asking or flow.step is Step.SLIP)


def _ticks(before: Seen | None, now: Seen) -> bool:
    """Whether another second of the countdown has gone by."""
    return now.left is not None and (before is None or before.left != now.left)
