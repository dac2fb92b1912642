"""What the visitor's page knows of its ticket; each function is pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page

from config.languages import LANGUAGES
from config.wording import Wording
from queue_server import bootstrap
from queue_server.domain.estimate import LONG, NOBODY, SOON, Estimate

NOW = datetime(2026, 11, 22, 6, 20, tzinfo=UTC)
CENTER = ZoneInfo("Asia/Tashkent")
WAITING = {"id": "t1", "state": "waiting", "version": 3, "recalls": 0, "ahead": 4, "late": False}
CALLED = {"state": "called", "window": 3, "called_at": "x", "recalls": 0, "version": 4}
FINISHED = {"state": "finished", "rated": False, "ahead": 0}

CALL = "([name, ...given]) => navbatTicket[name](...given)"
WORDS = """([estimate, bounds, texts, walls]) => navbatTicket.waitWords(
  estimate, bounds,
  (key, values) => texts[key].replace(/\\{(\\w+)\\}/g, (_, name) => values[name]),
  (ms) => walls[ms / 60000],
)"""


@pytest.fixture(scope="module")
def state(scripts: Page) -> Page:
    """A page with the functions loaded."""
    scripts.add_script_tag(url="http://pages.test/ticket/ticket_state.js")
    return scripts


def call(page: Page, name: str, *given: Any) -> Any:
    """Call one of the functions."""
    return page.evaluate(CALL, [name, *given])


def test_an_event_calls_the_visitor(state: Page) -> None:
    """The call's event holds all that the page shows of it; the rest stays."""
    ticket = call(state, "applyEvent", WAITING, CALLED)
    assert ticket == {**WAITING, **CALLED}


@pytest.mark.parametrize("name", ["applyEvent", "applyReply"])
def test_what_is_older_changes_nothing(state: Page, name: str) -> None:
    """An event or an answer that was overtaken on its way is ignored."""
    assert call(state, name, WAITING, {**CALLED, "version": 2}) == WAITING


def test_an_answer_brings_the_place_in_the_line(state: Page) -> None:
    """Only the answer knows how many are ahead; the version may be the same."""
    assert call(state, "applyReply", WAITING, {**WAITING, "ahead": 2})["ahead"] == 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("low", "high"), [(0, 5), (0, 10), (20, 40), (55, 90), (60, 95)])
def test_the_wait_is_said_as_on_paper(state: Page, language: str, low: int, high: int) -> None:
    """The page words an expected wait as the slip does, in every language."""
    wording = Wording.load()
    texts = {f"wait.{name}": text for name, text in wording.section("wait", language).items()}
    bounds = {"soon": SOON, "long": LONG}
    local = NOW.astimezone(CENTER)
    walls = {str(low): f"{local + timedelta(minutes=low):%H:%M}"}
    said = state.evaluate(WORDS, [{"low": low, "high": high}, bounds, texts, walls])
    assert said == bootstrap._say_wait(wording)(Estimate(low, high), language, local)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_no_window_serves_now_is_said_as_on_paper(state: Page, language: str) -> None:
    """Words, and no number."""
    wording = Wording.load()
    texts = {f"wait.{name}": text for name, text in wording.section("wait", language).items()}
    bounds = {"soon": SOON, "long": LONG}
    said = state.evaluate(WORDS, [{"low": None, "high": None}, bounds, texts, {}])
    assert said == bootstrap._say_wait(wording)(NOBODY, language, NOW.astimezone(CENTER))


@pytest.mark.parametrize(
    ("ticket", "late", "cancel", "rate"),
    [
        (WAITING, True, True, False),
        ({**WAITING, "late": True}, False, True, False),
        ({"state": "booked"}, False, True, False),
        ({"state": "no_show"}, False, True, False),
        (CALLED, False, False, False),
        ({"state": "serving"}, False, False, False),
        (FINISHED, False, False, True),
        ({**FINISHED, "rated": True}, False, False, False),
        ({"state": "cancelled"}, False, False, False),
    ],
)
def test_what_a_visitor_may_do(
    state: Page,
    ticket: dict[str, Any],
    late: bool,  # noqa: FBT001
    cancel: bool,  # noqa: FBT001
    rate: bool,  # noqa: FBT001
) -> None:
    """Late once and only while waiting, cancel before the call, rate once after the service."""
    assert call(state, "may", ticket) == {"late": late, "cancel": cancel, "rate": rate}


@pytest.mark.parametrize(
    ("ahead", "least"), [(0, 20_000), (3, 20_000), (4, 30_000), (10, 30_000), (11, 60_000)]
)
def test_who_is_near_looks_more_often(state: Page, ahead: int, least: int) -> None:
    """With a socket nobody looks more often than every 20 seconds, who is far off every minute."""
    ticket = {**WAITING, "ahead": ahead}
    pauses = [call(state, "pause", ticket, True, chance) for chance in (0, 1)]
    assert pauses == [least, least * 1.25]


def test_without_a_socket_phones_drift_apart(state: Page) -> None:
    """The fallback looks every 15 to 30 seconds, by chance, however far off the turn is."""
    for ticket in (WAITING, {**WAITING, "ahead": 99}, CALLED):
        assert [call(state, "pause", ticket, False, chance) for chance in (0, 1)] == [15e3, 30e3]


def test_a_thousand_phones_are_few_requests(state: Page) -> None:
    """Phones in a line of a thousand ask less than 25 times a second altogether."""
    tickets = [{**WAITING, "ahead": ahead} for ahead in range(1000)]
    asks = sum(1000 / call(state, "pause", ticket, True, 0.5) for ticket in tickets)
    assert asks < 25


def test_an_ended_ticket_is_asked_for_no_more(state: Page) -> None:
    """The page of a finished visit leaves the server alone, with a socket or without."""
    for live in (True, False):
        assert call(state, "pause", FINISHED, live, 0.5) is None


def test_progress_counts_what_is_done(state: Page) -> None:
    """One of three services is done."""
    legs = [{"state": each} for each in ("done", "in_hand", "to_come")]
    assert call(state, "progress", legs) == {"done": 1, "all": 3}


def test_each_call_rings_once(state: Page) -> None:
    """The first call and each further one ring; the same call seen again does not."""
    again = {**CALLED, "recalls": 1}
    rings = [(WAITING, CALLED), (CALLED, again), (CALLED, CALLED), (CALLED, {"state": "serving"})]
    assert [call(state, "rings", *each) for each in rings] == [True, True, False, False]
