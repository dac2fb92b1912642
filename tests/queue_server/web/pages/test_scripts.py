"""What the pages' scripts share: talking to the server, words, clocks, searching."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.queue_server.web.pages.conftest import from_folder

POST = """async (without) => {
  if (without) Object.defineProperty(crypto, "randomUUID", { value: undefined });
  const { api } = await import("/api.js");
  try {
    return { reply: await api("secret").post("/windows/3/next", { version: 4 }) };
  } catch (error) {
    return { error: error.constructor.name, code: error.code ?? null };
  }
}"""


class Answers:
    """A server that answers as it was told, one request after another."""

    def __init__(self, page: Page) -> None:
        self.asked: list[dict[str, str]] = []
        self.plan: list[tuple[int, str] | None] = []
        page.route("**/api/v1/**", self._answer)

    def _answer(self, route: Route) -> None:
        self.asked.append({**route.request.headers, "body": route.request.post_data or ""})
        answer = self.plan.pop(0)
        if answer is None:
            route.abort()
        else:
            kind = "application/problem+json" if answer[0] >= 400 else "application/json"
            route.fulfill(status=answer[0], body=answer[1], content_type=kind)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty page of its own."""
    context = browser.new_context()
    made = context.new_page()
    made.route("**/*", from_folder)
    made.goto("http://pages.test/empty")
    yield made
    context.close()


@pytest.fixture
def answers(page: Page) -> Answers:
    """The server that the page talks to."""
    return Answers(page)


def test_a_lost_answer_is_asked_for_again_under_the_same_key(page: Page, answers: Answers) -> None:
    """Whatever is lost on the way is sent again, and the key stays: it acts once."""
    answers.plan = [None, (503, ""), (200, '{"number": "A001"}')]
    assert page.evaluate(POST, False)["reply"]["number"] == "A001"
    keys = [asked["idempotency-key"] for asked in answers.asked]
    assert (len(keys), len(set(keys))) == (3, 1)
    assert {asked["body"] for asked in answers.asked} == {'{"version":4}'}


def test_every_command_has_a_key_of_its_own(page: Page, answers: Answers) -> None:
    """Two presses are two commands."""
    answers.plan = [(200, "{}"), (200, "{}")]
    page.evaluate(POST, False)
    page.evaluate(POST, False)
    assert len({asked["idempotency-key"] for asked in answers.asked}) == 2


def test_keys_are_made_without_a_secure_context(page: Page, answers: Answers) -> None:
    """Plain http in a hall has no crypto.randomUUID; the key is as good."""
    answers.plan = [(200, "{}")]
    page.evaluate(POST, True)
    assert re.fullmatch(r"[0-9a-f]{32}", answers.asked[0]["idempotency-key"])


def test_a_command_shows_the_csrf_token(page: Page, answers: Answers) -> None:
    """The session's token goes with every command."""
    answers.plan = [(204, "")]
    assert page.evaluate(POST, False) == {"reply": None}
    assert answers.asked[0]["x-csrf-token"] == "secret"


def test_a_refusal_is_not_repeated(page: Page, answers: Answers) -> None:
    """The server's no is final and carries its code."""
    answers.plan = [(409, '{"code": "window_busy", "status": 409}')]
    assert page.evaluate(POST, False) == {"error": "Refused", "code": "window_busy"}
    assert len(answers.asked) == 1


def test_silence_is_told_apart_from_a_refusal(page: Page, answers: Answers) -> None:
    """After four tries without an answer the server counts as unreachable."""
    answers.plan = [None, None, None, None]
    assert page.evaluate(POST, False)["error"] == "Unreachable"


@pytest.mark.parametrize(
    ("ms", "shown"), [(0, "0:00"), (61_500, "1:01"), (3_600_000, "1:00:00"), (-5, "0:00")]
)
def test_stopwatch(scripts: Page, ms: int, shown: str) -> None:
    """A running time is minutes and seconds, from an hour on with hours."""
    call = "async (ms) => (await import('/page.js')).stopwatch(ms)"
    assert scripts.evaluate(call, ms) == shown


@pytest.mark.parametrize(
    ("words", "typed", "found"),
    [
        ("Tugʻilganlikni qayd etish", "tugilgan", True),
        ("Tugʻilganlikni qayd etish", "tug'ilgan ETISH", True),
        ("Maʼlumotnoma", "ma’lum", True),
        ("Паспорт", "ПАСП", True),
        ("Паспорт", "пасп карта", False),
        ("A01 anything", "", True),
    ],
)
def test_searching_folds_what_people_type(
    scripts: Page,
    words: str,
    typed: str,
    found: bool,  # noqa: FBT001
) -> None:
    """Small or capital, with any apostrophe or none: what is meant is found."""
    call = """async ([words, typed]) => {
      const { fold, matches } = await import('/questions.js');
      return matches(fold(words), typed);
    }"""
    assert scripts.evaluate(call, [words, typed]) is found


def test_a_text_is_filled_in(scripts: Page) -> None:
    """Placeholders are filled; a key without a text is shown as it is."""
    call = """async () => {
      const { speaker } = await import('/page.js');
      const say = speaker({ 'a.b': '{n} of {all}' });
      return [say('a.b', { n: 2, all: 3 }), say('no.such')];
    }"""
    assert scripts.evaluate(call) == ["2 of 3", "no.such"]
