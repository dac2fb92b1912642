"""A service that gives no tickets now: the kiosk says so, why, and what else there is."""

import pytest

from config.wording import Wording
from kiosk import theme
from kiosk.acts import GoBack, TakeTicket
from kiosk.elements import Key, Text
from kiosk.events import NotIssued, Touched
from kiosk.flow import apply
from kiosk.layout import lay_out
from kiosk.state import Flow, Step
from tests.kiosk.catalogues import demo
from tests.kiosk.screens_of_all_kinds import SCREENS, TAGS
from tests.kiosk.steps import flow_at

WORDING = Wording.load()


def closed(service: str = "A01", reason: str = "no_specialist"):
    """Return the demo's catalogue with a service closed."""
    whole = demo()
    groups = [
        group.model_copy(
            update={
                "services": [
                    one.model_copy(update={"closed": reason}) if one.id == service else one
                    for one in group.services
                ]
            }
        )
        for group in whole.groups
    ]
    return whole.model_copy(update={"groups": groups})


def words(flow: Flow, screen: str = "tall") -> str:
    """Return every word of a flow's screen."""
    layout = lay_out(flow, SCREENS[screen], "10:42", WORDING, theme.measure)
    texts = [part for part in layout.elements if isinstance(part, Text)]
    texts += [
        part
        for key in layout.elements
        if isinstance(key, Key)
        for part in key.parts
        if isinstance(part, Text)
    ]
    return " ".join(" ".join(text.lines) for text in texts)


@pytest.mark.parametrize("language", TAGS)
@pytest.mark.parametrize("screen", ["tall", "tight"])
def test_the_tile_and_the_question_say_that_it_is_closed(language: str, screen: str) -> None:
    """In every language; the key leads back instead of to a ticket."""
    tile = words(flow_at(Step.SERVICE, closed(), language), screen)
    assert WORDING.say("closing.tile", language) in tile
    asked = flow_at(Step.CONFIRM, closed(), language)
    layout = lay_out(asked, SCREENS[screen], "10:42", WORDING, theme.measure)
    acts = [key.act for key in layout.elements if isinstance(key, Key)]
    assert TakeTicket() not in acts
    assert GoBack() in acts


def test_the_question_says_why() -> None:
    """The reason and what to do stand where the wait would."""
    shown = words(flow_at(Step.CONFIRM, closed(), "en"))
    assert WORDING.say("closing.no_specialist", "en") in shown
    assert WORDING.say("closing.choose", "en").split()[0] in shown


def test_no_ticket_is_asked_for() -> None:
    """Neither of the server nor of the kiosk's own numbers."""
    flow = apply(flow_at(Step.CONFIRM, closed()), Touched(1.0, TakeTicket()))
    assert flow.step is Step.REFUSED
    assert flow.wish is None
    assert WORDING.say("closing.no_specialist", "uz-Latn") in words(flow)


@pytest.mark.parametrize("code", ["service_closed", "hall_suspended", "day_closed"])
def test_a_refusal_of_the_server_is_said_in_words(code: str) -> None:
    """Closed a moment ago: the visitor reads that, not that something went wrong."""
    asked = apply(flow_at(Step.CONFIRM, demo(), "en"), Touched(1.0, TakeTicket()))
    assert asked.wish is not None
    refused = apply(asked, NotIssued(2.0, asked.wish.key, code))
    assert WORDING.say(f"error.{code}", "en").split(".")[0] in words(refused)
