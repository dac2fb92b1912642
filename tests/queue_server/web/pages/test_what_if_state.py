"""What the what-if page makes of an answer and of the real course: the pure module."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

MINUTE = 60_000
#: the answer's moment, ms; a whole hour
BEGAN = 1_795_330_800_000 // 3_600_000 * 3_600_000
CALL = """async ([name, ...values]) => {
  const module = await import("/what_if/what_if_state.js");
  return module[name](...values);
}"""


def call(scripts: Page, name: str, *values: Any) -> Any:
    """Call one function of the module."""
    return scripts.evaluate(CALL, [name, *values])


def change(mean: float, low: float, high: float, *, clear: bool = True) -> dict[str, Any]:
    """Return a difference of the wire."""
    return {"mean": mean, "low": low, "high": high, "clear": clear}


def band(middle: float) -> dict[str, float]:
    """Return a band that reaches four to each side."""
    return {"low": middle - 4, "middle": middle, "high": middle + 4}


def answer(now: list[float], then: list[float]) -> dict[str, Any]:
    """Return an answer whose courses have these middles, one every five minutes."""
    return {
        "at": "2026-11-22T22:00:00.000Z",
        "points": [5 * n for n in range(len(now))],
        "now": {"waiting": [band(each) for each in now]},
        "then": {"waiting": [band(each) for each in then]},
    }


def began(scripts: Page) -> int:
    """Return the answer's moment as the browser reads it, ms."""
    return int(scripts.evaluate("() => Date.parse('2026-11-22T22:00:00.000Z')"))


@pytest.mark.parametrize(
    ("measure", "told", "said"),
    [
        ("mean", change(-6.2, -9.4, -3.6), ("better", "shorter", 6, 4, 9)),
        ("mean", change(4.5, 0, 8), ("worse", "longer", 5, 0, 8)),
        ("longest", change(0.4, 0.1, 0.8), ("worse", "longer", 1, 0, 1)),
        ("within_norm", change(0.12, 0.05, 0.2), ("better", "more", 12, 5, 20)),
        ("within_norm", change(-0.03, -0.05, 0), ("worse", "fewer", 3, 0, 5)),
    ],
)
def test_a_change_in_words(
    scripts: Page, measure: str, told: dict[str, Any], said: tuple[str, str, int, int, int]
) -> None:
    """Shorter or longer, more or fewer, with the range in whole numbers, the smaller first."""
    found = call(scripts, "inWords", told, measure)
    values = found["values"]
    numbers = (values["n"], values["low"], values["high"])
    assert (found["sign"], found["key"], *numbers) == said


def test_within_the_noise_there_is_no_clear_difference(scripts: Page) -> None:
    """However large the mean is, the range decides."""
    found = call(scripts, "inWords", change(-3, -9, 2, clear=False), "mean")
    assert (found["sign"], found["key"]) == ("even", "no_difference")


def test_moments_are_offered_on_the_half_hour(scripts: Page) -> None:
    """From the next one on, as far as anything can be said."""
    found = call(scripts, "moments", BEGAN + 7 * MINUTE, 90, 30)
    assert [(at - BEGAN) / MINUTE for at in found] == [30, 60, 90]
    exactly = call(scripts, "moments", BEGAN, 60, 30)
    assert [(at - BEGAN) / MINUTE for at in exactly] == [30, 60]


def test_the_real_course_grows_where_it_changes(scripts: Page) -> None:
    """The same number again is no new point, and time never runs back."""
    real: list[dict[str, int]] = []
    for at, n in ((0, 5), (10, 5), (20, 6), (15, 9), (30, 4)):
        real = call(scripts, "seenNow", real, at, n)
    assert real == [{"at": 0, "n": 5}, {"at": 20, "n": 6}, {"at": 30, "n": 4}]
    looks = [call(scripts, "numberAt", real, at) for at in (-1, 0, 19, 20, 99)]
    assert looks == [None, 5, 5, 6, 4]


def called(came: str, at: str, kind: str = "ticket_called", **facts: Any) -> dict[str, Any]:
    """Return an event of the floor."""
    return {"type": kind, "at": at, "ticket": {"issued_at": came, **facts}}


def test_a_newcomers_wait_is_told_at_the_first_call(scripts: Page) -> None:
    """Of those who came after the question: when, and how many minutes."""
    since = began(scripts)
    late, call_at = "2026-11-22T22:10:00.000Z", "2026-11-22T22:16:30.000Z"
    found = call(scripts, "newcomer", called(late, call_at), since)
    assert ((found["at"] - since) / MINUTE, found["minutes"]) == (10, 6.5)
    early = "2026-11-22T21:59:00.000Z"
    assert call(scripts, "newcomer", called(early, call_at), since) is None
    assert call(scripts, "newcomer", called(late, call_at, recalls=1), since) is None
    assert call(scripts, "newcomer", called(late, call_at, "ticket_started"), since) is None
    assert call(scripts, "newcomer", {"type": "ticket_called", "at": call_at}, since) is None


def follows(
    scripts: Page, real: list[float], minutes: float, now: list[float], then: list[float]
) -> dict[str, Any]:
    """Return the verdict when `real` are the numbers seen every five minutes."""
    start = began(scripts)
    seen = [{"at": start + 5 * n * MINUTE, "n": number} for n, number in enumerate(real)]
    found = call(scripts, "followed", answer(now, then), seen, start + minutes * MINUTE)
    return dict(found)


UP, DOWN = [20.0, 24, 28, 32, 36, 40, 44], [20.0, 18, 15, 12, 9, 6, 4]


@pytest.mark.parametrize(
    ("real", "which"),
    [
        ([20, 23, 29, 31, 37, 41, 45], "now"),
        ([20, 19, 15, 13, 9, 5, 4], "then"),
        ([20, 21, 22, 22, 23, 23, 24], "between"),
        ([20, 40, 60, 70, 80, 90, 99], "neither"),
    ],
)
def test_the_hall_follows_one_course(scripts: Page, real: list[float], which: str) -> None:
    """The one whose band it keeps to; or lies between them, or beyond both."""
    found = follows(scripts, real, 31, UP, DOWN)
    assert (found["which"], found["minutes"]) == (which, 31)


def test_nothing_is_said_too_early(scripts: Page) -> None:
    """Fourteen minutes are too few, and so are courses that have not come apart."""
    assert follows(scripts, UP, 14, UP, DOWN)["which"] == "early"
    assert follows(scripts, UP, 16, UP, DOWN)["which"] == "now"
    assert follows(scripts, UP, 31, UP, [n - 1 for n in UP])["which"] == "alike"
    assert follows(scripts, [], 31, UP, DOWN)["which"] == "early"


def test_after_the_courses_end_the_verdict_stays(scripts: Page) -> None:
    """What is seen later is compared with nothing."""
    assert follows(scripts, [*DOWN, 90, 90], 60, UP, DOWN)["which"] == "then"


@pytest.mark.parametrize(
    ("least", "most", "bottom", "top", "step"),
    [(0, 4, 0, 4, 1), (2, 7, 0, 8, 2), (0, 30, 0, 30, 10), (0, 31, 0, 40, 10), (0, 0, 0, 2, 1)],
)
def test_an_axis_ends_on_a_line(
    scripts: Page, least: float, most: float, bottom: int, top: int, step: int
) -> None:
    """At most five lines above the ground, the last one not below the highest value."""
    found = call(scripts, "axis", least, most)
    assert found == {"bottom": bottom, "top": top, "step": step}


def test_what_is_far_from_nothing_is_seen_from_near(scripts: Page) -> None:
    """Ninety to two hundred who wait: the axis begins below ninety."""
    assert call(scripts, "axis", 93, 198) == {"bottom": 50, "top": 200, "step": 50}
    assert call(scripts, "axis", 95, 101) == {"bottom": 94, "top": 102, "step": 2}
