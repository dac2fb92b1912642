"""Duties, closed issuing, and a word to a clerk."""

from __future__ import annotations

from typing import Any

import pytest

from queue_server.contracts.floor import (
    ChangeDuty,
    CloseIssuing,
    EndDuty,
    OpenIssuing,
    SendMessage,
)
from queue_server.domain.errors import (
    CatalogueFaulty,
    DomainError,
    Forbidden,
    Invalid,
    ServiceClosed,
    Unknown,
    UnknownService,
    UnknownWindow,
)
from queue_server.usecases import floor, supervision
from queue_server.usecases.access import Actor
from queue_server.usecases.ports import Center
from tests.conftest import HandClock
from tests.queue_server.usecases.people import (
    SUPERVISOR,
    call_next,
    clerk,
    do,
    events,
    issue,
    open_window,
)

CONTROLLER = Actor("person", "controller", "controller")


def duty(center: Center, number: int, **wish: Any) -> Any:
    """Change what a window takes."""
    asked = ChangeDuty(**({"reason": "The queue has grown"} | wish))
    return do(center, SUPERVISOR, lambda act: supervision.change_duty(act, number, asked))


def end_duty(center: Center, number: int) -> Any:
    """Let a window take again what the catalogue says."""
    asked = EndDuty(reason="The queue is short")
    return do(center, SUPERVISOR, lambda act: supervision.end_duty(act, number, asked))


def close(center: Center, **wish: Any) -> dict[str, str]:
    """Close issuing and return what is closed."""
    asked = CloseIssuing(**({"reason": "system_down"} | wish))
    found = do(center, SUPERVISOR, lambda act: supervision.close_issuing(act, asked))
    return {each.service: each.reason for each in found.closures}


def reopen(center: Center, **wish: Any) -> dict[str, str]:
    """Open issuing and return what is still closed."""
    asked = OpenIssuing(**wish)
    found = do(center, SUPERVISOR, lambda act: supervision.open_issuing(act, asked))
    return {each.service: each.reason for each in found.closures}


def written(center: Center, kind: str) -> list[dict[str, Any]]:
    """Return the events of a type."""
    return [dict(event) for event in events(center) if event["type"] == kind]


def document(center: Center) -> dict[str, Any]:
    """Return the document in force."""
    with center.read() as work:
        return dict(work.catalogues.document())


def test_a_duty_counts_from_the_next_call(center: Center) -> None:
    """Window 1 takes the cash desk's service now, and calls who waits for it."""
    open_window(center, 1)
    paying = issue(center, "U02")
    assert call_next(center, 1) is None
    changed = duty(center, 1, groups=["U"], helps=["A"], help_after_minutes=10)
    assert changed.duty
    assert changed.takes["U02"].level == 1
    assert (changed.takes["A01"].level, changed.takes["A01"].help_after) == (2, 600)
    called = call_next(center, 1)
    assert called is not None
    assert called.id == paying.id


def test_a_duty_is_written_with_its_window_its_reason_and_what_changed(center: Center) -> None:
    """Who reads the log sees before and after, in short."""
    duty(center, 12, groups=["U"], services=["A01"], languages=["ru"], skills=["sign_language"])
    (event,) = written(center, "duty_changed")
    assert (event["subject"], event["reason"]) == ("12", "The queue has grown")
    assert event["actor"]["name"] == "supervisor"
    assert event["detail"].startswith("today: ")
    assert event["detail"].endswith("→ U A01 [ru] [sign_language]")


def test_a_duty_of_today_covers_the_plan_and_ends_with_it(center: Center) -> None:
    """The plan stands beneath, untouched, and is there again when the duty ends."""
    before = do(center, SUPERVISOR, lambda act: floor.window(act, act.catalogue.window(1)))
    duty(center, 1, groups=["U"])
    duty(center, 1, groups=["T"])
    assert [each["groups"] for each in document(center)["duties"]] == [["T"]]
    assert end_duty(center, 1) == before
    assert len(written(center, "duty_ended")) == 1
    assert end_duty(center, 1) == before
    assert len(written(center, "duty_ended")) == 1


def test_a_duty_for_good_changes_the_plan(center: Center) -> None:
    """It is no duty any more: the catalogue itself says so, in a new version."""
    with center.read() as work:
        version = work.catalogue_version
    plan = next(each for each in document(center)["windows"] if each["number"] == 12)
    groups = sorted({*plan["groups"], "T"})
    duty(center, 12, groups=["T"])
    changed = duty(center, 12, groups=groups, until="always")
    assert not changed.duty
    found = document(center)
    assert found["duties"] == []
    assert next(each for each in found["windows"] if each["number"] == 12)["groups"] == groups
    with center.read() as work:
        assert work.catalogue_version == version + 2


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"groups": ["Z"]}, "groups"),
        ({"services": ["A99"]}, "services"),
        ({"groups": ["A"], "services": ["A01"]}, ""),
        ({"groups": ["A"], "skills": ["juggling"]}, "skills"),
        ({"groups": ["A"], "languages": ["fr"]}, "languages"),
        ({}, ""),
    ],
)
def test_a_faulty_duty_changes_nothing(center: Center, wish: dict[str, Any], field: str) -> None:
    """Every mistake is named with its field, and the hall goes on as it was."""
    before = document(center)
    with pytest.raises(CatalogueFaulty) as refused:
        duty(center, 1, **wish)
    (error,) = refused.value.facts["errors"]  # type: ignore[misc]
    assert error["field"].startswith("duties[0]")
    assert error["field"].endswith(field)
    assert document(center) == before


def test_a_plan_that_leaves_a_service_alone_is_refused(center: Center) -> None:
    """For good, every service keeps a window; for today the supervisor decides."""
    takers = [w for w in document(center)["windows"] if "U" in w["groups"] + w["helps"]]
    *others, last = takers
    for plan in others:
        duty(center, plan["number"], until="always", **without_cash_desk(plan))
    with pytest.raises(CatalogueFaulty):
        duty(center, last["number"], until="always", **without_cash_desk(last))
    assert duty(center, last["number"], **without_cash_desk(last)).duty


def without_cash_desk(plan: dict[str, Any]) -> dict[str, list[str]]:
    """Return what a window takes beside group U; the certificates where that is nothing."""
    lists = {name: [each for each in plan[name] if each != "U"] for name in ("groups", "helps")}
    return lists if any(lists.values()) else {"groups": ["T"]}


def test_closing_a_group_closes_its_services_for_today(center: Center) -> None:
    """The reason is one that kiosks can say; a second closing replaces the first."""
    closed = close(center, group="U")
    assert set(closed) == {"U01", "U02", "U03"}
    assert set(closed.values()) == {"system_down"}
    assert set(close(center, group="U", reason="technical").values()) == {"technical"}
    (first, second) = written(center, "issuing_closed")
    assert (first["subject"], first["reason"]) == ("U", "system_down")
    assert second["reason"] == "technical"


def test_opening_one_service_leaves_the_others_of_its_group_closed(center: Center) -> None:
    """The group's closure is split into its services'."""
    closed = close(center, group="U")
    left = reopen(center, service="U01")
    assert left == {service: why for service, why in closed.items() if service != "U01"}
    assert reopen(center, group="U") == {}
    assert [each["subject"] for each in written(center, "issuing_opened")] == ["U01", "U"]
    assert reopen(center, group="U") == {}
    assert len(written(center, "issuing_opened")) == 2


def test_nobody_gets_a_ticket_for_a_closed_service(center: Center) -> None:
    """The refusal names the reason; opened again, tickets are issued."""
    close(center, service="A01")
    with pytest.raises(ServiceClosed) as refused:
        issue(center, "A01")
    assert refused.value.facts["reason"] == "system_down"
    reopen(center, service="A01")
    assert issue(center, "A01").number


@pytest.mark.parametrize(
    ("wish", "error"),
    [
        ({"service": "A99"}, UnknownService),
        ({"group": "Z"}, Invalid),
        ({"service": "A01", "reason": "hours"}, Invalid),
        ({"service": "A01", "reason": "because"}, Invalid),
    ],
)
def test_what_cannot_be_closed(
    center: Center, wish: dict[str, Any], error: type[DomainError]
) -> None:
    """An unknown service or group, and a reason that is a rule's or nobody's."""
    with pytest.raises(error):
        close(center, **wish)
    assert written(center, "issuing_closed") == []


def send(center: Center, number: int, text: str) -> Any:
    """Write to a window."""
    wish = SendMessage(text=text)
    return do(center, SUPERVISOR, lambda act: supervision.send_message(act, number, wish))


def test_a_message_reaches_its_window_and_its_text_no_log(center: Center) -> None:
    """The event names the message; the newest is read first."""
    sent = send(center, 1, "  Please come to me ")
    send(center, 1, "Take your break")
    found = do(center, clerk(1), lambda act: supervision.messages(act, 1)).messages
    assert [each.text for each in found] == ["Take your break", "Please come to me"]
    event = written(center, "message_sent")[0]
    assert (event["window"], event["message"]) == (1, sent.id)
    assert "come" not in str(event)


def test_a_message_is_read_once(center: Center, clock: HandClock) -> None:
    """The supervisor sees when; a second reading does not change it."""
    sent = send(center, 1, "Please come to me")
    assert sent.read_at is None
    read = do(center, clerk(1), lambda act: supervision.read_message(act, sent.id))
    clock.pass_(minutes=1)
    again = do(center, clerk(1), lambda act: supervision.read_message(act, sent.id))
    assert read.read_at == again.read_at is not None


def test_yesterday_s_messages_are_not_shown(center: Center, clock: HandClock) -> None:
    """A new day begins without words."""
    send(center, 1, "Please come to me")
    clock.pass_(days=1)
    assert do(center, clerk(1), lambda act: supervision.messages(act, 1)).messages == []


def test_another_clerk_s_messages(center: Center) -> None:
    """They are for the clerk of the window, and for the supervisor."""
    sent = send(center, 1, "Please come to me")
    with pytest.raises(Forbidden):
        do(center, clerk(2), lambda act: supervision.messages(act, 1))
    with pytest.raises(Forbidden):
        do(center, clerk(2), lambda act: supervision.read_message(act, sent.id))
    with pytest.raises(Unknown):
        do(center, clerk(1), lambda act: supervision.read_message(act, 999))
    with pytest.raises(UnknownWindow):
        send(center, 99, "Hello")


@pytest.mark.parametrize("actor", [clerk(1), CONTROLLER], ids=lambda actor: actor.role)
def test_who_may_not_supervise(center: Center, actor: Actor) -> None:
    """Clerks and controllers change nothing of others' work."""
    for run in (
        lambda act: supervision.change_duty(act, 1, ChangeDuty(groups=["A"], reason="x")),
        lambda act: supervision.end_duty(act, 1, EndDuty(reason="x")),
        lambda act: supervision.close_issuing(act, CloseIssuing(group="A", reason="technical")),
        lambda act: supervision.open_issuing(act, OpenIssuing(group="A")),
        lambda act: supervision.send_message(act, 1, SendMessage(text="x")),
    ):
        with pytest.raises(Forbidden):
            do(center, actor, run)
