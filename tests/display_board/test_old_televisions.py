from __future__ import annotations

import json
import re
import subprocess

import pytest
from playwright._impl._driver import compute_driver_executable

from config import tokens
from tests.display_board.conftest import SCRIPTS
from tests.socket_hall import ROOT

#: the scripts that a web board loads, ours and the one from npm
SHIPPED = (
    "feed.js",
    "board/board_state.js",
    "board/board_plan.js",
    "board/board_say.js",
    "board/board_media.js",
    "board/chime.js",
    "board/voice.js",
    "board/board.js",
    "vendor/socket.io.min.js",
)
OURS = SHIPPED[:-1]
#: what Chromium 47 does not have, of what a script might use without thinking
TOO_NEW = r"\b(fetch|Promise|Symbol|Proxy|Object\.(assign|entries|values|fromEntries)|Array\.from"
TOO_NEW += r"|URLSearchParams|AbortController|globalThis|padStart|padEnd|includes|flat|flatMap"
TOO_NEW += r"|replaceAll|matchAll|closest|append|prepend|replaceWith|toggleAttribute)\b\s*\("
#: a real parser at ES5: acorn, which node carries inside
PARSE = """
const acorn = require('internal/deps/acorn/acorn/dist/acorn');
const fs = require('fs');
const found = {};
for (const file of JSON.parse(process.argv[1])) {
  try { acorn.parse(fs.readFileSync(file, 'utf8'), {ecmaVersion: 5}); found[file] = null; }
  catch (error) { found[file] = error.message; }
}
console.log(JSON.stringify(found));
"""


def parsed(files):
    """Return what an ES5 parser says of each file: None, or what is wrong."""
    node = compute_driver_executable()[0]
    command = [node, "--expose-internals", "-e", PARSE, json.dumps([str(file) for file in files])]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    return json.loads(answer.stdout)


def style():
    """Return the style sheet without comments."""
    text = (SCRIPTS / "board" / "board.css").read_text()
    return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)


def test_scripts_are_es5():
    """Every script that a television loads is ES5, says a parser."""
    found = parsed(SCRIPTS / name for name in SHIPPED)
    assert set(found.values()) == {None}, found


def test_the_parser_refuses_newer_scripts(tmp_path):
    """The parser would find a `const`, an arrow and a `?.`."""
    for number, line in enumerate(["const a = 1;", "var f = () => 1;", "var b = a?.b;"]):
        (tmp_path / f"{number}.js").write_text(line)
    found = parsed(sorted(tmp_path.iterdir()))
    assert len(found) == 3
    assert None not in found.values()


@pytest.mark.parametrize("name", OURS)
def test_functions_are_old(name):
    """Our scripts call nothing that came after Chromium 47."""
    assert re.findall(TOO_NEW, (SCRIPTS / name).read_text()) == []


def test_page_has_classic_scripts_only():
    """The page loads no module and holds no script and no style of its own."""
    page = (ROOT / "queue_server/web/templates/board/board.html").read_text()
    tags = re.findall(r"<script[^>]*>", page)
    assert len(tags) == len(SHIPPED) + 1
    assert all("src=" in tag or "application/json" in tag for tag in tags)
    assert "module" not in "".join(tags)
    assert not re.search(r"\sstyle=|<style|\son\w+=", page)


def test_style_is_old():
    """The style sheet needs no grid, no gap, no clamp(), min() or max(), nothing newer."""
    newer = (
        r"\b(gap|grid|clamp|min|max|inset|(?<!max-)(?<!min-)aspect-ratio|place-items)\s*(?=[:(])"
    )
    newer += r"|:is\(|:where\(|\bdvh\b"
    assert [found.group() for found in re.finditer(newer, style())] == []


def test_a_value_before_each_token():
    """Before each token stands its value, for browsers that know no custom properties."""
    values = {f"--colour-{name.replace('_', '-')}": c for name, c in tokens.load().colours.items()}
    rules = re.findall(r"\{([^{}]*)\}", style())
    seen = 0
    for rule in rules:
        lines = [line.strip() for line in rule.split(";") if line.strip()]
        for before, line in zip(["", *lines], lines, strict=False):
            for token in re.findall(r"var\((--[\w-]+)\)", line):
                seen += 1
                assert before == line.replace(f"var({token})", values[token]), line
    assert seen > 40
