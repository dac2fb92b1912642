"""Replay: the hall folded from the log, at any instant, by key frames or without."""

from hypothesis import given, settings
from hypothesis import strategies as st

from queue_server.domain import replay
from queue_server.domain.measures_facts import MINUTE
from queue_server.domain.replay import Hall, Step
from tests.factories import at
from tests.queue_server.domain.day_log import DayLog


def ms(minute: float) -> int:
    """Return a minute after the opening as the log's milliseconds."""
    return round(at(minute).timestamp() * 1000)


def a_day() -> list[Step]:
    """Return a morning: two are served, one never comes, one still waits."""
    log = DayLog()
    for minute, name in enumerate(("one", "two", "three", "four")):
        log.issue(name, minute)
    log.call("one", 10)
    log.start("one", 11)
    log.call("two", 12, "ben")
    log.miss("two", 14)
    log.finish("one", 21)
    log.call("three", 31)
    log.start("three", 32)
    return seen(log)


def seen(log: DayLog) -> list[Step]:
    """Return what the hall sees of a log."""
    steps = (replay.step_of(event) for event in log.events)
    return replay.in_order(step for step in steps if step is not None)


def numbers(hall: Hall, *states: str) -> list[str]:
    """Return who is in these states."""
    return [each.number for each in hall.in_state(*states)]


def test_the_hall_is_as_it_was() -> None:
    """Who waited, who was at which window, who never came, at minutes of the morning."""
    day = replay.timeline(None, a_day())
    assert numbers(replay.at(day, ms(2.5)), "waiting") == ["A001", "A002", "A003"]
    ten = replay.at(day, ms(10.5))
    assert (numbers(ten, "called"), numbers(ten, "waiting")) == (["A001"], ["A002", "A003", "A004"])
    assert [call.number for call in ten.calls] == ["A001"]
    fifteen = replay.at(day, ms(15))
    assert numbers(fifteen, "serving") == ["A001"]
    assert numbers(fifteen, "no_show") == ["A002"]
    assert fifteen.counts == {"issued": 4, "served": 0, "missed": 1}
    assert fifteen.longest_wait() == ms(15) - ms(2)


def test_before_and_after_the_day_there_is_the_first_and_the_last_picture() -> None:
    """Whoever asks for a minute outside gets no error."""
    day = replay.timeline(None, a_day())
    assert numbers(replay.at(day, ms(-60)), "waiting", "called", "serving") == []
    assert numbers(replay.at(day, ms(900)), "serving") == ["A003"]
    assert replay.at(replay.timeline(None, []), 7) == Hall(7)


@settings(max_examples=60)
@given(st.floats(-5, 60))
def test_key_frames_change_nothing(minute) -> None:
    """By the nearest frame, or folded from the morning on: the same hall."""
    steps = a_day()
    day = replay.timeline(None, steps)
    slow = replay.fold(Hall(), [step for step in steps if step.at <= ms(minute)], ms(minute))
    fast = replay.at(day, ms(minute))
    if minute >= 0:
        assert (fast.tickets, fast.desks, fast.calls) == (slow.tickets, slow.desks, slow.calls)
        assert fast.counts == slow.counts


def test_the_course_has_a_sample_a_minute() -> None:
    """How many wait at the end of each minute, and how long the first of them has."""
    day = replay.timeline(None, a_day())
    assert len(day.course) == 33
    assert day.course[3].waiting == 4
    assert day.course[12] == (2, 2, 0, 11)
    assert day.end == ms(32) // MINUTE * MINUTE


def test_undo_takes_back_what_was_counted() -> None:
    """A finish and a no-show that were undone were none."""
    log = DayLog()
    for name in ("one", "two"):
        log.issue(name, 0)
        log.call(name, 1, "ann" if name == "one" else "ben")
    log.start("one", 2)
    log.finish("one", 3)
    log.undo("one", 3.5)
    log.miss("two", 4)
    log.undo("two", 4.5)
    hall = replay.fold(Hall(), seen(log), ms(5))
    assert hall.counts == {"issued": 2, "served": 0, "missed": 0}
    assert numbers(hall, "serving", "called") == ["A001", "A002"]


def test_a_stay_keeps_its_beginning_through_a_recall() -> None:
    """Called at 10, called again at 12: it has stood there since 10, and is announced anew."""
    log = DayLog()
    log.issue("one", 0)
    log.call("one", 10)
    log.recall("one", 12)
    hall = replay.fold(Hall(), seen(log), ms(13))
    assert hall.in_state("called")[0].since == ms(10)
    assert [(call.number, call.at) for call in hall.calls] == [("A001", ms(12))]


def test_the_sweep_of_the_next_morning_makes_the_day_no_longer() -> None:
    """Visitors that expire at the close, a night later, are gone; the slider ends at evening."""
    steps = a_day()
    left = steps[3]
    gone = left.seen._replace(state="expired")
    sweep = Step(ms(1200), "ticket_expired", left.ticket, gone, sweeping=True)
    day = replay.timeline(None, [*steps, sweep])
    assert day.end == ms(32) // MINUTE * MINUTE
    assert numbers(replay.at(day, ms(1201)), "waiting") == []


def test_a_clock_that_ran_back_stands_still() -> None:
    """Steps keep the order of the log: their times never run back."""
    steps = a_day()
    back = [*steps[:4], steps[4]._replace(at=ms(1)), *steps[5:]]
    assert [step.at for step in replay.in_order(back)][4] == ms(3)


def test_who_was_kept_overnight_is_there_in_the_morning() -> None:
    """The queue of the evening before begins the day."""
    evening = replay.fold(Hall(), a_day()[:4], ms(5))
    log = DayLog()
    log.issue("five", 600)
    morning = replay.timeline(evening, seen(log))
    assert len(replay.at(morning, ms(601)).in_state("waiting")) == 5
