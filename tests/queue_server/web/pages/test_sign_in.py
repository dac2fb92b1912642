from __future__ import annotations

import pytest
from werkzeug.test import Client, TestResponse

from config.wording import Wording
from queue_server.bootstrap import Running
from tests.queue_server.web import callers
from tests.thorough import LOOKED_AT


@pytest.fixture
def client(running: Running) -> Client:
    """A browser without scripts."""
    return running.web.app.test_client()


def post(client: Client, running: Running, login: str, **changes: str) -> TestResponse:
    """Send the sign-in form for somebody of the demo, with changed fields."""
    someone = next(p for p in callers.links(running).people if p.login == login)
    fields = {"login": login, "password": someone.password} | changes
    return client.post("/sign-in", data=fields)


@pytest.mark.parametrize(
    ("login", "place"),
    [
        ("clerk1", "/panel"),
        ("receptionist", "/reception"),
        ("supervisor", "/floor"),
        ("analyst", "/account"),
    ],
)
def test_everyone_comes_to_their_work(
    client: Client, running: Running, login: str, place: str
) -> None:
    """Signing in leads to the page of the role, which then opens."""
    reply = post(client, running, login)
    assert (reply.status_code, reply.headers["Location"]) == (303, place)
    assert client.get(place).status_code == 200


def test_signing_in_leads_to_where_one_wanted(client: Client, running: Running) -> None:
    """Who was asked to sign in on the way goes on to that page."""
    asked = client.get("/reception", headers={"Accept": "text/html"})
    assert asked.headers["Location"] == "/sign-in?next=/reception"
    assert 'value="/reception"' in client.get(asked.headers["Location"]).text
    reply = post(client, running, "supervisor", next="/reception")
    assert reply.headers["Location"] == "/reception"


@pytest.mark.parametrize(
    "foreign", ["https://evil.test/", "//evil.test/", "/\\evil.test", "javascript:alert(1)"]
)
def test_nobody_is_sent_to_another_site(client: Client, running: Running, foreign: str) -> None:
    """An address of another site is not followed."""
    assert post(client, running, "clerk1", next=foreign).headers["Location"] == "/panel"


@pytest.mark.parametrize("language", LOOKED_AT)
def test_a_wrong_password_is_said_at_its_field(
    client: Client, running: Running, language: str
) -> None:
    """The form stays, with the login, and the fault stands at the password in words."""
    client.get(f"/sign-in?lang={language}")
    reply = post(client, running, "clerk1", password="wrong")
    assert reply.status_code == 401
    assert Wording.load().say("staff.wrong_password", language) in reply.text
    assert 'aria-describedby="fault"' in reply.text
    assert 'value="clerk1"' in reply.text
    assert "Set-Cookie" not in reply.headers


def test_an_unknown_login_is_answered_like_a_wrong_password(
    client: Client, running: Running
) -> None:
    """The form does not tell which logins there are."""
    unknown = client.post("/sign-in", data={"login": "nobody", "password": "x"}).text
    wrong = post(client, running, "clerk1", password="x").text
    assert unknown.replace("nobody", "clerk1") == wrong


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.test"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_another_site_cannot_post_the_form(
    client: Client, running: Running, headers: dict[str, str]
) -> None:
    """A foreign page cannot sign its reader in as a stranger."""
    someone = callers.links(running).people[0]
    fields = {"login": someone.login, "password": someone.password}
    reply = client.post("/sign-in", data=fields, headers={"Accept": "text/html", **headers})
    assert reply.status_code == 403
    assert "Set-Cookie" not in reply.headers


def test_the_language_is_remembered(client: Client) -> None:
    """A language chosen once holds on the next page; an unknown one is ignored."""
    client.get("/sign-in?lang=ru")
    assert '<html lang="ru">' in client.get("/sign-in?lang=xx").text


def test_a_page_that_does_not_exist_says_so(client: Client) -> None:
    """A wrong address is answered with a page in the reader's language."""
    client.get("/sign-in?lang=en")
    reply = client.get("/no-such-page", headers={"Accept": "text/html"})
    assert reply.status_code == 404
    assert "There is no such page" in reply.text


@pytest.mark.parametrize("path", ["/sign-in", "/panel", "/reception", "/account", "/board/1"])
def test_pages_run_no_foreign_or_inline_code(client: Client, running: Running, path: str) -> None:
    """Every page has the strict policy and neither inline script nor inline style."""
    post(client, running, "supervisor")
    reply = client.get(path + "?window=1")
    policy = reply.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert reply.headers["Cache-Control"] == "no-store"
    assert " style=" not in reply.text
    assert "<style" not in reply.text
    assert " onclick=" not in reply.text
    starts = [part.split(">")[0] for part in reply.text.split("<script")[1:]]
    assert all("src=" in start or "application/json" in start for start in starts)
