from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.true_time import BELIEVED, Bounds, TrueTime, bounds_of, narrowed, rfc3339
from tests.kiosk.machines import DAY, MORNING, Ticking


def told(folder, ticking: Ticking) -> TrueTime:
    """Return the time of a machine that has just heard its server at MORNING."""
    made = TrueTime(folder, ticking.machine)
    made.heard(MORNING, 0.0)
    return made


def test_before_the_server_spoke_nobody_knows_the_time(tmp_path):
    """A clock that nothing is known about is not believed, be it right or wrong."""
    for clock in (MORNING, 0.0):
        now = TrueTime(tmp_path, Ticking(clock=clock).machine).now()
        assert (now.at, now.certain, now.text) == (None, False, "")


def test_the_server_s_time_goes_on_with_the_machine_s_ticks(tmp_path):
    """However the clock is set afterwards."""
    ticking = Ticking()
    true_time = told(tmp_path, ticking)
    ticking.pass_(60.0)
    for clock in (0.0, MORNING - DAY, MORNING + 40 * DAY, 4e9):
        ticking.clock = clock
        now = true_time.now()
        assert abs(now.at - (MORNING + 60.0)) <= 0.5
        assert now.certain


def test_many_answers_make_it_exact(tmp_path):
    """Stamps are cut to seconds; together they say where the second begins."""
    ticking = Ticking(ticks=0.0)
    true_time = TrueTime(tmp_path, ticking.machine)
    for tenth in range(30):
        ticking.ticks = tenth * 0.7
        true_time.heard(float(int(MORNING + 0.35 + ticking.ticks)), 0.01)
    assert abs(true_time.now().at - (MORNING + 0.35 + ticking.ticks)) < 0.1


def test_a_server_whose_clock_was_set_is_believed(tmp_path):
    """Bounds that contradict each other: the newer ones count."""
    ticking = Ticking()
    true_time = told(tmp_path, ticking)
    true_time.heard(MORNING + 3600, 0.0)
    assert abs(true_time.now().at - (MORNING + 3600)) <= 0.5


def test_a_killed_kiosk_still_knows_the_time(tmp_path):
    """While the machine runs on, the bounds on the disk hold."""
    ticking = Ticking()
    told(tmp_path, ticking)
    ticking.pass_(10.0)
    ticking.clock = 0.0
    again = TrueTime(tmp_path, ticking.machine).now()
    assert again.certain
    assert abs(again.at - (MORNING + 10)) <= 0.5


@pytest.mark.parametrize(
    ("clock", "believed"),
    [
        (0.0, False),
        (MORNING - 60, False),
        (MORNING + 60, True),
        (MORNING + 10 * DAY, True),
        (MORNING + BELIEVED + DAY, False),
        (2147483648.0 + 10 * 366 * DAY, False),
    ],
)
def test_after_a_restart_only_a_likely_clock_is_believed(tmp_path, clock, believed):
    """Neither one that stands before what has passed, nor one that leapt; and never for certain."""
    ticking = Ticking()
    told(tmp_path, ticking)
    ticking.reboot("boot-2", clock)
    now = TrueTime(tmp_path, ticking.machine).now()
    assert (now.at == clock) is believed
    assert not now.certain


def test_an_unknown_time_is_computed_once_the_server_is_back(tmp_path):
    """A kiosk that woke up in 1970: its tickets get their true time, by the ticks."""
    ticking = Ticking("boot-1", ticks=5.0, clock=5.0)
    true_time = TrueTime(tmp_path, ticking.machine)
    then = true_time.now()
    assert true_time.corrected(then) == then
    ticking.pass_(600.0)
    true_time.heard(MORNING, 0.0)
    after = true_time.corrected(then)
    assert after.certain
    assert abs(after.at - (MORNING - 600)) <= 0.5


def test_of_an_earlier_run_only_its_end_is_known(tmp_path):
    """What nobody knows happened at the latest when the machine was switched on again."""
    ticking = Ticking("boot-1", ticks=5.0, clock=5.0)
    then = TrueTime(tmp_path, ticking.machine).now()
    ticking.reboot("boot-2", 0.0, ticks=30.0)
    true_time = told(tmp_path, ticking)
    after = true_time.corrected(then)
    assert abs(after.at - (MORNING - 30)) <= 0.5
    assert not after.certain


def test_what_is_certain_is_never_corrected(tmp_path):
    """The paper has said it."""
    ticking = Ticking()
    true_time = told(tmp_path, ticking)
    then = true_time.now()
    true_time.heard(MORNING + 3600, 0.0)
    assert true_time.corrected(then) is then


def test_the_disk_is_spared(tmp_path):
    """Every answer tells the time; it is written when it says something new."""
    ticking = Ticking()
    true_time = told(tmp_path, ticking)
    (tmp_path / "time.json").unlink()
    for _ in range(20):
        ticking.pass_(15.0)
        true_time.heard(MORNING + ticking.ticks - 100.0, 0.01)
    assert not (tmp_path / "time.json").exists()
    ticking.pass_(601.0)
    true_time.heard(MORNING + ticking.ticks - 100.0, 0.01)
    assert (tmp_path / "time.json").exists()


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"boot": 1}', b"\xff", b'{"bounds": {"low": "x"}}']
)
def test_a_damaged_file_is_none(tmp_path, content):
    """It costs the knowledge, not the start."""
    (tmp_path / "time.json").write_bytes(content)
    assert TrueTime(tmp_path, Ticking().machine).now().at is None


def test_a_disk_that_takes_nothing_costs_nothing(tmp_path):
    """The time is known for as long as the program runs."""
    (tmp_path / "file").write_text("")
    assert told(tmp_path / "file" / "folder", Ticking()).now().certain


def test_this_machine_tells_its_time(tmp_path):
    """It has a name for its run, and ticks."""
    now = TrueTime(tmp_path).now()
    assert now.boot
    assert now.ticks > 0


def test_times_are_written_as_the_wire_has_them():
    """RFC 3339 in UTC."""
    assert rfc3339(MORNING) == "2026-11-23T05:00:00.000Z"


@given(
    st.floats(0, 1e6),
    st.floats(1e9, 2e9),
    st.lists(st.tuples(st.floats(0, 100), st.floats(0, 5), st.floats(0, 1)), min_size=1),
)
def test_the_truth_always_lies_within_the_bounds(start, true_at_zero, answers):
    """Whatever the answers' delays: an honest server's bounds never shut out the truth."""
    known, ticks = None, start
    for pause, took, share in answers:
        ticks += pause
        stamped_at = ticks + took * share
        stamp = float(int(true_at_zero + stamped_at))
        known = narrowed(known, bounds_of(stamp, ticks, ticks + took))
        ticks += took
        slack = 1e-5
        assert known.low - slack <= true_at_zero <= known.high + slack
    assert isinstance(known, Bounds)


def test_a_finer_stamp_tells_a_finer_time():
    """Milliseconds from the server leave milliseconds of doubt, so no ticket overtakes another."""
    coarse = bounds_of(1000.0, 5.0, 5.02)
    fine = bounds_of(1000.4, 5.0, 5.02, 0.001)
    assert fine.high - fine.low < 0.03 < coarse.high - coarse.low
    both = narrowed(coarse, fine)
    assert (both.low, both.high) == (fine.low, fine.high)
