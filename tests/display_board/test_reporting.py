"""How a board tells the server of itself."""

import logging

from display_board.reporting import report_of
from queue_server.client.machine import LastError


def test_a_board_tells_what_it_knows(tmp_path):
    """Version, clock, disk and screen are told; it has no printer, and nothing went wrong."""
    told = report_of(tmp_path, LastError(), "1920x1080 kmsdrm")
    assert told.version
    assert told.disk_free_mb is not None
    assert (told.screen, told.printer, told.last_error) == ("1920x1080 kmsdrm", None, "")


def test_the_last_warning_is_told(tmp_path):
    """What stands in the log as a warning reaches the supervisor."""
    last = LastError()
    last.emit(logging.makeLogRecord({"msg": "no sound", "levelno": logging.WARNING}))
    assert "no sound" in report_of(tmp_path, last, "").last_error
