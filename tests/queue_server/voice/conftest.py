"""The real voice packs, spoken by the real espeak-ng: made once, then shared by all tests."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from queue_server.voice import building


@pytest.fixture(scope="session")
def packs(voice_folder: Path) -> Path:
    """Build the packs of all languages; several test processes build them once."""
    building.build(voice_folder)
    return voice_folder


@pytest.fixture
def own_packs(packs: Path, tmp_path: Path) -> Path:
    """The Uzbek and the Russian pack, for a test to change."""
    for language in ("uz", "ru"):
        shutil.copytree(packs / language, tmp_path / "voice" / language)
    return tmp_path / "voice"
