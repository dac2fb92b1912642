"""A busy day: page, CSV, XLSX and PDF say what an independent script counts in the log."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import openpyxl
import pypdf
import pytest

from queue_server.bootstrap import Running
from queue_server.contracts.asks import CloseDay, FinishTicket
from queue_server.usecases import serving, standstill
from queue_server.usecases.ports import Center
from tests.conftest import HandClock
from tests.e2e.busy_day import BusyDay
from tests.e2e.hand_center import wired
from tests.queue_server.usecases.people import SUPERVISOR, clerk, do
from tests.queue_server.usecases.random_day import RandomDay
from tests.queue_server.web import callers

ROOT = Path(__file__).parents[2]
VISITORS = 1530
DAY = "2026-11-23"
PERIOD = f"from={DAY}&to={DAY}&lang=en"
#: what page and workbook call a figure → where the recount has it; unit and digits as shown
FIGURES: Final[Mapping[str, tuple[str, str]]] = {
    "Visitors": ("visitors", "count"),
    "Served": ("served", "count"),
    "Finished visits": ("finished", "count"),
    "No-shows": ("no_shows", "count"),
    "Share of no-shows": ("no_show_share", "share"),
    "Left before the call": ("abandoned", "count"),
    "Share of those who left": ("abandoned_share", "share"),
    "Not served by the end of the day": ("unserved", "count"),
    "Still in the hall": ("present", "count"),
    "Waits counted": ("waits.n", "count"),
    "Wait, mean": ("waits.mean", "minutes"),
    "Wait, median": ("waits.median", "minutes"),
    "Wait, 9 of 10": ("waits.p90", "minutes"),
    "Wait, longest": ("waits.longest", "minutes"),
    "Service level": ("waits.within_norm", "share"),
    "Tickets with a wait said": ("promises.n", "count"),
    "Within the time said": ("promises.kept", "share"),
    "Called inside the range said": ("promises.inside", "share"),
    "Mean error of the forecast": ("promises.error_minutes", "minutes"),
    "Services done": ("work.transactions", "count"),
    "Services with a time": ("work.timed", "count"),
    "Service time": ("work.transaction_minutes", "minutes"),
    "Wrap-up": ("work.wrap_up_minutes", "minutes"),
    "Service and wrap-up": ("work.handling_minutes", "minutes"),
    "Whole visit": ("work.visit_minutes", "minutes"),
    "Open, h": ("work.logged_in_hours", "minutes"),
    "Serving, h": ("work.serving_hours", "minutes"),
    "Wrap-up, h": ("work.wrap_up_hours", "minutes"),
    "On a break, h": ("work.paused_hours", "minutes"),
    "Occupancy": ("work.occupancy", "share"),
    "Services an hour": ("work.transactions_per_hour", "ratio"),
    "Self-service share": ("self_service", "share"),
    "Solved on the first visit": ("first_visit", "share"),
    "Ratings": ("ratings.n", "count"),
    "Response rate": ("ratings.response_rate", "share"),
    "Satisfaction": ("ratings.top_two", "share"),
    "Calls": ("conduct.calls", "count"),
    "Recalls": ("conduct.recalls", "count"),
    "Called out of order": ("conduct.out_of_order", "count"),
    "Overtakings": ("conduct.overtakings", "count"),
    "Turned away": ("conduct.turned_away", "count"),
    "A prohibited document demanded": ("conduct.prohibited", "count"),
}
#: table → how the recount calls it, and the head of the column with its key
PARTS: Final = {
    "groups": ("group", "Code"),
    "services": ("service", "Code"),
    "windows": ("window", "Window"),
    "clerks": ("clerk", "Login"),
    "hours": ("hour", "Hour"),
}
#: part → the figures of its rows on paper
ON_PAPER: Final = {
    "group": ("Visitors", "Wait, median", "Wait, 9 of 10"),
    "service": (
        *("Visitors", "Wait, median", "Wait, 9 of 10", "Service level"),
        *("Service time", "Turned away"),
    ),
    "window": ("Services done", "Service time", "Services an hour", "Open, h", "Occupancy"),
    "clerk": ("Services done", "Service time", "Called out of order", "Satisfaction", "Ratings"),
}
DIGITS: Final = {"count": 0, "minutes": 1, "share": 1, "ratio": 2}
FIGURE = r"(?:–|\d[\d\xa0.]*(?:\xa0%)?)"


class Tables(HTMLParser):
    """The tables of a page by their ids: rows of texts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, list[list[str]]] = {}
        self._rows: list[list[str]] = []
        self._inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, a row or a cell."""
        if tag == "table":
            self._rows = self.found.setdefault(str(dict(attrs)["id"]).removeprefix("table-"), [])
        elif tag == "tr":
            self._rows.append([])
        elif tag in ("td", "th"):
            self._rows[-1].append("")
            self._inside = True

    def handle_endtag(self, tag: str) -> None:
        """End a cell."""
        self._inside = self._inside and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        """Keep a cell's text."""
        if self._inside:
            self._rows[-1][-1] += data


@pytest.fixture(scope="module")
def running(prepared: Path) -> Iterator[Running]:
    """A center after a busy day, in whose evening anything happened."""
    clock = HandClock()
    clock.pass_(hours=-2)
    # thousands of commits need no disk
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        center = Path(shutil.copytree(prepared, Path(folder) / "center"))
        with wired(center, clock) as made:
            BusyDay(made.center, clock, VISITORS).play()
            RandomDay(made.center, clock, random.Random(3)).play(350)
            close(made.center)
            clock.pass_(minutes=1)
            assert clock.at - HandClock().at < timedelta(hours=13)
            yield made


def close(center: Center) -> None:
    """Send home who is at a window, and close the day."""
    with center.read() as work:
        hands = list(work.tickets.at_windows())
    for hand in hands:
        assert hand.window is not None
        own = clerk(hand.window)
        if hand.state == "called":
            do(center, own, lambda act, one=hand.id: serving.give_back(act, one, None, None))
        else:
            do(center, own, lambda act, one=hand.id: serving.finish(act, one, FinishTicket()))
    do(center, SUPERVISOR, lambda act: standstill.close_day(act, CloseDay()))


@pytest.fixture(scope="module")
def analyst(running: Running) -> callers.Browser:
    """The analyst's browser."""
    return callers.person(running, "analyst")


@pytest.fixture(scope="module")
def counted(running: Running, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the script counts in the log, in a process of its own without our packages."""
    lines = tmp_path_factory.mktemp("log") / "log.jsonl"
    with running.center.read() as work:
        events = list(work.log.between(1, work.seq))
    lines.write_text("".join(json.dumps(event) + "\n" for event in events))
    command = [sys.executable, "-I", ROOT / "tests/recount.py", lines, "--from", DAY, "--to", DAY]
    done = subprocess.run(command, check=True, capture_output=True)
    return dict(json.loads(done.stdout))


def figure(figures: Mapping[str, Any], name: str) -> Any:
    """Return what the recount has under a head."""
    value: Any = figures
    for part in FIGURES[name][0].split("."):
        value = value[part]
    return value


def wrong(said: str, figures: Mapping[str, Any], name: str) -> bool:
    """Whether a text is not the figure, rounded as it is shown."""
    value, kind = figure(figures, name), FIGURES[name][1]
    if value is None or said == "–":
        return (value is None) != (said == "–")
    shown = float(said.replace("\xa0", "").rstrip("%"))
    exact = 100 * value if kind == "share" else value
    return abs(shown - exact) > 0.5 * 10 ** -DIGITS[kind] + 1e-9


def flat(values: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Yield dotted names and values as the CSV writes them."""
    if isinstance(values, dict):
        for key, inner in values.items():
            yield from flat(inner, f"{name}.{key}" if name else key)
    elif isinstance(values, list):
        for place, inner in enumerate(values, 1):
            yield f"{name}.{place}", inner
    else:
        yield name, values


def test_it_was_a_busy_day(counted: dict[str, Any]) -> None:
    """1,500 visitors, and every kind of thing that is counted."""
    total = counted["total"]
    assert total["visitors"] >= 1500
    rare = ("recalls", "out_of_order", "overtakings", "returned", "held", "transferred", "revived")
    rare += ("turned_away", "prohibited", "handed_over", "diverted_online")
    assert [name for name in rare if not total["conduct"][name]] == []
    assert total["no_shows"] and total["abandoned"] and total["ratings"]["n"]  # noqa: PT018
    assert len(counted["by"]["window"]) == len(counted["by"]["group"]) == 12
    assert counted["appointments"]["came"] and counted["appointments"]["missed"]  # noqa: PT018


def test_the_page_agrees(analyst: callers.Browser, counted: dict[str, Any]) -> None:
    """Every headline, and every figure of every group, service, window, clerk and hour."""
    page = analyst.get(f"/reports?{PERIOD}").get_data(as_text=True)
    tables = Tables(page).found
    said = {row[0]: row[1] for row in tables["overview"][1:]}
    assert [name for name in FIGURES if wrong(said[name], counted["total"], name)] == []
    for table, (part, head) in PARTS.items():
        heads, *rows = tables[table]
        by = {row[heads.index(head)]: row for row in rows}
        assert by.keys() >= {key for key, own in counted["by"][part].items() if own["visitors"]}
        for key, row in by.items():
            own = counted["by"][part][key]
            pairs = [(name, text) for name, text in zip(heads, row, strict=True) if name in FIGURES]
            assert [pair for pair in pairs if wrong(pair[1], own, pair[0])] == [], (table, key)
    heads = re.findall(r'id="head-[\w-]+">\s*<h3>(.*?)</h3>\s*<p class="[\w ]*">(.*?)</p>', page)
    told = {name: value.removesuffix(" min") for name, value in heads}
    for name in ("Visitors", "Service time", "No-shows", "Left before the call"):
        assert not wrong(told[name], counted["total"], name)


def test_the_csv_agrees(analyst: callers.Browser, counted: dict[str, Any]) -> None:
    """Value by value, all of them."""
    data = analyst.get(f"/api/v1/reports.csv?{PERIOD}").data.decode("utf-8-sig")
    rows = csv.reader(io.StringIO(data, newline=""), delimiter=";")
    said = {(part, key, name): value for part, key, name, value in rows}
    expected = {("total", "", name): value for name, value in flat(counted["total"])}
    expected |= {("appointments", "", name): v for name, v in flat(counted["appointments"])}
    for part, keys in {**counted["by"], "day": counted["days"]}.items():
        for key, own in keys.items():
            expected |= {(part, key, name): value for name, value in flat(own)}
    for login, mix in counted["mix"].items():
        expected |= {("clerk", login, f"mix.{name}"): value for name, value in mix.items()}
    for cell in counted["heat"]:
        key = f"{cell.pop('weekday')}-{cell.pop('hour'):02}"
        expected |= {("heat", key, name): value for name, value in cell.items()}
    assert len(expected) > 5000
    plain = {where: "" if v is None else str(v) for where, v in expected.items()}
    unlike = {
        where: (said.get(where), value)
        for where, value in plain.items()
        if said.get(where, "").replace(",", ".").removesuffix(".0") != value.removesuffix(".0")
    }
    assert unlike == {}


def test_the_workbook_agrees(analyst: callers.Browser, counted: dict[str, Any]) -> None:
    """Sheet by sheet, with every digit."""
    data = analyst.get(f"/api/v1/reports.xlsx?{PERIOD}").data
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    sheets = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}
    overview = {row[0]: row[1] for row in sheets["Overview"] if len(row) > 1}
    for name in FIGURES:
        assert overview[name] == pytest.approx(figure(counted["total"], name)), name
    for title, part, head in (
        *(("Sections", "group", "Code"), ("Services", "service", "Code")),
        *(("Windows", "window", "Window"), ("Clerks", "clerk", "Login")),
    ):
        heads, *rows = sheets[title]
        assert len(rows) >= 12
        for row in rows:
            own = counted["by"][part][str(row[heads.index(head)])]
            for name, value in zip(heads, row, strict=True):
                if name in FIGURES:
                    assert value == pytest.approx(figure(own, name)), (title, row[:2], name)


def test_the_paper_agrees(analyst: callers.Browser, counted: dict[str, Any]) -> None:
    """Headlines and every row that is printed."""
    data = analyst.get(f"/api/v1/reports/day.pdf?day={DAY}&lang=en").data
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    for name in ("Visitors", "Service level", "Service time", "No-shows", "Left before the call"):
        found = re.search(rf"^{name}\n({FIGURE})", text, re.MULTILINE)
        assert found, name
        assert not wrong(found[1], counted["total"], name), name
    for part, names in ON_PAPER.items():
        windows = text[text.index("\nClerks\n" if part == "clerk" else "\nWaiting by section") :]
        for key, own in counted["by"][part].items():
            if not (own["visitors"] or own["conduct"]["calls"]):
                continue
            lead = f"{key.removeprefix('clerk')} [^\\d\\n]+?" if part == "clerk" else f"{key}"
            lead = f"{key}  .*?" if part in ("group", "service") else lead
            row = re.search(rf"(?ms)^{lead}((?: {FIGURE}){{{len(names)}}})(?: |$)", windows)
            assert row, (part, key)
            said = row[1].strip(" ").split(" ")
            pairs = zip(names, said, strict=True)
            assert [pair for pair in pairs if wrong(pair[1], own, pair[0])] == [], (part, key)
