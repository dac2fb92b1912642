"""The handbook's pictures: made of one living morning, and every key that its pages name is there.

`NAVBAT_SNAPSHOTS=renew` makes the pictures anew.
"""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from queue_server import bootstrap, demo
from queue_server.contracts.asks import FinishTicket
from queue_server.simulation.caller import Caller
from queue_server.usecases import chores, serving, shifts
from queue_server.usecases.ports import Center
from tests.conftest import HandClock
from tests.e2e import hall_picture, past_weeks
from tests.e2e.busy_day import BusyDay
from tests.e2e.demo_hall import free_port
from tests.e2e.hand_center import listening, wired
from tests.queue_server.usecases.people import clerk, do
from tests.snapshot import RENEW

#: werkzeug's own server leaves a file open where a browser goes in the middle of an answer
pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning"
)
DOCS = Path(__file__).parents[2] / "docs"
PICTURES = DOCS / "pictures"
#: a picture is at most so heavy, bytes
HEAVIEST = 150_000
DESK, TALL, PHONE = (1280, 800), (1280, 1100), (390, 844)
#: eight in the morning in Tashkent, and the time of the pictures
DOORS, NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC), datetime(2026, 11, 23, 5, 42, tzinfo=UTC)
#: windows of the pictures: a visitor in hand, and a break
SERVES, RESTS = 3, 9
#: the week before the pictures; the days that were lived are longer where they are to be seen
LAST_WEEK = (date(2026, 11, 16), date(2026, 11, 21))
LIVED, WEEKS = (6, 8) if RENEW else (1, 3)
NOTE = "Comes with her mother. The copy is in the folder."
#: what is played forward takes seconds, ms
SOON = 20_000
NOTE_IN_UZBEK = "Onasi bilan keldi. Nusxasi papkada."


#: opens the page of a picture, in a language
Opener = Callable[..., Page]


@dataclass(frozen=True, slots=True)
class Morning:
    """A center at 10:42 of a usual day."""

    url: str
    center: Center
    people: dict[str, str]

    def caller(self, login: str) -> Caller:
        """Return a caller signed in as somebody."""
        caller = Caller(self.url)
        caller.sign_in(login, self.people[login])
        return caller

    def hand(self) -> str:
        """Return the ticket in hand at the window of the pictures."""
        with self.center.read() as work:
            found = work.tickets.in_hand(SERVES)
        assert found is not None
        return found.id


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: who looks at which page, what is done before, and which keys its text names."""

    login: str | None
    path: str
    ready: Callable[[Page, Morning], None]
    keys: tuple[str, ...]
    size: tuple[int, int] = DESK


@pytest.fixture(scope="module")
def morning(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Morning]:
    """A center with a past whose day has begun at eight; its clock stands at 10:42."""
    folder = Path(shutil.copytree(prepared, tmp_path_factory.mktemp("morning") / "center"))
    clock, port = HandClock(), free_port()
    wiring = demo.Demo(folder, port).wiring
    past_weeks.live(wiring, LAST_WEEK[1], LIVED, briefly=not RENEW)
    past_weeks.remember(wiring, LAST_WEEK[1], WEEKS)
    clock.at = DOORS
    with wired(folder, clock, port) as running:
        day = BusyDay(running.center, clock, 1250, seed=4)
        while clock.at < NOW:
            day.play(min(clock.at + timedelta(minutes=6), NOW))
            chores.look_after(running.center)
            if NOW - clock.at == timedelta(minutes=12):
                rest(running.center, RESTS)
        people = {one.login: one.password for one in demo.links(demo.Demo(folder, port)).people}
        # the morning was told the quick estimate; questions are answered by what its past taught
        object.__setattr__(running.center, "foresight", bootstrap.new_foresight())
        with listening(running, port) as url:
            made = Morning(url, running.center, people)
            tell(made, folder, clock)
            yield made


def rest(center: Center, number: int) -> None:
    """Let a clerk end what is in hand and go to lunch."""
    with center.read() as work:
        hand = work.tickets.in_hand(number)
    if hand is not None:
        if hand.state == "called":
            do(center, clerk(number), lambda act: serving.start(act, hand.id, None))
        do(center, clerk(number), lambda act: serving.finish(act, hand.id, FinishTicket()))
    do(center, clerk(number), lambda act: shifts.pause_window(act, number, "Lunch"))


def tell(morning: Morning, folder: Path, clock: HandClock) -> None:
    """Let devices report and one ask to come in, and somebody leave a note."""
    links = demo.links(demo.Demo(folder, 8000))
    printer = {"model": "TM-T20III", "reason": None, "paper": "plenty", "paper_left_mm": 54_000}
    for device in (*links.devices, demo.station(demo.Demo(folder, 8000))):
        health: dict[str, Any] = {"version": "2.0.0", "clock": clock.at.isoformat()}
        if device.kind in ("kiosk", "station"):
            low = {"paper": "low", "paper_left_mm": 4_000} if device.name == "kiosk-2" else {}
            health |= {"printer": printer | low, "temperature_c": 44.5, "disk_free_mb": 22_511}
        Caller(morning.url, device.token).post("/devices/report", health).raise_for_status()
    for kind in ("kiosk", "board"):
        Caller(morning.url).post("/pairings", {"kind": kind}).raise_for_status()
    reception = morning.caller("receptionist")
    reception.post(f"/tickets/{morning.hand()}/note", {"text": NOTE}).raise_for_status()


@pytest.fixture
def opened(browser: Browser, morning: Morning) -> Iterator[Opener]:
    """Open the page of a picture as its person, in English where nothing else is said."""
    contexts = []

    def open_(shot: Shot, language: str = "en") -> Page:
        size = {"width": shot.size[0], "height": shot.size[1]}
        context = browser.new_context(viewport=size, reduced_motion="reduce")  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{morning.url}/sign-in?lang={language}")
        if shot.login:
            page.fill("#login", shot.login)
            page.fill("#password", morning.people[shot.login])
            page.click("button[type=submit]")
        page.goto(f"{morning.url}{shot.path}")
        return page

    yield open_
    for context in contexts:
        context.close()


def in_hand(page: Page, _morning: Morning) -> None:
    """A visitor is being served."""
    expect(page.locator("#number")).not_to_be_empty()
    expect(page.locator("#hand-note-text")).not_to_be_empty()


def on_a_break(page: Page, _morning: Morning) -> None:
    """The window rests."""
    expect(page.locator("#nobody-why")).not_to_be_empty()


def history(page: Page, morning: Morning) -> None:
    """The visit in hand is told from its beginning."""
    in_hand(page, morning)
    page.keyboard.press("v")
    expect(page.locator(".step--note")).to_be_visible()


def at_reception(page: Page, _morning: Morning) -> None:
    """A service is chosen, the ticket could be issued."""
    page.locator(".tile").nth(1).click()
    page.locator(".service").nth(1).click()
    page.check("[name=language][value=ru]")
    expect(page.locator("#issue-key")).to_be_enabled()


def floor(page: Page, _morning: Morning) -> None:
    """Windows, queues and visitors are there."""
    expect(page.locator(".window")).to_have_count(12)
    expect(page.locator("#waiting .row").first).to_be_visible()


def duty(page: Page, morning: Morning) -> None:
    """What a window takes is being changed."""
    floor(page, morning)
    page.locator(".window[data-id='12'] button").click()
    page.get_by_role("button", name="Change what it takes").click()
    page.locator("[name=group-A][value='1']").check()
    expect(page.locator("#duty")).to_be_visible()


def reports(page: Page, _morning: Morning) -> None:
    """Figures and charts are drawn."""
    expect(page.locator("svg.chart").first).to_be_visible()


def estimates(page: Page, _morning: Morning) -> None:
    """The week's word was kept or not: figures and charts are drawn."""
    expect(page.locator("#head-kept")).to_be_visible()
    expect(page.locator("#table-services tbody tr").first).to_be_visible()


def forecast(page: Page, _morning: Morning) -> None:
    """Tomorrow's visitors, and the windows that they need, are computed."""
    expect(page.locator("#verdicts")).to_have_attribute("data-staffing", "ready", timeout=SOON)
    expect(page.locator(".coming li")).not_to_have_count(0)


def what_if(page: Page, _morning: Morning) -> None:
    """Somebody asked what it does if a window that takes passports closes now."""
    expect(page.locator("#window option")).not_to_have_count(0)
    page.locator("[name=kind][value=close]").check(force=True)
    page.select_option("#window", "4")
    page.locator("#look").click()
    expect(page.locator("#summary")).to_be_visible(timeout=SOON)
    expect(page.locator("#tables tbody tr").first).to_be_visible()


def people(page: Page, _morning: Morning) -> None:
    """Everybody is listed."""
    expect(page.locator("#rows tr").first).to_be_visible()


def catalogue(page: Page, _morning: Morning) -> None:
    """A service's form is open, and one change is not in force yet."""
    page.locator('.entry[data-field="minutes"] input').fill("20")
    expect(page.locator("#draft-count")).to_have_text("Changes: 1")
    page.locator('.entry[data-field="minutes"] input').blur()
    page.evaluate("for (const e of document.querySelectorAll('*')) e.scrollTop = 0")


def devices(page: Page, _morning: Morning) -> None:
    """Devices ask to be let in; others say how they are."""
    expect(page.locator(".wish")).to_have_count(2)
    expect(page.locator(".device").first).to_be_visible()


def book(page: Page, _morning: Morning) -> None:
    """A visitor has chosen a service and looks at the free times."""
    page.fill("#search", "passport")
    page.locator("#found .service").first.click()
    page.locator(".day:enabled").nth(2).click()
    page.locator(".time").nth(4).click()
    page.locator(".day[aria-pressed=true]").scroll_into_view_if_needed()
    page.evaluate("document.querySelector('#title-day, .day').scrollIntoView()")


SERVING_KEYS = (
    *("Next", "Call again", "Start", "Finish", "No-show", "Put on hold", "Back to the queue"),
    *("Transfer", "Add a service", "Wrap up", "Undo", "Note", "History of the visit"),
    *("Take a break", "Close the window"),
)
SHOTS: Final[dict[str, Shot]] = {
    "panel": Shot(f"clerk{SERVES}", "/panel", in_hand, SERVING_KEYS),
    "history": Shot(f"clerk{SERVES}", "/panel", history, ()),
    "break": Shot(f"clerk{RESTS}", "/panel", on_a_break, ("Back to work",)),
    "reception": Shot(
        *("receptionist", "/reception", at_reception), ("Issue", "Book a time", "All sections")
    ),
    "floor": Shot("supervisor", "/floor", floor, ()),
    "duty": Shot("supervisor", "/floor", duty, ("Service by service",)),
    "reports": Shot("analyst", "/reports", reports, ()),
    "estimates": Shot(
        "analyst",
        f"/estimates?from={LAST_WEEK[0]}&to={LAST_WEEK[1]}",
        estimates,
        ("Earlier period", "14 days"),
        TALL,
    ),
    "forecast": Shot("supervisor", "/forecast", forecast, ("The day after",), TALL),
    "what_if": Shot(
        *("supervisor", "/what-if", what_if),
        ("See what would happen", "And also…", "Which closed window would help most?"),
        TALL,
    ),
    "people": Shot("administrator", "/people", people, ("Add a person",)),
    "catalogue": Shot(
        *("administrator", "/catalogue#services/A03", catalogue),
        ("Show the changes", "Undo", "Discard all", "Export to a file", "Import a file"),
    ),
    "devices": Shot(
        *("administrator", "/devices", devices), ("Let in", "Refuse", "Let a new device in")
    ),
    "book": Shot(None, "/book?lang=en", book, (), PHONE),
}


@pytest.mark.parametrize("name", SHOTS)
def test_a_page_is_as_the_handbook_says(morning: Morning, opened: Opener, name: str) -> None:
    """It shows what its picture does, and has every key that the text names."""
    shot = SHOTS[name]
    page = opened(shot)
    shot.ready(page, morning)
    for key in shot.keys:
        found = page.get_by_role("button", name=key).or_(page.get_by_role("link", name=key))
        expect(found.or_(page.locator("label", has_text=key)).first).to_be_visible()
    if RENEW:
        keep(name, shot_of(page), 128)


@pytest.mark.skipif(not RENEW, reason="the picture is made when it is asked for")
def test_the_hall_is_drawn(morning: Morning, opened: Opener) -> None:
    """Kiosk, slip, board, floor and panel of the same morning, in Uzbek."""
    hand, pages = morning.hand(), []
    reception = morning.caller("receptionist")
    reception.post(f"/tickets/{hand}/note", {"text": NOTE_IN_UZBEK}).raise_for_status()
    for name in ("panel", "floor"):
        page = opened(SHOTS[name], "uz-Latn")
        SHOTS[name].ready(page, morning)
        pages.append(shot_of(page))
    supervisor = morning.caller("supervisor")
    url = f"{morning.url}/t/{hand}?key={morning.center.signer.key(hand)}"
    facts = {
        "ticket": supervisor.get(f"/tickets/{hand}") | {"url": url},
        # the visit in hand is the one that the board has just called
        "calls": sorted(
            supervisor.get("/boards/1")["calls"], key=lambda call: call["window"] != SERVES
        ),
        "catalogue": supervisor.get("/catalogue"),
    }
    keep("hall", hall_picture.composed(pages[0], pages[1], facts), 256)


def shot_of(page: Page) -> Image.Image:
    """Return what a page looks like while nothing points at it."""
    page.mouse.move(0, 0)
    page.evaluate("async () => { await document.fonts.ready; }")
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


def keep(name: str, picture: Image.Image, colours: int) -> None:
    """Keep a picture of so many colours, for everybody to read."""
    path = PICTURES / f"{name}.png"
    # the few red pixels stay red, which a median cut would make brown
    best = Image.Quantize.MAXCOVERAGE
    # shadows are grained rather than banded; a page is as flat as it was
    dither = Image.Dither.FLOYDSTEINBERG if colours > 128 else Image.Dither.NONE
    table = picture.quantize(colours, best, kmeans=1)
    picture.quantize(colours, palette=table, dither=dither).save(path, optimize=True)
    path.chmod(0o644)


def test_every_picture_is_shown_and_light() -> None:
    """What lies in docs/pictures stands in a document, and the other way round."""
    documents = [DOCS.parent / "README.md", *DOCS.rglob("*.md")]
    text = "\n".join(document.read_text() for document in documents)
    shown = set(re.findall(r"!\[[^\]]+\]\([./\w]*pictures/([\w-]+\.png)\)", text))
    kept = {path.name: path.stat().st_size for path in PICTURES.glob("*.png")}
    assert shown == kept.keys()
    assert shown >= {f"{name}.png" for name in SHOTS}
    heavy = {name for name, size in kept.items() if size > HEAVIEST}
    assert heavy <= {"hall.png"}
    assert kept["hall.png"] <= 2 * HEAVIEST
