from __future__ import annotations

import gzip
import re
from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import expect

from config import theming
from display_board import view
from tests.display_board.conftest import SCRIPTS
from tests.display_board.scenes import FIGURES, NUMBERS, WINDOWS
from tests.display_board.test_web_board import COVERED, CUT, LEAP, SOON, newest, show
from tests.socket_hall import TOKEN, call

LAYOUTS = ("calls", "windows", "columns", "portrait", "bar")
SIZES = ((1920, 1080), (1080, 1920), (1920, 360), (1366, 768))
#: what a television loads before it shows a call, compressed, in bytes
FIRST_LOAD = 150_000
#: every two cards and whether they meet
MEETING = """
() => {
  const cards = [...document.querySelectorAll('#newest, .other, .figure, .media, .head, .foot')]
    .filter((e) => e.getClientRects().length > 0)
    .map((e) => [e.id || e.className, e.getBoundingClientRect()]);
  const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 &&
    a.top < b.bottom - 1 && b.top < a.bottom - 1;
  const off = cards.filter(([, r]) => r.left < -1 || r.top < -1 ||
    r.right > innerWidth + 1 || r.bottom > innerHeight + 1);
  const pairs = cards.flatMap((one, i) => cards.slice(i + 1).map((other) => [one, other]));
  return [
    ...off.map(([name]) => [name, 'outside']),
    ...pairs.filter(([a, b]) => meet(a[1], b[1])).map(([a, b]) => [a[0], b[0]]),
  ];
}
"""


def figures():
    """Return the event that brings a hall's figures."""
    waits = [
        {"prefix": w.prefix, "texts": {}, "waiting": w.waiting, "low": w.low, "high": w.high}
        for w in FIGURES.waits
    ]
    notices = [{"id": "1", "texts": dict(notice.texts)} for notice in FIGURES.notices]
    told = {"next": list(FIGURES.next), "waits": waits, "notices": notices}
    return {"v": 1, "type": "hall_figures", **told}


def open_page(browser, size, theme=None):
    """Open a page of a size; a theme's colours take the place of the server's."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    page.add_init_script(LEAP)
    if theme:
        colours = repr(dict(theming.find(theme).colours))
        page.route(
            re.compile(r"/board/1\?"),
            lambda route: route.fulfill(
                response=(answer := route.fetch()),
                body=answer.text().replace('"theme": {}', f'"theme": {colours}'.replace("'", '"')),
            ),
        )
    return page


def full(hall):
    """Let a hall have twelve calls and figures."""
    hall.publish(*[call(NUMBERS[n], WINDOWS[n]) for n in range(1, 12)])


def tell(page, hall):
    """Let the page hear of figures and of a new call."""
    hall.publish(figures(), call(NUMBERS[0], WINDOWS[0]))
    expect(newest(page)).to_have_text(NUMBERS[0], timeout=SOON)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_every_layout(browser, hall, size):
    """In every layout, with figures and without, nothing is cut, covered or off the screen."""
    full(hall)
    page = open_page(browser, size)
    for layout, beside in product(LAYOUTS, ("", "&figures=1")):
        show(page, hall, f"?token={TOKEN}&layout={layout}{beside}")
        expect(newest(page)).not_to_have_text("", timeout=SOON)
        page.evaluate("document.fonts.ready")
        tell(page, hall)
        assert page.evaluate(CUT) == [], (layout, beside)
        assert page.evaluate(COVERED) == [], (layout, beside)
        assert page.evaluate(MEETING) == [], (layout, beside)
        hall.publish(call(NUMBERS[0], WINDOWS[0], at_window=False))
    page.context.close()


def test_figures_and_notices(browser, hall):
    """The page tells who is next, how long one waits by letter, and the center's notices."""
    full(hall)
    page = open_page(browser, (1920, 1080))
    show(page, hall, f"?token={TOKEN}&figures=1")
    expect(newest(page)).not_to_have_text("", timeout=SOON)
    tell(page, hall)
    expect(page.locator(".next__number")).to_have_text(["A043", "E118", "A044", "T209"])
    first = page.locator(".wait").first
    expect(first.locator(".wait__prefix")).to_have_text(re.compile("[A-Z]"))
    expect(page.locator("#calls .bulletin")).to_be_visible()
    expect(page.locator("#calls .foot__hint")).to_be_hidden()
    expect(page.locator("#calls .bulletin__text")).to_have_attribute("lang", re.compile("."))
    prefixes = page.locator(".wait__prefix")
    seen = set(prefixes.all_inner_texts())
    shown = prefixes.first.inner_text()
    page.evaluate(f"leap({view.PAGE})")
    expect(prefixes.first).not_to_have_text(shown, timeout=SOON)
    seen |= set(prefixes.all_inner_texts())
    assert seen == {wait.prefix for wait in FIGURES.waits}


def test_windows(browser, hall):
    """By window, each open window stands in its order, with its number or free."""
    hall.publish(call("A042", 3))
    page = open_page(browser, (1920, 1080))
    show(page, hall, f"?token={TOKEN}&layout=windows")
    expect(newest(page)).to_have_text("A042", timeout=SOON)
    signs = page.locator(".other:not(.well) .call__window")
    expect(signs).to_have_text(["1", "2", "3"])
    expect(page.locator(".other:not(.well) .call__number")).to_have_text(["–", "–", "A042"])
    expect(page.locator(".other.free")).to_have_count(2)
    hall.publish(call("E117", 1))
    expect(page.locator(".other.lit .call__number")).to_have_text(["E117"], timeout=SOON)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_axe(browser, hall, layout):
    """Axe finds nothing serious on a board, in any layout or theme, or with nobody called."""
    page = open_page(browser, (1920, 1080), "dark" if layout == "columns" else None)
    show(page, hall, f"?token={TOKEN}&layout={layout}")
    empty = ".newest__none" if layout == "windows" else "#idle .foot__hint"
    expect(page.locator(empty)).to_be_visible(timeout=SOON)
    assert serious(page) == []
    full(hall)
    show(page, hall, f"?token={TOKEN}&layout={layout}&figures=1")
    expect(newest(page)).not_to_have_text("", timeout=SOON)
    tell(page, hall)
    assert serious(page) == []
    page.context.close()


def serious(page):
    """Return what axe finds that is serious."""
    found = Axe().run(page).response["violations"]
    return [
        (v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in ("serious", "critical")
    ]


def test_theme_colours_the_page(browser, hall, tmp_path):
    """A theme's colours are those that are seen."""
    full(hall)
    page = open_page(browser, (1280, 720), "dark")
    show(page, hall, f"?token={TOKEN}")
    expect(newest(page)).not_to_have_text("", timeout=SOON)
    page.screenshot(path=tmp_path / "dark.png")
    image = Image.open(tmp_path / "dark.png").convert("RGB")
    page_colour = tuple(bytes.fromhex(theming.find("dark").colours["page"][1:]))
    assert image.getpixel((5, 300)) == page_colour
    page.context.close()


def test_media(browser, hall, tmp_path):
    """Pictures stand beside the calls; a broken one is passed over; a video is muted."""
    Image.new("RGB", (320, 180), (200, 30, 90)).save(tmp_path / "a.png")
    full(hall)
    page = open_page(browser, (1920, 1080))
    asked = []
    page.route("**/board/1/media", lambda route: route.fulfill(json={"media": names}))
    page.route(
        "**/board/1/media/*",
        lambda route: (
            asked.append(route.request.url),
            route.fulfill(body=b"no picture", content_type="image/png")
            if "broken" in route.request.url
            else route.fulfill(path=tmp_path / "a.png"),
        ),
    )
    names = ["0-broken.png", "a.png"]
    show(page, hall, f"?token={TOKEN}&media=1")
    expect(page.locator("#media img")).to_be_visible(timeout=SOON)
    expect(page.locator("#media img")).to_have_attribute("src", re.compile("a.png"), timeout=SOON)
    assert any("broken" in url for url in asked)
    box = page.locator("#media").bounding_box()
    assert box["width"] * box["height"] <= 0.4 * 1920 * 1080
    assert page.evaluate(MEETING) == []
    assert page.evaluate("document.querySelector('#media video').muted")
    page.context.close()


def test_no_media_no_place(browser, hall):
    """Where no file can be shown the calls have the whole screen."""
    full(hall)
    page = open_page(browser, (1920, 1080))
    page.route("**/board/1/media", lambda route: route.fulfill(json={"media": ["x.png"]}))
    page.route("**/board/1/media/*", lambda route: route.abort())
    show(page, hall, f"?token={TOKEN}&media=1")
    expect(newest(page)).not_to_have_text("", timeout=SOON)
    expect(page.locator("#media")).to_be_hidden(timeout=SOON)
    assert page.locator("#newest").bounding_box()["width"] > 1700
    page.context.close()


def test_first_load(browser, hall):
    """What a board loads before its first call is at most 150 kB compressed."""
    loaded = {}
    page = open_page(browser, (1920, 1080))

    def note(response):
        if "/api/" not in response.url and "socket.io/?" not in response.url:
            loaded[response.url.partition("?")[0]] = response

    page.on("response", note)
    full(hall)
    show(page, hall)
    expect(newest(page)).not_to_have_text("", timeout=SOON)
    page.evaluate("document.fonts.ready")
    sizes = {url: len(compressed(url, response.body())) for url, response in loaded.items()}
    assert 60_000 < sum(sizes.values()) <= FIRST_LOAD, sizes
    page.context.close()


def compressed(url, body):
    """Return what travels: fonts are compressed already."""
    return body if url.endswith(".woff2") else gzip.compress(body, 6)


def test_the_pattern_of_a_card_is_in_the_page():
    """The page holds one card of an earlier call, which the script copies."""
    page = (SCRIPTS.parent / "templates" / "board" / "board.html").read_text()
    assert page.count('class="call other"') == 1
