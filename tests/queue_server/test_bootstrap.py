"""What runs beside the requests."""

import logging
import threading

import pytest

from queue_server.bootstrap import keep_at


def test_a_fault_is_noted_and_the_work_begins_again(caplog: pytest.LogCaptureFixture) -> None:
    """One full disk does not end the publisher for the day."""
    ended, tries = threading.Event(), []

    def work() -> None:
        tries.append(1)
        if len(tries) == 1:
            raise OSError("the disk is full")
        ended.set()

    with caplog.at_level(logging.ERROR):
        keep_at(work, ended)
    assert len(tries) == 2
    assert "begins again" in caplog.text
