import threading
from contextlib import suppress

import pytest

from queue_server.storage.errors import StorageError
from queue_server.storage.turns import Turns


def in_line(turns) -> int:
    """Return how many threads wait for their turn."""
    with turns._guard:
        return len(turns._waiting)


def test_who_came_first_is_served_first():
    """However the system schedules threads, the turn goes round in the order of asking."""
    turns, served, threads = Turns(60), [], []

    def take(name):
        with turns:
            served.append(name)

    with turns:
        for name in range(20):
            threads.append(threading.Thread(target=take, args=(name,)))
            threads[-1].start()
            await_line(turns, name + 1)
    for thread in threads:
        thread.join()
    assert served == list(range(20))


def test_a_thread_that_waits_too_long_is_told_so():
    """A turn that does not come in time is a StorageError, and spoils nobody else's turn."""
    turns = Turns(0.01)
    said = []

    def take():
        try:
            with turns:
                pass
        except StorageError as error:
            said.append(str(error))

    with turns:
        thread = threading.Thread(target=take)
        thread.start()
        thread.join()
    assert said == ["The database was busy for 0.01 seconds; look at its disk and try again."]
    with turns:
        assert in_line(turns) == 0


def test_a_failed_turn_is_handed_over_too():
    """An error in one's turn does not keep the next from theirs."""
    turns = Turns(1)
    with suppress(KeyError), turns:
        raise KeyError
    with turns:
        pass


def test_a_turn_within_a_turn_is_a_mistake():
    """A thread that asks again in its own turn would wait for itself; it is told at once."""
    turns = Turns(60)
    with turns, pytest.raises(RuntimeError), turns:
        pass


def await_line(turns, length):
    """Wait until so many threads stand in line."""
    pause = threading.Event()
    while in_line(turns) < length:
        pause.wait(0.001)
