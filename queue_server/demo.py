"""`./run demo`: a whole center on one machine, with people, devices and visitors made up."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import json
import logging
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from config import catalogue as shipped
from config.loader import FOLDER
from queue_server import bootstrap
from queue_server.bootstrap import Wiring
from queue_server.simulation import live_hall
from queue_server.simulation.world import World, of_catalogue
from queue_server.system import SteadyClock, read_secret
from queue_server.usecases import access, administration, people
from queue_server.usecases.access import SYSTEM
from queue_server.usecases.ports import Clock
from queue_server.usecases.records import Device, Person
from queue_server.voice import building, packs
from queue_server.voice.engine import NoEngine
from queue_server.web.site import DemoDevice, DemoLinks, DemoPerson

_log = logging.getLogger(__name__)
#: the server answers within this long of its start, or the demo gives up, seconds
PATIENCE: Final = 60.0
#: a process that was asked to end has so long, seconds
PARTING: Final = 4.5
SHIPPED: Final = FOLDER / "catalogue.toml"
NAMES: Final = (
    "Aziza Karimova", "Bekzod Tursunov", "Dilnoza Rahimova", "Eldor Yusupov",
    "Feruza Nazarova", "Gulnora Saidova", "Husan Aliyev", "Iroda Qodirova",
    "Jasur Ergashev", "Kamola Hamidova", "Lola Umarova", "Madina Xolmatova",
)  # fmt: skip
OTHERS: Final = (
    ("receptionist", "Nodira Sobirova"),
    ("supervisor", "Otabek Mirzayev"),
    ("controller", "Parida Joʻrayeva"),
    ("administrator", "Rustam Gʻaniyev"),
    ("analyst", "Sevara Ismoilova"),
)
#: name, kind, and a pad's window
DEVICES: Final = (
    ("kiosk-1", "kiosk", None), ("kiosk-2", "kiosk", None), ("board-1", "board", None),
    ("pad-1", "pad", 1), ("corner-1", "corner", None),
)  # fmt: skip
#: what demo.json tells of
TOLD: Final = ("kiosk", "board")


@dataclass(frozen=True, slots=True)
class Demo:
    """The demo's folder and address."""

    data: Path
    port: int

    @property
    def url(self) -> str:
        """Where the demo is found."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def slips(self) -> Path:
        """Where the virtual printer puts its slips."""
        return self.data / "slips"

    @property
    def wiring(self) -> Wiring:
        """How the demo's center is wired."""
        database = f"sqlite:///{(self.data / 'navbat.db').resolve()}"
        return Wiring(
            database,
            self.data,
            self.data / "secret",
            self.url,
            port=self.port,
            voice=self.voice,
            demo=True,
        )

    @property
    def voice(self) -> Path:
        """Where the voice packs lie: the demo makes its own, unless it is told of others."""
        return Path(os.environ.get(packs.VARIABLE) or self.data.resolve() / "voice")


def prepare(demo: Demo, clock: Clock | None = None) -> DemoLinks:
    """Make the folder, the database, the people and the devices; a second time changes nothing.

    `clock`: when it is done, instead of now.
    """
    os.umask(0o077)  # passwords and tokens lie in this folder
    demo.slips.mkdir(parents=True, exist_ok=True)
    center, database = bootstrap.open_center(demo.wiring)
    center = replace(center, clock=clock or center.clock)
    try:
        database.upgrade()
        administration.put_catalogue(center, SYSTEM, shipped.read(SHIPPED))
        found = links(demo)
        for person in found.people:
            people.add_person(
                center,
                Person(person.login, person.name, person.role, "", person.window),
                person.password,
            )
        for device in (*found.devices, station(demo)):
            known = Device(device.name, device.kind, "", device.hall, window=device.window)
            access.enrol_device(center, known, device.token)
    finally:
        database.close()
    return found


def links(demo: Demo) -> DemoLinks:
    """Return the demo's people and devices; their secrets follow from the folder's."""
    secret = read_secret(demo.data / "secret")
    clerks = [
        DemoPerson(f"clerk{n}", name, "clerk", _made(secret, f"clerk{n}", 12), n)
        for n, name in enumerate(NAMES, start=1)
    ]
    others = [DemoPerson(r, name, r, _made(secret, r, 12)) for r, name in OTHERS]
    devices = [
        DemoDevice(name, kind, _made(secret, name, 40), window=window)
        for name, kind, window in DEVICES
    ]
    token = {device.name: device.token for device in devices}
    commands = {
        "kiosk": f"./run navbat-kiosk --server {demo.url} --token {token['kiosk-1']} --windowed "
        f"--printer png://{demo.slips.resolve()} --size 540x960 --diagonal 15.6",
        "board": f"./run navbat-board --server {demo.url} --token {token['board-1']} --windowed "
        "--hall 1 --size 1280x720 --diagonal 55",
        "pad": f"./run navbat-kiosk --server {demo.url} --token {token['pad-1']} --windowed "
        "--rating --window 1 --size 1024x600 --diagonal 10",
    }
    return DemoLinks((*clerks, *others), tuple(devices), lambda: _newest(demo.slips), commands)


def station(demo: Demo) -> DemoDevice:
    """Return the print station: it prints what is issued by others than a kiosk with paper."""
    token = _made(read_secret(demo.data / "secret"), "station-1", 40)
    return DemoDevice("station-1", "station", token)


def run(demo: Demo, *, headless: bool, visitors: int, say: Callable[[str], None]) -> int:
    """Run the whole center until Ctrl-C or SIGTERM; returns the exit status."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    os.environ[packs.VARIABLE] = str(demo.voice)  # for the board's window
    found = prepare(demo)
    server, *others = _processes(demo, found, windows=not headless and _has_display())
    try:
        server.keep()
        if not _answers(demo.url, stop):
            say(f"The server did not start; {demo.data / 'server.log'} says why.")
            return int(not stop.is_set())
        for process in others:
            process.keep()
        _write(demo, found)
        _tell(demo, found, say)
        threading.Thread(target=_learn_to_speak, args=(demo.voice,), daemon=True).start()
        if visitors:
            threading.Thread(target=play, args=(demo.data, visitors), daemon=True).start()
        _keep_all((server, *others), stop)
    finally:
        _end((*others, server))
    return 0


def _learn_to_speak(folder: Path) -> None:
    """Make the voice packs, beside all else; without an engine the boards only chime."""
    try:
        building.build(folder)
    except (NoEngine, OSError) as error:
        _log.warning("the demo has no voice: %s", error, extra={"action": "voice"})


def _end(processes: Sequence[_Process]) -> None:
    for process in processes:
        process.ask_to_end()
    for process in processes:
        process.end()


def _keep_all(processes: Sequence[_Process], stop: threading.Event) -> None:
    while not stop.wait(1.0):
        for process in processes:
            process.keep()


def _processes(demo: Demo, found: DemoLinks, *, windows: bool) -> list[_Process]:
    commands = {"server": _server(demo), "station": _station(demo)}
    if windows:
        commands |= {kind: _windowed(demo, kind, found) for kind in ("kiosk", "board")}
    return [_Process(command, demo.data / f"{name}.log") for name, command in commands.items()]


def _has_display() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


class _Process:
    """A child that is started again when it dies, as systemd would; it says its piece in a file."""

    def __init__(self, command: Sequence[str], log: Path) -> None:
        self._command, self._log = command, log
        self._child: subprocess.Popen[bytes] | None = None

    def keep(self) -> None:
        if self._child is not None and self._child.poll() is None:
            return
        with self._log.open("ab") as log:
            self._child = subprocess.Popen(  # noqa: S603
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=_die_with_parent,  # noqa: PLW1509 - a single prctl, no Python state
            )

    def ask_to_end(self) -> None:
        if self._child is not None:
            self._child.terminate()

    def end(self) -> None:
        if self._child is None:
            return
        try:
            self._child.wait(PARTING)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()


def _die_with_parent() -> None:
    """Ask Linux to end this child when the demo is killed: nothing is left behind."""
    import ctypes  # noqa: PLC0415

    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def _server(demo: Demo) -> list[str]:
    return [*_own("queue_server.cli"), "serve", "--data", str(demo.data), "--port", str(demo.port)]


def _station(demo: Demo) -> list[str]:
    return [
        *_own("kiosk.app"),
        "--station",
        *("--server", demo.url),
        *("--token", station(demo).token),
        *("--printer", f"png://{demo.slips.resolve()}"),
        *("--data", str(demo.data / "station")),
    ]


def _windowed(demo: Demo, kind: str, found: DemoLinks) -> list[str]:
    module = {"kiosk": "kiosk.app", "board": "display_board.app"}[kind]
    words = found.commands[kind].split()
    return [*_own(module), *words[2:], "--data", str(demo.data / kind)]


def _own(module: str) -> list[str]:
    return [sys.executable, "-m", module]


def _answers(url: str, stop: threading.Event) -> bool:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and not stop.wait(0.1):
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=2):  # noqa: S310
                return True
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            continue
    return False


def play(data: Path, visitors: int, pace: float = 1.0) -> None:
    """Play visitors and clerks in the demo of this folder until interrupted.

    Raises FileNotFoundError when no demo runs there.
    """
    about = json.loads((data / "demo.json").read_text(encoding="utf-8"))
    clerks = {
        user["window"]: (login, user["password"])
        for login, user in about["users"].items()
        if "window" in user
    }
    token = next(d["token"] for d in about["devices"].values() if d["kind"] == "kiosk")
    world = world_of(Demo(data.resolve(), 0), visitors)
    ways_in = live_hall.Access(about["url"], token, clerks)
    with contextlib.suppress(KeyboardInterrupt):
        live_hall.play(world, ways_in, threading.Event(), SteadyClock().now, pace)


def world_of(demo: Demo, visitors: float) -> World:
    """Return the world of a demo: what its catalogue offers is asked for by so many a day."""
    center, database = bootstrap.open_center(demo.wiring)
    with contextlib.closing(database), center.read() as work:
        return of_catalogue(work.catalogues.current(), visitors)


def _write(demo: Demo, found: DemoLinks) -> None:
    """Write demo.json whole or not at all."""
    users = {
        p.login: {"password": p.password, "role": p.role}
        | ({"window": p.window} if p.window else {})
        for p in found.people
    }
    devices = {d.name: {"kind": d.kind, "token": d.token} for d in found.devices if d.kind in TOLD}
    content = {"url": demo.url, "users": users, "devices": devices}
    half = demo.data / "demo.json.half"
    half.write_text(json.dumps(content, indent=2), encoding="utf-8")
    half.rename(demo.data / "demo.json")


def _tell(demo: Demo, found: DemoLinks, say: Callable[[str], None]) -> None:
    board = next(d for d in found.devices if d.kind == "board")
    corner = next(d for d in found.devices if d.kind == "corner")
    clerk = found.people[0]
    reception = next(p for p in found.people if p.role == "receptionist")
    for line in (
        "",
        f"  Start page     {demo.url}/",
        f"  Counter panel  {demo.url}/panel      {clerk.login} / {clerk.password}",
        f"  Reception      {demo.url}/reception  {reception.login} / {reception.password}",
        f"  Board          {demo.url}/board/1?token={board.token}",
        f"  Slips          {demo.slips}",
        f"  All sign-ins   {demo.data / 'demo.json'}",
        f"  What they log  {demo.data}/*.log",
        f"  Kiosk          {found.commands['kiosk']}",
        f"  Native board   {found.commands['board']}",
        f"  Rating pad     {found.commands['pad']}",
        f"  Corner PC      {demo.url}/corner?token={corner.token}",
        "",
        "Ctrl-C stops all of it; the same folder goes on with the same day.",
    ):
        say(line)


def _newest(folder: Path) -> list[Path]:
    def age(path: Path) -> float:
        return path.stat().st_mtime

    return sorted(_pictures(folder), key=age, reverse=True)


def _pictures(folder: Path) -> Iterable[Path]:
    return folder.glob("*.png")


def _made(secret: bytes, name: str, length: int) -> str:
    """Return a password or token of the demo: the same for the same folder."""
    digest = hmac.digest(secret, f"demo:{name}".encode(), hashlib.sha512)
    return base64.b32encode(digest).decode().lower()[:length]
