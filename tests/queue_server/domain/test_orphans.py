from __future__ import annotations

from dataclasses import replace

from queue_server.domain.catalogue import Catalogue
from queue_server.domain.orphans import orphans
from queue_server.domain.ticket import Sender, State, Step, Ticket
from queue_server.domain.window import Shift
from tests.factories import a_catalogue, a_shift, a_ticket, a_ticket_in

BEFORE = a_catalogue()


def without(*, service: str = "", window: int = 0, category: str = "") -> Catalogue:
    """Return the catalogue without something."""
    return replace(
        BEFORE,
        services=tuple(each for each in BEFORE.services if each.id != service),
        windows=tuple(each for each in BEFORE.windows if each.number != window),
        categories=tuple(each for each in BEFORE.categories if each.id != category),
    )


def left(
    after: Catalogue, *tickets: Ticket, shifts: tuple[Shift, ...] = (), halls: tuple[int, ...] = ()
) -> list[str]:
    """Return who would be left alone, in lines."""
    return [str(each) for each in orphans(BEFORE, after, tickets, shifts, halls)]


def test_who_needs_a_service_that_vanishes() -> None:
    """Open legs, appointments and the way back after a transfer count; what is done does not."""
    coming = (
        a_ticket(service="E01"),
        a_ticket(serial=2, legs=(Step("A01"), Step("E01", after=("A01",)))),
        a_ticket_in(State.BOOKED, serial=3, service="E01"),
        a_ticket(serial=4, sender=Sender("E01", "window:2")),
        a_ticket(serial=5, legs=(Step("E01", outcome="solved"), Step("A01"))),
    )
    assert left(without(service="E01"), *coming) == [
        "services[E01]: 4 open tickets need the service E01"
    ]


def test_who_is_at_a_window_that_vanishes() -> None:
    """A clerk's shift, a visitor in hand and those placed there keep a window."""
    called = a_ticket_in(State.CALLED)
    placed = a_ticket(serial=2, place="window:3")
    back = a_ticket(serial=3, sender=Sender("A01", "window:3"))
    assert left(without(window=3), called, placed, back, shifts=(a_shift(window=3),)) == [
        "windows[3]: window 3 is open",
        "windows[3]: 3 open tickets are placed at window 3",
    ]


def test_who_has_a_category_that_vanishes() -> None:
    """Granted or declared, it is still needed."""
    granted, declared = a_ticket(category="infant"), a_ticket(serial=2, claimed="infant")
    assert left(without(category="infant"), granted, declared) == [
        "categories[infant]: 2 open tickets have the category infant"
    ]


def test_devices_keep_their_hall() -> None:
    """A hall that kiosks stand in cannot vanish; a hall that never was leaves nobody alone."""
    halls = {window.number: replace(window, hall=7) for window in BEFORE.windows[:1]}
    before = replace(BEFORE, windows=tuple(halls.get(each.number, each) for each in BEFORE.windows))
    found = orphans(before, BEFORE, (), (), (1, 7, 7, 9))
    assert [str(each) for each in found] == ["halls[7]: 2 devices belong to hall 7"]


def test_nobody_needs_what_stays_or_what_is_free() -> None:
    """What nobody needs may go, and what stays leaves nobody alone."""
    assert left(BEFORE, a_ticket(category="infant"), shifts=(a_shift(),), halls=(1,)) == []
    assert left(without(service="E01", window=2, category="elderly"), a_ticket()) == []
