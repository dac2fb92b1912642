"""What might be changed in a hall, and what cannot."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from queue_server.domain.beliefs import Arrivals, Beliefs
from queue_server.domain.catalogue import Taking
from queue_server.domain.facts import Facts
from queue_server.domain.hall_changes import (
    FURTHEST,
    REST_OF_DAY,
    Change,
    ChangeHeadStart,
    ChangeImpossible,
    ChangeTaking,
    CloseWindow,
    MoveLunch,
    OpenWindow,
    Scene,
    changed,
    last_moment,
    lunch_of,
    stays,
    unserved,
)
from queue_server.domain.hall_now import DeskNow, HallNow, Waiting
from queue_server.domain.opening import Opening
from queue_server.domain.routing import Desk
from tests.factories import a_catalogue, at, minutes

#: half past eleven in the tests' center
NOW = at(150)
USUAL = a_catalogue()
#: windows 1 and 3 eat in the first shift, from 12:30 on
CATALOGUE = replace(
    USUAL,
    facts=Facts(lunch=(("12:30", "13:15"), ("13:15", "14:00"))),
    windows=tuple(replace(each, lunch=each.number % 2) for each in USUAL.windows),
)
LUNCH = Opening(at(210), at(255))


def now_at(number: int, *away: Opening, **facts: object) -> DeskNow:
    """Return a window of the plan, open, with its own clerk."""
    window = CATALOGUE.window(number)
    return DeskNow(Desk(number, f"clerk{number}", window.takes), away=away, **facts)


def scene(*desks: DeskNow, **facts: object) -> Scene:
    """Return a hall with these windows."""
    return Scene(HallNow(NOW, desks, (), **facts), Beliefs({}))


def after(before: Scene, *changes: Change) -> dict[int, DeskNow]:
    """Return the windows after changes."""
    found = changed(before, changes, CATALOGUE)
    return {each.desk.number: each for each in found.hall.desks}


def refused(before: Scene, *changes: Change) -> tuple[str | None, object]:
    """Return the field and the reason of a refusal."""
    with pytest.raises(ChangeImpossible) as fault:
        changed(before, changes, CATALOGUE)
    assert str(fault.value).endswith(".")
    return fault.value.field, fault.value.facts["why"]


def test_a_window_opens_as_it_is_planned() -> None:
    """It takes what the plan says, by the clerk who was named, and eats when the plan says so."""
    opened = after(scene(now_at(1)), OpenWindow(3, clerk="ann"))[3]
    plan = CATALOGUE.window(3)
    assert opened == DeskNow(Desk(3, "ann", plan.takes, plan.skills), away=(LUNCH,))


def test_who_opens_a_window_at_lunch_is_not_eating() -> None:
    """A lunch that has begun by then is none of his."""
    assert after(scene(), OpenWindow(1, at(220)))[1].away == (Opening(NOW, at(220)),)


def test_a_window_that_opens_later_is_away_until_then() -> None:
    """Until ten past it does not call."""
    opened = after(scene(), OpenWindow(2, at(190)))[2]
    assert opened.away == (Opening(NOW, at(190)),)


def test_who_was_there_stands_first() -> None:
    """A window that opens takes no other's place in a run: luck is dealt in this order."""
    found = changed(scene(now_at(3), now_at(2)), [OpenWindow(1)], CATALOGUE)
    assert [each.desk.number for each in found.hall.desks] == [3, 2, 1]


def test_a_clerk_comes_back_from_a_break() -> None:
    """To open a window on a break ends the break, then or later."""
    before = scene(now_at(1, paused_at=at(140)))
    assert after(before, OpenWindow(1))[1] == now_at(1)
    assert after(before, OpenWindow(1, at(160)))[1].away == (Opening(NOW, at(160)),)


def test_a_window_closes_for_the_rest_of_the_day() -> None:
    """It calls nobody from then on; a lunch that it would have eaten later is none."""
    shut = after(scene(now_at(1, LUNCH)), CloseWindow(1, at(180)))[1]
    assert shut.away == (Opening(at(180), NOW + REST_OF_DAY),)
    assert not stays(shut, NOW)


def test_a_window_may_close_for_a_while() -> None:
    """Closed now and opened again at 160."""
    found = after(scene(now_at(1)), CloseWindow(1), OpenWindow(1, at(160)))[1]
    assert found.away == (Opening(NOW, at(160)),)
    assert stays(found, NOW)


def test_a_lunch_moves_and_lasts_as_long() -> None:
    """45 minutes from 160 on, in place of the planned ones."""
    found = after(scene(now_at(1, LUNCH)), MoveLunch(1, at(160)))[1]
    assert found.away == (Opening(at(160), at(205)),)


def test_a_window_takes_more_helps_or_takes_less() -> None:
    """A service is taken first, helped with after so long, or not at all; the others stay."""
    before = scene(now_at(1))
    more = after(before, ChangeTaking(1, ("E01",)))[1].desk.takes
    assert more == {"A01": Taking(), "A02": Taking(), "E01": Taking()}
    helps = after(before, ChangeTaking(1, ("E01",), 2, minutes(5)))[1].desk.takes
    assert helps["E01"] == Taking(2, minutes(5))
    assert set(after(before, ChangeTaking(1, ("A02",), 0))[1].desk.takes) == {"A01"}


def test_a_window_may_be_changed_and_opened() -> None:
    """In either order it opens with what it then takes."""
    take, opens = ChangeTaking(2, ("A01",)), OpenWindow(2)
    for plan in ((take, opens), (opens, take)):
        assert "A01" in after(scene(), *plan)[2].desk.takes


def test_a_head_start_moves_the_share_of_those_who_have_it() -> None:
    """Of two categories with the same head start, half of those visitors have another one."""
    arrivals = Arrivals(heads={20.0: 0.1, 5.0: 0.04})
    before = replace(scene(), beliefs=Beliefs({}, arrivals=arrivals))

    def heads(category: str, head_start: timedelta) -> object:
        wish = ChangeHeadStart(category, head_start)
        return changed(before, [wish], CATALOGUE).beliefs.arrivals.heads

    assert heads("infant", minutes(30)) == {20.0: 0.0, 5.0: 0.04, 30.0: 0.1}
    assert heads("infant", minutes(5)) == {20.0: 0.0, 5.0: pytest.approx(0.14)}
    assert heads("infant", minutes(20)) == arrivals.heads


def test_the_head_start_of_appointments_moves_those_who_are_booked() -> None:
    """Five minutes more than the rule's: they stand five minutes earlier."""
    booked = Waiting("b", "A01", at(0), at(160), 1, not_before=at(180))
    wish = ChangeHeadStart("appointment", minutes(25))
    found = changed(scene(booked=(booked,)), [wish], CATALOGUE).hall.booked
    assert found == (replace(booked, order_key=at(155)),)


@pytest.mark.parametrize(
    ("change", "field", "why"),
    [
        (OpenWindow(9), "window", "unknown_window"),
        (OpenWindow(1), "window", "open"),
        (OpenWindow(2, at(100)), "at", "past"),
        (OpenWindow(2, NOW + FURTHEST + minutes(1)), "at", "far"),
        (OpenWindow(2, clerk="clerk1"), "clerk", "elsewhere"),
        (CloseWindow(9), "window", "unknown_window"),
        (CloseWindow(2), "window", "closed"),
        (CloseWindow(1, at(100)), "at", "past"),
        (MoveLunch(2, at(160)), "window", "closed"),
        (MoveLunch(4, at(160)), "window", "no_lunch"),
        (MoveLunch(1, at(100)), "at", "past"),
        (ChangeTaking(1, ()), "services", "nothing"),
        (ChangeTaking(1, ("Z99",)), "services", "unknown_service"),
        (ChangeTaking(1, ("A01",)), "services", "as_it_is"),
        (ChangeTaking(2, ("A01",)), "window", "closed"),
        (ChangeHeadStart("vip", minutes(5)), "category", "unknown_category"),
        (ChangeHeadStart("disability", minutes(5)), "category", "statutory"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(change: Change, field: str, why: str) -> None:
    """A sentence, the field of the change at fault, and a stable word for the reason."""
    catalogue = replace(
        CATALOGUE, windows=(*CATALOGUE.windows, replace(USUAL.windows[0], number=4))
    )
    before = scene(now_at(1, LUNCH), DeskNow(Desk(4, "dan", {})))
    good = CloseWindow(4) if change != MoveLunch(4, at(160)) else ChangeTaking(4, ("A01",))
    with pytest.raises(ChangeImpossible) as fault:
        changed(before, [good, change], catalogue)
    assert (fault.value.field, fault.value.facts["why"]) == (f"changes.1.{field}", why)


def test_a_lunch_that_has_begun_stays() -> None:
    """Whoever eats already is not called back by a plan."""
    later = Scene(HallNow(at(215), (now_at(1, LUNCH),), ()), Beliefs({}))
    assert refused(later, MoveLunch(1, at(240))) == ("changes.0.window", "lunch_over")


def test_a_clerk_may_change_windows() -> None:
    """Once the other window is closed, its clerk is free."""
    found = after(scene(now_at(1)), CloseWindow(1), OpenWindow(2, clerk="clerk1"))
    assert found[2].desk.clerk == "clerk1"


def test_now_may_be_a_little_ago() -> None:
    """Who has chosen the present minute means now."""
    assert after(scene(), OpenWindow(2, NOW - minutes(1)))[2].away == ()


def test_what_nobody_would_take_is_told() -> None:
    """Closing the last window of a group is allowed, and said; another window may take it over."""
    before = scene(now_at(1), now_at(2))
    shut = changed(before, [CloseWindow(2, at(180))], CATALOGUE)
    assert unserved(before.hall, shut.hall) == ("E01", "E02")
    assert unserved(shut.hall, before.hall) == ()
    helped = changed(shut, [ChangeTaking(1, ("E01",), 2)], CATALOGUE)
    assert unserved(before.hall, helped.hall) == ("E02",)


def test_the_last_moment_of_a_plan() -> None:
    """The latest opening or closing; of a lunch the later of its ends, old and new."""

    def last(*changes: Change) -> datetime:
        return last_moment(scene(now_at(1, LUNCH)), changes, CATALOGUE)

    assert last() == NOW
    assert last(CloseWindow(1), ChangeHeadStart("infant", minutes(5))) == NOW
    assert last(OpenWindow(2, at(170)), CloseWindow(1, at(160))) == at(170)
    assert last(MoveLunch(1, at(160))) == at(255)
    assert last(MoveLunch(1, at(240))) == at(285)


def test_a_window_without_a_shift_has_no_lunch() -> None:
    """0 is none, and so is a shift that the hours do not know."""
    assert lunch_of(CATALOGUE, 1, NOW) == LUNCH
    assert lunch_of(CATALOGUE, 2, NOW) is None
    assert lunch_of(replace(CATALOGUE, facts=Facts()), 1, NOW) is None


def test_nothing_is_changed_by_asking() -> None:
    """The hall that was looked at stays what it was."""
    before = scene(now_at(1, LUNCH))
    kept = repr(before)
    after(before, CloseWindow(1), ChangeTaking(1, ("E01",)), OpenWindow(2))
    assert repr(before) == kept
