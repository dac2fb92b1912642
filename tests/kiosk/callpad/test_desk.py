"""The loop between a pad and the server."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from kiosk.callpad.desk import Desk, Mapped
from kiosk.callpad.moving import Outcome

MAPPED = Mapped({"a": "next", "b": "start"}, {"ok": b"+", "refused": b"-"}, double=60.0)


class ScriptedPad:
    """A pad whose presses come as written; at the end it is unplugged, or the test ends."""

    def __init__(self, looks: list[Sequence[str]], end: threading.Event | None) -> None:
        self.looks, self.end, self.told, self.closed = looks, end, [], False

    def pressed(self, timeout: float) -> Sequence[str]:
        """Return the next presses; a look without waiting finds the keys pressed meanwhile."""
        if timeout == 0.0 and self.looks and self.looks[0] == ["meanwhile"]:
            return self.looks.pop(0)
        if timeout == 0.0:
            return ()
        if self.looks:
            return self.looks.pop(0)
        if self.end is None:
            raise OSError("unplugged")
        self.end.set()
        return ()

    def tell(self, sign: bytes) -> None:
        """Note the sign."""
        self.told.append(sign)

    def close(self) -> None:
        """Note the end."""
        self.closed = True


def served(*pads: ScriptedPad, outcome: Outcome = "ok") -> list[str]:
    """Let a desk serve one pad after another, and return the moves that it made."""
    waiting, done = list(pads), []
    stopping = pads[-1].end
    assert stopping is not None

    def do(move: str) -> Outcome:
        """Note the move."""
        done.append(move)
        return outcome

    Desk(lambda: waiting.pop(0), MAPPED, do, stopping, retry=0.0).run()
    return done


def test_a_press_is_a_move_and_a_sign() -> None:
    """The clerk sees or hears that it was taken."""
    pad = ScriptedPad([["a"], ["b"]], threading.Event())
    assert served(pad) == ["next", "start"]
    assert pad.told == [b"+", b"+"]
    assert pad.closed


def test_a_refusal_has_a_sign_of_its_own() -> None:
    """So that nobody waits for a visitor who was not called."""
    pad = ScriptedPad([["a"]], threading.Event())
    served(pad, outcome="refused")
    assert pad.told == [b"-"]


def test_a_double_press_is_one_move() -> None:
    """Two in one look, or one after the other."""
    assert served(ScriptedPad([["a", "a"], ["a"]], threading.Event())) == ["next"]


def test_keys_pressed_while_the_server_thinks_are_not_kept() -> None:
    """They were pressed at an old picture."""
    assert served(ScriptedPad([["a"], ["meanwhile"]], threading.Event())) == ["next"]


def test_a_key_without_a_meaning_does_nothing() -> None:
    """It has no sign either."""
    pad = ScriptedPad([["z"]], threading.Event())
    assert served(pad) == []
    assert pad.told == []


def test_a_pad_that_is_unplugged_comes_back() -> None:
    """The desk looks for it until it is there again."""
    first = ScriptedPad([["a"]], None)
    assert served(first, ScriptedPad([["b"]], threading.Event())) == ["next", "start"]
    assert first.closed
