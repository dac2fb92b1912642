from dataclasses import replace

from queue_server.usecases.records import Device, Person, WebSession
from tests.factories import at

ANN = Person("ann", "Ann", "clerk", "hash", window=3)
KIOSK = Device("kiosk-1", "kiosk", "token-hash", hall=2)
SESSION = WebSession("session-hash", "ann", "csrf", at(0), at(1))


def test_a_person_is_added_and_replaced(database):
    """The newest value under a login is the person; people stand by login."""
    bek = replace(ANN, login="bek", window=None)
    with database.write() as work:
        for person in (bek, ANN, replace(ANN, disabled=True)):
            work.access.put_person(person)
    with database.read() as work:
        assert work.access.people() == [replace(ANN, disabled=True), bek]
        assert work.access.person("bek") == bek
        assert work.access.person("nobody") is None


def test_a_device_is_known_by_its_token_only(database):
    """A new token takes the place of the old one; a revoked device is still told apart."""
    with database.write() as work:
        work.access.put_device(KIOSK)
        work.access.put_device(replace(KIOSK, token_hash="new", revoked=True))
    with database.read() as work:
        assert work.access.device_by_token("token-hash") is None
        assert work.access.device_by_token("new").revoked


def test_a_session_lasts_until_it_is_ended(database):
    """A session is seen again later, and ended for good."""
    seen = replace(SESSION, seen_at=at(5))
    with database.write() as work:
        work.access.put_person(ANN)
        work.access.put_session(SESSION)
        work.access.put_session(seen)
        assert work.access.session("session-hash") == seen
        work.access.end_session("session-hash")
        assert work.access.session("session-hash") is None
