"""A small real server of one hall: the contract's Socket.IO protocol, the board page, and faults.

It runs as a process of its own, so that a test may kill it, stop it in its tracks and start it
again. Its log is a file, which survives that. `python -m tests.socket_hall PORT LOG` serves.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import requests
from flask import Flask, Response, abort, jsonify, render_template, request
from flask_socketio import SocketIO, join_room

from config import tokens
from config.languages import LANGUAGES
from config.wording import Wording
from queue_server.contracts.catalogue import CatalogueOut

ROOT = Path(__file__).parent.parent
TOKEN = "board-token"
TOPIC = "hall.1"
NAMES = {
    "uz-Latn": "Namuna tumani davlat xizmatlari markazi",
    "uz-Cyrl": "Намуна тумани давлат хизматлари маркази",
    "ru": "Центр государственных услуг Образцового района",
    "kaa": "Úlgi rayonı mámleketlik xızmetler orayı",
    "en": "Namuna District Public Service Center",
}
#: as queue_server/web/pages/rendering.py sends it
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self' ws: wss:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)


def call(number: str, window: int, at: str = "2026-11-22T05:42:00.000Z", **facts: Any) -> dict:
    """Return the event of a call, without its seq."""
    return {
        "v": 1,
        "type": "ticket_called",
        "at": at,
        "number": number,
        "window": window,
        "language": "uz-Latn",
        "called_at": at,
        "recalls": 0,
        "at_window": True,
        **facts,
    }


class SocketHall:
    """The server's process, as a test holds it."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._log = folder / "hall.jsonl"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Serve, with the log as it is; returns once it answers."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.socket_hall", str(self.port), str(self._log)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert self._process.stdout is not None
        assert any(line.strip() == b"ready" for line in self._process.stdout), "it did not start"

    def kill(self) -> None:
        """End it without a word, as a power cut would."""
        if self._process is not None:
            self._process.send_signal(signal.SIGCONT)
            self._process.kill()
            self._process.wait(10)
            assert self._process.stdout is not None
            self._process.stdout.close()
            self._process = None

    def freeze(self) -> None:
        """Stop it in its tracks: its connections stay open and silent."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def forget(self) -> None:
        """Serve as if nothing had happened yet, wherever a test has left it."""
        if self._process is None:
            self._log.unlink(missing_ok=True)
            self.start()
        else:
            self.thaw()
            requests.post(f"{self.url}/control/forget", timeout=30).raise_for_status()

    def publish(self, *events: dict[str, Any], drop: bool = False) -> int:
        """Log the events and send them, or drop them on the way; returns the last one's seq."""
        answer = requests.post(
            f"{self.url}/control/publish", json={"events": events, "drop": drop}, timeout=10
        )
        return int(answer.json()["seq"])

    def restore(self, seq: int) -> None:
        """Forget every event after `seq`, as a restored backup has; only while it is down."""
        lines = self._log.read_text().splitlines(keepends=True)
        self._log.write_text("".join(lines[:seq]))

    def refuse(self, *, polls: bool = False, sockets: bool = False) -> None:
        """Refuse new sockets, or polls of the board, until told otherwise."""
        wish = {"polls": polls, "sockets": sockets}
        requests.post(f"{self.url}/control/refuse", json=wish, timeout=10)

    def subscriptions(self) -> list[dict[str, Any]]:
        """Return every subscription since it was started."""
        return requests.get(f"{self.url}/control/subscriptions", timeout=10).json()


@contextlib.contextmanager
def running(folder: Path) -> Iterator[SocketHall]:
    """Serve for as long as the block runs."""
    hall = SocketHall(folder)
    try:
        hall.start()
        yield hall
    finally:
        hall.kill()


class _Hall:
    """The server's side: a log, and who is at which window."""

    def __init__(self, log: Path) -> None:
        self.lock = threading.RLock()
        self.log = log
        self.events: list[dict[str, Any]] = []
        self.asked: list[dict[str, Any]] = []
        self.refused = {"polls": False, "sockets": False}
        if log.exists():
            self.events = [json.loads(line) for line in log.read_text().splitlines()]

    @property
    def seq(self) -> int:
        return len(self.events)

    def forget(self) -> None:
        self.events, self.asked = [], []
        self.refused = {"polls": False, "sockets": False}
        self.log.unlink(missing_ok=True)

    def append(self, event: dict[str, Any]) -> dict[str, Any]:
        event = {**event, "seq": self.seq + 1, "topic": TOPIC, "prev": self.seq}
        self.events.append(event)
        with self.log.open("a") as file:
            file.write(json.dumps(event) + "\n")
        return event

    def snapshot(self) -> dict[str, Any]:
        rows: list[dict[str, Any]] = []
        for event in self.events:
            if "number" in event:
                rows = [row for row in rows if row["number"] != event["number"]]
                rows = [event, *rows] if event["at_window"] else rows
        fields = ("number", "window", "called_at", "recalls", "language")
        calls = [{name: row[name] for name in fields} for row in rows]
        return {"seq": self.seq, "hall": 1, "calls": calls, "windows": [1, 2, 3]}


def _serve(port: int, log: Path) -> None:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    web = ROOT / "queue_server" / "web"
    app = Flask("socket_hall", template_folder=web / "templates", static_folder=web / "static")
    io = SocketIO(app, async_mode="threading", ping_interval=10, ping_timeout=8)
    hall = _Hall(log)
    _sockets(io, hall)
    _pages(app, hall)
    _controls(app, io, hall)
    threading.Timer(0.0, _say_ready, [port]).start()
    io.run(app, "127.0.0.1", port, allow_unsafe_werkzeug=True)


def _say_ready(port: int) -> None:
    for _ in range(500):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            sys.stdout.write("ready\n")
            sys.stdout.flush()
            return
        threading.Event().wait(0.02)


def _sockets(io: SocketIO, hall: _Hall) -> None:
    @io.on("connect")
    def connect(auth: Any = None) -> bool:
        return (auth or {}).get("token") == TOKEN and not hall.refused["sockets"]

    @io.on("subscribe")
    def subscribe(wish: dict[str, Any]) -> dict[str, Any]:
        with hall.lock:
            hall.asked.append(wish)
            if wish["topic"] != TOPIC:
                return {"ok": False, "code": "unknown", "detail": "There is no such topic."}
            join_room(TOPIC)
            after = wish.get("after")
            if after is None or after > hall.seq:
                io.emit("snapshot", {**hall.snapshot(), "topic": TOPIC}, to=request.sid)
            else:
                for event in hall.events[after:]:
                    io.emit("event", event, to=request.sid)
            return {"ok": True, "seq": hall.seq}


def _pages(app: Flask, hall: _Hall) -> None:
    wording = Wording.load()

    @app.get("/board/<int:number>")
    def board(number: int) -> str:
        name = request.args.get("name")
        return render_template(
            "board/board.html",
            language="uz-Latn",
            languages=LANGUAGES,
            hall=number,
            token=request.args.get("token", ""),
            center_names=dict.fromkeys(NAMES, name) if name else NAMES,
            timezone="Asia/Tashkent",
            texts={tag: wording.section("board", tag) for tag in LANGUAGES},
        )

    @app.get("/static/tokens.css")
    def css() -> Response:
        return Response(tokens.css(tokens.load()), mimetype="text/css")

    @app.get("/api/v1/boards/<int:number>")
    def snapshot(number: int) -> Response:
        if hall.refused["polls"] or request.headers.get("Authorization") != f"Bearer {TOKEN}":
            abort(HTTPStatus.UNAUTHORIZED)
        with hall.lock:
            return jsonify(hall.snapshot())

    @app.get("/api/v1/catalogue")
    def catalogue() -> Response:
        facts = {"version": 1, "code": "DEMO", "name": NAMES, "timezone": "Asia/Tashkent"}
        lists = {name: [] for name in ("groups", "windows", "categories", "not_required")}
        answer = CatalogueOut(**facts, languages=list(LANGUAGES), **lists)
        return Response(answer.model_dump_json(), mimetype="application/json")

    @app.after_request
    def protect(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = POLICY
        return response


def _controls(app: Flask, io: SocketIO, hall: _Hall) -> None:
    @app.post("/control/publish")
    def publish() -> Response:
        wish = request.get_json()
        with hall.lock:
            for event in wish["events"]:
                logged = hall.append(event)
                if not wish["drop"]:
                    io.emit("event", logged, to=TOPIC)
            return jsonify({"seq": hall.seq})

    @app.post("/control/forget")
    def forget() -> Response:
        with hall.lock:
            hall.forget()
        return jsonify({})

    @app.post("/control/refuse")
    def refuse() -> Response:
        hall.refused = request.get_json()
        return jsonify({})

    @app.get("/control/subscriptions")
    def subscriptions() -> Response:
        return jsonify(hall.asked)


if __name__ == "__main__":
    _serve(int(sys.argv[1]), Path(sys.argv[2]))
