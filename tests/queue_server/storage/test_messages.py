"""Messages to windows, and counts by name, on both databases."""

from __future__ import annotations

from dataclasses import replace

from queue_server.storage.database import Database
from queue_server.usecases.records import Message
from tests.factories import DAY, at


def test_a_message_is_kept_with_its_id(database: Database) -> None:
    """What was written is found again, under the id that it was given."""
    message = Message(3, "supervisor", "Iltimos, menga keling", at(1))
    with database.write() as work:
        kept = work.messages.add(message)
        assert kept.id > 0
        assert replace(kept, id=0) == message
        assert work.messages.get(kept.id) == kept
        assert work.messages.get(kept.id + 1) is None


def test_a_window_s_messages_stand_in_order(database: Database) -> None:
    """Those of this window since a time, the oldest first."""
    with database.write() as work:
        for minute, window in ((1, 3), (2, 3), (3, 4), (4, 3)):
            work.messages.add(Message(window, "supervisor", f"at {minute}", at(minute)))
        found = work.messages.of_window(3, at(2))
        assert [message.text for message in found] == ["at 2", "at 4"]


def test_the_first_reading_counts(database: Database) -> None:
    """A message is read once."""
    with database.write() as work:
        kept = work.messages.add(Message(3, "supervisor", "x", at(1)))
        work.messages.read(kept.id, at(2))
        work.messages.read(kept.id, at(5))
        found = work.messages.get(kept.id)
        assert found is not None
        assert found.read_at == at(2)


def test_counts_are_found_by_how_their_names_begin(database: Database) -> None:
    """Of one day alone."""
    with database.write() as work:
        for name in ("norm:A", "norm:A", "norm:E", "online:A01"):
            work.tallies.add(DAY, name)
        assert work.tallies.counts(DAY, "norm:") == {"norm:A": 2, "norm:E": 1}
        assert work.tallies.counts(DAY.replace(year=2025), "norm:") == {}
