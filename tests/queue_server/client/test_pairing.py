"""The device's side of being let in, against a scripted server."""

from __future__ import annotations

import json
import stat
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from queue_server.client.http import Client
from queue_server.client.pairing import (
    FILE,
    Admitted,
    Rhythm,
    Standing,
    Watch,
    forget,
    keep,
    kept,
    let_in,
)
from queue_server.contracts.pairing import PlaceOut

PATIENCE = 10.0
BEAT = Rhythm(away=0.01, refused=0.01, look=0.01)
ME = Admitted("http://queue.example", "secret", "kiosk-9", "kiosk", 2)
CODE = {"code": "K7QM-2RXT", "secret": "s" * 43, "expires_at": "x", "poll_seconds": 0.01}
WAITING = (202, {"state": "waiting"})
APPROVED = (
    200,
    {"state": "approved", "token": "t", "name": "kiosk-9", "kind": "kiosk", "hall": 2},
)
OVER = (409, {"title": "x", "status": 409, "code": "pairing_over", "detail": "x"})


class Script(BaseHTTPRequestHandler):
    """Answers each path with its answers one after another; the last one repeats."""

    protocol_version = "HTTP/1.1"
    answers: dict[str, list[tuple[int, Any]]]
    seen: list[tuple[str, Any]]

    def do_GET(self) -> None:
        """Answer a GET."""
        self._answer(None)

    def do_POST(self) -> None:
        """Answer a POST."""
        self._answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def _answer(self, body: Any) -> None:
        self.seen.append((self.path, body))
        assert self.headers["Authorization"] in (None, "Bearer t")
        answers = self.answers[self.path]
        status, told = answers.pop(0) if len(answers) > 1 else answers[0]
        raw = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)


@pytest.fixture
def script() -> Iterator[type[Script]]:
    """A server whose answers the test writes; `script.url` is its address."""
    kind = type("Written", (Script,), {"answers": {}, "seen": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    kind.url = f"http://127.0.0.1:{server.server_port}"
    yield kind
    server.shutdown()
    thread.join()
    server.server_close()


def asked_in(script: type[Script]) -> tuple[Admitted | None, list[Standing]]:
    """Let a kiosk ask, and return what it became and what it showed meanwhile."""
    shown: list[Standing] = []
    found = let_in(script.url, "kiosk", shown.append, threading.Event(), BEAT)
    return found, shown


def test_a_device_shows_its_code_until_it_is_let_in(script: type[Script]) -> None:
    """Then it knows its token, its name and its place."""
    script.answers = {
        "/api/v1/pairings": [(201, CODE)],
        "/api/v1/pairings/claim": [WAITING, WAITING, APPROVED],
    }
    found, shown = asked_in(script)
    assert found == Admitted(script.url, "t", "kiosk-9", "kiosk", 2)
    assert shown == [Standing("asking"), Standing("shown", "K7QM-2RXT")]
    assert script.seen[0] == ("/api/v1/pairings", {"kind": "kiosk"})


def test_a_new_code_comes_by_itself(script: type[Script]) -> None:
    """The first one has run out."""
    second = {**CODE, "code": "AAAA-BBBB"}
    script.answers = {
        "/api/v1/pairings": [(201, CODE), (201, second)],
        "/api/v1/pairings/claim": [OVER, APPROVED],
    }
    found, shown = asked_in(script)
    assert found is not None
    assert [one.code for one in shown] == ["", "K7QM-2RXT", "", "AAAA-BBBB"]


def test_a_refused_device_says_so_and_asks_again(script: type[Script]) -> None:
    """An administrator may have meant another one."""
    script.answers = {
        "/api/v1/pairings": [(201, CODE)],
        "/api/v1/pairings/claim": [(200, {"state": "refused"}), APPROVED],
    }
    found, shown = asked_in(script)
    assert found is not None
    assert Standing("refused") in shown


def test_a_server_that_is_away_is_waited_for(script: type[Script]) -> None:
    """The code stays on the screen, with a word about the server."""
    script.answers = {
        "/api/v1/pairings": [(503, {}), (201, CODE)],
        "/api/v1/pairings/claim": [(500, {}), WAITING, APPROVED],
    }
    found, shown = asked_in(script)
    assert found is not None
    assert shown == [
        Standing("asking"),
        Standing("asking", away=True),
        Standing("shown", "K7QM-2RXT"),
        Standing("shown", "K7QM-2RXT", away=True),
        Standing("shown", "K7QM-2RXT"),
    ]


def test_who_is_told_to_stop_asks_no_more(script: type[Script]) -> None:
    """Nothing comes of it."""
    stopping = threading.Event()
    stopping.set()
    assert let_in(script.url, "kiosk", lambda _standing: None, stopping, BEAT) is None
    assert script.seen == []


def test_the_token_is_kept_for_its_owner_alone(tmp_path: Path) -> None:
    """Whole, in a folder that may not be there yet, and for this server only."""
    folder = tmp_path / "data"
    keep(folder, ME)
    assert stat.S_IMODE((folder / FILE).stat().st_mode) == 0o600
    assert [each.name for each in folder.iterdir()] == [FILE]
    assert kept(folder, ME.server) == ME
    assert kept(folder, "http://elsewhere.example") is None
    forget(folder)
    forget(folder)
    assert kept(folder, ME.server) is None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"token": "x"}', '{"server": 1, "x": 2}'])
def test_what_cannot_be_read_counts_as_nothing(tmp_path: Path, text: str) -> None:
    """The device is then let in anew."""
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    assert kept(tmp_path, ME.server) is None


def test_a_device_notices_that_it_was_signed_off(script: type[Script]) -> None:
    """A server that is away for a while is no such thing; a 401 is."""
    refused = {"title": "x", "status": 401, "code": "not_signed_in", "detail": "x"}
    here = {"name": "kiosk-9", "kind": "kiosk", "hall": 2, "window": None}
    script.answers = {"/api/v1/device": [(200, here), (503, {}), (200, here), (401, refused)]}
    off = threading.Event()
    watch = Watch(Client(script.url, "t"), signed_off=off.set, rhythm=BEAT)
    watch.start()
    assert off.wait(PATIENCE)
    assert len(script.seen) == 4


def test_a_device_notices_that_it_has_moved(script: type[Script]) -> None:
    """It is told its new place, once."""
    here = {"name": "pad-1", "kind": "pad", "hall": 1, "window": 1}
    there = {**here, "window": 2}
    script.answers = {"/api/v1/device": [(200, here), (200, there)]}
    told: list[PlaceOut] = []
    moved = threading.Event()

    def on_move(place: PlaceOut) -> None:
        """Note the place."""
        told.append(place)
        moved.set()

    watch = Watch(Client(script.url, "t"), signed_off=lambda: None, moved=on_move, rhythm=BEAT)
    watch.start()
    assert moved.wait(PATIENCE)
    watch.stop()
    assert [place.window for place in told] == [2]
