"""People and accounts through HTTP: one-time passwords, what a pending session may, the log."""

from __future__ import annotations

import pyotp
import pytest

from queue_server.bootstrap import Running
from tests.queue_server.web.callers import Browser, links, person

NEXT = "quite another phrase"
NEW = {"login": "new", "name": "Yangi Xodim", "role": "clerk", "window": 4}


@pytest.fixture
def boss(running: Running) -> Browser:
    """Return an administrator's browser."""
    return person(running, "administrator")


def arrives(running: Running, login: str, password: str) -> Browser:
    """Return a browser where somebody has signed in with this password."""
    browser = Browser(running)
    assert browser.sign_in(login, password).status_code == 200
    return browser


def test_a_person_is_added_and_begins_with_a_password_of_their_own(
    running: Running, boss: Browser
) -> None:
    """The given password opens nothing but its own change; then the window opens."""
    added = boss.post("/api/v1/people", NEW)
    assert added.status_code == 201
    assert added.json["person"]["must_change"]
    new = arrives(running, "new", added.json["password"])
    refused = new.post("/api/v1/windows/4/open")
    assert (refused.status_code, refused.json["code"]) == (403, "password_change_required")
    assert new.get("/api/v1/session").json["pending"] == "password"
    wish = {"old": added.json["password"], "new": NEXT}
    assert new.post("/api/v1/account/password", wish).json == {
        "pending": None,
        "second_factor": False,
    }
    assert new.post("/api/v1/windows/4/open").status_code == 200


def test_the_same_request_is_answered_the_same_and_no_answer_keeps_the_password(
    running: Running, boss: Browser
) -> None:
    """An answer that was lost comes again, though the database holds no password."""
    replies = [boss.post("/api/v1/people", NEW, key="k1") for _ in range(2)]
    assert replies[0].json == replies[1].json
    password = replies[0].json["password"]
    with running.center.read() as work:
        kept = work.replies.get("person:administrator", "k1")
    assert kept is not None
    assert password not in kept.body
    assert boss.post("/api/v1/people", {**NEW, "login": "x"}, key="k1").status_code == 422
    assert boss.post("/api/v1/people", NEW).json["code"] == "login_taken"
    again = boss.post("/api/v1/people/new/reset")
    assert again.json["password"] != password
    assert Browser(running).sign_in("new", password).status_code == 401


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({**NEW, "login": "Not A Login"}, "login"),
        ({**NEW, "role": "boss"}, "role"),
        ({**NEW, "window": 99}, "window"),
        ({**NEW, "name": "  "}, "name"),
        ({**NEW, "role": "analyst"}, "window"),
    ],
)
def test_a_fault_stands_at_its_field(boss: Browser, body: dict[str, object], field: str) -> None:
    """Nothing is half applied: the login stays free."""
    refused = boss.post("/api/v1/people", body)
    assert (refused.status_code, refused.json["field"]) == (422, field)
    assert boss.post("/api/v1/people", NEW).status_code == 201


def test_disabling_and_signing_out_end_the_session_at_once(running: Running, boss: Browser) -> None:
    """The next request of the person is 401."""
    clerk = person(running, "clerk2")
    assert boss.post("/api/v1/people/clerk2/sign-out").json["sessions"] == 0
    assert clerk.get("/api/v1/windows/2").json["code"] == "not_signed_in"
    clerk = person(running, "clerk2")
    assert boss.post("/api/v1/people/clerk2/disable", {"reason": "leave"}).json["disabled"]
    assert clerk.get("/api/v1/windows/2").status_code == 401
    assert boss.post("/api/v1/people/administrator/disable").json["code"] == "not_yourself"
    assert boss.post("/api/v1/people/nobody/disable").json["code"] == "unknown_person"


def test_a_clerk_signed_in_elsewhere_is_told_so(running: Running) -> None:
    """The older page's next request says why; its own sign-in form says it in words."""
    first, _ = person(running, "clerk1"), person(running, "clerk1")
    assert first.get("/api/v1/windows/1").json["code"] == "signed_in_elsewhere"
    form = first.get("/sign-in?lang=en").text
    assert "You have signed in somewhere else" in form
    assert "You have signed in somewhere else" not in first.get("/sign-in?lang=en").text


def test_a_second_factor_from_its_picture_to_its_end(running: Running, boss: Browser) -> None:
    """Set up, asked for at the next sign-in, each code once, and dropped with a code."""
    begun = boss.post("/api/v1/account/totp").json
    assert begun["qr"].startswith("<svg")
    assert begun["secret"] in begun["uri"]
    totp = pyotp.parse_uri(begun["uri"])
    now = totp.timecode(running.center.clock.now())
    assert (
        boss.post("/api/v1/account/totp/confirm", {"code": "000000"}).json["code"] == "wrong_code"
    )
    code = totp.generate_otp(now - 1)
    assert boss.post("/api/v1/account/totp/confirm", {"code": code}).json["second_factor"]

    password = next(p.password for p in links(running).people if p.login == "administrator")
    browser, wish = Browser(running), {"login": "administrator", "password": password}
    asked = browser.post("/api/v1/session", wish)
    assert (asked.status_code, asked.json["code"]) == (401, "second_factor_required")
    assert "Set-Cookie" not in asked.headers
    assert browser.post("/api/v1/session", {**wish, "code": code}).json["code"] == "wrong_code"
    right = {**wish, "code": totp.generate_otp(now)}
    assert browser.post("/api/v1/session", right).status_code == 200
    dropped = boss.post("/api/v1/account/totp/drop", {"code": totp.generate_otp(now + 1)})
    assert not dropped.json["second_factor"]


def test_the_form_asks_for_the_code_as_a_second_step(running: Running, boss: Browser) -> None:
    """Without a script: password, code, work; a stale proof begins anew."""
    begun = boss.post("/api/v1/account/totp").json
    totp = pyotp.parse_uri(begun["uri"])
    now = totp.timecode(running.center.clock.now())
    boss.post("/api/v1/account/totp/confirm", {"code": totp.generate_otp(now - 1)})
    password = next(p.password for p in links(running).people if p.login == "administrator")
    client = running.web.app.test_client()
    fields = {"login": "administrator", "password": password, "next": "/people"}
    asked = client.post("/sign-in?lang=en", data=fields)
    assert "Enter the code" in asked.text
    assert password not in asked.text
    proof = asked.text.partition('name="proof" value="')[2].partition('"')[0]
    step = {"proof": proof, "next": "/people"}
    wrong = client.post("/sign-in", data={**step, "code": "000000"})
    assert (wrong.status_code, 'value="/people"' in wrong.text) == (401, True)
    late = client.post("/sign-in?lang=en", data={**step, "proof": "forged", "code": "0"})
    assert (late.status_code, "That took too long" in late.text) == (401, True)
    done = client.post("/sign-in", data={**step, "code": totp.generate_otp(now)})
    assert (done.status_code, done.headers["Location"]) == (303, "/people")
    assert client.get("/people").status_code == 200


def test_a_pending_session_is_sent_to_the_own_account(running: Running, boss: Browser) -> None:
    """Every page leads there, and there is no way around."""
    password = boss.post("/api/v1/people/clerk5/reset").json["password"]
    client = running.web.app.test_client()
    came = client.post("/sign-in", data={"login": "clerk5", "password": password})
    assert came.headers["Location"] == "/account?next=/panel"
    page = client.get("/panel", headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["Location"]) == (302, "/account")
    shown = client.get("/account?lang=en")
    assert "Choose a password of your own" in shown.text
    assert 'href="/panel"' not in shown.text


def test_wrong_tries_outlive_a_restart(running: Running) -> None:
    """The count lies in the database, not in the process."""
    browser = Browser(running)
    for _ in range(4):
        browser.sign_in("clerk6", "wrong")
    with running.center.read() as work:
        kept = work.access.failure("clerk6", "127.0.0.1")
    assert kept is not None
    assert kept.count == 4


@pytest.mark.parametrize("login", ["clerk1", "supervisor", "analyst"])
def test_people_are_an_administrator_s_alone(running: Running, login: str) -> None:
    """Neither the list nor the page opens to another role."""
    browser = person(running, login)
    assert browser.get("/api/v1/people").status_code == 403
    assert browser.get("/people").status_code == 403
