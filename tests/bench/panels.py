"""How soon a clerk's Next is answered while forty counter panels and a floor page are open."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from queue_server import bootstrap, demo
from queue_server.simulation.caller import Caller
from queue_server.usecases import access
from queue_server.usecases.records import Device
from tests.bench.over_sockets import Boards
from tests.bench.servers import center, percentile

PANELS, WINDOWS, WAITING = 40, 12, 300
PRESSES, PAUSE = 25, 1.0
TOKEN = "a-panel-of-the-bench"


def report(folder: Path, say: Callable[[str], None]) -> None:
    """Print how long presses of twelve clerks take, each about once a second."""
    place = folder / "panels"
    with center(place) as (url, links, _):
        opened, database = bootstrap.open_center(demo.Demo(place, 1).wiring)
        access.enrol_device(opened, Device("bench", "callpad", ""), TOKEN)
        database.close()
        kiosk = Caller(url, next(d.token for d in links.devices if d.kind == "kiosk"))
        services = [s["id"] for g in kiosk.get("/catalogue")["groups"] for s in g["services"]]
        for n in range(WAITING):
            kiosk.post("/tickets", {"service": services[n % len(services)], "paper": "own"})
        clerks = [_clerk(url, person.login, person.password) for person in links.people[:WINDOWS]]
        child = subprocess.Popen(
            [sys.executable, __file__, url, TOKEN], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        assert child.stdout.readline().strip() == "ready"
        times = _press(clerks)
        child.terminate()
        child.wait(10)
        say(
            f"  {PANELS} panels, {WINDOWS} clerks: Next p50 {1e3 * percentile(times, 0.5):.0f} ms, "
            f"p95 {1e3 * percentile(times, 0.95):.0f} ms, of {len(times)}"
        )


def _clerk(url: str, login: str, password: str) -> tuple[Caller, int]:
    clerk, window = Caller(url), int(login.removeprefix("clerk"))
    clerk.sign_in(login, password)
    clerk.post(f"/windows/{window}/open")
    return clerk, window


def _press(clerks: list[tuple[Caller, int]]) -> list[float]:
    times: list[float] = []

    def work(clerk: Caller, window: int, first: float) -> None:
        threading.Event().wait(first)
        for _ in range(PRESSES):
            began = time.monotonic()
            clerk.post(f"/windows/{window}/next")
            times.append(time.monotonic() - began)
            threading.Event().wait(PAUSE)

    threads = [
        threading.Thread(target=work, args=(clerk, window, PAUSE * window / WINDOWS))
        for clerk, window in clerks
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


if __name__ == "__main__":
    panels = [{"topic": f"window.{n % WINDOWS + 1}"} for n in range(PANELS)]
    Boards(sys.argv[1], sys.argv[2], panels).run(
        10**9,
        lambda: print("ready", flush=True),  # noqa: T201
    )
