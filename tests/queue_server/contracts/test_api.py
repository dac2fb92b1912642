"""What HTTP asks is taken strictly, and what it answers has the contract's fields."""

import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from queue_server.contracts import api, asks, catalogue, devices
from queue_server.contracts.shapes import Reply, Request

OFFLINE: dict[str, object] = {
    "id": "k1.0193",
    "number": "A500",
    "service": "A01",
    "category": "infant",
    "language": "ru",
    "needs": [],
    "event": None,
    "legs": [],
    "issued_at": "2026-11-23T09:00:00+05:00",
    "instead_of": "run-7",
}
PRINTER: dict[str, object] = {
    "model": "generic",
    "reason": "no_paper",
    "paper": "out",
    "paper_left_mm": 0,
    "printed_mm": 79000,
    "waiting": 1,
    "unsure": ["A041"],
}
#: request → a whole body of it
BODIES: dict[type[Request], dict[str, object]] = {
    asks.SignIn: {"login": "ann", "password": "long enough", "code": "123456"},
    asks.IssueTicket: {
        "service": "A01",
        "category": "infant",
        "language": "uz",
        "needs": ["sign_language"],
        "paper": "own",
        "event": "birth",
        "legs": ["R02"],
    },
    asks.CallTicket: {"ticket": "01JD", "reason": "was here"},
    asks.OpenWindow: {"clerk": "bek", "reason": "many wait"},
    asks.PauseWindow: {"reason": "tea"},
    asks.CloseWindow: {"reason": "few wait"},
    asks.NoBody: {},
    asks.MoveWithReason: {"reason": "has left", "version": 3},
    asks.HoldTicket: {"reason": "photo", "minutes": 10, "version": 3},
    asks.TransferTicket: {
        "to_service": "E01",
        "to_window": 5,
        "to_clerk": "bek",
        "with_return": True,
        "reason": "cashier",
        "version": 3,
    },
    asks.FinishTicket: {
        "outcome": "solved",
        "delivery": "hand",
        "version": 3,
        "reason": "all done",
        "document": "id",
    },
    asks.CallNext: {
        "outcome": "turned_away",
        "delivery": "post",
        "reason": "papers",
        "document": "not_required-1",
    },
    asks.NoteTicket: {"text": "comes back with the deed"},
    asks.SuspendHall: {"reason": "fire alarm", "keep": True},
    asks.CloseDay: {"reason": "snow"},
    asks.ChangeCategory: {"category": None, "reason": "no proof", "version": 3},
    asks.AddLeg: {"service": "E01", "version": 3},
    asks.ReprintSlip: {"reason": "torn"},
    asks.ConfirmCategory: {"confirmed": True, "version": 3},
    asks.RateTicket: {"stars": 4, "reason": "quick", "demanded": False},
    asks.BookTicket: {
        "service": "A01",
        "at": "2026-11-23T09:00:00+05:00",
        "category": "infant",
        "language": "uz",
        "needs": ["sign_language"],
        "event": "birth",
        "legs": ["R02"],
    },
    asks.CheckIn: {"code": "7KD2PQ3X"},
    devices.OfflineTicket: OFFLINE,
    devices.HandOver: {"tickets": [OFFLINE]},
    devices.CallHelp: {"reason": "assistance", "language": "ru"},
    devices.DivertOnline: {"service": "A01"},
    devices.PrinterReport: PRINTER,
    devices.DeviceReport: {
        "version": "0.2.0",
        "clock": "2026-11-23T09:00:00+05:00",
        "uptime_seconds": 3.5,
        "printer": PRINTER,
        "temperature_c": 51.5,
        "disk_free_mb": 900,
        "last_error": "",
        "offline_tickets": 0,
        "screen": "1080x1920 x11",
        "checkpoint": "navbat-checkpoint 1 TAS 7 2026-11-23T05:00:00.000Z 00 sig",
    },
}
#: not asked by anyone as such
BASES = {Request, asks.Versioned}


def descendants(kind: type) -> set[type]:
    """Return every class below `kind`."""
    return {each for child in kind.__subclasses__() for each in (child, *descendants(child))}


MODULES = {api.__name__, asks.__name__, devices.__name__}
ours = {kind for kind in descendants(Request) if kind.__module__ in MODULES}
EVERY = pytest.mark.parametrize("kind", BODIES, ids=lambda kind: kind.__name__)


def errors(kind: type[Request], body: dict[str, object]) -> dict[str, str]:
    """Return the fields at fault and the kind of each fault."""
    with pytest.raises(ValidationError) as refused:
        kind.model_validate_json(json.dumps(body))
    return {str(error["loc"][0]): error["type"] for error in refused.value.errors()}


def test_every_request_is_tried_here() -> None:
    """Whoever adds a request adds its body to the table above."""
    assert set(BODIES) == ours - BASES


@EVERY
def test_a_whole_body_is_taken_as_it_is(kind) -> None:
    """Every field of a request may be said, and is kept."""
    assert kind.model_validate_json(json.dumps(BODIES[kind])).model_dump() == BODIES[kind]
    assert set(BODIES[kind]) == set(kind.model_fields)


@EVERY
def test_an_unknown_field_is_refused_by_name(kind) -> None:
    """A misspelt field is told, not passed over."""
    assert errors(kind, BODIES[kind] | {"servise": 1}) == {"servise": "extra_forbidden"}


@EVERY
def test_a_field_of_another_type_is_refused_by_name(kind) -> None:
    """No number is read as text, no text as a number, no word as yes or no."""
    for field, value in BODIES[kind].items():
        wrong = "1" if isinstance(value, int | float) else 1
        assert set(errors(kind, BODIES[kind] | {field: wrong})) == {field}


@EVERY
def test_a_missing_field_is_named(kind) -> None:
    """What has no default must be said."""
    for name, field in kind.model_fields.items():
        if field.is_required():
            rest = {key: value for key, value in BODIES[kind].items() if key != name}
            assert errors(kind, rest) == {name: "missing"}


@EVERY
def test_a_request_cannot_be_changed(kind) -> None:
    """What was asked stays what was asked."""
    asked = kind.model_validate(BODIES[kind])
    for field in kind.model_fields:
        with pytest.raises(ValidationError, match="frozen"):
            setattr(asked, field, None)


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        (asks.IssueTicket, "service", ""),
        (asks.IssueTicket, "service", "x" * 65),
        (asks.IssueTicket, "needs", ["n"] * 9),
        (asks.IssueTicket, "needs", [""]),
        (asks.IssueTicket, "language", "x" * 17),
        (asks.IssueTicket, "paper", "kitchen"),
        (asks.SignIn, "password", "x" * 201),
        (asks.HoldTicket, "minutes", 0),
        (asks.HoldTicket, "minutes", 481),
        (asks.HoldTicket, "minutes", 1.5),
        (asks.HoldTicket, "minutes", True),
        (asks.HoldTicket, "version", 0),
        (asks.HoldTicket, "reason", None),
        (asks.HoldTicket, "reason", ""),
        (asks.HoldTicket, "reason", " \t\n"),
        (asks.HoldTicket, "reason", "x" * 301),
        (asks.ChangeCategory, "reason", "   "),
        (asks.CallTicket, "reason", " "),
        (asks.TransferTicket, "to_window", 0),
        (asks.TransferTicket, "with_return", 1),
        (asks.FinishTicket, "outcome", "eaten"),
        (asks.FinishTicket, "delivery", "pigeon"),
    ],
)
def test_a_value_out_of_bounds_is_refused_by_its_field(kind, field, value) -> None:
    """Too long, too small, of no known word: the field is named."""
    assert set(errors(kind, BODIES[kind] | {field: value})) == {field}


def test_a_reason_is_kept_without_the_blanks_around_it() -> None:
    """A reason is what is said, and blanks say nothing."""
    asked = asks.CallTicket.model_validate({"ticket": "t1", "reason": "  was here\n"})
    assert asked.reason == "was here"


def test_text_that_is_no_text_is_refused() -> None:
    """Half a surrogate pair would stop the log; it does not get in."""
    broken = '{"ticket": "t1", "reason": "\\ud800"}'
    with pytest.raises(ValidationError):
        asks.CallTicket.model_validate_json(broken)
    with pytest.raises(ValidationError):
        asks.CallTicket.model_validate(json.loads(broken))


def test_what_need_not_be_said_has_a_default() -> None:
    """The least that a kiosk must say is the service."""
    asked = asks.IssueTicket.model_validate({"service": "A01"})
    assert (asked.category, asked.language, asked.needs, asked.paper) == (None, None, [], "station")


#: the fields that the public contract promises
PROMISED = {
    api.TicketOut: (
        "id number service state category language needs issued_at window legs ahead estimate key "
        "url version"
    ),
    api.EstimateOut: "low high text",
    api.BoardOut: "seq calls",
    api.CallOut: "number window called_at recalls language",
    catalogue.CatalogueOut: "groups windows categories languages",
    catalogue.GroupOut: "services texts",
    catalogue.ServiceOut: "id texts",
    api.Problem: "type title status detail code",
    api.PersonOut: "csrf_token",
}


@pytest.mark.parametrize("kind", PROMISED, ids=lambda kind: kind.__name__)
def test_a_reply_has_what_the_contract_promises(kind: type[Reply]) -> None:
    """Names here do not change without a new version; more may be added."""
    assert set(PROMISED[kind].split()) <= set(kind.model_fields)


def test_a_row_of_a_board_holds_no_more_than_the_contract_says() -> None:
    """Number, window, time, recalls, language: nothing personal can get onto a board."""
    assert set(api.CallOut.model_fields) == set(PROMISED[api.CallOut].split())
    assert set(api.BoardOut.model_fields) == {
        "seq",
        "hall",
        "calls",
        "windows",
        "next",
        "waits",
        "notices",
    }


def test_contracts_are_pydantic_only() -> None:
    """The wire is shared with machines that have no server: it imports nothing of one."""
    for path in Path(api.__file__).parent.glob("*.py"):
        imports = [
            line.split()[1]
            for line in path.read_text(encoding="utf-8").splitlines()
            if line.startswith(("import ", "from "))
        ]
        allowed = ("__future__", "collections", "functools", "typing", "pydantic")
        allowed += ("queue_server.contracts", "base64", "hashlib", "hmac")
        assert all(name.startswith(allowed) for name in imports), (path.name, imports)
