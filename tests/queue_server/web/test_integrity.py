"""`/api/v1/integrity`: who reads, who settles, and what a refusal says."""

from __future__ import annotations

import pytest

from queue_server.bootstrap import Running
from queue_server.usecases import commands, integrity
from queue_server.usecases.access import SYSTEM
from tests.queue_server.web.callers import Browser, device, person
from tests.queue_server.web.pages.some_alerts import ALL, Evidence, Subject, found

FIRST = ALL[0]
OWN = found("R9", "burst", Evidence(7, 5, None, 11), Subject("person", "controller"), None)
OF_SUPERVISOR = found("R9", "burst", Evidence(7, 5), Subject("person", "supervisor"), None)


@pytest.fixture
def alarmed(running: Running) -> Running:
    """A center in which the rules have found something of every kind."""
    with commands.acting(running.center, SYSTEM) as act:
        integrity.keep(act, (*ALL, OWN, OF_SUPERVISOR))
    return running


def settle(browser: Browser, alert: str, step: str, text: str = "Seen on the spot."):
    """Say what an alert was."""
    return browser.post(f"/api/v1/integrity/{alert}/{step}", {"text": text})


def test_a_controller_reads_every_alert(alarmed: Running) -> None:
    """With its evidence in numbers, its tickets, windows and events."""
    reply = person(alarmed, "controller").get("/api/v1/integrity?state=open").json
    assert len(reply["alerts"]) == len(ALL) + 2
    assert reply["counts"] == {"open": len(ALL) + 2, "explained": 0, "confirmed": 0, "dismissed": 0}
    first = reply["alerts"][0]
    assert (first["rule"], first["id"], first["state"]) == ("R1", FIRST.id, "open")
    assert first["evidence"] == {
        "observed": 2,
        "threshold": 1,
        "expected": 0,
        "n": 54,
        "unit": "count",
    }
    assert first["tickets"] == ["A017", "A021", "A025"]
    assert first["windows"] == [3]
    assert first["seqs"] == [1, 3, 2, 4, 5]
    assert sum(mark["marked"] for mark in first["strip"]) == 2
    assert first["steps"] == ["explain", "confirm", "dismiss"]


def test_alerts_are_asked_for_by_state_and_rule(alarmed: Running) -> None:
    """What there is not is refused with its field."""
    browser = person(alarmed, "controller")
    reply = browser.get("/api/v1/integrity?rule=R3").json
    assert {alert["rule"] for alert in reply["alerts"]} == {"R3"}
    assert browser.get("/api/v1/integrity?state=confirmed").json["alerts"] == []
    for query, field in (("state=shut", "state"), ("rule=R99", "rule")):
        refused = browser.get(f"/api/v1/integrity?{query}")
        assert (refused.status_code, refused.json["field"]) == (422, field)


def test_a_controller_explains_and_dismisses(alarmed: Running) -> None:
    """Each answer is the alert as it is now; what is final refuses the next step."""
    browser = person(alarmed, "controller")
    explained = settle(browser, FIRST.id, "explain")
    assert (explained.status_code, explained.json["state"]) == (200, "explained")
    assert explained.json["words"][0]["text"] == "Seen on the spot."
    assert settle(browser, FIRST.id, "dismiss").json["state"] == "dismissed"
    refused = settle(browser, FIRST.id, "confirm")
    assert (refused.status_code, refused.json["code"]) == (409, "alert_settled")
    assert refused.json["state"] == "dismissed"


def test_an_alert_about_oneself_is_not_settled(alarmed: Running) -> None:
    """409, whichever step; the alert stays open."""
    browser = person(alarmed, "controller")
    for step in ("explain", "confirm", "dismiss"):
        refused = settle(browser, OWN.id, step)
        assert (refused.status_code, refused.json["code"]) == (409, "own_alert")
    reply = browser.get("/api/v1/integrity?rule=R9").json
    own = next(alert for alert in reply["alerts"] if alert["own"])
    assert (own["state"], own["steps"], own["words"]) == ("open", [], [])


@pytest.mark.parametrize("login", ["supervisor", "administrator"])
def test_who_only_reads_settles_nothing(alarmed: Running, login: str) -> None:
    """403 at every command; the alerts about the reader are not there."""
    browser = person(alarmed, login)
    reply = browser.get("/api/v1/integrity").json
    assert login not in {alert["subject"]["key"] for alert in reply["alerts"]}
    assert len(reply["alerts"]) == len(ALL) + 2 - (login == "supervisor")
    assert all(alert["steps"] == [] for alert in reply["alerts"])
    for path in (f"{FIRST.id}/explain", f"{FIRST.id}/confirm", f"{FIRST.id}/dismiss", "check"):
        assert browser.post(f"/api/v1/integrity/{path}", {"text": "x"}).status_code == 403


def test_nobody_else_reads(alarmed: Running) -> None:
    """Clerks, receptionists, analysts and kiosks are refused."""
    for login in ("clerk3", "receptionist", "analyst"):
        assert person(alarmed, login).get("/api/v1/integrity").status_code == 403
    assert device(alarmed, "kiosk").get("/api/v1/integrity").status_code == 403


@pytest.mark.parametrize("text", ["", "   ", "x" * 1001])
def test_a_word_says_something(alarmed: Running, text: str) -> None:
    """An empty one, or one too long, is refused by field."""
    refused = settle(person(alarmed, "controller"), FIRST.id, "explain", text)
    assert refused.status_code == 422
    assert "text" in str(refused.json)


def test_an_unknown_alert_is_not_found(alarmed: Running) -> None:
    """404 with its code."""
    refused = settle(person(alarmed, "controller"), "nothing", "explain")
    assert (refused.status_code, refused.json["code"]) == (404, "unknown_alert")


def test_the_same_key_settles_once(alarmed: Running) -> None:
    """A lost answer may be asked for again: one word, one event."""
    browser = person(alarmed, "controller")
    path, body = f"/api/v1/integrity/{FIRST.id}/explain", {"text": "Once."}
    first, again = (browser.post(path, body, key="the-same") for _ in "12")
    assert first.json == again.json
    assert len(again.json["words"]) == 1


def test_a_look_at_the_open_day_finds_nothing_in_an_empty_one(running: Running) -> None:
    """The answer names the day and how many alerts it has raised."""
    reply = person(running, "controller").post("/api/v1/integrity/check")
    assert reply.status_code == 200
    assert reply.json["raised"] == 0
