from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from PIL import Image

from config import theming
from queue_server.web.pages import board
from tests.queue_server.web.callers import Browser, links


@pytest.fixture
def folder_of_media(tmp_path):
    """Return a folder with two pictures, a film, and what is none of them."""
    folder = tmp_path / "media"
    folder.mkdir()
    for name in ("b.png", "a.jpg"):
        Image.new("RGB", (32, 18), "navy").save(folder / name)
    (folder / "film.mp4").write_bytes(bytes(range(256)) * 40)
    for name in ("notes.txt", "drawing.svg", ".hidden.png"):
        (folder / name).write_text("<script>")
    (folder / "deep.png").mkdir()
    (tmp_path / "secret.png").write_text("secret")
    return folder


@pytest.fixture
def app(running, folder_of_media):
    """Return a running center's app with media and themes."""
    app = running.web.app
    board.install(app, board.Boards(folder_of_media, theming.colours()))
    return app


@pytest.fixture
def token(app, running):
    """Return a board's token."""
    return next(device.token for device in links(running).devices if device.kind == "board")


def test_list(app, running, token):
    """A board is told the pictures and films in the order of their names, and nothing else."""
    answer = Browser(running, token).get("/board/1/media")
    assert answer.json == {"media": ["a.jpg", "b.png", "film.mp4"]}


def test_file(app, running, token):
    """A picture is had by the token in its address; a film in parts, as televisions ask."""
    nobody = Browser(running)
    answer = nobody.get(f"/board/1/media/a.jpg?token={token}")
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    answer.close()
    nobody.headers["Range"] = "bytes=10-19"
    part = nobody.get(f"/board/1/media/film.mp4?token={token}")
    assert (part.status_code, part.data) == (206, bytes(range(10, 20)))
    part.close()


def test_rights(app, running, token):
    """Without a board's token, or for another hall, there are no media."""
    nobody = Browser(running)
    assert nobody.get("/board/1/media").status_code in (401, 403)
    assert nobody.get("/board/1/media/a.jpg").status_code in (401, 403)
    assert nobody.get("/board/1/media/a.jpg?token=wrong").status_code in (401, 403)
    assert nobody.get(f"/board/2/media/a.jpg?token={token}").status_code == 403


@pytest.mark.parametrize(
    "name",
    [
        "../secret.png",
        "..%2Fsecret.png",
        "%2e%2e/secret.png",
        "..%5Csecret.png",
        "notes.txt",
        "drawing.svg",
        ".hidden.png",
        "deep.png",
        "none.png",
        "a.jpg%00.png",
        "%2Fetc%2Fhostname.png",
    ],
)
def test_no_way_out(app, running, token, name):
    """No address leads out of the folder, to a hidden file or to one that is no picture."""
    answer = Browser(running).get(f"/board/1/media/{name}?token={token}")
    assert answer.status_code in (400, 404)
    assert b"secret" not in answer.data


def test_a_link_out_of_nothing(app, running, token, folder_of_media):
    """A folder that is gone is an empty list, not an error."""
    board.install(app, board.Boards(Path("/nowhere/at/all")))
    caller = Browser(running, token)
    assert caller.get("/board/1/media").json == {"media": []}
    assert caller.get("/board/1/media/a.jpg").status_code == 404
    board.install(app, board.Boards())
    assert caller.get("/board/1/media").json == {"media": []}


def test_theme(app, running):
    """A theme by its name gives the page its colours; an unknown one leaves it light."""

    def theme(query):
        text = Browser(running).get(f"/board/1{query}").text
        data = re.search(r'id="board-data">(.*?)</script>', text, re.DOTALL)
        return json.loads(data[1])["theme"]

    assert theme("?theme=dark") == dict(theming.find("dark").colours)
    assert theme("?theme=../../etc/passwd") == {}
    assert theme("") == {}
