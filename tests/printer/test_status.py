import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from printer.reasons import Reason
from printer.status import Fault, PaperLevel, Status, find_answer, question, read_answers

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
    assert read_answers(answers) == status


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
    assert (Status().mute, Status().trouble, Status().paper) == (True, None, None)
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
