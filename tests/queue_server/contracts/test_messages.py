"""Every event on the wire: what is written can be read, and keeps its form."""

import json

import pytest
from hypothesis import given
from pydantic import ValidationError

from queue_server.contracts.messages import TicketEvent, TicketFacts, parse, to_wire
from queue_server.domain.ledger import GENESIS, canonical, seal
from queue_server.domain.ticket import State
from tests.queue_server.contracts.events import (
    ANN,
    EVENTS,
    EVERY_TYPE,
    FIVE_PAST,
    example,
    ticket_event,
    ticket_facts,
)
from tests.snapshot import SNAPSHOTS, check_json


@pytest.mark.parametrize("kind", EVERY_TYPE)
def test_every_type_is_read_as_it_was_written(kind: str) -> None:
    """The example of each type survives the wire."""
    assert parse(to_wire(example(kind))) == example(kind)


@given(EVENTS)
def test_any_event_survives_json(event) -> None:
    """Whatever it says, through bytes and back it is equal, and of the same kind."""
    back = parse(json.loads(json.dumps(to_wire(event))))
    assert back == event
    assert type(back) is type(event)


@given(EVENTS)
def test_the_log_keeps_the_wire_form(event) -> None:
    """A sealed event is read as the event; `seq` is the log's and `prev` is its own affair."""
    body = json.loads(seal(to_wire(event), 7, GENESIS).body)
    assert parse(body) == event.model_copy(update={"seq": 7})


@given(EVENTS)
def test_the_wire_form_needs_no_fractions(event) -> None:
    """The ledger's canonical form holds no number with a fraction, and so is the same anywhere."""
    read = json.loads(canonical(to_wire(event)), parse_float=pytest.fail)
    assert read == to_wire(event)


@pytest.mark.parametrize("kind", EVERY_TYPE)
def test_the_wire_form_of_every_type_is_kept(kind: str) -> None:
    """A changed snapshot is a changed contract: review it, and raise `v` if a meaning changed."""
    check_json(f"wire/{kind}", to_wire(example(kind)))


def test_no_snapshot_is_left_over() -> None:
    """Each file is an event that there is: a type once written can never be forgotten."""
    assert {path.stem for path in (SNAPSHOTS / "wire").iterdir()} == set(EVERY_TYPE)


@pytest.mark.parametrize("kind", EVERY_TYPE)
def test_an_old_log_is_still_read(kind: str) -> None:
    """What stands in the snapshots is what stands in logs: it reads as the example."""
    kept = json.loads((SNAPSHOTS / "wire" / f"{kind}.json").read_text(encoding="utf-8"))
    assert parse(kept) == example(kind)


def test_what_is_absent_is_not_written() -> None:
    """No null takes room in the log, but a version and a type are always said."""
    wire = to_wire(ticket_event("ticket_started", was=None))
    assert None not in wire.values()
    assert None not in wire["ticket"].values()
    assert (wire["v"], wire["type"]) == (1, "ticket_started")


def test_a_field_that_a_newer_server_adds_is_passed_over() -> None:
    """Readers of today understand the events of tomorrow."""
    wire = to_wire(ticket_event("ticket_called"))
    newer = wire | {"mood": "fine", "ticket": wire["ticket"] | {"shoe_size": 43}}
    assert parse(newer) == ticket_event("ticket_called")


@pytest.mark.parametrize(
    "changes",
    [{"type": "ticket_eaten"}, {"v": 2}, {"at": None}, {"actor": None}, {"ticket": {"id": "1"}}],
)
def test_what_is_no_event_is_refused(changes) -> None:
    """An unknown type, another version or a missing fact is not guessed at."""
    with pytest.raises(ValidationError):
        parse(to_wire(ticket_event("ticket_called")) | changes)


def test_an_event_is_a_fact() -> None:
    """Nobody changes what has happened."""
    with pytest.raises(ValidationError, match="frozen"):
        ticket_event("ticket_called").window = 4


def test_the_whole_ticket_is_in_the_event() -> None:
    """The facts hold each public part of a ticket; nothing personal is among them."""
    assert set(TicketFacts.model_fields) == set(ticket_facts().model_dump())
    assert not {"name", "phone", "pinfl", "key"} & set(TicketFacts.model_fields)


@pytest.mark.parametrize("state", sorted(State))
def test_states_are_written_as_the_domain_names_them(state: State) -> None:
    """A state's name on the wire is the domain's word."""
    event = TicketEvent(
        type="ticket_called", at=FIVE_PAST, actor=ANN, ticket=ticket_facts(state=state), was=state
    )
    assert json.loads(json.dumps(to_wire(event)))["ticket"]["state"] == str(state)
