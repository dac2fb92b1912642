"""How long somebody is told to wait."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from queue_server.contracts.api import TicketOut
from queue_server.contracts.asks import BookTicket
from queue_server.contracts.devices import HandOver, OfflineTicket
from queue_server.domain.estimate import LONGEST, Estimate, Reckoning, shown
from queue_server.domain.ticket import Ticket
from queue_server.usecases import (
    booking,
    handing_over,
    leasing,
    offering,
    reception,
    shifts,
    views,
    visiting,
)
from queue_server.usecases.access import VISITOR
from queue_server.usecases.foreseen import LULL, OLD, Doings, Foreseen
from queue_server.usecases.ports import Center
from queue_server.usecases.recording import instant
from queue_server.usecases.waits import prospect
from tests.conftest import HandClock
from tests.queue_server.usecases.foretelling import (
    USUAL,
    Teller,
    foreseeing,
    look,
    minutes,
    teaching,
)
from tests.queue_server.usecases.people import (
    KIOSK,
    RECEPTION,
    SUPERVISOR,
    call_next,
    clerk,
    do,
    events,
    issue,
    open_window,
)


def kept(center: Center, ticket: TicketOut) -> Ticket:
    """Return the ticket as it is kept."""
    with center.read() as work:
        found = work.tickets.get(ticket.id)
    assert found is not None
    return found


def told(ticket: TicketOut) -> tuple[int | None, int | None]:
    """Return the range that a reply says."""
    assert ticket.estimate is not None
    return ticket.estimate.low, ticket.estimate.high


def group(center: Center, prefix: str = "A", ahead: int = 0) -> Estimate:
    """Return what a board says of a letter."""
    return do(center, SUPERVISOR, lambda act: prospect(act).group(prefix, ahead))


def test_a_newcomer_is_told_what_was_foreseen(center: Center) -> None:
    """In the reply, and kept with the ticket as it was reckoned and as it was said."""
    seeing = foreseeing(center, Teller({"A02": minutes(22)}))
    ticket = issue(seeing, "A02")
    assert told(ticket) == (15, 30)
    assert ticket.estimate is not None
    assert ticket.estimate.text == "15–30 daq."
    assert kept(center, ticket).promised == (15, 30)
    assert kept(center, ticket).reckoned == minutes(22)
    issued = events(center)[-1]
    assert issued["reckoned"] == {"minutes": 22.0, "low": 19.0, "high": 27.0, "by": "simulated"}


def test_who_came_since_makes_the_next_one_wait(center: Center) -> None:
    """Each one more costs the mean over the windows that serve them."""
    open_window(center, 1)
    seeing = foreseeing(center, Teller({"A02": minutes(10)}))
    first, second, third = (issue(seeing, "A02") for _ in range(3))
    found = [kept(center, each).reckoned for each in (first, second, third)]
    gaps = [b.minutes - a.minutes for a, b in pairwise(found) if a and b]
    assert found[0] == minutes(10)
    assert gaps == [pytest.approx(gaps[0]), pytest.approx(gaps[0])]
    assert gaps[0] > 0


def test_a_line_that_has_become_shorter_was_foreseen(center: Center) -> None:
    """Who was called since makes nobody's wait shorter a second time."""
    issue(center, "A02")
    issue(center, "A02")
    open_window(center, 1)
    seeing = foreseeing(center, Teller({"A02": minutes(10)}))
    call_next(seeing, 1)
    assert kept(center, issue(seeing, "A02")).reckoned == minutes(10)


def test_a_head_start_is_told_by_whom_it_steps_before(center: Center, clock: HandClock) -> None:
    """The first one who waits behind its place; without one, as an ordinary newcomer."""
    first = issue(center, "A02")
    clock.pass_(minutes=1)
    seeing = foreseeing(center, Teller({"A02": minutes(40)}, {first.id: minutes(7)}))
    ahead = do(
        seeing,
        RECEPTION,
        lambda act: reception.new_ticket(
            act, Wish("A02", "disability"), id_="x", day=act.day, count=77, issued_at=act.now
        ),
    )
    found = do(seeing, RECEPTION, lambda act: prospect(act).reckoning(ahead, 0))
    assert found == minutes(7)
    last = replace(ahead, statutory=False, order_key=clock.now(), issued_at=clock.now())
    found = do(seeing, RECEPTION, lambda act: prospect(act).reckoning(last, 1))
    assert found == minutes(40)


class Wish:
    """A ticket that is asked for."""

    def __init__(self, service: str, category: str) -> None:
        self.service, self.category = service, category
        self.language, self.event = None, None
        self.needs: tuple[str, ...] = ()
        self.legs: tuple[str, ...] = ()


def test_one_who_waits_is_told_what_is_left(center: Center, clock: HandClock) -> None:
    """Time that has gone since the look is over, and never more than all of it."""
    ticket = issue(center, "A02")
    seeing = foreseeing(center, Teller(tickets={ticket.id: minutes(11)}))
    clock.pass_(seconds=60)
    again = views.held_ticket(seeing, VISITOR, ticket.id, ticket.key or "")
    assert told(again) == (5, 15)
    soon = foreseeing(center, Teller(tickets={ticket.id: minutes(0.2)}))
    clock.pass_(seconds=60)
    assert told(views.held_ticket(soon, VISITOR, ticket.id, ticket.key or ""))[0] == 0


def test_who_has_moved_since_is_looked_at_anew(center: Center, clock: HandClock) -> None:
    """Another place, another wait: that of the first one behind it."""
    first = issue(center, "A02")
    others = []
    for _ in range(5):
        clock.pass_(seconds=10)
        others.append(issue(center, "A02"))
    waits = {each.id: minutes(10 * n) for n, each in enumerate([first, *others], start=1)}
    seeing = foreseeing(center, Teller(tickets=waits))
    late = do(seeing, VISITOR, lambda act: visiting.step_back(act, first.id, None))
    assert told(late)[0] == 45


@pytest.mark.parametrize("stale", ["old", "tomorrow", "catalogue", "clock", "never"])
def test_what_does_not_hold_any_more_is_not_told(
    center: Center, clock: HandClock, stale: str
) -> None:
    """Then (n + 1) · mean / servers, as before there was a foresight."""
    issue(center, "A02")
    seeing = center if stale == "never" else foreseeing(center, Teller({"A02": minutes(55)}))
    if stale == "old":
        clock.at += OLD + timedelta(seconds=1)
    if stale == "tomorrow":
        clock.pass_(days=1)
    if stale == "clock":
        clock.pass_(minutes=-10)
    if stale == "catalogue":
        with center.write() as work:
            work.catalogues.add(work.catalogues.document(), "test", clock.now())
    reckoned = kept(center, issue(seeing, "A02")).reckoned
    assert reckoned is not None
    assert reckoned.by == "quick"
    assert reckoned.minutes < 55


def test_an_idle_hall_s_outlook_holds_until_something_happens(
    center: Center, clock: HandClock
) -> None:
    """The first visitor after a lull is told what was foreseen, not a whole mean."""
    open_window(center, 1)
    seeing = foreseeing(center, Teller({"A02": minutes(0)}))
    clock.at += LULL - timedelta(seconds=1)
    assert kept(center, issue(seeing, "A02")).reckoned == minutes(0)
    second = kept(center, issue(seeing, "A02")).reckoned
    assert second is not None
    assert second.by == "quick"


def test_a_service_that_no_open_window_takes_gets_words(center: Center) -> None:
    """The ticket is given, without a number of minutes on it; nothing is promised."""
    with center.read() as work:
        takers = work.catalogues.current().takers
    other = next(service for service in takers if 1 not in takers[service] and takers[service])
    for seeing in (center, foreseeing(center)):
        before = issue(seeing, other)
        assert told(before) != (None, None)
        break
    open_window(center, 1)
    ticket = issue(center, other, language="en")
    assert told(ticket) == (None, None)
    assert ticket.estimate is not None
    assert ticket.estimate.text == "no window serves this now"
    assert (kept(center, ticket).promised, kept(center, ticket).reckoned) == (None, None)
    assert told(issue(foreseeing(center), other)) == (None, None)


def test_a_need_that_nobody_can_meet_now_gets_words(center: Center) -> None:
    """The windows that sign are closed: no number of minutes means anything."""
    with center.read() as work:
        catalogue = work.catalogues.current()
    deaf = {w.number for w in catalogue.windows if "sign_language" not in w.skills}
    service = next(s for s, takers in catalogue.takers.items() if takers & deaf and takers - deaf)
    open_window(center, min(catalogue.takers[service] & deaf))
    assert told(issue(center, service)) != (None, None)
    assert told(issue(center, service, needs=["sign_language"])) == (None, None)
    open_window(center, min(catalogue.takers[service] - deaf))
    assert told(issue(center, service, needs=["sign_language"])) != (None, None)


def test_windows_on_a_break_come_back(center: Center) -> None:
    """A short break of the only window is no reason to send people away."""
    open_window(center, 1)
    do(center, clerk(1), lambda act: shifts.pause_window(act, 1, None))
    assert told(issue(center, "A02")) != (None, None)


def test_the_range_is_widened_as_the_last_days_teach(center: Center) -> None:
    """Twice as wide about the same middle; the reckoning itself stays."""
    seeing = foreseeing(center, Teller({"A02": minutes(30)}), learn=teaching(stretch=2.0))
    ticket = issue(seeing, "A02")
    wide = shown(minutes(30), 2.0)
    assert told(ticket) == (wide.low, wide.high)
    assert kept(center, ticket).reckoned == minutes(30)


def test_a_board_says_the_longest_of_a_letter(center: Center) -> None:
    """Whoever reads it waits no longer; a service that nobody serves is left out."""
    seeing = foreseeing(center, Teller({"A02": minutes(30), "A03": minutes(10)}))
    assert group(seeing) == shown(minutes(30))
    open_window(center, 1)
    assert group(seeing).served
    with center.read() as work:
        catalogue = work.catalogues.current()
    closed = next(
        g.prefix
        for g in catalogue.groups
        if all(1 not in catalogue.takers[s] for s in catalogue.services_by_group[g.prefix])
    )
    assert not group(seeing, closed).served
    assert not group(center, closed).served


def test_the_next_leg_avoids_what_nobody_serves(center: Center) -> None:
    """It counts as the longest wait there is."""
    open_window(center, 1)
    with center.read() as work:
        takers = work.catalogues.current().takers
    other = next(service for service in takers if 1 not in takers[service] and takers[service])
    wait = do(center, SUPERVISOR, lambda act: views.expected(act, other, 0))
    assert wait.high == LONGEST


def test_who_checks_in_is_promised_a_wait(center: Center, clock: HandClock) -> None:
    """From the check-in on; the log has it as of an issue."""
    at = (clock.now() + timedelta(hours=2)).isoformat()
    wish = BookTicket(service="A02", at=at)
    booked = do(center, RECEPTION, lambda act: booking.book_at_desk(act, wish))
    assert kept(center, booked).promised is None
    clock.pass_(hours=2)
    seeing = foreseeing(center, Teller({"A02": minutes(6)}))
    here = do(seeing, RECEPTION, lambda act: reception.check_in(act, booked.id, None))
    assert told(here) == (0, 15)
    assert kept(center, here).promised == (0, 15)
    assert events(center)[-1]["reckoned"]["by"] == "simulated"  # type: ignore[index]


def test_a_ticket_that_was_handed_over_is_promised_its_whole_wait(
    center: Center, clock: HandClock
) -> None:
    """What it has waited already, and what is still to come."""
    lease: Any = do(center, KIOSK, leasing.lease)
    seeing = foreseeing(center, Teller({"A02": minutes(20)}))
    offline = OfflineTicket(
        id=f"{lease.id}.1",
        number=f"A{lease.first:03}",
        service="A02",
        language="uz-Latn",
        issued_at=instant(clock.now() - timedelta(minutes=9)),
    )
    done = do(seeing, KIOSK, lambda act: handing_over.take(act, HandOver(tickets=[offline])))
    assert done.taken == [offline.id]
    with center.read() as work:
        found = work.tickets.get(offline.id)
    assert found is not None
    assert found.promised == (25, 35)


def test_the_kiosk_is_told_by_service_before_it_is_chosen(center: Center) -> None:
    """The catalogue says what was foreseen, and nothing of what nobody serves."""
    open_window(center, 1)
    seeing = foreseeing(center, Teller({"A02": minutes(30)}))
    with center.read() as work:
        offered = offering.catalogue(work, seeing)
        takers = work.catalogues.current().takers
    services = {s.id: (s.low, s.high) for g in offered.groups for s in g.services}
    assert services["A02"] == (25, 35)
    other = next(service for service in takers if 1 not in takers[service] and takers[service])
    assert services[other] == (None, None)


def test_the_usual_wait_is_what_the_teller_says(center: Center) -> None:
    """The fakes agree with themselves."""
    seeing = foreseeing(center)
    look(seeing)
    assert kept(center, issue(seeing, "E01")).reckoned == USUAL


def test_beyond_what_was_looked_at_nothing_was_seen(center: Center) -> None:
    """A run ends after six hours: whom nobody called in it is reckoned the quick way."""
    far = Reckoning(650.0, 300.0, 720.0, "simulated")
    first = issue(center, "A02")
    seeing = foreseeing(center, Teller({"A02": far}, {first.id: far}))
    reckoned = kept(center, issue(seeing, "A02")).reckoned
    assert reckoned is not None
    assert reckoned.by == "quick"
    again = views.held_ticket(seeing, VISITOR, first.id, first.key or "")
    assert (told(again)[1] or 0) < 60


def test_paper_and_books_say_the_same(center: Center) -> None:
    """A look at the hall between the two must not come between them."""

    class Restless:
        """Foresees another wait each time it is asked."""

        def __init__(self) -> None:
            self.waits = iter(
                foreseeing(center, Teller({"A02": minutes(10 * n)})).foresight.newest()
                for n in range(1, 9)
            )

        def newest(self) -> Foreseen | None:
            """Return the next one."""
            return next(self.waits)

        def doings(self) -> Doings:
            """Return nothing."""
            return Doings()

    ticket = issue(replace(center, foresight=Restless()), "A02")
    assert told(ticket) == kept(center, ticket).promised


def test_an_appointment_of_another_day_does_not_ask_who_is_here_now(
    center: Center, clock: HandClock
) -> None:
    """That its windows are closed today says nothing of tomorrow."""
    with center.read() as work:
        takers = work.catalogues.current().takers
    other = next(s for s in ("A02", "E01") if 12 not in takers[s])
    open_window(center, 12)
    at = (clock.now() + timedelta(days=1)).isoformat()
    wish = BookTicket(service=other, at=at)
    booked = do(center, RECEPTION, lambda act: booking.book_at_desk(act, wish))
    assert told(booked) != (None, None)


def test_a_closed_service_has_no_say_in_its_letter_s_wait(center: Center) -> None:
    """It gives no tickets: how long they would wait is nobody's business."""
    with center.write() as work:
        document = dict(work.catalogues.document())
        document["closures"] = [{"service": "A03", "reason": "system_down"}]
        work.catalogues.add(document, "test", center.clock.now())
    seeing = foreseeing(center, Teller({"A03": minutes(50)}))
    assert group(seeing) == shown(USUAL)
