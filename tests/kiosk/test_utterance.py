"""What is said of a screen: in the visitor's language, and never less than what it shows."""

from __future__ import annotations

import re

import pytest

from kiosk import theme
from kiosk.acts import ChooseLanguage, SwitchComfort
from kiosk.elements import Key, Layout
from kiosk.layout import lay_out
from kiosk.state import Flow, Step
from kiosk.utterance import Teller, Utterance, shown
from tests.kiosk import screens_of_visitors
from tests.kiosk.screens_of_all_kinds import SCREENS, TAGS, every_flow
from tests.kiosk.steps import flow_at

SCREEN = SCREENS["tall"]
#: every so many of the flows of one kind are told
EVERY = 7


def told(flow: Flow, wording) -> tuple[Teller, Layout]:
    """Return who tells a flow's screen, and the screen."""
    layout = lay_out(flow, SCREEN, "10:42", wording, theme.measure)
    return Teller(flow, layout, wording), layout


def flows(catalogue, tag: str) -> list[tuple[str, Flow]]:
    """Return a sample of all screens in a language."""
    visitors = list(screens_of_visitors.every_flow(catalogue, tag))
    return [*every_flow(catalogue, tag), *visitors[::EVERY]]


def plain(text: str) -> str:
    """Return a text without what is seen but not said: the cursor of a field."""
    return re.sub(r"\s+", " ", text.strip("|▏ ")).strip()


@pytest.mark.parametrize("tag", TAGS)
def test_what_is_said_covers_what_is_shown(catalogue, wording, tag):
    """Every string on the glass is in what is told of the screen and its keys."""
    for name, flow in flows(catalogue, tag):
        teller, layout = told(flow, wording)
        said = "\n".join(one.text for one in (*teller.screen(), *teller.all()))
        for text in shown(layout):
            for piece in text.split("·"):
                page = re.fullmatch(r"(\d+) / (\d+)", piece.strip())
                words = wording.say("kiosk.page", tag, n=page[1], all=page[2]) if page else piece
                assert plain(words) in said, (name, text)


@pytest.mark.parametrize("tag", TAGS)
def test_every_key_has_a_name_and_a_place(catalogue, wording, tag):
    """Also those that show an icon alone; the names of a screen's keys differ."""
    for name, flow in flows(catalogue, tag):
        teller, layout = told(flow, wording)
        names = [teller.key(key)[0].text for key in layout.keys]
        assert all(any(sign.isalnum() for sign in one) for one in names), (name, names)
        for place, key in enumerate(layout.keys, 1):
            position = wording.say("comfort.position", tag, n=place, all=len(layout.keys))
            assert teller.key(key)[-1] == Utterance(position, tag)


@pytest.mark.parametrize("tag", TAGS)
def test_it_speaks_the_language_that_it_shows(catalogue, wording, tag):
    """But for what stands there in another one: the languages' own keys."""
    for name, flow in flows(catalogue, tag):
        teller, layout = told(flow, wording)
        others = {teller.key(key)[0] for key in layout.keys if isinstance(key.act, ChooseLanguage)}
        many = flow.step in (Step.LANGUAGE, Step.CLOSED)
        for one in teller.screen():
            assert one.language == tag or many, (name, one)
        assert {one.language for one in teller.all()} - {tag} <= {o.language for o in others} | (
            set(TAGS) if many else set()
        )


def test_the_first_question_is_asked_in_every_language(catalogue, wording):
    """Each in its own voice."""
    teller, _ = told(flow_at(Step.LANGUAGE, catalogue), wording)
    for tag in TAGS:
        assert Utterance(wording.say("kiosk.choose_language", tag), tag) in teller.screen()


def test_a_switch_says_whether_it_is_on(catalogue, wording):
    """And a chosen language that it is chosen."""
    panel = flow_at(Step.COMFORT, catalogue, "ru")
    teller, layout = told(panel, wording)
    states = {key.act: [one.text for one in teller.key(key)[1:-1]] for key in layout.keys}
    assert states[SwitchComfort("large")] == ["выключено"]
    assert states[ChooseLanguage("ru")] == ["выбрано"]
    assert states[ChooseLanguage("en")] == []


def test_figures_are_told_with_what_they_mean(catalogue, wording):
    """A tile shows "32" beside people and "40–50 min" beside a clock."""
    teller, layout = told(flow_at(Step.GROUP, catalogue, "en"), wording)
    tile = next(key for key in layout.keys if "40–50" in str(key.parts))
    assert re.search(r"\d+ waiting\. Wait: 40–50 min", teller.key(tile)[0].text)


def test_the_slip_is_told_whole(catalogue, wording):
    """The number, the service, the place in the queue, the wait, what to do."""
    flow = flow_at(Step.SLIP, catalogue, "en")
    texts = [one.text for one in told(flow, wording)[0].screen()]
    assert texts.index("A042") == 1
    for text in ("Your number", "Ahead of you: 7", "Wait: 15–25 min", "Your slip is printing"):
        assert text in texts


def test_a_dialog_alone_is_told(catalogue, wording):
    """What lies behind it is not."""
    flow = dict(every_flow(catalogue, "en"))["question"]
    teller, layout = told(flow, wording)
    said = " ".join(one.text for one in (*teller.screen(), *teller.all()))
    assert "Are you still there?" in said
    assert "Choose a section" not in said
    assert all(isinstance(key, Key) for key in layout.keys)
