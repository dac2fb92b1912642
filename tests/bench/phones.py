"""What a thousand phones on their ticket pages cost the server."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable
from pathlib import Path

from queue_server.simulation.caller import Caller
from tests.bench.over_sockets import Boards
from tests.bench.servers import center, cpu

PHONES = 1000
#: tickets that wait; several phones look at each
WAITING = 150
SECONDS = 20.0
#: a page looks again so often on average: every 20, 30 or 60 s, by its place in line
EVERY = 40.0


def report(folder: Path, say: Callable[[str], None]) -> None:
    """Print the server's share of a core, while windows call somebody every second."""
    with center(folder / "phones") as (url, links, pid):
        kiosk = Caller(url, next(d.token for d in links.devices if d.kind == "kiosk"))
        clerk = Caller(url)
        clerk.sign_in(links.people[0].login, links.people[0].password)
        clerk.post("/windows/1/open")
        tickets = [_issued(kiosk) for _ in range(WAITING)]
        held = [tickets[i % WAITING] for i in range(PHONES)]
        child = subprocess.Popen(
            [sys.executable, __file__, url, json.dumps(held)], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        assert child.stdout.readline().strip() == "ready"
        before = cpu(pid)
        for _ in range(int(SECONDS)):
            clerk.post("/windows/1/next")
            threading.Event().wait(1.0)
        share = 100 * (cpu(pid) - before) / SECONDS
        child.terminate()
        child.wait(10)
        say(f"  {PHONES} phones, {PHONES / EVERY:.0f} looks/s, 1 call/s: {share:.1f} % of a core")


def _issued(kiosk: Caller) -> tuple[str, str]:
    ticket = kiosk.post("/tickets", {"service": "A02", "paper": "own"}).json()
    return ticket["id"], ticket["key"]


def _look(url: str, held: list[tuple[str, str]]) -> None:
    """Read one ticket after another, as the pages do between their calls."""
    for id_, key in held * 100:
        with urllib.request.urlopen(f"{url}/api/v1/tickets/{id_}?key={key}", timeout=10) as reply:
            reply.read()
        threading.Event().wait(EVERY / PHONES)


if __name__ == "__main__":
    address, pairs = sys.argv[1], [tuple(one) for one in json.loads(sys.argv[2])]
    wishes = [{"topic": f"ticket.{id_}", "key": key} for id_, key in pairs]
    phones = Boards(address, None, wishes)
    threading.Thread(target=_look, args=(address, pairs), daemon=True).start()
    phones.run(10**9, lambda: print("ready", flush=True))  # noqa: T201
