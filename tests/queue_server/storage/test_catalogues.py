import pytest

from queue_server.storage.database import Database
from tests.factories import at
from tests.queue_server.storage.undoing import undone


def test_before_the_first_import_there_is_none(database):
    """A new center has no catalogue, and says so."""
    with database.read() as work:
        assert work.catalogue_version == 0
        with pytest.raises(LookupError, match="import one"):
            work.catalogues.current()


def test_the_newest_catalogue_is_in_force(database):
    """A catalogue is in force from its own transaction on."""
    for version, code in enumerate(("ONE", "TWO"), start=1):
        with database.write() as work:
            assert work.catalogues.add({"code": code}, "admin", at(0)) == version
            assert work.catalogues.current().code == code
        with database.read() as work:
            assert work.catalogue_version == version
            assert work.catalogues.current().code == code
            assert work.catalogues.document() == {"code": code}


def test_an_undone_catalogue_never_was(database):
    """What was parsed in an undone transaction is not served after it."""
    for code in ("ONE", "TWO"):
        with undone(database) as work:
            work.catalogues.add({"code": code}, "admin", at(0))
    with database.write() as work:
        work.catalogues.add({"code": "THREE"}, "admin", at(0))
    with database.read() as work:
        assert work.catalogues.current().code == "THREE"


def test_a_document_that_cannot_be_parsed_is_not_kept(database):
    """The database holds only catalogues that can be read again."""
    with pytest.raises(KeyError), database.write() as work:
        work.catalogues.add({"no": "code"}, "admin", at(0))
    with database.read() as work:
        assert work.catalogue_version == 0


def test_a_catalogue_is_parsed_once(url):
    """However often the catalogue is asked for, its document is parsed once."""
    parsed = []
    database = Database(url, parse=lambda document: parsed.append(document) or document)
    with database.write() as work:
        work.catalogues.add({"code": "ONE"}, "admin", at(0))
    parsed.clear()
    for _ in range(3):
        with database.read() as work:
            work.catalogues.current()
    database.close()
    assert len(parsed) == 1


def test_another_process_brings_a_new_catalogue(database, open_database):
    """A catalogue imported by another process is in force here at once."""
    other = open_database()
    for code in ("ONE", "TWO"):
        with other.write() as work:
            work.catalogues.add({"code": code}, "admin", at(0))
        with database.read() as work:
            assert work.catalogues.current().code == code
