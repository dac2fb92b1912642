from __future__ import annotations

import re
import time
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from display_board import chime
from queue_server.voice import sound, wav
from queue_server.voice.voicebox import Voicebox
from queue_server.web.pages import voice
from tests.display_board.conftest import SCRIPTS, hall, page, shy_browser  # noqa: F401 - fixtures
from tests.queue_server.web import callers
from tests.socket_hall import TOKEN
from tests.socket_hall import call as called

ADDRESS = "/board/1/voice.wav?number=A042&window=3&language=ru"
#: milliseconds in which a page must have come to what it should show
SOON = 30_000


@pytest.fixture
def speaking(running, packs):
    """A wired center that speaks from the real packs."""
    voice.install(running.web.app, Voicebox(packs))
    return running


def test_a_sound_file(speaking, packs):
    """A board gets the announcement as a WAV file: Uzbek, then the ticket's language."""
    reply = callers.device(speaking, "board").get(ADDRESS)
    assert reply.status_code == 200
    assert reply.content_type == "audio/wav"
    assert wav.read_clip(reply.data) == Voicebox(packs).say("A042", 3, "ru")


def test_kept_by_the_browser(speaking):
    """Asked again with its mark, nothing has changed; another language is another answer."""
    board = callers.device(speaking, "board")
    mark = board.get(ADDRESS).headers["ETag"]
    board.headers["If-None-Match"] = mark
    assert board.get(ADDRESS).status_code == 304
    assert board.get(ADDRESS.replace("ru", "en")).status_code == 200


def test_who_may_listen(speaking):
    """It needs the right to read the board, and a board hears its own hall only."""
    assert callers.Browser(speaking).get(ADDRESS).status_code in (302, 401)
    assert callers.device(speaking, "kiosk").get(ADDRESS).status_code == 403
    assert callers.person(speaking, "supervisor").get(ADDRESS).status_code == 200
    assert callers.device(speaking, "board").get(ADDRESS.replace("/1/", "/2/")).status_code == 403
    other = callers.person(speaking, "supervisor").get(ADDRESS.replace("/1/", "/77/"))
    assert other.status_code == 404


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "number=A042",
        "window=3",
        "number=&window=3",
        "number=A042&window=three",
        "number=A042&window=-3",
        "number=A042&window=0",
        "number=A042&window=100",
        "number=A042&window=99999999999999999999",
        "number=B042&window=3",
        "number=A000&window=3",
        "number=A042%0d%0aX-Evil:1&window=3",
        "number=../../etc/passwd&window=3",
        "number=A042&window=3&language=tlh",
        "number=A042&window=3&language=%00",
    ],
)
def test_garbage(speaking, asked):
    """What cannot be said is refused with the field's name, and never fails."""
    board = callers.device(speaking, "board")
    board.headers["Accept"] = "audio/wav"
    reply = board.get(f"/board/1/voice.wav?{asked}")
    assert reply.status_code == 422
    assert reply.json["field"] in ("number", "window", "language")


def test_a_center_without_voice(running, tmp_path):
    """Without packs the answer is that there are none, and the board only chimes."""
    voice.install(running.web.app, Voicebox(tmp_path / "nothing"))
    assert callers.device(running, "board").get(ADDRESS).status_code == 404


#: of one chime
TONES = len(chime.NOTES) * len(chime._PARTIALS)
#: what a page plays: seconds of each sound file, and how many tones of the chime
LISTEN = """
(() => {
  const Context = window.AudioContext;
  const sounds = [];
  window.played = { words: [], tones: 0 };
  const tell = (kind) => {
    sounds.push(kind);
    document.documentElement.setAttribute("data-played", sounds.join(" "));
  };
  const source = Context.prototype.createBufferSource;
  Context.prototype.createBufferSource = function () {
    const made = source.call(this);
    const start = made.start.bind(made);
    made.start = (when) => {
      played.words.push([made.buffer.duration, when]);
      tell("words");
      start(when);
    };
    return made;
  };
  const tone = Context.prototype.createOscillator;
  Context.prototype.createOscillator = function () {
    played.tones += 1;
    tell("tone");
    return tone.call(this);
  };
})();
"""


@pytest.fixture
def asked(page):  # noqa: F811 - the fixture
    """Listen to a page, and keep the addresses that it asks for words."""
    page.add_init_script(LISTEN)
    return []


def call(number, window, **facts):
    """Return the event of a call that is made now."""
    return called(number, window, datetime.fromtimestamp(time.time(), UTC).isoformat(), **facts)


def answer(page, asked, words, status=200):  # noqa: F811
    """Answer every question for words with the same."""

    def told(route):
        asked.append(route.request)
        route.fulfill(status=status, body=wav.write(words), content_type="audio/wav")

    page.route(re.compile("voice.wav"), told)


def follow(page, hall):  # noqa: F811
    """Open the board's page; returns once it follows the hall."""
    hall.publish(call("F001", 9))
    page.goto(f"{hall.url}/board/1?token={TOKEN}")
    expect(page.locator("#newest .call__number")).to_have_text("F001", timeout=SOON)


def sounding(page, kind, many):  # noqa: F811
    """Wait for so many tones or sound files."""
    often = re.compile(rf"(\b{kind}\b.*){{{many}}}")
    expect(page.locator("html")).to_have_attribute("data-played", often, timeout=SOON)


def heard(page, many):  # noqa: F811
    """Wait for so many sound files to be played, and return their seconds."""
    sounding(page, "words", many)
    return page.evaluate("played.words.map((one) => one[0])")


def test_the_page_speaks(page, asked, hall, packs):  # noqa: F811
    """A call is chimed for and spoken by the server's words, asked for with the board's token."""
    words = Voicebox(packs).say("A042", 3, "ru")
    answer(page, asked, words)
    follow(page, hall)
    hall.publish(call("A042", 3, language="ru"))
    assert heard(page, 1) == [pytest.approx(sound.seconds(words), abs=0.01)]
    assert len(asked) == 1
    assert asked[0].url.endswith(ADDRESS)
    assert asked[0].headers["authorization"] == f"Bearer {TOKEN}"
    assert page.evaluate("played.tones") == TONES


def test_the_page_speaks_one_after_another(page, asked, hall):  # noqa: F811
    """Two calls at once are two announcements; the second waits for the first one's end."""
    answer(page, asked, sound.silence(0.2))
    follow(page, hall)
    hall.publish(call("A042", 3), call("E117", 4))
    heard(page, 2)
    assert [request.url.partition("number=")[2][:4] for request in asked] == ["A042", "E117"]
    first, second = page.evaluate("played.words.map((one) => one[1])")
    assert second >= first + 0.2


@pytest.mark.parametrize(("status", "body"), [(404, b""), (500, b""), (200, b"no sound")])
def test_the_page_chimes_where_there_are_no_words(page, hall, asked, status, body):  # noqa: F811
    """Without a voice, with a broken server or a broken file, the chime is all, without error."""
    found = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.route(
        re.compile("voice.wav"),
        lambda route: (asked.append(route.request), route.fulfill(status=status, body=body)),
    )
    follow(page, hall)
    hall.publish(call("A042", 3))
    expect(page.locator("#newest .call__number")).to_have_text("A042", timeout=SOON)
    sounding(page, "tone", TONES)
    hall.publish(call("E117", 4))
    expect(page.locator("#newest .call__number")).to_have_text("E117", timeout=SOON)
    sounding(page, "tone", 2 * TONES)
    assert page.evaluate("played.words") == []
    assert len(asked) == (1 if status == 404 else 2)
    assert found == []


def test_the_same_pause_before_the_words(page):  # noqa: F811
    """On both boards the words set in equally long after the chime."""
    page.add_script_tag(path=SCRIPTS / "board" / "chime.js")
    assert page.evaluate("navbatChime.VOICE_AFTER") == chime.VOICE_AFTER


def test_nothing_old_after_the_first_touch(shy_browser, hall):  # noqa: F811
    """A page that may not sound yet does not save up its calls for the touch that lets it."""
    shy = shy_browser.new_page()
    shy.add_init_script(LISTEN)
    asked = []
    answer(shy, asked, sound.silence(0.2))
    follow(shy, hall)
    hall.publish(call("A042", 3))
    expect(shy.locator("#newest .call__number")).to_have_text("A042", timeout=SOON)
    shy.mouse.click(5, 5)
    expect(shy.locator("#sound")).to_be_hidden(timeout=SOON)
    hall.publish(call("E117", 4))
    heard(shy, 1)
    assert len(asked) == 1
    assert "E117" in asked[0].url
