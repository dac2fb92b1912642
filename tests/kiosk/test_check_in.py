"""An appointment's code: typed, scanned, half, foreign, or garbage."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.acts import Erase, GoBack, OpenCode, StartAgain, Submit, TakeTicket, Type
from kiosk.events import CheckedIn, NotCheckedIn, Paper, Scanned, Tick
from kiosk.flow import apply
from kiosk.screens.check_in import SAID
from kiosk.state import CheckIn, Flow, Print, Step
from kiosk.steps.check_in import LONGEST, SHORTEST, code_in, waiting
from tests.kiosk.catalogues import demo
from tests.kiosk.screens_of_visitors import SCREENS, laid_out, told
from tests.kiosk.steps import flow_at
from tests.kiosk.test_finding import typed, walk
from tests.kiosk.tickets import ticket

CATALOGUE = demo()
CODE = "K7WQ3M"


def at_code() -> Flow:
    """A visitor who has an appointment."""
    return walk(flow_at(Step.GROUP, CATALOGUE, "ru"), OpenCode())


def asked() -> Flow:
    """A visitor whose code the server is being asked about."""
    return walk(typed(at_code(), CODE), Submit())


def refused(code: str | None) -> Flow:
    """A visitor whose code was refused."""
    flow = asked()
    assert isinstance(flow.wish, CheckIn)
    return apply(flow, NotCheckedIn(200.0, flow.wish.key, code))


@pytest.mark.parametrize(("text", "code"), [
    ("K7WQ3M", "K7WQ3M"),
    (" k7wq3m9x\r\n", "K7WQ3M9X"),
    ("k7w-q3m", "K7WQ3M"),
    ("K7W Q3M", "K7WQ3M"),
    (" http://10.0.0.5:8000/t/01JD5Z?key=k7Wq\n", "http://10.0.0.5:8000/t/01JD5Z?key=k7Wq"),
    ("https://center.uz/t/01JD5Z6Y7VQ8", ""),
    ("https://center.uz/t/01JD5Z?key=" + "x" * 300, ""),
    ("https://center.uz/t/01JD5Z?key=k7\x00Wq", ""),
    ("https://example.com/K7WQ3M", ""),
    ("K7WQ3", ""),
    ("K7WQ3M9XZ", ""),
    ("", ""),
    ("http://[half", ""),
    ('\x00\xff{"garbage": [', ""),
    ("WIFI:S:Guest;T:WPA;P:secret;;", ""),
])  # fmt: skip
def test_a_code_is_found_in_what_was_scanned(text, code):
    """Alone and in capitals, or a ticket's whole address; nothing else is a code."""
    assert code_in(text) == code


@given(st.text(max_size=200))
def test_whatever_a_scanner_reads_leaves_a_whole_screen(text):
    """Garbage ends in a sentence, never in a fault; a request holds a code and nothing else."""
    flow = apply(flow_at(Step.GROUP, CATALOGUE), Scanned(50.0, text))
    assert flow.step is Step.CODE
    if isinstance(flow.wish, CheckIn):
        assert SHORTEST <= len(flow.wish.code) <= LONGEST
        assert flow.wish.code.isascii()
        assert flow.wish.code.isupper() or flow.wish.code.isdigit()
    else:
        assert flow.visit.refusal in SAID


def test_a_typed_code_is_asked_about_once():
    """A second touch while the answer is on its way asks nothing anew."""
    flow = asked()
    assert isinstance(flow.wish, CheckIn)
    assert flow.wish.code == CODE
    assert walk(flow, Submit(), Type("1"), Erase()).wish is flow.wish


def test_a_code_that_is_too_short_is_not_asked_about(wording):
    """The sentence says how long a code is; typing on takes it away."""
    flow = walk(typed(at_code(), "K7"), Submit())
    assert flow.wish is None
    assert wording.say("kiosk.code_short", "ru") in told(laid_out(flow, SCREENS["hd"], wording))
    assert walk(flow, Type("3")).visit.refusal == ""


def test_a_code_is_no_longer_than_codes_are():
    """The keypad stops there."""
    assert typed(at_code(), "A" * 20).visit.typed == "A" * LONGEST


def test_who_is_checked_in_gets_a_number_and_a_slip():
    """Just as with a ticket of one's own."""
    flow = asked()
    assert isinstance(flow.wish, CheckIn)
    shown = apply(flow, CheckedIn(200.0, flow.wish.key, ticket()))
    assert (shown.step, shown.wish) == (Step.SLIP, Print(ticket()))


def test_an_answer_that_comes_after_one_step_back_still_shows_the_number():
    """The ticket waits on the server, so its holder must learn its number."""
    flow = asked()
    assert isinstance(flow.wish, CheckIn)
    back = walk(flow, GoBack())
    assert back.step is Step.GROUP
    assert apply(back, CheckedIn(200.0, flow.wish.key, ticket())).step is Step.SLIP
    assert apply(back, NotCheckedIn(200.0, flow.wish.key)).step is Step.GROUP
    gone = walk(flow, StartAgain())
    assert apply(gone, CheckedIn(200.0, flow.wish.key, ticket())) == gone


def test_an_answer_to_another_visitor_is_not_shown():
    """Only the key in hand counts."""
    assert apply(asked(), CheckedIn(200.0, "other-1", ticket())).step is Step.CODE
    assert waiting(apply(asked(), NotCheckedIn(200.0, "other-1", "too_late")))


CODES = ["unknown_code", "wrong_day", "already_here", "too_early", "too_late", None, "brand_new"]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("tag", CATALOGUE.languages)
def test_every_refusal_is_a_plain_sentence_with_a_way_on(wording, code, tag):
    """Also one that this kiosk has never heard of; an ordinary ticket is one touch away."""
    flow = refused(code)
    spoken = replace(flow, visit=replace(flow.visit, language=tag))
    layout = laid_out(spoken, SCREENS["hd"], wording)
    sentence = wording.say(SAID.get(code or "away", "kiosk.code_unknown"), tag)
    assert sentence in told(layout)
    assert TakeTicket() in [key.act for key in layout.keys]
    assert walk(spoken, TakeTicket()).step is Step.GROUP


def test_the_sentences_differ():
    """Nobody is told the same about yesterday's code and about garbage."""
    assert len(set(SAID.values())) == len(SAID)


VISITING = [
    Step.LANGUAGE,
    Step.GROUP,
    Step.SERVICE,
    Step.CONFIRM,
    Step.FIND,
    Step.INFO,
    Step.CENTER,
]


@pytest.mark.parametrize("step", VISITING)
def test_a_scan_leads_to_the_code_from_any_screen_and_back(step):
    """Whatever the visitor was doing is found again."""
    before = flow_at(step, CATALOGUE, "ru")
    flow = apply(before, Scanned(50.0, CODE))
    assert (flow.step, flow.wish) == (Step.CODE, CheckIn("run-1", CODE))
    assert walk(flow, GoBack()).step is step


@pytest.mark.parametrize("step", [Step.CLOSED, Step.ISSUING, Step.PIN, Step.STAFF, Step.RATE])
def test_a_scan_while_nobody_can_mean_it_does_nothing(step):
    """A kiosk that issues, or shows staff its menu, is not disturbed."""
    flow = flow_at(step, CATALOGUE)
    assert apply(flow, Scanned(50.0, CODE)) == flow


def test_a_scan_takes_no_number_off_the_screen_that_nobody_has_on_paper():
    """With the slip in hand the next visitor may scan; else the number stays."""
    shown = flow_at(Step.SLIP, CATALOGUE, "ru", paper=Paper.FAILED)
    assert apply(shown, Scanned(50.0, CODE)) == shown
    printed = apply(flow_at(Step.SLIP, CATALOGUE, "ru", paper=Paper.DONE), Scanned(50.0, CODE))
    assert (printed.step, printed.visit.ticket) == (Step.CODE, None)


def test_a_foreign_address_and_garbage_are_told_apart(wording):
    """Somebody's link is no broken code."""
    for text, refusal in (("https://example.com/menu", "foreign"), ("K7W", "garbage")):
        flow = apply(flow_at(Step.GROUP, CATALOGUE, "en"), Scanned(50.0, text))
        assert flow.visit.refusal == refusal
        layout = laid_out(flow, SCREENS["portrait"], wording)
        assert wording.say(SAID[refusal], "en") in told(layout)


def test_a_ticket_s_address_is_asked_about_as_it_is():
    """The server knows it by its key; the field does not show it."""
    address = "https://center.uz/t/01JD5Z6Y7V?key=k7Wq3m9X"
    flow = apply(flow_at(Step.GROUP, CATALOGUE, "en"), Scanned(50.0, address))
    assert (flow.wish, flow.visit.typed) == (CheckIn("run-1", address), "")
    told_apart = {"unknown_code": "foreign", "wrong_day": "wrong_day", None: "away"}
    for code, refusal in told_apart.items():
        after = apply(flow, NotCheckedIn(60.0, "run-1", code))
        assert after.visit.refusal == refusal


def test_a_scan_wakes_a_kiosk_that_asks_whether_somebody_is_there():
    """Who scans is there."""
    asking = replace(flow_at(Step.GROUP, CATALOGUE, "ru"), asking=True, left=3)
    flow = apply(asking, Scanned(500.0, CODE))
    assert (flow.asking, apply(flow, Tick(510.0)).asking) == (False, False)


def test_a_second_scan_asks_about_the_second_code():
    """After a refusal the next try needs no key."""
    flow = apply(refused("unknown_code"), Scanned(300.0, "ZZZ222"))
    assert isinstance(flow.wish, CheckIn)
    assert (flow.wish.code, flow.visit.refusal, flow.visit.trail) == ("ZZZ222", "", (Step.GROUP,))
