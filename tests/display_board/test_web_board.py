from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from display_board import chime, view
from tests.display_board.conftest import SCRIPTS
from tests.display_board.scenes import LONG, NUMBERS, WINDOWS
from tests.socket_hall import NAMES, TOKEN, call

#: milliseconds in which a page must have come to what it should show
SOON = 60_000


@pytest.fixture
def complaints(page):
    """Collect what the page's scripts and its security policy complain of."""
    found = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("console", lambda said: found.append(said.text) if "Policy" in said.text else None)
    return found


def show(page, hall, query=f"?token={TOKEN}"):
    """Open the board's page."""
    page.goto(f"{hall.url}/board/1{query}")


def newest(page):
    """Return the newest call's number."""
    return page.locator("#newest .call__number")


def numbers(page):
    """Return the numbers that are seen."""
    return [text for text in page.locator(".call__number:visible").all_inner_texts() if text]


def test_calls(page, hall, complaints):
    """The page shows who is called, follows the hall, and breaks no rule of its security policy."""
    hall.publish(call("A042", 3))
    show(page, hall)
    expect(newest(page)).to_have_text("A042", timeout=SOON)
    hall.publish(call("E117", 12), call("A042", 3, at_window=False))
    expect(newest(page)).to_have_text("E117", timeout=SOON)
    assert numbers(page) == ["E117"]
    expect(page.locator("#newest .call__window")).to_have_text("12")
    assert complaints == []


def test_highlight(page, hall):
    """A new call stands out and after six seconds does so no longer; what was there does not."""
    page.add_init_script(STILL)
    hall.publish(call("A042", 3))
    show(page, hall)
    expect(newest(page)).to_have_text("A042", timeout=SOON)
    expect(page.locator("#newest")).not_to_have_class(re.compile("lit"))
    hall.publish(call("E117", 12))
    expect(page.locator("#newest")).to_have_class(re.compile("lit"), timeout=SOON)
    expect(page.locator(".other.lit")).to_have_count(0)
    page.evaluate(f"leap({view.HIGHLIGHT - 1})")
    hall.publish(call("E118", 13))
    expect(newest(page)).to_have_text("E118", timeout=SOON)
    expect(page.locator(".other.lit .call__number")).to_have_text(["E117"])
    page.evaluate("leap(2)")
    expect(page.locator(".other.lit")).to_have_count(0, timeout=SOON)
    expect(page.locator("#newest")).to_have_class(re.compile("lit"))
    page.evaluate(f"leap({view.HIGHLIGHT})")
    expect(page.locator("#newest")).not_to_have_class(re.compile("lit"), timeout=SOON)


def test_nobody_is_called(page, hall):
    """An empty hall is a welcome: the center, the time, and how a visit goes."""
    show(page, hall)
    expect(page.locator("#idle h1")).to_have_text(NAMES["uz-Latn"], timeout=SOON)
    expect(page.locator("#idle .foot__hint")).to_be_visible(timeout=SOON)
    expect(page.locator("#idle time")).to_have_text(re.compile(r"^\d\d:\d\d$"))
    expect(page.locator("#calls")).to_be_hidden()


def test_server_killed(page, hall, complaints):
    """Without a server every call stays, with the time of that state; then the page catches up."""
    hall.publish(call("A042", 3))
    show(page, hall)
    expect(newest(page)).to_have_text("A042", timeout=SOON)
    hall.kill()
    expect(page.locator("#calls .notice")).to_be_visible(timeout=SOON)
    expect(page.locator("#calls .notice")).to_have_text(re.compile(r"\d\d:\d\d"))
    assert numbers(page) == ["A042"]
    hall.start()
    hall.publish(call("E117", 12))
    expect(newest(page)).to_have_text("E117", timeout=SOON)
    expect(page.locator("#calls .notice")).to_be_hidden(timeout=SOON)
    assert complaints == []


def test_lost_is_not_empty(page, hall):
    """A page that has lost the server does not claim that nobody is called."""
    show(page, hall)
    expect(page.locator("#idle .foot__hint")).to_be_visible(timeout=SOON)
    hall.kill()
    expect(page.locator("#idle .notice")).to_be_visible(timeout=SOON)
    expect(page.locator("#idle .foot__hint")).to_be_hidden()


def test_polls_without_a_socket(page, hall):
    """Where sockets are refused the board asks every five seconds, and is no worse informed."""
    hall.refuse(sockets=True)
    hall.publish(call("A042", 3))
    show(page, hall)
    expect(newest(page)).to_have_text("A042", timeout=SOON)
    hall.publish(call("E117", 12))
    expect(newest(page)).to_have_text("E117", timeout=SOON)
    expect(page.locator("#newest")).to_have_class(re.compile("lit"))
    expect(page.locator("#calls .notice")).to_be_hidden()


def test_wrong_token(page, hall):
    """A wrong token is no empty hall: the board asks to be let in."""
    show(page, hall, "?token=wrong")
    expect(page).to_have_url(re.compile("/pair"), timeout=SOON)


def test_the_time_is_the_servers(browser, hall):
    """A television whose clock is years off shows the center's time."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, timezone_id="Asia/Tokyo")
    page = context.new_page()
    page.clock.install(time="2001-01-01T00:00:00Z")
    show(page, hall)
    page.clock.run_for(2000)
    shown = page.locator("#idle time")
    right = page.request.get(f"{hall.url}/api/v1/boards/1").headers["date"]
    hours, minutes = map(int, right.split()[4].split(":")[:2])
    near = [f"{(hours + 5 + (minutes + m) // 60) % 24:02}:{(minutes + m) % 60:02}" for m in (0, 1)]
    expect(shown).to_have_text(re.compile("|".join(near)), timeout=SOON)
    context.close()


CUT = """
() => {
  const homes = '.call__sign, .call, .head, .figure, li, .foot, .welcome, button';
  const texts = 'b, strong, h1, time, [data-text], .notice, button';
  const inside = (ink, home) => ink.left >= home.left - 1 && ink.right <= home.right + 1;
  return [...document.querySelectorAll(texts)].filter((e) => {
    if (e.getClientRects().length === 0) { return false; }
    const range = document.createRange();
    range.selectNodeContents(e);
    const ink = range.getBoundingClientRect();
    const clipped = e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1;
    return clipped || !inside(ink, e.closest(homes).getBoundingClientRect());
  }).map((e) => e.outerHTML);
}
"""
COVERED = """
() => {
  const texts = '.head__names strong, .head__clock, .foot__hint, .notice, .dots, #sound';
  const row = [...document.querySelectorAll(texts)]
    .filter((e) => e.getClientRects().length > 0)
    .map((e) => [e.outerHTML, e.getBoundingClientRect()]);
  const meet = (a, b) =>
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  const pairs = row.flatMap((one, i) => row.slice(i + 1).map((other) => [one, other]));
  return pairs.filter(([one, other]) => meet(one[1], other[1])).map(([a, b]) => [a[0], b[0]]);
}
"""
#: lets a test pass seconds on the page's steady clock, and on nothing else
LEAP = """
(() => {
  const real = performance.now.bind(performance);
  let leapt = 0;
  performance.now = () => real() + leapt;
  window.leap = (seconds) => { leapt += seconds * 1000; };
})();
"""
#: as LEAP, but the clock stands still between
STILL = """
(() => {
  let leapt = 0;
  performance.now = () => leapt;
  window.leap = (seconds) => { leapt += seconds * 1000; };
})();
"""


@pytest.mark.parametrize(
    "size", [(1920, 1080), (1280, 720), (1080, 1920), (1024, 768), (2560, 1080), (1920, 360)]
)
@pytest.mark.parametrize("many", [0, 12])
def test_nothing_cut(browser, hall, size, many):
    """On every television, in every language, no text is cut off or covered."""
    hall.publish(*[call(NUMBERS[n], WINDOWS[n]) for n in range(many)])
    if many:
        hall.publish(call("MMM9999", 12345))
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    page.add_init_script(LEAP)
    for name, languages in (("", NAMES), (LONG.name("ru"), ["uz-Latn"])):
        show(page, hall, f"?token={TOKEN}&name={name}")
        ready = newest(page) if many else page.locator("#idle .foot__hint")
        expect(ready).to_be_visible(timeout=SOON)
        page.evaluate("document.fonts.ready")
        for language in languages:
            expect(page.locator("html")).to_have_attribute("lang", language, timeout=SOON)
            assert page.evaluate(CUT) == []
            assert page.evaluate(COVERED) == []
            page.evaluate(f"leap({view.LANGUAGE})")
    context.close()


def test_pages_turn(page, hall):
    """Twelve calls are shown five at a time, with a dot for each page."""
    page.add_init_script(STILL)
    hall.publish(*[call(NUMBERS[n], WINDOWS[n]) for n in range(12)])
    show(page, hall)
    expect(page.locator(".dot")).to_have_count(3, timeout=SOON)
    first = numbers(page)
    assert len(first) == 5
    expect(page.locator(".dot").nth(0)).to_have_class("dot now")
    page.evaluate(f"leap({view.PAGE})")
    expect(page.locator(".dot").nth(1)).to_have_class("dot now", timeout=SOON)
    second = numbers(page)
    assert second[0] == first[0]
    assert not set(second[1:]) & set(first[1:])


def test_same_chime(page):
    """The web board plays the notes of the native one."""
    page.add_script_tag(path=SCRIPTS / "board" / "chime.js")
    notes = page.evaluate("navbatChime.NOTES")
    assert notes == [[note.begins, note.frequency, note.decay] for note in chime.NOTES]
    assert page.evaluate("navbatChime.PARTIALS") == [list(partial) for partial in chime._PARTIALS]
    assert page.evaluate("navbatChime.LENGTH") == chime.LENGTH


def test_sound_after_a_touch(shy_browser, page, hall):
    """Where the browser wants a touch first, a key offers the sound; touched, it is gone."""
    shy = shy_browser.new_page()
    show(shy, hall)
    expect(shy.locator("#sound")).to_be_visible(timeout=SOON)
    shy.locator("#sound").click()
    expect(shy.locator("#sound")).to_be_hidden(timeout=SOON)
    show(page, hall)
    expect(page.locator("#idle .foot__hint")).to_be_visible(timeout=SOON)
    expect(page.locator("#sound")).to_be_hidden()
