"""The tables: what stands in them, and in which order people stand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from config.languages import LANGUAGES
from queue_server.contracts.reports import ReportOut
from queue_server.reports.speech import Speech
from queue_server.reports.tables import Table, tables
from queue_server.reports.worktime import SHARES, shares
from tests.queue_server.reports import made


def column(table: Table, head: str) -> list[object]:
    """Return the values below a head."""
    place = table.heads.index(head)
    return [row[place].value for row in table.rows]


def test_clerks_stand_by_window_and_never_by_index(busy: ReportOut, english: Speech) -> None:
    """The order of a report's clerks is kept: it is no ranking."""
    clerks = tables(busy, english)["clerks"]
    assert column(clerks, "window") == list(range(1, 13))
    assert column(clerks, "login") == [part.key for part in busy.by["clerk"]]


def test_too_few_services_give_no_index(busy: ReportOut, english: Speech) -> None:
    """Twelve services of the clerk at window 5 say nothing; that there are twelve is said."""
    clerks = tables(busy, english)["clerks"]
    assert [row for row, value in enumerate(column(clerks, "index")) if value is None] == [4]
    assert column(clerks, "index_n")[4] == 12


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_head_has_a_word(
    busy: ReportOut, in_language: Callable[[str], Speech], tag: str
) -> None:
    """No table in any language has a nameless column, and every row fits its heads."""
    speech = in_language(tag)
    for table in tables(busy, speech).values():
        assert all(speech(head) for head in table.heads)
        assert {len(row) for row in table.rows} <= {len(table.heads)}


def test_a_document_that_may_not_be_demanded_is_marked(busy: ReportOut, english: Speech) -> None:
    """It stands among the documents, and says so."""
    which = column(tables(busy, english)["order"], "heading_which")
    assert [text for text in which if "may not be demanded" in str(text)] == [which[-1]]


def test_what_had_nothing_is_left_out(busy: ReportOut, english: Speech) -> None:
    """A service that nobody came for is no row."""
    idle = busy.by["service"][0].model_copy(update={"figures": made.empty().total})
    by = {**busy.by, "service": [idle, *busy.by["service"][1:]]}
    shown = tables(busy.model_copy(update={"by": by}), english)["services"]
    assert idle.key not in column(shown, "code")
    assert len(shown.rows) == len(busy.by["service"]) - 1


def test_the_shares_of_a_window_s_time_are_the_whole(busy: ReportOut) -> None:
    """Serving, wrap-up, free and on a break make one."""
    found = shares(busy.by["window"][0].figures.work)
    assert [kind for kind, _ in found] == list(SHARES)
    assert sum(share for _, share in found) == pytest.approx(1)
    assert shares(made.empty().total.work) == []
