"""How long the queues are: minutes where they mean something, and a calm line where not."""

from __future__ import annotations

import pytest

from config.wording import Wording
from kiosk import theme
from kiosk.acts import TakeTicket
from kiosk.elements import Key, Text
from kiosk.layout import lay_out
from kiosk.printing import slip_of
from kiosk.state import Flow, Step
from queue_server.contracts.api import EstimateOut
from queue_server.contracts.catalogue import CatalogueOut, NoticeOut, ServiceOut
from tests.kiosk.catalogues import demo
from tests.kiosk.screens_of_all_kinds import SCREENS, TAGS
from tests.kiosk.screens_of_visitors import laid_out, told
from tests.kiosk.steps import flow_at
from tests.kiosk.tickets import ticket

WORDING = Wording.load()
BOTH = pytest.mark.parametrize("screen", ["tall", "tight"])


def with_services(**changes: dict[str, object]) -> CatalogueOut:
    """Return the demo's catalogue with these services of group A changed; `every` is all."""
    whole = demo()
    first, *others = whole.groups

    def changed(one: ServiceOut) -> ServiceOut:
        return one.model_copy(update=changes.get(one.id, changes.get("every", {})))

    group = first.model_copy(update={"services": [changed(one) for one in first.services]})
    return whole.model_copy(update={"groups": [group, *others]})


UNSERVED = {"low": None, "high": None}
NOBODY = with_services(every=UNSERVED)


def words(flow: Flow, screen: str = "tall") -> str:
    """Return every word of a flow's screen, keys included."""
    layout = lay_out(flow, SCREENS[screen], "10:42", WORDING, theme.measure)
    texts = [part for part in layout.elements if isinstance(part, Text)]
    keys = [key for key in layout.elements if isinstance(key, Key)]
    texts += [part for key in keys for part in key.parts if isinstance(part, Text)]
    return " ".join(" ".join(text.lines) for text in texts)


@BOTH
@pytest.mark.parametrize("language", TAGS)
def test_a_service_that_nobody_serves_now_says_so(language: str, screen: str) -> None:
    """On its tile and at the question, without a number of minutes; a ticket is given."""
    assert WORDING.say("wait.nobody_short", language) in words(
        flow_at(Step.SERVICE, NOBODY, language), screen
    )
    asked = flow_at(Step.CONFIRM, NOBODY, language)
    assert WORDING.say("wait.nobody_now", language) in words(asked, screen)
    layout = lay_out(asked, SCREENS[screen], "10:42", WORDING, theme.measure)
    assert TakeTicket() in [key.act for key in layout.elements if isinstance(key, Key)]


def test_a_group_shows_the_longest_wait_that_it_knows() -> None:
    """Services that nobody serves have no say in it."""
    known = {"low": 25, "high": 35, "waiting": 3}
    tiles = words(flow_at(Step.GROUP, with_services(every=UNSERVED, A02=known), "en"))
    assert WORDING.say("wait.between", "en", a=25, b=35) in tiles


def test_no_queue_is_said_only_where_one_is_called_soon() -> None:
    """Windows that are busy with others make whoever comes wait, too."""
    soon = with_services(every={"low": 0, "high": 5, "waiting": 0})
    assert WORDING.say("kiosk.nobody_waits", "en") in words(flow_at(Step.SERVICE, soon, "en"))
    busy = with_services(every={"low": 20, "high": 30, "waiting": 0})
    tiles = words(flow_at(Step.SERVICE, busy, "en"))
    assert WORDING.say("kiosk.nobody_waits", "en") not in tiles
    assert WORDING.say("wait.between", "en", a=20, b=30) in tiles


def test_all_that_is_known_of_a_service_says_it_too() -> None:
    """The information screen agrees with the question."""
    seen = told(laid_out(flow_at(Step.INFO, NOBODY, "en"), SCREENS["tall"], WORDING))
    assert WORDING.say("wait.nobody_now", "en") in seen


@pytest.mark.parametrize("language", TAGS)
def test_slip_and_screen_say_it_at_issue(language: str) -> None:
    """The paper has the server's words, the screen its own sentence; neither has a number."""
    text = WORDING.say("wait.nobody", language)
    issued = ticket(language=language, estimate=EstimateOut(low=None, high=None, text=text))
    shown = words(flow_at(Step.SLIP, demo(), language, ticket=issued))
    assert WORDING.say("wait.nobody_now", language) in shown
    values = [value for _, value in slip_of(issued, demo(), WORDING).lines]
    assert text in values


def test_the_word_that_was_kept_stands_among_the_notices() -> None:
    """Whoever looks at the center's notices reads it."""
    line = {tag: f"kept 92 % ({tag})" for tag in TAGS}
    whole = demo()
    notices = [*whole.notices, NoticeOut(id="kept_word", texts=line)]
    flow = flow_at(
        Step.CENTER, whole.model_copy(update={"notices": notices}), "en", topic="notices"
    )
    pages = [
        told(laid_out(flow_at(Step.CENTER, flow.catalogue, "en", topic="notices", page=page),
                      SCREENS["tall"], WORDING))
        for page in range(3)
        if flow.catalogue
    ]  # fmt: skip
    assert any(line["en"] in seen for seen in pages)
