"""`./run bench`: how fast, beside the limit of this machine in the same run.

Prints ratios; absolute figures only say which machine it was. Nothing here asserts.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.bench import (
    forecast,
    in_process,
    over_http,
    over_sockets,
    panels,
    phones,
    predict,
    predict_center,
    reports,
)

#: tickets of history
HISTORY = (1_000, 100_000, 1_000_000)
CLIENTS = (1, 4, 16)
BOARDS = (1, 50, 200)


def main() -> None:
    """Run every part, or only what foresees, in a folder that is thrown away."""
    quick = "--quick" in sys.argv
    if "predict" not in sys.argv:
        _speed(quick=quick)
    _say("Expected waits, on the reference simulator")
    predict.report(_say, quick=quick)
    _say("\nForecasts of days, and windows needed")
    forecast.run(quick)
    _say(f"\nExpected waits in a real center of {predict_center.VISITORS} visitors a day")
    with tempfile.TemporaryDirectory(prefix="navbat-bench-") as name:
        predict_center.report(Path(name), _say, quick=quick)


def _speed(*, quick: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="navbat-bench-") as name:
        folder = Path(name)
        _say("In process, one thread (share of the durable commits/s of the same SQLite)")
        in_process.report(folder, HISTORY[:2] if quick else HISTORY, _say)
        _say("\nOver HTTP (share of bare Flask through the same server)")
        over_http.report(folder, CLIENTS, _say)
        _say("\nFrom the click to the boards")
        over_sockets.report(folder, BOARDS if quick else (*BOARDS, 1000), _say)
        _say("\nPhones on the ticket page")
        phones.report(folder, _say)
        _say("\nAt the windows")
        panels.report(folder, _say)
        _say("\nReports (a busy center's day, and its year on SQLite)")
        reports.report(folder, _say)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
