"""The day report on paper, read back by another library."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable

import pypdf
import pytest

from config.languages import LANGUAGES
from queue_server.contracts.reports import ReportOut
from queue_server.reports import pdf
from queue_server.reports.headlines import headlines
from queue_server.reports.measures import CONDUCT, MEASURES
from queue_server.reports.speech import Speech
from tests.queue_server.reports import made

In = Callable[[str], Speech]


def pages(report: ReportOut, speech: Speech) -> list[str]:
    """Return the texts of the pages, gaps made alike."""
    read = pypdf.PdfReader(io.BytesIO(pdf.write(report, speech)))
    return [flat(page.extract_text()) for page in read.pages]


def flat(text: str) -> str:
    """Return a text with one space where there is any gap."""
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_figures_on_paper_are_the_report_s(busy: ReportOut, in_language: In, tag: str) -> None:
    """Headlines, services and the order of the queue, with the letters of every language."""
    speech = in_language(tag)
    text = " ".join(pages(busy, speech))
    assert busy.center[tag] in text
    for headline in headlines(busy, speech):
        assert flat(headline.value) in text
    for part in busy.by["service"]:
        shown = [MEASURES[n].datum(part.figures) for n in ("visitors", "wait_median", "wait_p90")]
        assert flat(" ".join(speech.datum(each) for each in shown)) in text, part.key
    for name in CONDUCT:
        value = speech.datum(MEASURES[name].datum(busy.total))
        assert re.search(rf"{re.escape(flat(speech(name)))} {re.escape(flat(value))}\b", text), name


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_font_has_every_letter(
    busy: ReportOut, in_language: In, tag: str, caplog: pytest.LogCaptureFixture
) -> None:
    """No box is printed in place of a letter: ʻ ʼ Ǵ ı № ў қ ғ ҳ."""
    with caplog.at_level(logging.WARNING):
        text = " ".join(pages(busy, in_language(tag)))
    assert [record.message for record in caplog.records if "glyph" in record.message] == []
    for name in ("Gʻulomjon Toʻxtayev", "Ǵayratdin", "Ўктам Қодиров", "№ 5"):
        assert name in text


def test_pages_are_numbered_and_say_whose_they_are(busy: ReportOut, english: Speech) -> None:
    """A lost sheet is missed: page x of y, center and day at the foot of each."""
    found = pages(busy, english)
    for number, text in enumerate(found, 1):
        assert f"{number} / {len(found)}" in text
        assert "Namuna District Public Service Center · Monday, 23.11.2026" in text


def test_it_is_signed_and_tied_to_the_log(busy: ReportOut, english: Speech) -> None:
    """Lines for the supervisor and the controller, the log's entry and its hash."""
    last = pages(busy, english)[-1]
    assert "Supervisor" in last
    assert "Controller" in last
    assert f"Log: entry {english.number(busy.seq)}".replace("\u00a0", " ") in last
    assert busy.hash in last


def test_a_page_is_a4_in_the_language_that_it_says(busy: ReportOut, in_language: In) -> None:
    """A reader for the blind knows how to pronounce it."""
    read = pypdf.PdfReader(io.BytesIO(pdf.write(busy, in_language("ru"))))
    assert {tuple(round(float(x)) for x in page.mediabox[2:]) for page in read.pages} == {
        (595, 842)
    }
    assert read.trailer["/Root"]["/Lang"] == "ru"
    assert read.metadata.title == "Отчёт за день · понедельник, 23.11.2026"


def test_nothing_is_written_beyond_the_paper(busy: ReportOut, in_language: In) -> None:
    """Every text of every page begins between the margins, in the longest language too."""
    for tag in LANGUAGES:
        read = pypdf.PdfReader(io.BytesIO(pdf.write(busy, in_language(tag))))
        for page in read.pages:
            page.extract_text(visitor_text=inside)


def inside(text: str, _machine: list[float], place: list[float], *_rest: object) -> None:
    """Assert that a text begins on the paper."""
    if text.strip():
        assert 0 <= place[4] <= 595, text
        assert 0 <= place[5] <= 842, text


def test_a_report_of_nothing_says_so_kindly(english: Speech) -> None:
    """One page, a sentence, and the lines to sign."""
    (only,) = pages(made.empty(), english)
    assert "Nobody came in this period" in only
    assert "Supervisor" in only


def test_the_same_report_is_the_same_paper(busy: ReportOut, english: Speech) -> None:
    """Made twice, it differs in nothing."""
    assert pdf.write(busy, english) == pdf.write(busy, english)


def test_an_open_day_says_that_it_is_not_over(busy: ReportOut, english: Speech) -> None:
    """Nobody takes half a day for a whole one."""
    days = [day.model_copy(update={"closed": False}) for day in busy.days]
    assert "The day is not closed yet" in pages(busy.model_copy(update={"days": days}), english)[0]
    assert "The day is not closed yet" not in pages(busy, english)[0]
