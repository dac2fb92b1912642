"""The same question put to a real center: days lived through its use cases, its log read outside.

What the center says of itself (`GET /api/v1/estimates`) stands beside what a script without any
code of ours makes of `GET /api/v1/events`.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from config import catalogue as catalogue_file
from queue_server import demo
from queue_server.domain import catalogue_document
from queue_server.simulation import past_days
from queue_server.simulation.caller import Caller
from queue_server.simulation.center_hall import SimulatedClock
from queue_server.simulation.past_days import Plan
from queue_server.system import SteadyClock
from tests.bench import servers

SCRIPT = Path(__file__).parents[2] / "docs" / "check_estimates.py"
VISITORS = 440
_DAY = timedelta(days=1)


def report(folder: Path, say: Callable[[str], None], *, quick: bool = False) -> None:
    """Print what the center and the script say of each day."""
    home = folder / "lived"
    plan = Plan(days=1 if quick else 3, visitors=VISITORS)
    made = demo.Demo(home, 8000)
    offered = catalogue_document.parse(catalogue_file.read(demo.SHIPPED))
    began = past_days.before(offered, plan, SteadyClock().now())
    links = demo.prepare(made, SimulatedClock(began))
    past_days.write(made.wiring, plan, lambda line: say(f"  {line}"))
    person = next(p for p in links.people if p.role == "supervisor")
    with servers.center(home) as (url, _, _):
        supervisor = Caller(url)
        supervisor.sign_in(person.login, person.password)
        first, last = (f"{day:%Y-%m-%d}" for day in (began + _DAY, SteadyClock().now()))
        for day in supervisor.get(f"/estimates?from={first}&to={last}")["days"]:
            say(_own(day))
        command = [sys.executable, str(SCRIPT), url, person.login, person.password]
        read = subprocess.run(command, capture_output=True, text=True, check=True)
    for line in read.stdout.splitlines():
        say(f"  {line}  (outside)")


def _own(day: dict[str, Any]) -> str:
    f = day["figures"]
    return (
        f"  {day['day']} n={f['n']} ours={f['error_minutes']:.3f} bias={f['bias_minutes']:.3f}"
        f" inside={f['inside']:.3f} kept={f['kept']:.3f} late={f['late']:.3f}  (the center)"
    )
