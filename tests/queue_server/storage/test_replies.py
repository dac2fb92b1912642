from dataclasses import replace
from datetime import timedelta

import pytest

from queue_server.storage.errors import StorageError
from queue_server.usecases.records import StoredReply
from tests.factories import at

REPLY = StoredReply("kiosk-1", "k1", "sha", 201, '{"number":"A001"}', at(0))


def test_an_answer_is_found_under_its_key(database):
    """A key is its actor's own: another actor's same key is another one."""
    other = replace(REPLY, actor="kiosk-2", body="{}")
    with database.write() as work:
        work.replies.add(REPLY)
        work.replies.add(other)
    with database.read() as work:
        assert work.replies.get("kiosk-1", "k1") == REPLY
        assert work.replies.get("kiosk-2", "k1") == other
        assert work.replies.get("kiosk-1", "k2") is None


def test_a_key_is_answered_once(database):
    """The database itself refuses a second answer under the same key."""
    with database.write() as work:
        work.replies.add(REPLY)
    with pytest.raises(StorageError), database.write() as work:
        work.replies.add(replace(REPLY, body="another"))


def test_old_answers_are_forgotten(database):
    """Purging takes what is older than the time given, and counts it."""
    with database.write() as work:
        for hours in (0, 1, 50):
            work.replies.add(replace(REPLY, key=str(hours), at=at(0) - timedelta(hours=hours)))
    assert database.purge_replies(at(0) - timedelta(hours=48)) == 1
    with database.read() as work:
        assert work.replies.get("kiosk-1", "50") is None
        assert work.replies.get("kiosk-1", "1") is not None
