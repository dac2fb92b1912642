"""The people's page and the own account, in a real browser: done, and fit for everybody."""

from __future__ import annotations

import itertools
import re
import time

import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.queue_server.web.pages.conftest import Opener
from tests.queue_server.web.pages.live_center import LiveCenter
from tests.queue_server.web.pages.test_looks import CUT, SMALL_TARGETS, faults
from tests.thorough import LOOKED_AT

DESK, NARROW = (1280, 800), (320, 640)
NEXT = "quite another phrase"
_logins = (f"new{n}" for n in itertools.count())


def row(page: Page, login: str) -> Page:
    """Return the row of a person."""
    return page.locator("#rows tr").filter(has=page.get_by_text(login, exact=True))


def given(page: Page) -> str:
    """Return the password that is shown this one time, and let it go."""
    expect(page.locator("#given")).to_be_visible()
    password = page.locator("#password").inner_text()
    page.get_by_role("button", name="Done").click()
    expect(page.locator("#password")).to_have_text("")
    return password


@pytest.fixture
def people(opened: Opener, live: LiveCenter) -> Page:
    """The people's page of an administrator."""
    page = opened("administrator")
    page.goto(f"{live.url}/people")
    expect(page.locator("#rows tr").first).to_be_visible()
    return page


def add(page: Page, login: str, name: str = "Yangi Xodim") -> str:
    """Add a clerk of window 4 and return the password."""
    page.get_by_role("button", name="Add a person").click()
    page.locator("#name").fill(name)
    page.locator("#login").fill(login)
    page.locator("#window").select_option("4")
    page.get_by_role("button", name="Save").click()
    return given(page)


def signs_in(page: Page, live: LiveCenter, login: str, password: str) -> None:
    """Fill the sign-in form."""
    page.goto(f"{live.url}/sign-in?lang=en")
    page.fill("#login", login)
    page.fill("#password", password)
    page.click("button[type=submit]")


def test_from_the_first_day_to_the_last(people: Page, opened: Opener, live: LiveCenter) -> None:
    """Added, signed in with a password of one's own, seen signed in, moved, and disabled."""
    login = next(_logins)
    password = add(people, login)
    expect(row(people, login)).to_contain_text("One-time password")

    page = opened()
    signs_in(page, live, login, password)
    expect(page.get_by_role("heading", name="Choose a password of your own")).to_be_visible()
    page.fill("#old", password)
    page.wait_for_load_state("load")
    page.fill("#new", "password123")
    page.get_by_role("button", name="Change the password").click()
    expect(page.locator("#new-fault")).to_be_visible()
    page.fill("#new", NEXT)
    page.get_by_role("button", name="Change the password").click()
    expect(page).to_have_url(f"{live.url}/panel")

    people.reload()
    expect(row(people, login)).to_contain_text("Signed in")
    row(people, login).get_by_role("button").click()
    people.locator("#role").select_option("receptionist")
    expect(people.locator("#window")).to_be_hidden()
    people.get_by_role("button", name="Save").click()
    expect(row(people, login)).to_contain_text("Receptionist")
    expect(row(people, login)).not_to_contain_text("Signed in")

    row(people, login).get_by_role("button").click()
    people.locator("[data-act=disable]").click()
    people.fill("#reason", "has left")
    people.locator("#sure-done").click()
    expect(row(people, login)).to_contain_text("Disabled")
    signs_in(page, live, login, NEXT)
    expect(page.locator("#fault")).to_have_text("The login or the password is wrong")

    row(people, login).get_by_role("button").click()
    people.locator("[data-act=enable]").click()
    expect(row(people, login)).not_to_contain_text("Disabled")


def test_a_fault_is_said_at_its_field(people: Page) -> None:
    """A login that is taken, or cannot be typed, stands at the login; the rest stays filled in."""
    people.get_by_role("button", name="Add a person").click()
    people.locator("#name").fill("Somebody")
    for login, said in (("clerk1", "already"), ("Not A Login", "Small Latin letters")):
        people.locator("#login").fill(login)
        people.get_by_role("button", name="Save").click()
        expect(people.locator("#login-fault")).to_contain_text(re.compile(said, re.IGNORECASE))
        expect(people.locator("#login")).to_be_focused()
    expect(people.locator("#name")).to_have_value("Somebody")


def test_the_list_is_searched_and_narrowed(people: Page) -> None:
    """By name, login or role, in any order; and by who is there now."""
    people.fill("#search", "clerk1")
    expect(people.locator("#rows tr")).to_have_count(4)
    people.fill("#search", "controller")
    expect(people.locator("#rows tr")).to_have_count(1)
    people.fill("#search", "nobody of this name")
    expect(people.locator("#nothing")).to_be_visible()
    people.fill("#search", "")
    people.locator("[name=view][value=now_in]").check()
    expect(row(people, "administrator · You")).to_be_visible()


def test_the_own_account_cannot_be_taken_away(people: Page) -> None:
    """Oneself is neither disabled nor reset; the last administrator stays one, in words."""
    row(people, "administrator · You").get_by_role("button").click()
    expect(people.locator("[data-act=disable]")).to_be_hidden()
    expect(people.locator("[data-act=reset]")).to_be_hidden()
    people.locator("#role").select_option("analyst")
    people.get_by_role("button", name="Save").click()
    expect(people.locator("#role-fault")).to_contain_text("administrator")


def test_the_keyboard_is_enough(people: Page) -> None:
    """Search, open, change and leave without a mouse; the focus comes back to where it was."""
    people.locator("#search").focus()
    people.keyboard.type("clerk12")
    expect(people.locator("#rows tr")).to_have_count(1)
    key = people.locator("#rows button")
    for _ in range(6):
        people.keyboard.press("Tab")
        if key.evaluate("(key) => key === document.activeElement"):
            break
    expect(key).to_be_focused()
    people.keyboard.press("Enter")
    expect(people.locator("#name")).to_be_focused()
    people.keyboard.press("Escape")
    expect(people.locator("#person")).to_be_hidden()
    expect(key).to_be_focused()


def test_a_clerk_signed_in_elsewhere_reads_why(opened: Opener, live: LiveCenter) -> None:
    """The older panel ends at the sign-in form, which says what has happened."""
    first = opened("clerk7")
    expect(first).to_have_url(f"{live.url}/panel")
    opened("clerk7")
    first.reload()
    expect(first.get_by_role("status")).to_contain_text("signed in somewhere else")


def test_the_two_step_sign_in_from_its_picture_to_its_end(
    people: Page, opened: Opener, live: LiveCenter
) -> None:
    """Set up with the code from the picture's key, asked for at the next sign-in, turned off."""
    login = next(_logins)
    add(people, login)
    row(people, login).get_by_role("button").click()
    people.locator("[data-act=reset]").click()
    people.locator("#sure-done").click()
    password = given(people)
    page = opened()
    signs_in(page, live, login, password)
    page.fill("#old", password)
    page.wait_for_load_state("load")
    page.fill("#new", NEXT)
    page.get_by_role("button", name="Change the password").click()
    expect(page).to_have_url(f"{live.url}/panel")

    page.goto(f"{live.url}/account")
    page.get_by_role("button", name="Set up").click()
    expect(page.locator("#qr svg")).to_be_visible()
    totp = pyotp.TOTP(page.locator("#secret").inner_text().replace(" ", ""))
    step = live_now() // 30
    page.fill("#code", "000000")
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator("#code-fault")).to_be_visible()
    page.fill("#code", totp.generate_otp(step - 1))
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator("#factor-on")).to_be_visible()

    other = opened()
    signs_in(other, live, login, NEXT)
    expect(other.get_by_role("heading", name="Enter the code")).to_be_visible()
    expect(other.locator("#code")).to_be_focused()
    other.fill("#code", totp.generate_otp(live_now() // 30))
    other.keyboard.press("Enter")
    expect(other).to_have_url(f"{live.url}/panel")

    other.goto(f"{live.url}/account")
    other.fill("#drop-code", totp.generate_otp(live_now() // 30 + 1))
    other.get_by_role("button", name="Turn off").click()
    expect(other.locator("#factor-off")).to_be_visible()


def live_now() -> int:
    """Return the real time: the center that serves has the real clock."""
    return int(time.time())


@pytest.mark.parametrize("language", LOOKED_AT)
def test_the_looks_of_the_people_s_page(opened: Opener, live: LiveCenter, language: str) -> None:
    """The table, its cards on a narrow screen and every dialog fit, and everyone can use them."""
    page = opened("administrator", language=language)
    page.goto(f"{live.url}/people")
    expect(page.locator("#rows tr").first).to_be_visible()
    for width, height in (DESK, NARROW):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(CUT) == [], width
        assert page.evaluate(SMALL_TARGETS) == [], width
        assert faults(page) == [], width
        row(page, "clerk3").get_by_role("button").click()
        assert page.evaluate(CUT) == [], width
        assert faults(page) == [], width
        page.locator("[data-act=disable]").click()
        expect(page.locator("#sure")).to_be_visible()
        assert page.evaluate(CUT) == [], width
        assert faults(page) == [], width
        page.keyboard.press("Escape")
        expect(page.locator("dialog[open]")).to_have_count(0)
    row(page, "clerk3").get_by_role("button").click()
    page.locator("[data-act=reset]").click()
    page.locator("#sure-done").click()
    expect(page.locator("#given")).to_be_visible()
    assert page.evaluate(CUT) == []
    assert faults(page) == []


@pytest.mark.parametrize("language", LOOKED_AT)
def test_the_looks_of_the_account(opened: Opener, live: LiveCenter, language: str) -> None:
    """The own account with its picture, the menu and the forms fit, and everyone can use them."""
    page = opened("supervisor", language=language)
    page.goto(f"{live.url}/account")
    page.locator("#factor-begin").click()
    expect(page.locator("#qr svg")).to_be_visible()
    for width, height in (DESK, NARROW):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(CUT) == [], width
        assert page.evaluate(SMALL_TARGETS) == [], width
        assert faults(page) == [], width
        page.locator("#person-menu summary").click()
        assert page.evaluate(CUT) == [], width
        assert faults(page) == [], width
        page.keyboard.press("Escape")
    for path in ("/sign-in?fault=provider_away", "/sign-in?fault=provider_unknown&next=/people"):
        page.goto(live.url + path)
        assert page.evaluate(CUT) == [], path
        assert faults(page) == [], path
