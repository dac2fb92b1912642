"""What the page of estimates says and draws."""

import re

import pytest

from config.wording import Wording
from queue_server.reports import estimate_charts
from queue_server.reports.estimate_charts import Told
from queue_server.reports.estimate_picture import picture
from queue_server.reports.speech import Speech
from tests.queue_server.reports import made_estimates as made

SAY = Wording.load().say


def shown(report=None, language: str = "en"):
    """Return the picture of estimates in a language."""
    return picture(report or made.estimates(), Speech(language, SAY), made.TODAY)


def test_the_percent_is_never_rounded_up() -> None:
    """92.78 is 92, and 99.99 is 99."""
    assert shown().percent == "92\u00a0%"
    assert shown(made.estimates(kept=0.9999)).percent == "99\u00a0%"
    assert shown(made.estimates(kept=1.0)).percent == "100\u00a0%"


def test_a_day_that_was_not_yesterday_is_named() -> None:
    """After a weekend it is Friday's figure."""
    friday = made.estimates()
    assert friday.last_kept is not None
    last = friday.last_kept.model_copy(update={"day": "2026-11-20"})
    told = shown(friday.model_copy(update={"last_kept": last}))
    assert "20.11.2026" in told.sentence
    assert "yesterday" in shown().sentence


def test_without_anything_there_is_no_percent() -> None:
    """And no level says that nothing is good."""
    told = shown(made.empty())
    assert told.percent == ""
    assert {head.level for head in told.heads} == {None}
    assert told.heads[0].value == "–"


def test_figures_have_a_level_where_there_is_an_aim() -> None:
    """Good ones are said to be good, others to need attention."""
    report = made.estimates()
    poor = report.total.model_copy(update={"kept": 0.8999, "late": 0.13, "bias_minutes": 2.1})
    heads = {head.name: head for head in shown(report.model_copy(update={"total": poor})).heads}
    levels = {name: head.level for name, head in heads.items()}
    assert levels == {
        "kept": "watch",
        "inside": "good",
        "error": None,
        "bias": "watch",
        "late": "watch",
        "visits": None,
    }
    assert heads["bias"].value == "+2.1 min"


@pytest.mark.parametrize("language", ["uz-Latn", "uz-Cyrl", "ru", "kaa", "en"])
def test_every_text_is_there(language: str) -> None:
    """In every language, also of a widened range, and no placeholder stays."""
    for report in (made.estimates(), made.estimates(1.6), made.empty()):
        told = shown(report, language)
        words = [told.sentence, told.stretch, *(head.note for head in told.heads)]
        words += [head for table in told.tables for head in table.heads]
        assert not re.search(r"[{}]|estimates\.", " ".join(words) + told.days + told.hours)


def test_days_below_the_aim_are_marked() -> None:
    """The dot and its stem, and the value below it."""
    drawing = estimate_charts.kept("kept", ["1", "2"], [95.9, 89.9], ["a", "b"])
    assert drawing.count("chart__stem--below") == drawing.count("chart__dot--below") == 1
    assert ">95<" in drawing
    assert ">89<" in drawing


def test_a_bad_day_pulls_the_axis_down() -> None:
    """Nothing is drawn outside of the plot; the axis still ends at 100."""
    marks = re.findall(r'chart__scale"[^>]*>(\d+)<', estimate_charts.kept("k", ["1"], [3], ["a"]))
    assert marks == ["0", "20", "40", "60", "80", "100"]
    marks = re.findall(r'chart__scale"[^>]*>(\d+)<', estimate_charts.kept("k", ["1"], [55], ["a"]))
    assert marks == ["50", "60", "70", "80", "90", "100"]


def test_many_days_have_few_names() -> None:
    """The newest one is named."""
    names = [f"{n}.11" for n in range(1, 31)]
    drawing = estimate_charts.kept("kept", names, [90] * 30, names)
    named = re.findall(r'chart__name"[^>]*>([^<]+)<', drawing)
    assert len(named) <= 7
    assert named[-1] == "30.11"


def test_a_wait_past_what_was_said_is_marked() -> None:
    """The range is a bar, the wait a dot."""
    told = [Told(5, 15, 12), Told(5, 15, 16)]
    drawing = estimate_charts.ranges("hours", ["9", "10"], told, ["a", "b"])
    assert drawing.count("chart__said") == 2
    assert drawing.count("chart__dot--below") == 1
    assert shown().past is False


def test_nothing_can_be_drawn() -> None:
    """Empty charts are charts."""
    assert estimate_charts.kept("k", [], [], []).startswith("<svg")
    assert estimate_charts.ranges("h", [], [], []).startswith("<svg")
