"""What holds for a while, in a catalogue document: duties of windows, services that are closed.

A duty stands beside the plan and covers it, so that the plan is there again when the duty ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from queue_server.domain.catalogue import Closure, Duty

Document = dict[str, Any]

#: what a duty says in place of the window's own plan
COVERED: Final = ("groups", "services", "helps", "help_after_minutes", "skills", "languages")


def on_duty(document: Mapping[str, Any]) -> Iterator[Document]:
    """Yield each window of a document as it stands now: its plan, or the duty that covers it."""
    duties = {each["window"]: each for each in document.get("duties", ())}
    for window in document["windows"]:
        duty = duties.get(window["number"])
        yield window if duty is None else window | covering(duty) | {"duty": True}


def covering(duty: Mapping[str, Any]) -> Document:
    """Return what a duty says in place of a window's plan; what it leaves out is nothing."""
    empty: Document = {name: [] for name in COVERED} | {"help_after_minutes": None}
    return empty | {name: duty[name] for name in COVERED if name in duty}


def duties(document: Mapping[str, Any]) -> tuple[Duty, ...]:
    """Return why windows do what the plan does not say."""
    return tuple(
        Duty(each["window"], each.get("day", ""), each.get("reason", ""))
        for each in document.get("duties", ())
    )


def closures(document: Mapping[str, Any]) -> tuple[Closure, ...]:
    """Return what is closed, and why."""
    return tuple(
        Closure(each["reason"], each.get("service"), each.get("group"), each.get("day", ""))
        for each in document.get("closures", ())
    )


def dump(
    told: tuple[Duty, ...], closed: tuple[Closure, ...], windows: Sequence[Document]
) -> Document:
    """Return both sections; a duty takes its lists from the window's as they stand now."""
    plans = {window["number"]: window for window in windows}
    return {
        "duties": [
            {
                "window": duty.window,
                **{name: plans[duty.window][name] for name in COVERED},
                "day": duty.day,
                "reason": duty.reason,
            }
            for duty in told
        ],
        "closures": [_closure_document(each) for each in closed],
    }


def _closure_document(closure: Closure) -> Document:
    what = {"service": closure.service, "group": closure.group}
    named = {name: value for name, value in what.items() if value is not None}
    return named | {"reason": closure.reason, "day": closure.day}
