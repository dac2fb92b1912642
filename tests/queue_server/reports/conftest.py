"""What the reports' tests share: words in a language, and a report to render."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from config.wording import Wording
from queue_server.contracts.reports import ReportOut
from queue_server.reports.speech import Speech
from tests.queue_server.reports import made


@pytest.fixture
def in_language() -> Callable[[str], Speech]:
    """Return the words of a language."""
    say = Wording.load().say
    return lambda language: Speech(language, say)


@pytest.fixture
def english(in_language: Callable[[str], Speech]) -> Speech:
    """The words of English, which writes a decimal point."""
    return in_language("en")


@pytest.fixture(scope="session")
def busy() -> ReportOut:
    """A report of a busy day, with names that somebody chose with bad intent."""
    return made.report()
