"""Arrows point down: the import rules of docs/architecture.md, by two witnesses."""

import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest

from tests.architecture.tree import PACKAGES, ROOT

LINT = Path(sys.executable).with_name("lint-imports")
PURE = ("queue_server.domain", "queue_server.contracts", "queue_server.usecases")

#: what is said, and how: boards, kiosks and the web board's server say the same
VOICE = ("queue_server.voice",)

#: part of the house → what of the house it may import, beside itself
MAY_IMPORT = {
    "config": (),
    "printer": ("config",),
    "kiosk": ("queue_server.client", "queue_server.contracts", *VOICE, "printer", "config"),
    "display_board": ("queue_server.client", "queue_server.contracts", *VOICE, "config"),
    "queue_server.domain": (),
    "queue_server.contracts": (),
    "queue_server.client": ("queue_server.contracts",),
    "queue_server.usecases": ("queue_server.domain", "queue_server.contracts"),
    "queue_server.storage": PURE,
    "queue_server.voice": ("config",),
    "queue_server.reports": ("queue_server.contracts", "config"),
    "queue_server.hooks": PURE,
    "queue_server.web": (*PURE, *VOICE, "queue_server.reports"),
    "queue_server.system": PURE,
}
#: part of the house → the other people's packages that it may import
LIBRARIES = {
    "queue_server.domain": set(),
    "queue_server.contracts": {"pydantic"},
    "queue_server.usecases": set(),
    "config": {"pydantic", "alifbo", "fontpkg_fira_sans"},
    "queue_server.client": {"pydantic", "requests", "socketio"},
}


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    """Every import in the house, also those inside functions."""
    return grimp.build_graph(*PACKAGES, include_external_packages=True, cache_dir=None)


def within(module: str, part: str) -> bool:
    """Tell whether a module is the part or stands below it."""
    return module == part or module.startswith(f"{part}.")


def imports(graph: grimp.ImportGraph, part: str) -> Iterator[tuple[str, str]]:
    """Yield (importer, imported) of every arrow that leaves the part."""
    for module in sorted(graph.modules):
        if within(module, part):
            for imported in sorted(graph.find_modules_directly_imported_by(module)):
                if not within(imported, part):
                    yield module, imported


def ours(module: str) -> bool:
    """Tell whether a module is of this house."""
    return module.partition(".")[0] in PACKAGES


def test_the_declared_contracts_hold() -> None:
    """`lint-imports` finds every contract of pyproject.toml kept."""
    answer = subprocess.run(
        [LINT, "--no-cache", "--no-logo"],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": "", "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_a_new_module_of_the_server_needs_a_layer() -> None:
    """The layers are exhaustive and watch every package of the wheel."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    assert sorted(project["importlinter"]["root_packages"]) == sorted(PACKAGES)
    layers = [c for c in project["importlinter"]["contracts"] if c["type"] == "layers"]
    assert [c["exhaustive"] for c in layers if c["containers"] == ["queue_server"]] == [True]
    assert sorted(project["hatch"]["build"]["targets"]["wheel"]["packages"]) == sorted(PACKAGES)


@pytest.mark.parametrize("part", MAY_IMPORT)
def test_a_part_imports_only_what_stands_below_it(graph, part: str) -> None:
    """Each part's arrows lead where the architecture lets them."""
    astray = [
        f"{module} → {imported}"
        for module, imported in imports(graph, part)
        if ours(imported) and not any(within(imported, below) for below in MAY_IMPORT[part])
    ]
    assert astray == []


@pytest.mark.parametrize("part", LIBRARIES)
def test_a_pure_part_knows_no_library_but_its_own(graph, part: str) -> None:
    """No Flask, no SQLAlchemy, no socket near a rule."""
    foreign = {
        imported
        for _, imported in imports(graph, part)
        if not ours(imported) and imported not in sys.stdlib_module_names
    }
    assert foreign <= LIBRARIES[part]


def test_every_part_is_watched_here(graph) -> None:
    """A new folder of the server either gets a line above or is an entry point."""
    parts = graph.find_children("queue_server") | (set(PACKAGES) - {"queue_server"})
    wiring = {
        "backup_cli",
        "bootstrap",
        "cli",
        "demo",
        "ledger_cli",
        "located",
        "simulate_cli",
        "simulation",
        "wsgi",
    }
    assert parts - set(MAY_IMPORT) == {f"queue_server.{name}" for name in wiring}


def test_no_modules_import_each_other_in_a_circle(graph) -> None:
    """What stands in a circle cannot be understood, tested or taken out alone."""
    below = {
        module: {m for m in graph.find_modules_directly_imported_by(module) if ours(m)}
        for module in graph.modules
        if ours(module)
    }
    while free := {module for module, imported in below.items() if not imported & below.keys()}:
        below = {module: imported for module, imported in below.items() if module not in free}
    assert sorted(below) == []
