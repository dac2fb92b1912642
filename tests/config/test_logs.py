"""Logs: one line of JSON per act."""

import io
import json
import logging
import sys

import pytest

from config import logs


def line(**record: object) -> str:
    """Return the line of a record made from these fields."""
    return logs.JsonLines().format(logging.makeLogRecord({"levelname": "INFO", **record}))


def test_an_act_is_one_line_with_its_fields():
    """Time, level, logger and event come first, then what the act says of itself."""
    text = line(name="usecases", created=0.5, msg="ticket %s", args=("A042",), action="issue")
    assert json.loads(text) == {
        "time": "1970-01-01T00:00:00.500Z",
        "level": "INFO",
        "logger": "usecases",
        "event": "ticket A042",
        "action": "issue",
    }


@pytest.mark.parametrize(
    "bad", ["\n", "\r", "\x1b[31m", "\x00", "\x7f", "\x85", "\u2028", "\u2029"]
)
def test_no_text_breaks_its_line(bad):
    """A visitor's input can neither begin a false line nor colour the terminal."""
    text = line(msg=f"before{bad}after", extra_field=bad)
    assert text.isprintable()
    assert json.loads(text)["event"] == f"before{bad}after"


def test_letters_are_written_as_letters():
    """Uzbek and Russian stay readable in the log."""
    assert "Oʻtkazish Передать" in line(msg="Oʻtkazish Передать")


def test_a_field_cannot_pose_as_the_record():
    """Who logged when is said by the logger alone."""
    assert json.loads(line(msg="true", event="false", level="false"))["event"] == "true"


def test_an_error_brings_its_traceback_in_the_same_line():
    """What went wrong is one field, not twenty lines."""
    try:
        int("no paper")
    except ValueError:
        text = line(msg="printing failed", exc_info=sys.exc_info())
    assert "\n" not in text
    assert json.loads(text)["error"].endswith("'no paper'")


def test_a_strange_value_does_not_stop_the_log(tmp_path):
    """What JSON does not know is written as its text."""
    assert json.loads(line(msg="saved", path=tmp_path))["path"] == str(tmp_path)


@pytest.fixture
def root():
    """Give the root logger back as it was."""
    logger = logging.getLogger()
    handlers, level = logger.handlers[:], logger.level
    logger.handlers.clear()
    yield logger
    logger.handlers[:] = handlers
    logger.setLevel(level)


def test_the_level_says_what_is_written(root):
    """Below the chosen level nothing reaches the stream."""
    stream = io.StringIO()
    logs.setup("WARNING", stream)
    logging.getLogger("kiosk").info("unheard")
    logging.getLogger("kiosk").warning("paper low", extra={"action": "print"})
    (told,) = stream.getvalue().splitlines()
    assert json.loads(told)["action"] == "print"
