"""What boards show beside the calls."""

from datetime import date, timedelta

import pytest

from queue_server.usecases import views
from queue_server.usecases.access import SYSTEM
from queue_server.usecases.figures import of_hall
from queue_server.usecases.foreseen import KeptWord
from queue_server.usecases.ports import Center
from tests.conftest import HandClock
from tests.queue_server.usecases.foretelling import Teller, foreseeing, minutes, teaching
from tests.queue_server.usecases.people import do, issue, open_window


def test_who_is_next_follows_the_rule(center: Center) -> None:
    """The open windows' next ones are named in their order, the closed windows' are not."""
    issue(center, "A02")
    issue(center, "A02")
    issue(center, "E01")
    open_window(center, 1)
    assert do(center, SYSTEM, lambda act: of_hall(act, 1)).next == ("A001",)


def test_waits_are_told_by_letter(center: Center) -> None:
    """How many wait under each letter, and a range in minutes."""
    issue(center, "A02")
    issue(center, "A03")
    waits = {one.prefix: one for one in do(center, SYSTEM, lambda act: of_hall(act, 1)).waits}
    assert waits["A"].waiting == 2
    assert waits["E"].waiting == 0
    assert (waits["A"].high or 0) > (waits["A"].low or 0) >= 0


def test_a_board_s_snapshot_names_nobody(center: Center) -> None:
    """Numbers, windows, letters and notices: no service, no category."""
    issue(center, "A02", category="disability")
    open_window(center, 1)
    shown = do(center, SYSTEM, lambda act: views.board(act, 1)).model_dump_json()
    assert "A001" in shown
    assert "disability" not in shown
    assert "A02" not in shown


def test_what_was_foreseen_stands_on_the_board(center: Center) -> None:
    """The letter's longest wait; of a letter that no open window takes, how many wait alone."""
    open_window(center, 1)
    with center.read() as work:
        catalogue = work.catalogues.current()
    mine = {catalogue.service(s).group for s in catalogue.window(1).takes}
    seeing = foreseeing(center, Teller({"A02": minutes(41)}))
    waits = {one.prefix: one for one in do(seeing, SYSTEM, lambda act: of_hall(act, 1)).waits}
    assert (waits["A"].low, waits["A"].high) == (35, 50)
    assert {prefix for prefix, one in waits.items() if one.low is None} == set(waits) - mine


@pytest.mark.parametrize(("days", "says"), [(1, "Yesterday 92 %"), (3, "On 20.11.2026, 92 %")])
def test_everybody_may_read_how_well_the_word_was_kept(
    center: Center, days: int, says: str
) -> None:
    """Beside the center's own notices, in every language; yesterday is called so."""
    kept = KeptWord(date(2026, 11, 23) - timedelta(days=days), 92)
    seeing = foreseeing(center, learn=teaching(kept=kept))
    *_, line = do(seeing, SYSTEM, lambda act: of_hall(act, 1)).notices
    assert line.texts["en"].startswith(says)
    assert len(line.texts) == 5
    assert all("92" in text and "{" not in text for text in line.texts.values())


def test_an_old_word_is_not_yesterday_s(center: Center, clock: HandClock) -> None:
    """What was learned on another day is not said of this one."""
    kept = KeptWord(date(2026, 11, 22), 92)
    seeing = foreseeing(center, learn=teaching(kept=kept))
    plain = do(center, SYSTEM, lambda act: of_hall(act, 1)).notices
    clock.pass_(days=1)
    assert do(seeing, SYSTEM, lambda act: of_hall(act, 1)).notices == plain
