import random
import shutil
from contextlib import closing

import pytest

from queue_server.contracts.messages import ActorFacts, CenterEvent, TicketEvent, TicketFacts
from queue_server.domain.ledger import GENESIS, Broken, verify
from queue_server.storage.database import Database
from queue_server.storage.errors import StorageError
from tests.queue_server.storage.conftest import parse
from tests.queue_server.storage.undoing import undone

ACTOR = ActorFacts(kind="person", name="Оʻткир", role="administrator")


def an_event(subject="shift") -> CenterEvent:
    """Return a small event."""
    return CenterEvent(
        type="person_added", at="2026-11-23T04:00:00.000Z", actor=ACTOR, subject=subject
    )


def about(ticket_id, kind) -> TicketEvent:
    """Return an event of a ticket."""
    when = "2026-11-23T04:00:00.000Z"
    facts = TicketFacts(
        id=ticket_id, number="A001", service="A01", state="waiting", language="ru",
        day="2026-11-23", issued_at=when, order_key=when, serial=1, version=1,
    )  # fmt: skip
    return TicketEvent(type=kind, at=when, actor=ACTOR, ticket=facts)


def append(database, count):
    """Append so many events, each in a transaction of its own."""
    for number in range(count):
        with database.write() as work:
            work.log.append(an_event(f"person {number}"))


def verified(database):
    """Return where the chain of a database breaks, or None."""
    with database.read() as work:
        return verify(work.log.sealed(), work.seq, work.head_hash)


def test_events_are_chained_from_the_first(database):
    """Each event carries the next seq and the hash of the one before."""
    with database.write() as work:
        assert [work.log.append(an_event()) for _ in range(3)] == [1, 2, 3]
        assert work.seq == 3
    with database.read() as work:
        events, sealed = work.log.after(0, 10), list(work.log.sealed())
        assert (work.seq, work.head_hash) == (3, sealed[-1].hash)
    assert [event["prev"] for event in events] == [GENESIS, sealed[0].hash, sealed[1].hash]
    assert verified(database) is None


def test_a_reader_goes_on_where_it_stopped(database):
    """Events after a seq come in order, no more than asked for, just as they were sealed."""
    append(database, 5)
    with database.read() as work:
        assert [event["seq"] for event in work.log.after(2, 2)] == [3, 4]
        assert work.log.after(5, 10) == []
        assert work.log.after(0, 1)[0]["actor"]["name"] == "Оʻткир"


def test_a_stretch_of_the_log_is_read_with_both_ends(database):
    """Between two seqs stand all events and no other, across the batches; past the end nothing."""
    append(database, 3)
    with database.write() as work:
        for _ in range(1100):
            work.log.append(an_event())
    with database.read() as work:
        assert [event["seq"] for event in work.log.between(2, 1050)] == list(range(2, 1051))
        assert [event["seq"] for event in work.log.between(1102, 2000)] == [1102, 1103]
        assert list(work.log.between(5, 4)) == []


def test_what_happened_to_a_ticket_is_found_by_its_id(database):
    """Its own events in order, nobody else's."""
    with database.write() as work:
        for ticket_id, kind in (("t1", "ticket_issued"), ("t2", "ticket_issued")):
            work.log.append(about(ticket_id, kind))
        work.log.append(an_event())
        work.log.append(about("t1", "ticket_called"))
    with database.read() as work:
        found = work.log.of_ticket("t1")
        assert [event["type"] for event in found] == ["ticket_issued", "ticket_called"]
        assert work.log.of_ticket("t9") == []


def test_an_undone_event_leaves_no_gap(database):
    """The next event takes the seq and the chain from the last one committed."""
    append(database, 1)
    with undone(database) as work:
        work.log.append(an_event())
    append(database, 1)
    assert verified(database) is None


def test_a_whole_log_is_read_however_long(database):
    """Verification reads in batches and misses nothing between them."""
    with database.write() as work:
        for _ in range(1203):
            work.log.append(an_event())
    with database.read() as work:
        assert [sealed.seq for sealed in work.log.sealed()] == list(range(1, 1204))
    assert verified(database) is None


def test_a_log_cut_short_is_seen(database, engine):
    """The head stands apart from the log, so a lost end is named."""
    append(database, 3)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER events_no_delete" + on_events(engine))
        connection.exec_driver_sql("DELETE FROM events WHERE seq = 3")
    assert verified(database).seq == 3


def test_a_changed_event_is_named(database, engine):
    """Whoever changes one event past the triggers is found, and which one it was."""
    append(database, 5)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER events_no_update" + on_events(engine))
        connection.exec_driver_sql(
            "UPDATE events SET body = replace(body, 'person 2', 'person 9') WHERE seq = 3"
        )
    assert verified(database).seq == 3


def test_one_flipped_byte_in_the_file_is_named(sqlite_url, tmp_path):
    """A byte changed in the file itself is found, and which event it belongs to."""
    path = tmp_path / "navbat.db"
    with closing(Database(sqlite_url, parse=parse)) as database:
        append(database, 30)
    whole = path.read_bytes()
    spot = whole.index(b'"subject":"person 16"')
    path.write_bytes(whole[:spot] + bytes([whole[spot] ^ 1]) + whole[spot + 1 :])
    with closing(Database(sqlite_url, parse=parse)) as database:
        assert verified(database).seq == 17


@pytest.mark.parametrize("seed", range(4))
def test_no_damage_to_the_file_is_more_than_a_named_event(sqlite_url, tmp_path, seed):
    """Whatever byte is damaged: verification names an event, or storage says one sentence."""
    path, chance = tmp_path / "navbat.db", random.Random(seed)
    with closing(Database(sqlite_url, parse=parse)) as database:
        append(database, 60)
    shutil.copy(path, tmp_path / "whole.db")
    whole = (tmp_path / "whole.db").read_bytes()
    events = [spot for spot in range(len(whole)) if whole.startswith(b'{"actor":', spot)]
    verdicts = []
    for _ in range(25):
        # the pages of the log do not lie together in the file
        spot = min(chance.choice(events) + chance.randrange(-300, 600), len(whole) - 1)
        path.write_bytes(whole[:spot] + bytes([whole[spot] ^ 0x41]) + whole[spot + 1 :])
        verdicts.append(verdict(sqlite_url))
    assert any(isinstance(each, Broken) for each in verdicts)
    assert all(str(each).endswith(".") for each in verdicts if isinstance(each, StorageError))


def test_an_event_that_cannot_be_read_at_all_is_named(sqlite_url, tmp_path):
    """A page of events that SQLite calls malformed ends verification at its first event."""
    path = tmp_path / "navbat.db"
    with closing(Database(sqlite_url, parse=parse)) as database:
        append(database, 60)
    whole = path.read_bytes()
    page = whole.index(b'"subject":"person 40"') // 4096 * 4096
    path.write_bytes(whole[:page] + b"\xff" * 12 + whole[page + 12 :])
    with closing(Database(sqlite_url, parse=parse)) as database:
        broken = verified(database)
    assert 1 < broken.seq <= 41


def verdict(url):
    """Return what verification finds, or what the storage says when it cannot even look."""
    try:
        with closing(Database(url, parse=parse)) as database:
            return verified(database)
    except StorageError as refused:
        return refused


def on_events(engine) -> str:
    """Return what PostgreSQL wants said when a trigger is dropped."""
    return " ON events" if engine.dialect.name == "postgresql" else ""
