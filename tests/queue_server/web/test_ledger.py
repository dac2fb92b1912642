"""The ledger and the replay over HTTP, and a kiosk that remembers more than the server."""

from __future__ import annotations

import threading
from contextlib import closing
from pathlib import Path

import pytest
from pysqlite3 import dbapi2

from queue_server import bootstrap, demo
from queue_server.bootstrap import Running
from queue_server.client.http import Client
from queue_server.domain import checkpoint
from queue_server.storage.errors import StorageError
from queue_server.usecases import checkpoints
from queue_server.usecases.access import SYSTEM
from queue_server.web.api.devices import CHECKPOINT
from tests.queue_server.usecases.people import do
from tests.queue_server.web.callers import Browser, device, person

REPORT = {"version": "1", "clock": "2026-11-23T05:00:00Z"}
#: of a log that never was
OTHER = f"navbat-checkpoint 1 DEMO 999 2026-11-23T05:00:00.000Z {'ab' * 32} c2ln"


def test_the_public_key_is_public(running: Running) -> None:
    """Whoever wants to verify needs no account."""
    told = Browser(running).get("/api/v1/ledger/key")
    assert (told.status_code, told.json["center"], told.json["algorithm"]) == (
        200, "DEMO", "Ed25519"
    )  # fmt: skip
    assert told.json["public_key"] == running.center.notary.public_key


def test_a_device_keeps_what_the_answer_to_its_report_says(running: Running) -> None:
    """The header is the newest checkpoint's line; the controller reads the same."""
    device(running, "kiosk").post("/api/v1/tickets", {"service": "A01"})
    place = do(running.center, SYSTEM, checkpoints.make)
    answer = device(running, "kiosk").post("/api/v1/devices/report", REPORT)
    assert (answer.status_code, answer.headers[CHECKPOINT]) == (204, str(place))
    controller = person(running, "controller")
    assert controller.get("/api/v1/ledger").json["newest"]["text"] == str(place)
    listed = controller.get("/api/v1/ledger/checkpoints").json["checkpoints"]
    assert [each["short"] for each in listed] == [place.short]
    assert controller.get(f"/api/v1/ledger/checkpoints?after={place.seq}").json == {
        "checkpoints": []
    }
    assert controller.get("/api/v1/ledger/checkpoints?after=x").status_code == 422


def test_the_clients_call_hands_the_line_on() -> None:
    """The header's name is the same at both ends."""
    assert CHECKPOINT == "Navbat-Checkpoint"
    assert Client.report.__annotations__["return"] == "str | None"


def test_a_kiosk_that_remembers_more_turns_the_health_red(running: Running) -> None:
    """Served is everybody all the same; the controller answers for it, and it is calm again."""
    kiosk, watcher = device(running, "kiosk"), Browser(running)
    kiosk.post("/api/v1/devices/report", REPORT | {"checkpoint": OTHER})
    ready = watcher.get("/readyz")
    assert (ready.status_code, "the ledger is contradicted (1)" in ready.text) == (200, True)
    assert "navbat_ledger_contradictions 1.0" in watcher.get("/metrics").text
    assert kiosk.post("/api/v1/tickets", {"service": "A01"}).status_code == 201
    supervisor, controller = person(running, "supervisor"), person(running, "controller")
    answer = {"reason": "restored after the fire"}
    assert supervisor.post("/api/v1/ledger/accept", answer).status_code == 403
    assert controller.post("/api/v1/ledger/accept", {"reason": " "}).status_code == 422
    settled = controller.post("/api/v1/ledger/accept", answer)
    assert [each["witness"] for each in settled.json["contradictions"]] == ["kiosk-1"]
    assert settled.json["contradictions"][0]["accepted"] is not None
    assert "contradicted" not in watcher.get("/readyz").text


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET body = replace(body, 'system', 'sistem') WHERE seq = 5",
        "DELETE FROM events WHERE seq = 6",
    ],
)
def test_a_start_on_a_broken_log_is_said_loudly(folder: Path, statement: str) -> None:
    """The server serves, and its health names the break as soon as the log has been read."""
    with closing(dbapi2.connect(str(folder / "navbat.db"), isolation_level=None)) as database:
        for trigger in ("events_no_update", "events_no_delete"):
            database.execute(f"DROP TRIGGER {trigger}")
        database.execute(statement)
    made = demo.Demo(folder, 8000)
    started = bootstrap.start(made.wiring, demo.links(made))
    try:
        pause, watcher = threading.Event(), Browser(started)
        for _ in range(400):
            if "contradicted" in watcher.get("/readyz").text:
                break
            pause.wait(0.05)
        ledger = person(started, "controller").get("/api/v1/ledger").json
        assert [each["witness"] for each in ledger["contradictions"]] == ["log"]
        assert ledger["contradictions"][0]["seq"] in {5, 6}
        assert (
            device(started, "kiosk").post("/api/v1/tickets", {"service": "A01"}).status_code == 201
        )
    finally:
        started.stop()


def test_the_printed_report_is_signed(running: Running) -> None:
    """Whoever takes the PDF has a checkpoint made, which covers that it was taken."""
    answer = person(running, "supervisor").get("/api/v1/reports/day.pdf")
    assert answer.status_code == 200
    with running.center.read() as work:
        kept = work.checkpoints.newest()
        assert kept is not None
        covered = work.log.after(kept.checkpoint.seq - 1, 1)[0]
    assert covered["type"] == "report_exported"


def test_a_key_file_of_the_wrong_length_is_a_sentence(folder: Path) -> None:
    """No traceback at the start."""
    (folder / "ledger.key").write_bytes(b"short")
    with pytest.raises(StorageError, match="is no key of a ledger"):
        bootstrap.open_center(demo.Demo(folder, 8000).wiring)


def test_a_day_is_replayed(running: Running) -> None:
    """The course, and the hall at an instant of it."""
    device(running, "kiosk").post("/api/v1/tickets", {"service": "A01"})
    controller = person(running, "controller")
    course = controller.get("/api/v1/replay").json
    assert course["waiting"][-1] == 1
    at = running.center.clock.now().isoformat().replace("+00:00", "Z")
    hall = controller.get(f"/api/v1/replay/hall?day={course['day']}&at={at}").json
    assert [each["service"] for each in hall["waiting"]] == ["A01"]
    assert len(hall["windows"]) == 12
    for far in ("0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59-14:00"):
        outside = controller.get(f"/api/v1/replay/hall?day={course['day']}&at={far}")
        assert outside.status_code in {200, 422}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/replay?day=yesterday", 422),
        ("/replay?day=1999-01-01", 404),
        ("/replay/hall", 422),
        ("/replay/hall?day=2026-11-23", 422),
        ("/replay/hall?day=2026-11-23&at=2026-11-23T10:00", 422),
        ("/replay/hall?day=1999-01-01&at=1999-01-01T10:00:00Z", 404),
        ("/replay/hall?day=0001-01-01&at=0001-01-01T00:00:00%2B14:00", 404),
    ],
)
def test_what_is_asked_wrongly_is_said(running: Running, path: str, status: int) -> None:
    """A field or a day, never a fault of ours."""
    device(running, "kiosk").post("/api/v1/tickets", {"service": "A01"})
    answer = person(running, "controller").get(f"/api/v1{path}")
    assert (answer.status_code, "detail" in answer.json) == (status, True)


def test_the_short_form_is_on_the_paper(running: Running) -> None:
    """A checkpoint's text is read back from its shape."""
    place = do(running.center, SYSTEM, checkpoints.make)
    shape = checkpoints.shape(place)
    assert checkpoint.parse(shape.text) == place
    assert shape.short == place.short
