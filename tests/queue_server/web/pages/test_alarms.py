"""What staff must know within seconds: the rows of the strip, and what the devices' page makes."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

ROWS = """async ([known, news]) => {
  const { alarmRows, heard } = await import("/devices/alarms.js");
  return known ? alarmRows(known) : news.reduce(heard, []);
}"""
STATE = """async ([name, ...given]) =>
  (await import("/devices/devices_state.js"))[name](...given)"""
AT = "2026-11-22T10:00:00.000Z"
NOW = 1795341600000  # the same instant


def device(name: str, state: str, *alerts: str) -> dict[str, Any]:
    """Return a device of the list."""
    return {"name": name, "state": state, "alerts": list(alerts), "hall": 1, "kind": "kiosk"}


def help_call(call_id: int, reason: str, answered_at: str | None = None) -> dict[str, Any]:
    """Return a call for help."""
    times = {"called_at": AT, "answered_at": answered_at}
    return {"id": call_id, "device": "kiosk-1", "reason": reason, **times}


def rows(page: Page, devices: list[dict[str, Any]], calls: list[dict[str, Any]]) -> list[Any]:
    """Return kind, device and text of the strip's rows."""
    shown = page.evaluate(ROWS, [{"devices": devices, "calls": calls}, None])
    return [(row["kind"], row["device"], row["text"]) for row in shown]


def news(page: Page, *events: dict[str, Any]) -> list[Any]:
    """Return kind, device and text of what these events leave in the strip."""
    shown = page.evaluate(ROWS, [None, [{"at": AT, **event} for event in events]])
    return [(row["kind"], row["device"], row["text"]) for row in shown]


def test_calls_for_help_come_first(scripts: Page) -> None:
    """Then what is wrong with devices; what is well or was answered is no alarm."""
    devices = [
        device("kiosk-1", "trouble", "no_paper", "clock_wrong"),
        device("kiosk-2", "warning", "paper_low"),
        device("board-1", "ok"),
        device("corner-1", "unknown"),
    ]
    calls = [help_call(1, "sign_language"), help_call(2, "assistance", answered_at=AT)]
    assert rows(scripts, devices, calls) == [
        ("help", "kiosk-1", "devices.help_sign_language"),
        ("bad", "kiosk-1", "devices.alert_no_paper"),
        ("bad", "kiosk-1", "devices.alert_clock_wrong"),
        ("warn", "kiosk-2", "devices.alert_paper_low"),
    ]


def test_a_silent_device_is_one_alarm(scripts: Page) -> None:
    """What it last said of itself may no longer be so."""
    silent = device("kiosk-1", "silent", "no_paper")
    assert rows(scripts, [silent], []) == [("bad", "kiosk-1", "devices.alert_silent")]


def test_news_stay_until_they_are_over(scripts: Page) -> None:
    """An alert is taken back by its recovery, one of another kind is not."""
    alerted = {"type": "device_alerted", "subject": "kiosk-1"}
    left = news(
        scripts,
        {**alerted, "detail": "no_paper"},
        {**alerted, "detail": "hot"},
        {"type": "device_recovered", "subject": "kiosk-1", "detail": "no_paper"},
        {"type": "help_called", "subject": "kiosk-1", "detail": "assistance"},
    )
    assert left == [("bad", "kiosk-1", "devices.alert_hot")]


def test_a_visitor_who_signs_is_news(scripts: Page) -> None:
    """The interpreter hears of the number, once."""
    wanted = {"type": "sign_language_wanted", "subject": "A007"}
    assert news(scripts, wanted, wanted) == [("help", "A007", "devices.help_sign_language")]


def test_those_that_need_somebody_come_first(scripts: Page) -> None:
    """Trouble, silence, warnings, unknown ones; equal ones by their names."""
    states = ["ok", "unknown", "warning", "silent", "trouble"]
    devices = [device(f"d-{state}", state) for state in states] + [device("a", "trouble")]
    names = [each["name"] for each in scripts.evaluate(STATE, ["sorted", devices])]
    assert names == ["a", "d-trouble", "d-silent", "d-warning", "d-unknown", "d-ok"]
    tally = scripts.evaluate(STATE, ["tally", devices])
    assert tally == [["trouble", 2], ["silent", 1], ["warning", 1], ["unknown", 1], ["ok", 1]]


@pytest.mark.parametrize(
    ("clock", "ahead"),
    [("2026-11-22T10:00:25Z", 25), ("2026-11-22T14:59:57+05:00", -3), (AT, 0), (None, None)],
)
def test_a_clock_is_ahead_or_behind(scripts: Page, clock: str | None, ahead: int | None) -> None:
    """Its offset is told in whole seconds against the server's time of the report."""
    report = {"clock": clock} if clock else None
    assert scripts.evaluate(STATE, ["clockAhead", {"seen_at": AT, "report": report}]) == ahead


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (-5, ["seconds_ago", 0]),
        (59, ["seconds_ago", 59]),
        (60, ["minutes_ago", 1]),
        (3600, ["hours_ago", 1]),
        (90000, ["days_ago", 1]),
    ],
)
def test_how_long_ago(scripts: Page, seconds: int, said: list[Any]) -> None:
    """The coarsest unit that fits; a clock that runs ahead is not the future."""
    assert scripts.evaluate(STATE, ["ago", AT, NOW + seconds * 1000]) == said


@pytest.mark.parametrize(
    ("printer", "left"),
    [
        ({"paper_left_mm": 40_000}, {"metres": 40, "share": 0.5}),
        ({"paper_left_mm": 99_000}, {"metres": 99, "share": 1}),
        ({"paper_left_mm": -10}, {"metres": 0, "share": 0}),
        ({"paper_left_mm": None}, None),
        (None, None),
    ],
)
def test_what_is_left_of_a_roll(scripts: Page, printer: Any, left: Any) -> None:
    """Metres and a share for the bar; nothing where the printer cannot tell."""
    assert scripts.evaluate(STATE, ["paperLeft", printer]) == left
