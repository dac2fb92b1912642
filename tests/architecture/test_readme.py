"""The README's ten-second table: each answer is there, and can be imported."""

import importlib
import re
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
SECTION = README.partition("## Ten-second answers")[2].partition("\n## ")[0]
ROWS = [
    tuple(cell.strip() for cell in line.strip().strip("|").split("|"))
    for line in SECTION.splitlines()
    if line.startswith("|") and "`" in line
]
ENTRIES = [entry for row in ROWS for cell in row for entry in re.findall(r"`([^`]+)`", cell)]

#: questions of a newcomer that the table must answer, with the answer's end
PROMISED = (
    "domain/routing.py::pick_next",
    "domain/ticket.py::MOVES",
    "domain/numbering.py",
    "domain/waiting.py",
    "usecases/serving.py::call_next",
    "kiosk/printing.py",
    "printer/layout.py",
    "contracts/messages.py",
    "contracts/topics.py",
    "web/errors.py",
)


def found(entry: str) -> list[Path]:
    """Return the files that an entry means, below the root or queue_server/."""
    name = entry.partition("::")[0]
    return [path for base in (ROOT, ROOT / "queue_server") for path in base.glob(name)]


@pytest.mark.parametrize("entry", ENTRIES)
def test_an_answer_leads_somewhere(entry: str) -> None:
    """Each entry is a file, and what stands behind `::` is imported from it."""
    paths, name = found(entry), entry.partition("::")[2]
    assert paths, f"the README names {entry}, which is not there"
    for path in paths:
        if path.suffix == ".py":
            dotted = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            module = importlib.import_module(dotted)
            assert not name or hasattr(module, name)
        else:
            assert not name


@pytest.mark.parametrize("answer", PROMISED)
def test_the_table_answers_what_a_newcomer_asks_first(answer: str) -> None:
    """None of the first questions is left out, or answered by another place."""
    assert [entry for entry in ENTRIES if entry.startswith((answer, f"queue_server/{answer}"))]


def test_every_row_has_a_question_and_an_answer() -> None:
    """No row of the table is dropped in silence: each has an entry that was tried above."""
    rows = [line for line in SECTION.splitlines() if line.startswith("|")]
    assert len(ROWS) == len(rows) - 2, "a row without an answer in backticks"
    assert all(re.search(r"\w", row[0]) for row in ROWS)
