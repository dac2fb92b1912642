"""What if over HTTP: the answer's shape, its errors, and how often it may be asked."""

from __future__ import annotations

import itertools
import threading
from typing import Any

import pytest
from werkzeug.test import TestResponse

from queue_server.bootstrap import Running
from queue_server.usecases.what_if import Questions
from queue_server.web.api import what_if
from tests.queue_server.web.callers import Browser, device, person

ASK, ADVICE = "/api/v1/floor/what-if", "/api/v1/floor/what-if/advice"
OPEN = {"changes": [{"kind": "open", "window": 4}]}


@pytest.fixture
def supervisor(running: Running) -> Browser:
    """The supervisor of a hall where window 3 serves a line of E; answers are made in a hurry."""
    running.web.app.extensions[what_if.EXTENSION] = what_if._Desk(
        Questions(itertools.count(step=3600).__next__)
    )
    kiosk, clerk = device(running, "kiosk"), person(running, "clerk3")
    clerk.post("/api/v1/windows/3/open")
    for _ in range(6):
        assert kiosk.post("/api/v1/tickets", {"service": "E01"}).status_code == 201
    return person(running, "supervisor")


def problem(reply: TestResponse) -> tuple[int, str, str | None]:
    """Return status, code and field of a refusal."""
    assert reply.content_type == "application/problem+json"
    body: dict[str, Any] = reply.json or {}
    assert body["detail"]
    return reply.status_code, body["code"], body.get("field")


def test_a_plan_is_answered(supervisor: Browser) -> None:
    """Rows with now, then and the change, two courses with bands, and what it was made of."""
    reply = supervisor.post(ASK, OPEN)
    assert reply.status_code == 200
    body = reply.json
    assert set(body) == {
        *("seq", "at", "pairs", "norm", "coming", "points"),
        *("now", "then", "rows", "unserved", "served"),
    }
    first = body["rows"][0]
    assert (first["who"], first["group"], first["people"]) == ("waiting", None, 6.0)
    assert set(first["mean"]["change"]) == {"mean", "low", "high", "clear"}
    assert set(body["now"]["waiting"][0]) == {"low", "middle", "high"}
    assert supervisor.get("/api/v1/floor").json["seq"] == body["seq"]


def test_advice_is_given(supervisor: Browser) -> None:
    """At most three windows, each with its clerk and what it would save."""
    body = supervisor.post(ADVICE).json
    assert body["tried"] == 11
    assert len(body["windows"]) == 3
    assert body["windows"][0]["saved"]["mean"] > 0


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ({}, "bad_fields", "changes"),
        ({"changes": []}, "bad_fields", "changes"),
        ({"changes": [{"window": 4}]}, "bad_fields", "changes.0"),
        ({"changes": [{"kind": "wish", "window": 4}]}, "bad_fields", "changes.0"),
        ({"changes": [{"kind": "open"}]}, "bad_fields", "changes.0.open.window"),
        ({"changes": [{"kind": "open", "window": 0}]}, "bad_fields", "changes.0.open.window"),
        ({"changes": [{"kind": "open", "window": "4"}]}, "bad_fields", "changes.0.open.window"),
        (
            {"changes": [{"kind": "take", "window": 3, "groups": ["A"], "level": 3}]},
            *("bad_fields", "changes.0.take.level"),
        ),
        (
            {"changes": [{"kind": "head_start", "category": "elderly", "minutes": -1}]},
            *("bad_fields", "changes.0.head_start.minutes"),
        ),
        ({"changes": [{"kind": "close", "window": 4}]}, "change_impossible", "changes.0.window"),
        ({"changes": [{"kind": "open", "window": 99}]}, "change_impossible", "changes.0.window"),
        (
            {"changes": [{"kind": "open", "window": 4, "at": "1999-01-01T00:00:00Z"}]},
            *("change_impossible", "changes.0.at"),
        ),
        (
            {"changes": [*OPEN["changes"], {"kind": "take", "window": 3, "groups": ["?"]}]},
            *("change_impossible", "changes.1.groups"),
        ),
    ],
)
def test_bad_input_is_said_at_its_field(
    supervisor: Browser, body: dict[str, Any], code: str, field: str
) -> None:
    """422 with the field; never a traceback."""
    assert problem(supervisor.post(ASK, body)) == (422, code, field)


def test_a_question_has_a_key(supervisor: Browser) -> None:
    """The same key and body: the same answer; the same key for something else is refused."""
    first = supervisor.post(ASK, OPEN, key="once")
    assert supervisor.post("/api/v1/windows/3/close").status_code == 200
    assert supervisor.post(ASK, OPEN, key="once").data == first.data
    other = {"changes": [{"kind": "open", "window": 5}]}
    assert problem(supervisor.post(ASK, other, key="once"))[:2] == (422, "key_reused")
    assert problem(supervisor.post(ASK, OPEN, key="x" * 300))[2] == "Idempotency-Key"


def test_few_answers_are_kept(supervisor: Browser, running: Running) -> None:
    """The oldest ones are forgotten: memory does not grow with questions."""
    desk = running.web.app.extensions[what_if.EXTENSION]
    for number in range(what_if.KEPT + 2):
        supervisor.post(ASK, OPEN, key=f"key-{number}")
    assert len(desk.answers) == what_if.KEPT
    assert {key for _, key in desk.answers} >= {f"key-{what_if.KEPT + 1}"}


def test_too_many_questions_in_a_minute_wait(supervisor: Browser) -> None:
    """Whatever they are and whoever asks: 429, and after how long to try again."""
    replies = [supervisor.post(ASK, OPEN) for _ in range(what_if.OFTEN.amount + 1)]
    assert {reply.status_code for reply in replies[:-1]} == {200}
    assert problem(replies[-1])[:2] == (429, "try_later")
    assert replies[-1].headers["Retry-After"] == str(what_if.WAIT)


def test_a_second_question_meanwhile_is_refused(supervisor: Browser, running: Running) -> None:
    """429 while one is looked at; tickets are still given out."""
    reached, go_on, ticks = threading.Event(), threading.Event(), itertools.count(step=3600)

    def elapsed() -> float:
        reached.set()
        assert go_on.wait(30)
        return next(ticks)

    running.web.app.extensions[what_if.EXTENSION] = what_if._Desk(Questions(elapsed))
    controller = person(running, "controller")
    first: list[TestResponse] = []
    asking = threading.Thread(target=lambda: first.append(supervisor.post(ASK, OPEN)))
    asking.start()
    assert reached.wait(30)
    assert problem(controller.post(ADVICE))[:2] == (429, "try_later")
    ticket = device(running, "kiosk").post("/api/v1/tickets", {"service": "E01"})
    assert ticket.status_code == 201
    go_on.set()
    asking.join(30)
    assert first[0].status_code == 200


def test_only_those_who_see_the_floor_ask(running: Running) -> None:
    """A clerk is refused, nobody is asked to sign in."""
    assert problem(person(running, "clerk1").post(ASK, OPEN))[:2] == (403, "forbidden")
    assert problem(Browser(running).post(ASK, OPEN))[:2] == (401, "not_signed_in")
