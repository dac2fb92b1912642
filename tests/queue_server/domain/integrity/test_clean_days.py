"""Thirty clean days of a busy center raise at most one alert a day, over all rules together.

`false_alarms` takes any iterator of days of wire events: `NAVBAT_DAYS=folder` lets it look at days
that were played elsewhere, one file `YYYY-MM-DD.json` each, with the demo's catalogue.
"""

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from config import catalogue as catalogue_file
from config.loader import FOLDER
from queue_server.domain import catalogue_document
from queue_server.domain.catalogue import Catalogue
from queue_server.domain.integrity.day_book import DayBook
from queue_server.domain.integrity.digest import DAYS, Digest
from queue_server.domain.integrity.digesting import digest
from queue_server.domain.integrity.registry import findings
from tests.queue_server.domain.integrity.clean_days import catalogue, clean_days

Days = Iterable[tuple[date, list[dict[str, Any]]]]
#: issue 6: 30 days, at most one alarm a day
CLEAN, MOST = 30, 1.0


def false_alarms(days: Days, known: Catalogue) -> Counter[str]:
    """Return how often each rule found something; each day knows what the days before have left."""
    found: Counter[str] = Counter()
    digests: list[Digest] = []
    for day, events in days:
        book = DayBook(day.isoformat(), tuple(events), known, tuple(digests[1 - DAYS :]))
        found += Counter(f"{one.rule} {one.form}".strip() for one in findings(book))
        digests.append(digest(book))
    return found


def test_thirty_clean_days_raise_at_most_one_alert_a_day() -> None:
    """Twelve windows, 1,200 visitors a day, all kinds of usual things: the rules stay calm."""
    alarms = false_alarms(clean_days(CLEAN), catalogue())
    assert alarms.total() <= MOST * CLEAN, alarms


def test_the_clean_days_are_busy() -> None:
    """They hold what rules look at: picks, grants, no-shows, transfers, ratings, breaks."""
    (_, events), *_ = clean_days(1)
    kinds = Counter(event["type"] for event in events)
    assert kinds["ticket_issued"] == 1200
    assert sum(event.get("rule_rank", 1) > 1 for event in events) >= 5
    for kind in ("missed", "returned", "transferred", "rated", "cancelled"):
        assert kinds[f"ticket_{kind}"] >= 3, kind
    assert kinds["window_paused"] >= 5
    assert sum(e["type"] == "ticket_issued" and "category" in e["ticket"] for e in events) > 60


def test_a_forged_day_among_clean_ones_stands_out() -> None:
    """One clerk who finishes half of the visitors in seconds is found on that day."""
    days = [(day, events) for day, events in clean_days(3, seed=2)]
    day, events = days[-1]
    forged = {e["ticket"]["id"] for e in events[::2] if _served_by(e, "clerk5")}
    begun = {e["ticket"]["id"]: e["at"] for e in events if e["type"] == "ticket_started"}
    for event in events:
        if event["type"] == "ticket_finished" and event["ticket"]["id"] in forged:
            event["at"] = begun[event["ticket"]["id"]][:-4] + "999Z"
    assert len(forged) > 20
    alarms = false_alarms([*days[:-1], (day, events)], catalogue())
    assert alarms["R7 share"] >= 1
    # whoever changes a log breaks its chain as well
    assert alarms["R16 hash"] == 1


@pytest.mark.skipif("NAVBAT_DAYS" not in os.environ, reason="no days were played elsewhere")
def test_days_played_elsewhere_are_clean_too() -> None:
    """Those of the simulator, with the demo's catalogue."""
    folder = Path(os.environ["NAVBAT_DAYS"])
    document = catalogue_file.read_text((FOLDER / "catalogue.toml").read_text(), "")
    days = list(_days_of(folder))
    alarms = false_alarms(days, catalogue_document.parse(document))
    assert alarms.total() <= MOST * len(days), alarms


def _served_by(event: dict[str, Any], clerk: str) -> bool:
    return event["type"] == "ticket_finished" and event["actor"]["name"] == clerk


def _days_of(folder: Path) -> Iterator[tuple[date, list[dict[str, Any]]]]:
    for path in sorted(folder.glob("*.json")):
        yield date.fromisoformat(path.stem), json.loads(path.read_text())
