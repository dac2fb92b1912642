"""Whoever trusts none of our pages finds in the log what they say of the estimates."""

from __future__ import annotations

import copy
import importlib.util
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import pytest

from queue_server import demo
from queue_server.simulation import past_days
from queue_server.simulation.caller import Caller
from queue_server.simulation.past_days import Plan
from tests.conftest import HandClock
from tests.e2e.demo_hall import free_port
from tests.e2e.hand_center import listening, wired

SCRIPT = Path(__file__).parents[2] / "docs" / "check_estimates.py"
#: a stranger's python, without anything of ours
PYTHON = shutil.which("python3", path="/usr/bin:/usr/local/bin") or sys.executable
#: a full Tuesday; what the quick estimate tells can be compared as well as what was foreseen
DAY: Final = date(2026, 11, 17)
PAST: Final = Plan(1, DAY, load=1.0, foresees=False)
#: column of the script → figure of `GET /api/v1/estimates`, and how far apart both may round
SAME: Final = {
    "n": ("n", 0),
    "ours": ("error_minutes", 0.006),
    "bias": ("bias_minutes", 0.006),
    "inside": ("inside", 0.0006),
    "kept": ("kept", 0.0006),
    "late": ("late", 0.0006),
}

#: werkzeug's own server leaves a file open where a caller goes in the middle of an answer
pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning"
)


@dataclass(frozen=True)
class Served:
    """A center that serves, with one day behind it."""

    url: str
    login: str
    password: str

    @cached_property
    def supervisor(self) -> Caller:
        """A caller signed in as the supervisor."""
        caller = Caller(self.url)
        caller.sign_in(self.login, self.password)
        return caller

    @cached_property
    def day(self) -> dict[str, Any]:
        """What the center says of the day."""
        (day,) = self.supervisor.get(f"/estimates?from={DAY}&to={DAY}")["days"]
        return dict(day)

    @cached_property
    def events(self) -> list[dict[str, Any]]:
        """The whole log."""
        found: list[dict[str, Any]] = []
        while more := self.supervisor.get(
            f"/events?after={found[-1]['seq'] if found else 0}&limit=1000"
        )["events"]:
            found += more
        return found

    def said_by_the_script(self, *words: str) -> dict[str, dict[str, float]]:
        """Return what the script prints: day → column → figure."""
        words = (self.url, self.login, self.password, *words)
        # -I and -S: neither our folder nor any package is seen
        command = [PYTHON, "-I", "-S", str(SCRIPT), *words]
        printed = subprocess.run(command, capture_output=True, text=True, check=True, cwd="/")
        assert printed.stderr == ""
        found = (line.split() for line in printed.stdout.splitlines())
        return {
            day: {name: float(value) for name, value in (word.split("=") for word in columns)}
            for day, *columns in found
        }


@pytest.fixture(scope="module")
def served(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A demo's center that has lived one day, and serves."""
    folder = Path(shutil.copytree(prepared, tmp_path_factory.mktemp("checked") / "center"))
    clock, port = HandClock(), free_port()
    made = demo.Demo(folder, port)
    past_days.write(made.wiring, PAST, lambda _line: None)
    person = next(one for one in demo.links(made).people if one.role == "supervisor")
    with wired(folder, clock, port) as running, listening(running, port) as url:
        yield Served(url, person.login, person.password)


@pytest.fixture(scope="module")
def script() -> Any:
    """The script as a module, for a log that is not the center's."""
    spec = importlib.util.spec_from_file_location("check_estimates", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def reckoned(script: Any, served: Served, events: list[dict[str, Any]]) -> dict[str, float]:
    """Return the script's figures of a log."""
    hall = script.Hall(served.supervisor.get("/catalogue"))
    for event in events:
        hall.note(event)
    return dict(script.figures([told for told in hall.said.values() if "waited" in told]))


def differing(said: Mapping[str, float], figures: Mapping[str, Any]) -> set[str]:
    """Return the columns in which the script and the center differ."""
    return {
        column
        for column, (figure, apart) in SAME.items()
        if said[column] != pytest.approx(figures[figure], abs=apart)
    }


def first_kept(events: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the issue of the first visitor who was served no later than was said."""
    issued: dict[str, dict[str, Any]] = {}
    for event in events:
        if event["type"] == "ticket_issued" and event.get("reckoned"):
            issued[event["ticket"]["id"]] = event
        if event["type"] == "ticket_started" and event["ticket"]["id"] in issued:
            return issued[event["ticket"]["id"]]
    raise AssertionError("nobody was served")


def test_a_stranger_finds_the_same_figures(served: Served) -> None:
    """Errors, bias and shares of the day, worked out of the log alone, are those of the page."""
    figures = served.day["figures"]
    said = served.said_by_the_script()
    assert said.keys() == {f"{DAY}"}
    assert differing(said[f"{DAY}"], figures) == set()
    # a day on which nothing was ever wrong would compare nothing
    assert figures["n"] > 300
    assert 0 < figures["late"] < figures["kept"] < 1
    assert 0 < figures["inside"] < figures["kept"]


def test_a_day_can_be_asked_for(served: Served) -> None:
    """With a date the script tells that day alone."""
    assert served.said_by_the_script(f"{DAY}") == served.said_by_the_script()
    assert served.said_by_the_script("2020-02-02") == {}


def test_the_log_as_it_is_gives_the_figures_of_the_center(script: Any, served: Served) -> None:
    """The script's own functions on the unaltered log, for the comparisons that follow."""
    assert differing(reckoned(script, served, served.events), served.day["figures"]) == set()


def test_a_prettier_reckoning_is_seen(script: Any, served: Served) -> None:
    """One visitor's expected wait made ten hours longer moves error and bias, nothing else."""
    events = copy.deepcopy(served.events)
    first_kept(events)["reckoned"]["minutes"] += 600
    altered = reckoned(script, served, events)
    assert differing(altered, served.day["figures"]) == {"ours", "bias"}
    assert altered["bias"] == pytest.approx(
        served.day["figures"]["bias_minutes"] - 600 / altered["n"], abs=SAME["bias"][1]
    )


def test_a_prettier_promise_is_seen(script: Any, served: Served) -> None:
    """One visitor who waited is said to have been told "0 to 0": the shares differ."""
    events = copy.deepcopy(served.events)
    first_kept(events)["ticket"]["promised"] = [-1, -1]
    assert differing(reckoned(script, served, events), served.day["figures"]) == {"inside", "kept"}


def test_who_says_too_little_is_told_how(tmp_path: Path) -> None:
    """Without an address and a login the script says what it is and what to type."""
    done = subprocess.run([PYTHON, str(SCRIPT)], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "python3 docs/check_estimates.py URL LOGIN PASSWORD" in done.stderr


def test_the_handbook_explains_every_column(script: Any, served: Served) -> None:
    """Each column that the script prints stands in docs/handbook/waits.md."""
    text = (SCRIPT.parent / "handbook" / "waits.md").read_text()
    (columns,) = served.said_by_the_script().values()
    example = re.search(r"^    \d{4}-\d\d-\d\d (n=.*)$", text, re.MULTILINE)
    assert example is not None
    assert [word.partition("=")[0] for word in example[1].split()] == [*columns]
    assert all(f"`{column}`" in text for column in columns)
