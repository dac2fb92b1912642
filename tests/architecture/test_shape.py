"""Small shapes and words: the caps that every module and function keeps."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.tree import MIGRATIONS, ROOT, files, sources

MODULE_LINES, FUNCTION_LINES = 400, 40
#: words that say nothing about what is inside
BANNED = {"util", "utils", "helper", "helpers", "common", "manager", "managers", "misc"}
#: a step of the migrations is one long function, and its name says all
WRITTEN = [path for path in sources() if MIGRATIONS not in path.parents]
EACH = pytest.mark.parametrize("path", WRITTEN, ids=str)

Function = ast.FunctionDef | ast.AsyncFunctionDef
Named = Function | ast.ClassDef


@cache
def text(path: Path) -> str:
    """Return what a file says."""
    return (ROOT / path).read_text(encoding="utf-8")


def public(node: ast.AST, inside: str = "") -> Iterator[tuple[str, ast.AST]]:
    """Yield (name, node) of the public classes, functions and methods; not what is nested."""
    for child in getattr(node, "body", ()):
        if isinstance(child, Named) and not child.name.startswith("_"):
            yield f"{inside}{child.name}", child
            if isinstance(child, ast.ClassDef):
                yield from public(child, f"{inside}{child.name}.")


def words(name: str) -> set[str]:
    """Return the words of a name, in lower case: `PrintManager` → print, manager."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}


def test_there_is_something_to_watch() -> None:
    """All five packages are found, so no test below is green for want of files."""
    assert {path.parts[0] for path in WRITTEN} >= {
        *("config", "display_board", "kiosk", "printer", "queue_server"),
        *("run", "hatch_build.py"),
    }
    assert len(WRITTEN) > 60


@EACH
def test_a_module_fits_in_a_head(path: Path) -> None:
    """No module is longer than 400 lines."""
    assert len(text(path).splitlines()) <= MODULE_LINES


@EACH
def test_a_function_fits_on_a_screen(path: Path) -> None:
    """No function is longer than 40 lines, its signature and docstring included."""
    long = {
        node.name: node.end_lineno - node.lineno + 1
        for node in ast.walk(ast.parse(text(path)))
        if isinstance(node, Function) and node.end_lineno - node.lineno >= FUNCTION_LINES
    }
    assert long == {}


@EACH
def test_whatever_is_public_says_what_it_is(path: Path) -> None:
    """Modules, classes, functions and methods have a docstring, which is a sentence."""
    tree = ast.parse(text(path))
    said = {name: ast.get_docstring(node) for name, node in [("", tree), *public(tree)]}
    assert [name for name, sentence in said.items() if not sentence] == []
    firsts = {name: sentence.split("\n\n")[0] for name, sentence in said.items()}
    assert [name for name, first in firsts.items() if not first.endswith((".", ":", "?"))] == []


@pytest.mark.parametrize(
    "path", [path for path in files() if path.suffix in {".py", ".js", ".css", ".html"}], ids=str
)
def test_a_file_s_name_says_what_is_inside(path: Path) -> None:
    """No folder and no file is named for being useful."""
    assert not {word for part in path.with_suffix("").parts for word in words(part)} & BANNED


@EACH
def test_a_class_or_function_s_name_says_what_it_is(path: Path) -> None:
    """Nothing manages, helps or is common."""
    names = [node.name for node in ast.walk(ast.parse(text(path))) if isinstance(node, Named)]
    assert [name for name in names if words(name) & BANNED] == []


@pytest.mark.parametrize(
    "path", [path for path in WRITTEN if path.parts[:2] == ("queue_server", "domain")], ids=str
)
def test_a_value_of_the_domain_is_frozen(path: Path) -> None:
    """Decide, then apply: what a rule was given it cannot change, so every value is frozen."""
    loose = [
        node.name
        for node in ast.walk(ast.parse(text(path)))
        if isinstance(node, ast.ClassDef)
        and any("dataclass" in ast.unparse(mark) for mark in node.decorator_list)
        and not any("frozen=True" in ast.unparse(mark) for mark in node.decorator_list)
    ]
    assert loose == []
