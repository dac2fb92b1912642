"""`navbat-callpad` against a center that really serves: a pseudo-terminal and a pipe press keys."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import sys
import threading
import time
import tty
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from config import callpad, loader
from kiosk.callpad.cli import serve
from kiosk.callpad.pads import KeyboardPad
from queue_server.client.credentials import Credentials
from queue_server.simulation.caller import Caller
from tests.kiosk.callpad.hardware import press_of
from tests.queue_server.web.pages.live_center import LiveCenter

ROOT = Path(__file__).parents[3]
COMMAND = (sys.executable, "-m", "kiosk.callpad.cli")
PATIENCE = 20.0
SETTINGS = """
double_press_ms = 0
[signs]
ok = "+\\n"
nobody = "0\\n"
refused = "-\\n"
away = "!\\n"
"""


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


@pytest.fixture
def clerk(live: LiveCenter) -> Iterator[Caller]:
    """The clerk of window 1, which is open and where nobody is or waits."""
    live.clear()
    caller = live.person("clerk1")
    assert caller.post("/windows/1/open").status_code == 200
    yield caller
    live.clear()


def let_in(live: LiveCenter, administrator: Caller, name: str) -> str:
    """Let a call pad in at window 1 and return its token."""
    device = Caller(live.url)
    asked = device.post("/pairings", {"kind": "callpad"}).json()
    wish = {"code": asked["code"], "name": name, "hall": 1, "window": 1}
    assert administrator.post("/pairings/approve", wish).status_code == 200
    return str(device.post("/pairings/claim", {"secret": asked["secret"]}).json()["token"])


def until(true: Callable[[], Any]) -> Any:
    """Wait until something is the case, and return it."""
    end, pause = time.monotonic() + PATIENCE, threading.Event()
    while not (found := true()):
        assert time.monotonic() < end, "it never came"
        pause.wait(0.05)
    return found


class Pad:
    """A serial call pad and the program that listens to it."""

    def __init__(self, folder: Path, *options: str) -> None:
        self._closed = False
        self.ours, self._theirs = os.openpty()
        tty.setraw(self.ours)
        settings = folder / "callpad.toml"
        missing = f'token_file = "{folder / "none"}"\ndata = "{folder}"\n'
        settings.write_text(missing + SETTINGS, encoding="utf-8")
        path = os.ttyname(self._theirs)
        self.errors = folder / "errors"
        with self.errors.open("w") as errors:
            self.process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "kiosk.callpad.cli",
                    "--config",
                    str(settings),
                    "--pad",
                    f"serial://{path}",
                    *options,
                ],
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                stderr=errors,
            )

    def press(self, line: str) -> str:
        """Press a key and return the sign that comes back."""
        os.write(self.ours, f"{line}\r\n".encode())
        assert select.select([self.ours], [], [], PATIENCE)[0], "no sign came"
        return os.read(self.ours, 64).decode().strip()

    def said(self) -> str:
        """Return what the program has logged."""
        return self.errors.read_text(encoding="utf-8")

    def close(self) -> int:
        """End the program, once, and return its exit status."""
        if self._closed:
            return self.process.wait()
        self._closed = True
        self.process.terminate()
        status = self.process.wait(PATIENCE)
        os.close(self.ours)
        os.close(self._theirs)
        return status


@pytest.fixture
def plug(tmp_path: Path) -> Iterator[Callable[..., Pad]]:
    """Plug a pad in, with options of its program; it ends with the test, however that ends."""
    pads: list[Pad] = []

    def plugged(*options: str) -> Pad:
        pads.append(Pad(tmp_path, *options))
        return pads[-1]

    yield plugged
    for pad in pads:
        pad.close()


def found(pad: Pad) -> Pad:
    """Wait until the program listens."""
    until(lambda: "pad found" in pad.said())
    return pad


def test_a_clerk_works_with_the_pad_alone(
    live: LiveCenter, administrator: Caller, clerk: Caller, plug: Callable[..., Pad]
) -> None:
    """Every move of the pad, as the clerk whose shift is open, each with its sign."""
    token = let_in(live, administrator, "callpad-serial")
    first, second = live.issue("A01"), live.issue("A01")
    pad = found(plug("--server", live.url, "--token", token))

    def state(ticket: dict[str, Any]) -> str:
        return str(clerk.get(f"/tickets/{ticket['id']}")["state"])

    assert (pad.press("N"), state(first)) == ("+", "called")
    assert clerk.get("/windows/1")["ticket"]["number"] == first["number"]
    assert pad.press("R") == "+"
    assert (pad.press("S"), state(first)) == ("+", "serving")
    assert (pad.press("F"), state(first)) == ("+", "finished")
    assert (pad.press("U"), state(first)) == ("+", "serving")
    assert (pad.press("N"), state(second)) == ("+", "called")
    assert pad.press("X") == "-", "the least call time is not over"
    assert (pad.press("F"), state(second)) == ("-", "called"), "nobody has come yet"
    assert pad.press("S") == "+"
    assert (pad.press("F"), state(second)) == ("+", "finished")
    assert pad.press("N") == "0", "nobody waits"
    assert (pad.press("P"), clerk.get("/windows/1")["state"]) == ("+", "paused")
    assert (pad.press("O"), clerk.get("/windows/1")["state"]) == ("+", "open")
    assert pad.press("R") == "-", "nobody is at the window"
    assert pad.close() == 0
    events = live.person("supervisor").get("/events?after=0&limit=500")["events"]
    called = [e for e in events if e["type"] == "ticket_called"]
    assert {(e["actor"]["name"], e["ticket"]["clerk"]) for e in called} == {
        ("callpad-serial", "clerk1")
    }


def test_a_closed_window_is_refused(
    live: LiveCenter, administrator: Caller, plug: Callable[..., Pad]
) -> None:
    """A pad opens no shift: nobody would know who works."""
    token = let_in(live, administrator, "callpad-closed")
    live.clear()
    pad = found(plug("--server", live.url, "--token", token))
    assert pad.press("N") == "-"
    assert pad.press("O") == "-"
    assert pad.close() == 0


def test_a_pad_is_let_in_and_signed_off(
    live: LiveCenter, administrator: Caller, clerk: Caller, tmp_path: Path, plug: Callable[..., Pad]
) -> None:
    """It says its code in its journal, works, and after the revocation asks anew."""
    pad = plug("--server", live.url)
    until(lambda: "type this code" in pad.said())
    (wish,) = administrator.get("/pairings")["pairings"]
    assert wish["code"] in pad.said()
    approval = {"code": wish["code"], "name": "callpad-journal", "hall": 1, "window": 1}
    assert administrator.post("/pairings/approve", approval).status_code == 200
    found(pad)
    live.issue("A01")
    assert pad.press("N") == "+"
    administrator.post("/devices/callpad-journal/revoke", {"reason": "lost"})
    until(lambda: "has signed this callpad off" in pad.said())
    until(lambda: administrator.get("/pairings")["pairings"])
    assert not (tmp_path / "device.json").exists()
    assert pad.close() == 0


def test_a_keyboard_pad_works_too(
    live: LiveCenter, administrator: Caller, clerk: Caller, tmp_path: Path
) -> None:
    """The kernel's events, and a server that goes and comes while a key waits for its answer."""
    token = let_in(live, administrator, "callpad-keys")
    ticket = live.issue("A01")
    pipe = tmp_path / "event"
    os.mkfifo(pipe)
    keys = os.open(pipe, os.O_RDWR)
    settings = callpad.CallPad(server=live.url, pad=f"hid://{pipe}", patience_seconds=60)
    stopping = threading.Event()
    credentials = Credentials(live.url, tmp_path, token)

    def opening() -> KeyboardPad:
        return KeyboardPad(pipe, grab=lambda _descriptor: None)

    serving = threading.Thread(target=serve, args=(settings, credentials, opening, stopping))
    serving.start()
    os.write(keys, press_of("kpenter"))
    until(lambda: clerk.get("/windows/1")["ticket"])
    live.kill()
    os.write(keys, press_of("kp2"))
    live.start()
    again = live.person("clerk1")
    until(lambda: again.get(f"/tickets/{ticket['id']}")["state"] == "serving")
    stopping.set()
    serving.join(PATIENCE)
    assert not serving.is_alive()
    os.close(keys)


def test_a_token_of_another_device_is_refused(live: LiveCenter, plug: Callable[..., Pad]) -> None:
    """With a sentence that says what to do."""
    token = next(d.token for d in live._links.devices if d.kind == "kiosk")
    pad = plug("--server", live.url, "--token", token)
    assert pad.process.wait(PATIENCE) == 1
    assert "no call pad of a window" in pad.said()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [('[keys]\nkp1 = "nxt"\n', "did you mean 'next'?"), ('pad = "x"\n', "hid:///dev/input")],
)
def test_a_mistake_in_the_file_is_a_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    """Exit status 1, no traceback."""
    file = tmp_path / "callpad.toml"
    file.write_text(text, encoding="utf-8")
    done = subprocess.run(
        [*COMMAND, "--config", str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_the_shipped_settings_are_taken() -> None:
    """The reference file can be copied as it is."""
    assert callpad.load(loader.FOLDER / "callpad.toml").keys["kpenter"] == "next"
