"""Asking a printer how it is, within half a second."""

from dataclasses import dataclass, field

from printer.deadline import DEFAULT_TIMING, Deadline
from printer.model import Model, Questions
from printer.status import (
    FULL,
    QUESTIONS,
    Status,
    find_answer,
    find_full_answer,
    question,
    read_answers,
    read_full_answer,
)
from printer.transport import Transport

#: All four answers together, in parts of the time for one.
ALL_ANSWERS = 5 / 3
_AT_ONCE = 0.0


@dataclass
class Interview:
    """One conversation with an open printer; it keeps all that the printer said.

    Every method raises `DeviceError` if the printer hangs up or does not even take a question.
    """

    transport: Transport
    model: Model
    #: Seconds for one answer.
    patience: float = DEFAULT_TIMING.answer
    heard: bytes = field(default=b"", init=False)

    def ask(self) -> Status:
        """Ask how the printer is; what it does not answer stays unknown.

        The first silence ends the questions: a late answer would be taken for that of the next.
        """
        if not self.transport.answers or self.model.questions is Questions.NONE:
            return Status()
        deadline = Deadline.after(self.patience * ALL_ANSWERS)
        if self.model.questions is Questions.FULL_STATUS:
            return self._ask_full(deadline.capped(self.patience))
        answers: dict[int, int] = {}
        for number in QUESTIONS:
            answer = self.ask_one(number, deadline.capped(self.patience))
            if answer is None:
                break
            answers[number] = answer
        return read_answers(answers, self.model)

    def ask_one(self, number: int, deadline: Deadline) -> int | None:
        """Ask one question of DLE EOT 1-4; return its byte, None if none came in time."""
        start = self._put(question(number), deadline)
        while self._listen(deadline):
            answer = find_answer(self.heard[start:])
            if answer is not None:
                return answer
        return None

    def request(self, command: bytes, end: bytes, deadline: Deadline) -> bytes:
        """Send a command and return what was said until `end` came; empty if it never did."""
        start = self._put(command, deadline)
        while self._listen(deadline):
            if end in self.heard[start:]:
                return self.heard[start:]
        return b""

    def one_byte(self, command: bytes, deadline: Deadline) -> int | None:
        """Send a command and return the single byte that came, None if it was not one."""
        start = self._put(command, deadline)
        self._listen(deadline)
        said = self.heard[start:]
        return said[0] if len(said) == 1 else None

    def wait_for(self, words: bytes, deadline: Deadline) -> bool:
        """Wait until the printer has said `words`; tell whether it did."""
        while words not in self.heard and self._listen(deadline):
            continue
        return words in self.heard

    def _ask_full(self, deadline: Deadline) -> Status:
        start = self._put(question(FULL), deadline)
        while self._listen(deadline):
            answer = find_full_answer(self.heard[start:])
            if answer is not None:
                return read_full_answer(answer, self.model)
        return Status()

    def _put(self, command: bytes, deadline: Deadline) -> int:
        """Send a command once the line is still; return where its answer begins."""
        while deadline.remaining() > 0 and self._read(deadline.capped(_AT_ONCE)):
            continue
        self.transport.write(command, deadline)
        return len(self.heard)

    def _listen(self, deadline: Deadline) -> bool:
        """Wait for more to be said; tell whether there was more in time."""
        return deadline.remaining() > 0 and self._read(deadline)

    def _read(self, deadline: Deadline) -> bool:
        part = self.transport.read(deadline)
        self.heard += part
        return bool(part)
