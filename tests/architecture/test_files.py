"""What must stand in no file: where we develop, and where we get packages from."""

import re
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, files

#: paths of developers' machines; written in pieces, so that this file holds none
PATHS = re.compile(rb"/(?:wor[k]|roo[t])/")
#: hosts and options that name a package registry, in pieces likewise
REGISTRIES = re.compile(
    rb"pypi[.]org|pythonhosted[.]org|npmjs[.](?:org|com)|yarnpkg[.]com"
    rb"|--(?:extra-)?index[-]url|--find[-]links|--trusted[-]host"
)
ADDRESS = re.compile(rb"[a-z]+://[^\s\"'<>]+")
LOCKS = [path for path in files() if path.parts[0] == "requirements" or "lock" in path.name]


@pytest.mark.parametrize("path", files(), ids=str)
def test_a_file_names_no_registry_and_nobody_s_folder(path: Path) -> None:
    """A clone builds wherever it lies, from whatever index its machine is given."""
    content = (ROOT / path).read_bytes()
    assert PATHS.findall(content) == []
    assert REGISTRIES.findall(content) == []


@pytest.mark.parametrize("path", LOCKS, ids=str)
def test_a_lock_pins_by_hash_and_knows_no_address(path: Path) -> None:
    """What is installed is known by its hash, wherever it comes from."""
    content = (ROOT / path).read_bytes()
    if path.suffix in {".txt", ".json"}:
        assert ADDRESS.findall(content) == []
        assert b"--hash=sha256:" in content or b'"integrity": "sha512-' in content


def test_the_locks_are_found() -> None:
    """Both Python's and JavaScript's packages are pinned."""
    assert {"package-lock.json", "demo.txt", "test.txt"} <= {path.name for path in LOCKS}
