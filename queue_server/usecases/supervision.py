"""What a supervisor changes while the hall works: duties, issuing, a word to a clerk.

Duties and closures stand in the catalogue's document, so whatever reads the catalogue follows
them at once, and the day's roll-over ends those of the day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from queue_server.contracts.floor import (
    ChangeDuty,
    CloseIssuing,
    ClosureOut,
    ClosuresOut,
    EndDuty,
    FloorWindowOut,
    MessageOut,
    MessagesOut,
    OpenIssuing,
    SendMessage,
)
from queue_server.contracts.messages import WindowEvent
from queue_server.domain.catalogue import Catalogue, Window
from queue_server.domain.duty_document import COVERED
from queue_server.domain.errors import Invalid, Unknown
from queue_server.domain.opening import BY_STAFF
from queue_server.usecases import administration, floor, recording, shifts
from queue_server.usecases.act import Act
from queue_server.usecases.recording import instant
from queue_server.usecases.records import Message
from queue_server.usecases.rights import right

Document = dict[str, Any]
#: says a window's services in an event: so many names, then how many more
_NAMED: Final = 12


@right("skills:change")
def change_duty(act: Act, number: int, wish: ChangeDuty) -> FloorWindowOut:
    """Let a window take something else, for today or for good; its next call follows it.

    Raises UnknownWindow, or CatalogueFaulty with every mistake.
    """
    before = act.catalogue.window(number)
    asked = {name: getattr(wish, name) for name in COVERED}

    def change(document: Document) -> None:
        document["duties"] = _without_duty(document, number)
        if wish.until == "always":
            _plan(document, number).update(asked)
        else:
            today = {"day": act.day.isoformat(), "reason": wish.reason}
            document["duties"].append({"window": number, **asked, **today})

    after = _edited(act, change).window(number)
    detail = f"{wish.until}: {_told(act.catalogue, before)} → {_told(act.catalogue, after)}"
    recording.noted(act, "duty_changed", str(number), detail, reason=wish.reason)
    return floor.window(act, after)


@right("skills:change")
def end_duty(act: Act, number: int, wish: EndDuty) -> FloorWindowOut:
    """Let a window take again what the catalogue says; without a duty nothing happens."""
    before = act.catalogue.window(number)
    if not before.duty:
        return floor.window(act, before)

    def change(document: Document) -> None:
        document["duties"] = _without_duty(document, number)

    after = _edited(act, change).window(number)
    detail = f"{_told(act.catalogue, before)} → {_told(act.catalogue, after)}"
    recording.noted(act, "duty_ended", str(number), detail, reason=wish.reason)
    return floor.window(act, after)


@right("issuing:close")
def close_issuing(act: Act, wish: CloseIssuing) -> ClosuresOut:
    """Give out no more tickets today for a service or a group; kiosks show the reason."""
    if wish.reason not in BY_STAFF:
        raise Invalid(f"There is no reason {wish.reason!r}.", field="reason")
    closed = _services(act.catalogue, wish)
    what = {"group": wish.group} if wish.group else {"service": wish.service}

    def change(document: Document) -> None:
        opened = _opened(act.catalogue, document, closed)
        today = {"reason": wish.reason, "day": act.day.isoformat()}
        document["closures"] = [*opened, {**what, **today}]

    after = _edited(act, change)
    recording.noted(act, "issuing_closed", wish.group or closed[0], reason=wish.reason)
    return _closures(after)


@right("issuing:close")
def open_issuing(act: Act, wish: OpenIssuing) -> ClosuresOut:
    """Give out tickets again; of a closed group the other services stay closed."""
    opened = _services(act.catalogue, wish)
    if not act.catalogue.closures.keys() & set(opened):
        return _closures(act.catalogue)

    def change(document: Document) -> None:
        document["closures"] = _opened(act.catalogue, document, opened)

    after = _edited(act, change)
    recording.noted(act, "issuing_opened", wish.group or opened[0])
    return _closures(after)


@right("message:send")
def send_message(act: Act, number: int, wish: SendMessage) -> MessageOut:
    """Write to the clerk at a window; the text stands beside the log, never in it."""
    plan, shift = act.catalogue.window(number), act.work.shifts.at(number)
    kept = act.work.messages.add(Message(number, act.actor.name, wish.text.strip(), act.now))
    act.work.log.append(
        WindowEvent(
            type="message_sent",
            at=instant(act.now),
            actor=recording.actor_facts(act.actor),
            window=number,
            hall=plan.hall,
            clerk=shift.clerk if shift else "",
            message=kept.id,
        )
    )
    return _message(kept)


@right("message:read")
def messages(act: Act, number: int) -> MessagesOut:
    """Return a window's messages of today, the newest first; a clerk reads the own window's."""
    act.catalogue.window(number)
    shifts.at_own_window(act.actor, number)
    found = act.work.messages.of_window(number, _midnight(act)) if act.work.day else ()
    return MessagesOut(messages=[_message(each) for each in reversed(found)])


@right("message:read")
def read_message(act: Act, message_id: int) -> MessageOut:
    """Note that the clerk has read a message; the first time counts."""
    found = act.work.messages.get(message_id)
    if found is None:
        raise Unknown("There is no such message.")
    shifts.at_own_window(act.actor, found.window)
    act.work.messages.read(message_id, act.now)
    return _message(act.work.messages.get(message_id) or found)


def _edited(act: Act, change: Callable[[Document], None]) -> Catalogue:
    """Put the document in force as `change` leaves it; raises CatalogueFaulty."""
    document = dict(act.work.catalogues.document())
    change(document)
    return administration.put_in_force(act, document)


def _without_duty(document: Document, number: int) -> list[Document]:
    return [duty for duty in document.get("duties", ()) if duty["window"] != number]


def _plan(document: Document, number: int) -> Document:
    plan: Document = next(each for each in document["windows"] if each["number"] == number)
    return plan


def _services(catalogue: Catalogue, wish: OpenIssuing) -> tuple[str, ...]:
    """Return the services that are meant; raises UnknownService, or Invalid for the group."""
    if wish.service is not None:
        return (catalogue.service(wish.service).id,)
    found = catalogue.services_by_group.get(wish.group or "")
    if found is None:
        raise Invalid(f"There is no group {wish.group!r}.", field="group")
    return found


def _opened(catalogue: Catalogue, document: Document, services: Iterable[str]) -> list[Document]:
    """Return the closures without these services: a group that is split names its others."""
    opened, kept = set(services), []
    for closure in document.get("closures", ()):
        group = closure.get("group")
        closed = catalogue.services_by_group[group] if group else (closure["service"],)
        others = [service for service in closed if service not in opened]
        rest = {"reason": closure["reason"], "day": closure.get("day", "")}
        if len(others) == len(closed):
            kept.append(closure)
        else:
            kept += [{"service": service, **rest} for service in others]
    return kept


def _closures(catalogue: Catalogue) -> ClosuresOut:
    closed = sorted(catalogue.closures.items())
    return ClosuresOut(closures=[ClosureOut(service=each, reason=why) for each, why in closed])


def _told(catalogue: Catalogue, window: Window) -> str:
    """Say in short what a window takes: whole groups by their letter, what it helps with a +."""
    parts = []
    for level, mark in ((1, ""), (2, "+")):
        taken = [s for s, taking in window.takes.items() if taking.level == level]
        parts += [f"{mark}{name}" for name in _folded(catalogue, taken)]
    more = [f"… {len(parts) - _NAMED}"] if len(parts) > _NAMED else []
    skills = [f"[{each}]" for each in sorted(window.skills | window.languages)]
    return " ".join([*parts[:_NAMED], *more, *skills])


def _folded(catalogue: Catalogue, services: list[str]) -> list[str]:
    names: dict[str, None] = {}
    for service in services:
        prefix = catalogue.service(service).group
        whole = set(catalogue.services_by_group[prefix]) <= set(services)
        names[prefix if whole else service] = None
    return list(names)


def _midnight(act: Act) -> datetime:
    """Return when the open service day began."""
    return datetime.combine(act.day, time(), ZoneInfo(act.catalogue.timezone))


def _message(message: Message) -> MessageOut:
    return MessageOut(
        id=message.id,
        window=message.window,
        sender=message.sender,
        text=message.text,
        at=instant(message.at),
        read_at=instant(message.read_at) if message.read_at else None,
    )
