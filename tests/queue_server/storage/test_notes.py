"""Notes on tickets."""

from queue_server.usecases.records import Note
from tests.factories import at


def test_notes_stand_by_ticket_in_order(database):
    """Each note has an id of its own; a ticket's notes come oldest first."""
    with database.write() as work:
        first = work.notes.add(Note("t1", at(1), "ann", "comes back"))
        work.notes.add(Note("t2", at(2), "bek", "another"))
        second = work.notes.add(Note("t1", at(3), "bek", "came back"))
    with database.read() as work:
        assert work.notes.of_ticket("t1") == [first, second]
        assert work.notes.of_ticket("t9") == []
    assert 0 < first.id < second.id
    assert (second.at, second.by, second.text) == (at(3), "bek", "came back")
