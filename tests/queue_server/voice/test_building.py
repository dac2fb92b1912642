from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from queue_server.voice import building, engine, words
from queue_server.voice import packs as voice_packs
from queue_server.voice.engine import NoEngine, Wish


def test_built_once(packs, monkeypatch):
    """A second start finds the packs and does not ask for a synthesizer."""
    monkeypatch.setattr(engine, "find", lambda: pytest.fail("it was built again"))
    said = []
    building.build(packs, report=said.append)
    assert said == [f"{language}: is there already." for language in building.ALL]


def test_mended(own_packs):
    """A pack with a file missing, or of other words, is made again; nothing is left beside it."""
    (own_packs / "uz" / "go.wav").unlink()
    assert not building.is_current(own_packs / "uz", words.load("uz"))
    building.build(own_packs, ["uz"])
    assert building.is_current(own_packs / "uz", words.load("uz"))
    assert sorted(path.name for path in own_packs.iterdir()) == [".lock", "ru", "uz"]


def test_recordings_stay(own_packs):
    """What a person recorded, and the pack's gain, outlive a new build."""
    place = own_packs / "uz"
    pack = voice_packs.read(place)
    recorded = {"gain": -2.0, "recorded": ("go",), "version": "old"}
    voice_packs.write(place, type(pack)(**{**fields(pack), **recorded}))
    before = (place / "go.wav").read_bytes()[:-2] + b"\1\1"
    (place / "go.wav").write_bytes(before)
    building.build(own_packs, ["uz"])
    assert (place / "go.wav").read_bytes() == before
    assert voice_packs.read(place).recorded == ("go",)
    assert voice_packs.read(place).gain == -2.0


def test_boards_may_read_what_root_has_made(own_packs):
    """Server and boards run as users of their own; a strict umask must not silence them."""
    old = os.umask(0o077)
    try:
        building.build(own_packs, ["uz"], again=True)
    finally:
        os.umask(old)
    assert (own_packs / "uz").stat().st_mode & 0o777 == 0o755
    assert {path.stat().st_mode & 0o777 for path in (own_packs / "uz").iterdir()} == {0o644}
    assert own_packs.stat().st_mode & 0o055 == 0o055


def fields(pack):
    """Return a pack's fields."""
    return {name: getattr(pack, name) for name in pack.__dataclass_fields__}


def test_no_synthesizer(tmp_path, monkeypatch):
    """Without espeak-ng the build says what to install, and an old pack is untouched."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(engine, "WHEEL", "no_such_wheel")
    with pytest.raises(NoEngine, match="espeak-ng"):
        building.build(tmp_path / "voice", ["uz"])


def program(folder, script):
    """Put an `espeak-ng` of a test's own on PATH."""
    path = folder / "espeak-ng"
    path.write_text(f"#!{sys.executable}\nimport sys\n{script}")
    path.chmod(0o755)
    return str(folder) + os.pathsep + os.environ["PATH"]


def test_debian_s_program_comes_first(tmp_path, monkeypatch):
    """Where espeak-ng is installed it speaks, with its text as one argument and no shell."""
    script = "open(sys.argv[sys.argv.index('-w') + 1], 'w').write(repr(sys.argv[1:]))"
    monkeypatch.setenv("PATH", program(tmp_path, script))
    found = engine.find()
    found.speak([Wish(tmp_path / "a.wav", "uz", 140, 42, "[['a]]; echo $HOME,")])
    assert found.name == "espeak-ng"
    told = (tmp_path / "a.wav").read_text()
    assert "'-v', 'uz', '-s', '140', '-p', '42'" in told
    assert told.endswith("'--', \"[['a]]; echo $HOME,\"]")


@pytest.mark.parametrize(
    "script", ["sys.exit('no voice uz')", "open(sys.argv[-3], 'w').write('no sound')"]
)
def test_a_synthesizer_that_fails(tmp_path, monkeypatch, script):
    """One that ends in error or writes nonsense costs a sentence; no half pack is left."""
    monkeypatch.setenv("PATH", program(tmp_path, script))
    with pytest.raises(NoEngine):
        building.build(tmp_path / "voice", ["uz"])
    assert [path.name for path in (tmp_path / "voice").iterdir()] == [".lock"]


def test_the_library_speaks_in_its_own_process(tmp_path, monkeypatch):
    """The wheel's library is never loaded by us, and an unknown voice is said in words."""
    monkeypatch.setenv("PATH", str(tmp_path))
    found = engine.find()
    assert found.name == "espeakng_loader"
    with pytest.raises(NoEngine, match="no voice 'nobody'"):
        found.speak([Wish(tmp_path / "a.wav", "nobody", 140, 42, "x")])
    loaded = Path("/proc/self/maps").read_text()
    assert "espeak" not in loaded
