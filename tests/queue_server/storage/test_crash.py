import subprocess
import sys
from pathlib import Path

from queue_server.domain.ledger import verify
from tests.factories import DAY
from tests.queue_server.storage.hall import issue

ROOT = Path(__file__).resolve().parents[3]
#: acknowledged tickets after which a writer is killed
MOMENTS = (1, 17, 40)


def killed_writer(url, after) -> list[int]:
    """Run a writer, kill it after so many tickets, and return what it had acknowledged."""
    writer = subprocess.Popen(
        [sys.executable, "-m", "tests.queue_server.storage.writer_process", url],
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    assert writer.stdout is not None
    with writer.stdout as said:
        heard = [next(said) for _ in range(after)]
        writer.kill()
        heard += list(said)
    writer.wait()
    return [int(line) for line in heard if line.endswith(b"\n")]


def test_nothing_acknowledged_is_lost_in_a_crash(url, open_database):
    """Killed in the midst of its load, a writer leaves all that it said, whole and without gaps."""
    acknowledged = []
    for after in MOMENTS:
        acknowledged += killed_writer(url, after)
        database = open_database()
        with database.read() as work:
            kept = sorted(t.count for t in work.tickets.recent(DAY, 100_000))
            assert verify(work.log.sealed(), work.seq, work.head_hash) is None
            assert work.seq == len(kept)
        assert kept == list(range(1, len(kept) + 1))
        assert set(acknowledged) <= set(kept)
        assert len(kept) - len(acknowledged) <= MOMENTS.index(after) + 1
    assert issue(database) == len(kept) + 1
