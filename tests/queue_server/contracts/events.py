"""Examples of every event on the wire, and strategies that draw any of them."""

from typing import get_args

from hypothesis import strategies as st

from queue_server.contracts.messages import (
    ActorFacts,
    CenterEvent,
    CenterEventType,
    Event,
    TicketEvent,
    TicketEventType,
    TicketFacts,
    WindowEvent,
    WindowEventType,
)

TICKET_TYPES: tuple[str, ...] = get_args(TicketEventType)
WINDOW_TYPES: tuple[str, ...] = get_args(WindowEventType)
CENTER_TYPES: tuple[str, ...] = get_args(CenterEventType)
EVERY_TYPE = (*TICKET_TYPES, *WINDOW_TYPES, *CENTER_TYPES)

NINE = "2026-11-23T04:00:00.000Z"
FIVE_PAST = "2026-11-23T04:05:00.250Z"
ANN = ActorFacts(kind="person", name="ann", role="clerk")
#: stands in every field that no board may show
SECRET = "hush-hush"


def ticket_facts(**changes) -> TicketFacts:
    """Return a ticket at window 3, every field filled."""
    facts = {
        "id": "01JD",
        "number": "A042",
        "service": "A01",
        "state": "called",
        "language": "uz-Latn",
        "day": "2026-11-23",
        "issued_at": NINE,
        "order_key": "2026-11-23T03:40:00.000Z",
        "serial": 17,
        "version": 2,
        "recalls": 1,
        "category": "infant",
        "needs": ("sign_language",),
        "window": 3,
        "clerk": "ann",
        "called_at": FIVE_PAST,
        "legs": ("A01", "E01"),
    }
    return TicketFacts(**(facts | changes))


def ticket_event(kind: str, **changes) -> TicketEvent:
    """Return an event of this type about the ticket at window 3 in hall 1."""
    facts = {"seq": 42, "at": FIVE_PAST, "actor": ANN, "ticket": ticket_facts()}
    facts |= {"was": "waiting", "window": 3, "hall": 1}
    return TicketEvent(type=kind, **(facts | changes))


#: what an event of a type says beside what all say
SAYS = {
    "ticket_issued": {"was": None, "window": None, "hall": None},
    "ticket_called": {"rule_rank": 2, "overtook": ("01JA", "01JB"), "reason": "asked to"},
    "ticket_leg_finished": {"outcome": "solved", "delivery": "hand"},
    "ticket_finished": {"outcome": "turned_away", "document": "not_required-1", "demanded": True},
    "ticket_transferred": {"was_service": "E01", "was_place": "window:7", "reason": "wrong group"},
    "slip_requested": {"copy_number": 2},
    "ticket_noted": {"note": 5},
}
ISSUED = ticket_facts(
    state="waiting",
    window=None,
    clerk=None,
    called_at=None,
    recalls=0,
    not_before=NINE,
    promised=(10, 20),
)


def example(kind: str) -> Event:
    """Return the one example of this type that the snapshots show."""
    if kind in TICKET_TYPES:
        says = dict(SAYS.get(kind, {}))
        return ticket_event(
            kind, **(says | ({"ticket": ISSUED} if kind == "ticket_issued" else {}))
        )
    facts = {"type": kind, "seq": 43, "at": NINE, "actor": ANN}
    if kind in WINDOW_TYPES:
        reason = "tea" if kind == "window_paused" else None
        says = {"message": 4} if kind == "message_sent" else {"reason": reason}
        return WindowEvent(window=3, hall=1, clerk="ann", **says, **facts)
    return CenterEvent(subject="2026-11-23", detail="first of the week", **facts)


WORDS = st.text('aʻЦ «"\\\n', max_size=6)
TIMES = st.sampled_from([NINE, FIVE_PAST])
NUMBERS = st.integers(1, 9)
PLACES = st.sampled_from(["queue", "window:4", "window:12", "clerk:bek"])
#: service → the windows that take it
TAKERS = {"A01": (1, 3), "E01": (2, 7), "Z01": ()}
ACTORS = st.builds(
    ActorFacts, kind=st.sampled_from(["person", "device", "system"]), name=WORDS, role=WORDS
)
FACTS = st.builds(
    TicketFacts,
    id=WORDS,
    number=WORDS,
    service=st.sampled_from(sorted(TAKERS)),
    state=st.sampled_from(["waiting", "called", "serving", "finished"]),
    language=st.sampled_from(["uz-Latn", "ru"]),
    day=WORDS,
    issued_at=TIMES,
    order_key=TIMES,
    serial=NUMBERS,
    version=NUMBERS,
    recalls=NUMBERS,
    place=PLACES,
    category=st.none() | WORDS,
    statutory=st.booleans(),
    needs=st.lists(WORDS, max_size=2).map(tuple),
    window=st.none() | NUMBERS,
    clerk=st.none() | WORDS,
    called_at=st.none() | TIMES,
    not_before=st.none() | TIMES,
    hold_until=st.none() | TIMES,
    legs=st.lists(WORDS, max_size=2).map(tuple),
    paper=st.sampled_from(["own", "station"]),
)
TICKET_EVENTS = st.builds(
    TicketEvent,
    type=st.sampled_from(TICKET_TYPES),
    seq=NUMBERS,
    at=TIMES,
    actor=ACTORS,
    ticket=FACTS,
    was=st.none() | WORDS,
    was_service=st.none() | st.sampled_from(sorted(TAKERS)),
    was_place=st.none() | PLACES,
    clerks_window=st.none() | NUMBERS,
    window=st.none() | NUMBERS,
    hall=st.none() | NUMBERS,
    reason=st.none() | WORDS,
    rule_rank=st.none() | NUMBERS,
    overtook=st.lists(WORDS, max_size=2).map(tuple),
    outcome=st.none() | WORDS,
    delivery=st.none() | WORDS,
    copy_number=st.none() | NUMBERS,
)
WINDOW_EVENTS = st.builds(
    WindowEvent,
    type=st.sampled_from(WINDOW_TYPES),
    seq=NUMBERS,
    at=TIMES,
    actor=ACTORS,
    window=NUMBERS,
    hall=NUMBERS,
    clerk=WORDS,
    reason=st.none() | WORDS,
)
CENTER_EVENTS = st.builds(
    CenterEvent,
    type=st.sampled_from(CENTER_TYPES),
    seq=NUMBERS,
    at=TIMES,
    actor=ACTORS,
    subject=WORDS,
    detail=st.none() | WORDS,
)
EVENTS = TICKET_EVENTS | WINDOW_EVENTS | CENTER_EVENTS
