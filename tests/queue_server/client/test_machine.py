from __future__ import annotations

import logging

from queue_server.client import machine
from queue_server.client.machine import LONGEST, LastError


def test_the_last_warning_is_kept():
    """With its time; what is only information is not."""
    last = LastError()
    log = logging.getLogger("tests.last_error")
    log.addHandler(last)
    log.setLevel(logging.INFO)
    log.info("all is well")
    assert last.text == ""
    log.warning("the %s\nfell", "cat")
    assert last.text.endswith("WARNING: the cat fell")
    assert last.text[10] == "T"
    log.error("x" * 999)
    assert len(last.text) == LONGEST


def test_a_record_that_cannot_be_said_is_kept_as_it_is():
    """A fault in the log is no fault in the report."""
    last = LastError()
    last.handle(logging.makeLogRecord({"msg": "%d", "args": ("x",), "levelname": "ERROR"}))
    assert last.text.endswith("%d")


def test_the_warmest_sensor_counts(tmp_path):
    """Those that cannot be read are passed over."""
    assert machine.temperature(tmp_path) is None
    for number, text in enumerate(("41500", "62250", "nonsense")):
        (tmp_path / f"thermal_zone{number}").mkdir()
        (tmp_path / f"thermal_zone{number}" / "temp").write_text(text)
    assert machine.temperature(tmp_path) == 62.2


def test_the_machine_tells_of_itself(tmp_path):
    """Version, clock, ticks and disk."""
    assert machine.version()
    assert machine.clock().endswith("Z")
    assert machine.uptime() > 0
    assert machine.disk_free_mb(tmp_path) >= 0
    assert machine.disk_free_mb(tmp_path / "absent") is None
