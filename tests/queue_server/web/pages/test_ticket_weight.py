"""The visitor's page on an old phone and a thin line: light, in old words, plain in style."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Response

from config import tokens
from queue_server.web.pages.ticket import STYLE, plain_style
from tests.queue_server.web.pages.conftest import STATIC
from tests.queue_server.web.pages.live_center import LiveCenter

SCRIPTS = sorted([*(STATIC / "ticket").glob("*.js"), STATIC / "feed.js"])
#: what a browser of 2015 does not read
NEWER = re.compile(
    r"=>|`|\b(?:let|const|class|async|await|import|export)\b|\?\.|\?\?|\.\.\.|\*\*"
    r"|\.(?:includes|flat|flatMap|replaceAll|at|append|remove|closest|replaceChildren)\("
    r"|\b(?:fetch|URLSearchParams|AbortController)\("
)
NEWER_STYLE = re.compile(
    r"var\(|calc\(|clamp\(|min\(|max\(|\bgrid\b|\bgap:|\binset:|aspect-ratio|:has\(|:is\(|#\w{8}\b"
)
MOST = 150_000


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_phone_of_2015_reads_the_scripts(path: Path) -> None:
    """ES5 only, outside comments and texts in quotes, and none of the newer calls."""
    code = re.sub(r"/\*.*?\*/|//[^\n]*|\"[^\"\n]*\"", "", path.read_text(), flags=re.DOTALL)
    assert NEWER.findall(code) == []


def test_a_phone_of_2015_reads_the_style() -> None:
    """Neither variables nor grids, gaps or functions: each token's value stands in its place."""
    style = plain_style(STYLE.read_text(), tokens.css(tokens.load()))
    code = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    assert NEWER_STYLE.findall(code) == []
    assert tokens.load().colours["accent"] in style


def test_an_unknown_token_is_an_error() -> None:
    """A slip in the style sheet is found at once."""
    with pytest.raises(KeyError, match="colour-acent"):
        plain_style("a { color: var(--colour-acent) }", ":root{--colour-accent:#000000;}")


def test_the_first_load_is_light(live: LiveCenter, browser: Browser) -> None:
    """All that a phone loads for the page in Cyrillic stays under the limit, even unpacked."""
    ticket = live.issue("A01", language="uz-Cyrl")
    context = browser.new_context()
    page = context.new_page()
    loaded: list[Response] = []

    def keep(reply: Response) -> None:
        loaded.append(reply)

    page.on("response", keep)
    page.goto(live.ticket_page(ticket), wait_until="networkidle")
    weights = {reply.url: len(reply.body()) for reply in loaded}
    context.close()
    assert len(weights) > 8
    assert sum(weights.values()) < MOST, weights
