"""Which token a device shows, and its life between being let in and being signed off."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from queue_server.client.credentials import Credentials, TokenUnreadable, live
from queue_server.client.pairing import Admitted, Rhythm, keep, kept
from queue_server.contracts.pairing import PlaceOut
from tests.queue_server.client.device_server import DeviceServer

PATIENCE = 10.0
BEAT = Rhythm(away=0.01, refused=0.01, look=0.01)
SERVER = "http://queue.example"
ME = Admitted(SERVER, "kept", "board-9", "board", 2)


@pytest.fixture
def server() -> Iterator[DeviceServer]:
    """A server that knows the tokens that the test lets it know."""
    with DeviceServer() as started:
        yield started


def test_a_given_token_goes_before_a_kept_one_and_that_before_the_file(tmp_path: Path) -> None:
    """One that the server no longer takes is not tried again."""
    file = tmp_path / "token"
    file.write_text(" filed\n", encoding="utf-8")
    keep(tmp_path, ME)
    credentials = Credentials(SERVER, tmp_path, "given", file)
    for token in ("given", "kept", "filed"):
        assert credentials.token() == token
        credentials.refuse(token)
    assert credentials.token() is None
    assert kept(tmp_path, SERVER) is None
    assert file.exists()


def test_a_file_that_cannot_be_read_is_a_sentence(tmp_path: Path) -> None:
    """It is there, so it was meant."""
    with pytest.raises(TokenUnreadable, match="cannot be read"):
        Credentials(SERVER, tmp_path, file=tmp_path).token()


def test_what_cannot_be_kept_lasts_till_the_end(tmp_path: Path) -> None:
    """A full disk does not keep a kiosk from its work."""
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    credentials = Credentials(SERVER, blocked / "data")
    credentials.admit(ME)
    assert credentials.token() == "kept"
    assert credentials.place("kept") == PlaceOut(name="board-9", kind="board", hall=2, window=None)


def test_a_move_is_kept(tmp_path: Path) -> None:
    """After the next start the device knows its new hall."""
    credentials = Credentials(SERVER, tmp_path)
    credentials.admit(ME)
    credentials.move("kept", PlaceOut(name="board-9", kind="board", hall=3, window=None))
    assert kept(tmp_path, SERVER) == replace(ME, hall=3)


def test_a_device_is_let_in_works_is_signed_off_and_let_in_again(
    server: DeviceServer, tmp_path: Path
) -> None:
    """Without a restart; it then knows that it was signed off."""
    stopping, asked, worked = threading.Event(), [], []

    def let_in(signed_off: bool) -> Admitted:  # noqa: FBT001 - a callback's one fact
        asked.append(signed_off)
        token = f"t{len(asked)}"
        server.know(token, hall=1)
        return Admitted(server.url, token, "board-9", "board", 1)

    def work(token: str, place: PlaceOut | None, ended: threading.Event) -> None:
        assert place is not None
        worked.append(token)
        if len(worked) == 2:
            stopping.set()
        else:
            server.forget(token)
        assert ended.wait(PATIENCE)

    live(Credentials(server.url, tmp_path), let_in, work, stopping, BEAT)
    assert asked == [False, True]
    assert worked == ["t1", "t2"]


def test_a_device_that_was_moved_goes_on_there(server: DeviceServer, tmp_path: Path) -> None:
    """With the same token, at the new place."""
    stopping, halls = threading.Event(), []
    server.know("kept", hall=1)
    keep(tmp_path, replace(ME, server=server.url, hall=1))

    def work(_token: str, place: PlaceOut | None, ended: threading.Event) -> None:
        assert place is not None
        halls.append(place.hall)
        if len(halls) == 2:
            stopping.set()
        else:
            server.know("kept", hall=2)
        assert ended.wait(PATIENCE)

    live(Credentials(server.url, tmp_path), lambda _off: None, work, stopping, BEAT)
    assert halls == [1, 2]


def test_work_that_ends_by_itself_ends_all(server: DeviceServer, tmp_path: Path) -> None:
    """Somebody has closed the window."""
    server.know("given", hall=1)
    worked = []
    credentials = Credentials(server.url, tmp_path, "given")
    stopping = threading.Event()
    live(credentials, lambda _off: None, lambda t, _p, _e: worked.append(t), stopping, BEAT)
    assert worked == ["given"]


def test_who_is_not_let_in_does_not_work(tmp_path: Path) -> None:
    """Told to stop while the code was shown."""
    worked = []
    stopping = threading.Event()
    credentials = Credentials(SERVER, tmp_path)
    live(credentials, lambda _off: None, lambda *_: worked.append(1), stopping, BEAT)
    assert worked == []
