from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from queue_server.client.http import Client, ServerAway, ServerRefused, Timeout
from queue_server.contracts.asks import IssueTicket

TICKET = {
    "id": "1a2b",
    "number": "A042",
    "service": "A01",
    "state": "waiting",
    "category": None,
    "language": "ru",
    "needs": [],
    "issued_at": "2026-11-23T04:41:10Z",
    "window": None,
    "legs": [{"service": "A01", "state": "to_come"}],
    "ahead": 3,
    "estimate": {"low": 5, "high": 15, "text": "5–15 мин"},
    "key": "k",
    "url": "http://192.0.2.1/t/1a2b?key=k",
    "version": 1,
    "called_at": None,
    "recalls": 0,
    "since": "2026-11-23T04:41:10Z",
    "copies": 0,
}
CATALOGUE = {
    "version": 1,
    "code": "DEMO",
    "name": {"ru": "Центр"},
    "timezone": "Asia/Tashkent",
    "languages": ["ru"],
    "groups": [],
    "windows": [],
    "categories": [],
    "not_required": [],
}
PROBLEM = {
    "title": "Not found",
    "status": 404,
    "code": "unknown_service",
    "detail": "There is no service 'Z01'.",
    "field": "service",
}
ORDER = IssueTicket(service="A01", language="ru", paper="own")
QUICK = Timeout(connect=5.0, read=0.3)


class Answers(BaseHTTPRequestHandler):
    """Plays the scripted answers one after another; the last one repeats."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer by the script."""
        length = int(self.headers.get("Content-Length", 0))
        self.server.heard.append((self.path, dict(self.headers), self.rfile.read(length)))
        script = self.server.script
        (script.pop(0) if len(script) > 1 else script[0])(self)

    do_POST = do_GET  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Say nothing."""


Answer = Callable[[Answers], None]


def says(status: int, content: object, kind: str = "application/json") -> Answer:
    """Return an answer of JSON, or of bytes as they are."""
    data = content if isinstance(content, bytes) else json.dumps(content).encode()

    def answer(handler: Answers) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(data)))
        handler.send_header("Location", "/elsewhere")
        handler.end_headers()
        handler.wfile.write(data)

    return answer


def hangs_up(handler: Answers) -> None:
    """Close the connection without a word."""
    handler.close_connection = True


def hangs(handler: Answers) -> None:
    """Say nothing until the test is over."""
    handler.server.over.wait(20)
    handler.close_connection = True


class Server(ThreadingHTTPServer):
    """A real server on loopback that plays a script."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.script: list[Answer] = []
        self.heard: list[tuple[str, dict[str, str], bytes]] = []
        self.over = threading.Event()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def keys(self) -> list[str]:
        """Return the idempotency keys that came."""
        return [headers["Idempotency-Key"] for _, headers, _ in self.heard]


@pytest.fixture
def server() -> Iterator[Server]:
    """A server whose script the test writes."""
    with Server() as made:
        thread = threading.Thread(target=made.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield made
        made.over.set()
        made.shutdown()
        thread.join()


@pytest.fixture
def client(server: Server) -> Client:
    """A client of that server."""
    return Client(server.url + "/", "secret", QUICK)


def test_a_ticket_is_issued(server, client):
    """The request goes out with token and key, the reply comes back typed."""
    server.script = [says(201, TICKET)]
    ticket = client.issue(ORDER, "key-1")
    assert (ticket.number, ticket.ahead, ticket.estimate.text) == ("A042", 3, "5–15 мин")
    ((path, headers, body),) = server.heard
    assert path == "/api/v1/tickets"
    assert (headers["Authorization"], headers["Idempotency-Key"]) == ("Bearer secret", "key-1")
    assert json.loads(body) == {
        "service": "A01",
        "language": "ru",
        "needs": [],
        "legs": [],
        "paper": "own",
    }


def test_the_catalogue_and_a_ticket_are_read(server, client):
    """By GET, without a key; an odd id stays one segment of the path."""
    server.script = [says(200, CATALOGUE), says(200, TICKET)]
    assert client.catalogue().name == {"ru": "Центр"}
    assert client.ticket("a/../b").id == "1a2b"
    assert [path for path, _, _ in server.heard] == [
        "/api/v1/catalogue",
        "/api/v1/tickets/a%2F..%2Fb",
    ]


def test_health_is_silent_when_all_is_well(server, client):
    """And says so when not."""
    server.script = [says(200, {}), says(503, {})]
    client.health()
    with pytest.raises(ServerAway):
        client.health()


def test_a_dropped_connection_is_tried_again_with_the_same_key(server, client):
    """A kept-alive connection may have died; the server must know the request again."""
    server.script = [hangs_up, says(201, TICKET)]
    assert client.issue(ORDER, "key-1").number == "A042"
    assert server.keys() == ["key-1", "key-1"]
    assert server.heard[0][2] == server.heard[1][2]


def test_a_server_that_drops_everything_is_away(server, client):
    """Two tries, then the caller decides."""
    server.script = [hangs_up]
    with pytest.raises(ServerAway):
        client.issue(ORDER, "key-1")
    assert server.keys() == ["key-1", "key-1"]


def test_a_silent_server_is_away(server, client):
    """After the deadline, and without a second try that would take as long."""
    server.script = [hangs]
    with pytest.raises(ServerAway, match="in time"):
        client.issue(ORDER, "key-1")
    assert len(server.heard) == 1


def test_nobody_listens(server):
    """A closed port is a server that is away."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nobody = Client(f"http://127.0.0.1:{taken.getsockname()[1]}", "secret", QUICK)
        with pytest.raises(ServerAway, match="cannot be reached"):
            nobody.catalogue()


def test_an_address_that_is_none_is_away():
    """A typing mistake in the settings is told like a dead server, not as a traceback."""
    with pytest.raises(ServerAway):
        Client("http://[::1", "secret").catalogue()


@pytest.mark.parametrize("status", [500, 502, 503, 504, 302, 304])
def test_a_server_in_trouble_is_away(server, client, status):
    """5xx and redirects hold no answer; nothing is sent elsewhere."""
    server.script = [says(status, PROBLEM)]
    with pytest.raises(ServerAway, match=str(status)):
        client.catalogue()
    assert len(server.heard) == 1


def test_a_refusal_tells_its_problem(server, client):
    """The problem document comes through whole."""
    server.script = [says(404, PROBLEM, "application/problem+json")]
    with pytest.raises(ServerRefused, match="unknown_service") as caught:
        client.issue(ORDER, "key-1")
    assert (caught.value.problem.code, caught.value.problem.field) == ("unknown_service", "service")
    assert server.keys() == ["key-1"]


def test_a_refusal_without_a_problem_is_still_one(server, client):
    """A proxy's page says at least its status."""
    server.script = [says(403, b"<html>Forbidden</html>", "text/html")]
    with pytest.raises(ServerRefused) as caught:
        client.catalogue()
    assert (caught.value.problem.status, caught.value.problem.code) == (403, "other")


@pytest.mark.parametrize("body", [b"", b"<html>Wi-Fi sign in</html>", b'{"number": "A042"}', b"[]"])
def test_an_answer_that_is_none_of_ours_is_away(server, client, body):
    """A page of another machine is not taken for a ticket."""
    server.script = [says(200, body)]
    with pytest.raises(ServerAway):
        client.issue(ORDER, "key-1")


def test_a_connection_is_kept(server, client):
    """One thread's calls go over one connection."""
    ports = set()
    note = says(200, CATALOGUE)

    def answer(handler: Answers) -> None:
        ports.add(handler.client_address)
        note(handler)

    server.script = [answer]
    for _ in range(3):
        client.catalogue()
    assert len(ports) == 1


def test_threads_do_not_share_a_connection(server, client):
    """Every thread gets its own, and its own answers."""
    server.script = [says(201, TICKET)]
    together = threading.Barrier(8)
    numbers = []

    def issue(key: str) -> None:
        together.wait(10)
        numbers.append(client.issue(ORDER, key).number)

    threads = [threading.Thread(target=issue, args=(f"key-{n}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert numbers == ["A042"] * 8
    assert sorted(server.keys()) == [f"key-{n}" for n in range(8)]


def test_the_machine_s_own_settings_do_not_get_in(server, client, monkeypatch, tmp_path):
    """Neither a proxy nor a .netrc changes where it goes and who it is."""
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login root password secret\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    server.script = [says(200, CATALOGUE)]
    client.catalogue()
    assert server.heard[0][1]["Authorization"] == "Bearer secret"
