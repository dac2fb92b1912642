"""Asking a printer how it is, within half a second."""

from printer.deadline import Deadline
from printer.status import QUESTIONS, Status, find_answer, question, read_answers
from printer.transport import Transport

#: Seconds: one answer, and all four together.
ONE_ANSWER, ALL_ANSWERS = 0.3, 0.5
_AT_ONCE = 0.0


def ask(transport: Transport) -> Status:
    """Ask the open printer; what it does not answer stays unknown.

    The first silence ends the questions: a late answer would be taken for that of the next one.
    Raises `DeviceError` if the printer does not even take a question.
    """
    if not transport.answers:
        return Status()
    answers: dict[int, int] = {}
    deadline = Deadline.after(ALL_ANSWERS)
    for number in QUESTIONS:
        answer = _ask_one(transport, number, deadline.capped(ONE_ANSWER))
        if answer is None:
            break
        answers[number] = answer
    return read_answers(answers)


def await_proof(transport: Transport, mark: bytes, deadline: Deadline) -> bool:
    """Wait until the printer says that all before `mark` is printed; tell whether it did."""
    heard, proof = b"", b"\x37\x22" + mark + b"\0"
    while proof not in heard and deadline.remaining() > 0:
        part = transport.read(deadline)
        if not part:
            break
        heard += part
    return proof in heard


def _ask_one(transport: Transport, number: int, deadline: Deadline) -> int | None:
    while transport.read(deadline.capped(_AT_ONCE)):
        if deadline.remaining() == 0:
            return None
    transport.write(question(number), deadline)
    return _hear(transport, deadline)


def _hear(transport: Transport, deadline: Deadline) -> int | None:
    heard = b""
    while deadline.remaining() > 0 and (part := transport.read(deadline)):
        heard += part
        answer = find_answer(heard)
        if answer is not None:
            return answer
    return None
