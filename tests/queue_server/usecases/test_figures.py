"""What boards show beside the calls."""

from queue_server.usecases import views
from queue_server.usecases.access import SYSTEM
from queue_server.usecases.figures import of_hall
from queue_server.usecases.ports import Center
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
    assert waits["A"].high > waits["A"].low >= 0


def test_a_board_s_snapshot_names_nobody(center: Center) -> None:
    """Numbers, windows, letters and notices: no service, no category."""
    issue(center, "A02", category="disability")
    open_window(center, 1)
    shown = do(center, SYSTEM, lambda act: views.board(act, 1)).model_dump_json()
    assert "A001" in shown
    assert "disability" not in shown
    assert "A02" not in shown
