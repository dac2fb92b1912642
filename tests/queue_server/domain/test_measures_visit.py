"""What counts of a visit, whatever becomes of it."""

import pytest

from queue_server.domain.measures_facts import MINUTE
from tests.factories import a_ticket, minutes
from tests.queue_server.domain.day_log import KIOSK, RECEPTION, VISITOR, DayLog, legs


@pytest.fixture
def log() -> DayLog:
    """A day with one ticket, A01 at minute 0."""
    log = DayLog()
    log.issue("a", 0)
    return log


def test_the_wait_ends_with_the_call_that_was_answered(log: DayLog) -> None:
    """A call that was returned and one that was missed end no wait: the third one does."""
    log.call("a", 3)
    log.give_back("a", 4)
    log.call("a", 5)
    log.miss("a", 6)
    log.revive("a", 7)
    log.serve("a", 11, 20)
    center = log.center()
    assert (center["served"], center["wait_ms"], center["calls"]) == (1, 11 * MINUTE, 3)
    assert (center["returned"], center["revived"], center["no_shows"]) == (1, 1, 0)


def test_a_recall_is_no_new_call(log: DayLog) -> None:
    """The wait ends with the call, however often it is heard again."""
    log.call("a", 3)
    log.recall("a", 4)
    log.recall("a", 5)
    log.start("a", 6)
    center = log.center()
    assert (center["wait_ms"], center["calls"], center["recalls"]) == (3 * MINUTE, 1, 2)


def test_only_the_first_wait_counts(log: DayLog) -> None:
    """A visit of three services waits once from its ticket, and has three transactions."""
    log.tickets["a"] = a_ticket(id="a", legs=legs("A01", "E01", "E02"))
    log.call("a", 2)
    log.start("a", 2)
    log.finish("a", 5, onward="E01")
    log.call("a", 9, "ben")
    log.start("a", 9)
    log.finish("a", 10, onward="E02")
    log.serve("a", 12, 14)
    rows = log.rows()
    center = rows["center", ""]
    assert (center["served"], center["wait_ms"]) == (1, 2 * MINUTE)
    assert (center["transactions"], center["work_ms"]) == (3, 6 * MINUTE)
    assert (center["finished"], center["visit_ms"]) == (1, 14 * MINUTE)
    assert {key: rows[key]["transactions"] for key in rows if key[0] == "service"} == {
        ("service", "A01"): 1,
        ("service", "E01"): 1,
        ("service", "E02"): 1,
    }
    assert rows["clerk", "ben"]["work_ms"] == MINUTE


def test_a_hold_is_no_serving_time(log: DayLog) -> None:
    """What is served before and after a hold is one transaction without the hold."""
    log.call("a", 1)
    log.start("a", 1)
    log.hold("a", 4)
    log.resume("a", 10)
    log.start("a", 10)
    log.finish("a", 12)
    center = log.center()
    assert (center["transactions"], center["work_ms"], center["held"]) == (1, 5 * MINUTE, 1)
    assert center["serving_ms"] == 5 * MINUTE


def test_a_hold_before_the_service_moves_the_answered_call(log: DayLog) -> None:
    """Who was set aside unserved waited until the call back from hold."""
    log.call("a", 1)
    log.hold("a", 2)
    log.resume("a", 9)
    log.start("a", 9)
    assert log.center()["wait_ms"] == 9 * MINUTE


def test_a_transfer_with_return_is_two_transactions(log: DayLog) -> None:
    """The cashier's part is the cashier's; the sender's two parts are one service's time."""
    log.call("a", 0)
    log.start("a", 0)
    log.transfer("a", 5, "E01", back=True)
    log.call("a", 6, "ben")
    log.start("a", 6)
    log.finish("a", 8)
    log.serve("a", 9, 12)
    rows = log.rows()
    assert rows["clerk", "ann"]["work_ms"] == 8 * MINUTE
    assert rows["clerk", "ben"]["work_ms"] == 2 * MINUTE
    assert rows["service", "E01"]["transactions"] == 1
    assert rows["center", ""]["transferred"] == 1
    assert rows["center", ""]["finished"] == 1


def test_a_transfer_away_is_no_transaction_of_the_sender(log: DayLog) -> None:
    """Minutes given to somebody who is sent on are serving time, and no service finished."""
    log.call("a", 0)
    log.start("a", 0)
    log.transfer("a", 5, "E01")
    log.serve("a", 6, 8, "ben")
    ann = log.rows()["clerk", "ann"]
    assert (ann["transactions"], ann["serving_ms"], ann["served"]) == (0, 5 * MINUTE, 1)


def test_a_service_without_a_start_has_no_time(log: DayLog) -> None:
    """Next ends also a visitor whose start nobody noted: served, but not timed."""
    log.call("a", 4)
    log.finish("a", 9)
    center = log.center()
    assert (center["served"], center["transactions"], center["timed"]) == (1, 1, 0)
    assert center["wait_ms"] == 4 * MINUTE


def test_an_undone_finish_counts_once(log: DayLog) -> None:
    """The half minute that the visit was over by mistake is nobody's time."""
    log.serve("a", 1, 6)
    log.undo("a", 6.5)
    assert log.center()["finished"] == 0
    log.finish("a", 9)
    center = log.center()
    assert (center["finished"], center["transactions"], center["served"]) == (1, 1, 1)
    assert center["work_ms"] == 7.5 * MINUTE
    assert center["visit_ms"] == 9 * MINUTE


def test_an_undone_start_is_no_answer(log: DayLog) -> None:
    """Whoever was started by mistake and never came is a no-show."""
    log.call("a", 1)
    log.start("a", 2)
    log.undo("a", 2.5)
    log.miss("a", 4)
    center = log.center()
    assert (center["served"], center["no_shows"], center["wait_ms"]) == (0, 1, 0)


def test_an_undone_no_show_has_come(log: DayLog) -> None:
    """Undo brings the visitor back to the call, and the visit goes on."""
    log.call("a", 1)
    log.miss("a", 2)
    log.undo("a", 2.5)
    log.start("a", 3)
    center = log.center()
    assert (center["served"], center["no_shows"]) == (1, 0)


def test_an_undone_call_was_heard(log: DayLog) -> None:
    """A call out of order stays counted with its reason, and so does whom it overtook."""
    log.call("a", 1, rule_rank=3, reason="a small child", overtook=("x", "y"))
    log.undo("a", 1.5)
    center = log.center()
    assert (center["calls"], center["out_of_order"], center["overtakings"]) == (1, 1, 2)
    assert dict(center.named("why")) == {"a small child": 1}
    assert (center["served"], center["present"]) == (0, 1)


def test_an_undone_finish_takes_its_rating_back(log: DayLog) -> None:
    """A rating of a visit that had not ended is dropped with its end; the real one counts."""
    log.serve("a", 1, 6)
    log.rate("a", 6.2, 1)
    log.undo("a", 6.5)
    log.finish("a", 9)
    log.rate("a", 10, 5)
    assert dict(log.center().named("stars")) == {"5": 1}
    assert log.center()["transactions"] == 1


def test_no_shows_and_abandonment_are_told_apart(log: DayLog) -> None:
    """Called and gone, left before a call, cancelled after the miss, and nobody called at all."""
    for name in "bcdef":
        log.issue(name, 0)
    log.call("a", 1)
    log.miss("a", 2)
    log.cancel("b", 3)
    log.call("c", 3)
    log.miss("c", 4)
    log.cancel("c", 5, RECEPTION)
    log.call("d", 6)
    log.give_back("d", 7)
    log.cancel("d", 8)
    log.expire("e", 600)
    log.expire("a", 600)
    center = log.center()
    fates = ("no_shows", "abandoned", "unserved", "present", "served")
    assert [center[fate] for fate in fates] == [2, 2, 1, 1, 0]
    assert center["visitors"] == sum(center[fate] for fate in fates)


def test_who_came_back_and_was_not_called_again_is_no_no_show(log: DayLog) -> None:
    """A revived visitor whom the day's end found waiting was not served, but did come."""
    log.call("a", 1)
    log.miss("a", 2)
    log.revive("a", 3)
    assert (log.center()["no_shows"], log.center()["present"]) == (0, 1)
    log.expire("a", 600)
    assert (log.center()["no_shows"], log.center()["unserved"]) == (0, 1)


def test_a_no_show_counts_where_it_was_called(log: DayLog) -> None:
    """The window, the clerk and the hour of a no-show are those of the call that nobody heard."""
    log.call("a", 61)
    log.miss("a", 62)
    log.expire("a", 600)
    rows = log.rows()
    assert rows["clerk", "ann"]["no_shows"] == 1
    assert rows["window", "3"]["no_shows"] == 1
    assert rows["hour", "10"]["no_shows"] == 1


def test_the_days_end_leaves_what_was_served(log: DayLog) -> None:
    """Somebody still on hold when the day ends was served, though never finished."""
    log.call("a", 1)
    log.start("a", 1)
    log.hold("a", 4)
    log.expire("a", 600)
    center = log.center()
    assert (center["served"], center["finished"], center["unserved"]) == (1, 0, 0)


def test_a_night_is_no_serving_time(log: DayLog) -> None:
    """A visitor whom nobody finished was not served until the day was closed."""
    log.call("a", 1)
    log.start("a", 1)
    log.expire("a", 900)
    assert (log.center()["serving_ms"], log.center()["served"]) == (0, 1)


def test_a_ticket_handed_over_waits_since_its_true_issue(log: DayLog) -> None:
    """The log learned of it later: its hour and its wait are those of the paper."""
    log.issue("off", 2, said_at=70)
    log.serve("off", 75, 80)
    rows = log.rows()
    center = rows["center", ""]
    assert (center["handed_over"], center["wait_ms"]) == (1, 73 * MINUTE)
    assert rows["hour", "9"]["visitors"] == 2
    assert rows["channel", "kiosk"]["visitors"] == 2


def test_a_ticket_that_its_kiosk_replaced_is_no_visitor(log: DayLog) -> None:
    """A kiosk cancels a ticket only when it has issued one of its own instead."""
    log.cancel("a", 1, KIOSK)
    log.issue("own", 0, said_at=1)
    center = log.center()
    assert (center["visitors"], center["abandoned"], center["handed_over"]) == (1, 0, 1)


def test_the_channel_follows_from_who_issues(log: DayLog) -> None:
    """Kiosk, reception, an appointment that came; the visitor's own acts are self-service."""
    log.issue("r", 1, by=RECEPTION)
    log.book("staff", 1)
    log.book("web", 1, by=VISITOR)
    log.check_in("staff", 50)
    log.check_in("web", 50)
    rows = log.rows()
    visitors = {key[1]: rows[key]["visitors"] for key in rows if key[0] == "channel"}
    assert visitors == {"kiosk": 1, "reception": 1, "booking": 2}
    assert rows["center", ""]["self_service"] == 2
    assert (rows["center", ""]["booked"], rows["center", ""]["came"]) == (2, 2)


def test_an_appointment_waits_from_its_check_in() -> None:
    """Before that the visitor was not here; who never comes is no visitor at all."""
    log = DayLog()
    log.book("a", 0)
    log.book("b", 0)
    log.book("c", 0)
    log.check_in("a", 55)
    log.serve("a", 60, 65)
    log.cancel("c", 66, RECEPTION)
    log.expire("b", 900)
    center = log.center()
    assert (center["wait_ms"], center["visitors"]) == (5 * MINUTE, 1)
    assert (center["missed"], center["given_back"]) == (1, 1)


def test_what_was_promised_is_held_against_the_wait() -> None:
    """Within the range, under its upper end, and how far its middle was off."""
    log = DayLog()
    for name, wait in (("in", 7), ("edge", 10), ("short", 2), ("long", 21)):
        log.issue(name, 0, promised=(5, 10))
        log.serve(name, wait, wait)
    center = log.center()
    assert (center["promised"], center["promises_inside"], center["promises_kept"]) == (4, 2, 3)
    assert center["promises_error_ms"] == (0.5 + 2.5 + 5.5 + 13.5) * MINUTE


def test_what_was_reckoned_is_held_against_the_wait() -> None:
    """The error is the reckoning's, the word is what was said, the stretch is the range's."""
    log = DayLog()
    for name, wait in (("early", 7), ("late", 21)):
        log.issue(name, 0, promised=(5, 10))
        reckoned = {"minutes": 9.0, "low": 7.0, "high": 10.0, "by": "simulated"}
        log.events[-1]["reckoned"] = reckoned
        log.serve(name, wait, wait)
    center = log.center()
    assert (center["promises_error_ms"], center["promises_off_ms"]) == (14 * MINUTE, 10 * MINUTE)
    assert (center["promises_kept"], center["promises_late"]) == (1, 1)
    # from 9 beyond 20 it is eleven, where the range was one wide
    assert dict(center.named("stretch")) == {"0": 1, "50": 1}


def test_a_service_is_told_from_its_call_and_undone_with_its_move(log: DayLog) -> None:
    """What a window had to do with the visit stands in its turns."""
    log.serve("a", 3, 9)
    (visit,) = log.tally().visits.values()
    minute = visit.issued_at
    assert [(turn.kind, turn.begin - minute, turn.end - minute) for turn in visit.course.turns] == [
        ("called", 0, 3 * MINUTE),
        ("served", 3 * MINUTE, 9 * MINUTE),
    ]
    log.undo("a", 9.5)
    (visit,) = log.tally().visits.values()
    assert [turn.kind for turn in visit.course.turns] == ["called"]


def test_turned_away_is_counted_by_document() -> None:
    """What may not be demanded is reported, by the clerk's ending as by a rating."""
    log = DayLog()
    for name, facts in (
        ("a", {"outcome": "turned_away", "document": "passport"}),
        ("b", {"outcome": "turned_away", "document": "not_required-1", "demanded": True}),
        ("c", {"outcome": "turned_away"}),
        ("d", {"outcome": "solved"}),
    ):
        log.issue(name, 0)
        log.call(name, 1)
        log.start(name, 1)
        log.finish(name, 2, **facts)
    log.rate("d", 3, 2, demanded=True)
    center = log.center()
    assert (center["turned_away"], center["transactions"], center["prohibited"]) == (3, 4, 2)
    assert dict(center.named("away")) == {"passport": 1, "not_required-1": 1}


def test_a_rating_counts_where_the_visit_ended(log: DayLog) -> None:
    """The stars belong to the clerk, the window and the service of the last transaction."""
    log.serve("a", 1, 6, "ben")
    log.rate("a", 70, 4)
    rows = log.rows()
    assert rows["clerk", "ben"]["rated"] == rows["service", "A01"]["rated"] == 1
    assert rows["hour", "10"]["rated"] == 1


def test_a_category_counts_as_it_stood() -> None:
    """Visitors without one have a key of their own; waits fall under it."""
    log = DayLog()
    log.issue("a", 0)
    log.issue("b", 0, category="infant", order_key=a_ticket().issued_at - minutes(20))
    log.serve("b", 1, 2)
    log.serve("a", 4, 5)
    rows = log.rows()
    assert rows["category", "none"]["wait_ms"] == 4 * MINUTE
    assert rows["category", "infant"]["wait_ms"] == MINUTE
