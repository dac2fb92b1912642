from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from queue_server import demo
from queue_server.bootstrap import Running
from queue_server.web.site import EXTENSION
from tests.queue_server.web import callers
from tests.queue_server.web.callers import Browser


@pytest.fixture
def real(running: Running) -> Running:
    """A center that is no demo."""
    extensions = running.web.app.extensions
    extensions[EXTENSION] = replace(extensions[EXTENSION], demo=None)
    return running


def test_the_demo_leads_everywhere(running: Running) -> None:
    """The start page has a key for every person, the boards and the programs."""
    page, links = Browser(running).get("/").text, callers.links(running)
    assert all(f'value="{person.login}"' in page for person in links.people)
    assert page.count('action="/sign-in"') == len(links.people) + 5  # some, to several pages
    assert "/board/1?token=" in page
    assert all(command in page for command in links.commands.values())


def test_a_key_of_the_demo_signs_in(running: Running) -> None:
    """One click is a plain form post of the demo's password."""
    someone = callers.links(running).people[2]
    client = running.web.app.test_client()
    fields = {"login": someone.login, "password": someone.password, "next": "/panel"}
    assert client.post("/sign-in", data=fields).headers["Location"] == "/panel"
    assert "3-oyna" in client.get("/panel").text


def test_the_figures_live(running: Running) -> None:
    """Waiting, at the windows and open windows are those of this instant."""
    before = Browser(running).get("/numbers").json
    assert (before["waiting"], before["serving"], before["windows"]) == (0, 0, 0)
    kiosk, clerk = callers.device(running, "kiosk"), callers.person(running, "clerk1")
    for _ in range(2):
        kiosk.post("/api/v1/tickets", {"service": "A02"})
    clerk.post("/api/v1/windows/1/open")
    clerk.post("/api/v1/windows/1/next")
    after = Browser(running).get("/numbers").json
    assert (after["waiting"], after["serving"], after["windows"]) == (1, 1, 1)


def test_slips_are_shown(running: Running, folder: Path) -> None:
    """The newest slips are shown, each under its own address."""
    path = demo.Demo(folder, 8000).slips / "A001.png"
    path.write_bytes(b"\x89PNG\r\n")
    assert Browser(running).get("/numbers").json["slips"] == ["A001.png"]
    reply = Browser(running).get("/slips/A001.png")
    assert (reply.status_code, reply.content_type) == (200, "image/png")
    reply.close()


@pytest.mark.parametrize("name", ["no-such.png", "..%2Fnavbat.db", "%2e%2e%2fsecret"])
def test_nothing_but_slips_is_given_out(running: Running, name: str) -> None:
    """Only what the printer has left can be fetched."""
    assert Browser(running).get(f"/slips/{name}").status_code == 404


def test_a_real_center_gives_nothing_away(real: Running) -> None:
    """Outside the demo a stranger is asked to sign in, and there are no figures and no slips."""
    stranger = Browser(real)
    assert stranger.get("/").headers["Location"] == "/account"
    asked = real.web.app.test_client().get("/account", headers={"Accept": "text/html"})
    assert asked.headers["Location"] == "/sign-in?next=/account"
    assert stranger.get("/numbers").status_code == 404
    assert stranger.get("/slips/A001.png").status_code == 404


@pytest.mark.parametrize(
    ("login", "doors"),
    [
        ("clerk1", {"/panel", "/board/1"}),
        ("receptionist", {"/reception", "/board/1"}),
        ("supervisor", {"/panel", "/reception", "/board/1"}),
        ("analyst", {"/board/1"}),
    ],
)
def test_everyone_sees_what_they_may_open(running: Running, login: str, doors: set[str]) -> None:
    """The account shows just the doors that the role opens, and they do open."""
    someone = callers.person(running, login)
    page = someone.get("/account").text
    shown = {door for door in ("/panel", "/reception", "/board/1") if f'href="{door}"' in page}
    assert shown == doors
    assert all(someone.get(door).status_code == 200 for door in doors)


def test_who_may_not_is_told_so(running: Running) -> None:
    """A page that the role does not open is refused."""
    client = running.web.app.test_client()
    someone = next(p for p in callers.links(running).people if p.role == "analyst")
    client.post("/sign-in", data={"login": someone.login, "password": someone.password})
    assert client.get("/panel", headers={"Accept": "text/html"}).status_code == 403
