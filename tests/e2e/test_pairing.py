"""A kiosk and a board are let in by a code, work, are signed off while connected, and ask anew."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from queue_server.simulation.caller import Caller
from tests.queue_server.web.pages.live_center import LiveCenter

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0


@pytest.fixture(scope="module")
def live(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveCenter]:
    """A center that serves for the tests of this module."""
    folder = tmp_path_factory.mktemp("live") / "center"
    center = LiveCenter(Path(shutil.copytree(prepared, folder)))
    center.start()
    yield center
    center.kill()


@pytest.fixture
def administrator(live: LiveCenter) -> Caller:
    """The administrator."""
    return live.person("administrator")


def until(true: Callable[[], Any]) -> Any:
    """Wait until something is the case, and return it."""
    end, pause = time.monotonic() + PATIENCE, threading.Event()
    while not (found := true()):
        assert time.monotonic() < end, "it never came"
        pause.wait(0.1)
    return found


@pytest.mark.parametrize(
    ("kind", "module", "options"),
    [
        ("kiosk", "kiosk.app", ["--printer", "png://{folder}/slips"]),
        ("board", "display_board.app", []),
    ],
)
def test_a_device_comes_and_goes(
    live: LiveCenter,
    administrator: Caller,
    tmp_path: Path,
    kind: str,
    module: str,
    options: list[str],
) -> None:
    """Without a restart from the first code to the second one; its token is the owner's alone."""
    given = [option.format(folder=tmp_path) for option in options]
    command = (sys.executable, "-m", module, "--server", live.url)
    device = subprocess.Popen(
        [*command, "--windowed", "--size", "640x360", "--data", str(tmp_path), *given],
        cwd=ROOT,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "SDL_VIDEODRIVER": "dummy",
            "SDL_AUDIODRIVER": "dummy",
        },
        stderr=subprocess.DEVNULL,
    )
    name = f"new-{kind}"

    def waits() -> list[dict[str, Any]]:
        return [p for p in administrator.get("/pairings")["pairings"] if p["kind"] == kind]

    def card() -> dict[str, Any]:
        found = administrator.get("/devices")["devices"]
        return next((one for one in found if one["name"] == name), {})

    try:
        (wish,) = until(waits)
        approval = {"code": wish["code"], "name": name, "hall": 1}
        assert administrator.post("/pairings/approve", approval).status_code == 200
        until(lambda: card().get("seen_at"))
        (file,) = tmp_path.rglob("device.json")
        assert file.stat().st_mode & 0o777 == 0o600
        assert json.loads(file.read_text("utf-8"))["name"] == name
        reply = administrator.post(f"/devices/{name}/revoke", {"reason": "replaced"})
        assert reply.status_code == 204
        until(waits)
        assert not file.exists()
    finally:
        device.terminate()
        assert device.wait(PATIENCE) == 0
