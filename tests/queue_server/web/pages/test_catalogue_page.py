"""The catalogue's page, on a center that really serves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from config.languages import LANGUAGES
from queue_server.simulation.caller import Caller
from tests.queue_server.web.pages.conftest import Opener
from tests.queue_server.web.pages.live_center import LiveCenter
from tests.queue_server.web.pages.test_looks import CUT, faults
from tests.thorough import LOOKED_AT

NARROW = (320, 640)


@pytest.fixture
def administrator(live: LiveCenter) -> Iterator[Caller]:
    """An administrator's program; after the test the catalogue is as it was."""
    caller = live.person("administrator")
    before = caller.get("/catalogue/document")["document"]
    yield caller
    version = caller.get("/catalogue/document")["version"]
    reply = caller.post("/catalogue", {"document": before, "based_on": version})
    assert reply.status_code == 200, reply.text


@pytest.fixture
def page(live: LiveCenter, administrator: Caller, opened: Opener) -> Page:
    """The page, as an administrator sees it."""
    shown = opened("administrator", width=1366, height=800)
    return at(shown, live, "services")


def at(page: Page, live: LiveCenter, address: str) -> Page:
    """Show a section or an item."""
    page.goto(f"{live.url}/catalogue#{address}")
    expect(page.locator("#desk")).to_be_visible()
    return page


def go(page: Page, address: str) -> None:
    """Go on inside the page."""
    page.evaluate("(address) => { location.hash = address; }", address)


def field(page: Page, name: str) -> Any:
    """Return the control of a field."""
    return page.locator(f'.entry[data-field="{name}"]').locator("input, select, textarea").first


def apply(page: Page, reason: str = "") -> None:
    """Show the changes, and put them in force."""
    page.click("#show")
    expect(page.locator("#compare")).to_be_visible()
    page.fill("#compare-reason", reason)
    page.click("#compare-apply")
    expect(page.locator("#draft")).to_be_hidden()


def service(caller: Caller, name: str) -> dict[str, Any]:
    """Return a service as it is in force."""
    services = caller.get("/catalogue/document")["document"]["services"]
    return next(each for each in services if each["id"] == name)


def test_a_change_is_seen_before_it_is_applied(page: Page, administrator: Caller) -> None:
    """Edits gather, the difference is told in words, and only then they are in force."""
    page.click("text=Divorce registration")
    field(page, "minutes").fill("21")
    page.locator('[data-field="texts"] textarea[lang=ru]').fill("Развод")
    expect(page.locator("#draft-count")).to_have_text("Changes: 2")
    assert service(administrator, "A03")["minutes"] == 16
    page.click("#show")
    shown = page.locator("#compare-list")
    expect(shown).to_contain_text("A03")
    expect(shown.locator(".diff__row")).to_have_count(2)
    expect(shown.locator(".diff__row", has_text="Usual length")).to_contain_text("21")
    page.click("#compare-apply")
    expect(page.locator("#draft")).to_be_hidden()
    expect(page.locator(".row[aria-current] .row__facts")).to_contain_text("21 min")
    assert service(administrator, "A03")["texts"]["ru"] == "Развод"


def test_cyrillic_follows_the_latin_text(page: Page) -> None:
    """Until somebody writes it by hand; Karakalpak that was Uzbek follows too."""
    go(page, "notices")
    page.click('[data-add="notices"]')
    texts = page.locator('[data-field="texts"]')
    texts.locator('textarea[lang="uz-Latn"]').fill("Oʻzgarish")
    texts.locator('textarea[lang="ru"]').fill("Изменение")
    expect(texts.locator('textarea[lang="uz-Cyrl"]')).to_have_value("Ўзгариш")
    expect(texts.locator('textarea[lang="kaa"]')).to_have_value("Oʻzgarish")
    texts.locator('textarea[lang="uz-Cyrl"]').fill("Қўлда")
    texts.locator('textarea[lang="uz-Latn"]').fill("Yangi")
    texts.locator('textarea[lang="ru"]').focus()
    expect(texts.locator('textarea[lang="kaa"]')).to_have_value("Yangi")
    expect(texts.locator('textarea[lang="uz-Cyrl"]')).to_have_value("Қўлда")


def test_a_draft_survives_a_reload(page: Page) -> None:
    """What was typed is there again, and can be taken back or discarded."""
    go(page, "services/A03")
    field(page, "minutes").fill("22")
    page.reload()
    expect(field(page, "minutes")).to_have_value("22")
    page.click("#discard")
    expect(field(page, "minutes")).to_have_value("16")
    expect(page.locator("#draft")).to_be_hidden()


def test_mistakes_are_at_their_fields(page: Page, administrator: Caller) -> None:
    """A list at the top links to each; the sentence stands at the field until it is edited."""
    go(page, "services/A03")
    field(page, "minutes").fill("0")
    page.locator('[data-field="texts"] textarea[lang=kaa]').fill("")
    page.locator('[data-field="texts"] textarea[lang=ru]').fill("")
    go(page, "booking")
    field(page, "slot_minutes").fill("7")
    page.click("#show")
    listed = page.locator("#faults-list li")
    expect(listed).to_have_count(3)
    expect(page.locator("#faults")).to_be_focused()
    expect(page.locator('[data-field="slot_minutes"] .field__fault')).to_contain_text("divide")
    listed.filter(has_text="Русский").locator("a").click()
    russian = page.locator('[data-field="texts"] textarea[lang=ru]')
    expect(russian).to_be_focused()
    expect(russian).to_have_attribute("aria-invalid", "true")
    listed.filter(has_text="Usual length").locator("a").click()
    minutes = field(page, "minutes")
    expect(minutes).to_be_focused()
    expect(minutes).to_have_attribute("aria-invalid", "true")
    expect(page.locator('[data-field="minutes"] .field__fault')).to_have_text("Must be more than 0")
    minutes.fill("5")
    expect(page.locator('[data-field="minutes"] .field__fault')).to_be_hidden()
    assert service(administrator, "A03")["minutes"] == 16


def test_somebody_else_changes_it_meanwhile(page: Page, administrator: Caller) -> None:
    """The page says so and applies the draft over the new version, where both are kept."""
    go(page, "services/A03")
    field(page, "minutes").fill("23")
    theirs = administrator.get("/catalogue/document")
    other = next(each for each in theirs["document"]["services"] if each["id"] == "A04")
    other["minutes"] = 24
    wish = {"document": theirs["document"], "based_on": theirs["version"]}
    assert administrator.post("/catalogue", wish).status_code == 200
    page.click("#show")
    expect(page.locator("#stale")).to_be_visible()
    page.click("#reapply")
    expect(field(page, "minutes")).to_have_value("23")
    apply(page)
    assert [service(administrator, name)["minutes"] for name in ("A03", "A04")] == [23, 24]


def test_what_visitors_need_stays(live: LiveCenter, page: Page, administrator: Caller) -> None:
    """Removing a service that somebody waits for is told with how many."""
    live.issue("A07")
    go(page, "services/A07")
    page.click(".form__remove")
    page.click("#show")
    expect(page.locator("#faults-list")).to_contain_text("Open tickets still need A07: 1")
    assert service(administrator, "A07")
    page.click("#undo")
    expect(page.locator('a[href="#services/A07"]')).to_be_visible()


def test_a_new_window_by_keyboard(page: Page, administrator: Caller) -> None:
    """Add, number, a group, apply: without a pointer."""
    go(page, "windows")
    page.locator('[data-add="windows"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator("#form-title")).to_be_focused()
    field(page, "number").focus()
    page.keyboard.type("13")
    page.locator('[data-field="groups"] input').first.focus()
    page.keyboard.press("Space")
    box = page.locator('[data-field="services"] input')
    box.focus()
    page.keyboard.type("E01")
    page.keyboard.press("Enter")
    expect(page.locator('[data-field="services"] .chosen li')).to_have_count(1)
    page.locator("#show").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#compare-title")).to_be_focused()
    page.locator("#compare-apply").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#draft")).to_be_hidden()
    windows = administrator.get("/catalogue/document")["document"]["windows"]
    assert (windows[-1]["number"], windows[-1]["groups"]) == (13, ["A"])
    assert windows[-1]["services"] == ["E01"]


def test_the_calendar(live: LiveCenter, page: Page, administrator: Caller) -> None:
    """Hours in short, a day of its own, and a holiday from the picture of the year."""
    go(page, "calendar")
    times = page.locator(".week .span input")
    times.first.fill("8.30")
    times.first.press("Tab")
    expect(times.first).to_have_value("08:30")
    page.locator(".week__more select").select_option("Wednesday")
    page.locator(".year__head button").last.click()
    page.locator(".day--open").nth(4).click()
    for tag in LANGUAGES:
        page.locator(f'[data-field="texts"] textarea[lang="{tag}"]').fill(
            "Bayram" if tag != "ru" else "Праздник"
        )
    apply(page, "by decree")
    found = administrator.get("/catalogue/document")["document"]
    assert found["hours"]["mon_fri"] == ["08:30", "18:00"]
    assert found["hours"]["wed"] == ["08:30", "18:00"]
    assert "Bayram" in [each["texts"]["en"] for each in found["holidays"]]
    told = live.person("supervisor").get("/events?limit=1000")["events"]
    assert [each.get("reason") for each in told if each["type"] == "catalogue_changed"][
        -1
    ] == "by decree"


def test_a_file_is_compared_before_it_is_imported(
    page: Page, administrator: Caller, tmp_path: Path
) -> None:
    """Exported, edited, chosen: faults in the file's words, then the difference, then in force."""
    with page.expect_download() as taken:
        page.click("a[download]")
    text = taken.value.path().read_text(encoding="utf-8")
    file = tmp_path / "catalogue.toml"
    file.write_text(text.replace("minutes = 16", "minutes = -1", 1), encoding="utf-8")
    page.set_input_files("#import-file", file)
    expect(page.locator("#compare-faults-list")).to_contain_text("services[2].minutes")
    expect(page.locator("#compare-apply")).to_be_hidden()
    page.keyboard.press("Escape")
    file.write_text(text.replace("minutes = 16", "minutes = 26", 1), encoding="utf-8")
    page.set_input_files("#import-file", file)
    expect(page.locator("#compare-title")).to_have_text("catalogue.toml")
    expect(page.locator(".diff__row")).to_have_count(1)
    page.click("#compare-apply")
    expect(page.locator("#toast")).to_have_text(re.compile("in force"))
    assert service(administrator, "A03")["minutes"] == 26


def test_four_hundred_services(page: Page) -> None:
    """A large catalogue is listed, found in and edited like a small one."""

    def large(route: Any) -> None:
        reply = route.fetch()
        body = reply.json()
        model = body["document"]["services"][0]
        body["document"]["services"] += [
            {**model, "id": f"A{number}"} for number in range(100, 440)
        ]
        route.fulfill(json=body)

    page.route("**/api/v1/catalogue/document", large)
    page.reload()
    expect(page.locator(".row")).to_have_count(402)
    go(page, "services/A03")
    expect(page.locator("#form-title")).to_be_focused()
    field(page, "minutes").fill("21")
    expect(page.locator("#draft")).to_be_visible()
    expect(page.locator(".dot--changed")).to_have_count(1)
    page.locator(".list__find input").fill("a439")
    expect(page.locator(".row")).to_have_count(1)


@pytest.mark.parametrize("language", LOOKED_AT)
def test_everyone_can_use_it(
    live: LiveCenter, administrator: Caller, opened: Opener, language: str
) -> None:
    """In every language, on a desk and at 320 points: axe finds nothing, and nothing is cut."""
    page = at(
        opened("administrator", width=1366, height=800, language=language), live, "services/A01"
    )
    for section in (
        "services/A01",
        "windows/3",
        "categories/infant",
        "events/birth",
        "calendar",
        "rules",
    ):
        go(page, section)
        expect(page.locator("#sections [aria-current]")).to_have_attribute(
            "href", f"#{section.partition('/')[0]}"
        )
        assert faults(page) == [], section
        for width, height in (NARROW, (1366, 800)):
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate(CUT) == [], f"{section} {width}"
    field(page, "undo_seconds").fill("33")
    page.click("#show")
    expect(page.locator("#compare")).to_be_visible()
    assert faults(page) == []
    page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    assert page.evaluate(CUT) == []
