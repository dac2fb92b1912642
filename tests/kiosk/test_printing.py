from __future__ import annotations

import pytest

from kiosk.events import Paper
from kiosk.printing import local, paper_of, slip_of
from printer.job import Job, JobState, new_job
from printer.reasons import Reason
from printer.slip import Slip
from queue_server.contracts.api import LegOut
from tests.kiosk.tickets import ticket

SLIP = Slip(ref="t", number="A001", center="c", service="s")


def job(state: JobState, reason: Reason | None = None) -> Job:
    """Return a print job in a state."""
    made = new_job(SLIP, 0.0)
    return Job(made.slip, state, 0.0, 0.0, reason)


def test_the_slip_holds_what_a_visitor_needs(catalogue, wording):
    """Center, number, service, when, how many are before, how long, and where to look."""
    slip = slip_of(ticket(), catalogue, wording)
    assert (slip.ref, slip.number, slip.copy) == ("01JD5Z6Y7V", "A042", 1)
    assert slip.center == "Namuna tumani davlat xizmatlari markazi"
    assert slip.service == "Tugʻilganlikni qayd etish (kompleks xizmat)"
    assert slip.lines == (
        ("Berildi", "23.11.2026 09:41"),
        ("Sizdan oldin", "7 kishi"),
        ("Kutish vaqti", "15–25 daq."),
    )
    assert slip.url == ticket().url


@pytest.mark.parametrize("language", ["uz-Latn", "uz-Cyrl", "ru", "kaa", "en"])
def test_the_slip_speaks_the_ticket_s_language(catalogue, wording, language):
    """Whatever language the screen is in by then."""
    slip = slip_of(ticket(language=language), catalogue, wording)
    assert slip.language == language
    assert slip.service == catalogue.groups[0].services[0].texts[language]
    assert slip.end == wording.say("slip.end", language)
    assert slip.copy_mark == wording.say("slip.copy_mark", language)


def test_the_slip_spares_a_second_queue(catalogue, wording):
    """It names the visit's other services, and what comes with the first one by itself."""
    legs = [LegOut(service=one, state="to_come") for one in ("A01", "E03", "M01")]
    visit = ticket().model_copy(update={"legs": legs, "event": "birth"})
    also, hint = slip_of(visit, catalogue, wording).hints
    assert also.startswith("Shu talon bilan yana: Yashash joyi")
    assert hint.startswith("Bola tugʻilgandagi nafaqa")


def test_nobody_ahead_is_said_in_words(catalogue, wording):
    """Not as a nought."""
    slip = slip_of(ticket(ahead=0, language="en"), catalogue, wording)
    assert ("", "Nobody is ahead of you") in slip.lines


def test_a_called_ticket_has_no_wait(catalogue, wording):
    """A copy printed late says what is still true."""
    slip = slip_of(ticket(estimate=None, ahead=0), catalogue, wording, copy=2)
    assert (len(slip.lines), slip.copy) == (2, 2)


def test_a_service_that_left_the_catalogue_keeps_its_id(catalogue, wording):
    """The slip is printed all the same."""
    assert slip_of(ticket(service="Z99"), catalogue, wording).service == "Z99"


def test_a_slip_without_an_address_has_no_code(catalogue, wording):
    """And does not ask to scan one."""
    slip = slip_of(ticket(url=None, language="en"), catalogue, wording)
    assert (slip.url, len(slip.notes)) == ("", 1)


def test_the_category_stays_off_the_paper(catalogue, wording):
    """A slip left on a chair tells nobody why its holder goes first."""
    plain = slip_of(ticket(), catalogue, wording)
    assert slip_of(ticket(category="disability"), catalogue, wording) == plain


@pytest.mark.parametrize(
    ("state", "reason", "paper"),
    [
        (JobState.QUEUED, None, Paper.PRINTING),
        (JobState.QUEUED, Reason.OFFLINE, Paper.FAILED),
        (JobState.QUEUED, Reason.NO_PAPER, Paper.NO_PAPER),
        (JobState.SENDING, None, Paper.PRINTING),
        (JobState.SENT, None, Paper.DONE),
        (JobState.PRINTED, None, Paper.DONE),
        (JobState.FAILED_BEFORE, Reason.AWAY, Paper.FAILED),
        (JobState.UNKNOWN, Reason.STALLED, Paper.FAILED),
        (JobState.UNKNOWN, Reason.NO_PAPER, Paper.NO_PAPER),
        (JobState.VOID, Reason.TOO_OLD, Paper.FAILED),
    ],
)
def test_the_screen_says_no_more_than_is_known(state, reason, paper):
    """Only what the printer took is called printed."""
    assert paper_of(job(state, reason)) is paper


def test_every_state_of_a_job_has_its_words():
    """No state of the print queue leaves the screen without an answer."""
    assert {paper_of(job(state)) for state in JobState} <= set(Paper)


def test_times_are_the_center_s():
    """An unknown zone leaves the time as the server wrote it."""
    assert local("2026-11-23T04:41:10Z", "Asia/Tashkent").strftime("%H:%M") == "09:41"
    assert local("2026-11-23T04:41:10+02:00", "Mars/Olympus").strftime("%H:%M") == "04:41"
