import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from printer.model import GENERIC, models
from printer.reasons import Reason
from printer.status import (
    Fault,
    PaperLevel,
    Status,
    find_answer,
    find_full_answer,
    question,
    read_answers,
    read_full_answer,
)

FINE = {1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        (FINE, Status(True, False, PaperLevel.PLENTY, Fault.NONE)),
        ({}, Status()),
        ({1: 0x1A}, Status(online=False)),
        ({1: 0x12, 2: 0x16}, Status(online=True, cover_open=True)),
        (FINE | {4: 0x1E}, Status(True, False, PaperLevel.LOW, Fault.NONE)),
        (FINE | {4: 0x72}, Status(True, False, PaperLevel.OUT, Fault.NONE)),
        (FINE | {4: 0x7E}, Status(True, False, PaperLevel.OUT, Fault.NONE)),
        ({1: 0x1A, 2: 0x32}, Status(online=False, cover_open=False, paper=PaperLevel.OUT)),
        ({3: 0x1A}, Status(fault=Fault.CUTTER)),
        ({3: 0x16}, Status(fault=Fault.JAM)),
        ({3: 0x52}, Status(fault=Fault.PASSING)),
        ({3: 0x7A}, Status(fault=Fault.LASTING)),
    ],
)
def test_answers_are_read_by_their_bits(answers, status):
    """Each answer says what its bits say, and an answer that is missing says nothing."""
    assert read_answers(answers, GENERIC) == status


@pytest.mark.parametrize(
    ("status", "trouble"),
    [
        (Status(), None),
        (Status(online=True), None),
        (Status(paper=PaperLevel.LOW), None),
        (Status(online=False), Reason.OFFLINE),
        (Status(online=False, paper=PaperLevel.OUT), Reason.NO_PAPER),
        (Status(online=False, cover_open=True, paper=PaperLevel.OUT), Reason.COVER_OPEN),
        (Status(fault=Fault.CUTTER), Reason.CUTTER),
        (Status(fault=Fault.JAM), Reason.JAM),
        (Status(fault=Fault.PASSING), Reason.BUSY),
        (Status(fault=Fault.LASTING), Reason.BROKEN),
    ],
)
def test_trouble_is_named_by_what_ends_it(status, trouble):
    """The reason is what staff can do something about; what is unknown or low is no trouble."""
    assert status.trouble == trouble


def test_silence_is_neither_good_nor_bad():
    """A mute printer is not out of paper, and not known to have any."""
    assert (Status().mute, Status().trouble) == (True, None)
    assert Status().paper is PaperLevel.UNKNOWN
    assert not Status(online=True).mute


@pytest.mark.parametrize(
    ("heard", "answer"),
    [
        (b"", None),
        (b"\x12", 0x12),
        (b"\x1a", 0x1A),
        (b"\x11\x12\x13", 0x12),
        (b"\x10\x00\x00\x00\x16", 0x16),
        (b"\x10\x00\x00\x00", None),
        (b"\x10\x12", 0x12),
        (b"\x37\x22\x12\x12\x12\x12\x00\x72", 0x72),
        (b"\x5f\x12\x12", None),
        (b"\x00\x12", 0x12),
        (b"\xff\x12", None),
        (b"\x12\x80", None),
    ],
)
def test_an_answer_is_told_from_other_bytes(heard, answer):
    """Automatic status, blocks and flow control are stepped over; foreign bytes spoil the whole."""
    assert find_answer(heard) == answer


@settings(deadline=None)
@given(st.binary(max_size=40))
def test_an_answer_has_the_fixed_bits(heard):
    """Whatever a printer sends, an answer has the bits that every answer has."""
    answer = find_answer(heard)
    assert answer is None or answer & 0x93 == 0x12


def test_questions_are_dle_eot():
    """The questions are the real-time ones, which a printer answers even off line."""
    assert [question(number) for number in (1, 4)] == [b"\x10\x04\x01", b"\x10\x04\x04"]


def test_a_slip_in_the_presenter_is_not_the_end_of_the_paper():
    """Citizen's "slip in the presenter" is half of Epson's "no paper": each by its model."""
    answers = FINE | {4: 0x52}
    citizen = read_answers(answers, models()["citizen"])
    assert (citizen.paper, citizen.output, citizen.trouble) == (PaperLevel.PLENTY, True, None)
    assert read_answers(answers, GENERIC).paper is PaperLevel.OUT


@pytest.mark.parametrize(
    ("answer", "trouble", "paper", "output"),
    [
        ("100f00000000", None, PaperLevel.PLENTY, False),
        ("100f20000000", None, PaperLevel.PLENTY, True),
        ("100f04000000", None, PaperLevel.LOW, False),
        ("100f05000000", Reason.NO_PAPER, PaperLevel.OUT, False),
        ("100f00020000", Reason.COVER_OPEN, PaperLevel.PLENTY, False),
        ("100f00004000", Reason.JAM, PaperLevel.PLENTY, False),
        ("100f00000100", Reason.BUSY, PaperLevel.PLENTY, False),
        ("100f00000001", Reason.CUTTER, PaperLevel.PLENTY, False),
        ("100f00000004", Reason.BROKEN, PaperLevel.PLENTY, False),
    ],
)
def test_a_full_status_is_read_by_its_bits(answer, trouble, paper, output):
    """The six bytes of a Custom printer say paper, cover, faults, and the slip in the output."""
    status = read_full_answer(bytes.fromhex(answer), models()["custom-vkp80"])
    assert (status.trouble, status.paper, status.output) == (trouble, paper, output)


@pytest.mark.parametrize(
    ("heard", "answer"),
    [
        ("", None),
        ("100f0000", None),
        ("12100f00000000", "100f00000000"),
        ("100f01000000100f00000000", "100f00000000"),
        ("100f01000000100f0000", "100f01000000"),
    ],
)
def test_the_last_whole_full_status_counts(heard, answer):
    """A full status that is cut off is none; the newest of several is meant."""
    found = find_full_answer(bytes.fromhex(heard))
    assert found == (None if answer is None else bytes.fromhex(answer))
