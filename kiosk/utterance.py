"""From a layout to what is said of it: pure, and never less than what the screen shows.

A screen is told in the order in which it is read: its title and facts, how many choices there are,
how to operate it. A key is told by its name, its state and its place among the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from config.wording import Wording
from kiosk import acts
from kiosk.elements import Element, Icon, Key, Layout, Look, Text
from kiosk.state import Flow

#: a page, of how many
_PAGE: Final = re.compile(r"(\d+) / (\d+)")
#: between the same text in several languages on one line
_APART: Final = "·"
#: texts that stand side by side in several languages
_MANY: Final = ("kiosk.choose_language", "kiosk.server_away", "kiosk.welcome")
#: keys that show an icon alone: what they mean, and the text that says it
_NAMES: Final[Mapping[type[acts.Act], str]] = {
    acts.GoBack: "kiosk.back",
    acts.StartAgain: "kiosk.home",
    acts.OpenComfort: "comfort.title",
    acts.SayAgain: "comfort.say_again",
    acts.Erase: "comfort.erase",
    acts.OpenSearch: "kiosk.search",
    acts.OpenEvents: "kiosk.events_key",
    acts.OpenCode: "kiosk.code_key",
    acts.OpenCenter: "kiosk.center_key",
    acts.CallHelp: "kiosk.call_staff",
    acts.TakeTicket: "kiosk.take_ticket",
    acts.TryAgain: "kiosk.try_again",
    acts.StillHere: "kiosk.yes_continue",
}
#: keys that are on or off, not chosen among others
_SWITCHES: Final = (acts.SwitchComfort, acts.SwitchSignLanguage, acts.SwitchLeg)
#: icon that tells what the figure beside it means → the text that says it
_FIGURES: Final[Mapping[str, tuple[str, str]]] = {
    "people": ("kiosk.people_waiting", "n"),
    "clock": ("comfort.wait", "time"),
}


@dataclass(frozen=True, slots=True)
class Utterance:
    """A text to be said in a language, by its tag."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells a flow's screen in the visitor's language."""

    flow: Flow
    layout: Layout
    wording: Wording

    def screen(self) -> tuple[Utterance, ...]:
        """Return what is said when a screen appears: all it shows, and how many keys there are."""
        return (*self._said(self._facts()), *self._choices())

    def beginning(self) -> tuple[Utterance, ...]:
        """Return what is said first: that the kiosk speaks, the screen, and how to operate it."""
        begun = self._plain("comfort.speech_on")
        return (begun, *self.screen(), self._plain("comfort.operate"))

    def all(self) -> tuple[Utterance, ...]:
        """Return what is said when the visitor asks again: also the keys, and what is on top."""
        keys = self.layout.keys
        told = (one for key in keys for one in self.key(key))
        return (*self._said(self._facts()), *told, *self._top(), self._plain("comfort.operate"))

    def key(self, key: Key) -> tuple[Utterance, ...]:
        """Return a key's name, its state where it has one, and its place: "2 of 8"."""
        keys = self.layout.keys
        place = self._plain("comfort.position", n=keys.index(key) + 1, all=len(keys))
        name = Utterance(self._name(key), self._language(key))
        state = self._state(key)
        return (name, *((state,) if state else ()), place)

    def news(self, before: Layout) -> tuple[Utterance, ...]:
        """Return what the same screen did not show before: what was typed, how the slip fares."""
        known = {self._page(text) for text in _texts(before)}
        fresh = [text for text in self._facts() if text not in known]
        said = self._said(fresh)
        return (*said, *self._choices()) if len(before.keys) != len(self.layout.keys) else said

    def countdown(self) -> tuple[Utterance, ...]:
        """Return how long it is until the visit ends."""
        return (self._plain("kiosk.seconds_left", n=self.flow.left or 0),)

    def volume(self) -> tuple[Utterance, ...]:
        """Return how loud the voice is."""
        return (self._plain("comfort.volume", n=self.flow.visit.comfort.volume),)

    def _facts(self) -> list[str]:
        """Return the texts of the uppermost plane but for the keys' and the bar's on top."""
        return [self._page(text) for text in _texts(self.layout)]

    def _page(self, text: str) -> str:
        """Return "1 / 2" in words, any other text as it is."""
        found = _PAGE.fullmatch(text)
        return self._say("kiosk.page", n=found[1], all=found[2]) if found else text

    def _said(self, texts: list[str]) -> tuple[Utterance, ...]:
        return tuple(one for text in texts for one in self._parted(text))

    def _parted(self, text: str) -> Iterator[Utterance]:
        """Yield a text; one that stands in several languages is told in each."""
        for piece in map(str.strip, text.split(_APART)):
            if piece:
                yield Utterance(piece, self._tongue(piece))

    def _tongue(self, text: str) -> str:
        """Return the language that a text of many languages is in; else the visitor's."""
        mine = self.flow.visit.language
        tags = [mine, *(tag for tag in self.flow.languages if tag != mine)]
        for key in _MANY:
            for tag in tags:
                if text == self.wording.say(key, tag):
                    return tag
        return mine

    def _choices(self) -> tuple[Utterance, ...]:
        count = len(self.layout.keys)
        return (self._plain("comfort.choices", n=count),) if count else ()

    def _top(self) -> tuple[Utterance, ...]:
        """Return the center's name and the time of day, unless a dialog covers them."""
        above = self.layout.elements[: self.layout.band]
        lines = [] if self.layout.dialog else [_joined(one) for one in above if _is_said(one)]
        named = [Utterance(line, self.flow.visit.language) for line in lines[:-1]]
        clock = [self._plain("comfort.now", time=line) for line in lines[-1:]]
        return (*named, *clock)

    def _name(self, key: Key) -> str:
        """Return what a key shows; what an icon alone means is said in words."""
        said = list(self._parts(key))
        if said:
            return ". ".join(said)
        return self._meaning(key.act)

    def _parts(self, key: Key) -> Iterator[str]:
        texts = [part for part in key.parts if isinstance(part, Text)]
        icon = ""
        for part in key.parts:
            if isinstance(part, Icon):
                icon = part.name
            elif isinstance(part, Text):
                words = _joined(part)
                if not _begins_another(words, part, texts):
                    yield self._figure(icon, words)
                icon = ""

    def _figure(self, icon: str, words: str) -> str:
        """Return a figure with what its icon means; words that say it themselves as they are."""
        if icon not in _FIGURES or not words[:1].isdigit():
            return words
        key, name = _FIGURES[icon]
        if icon == "people" and not words.isdigit():
            return words
        return self._say(key, **{name: words})

    def _meaning(self, act: acts.Act) -> str:
        match act:
            case acts.ShowPage(page):
                on = page > self.flow.visit.page
                return self._say("kiosk.next_page" if on else "kiosk.previous_page")
            case acts.ChangeVolume(by):
                return self._say("comfort.louder" if by > 0 else "comfort.quieter")
            case acts.Type(text):
                return self._say("comfort.space") if text.isspace() else text
        return self._say(_NAMES[type(act)]) if type(act) in _NAMES else ""

    def _state(self, key: Key) -> Utterance | None:
        on = key.look in (Look.PILL_ON, Look.OPTION_ON)
        if isinstance(key.act, _SWITCHES):
            return self._plain("comfort.on" if on else "comfort.off")
        return self._plain("comfort.chosen") if on else None

    def _language(self, key: Key) -> str:
        """Return the language in which a key is told: a language's key in its own."""
        return key.act.tag if isinstance(key.act, acts.ChooseLanguage) else self._visitors

    @property
    def _visitors(self) -> str:
        return self.flow.visit.language

    def _plain(self, key: str, **values: object) -> Utterance:
        return Utterance(self._say(key, **values), self._visitors)

    def _say(self, key: str, **values: object) -> str:
        return self.wording.say(key, self._visitors, **values)


def shown(layout: Layout) -> list[str]:
    """Return every text that the uppermost plane shows, keys and all, in the order of drawing."""
    plane = layout.dialog or layout.elements
    found: list[str] = []
    for element in plane:
        parts = element.parts if isinstance(element, Key) else (element,)
        found += [_joined(part) for part in parts if isinstance(part, Text) and _is_said(part)]
    return found


def _texts(layout: Layout) -> Iterator[str]:
    """Yield the texts of the uppermost plane that stand on no key, without the bar on top."""
    for element in layout.dialog or layout.elements[layout.band :]:
        if _is_said(element):
            yield _joined(element)


def _is_said(element: Element) -> bool:
    return isinstance(element, Text) and any(line.strip() for line in element.lines)


def _joined(element: Element) -> str:
    """Return a text's lines as one; a word parted at its hyphen is whole again."""
    if not isinstance(element, Text):
        return ""
    return " ".join(element.lines).replace("\N{NO-BREAK SPACE}", " ").replace("- ", "-").strip()


def _begins_another(words: str, part: Text, texts: list[Text]) -> bool:
    """Whether a text is only the first letters of another on the same key: an ornament."""
    others = (_joined(one) for one in texts if one is not part)
    return any(len(other) > len(words) and other.startswith(words) for other in others)
