from dataclasses import replace

from queue_server.usecases.records import Device, Failure, Person, WebSession
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


def test_all_that_a_person_is_comes_back(database):
    """Every field is kept: the sealed factor, its last step, the service's own id."""
    whole = replace(
        ANN, must_change=True, totp="sealed", totp_step=59_845_779, subject="u-1", disabled=True
    )
    with database.write() as work:
        work.access.put_person(whole)
        assert work.access.person("ann") == whole
        assert work.access.by_subject("u-1") == whole
        assert work.access.by_subject("u-2") is None


def test_all_sessions_of_a_person_end_at_once(database):
    """Ending them counts them, and leaves everybody else's; old ones are forgotten by their age."""
    bek = replace(ANN, login="bek")
    others = replace(SESSION, token_hash="b", login="bek", began_at=at(2), pending="password")
    with database.write() as work:
        work.access.put_person(ANN)
        work.access.put_person(bek)
        for session in (SESSION, replace(SESSION, token_hash="second"), others):
            work.access.put_session(session)
        assert len(work.access.sessions()) == 3
        assert work.access.end_sessions("ann") == 2
        assert work.access.end_sessions("ann") == 0
        assert work.access.sessions() == [others]
        work.access.purge_sessions(at(2))
        assert work.access.sessions() == [others]
        work.access.purge_sessions(at(3))
        assert work.access.sessions() == []


def test_wrong_tries_are_counted_by_login_and_address(database):
    """Each pair has its own count; a login's are forgotten together or by address."""
    here, there = Failure("ann", "10.0.0.1", 1, at(0)), Failure("ann", "10.0.0.2", 4, at(5))
    with database.write() as work:
        for failure in (here, there, replace(here, count=2)):
            work.access.put_failure(failure)
        assert work.access.failure("ann", "10.0.0.1") == replace(here, count=2)
        work.access.forget_failures("ann", "10.0.0.1")
        assert work.access.failure("ann", "10.0.0.1") is None
        assert work.access.failure("ann", "10.0.0.2") == there
        work.access.purge_failures(at(5))
        assert work.access.failure("ann", "10.0.0.2") == there
        work.access.forget_failures("ann")
        assert work.access.failure("ann", "10.0.0.2") is None
