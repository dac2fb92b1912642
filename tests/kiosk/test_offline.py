from __future__ import annotations

import itertools

import pytest

from kiosk.numbers import written
from kiosk.offline import LONG, Asked, NoNumber, OwnNumbers
from kiosk.true_time import TrueTime
from printer.line_file import LineFileTaken
from printer.slip import MAX_URL_BYTES
from queue_server.contracts.asks import IssueTicket
from queue_server.contracts.devices import HandOver, LeaseOut
from tests.kiosk.machines import DAY, MORNING, Ticking
from tests.printer.full_disk import files_end_at

LEASE = LeaseOut(
    id="k1",
    first=500,
    last=999,
    secret="a-secret-of-the-center",
    url="http://192.168.10.5:8000",
    day="2026-11-23",
    used={},
)
ASKED = Asked(IssueTicket(service="A01", language="ru", category="pregnant"), "run-1")


class Kiosk:
    """A kiosk's numbers on a machine, through restarts."""

    def __init__(self, folder) -> None:
        self.folder, self.ticking = folder, Ticking()
        self.keys = itertools.count(1)
        self.begin()

    def begin(self) -> None:
        """Start the program."""
        self.time = TrueTime(self.folder, self.ticking.machine)
        self.own = OwnNumbers(self.folder, self.time)
        self.own.open()

    def restart(self) -> None:
        """Kill the program and start it again."""
        self.own.close()
        self.begin()

    def meet(self, at: float, **lease: object) -> None:
        """Reach the server at a true time."""
        self.time.heard(at, 0.0)
        self.own.learn(LEASE.model_copy(update=lease))

    def issue(self, catalogue, service: str = "A01"):
        """Issue a ticket."""
        request = IssueTicket(service=service, language="ru")
        return self.own.issue(Asked(request, f"run-{next(self.keys)}"), catalogue)


@pytest.fixture
def kiosk(tmp_path):
    """A kiosk that has met its server this morning."""
    made = Kiosk(tmp_path)
    made.meet(MORNING)
    yield made
    made.own.close()


def test_a_ticket_of_the_kiosk_s_own_is_whole(kiosk, catalogue):
    """Number, service, language, category, address; nobody could count who is ahead."""
    ticket = kiosk.own.issue(ASKED, catalogue)
    assert (ticket.number, ticket.service, ticket.state) == ("A500", "A01", "waiting")
    assert (ticket.language, ticket.category) == ("ru", "pregnant")
    assert (ticket.ahead, ticket.estimate) == (None, None)
    assert ticket.issued_at.startswith("2026-11-23T05:00:00")
    lease, _, unique = ticket.id.partition(".")
    assert (lease, len(unique)) == ("k1", 23)
    assert int(unique, 16)
    assert ticket.url == f"{LEASE.url}/t/{ticket.id}?key={ticket.key}"
    assert len(ticket.url) < MAX_URL_BYTES


def test_the_same_key_gives_the_same_ticket(kiosk, catalogue):
    """A wish that is fulfilled twice is one visitor."""
    assert kiosk.own.issue(ASKED, catalogue) == kiosk.own.issue(ASKED, catalogue)
    assert kiosk.own.waiting == 1


def test_without_a_lease_there_is_no_number(tmp_path, catalogue):
    """A kiosk that never met its server cannot issue."""
    kiosk = Kiosk(tmp_path)
    assert not kiosk.own.ready
    with pytest.raises(NoNumber) as caught:
        kiosk.issue(catalogue)
    assert caught.value.code is None
    kiosk.own.close()


def test_every_prefix_has_its_own_count(kiosk, catalogue):
    """And an end."""
    assert [kiosk.issue(catalogue, one).number for one in ("A01", "E01", "A02")] == [
        "A500",
        "E500",
        "A501",
    ]
    kiosk.meet(MORNING, last=501)
    with pytest.raises(NoNumber) as caught:
        kiosk.issue(catalogue)
    assert caught.value.code == "numbers_used_up"
    assert kiosk.issue(catalogue, "E01").number == "E501"


def test_a_service_that_nobody_knows_has_no_prefix(kiosk, catalogue):
    """It is refused as the server would."""
    with pytest.raises(NoNumber) as caught:
        kiosk.issue(catalogue, "Z99")
    assert caught.value.code == "unknown_service"


def test_a_killed_kiosk_goes_on(kiosk, catalogue):
    """Numbers, tickets and the lease are on the disk."""
    first = kiosk.issue(catalogue)
    kiosk.restart()
    assert kiosk.own.ready
    second = kiosk.issue(catalogue)
    assert (first.number, second.number) == ("A500", "A501")
    assert [one.ticket.number for one in kiosk.own.pending] == ["A500", "A501"]


def test_two_kiosks_on_one_folder_are_refused(kiosk):
    """The second says so."""
    with pytest.raises(LineFileTaken):
        Kiosk(kiosk.folder)


def test_a_kiosk_that_boots_in_1970_issues(kiosk, catalogue):
    """No time on the paper, numbers that go on, and the true time once the server is back."""
    assert kiosk.issue(catalogue).number == "A500"
    kiosk.ticking.reboot("boot-2", clock=12.0, ticks=10.0)
    kiosk.restart()
    early = kiosk.issue(catalogue)
    assert (early.number, early.issued_at) == ("A501", "")
    kiosk.ticking.pass_(600.0)
    kiosk.time.heard(MORNING + DAY, 0.0)
    first, second = kiosk.own.dated()
    assert first.issued_at.startswith("2026-11-23T05:00:00")
    assert second.issued_at[:16] in {"2026-11-24T04:49", "2026-11-24T04:50"}
    HandOver(tickets=[first, second])


def test_the_day_changes_by_the_true_clock_only(kiosk, catalogue):
    """A clock that leaps changes nothing; a night that was lived through does."""
    kiosk.issue(catalogue)
    kiosk.ticking.clock += 3 * DAY
    assert kiosk.issue(catalogue).number == "A501"
    kiosk.ticking.pass_(DAY)
    assert kiosk.issue(catalogue).number == "A500"
    kiosk.ticking.clock -= 30 * DAY
    assert kiosk.issue(catalogue).number == "A501"


def test_after_a_night_switched_off_numbers_go_on_in_doubt(kiosk, catalogue):
    """A likely clock stands on the paper, but begins no day: that takes the server."""
    kiosk.issue(catalogue)
    kiosk.ticking.reboot("boot-2", clock=MORNING + DAY)
    kiosk.restart()
    likely = kiosk.issue(catalogue)
    assert (likely.number, likely.issued_at[:10]) == ("A501", "2026-11-24")
    kiosk.meet(MORNING + DAY + 60, day="2026-11-24")
    assert kiosk.issue(catalogue).number == "A502"


@pytest.mark.parametrize(
    "leap", [3600.0, -3600.0, DAY, -DAY, 40 * DAY, -MORNING + 5, 2147483648.0 - MORNING + 9]
)
@pytest.mark.parametrize("reboot", [False, True])
@pytest.mark.parametrize("killed", [False, True])
def test_no_leap_of_the_clock_gives_a_number_twice(kiosk, catalogue, leap, reboot, killed):
    """Forth, back, to 1970 and beyond 2038, in one run or over a restart; times never run back."""
    numbers = [kiosk.issue(catalogue).number]
    if reboot:
        kiosk.ticking.reboot("boot-2", kiosk.ticking.clock + leap)
    else:
        kiosk.ticking.clock += leap
    if reboot or killed:
        kiosk.restart()
    numbers += [kiosk.issue(catalogue).number for _ in range(3)]
    assert numbers == [written("A", 500 + n) for n in range(4)]
    kiosk.ticking.pass_(30.0)
    kiosk.meet(MORNING + 600)
    times = [one.issued_at for one in kiosk.own.dated()]
    assert times == sorted(times)


def test_tickets_of_an_earlier_run_keep_their_distances(kiosk, catalogue):
    """Of two runs in 1970 the first ended before the second began."""
    kiosk.ticking.reboot("boot-2", clock=5.0, ticks=5.0)
    kiosk.restart()
    kiosk.issue(catalogue)
    kiosk.ticking.pass_(60.0)
    kiosk.issue(catalogue)
    kiosk.ticking.reboot("boot-3", clock=5.0, ticks=30.0)
    kiosk.restart()
    kiosk.time.heard(MORNING + 3600, 0.0)
    first, second = (one.issued_at for one in kiosk.own.dated())
    assert (first[:19], second[:19]) == ("2026-11-23T05:58:30", "2026-11-23T05:59:30")


def test_what_is_handed_over_is_forgotten_but_not_its_number(kiosk, catalogue):
    """A long journal is begun anew once nothing is pending."""
    for _ in range(LONG // 2 + 1):
        kiosk.issue(catalogue)
    kiosk.own.settle([one.ticket.id for one in kiosk.own.pending])
    assert kiosk.own.waiting == 0
    assert (kiosk.folder / "offline.jsonl").read_bytes().count(b"\n") == 1
    kiosk.restart()
    assert kiosk.issue(catalogue).number == f"A{500 + LONG // 2 + 1}"


def test_a_damaged_journal_skips_numbers(kiosk, catalogue, caplog):
    """A line that nobody can read may have used the next number."""
    kiosk.issue(catalogue)
    kiosk.issue(catalogue)
    kiosk.own.close()
    file = kiosk.folder / "offline.jsonl"
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(lines[0] + b"\xff" + lines[1][1:])
    kiosk.begin()
    assert kiosk.issue(catalogue).number == "A502"
    assert "damaged" in caplog.text


def test_a_disk_that_takes_nothing_gives_no_number(kiosk, catalogue):
    """What is not on the disk is not shown."""
    with files_end_at(20), pytest.raises(OSError, match="too large"):
        kiosk.issue(catalogue)
    assert kiosk.issue(catalogue).number == "A500"


def test_a_kiosk_that_is_dismissed_issues_nothing_until_it_is_known_again(kiosk, catalogue):
    """The server has taken its token back."""
    kiosk.own.bar()
    with pytest.raises(NoNumber):
        kiosk.issue(catalogue)
    kiosk.meet(MORNING)
    assert kiosk.issue(catalogue).number == "A500"


def test_the_secret_is_for_its_owner_alone(kiosk):
    """Nobody else on the machine can sign tickets."""
    assert (kiosk.folder / "lease.json").stat().st_mode & 0o077 == 0
    assert (kiosk.folder / "offline.jsonl").stat().st_mode & 0o077 == 0
