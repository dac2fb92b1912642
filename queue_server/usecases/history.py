"""The history of a visit, and the notes that colleagues leave each other on a ticket."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from queue_server.contracts.history import ByOut, HistoryEventOut, HistoryOut, NoteOut
from queue_server.domain.errors import Invalid
from queue_server.domain.ticket import Ticket
from queue_server.usecases import recording
from queue_server.usecases.access import Actor
from queue_server.usecases.act import Act
from queue_server.usecases.ports import Center
from queue_server.usecases.recording import instant
from queue_server.usecases.records import Note
from queue_server.usecases.rights import right

#: facts that a step of the history takes from the event, and from its ticket
_OF_EVENT: Final = (
    "seq",
    "at",
    "type",
    "was_service",
    "window",
    "reason",
    "rule_rank",
    "outcome",
    "delivery",
    "document",
)
_OF_TICKET: Final = ("state", "service", "place", "clerk", "category", "hold_until")
#: login → (name, role) of everyone who has ever signed in here
_People = Mapping[str, tuple[str, str]]


@right("ticket:note")
def note(act: Act, ticket_id: str, text: str) -> NoteOut:
    """Write on a ticket what the next colleague should know; the log keeps only that it was."""
    ticket, said = act.ticket(ticket_id), text.strip()
    if not said:
        raise Invalid("A note says something.", field="text")
    kept = act.work.notes.add(Note(ticket.id, act.now, act.actor.name, said))
    recording.logged(act, "ticket_noted", ticket, note=kept.id)
    return _note(kept, _people(act))


def of_ticket(center: Center, actor: Actor, ticket_id: str) -> HistoryOut:
    """Return what happened to a ticket, and its notes; raises UnknownTicket."""
    actor.must("ticket:history")
    with center.read() as work:
        act = Act(center, work, actor, center.clock.now())
        return _history(act, act.ticket(ticket_id))


def _history(act: Act, ticket: Ticket) -> HistoryOut:
    people = _people(act)
    return HistoryOut(
        ticket=ticket.id,
        number=ticket.number,
        service=ticket.service,
        state=ticket.state,
        language=ticket.language,
        issued_at=instant(ticket.issued_at),
        events=[_step(wire, people) for wire in act.work.log.of_ticket(ticket.id)],
        notes=[_note(each, people) for each in act.work.notes.of_ticket(ticket.id)],
    )


def _step(wire: Mapping[str, Any], people: _People) -> HistoryEventOut:
    actor = wire["actor"]
    by = ByOut(
        kind=actor["kind"],
        login=actor["name"],
        name=_name(actor["name"], people) if actor["kind"] == "person" else actor["name"],
        role=actor["role"],
    )
    facts = {name: wire.get(name) for name in _OF_EVENT}
    left = {name: wire["ticket"].get(name) for name in _OF_TICKET}
    return HistoryEventOut(**facts, **left, by=by, demanded=bool(wire.get("demanded")))


def _note(note: Note, people: _People) -> NoteOut:
    name, role = people.get(note.by, (note.by, ""))
    by = ByOut(kind="person", login=note.by, name=name, role=role)
    return NoteOut(id=note.id, at=instant(note.at), by=by, text=note.text)


def _people(act: Act) -> _People:
    return {each.login: (each.name, each.role) for each in act.work.access.people()}


def _name(login: str, people: _People) -> str:
    return people.get(login, (login, ""))[0]
