"""Flow, hand and layout kept together: takes events and gestures, draws when something changed.

What is drawn is told as well, to who wants to hear it; whatever the visitor does, it falls silent.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pygame

from config.wording import Wording
from kiosk import theme
from kiosk.acts import Act, ChangeVolume, SayAgain, SwitchComfort
from kiosk.elements import Layout
from kiosk.events import Event, HeadphonesChanged, Touched
from kiosk.flow import apply
from kiosk.geometry import Rect, Screen
from kiosk.gestures import Gesture, Move, Other, Press, Release
from kiosk.hand import Done, Hand, enter, escape, move, on_new_layout, press, release
from kiosk.layout import lay_out
from kiosk.narrator import Seen, seen, sound
from kiosk.painter import paint, reach
from kiosk.speaker import Mute, Speaker
from kiosk.state import Flow, Wish
from queue_server.contracts.catalogue import CatalogueOut

#: takes a wish with the catalogue that it was made from, and returns at once
Wishing = Callable[[Wish, CatalogueOut], None]
#: gestures that are no doing of the visitor's
_NOT_DONE = frozenset({Other.REDRAW, Other.POINTER, Other.FULL_SCREEN, Other.QUIT})
_HEADPHONES = {Other.PLUGGED: True, Other.UNPLUGGED: False}


class Front:
    """What the visitor stands before; only one thread uses it."""

    def __init__(
        self,
        flow: Flow,
        screen: Screen,
        wording: Wording,
        wishing: Wishing,
        speaker: Speaker | None = None,
    ) -> None:
        self.flow, self.screen = flow, screen
        self.hand = Hand()
        self._wording, self._wishing = wording, wishing
        self._speaker = speaker or Mute()
        self._seen: Seen | None = None
        self._clock = ""
        self._laid_out: tuple[Flow, Screen, str] | None = None
        self._layout = Layout(())
        self._drawn: tuple[Layout, Hand] | None = None

    def take(self, event: Event) -> None:
        """Let the flow take an event, and pass a new wish on."""
        before, self.flow = self.flow, apply(self.flow, event)
        wish, catalogue = self.flow.wish, self.flow.catalogue
        if wish is not None and wish is not before.wish and catalogue is not None:
            self._wishing(wish, catalogue)

    def feel(self, gesture: Gesture, at: float) -> None:
        """Take what the visitor does, at a time in seconds."""
        layout = self.layout
        if gesture not in _NOT_DONE and self.flow.visit.comfort.spoken:
            self._speaker.hush()
        match gesture:
            case Press(x, y, finger):
                self.hand = replace(press(self.hand, layout, x, y, finger), focus=None)
            case Release(x, y, finger):
                done = release(self.hand, layout, x, y, finger)
                if done is not None:
                    self._meant(done, at, typed=False)
            case Move(way):
                self._meant(Done(move(self.hand, layout, way), None), at, typed=True)
            case Other():
                self._press(gesture, layout, at)

    def show(self, screen: Screen, clock: str) -> None:
        """Note the screen and the time of day that are to be shown."""
        self.screen, self._clock = screen, clock

    def draw(self, surface: pygame.Surface) -> list[Rect]:
        """Draw what the surface does not show yet; return where it changed.

        A touch changes one key only, and is answered without drawing the others.
        """
        layout = self.layout
        self._tell(layout)
        hand, drawn = self.hand, self._drawn
        self._drawn = layout, hand
        if drawn is None or drawn[0] is not layout:
            paint(surface, self.screen, layout, hand.pressed, hand.focus)
            return [self.screen.area]
        if drawn[1] == hand:
            return []
        around = reach(self.screen)
        before = drawn[1]
        touched = {before.pressed, hand.pressed} if before.pressed != hand.pressed else set()
        ringed = {before.focus, hand.focus} if before.focus != hand.focus else set()
        changed = [k.rect.inset(-around) for k in layout.keys if k.act in touched | ringed]
        for region in changed:
            paint(surface, self.screen, layout, hand.pressed, hand.focus, region)
        return changed

    @property
    def layout(self) -> Layout:
        """The layout of what is now the case."""
        now = self.flow, self.screen, self._clock
        seen = self._laid_out
        if seen is None or seen[0] is not now[0] or seen[1:] != now[1:]:
            self._layout = lay_out(*now, self._wording, theme.measure)
            self._laid_out = now
            same = seen is not None and seen[0].step is self.flow.step
            self.hand = on_new_layout(self.hand, self._layout, same_step=same)
        return self._layout

    def _press(self, key: Other, layout: Layout, at: float) -> None:
        """Take a key that does not move."""
        match key:
            case Other.ENTER:
                self._meant(enter(self.hand, layout), at, typed=True)
            case Other.ESCAPE:
                self._meant(escape(self.hand, layout), at, typed=True)
            case Other.SPEAK | Other.LOUDER | Other.QUIETER:
                self._meant(Done(self.hand, self._heard(key)), at, typed=True)
            case Other.PLUGGED | Other.UNPLUGGED:
                self.take(HeadphonesChanged(at, _HEADPHONES[key]))
            case Other.REDRAW:
                self._drawn = None

    def _tell(self, layout: Layout) -> None:
        """Say what is new since this was last called."""
        now = seen(self.flow, layout, self.hand.focus)
        before, self._seen = self._seen, now
        heard = sound(before, now, self.flow, self._wording)
        if heard.hush:
            self._speaker.hush()
        if heard.said:
            self._speaker.say(heard.said, now.comfort.volume)
        if heard.added:
            self._speaker.add(heard.added, now.comfort.volume)
        elif heard.tick:
            self._speaker.tick()

    def _heard(self, gesture: Gesture) -> Act:
        """Return what a key for the ear means."""
        if gesture is Other.SPEAK:
            return SayAgain() if self.flow.visit.comfort.spoken else SwitchComfort("spoken")
        return ChangeVolume(1 if gesture is Other.LOUDER else -1)

    def _meant(self, done: Done, at: float, *, typed: bool) -> None:
        self.hand = done.hand
        self.take(Touched(at, done.act, typed))
