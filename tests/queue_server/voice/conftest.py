"""The real voice packs, spoken by the real espeak-ng: made once, then shared by all tests."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from queue_server.voice import building


@pytest.fixture(scope="session")
def packs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the packs of all languages; several test processes build them once."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "voice"
    building.build(folder)
    return folder


@pytest.fixture
def own_packs(packs: Path, tmp_path: Path) -> Path:
    """The Uzbek and the Russian pack, for a test to change."""
    for language in ("uz", "ru"):
        shutil.copytree(packs / language, tmp_path / "voice" / language)
    return tmp_path / "voice"
