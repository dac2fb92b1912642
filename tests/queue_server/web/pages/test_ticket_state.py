from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page

from config.languages import LANGUAGES
from config.wording import Wording
from queue_server import bootstrap
from queue_server.domain import waiting
from queue_server.domain.waiting import Estimate
from queue_server.usecases.recording import instant

NOW = datetime(2026, 11, 22, 6, 20, tzinfo=UTC)
CENTER = "Asia/Tashkent"
WAITING = {"id": "t1", "number": "A001", "state": "waiting", "version": 3, "recalls": 0}
CALLED = {"state": "called", "window": 3, "called_at": instant(NOW), "recalls": 0, "version": 4}

APPLY = """async ([name, ticket, message]) =>
  (await import("/ticket/ticket_state.js"))[name](ticket, message)"""
WORDS = """async ([estimate, facts, now, timezone]) => {
  const { waitWords } = await import("/ticket/ticket_state.js");
  const { serverClock, speaker } = await import("/page.js");
  const clock = serverClock(now, timezone);
  return waitWords(estimate, facts, clock, speaker(facts.texts));
}"""


def test_an_event_calls_the_visitor(scripts: Page) -> None:
    """The call's event holds all that the page shows of it."""
    ticket = scripts.evaluate(APPLY, ["applyEvent", WAITING, CALLED])
    assert (ticket["state"], ticket["window"], ticket["number"]) == ("called", 3, "A001")


@pytest.mark.parametrize("name", ["applyEvent", "applyReply"])
def test_what_is_older_changes_nothing(scripts: Page, name: str) -> None:
    """An event or an answer that was overtaken on its way is ignored."""
    assert scripts.evaluate(APPLY, [name, WAITING, {**CALLED, "version": 2}]) == WAITING


def test_an_answer_brings_the_place_in_the_line(scripts: Page) -> None:
    """Only the answer knows how many are ahead; the version may be the same."""
    answer: dict[str, Any] = {**WAITING, "ahead": 4}
    assert scripts.evaluate(APPLY, ["applyReply", WAITING, answer])["ahead"] == 4


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("low", "high"), [(0, 5), (0, 10), (20, 40), (55, 90), (60, 95)])
def test_the_wait_is_said_as_on_paper(scripts: Page, language: str, low: int, high: int) -> None:
    """The page words an expected wait as the slip does, in every language."""
    wording = Wording.load()
    texts = {f"wait.{name}": text for name, text in wording.section("wait", language).items()}
    shown = {"soon": waiting.SOON, "long": waiting.LONG, "texts": texts}
    said = scripts.evaluate(WORDS, [{"low": low, "high": high}, shown, instant(NOW), CENTER])
    local = NOW.astimezone(ZoneInfo(CENTER))
    assert said == bootstrap._say_wait(wording)(Estimate(low, high), language, local)
