"""The settings of a call pad."""

from __future__ import annotations

from pathlib import Path

import pytest

from config import callpad, loader
from config.callpad import CallPad
from config.pad_keys import KEYS, NAMES


def faults(tmp_path: Path, text: str) -> str:
    """Return what is said of a file."""
    file = tmp_path / "callpad.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(loader.ConfigErrors) as found:
        callpad.load(file)
    return str(found.value)


def test_the_shipped_file_says_the_defaults() -> None:
    """The settings reference cannot drift from the code."""
    assert callpad.load(loader.FOLDER / "callpad.toml") == CallPad()


def test_the_shipped_file_names_every_setting_and_every_move() -> None:
    """There is no secret setting."""
    path = loader.FOLDER / "callpad.toml"
    told = loader.read_toml(path)
    assert set(told) == set(CallPad.model_fields)
    assert set(told["signs"]) == set(callpad.Signs.model_fields)
    text = path.read_text(encoding="utf-8")
    assert all(f"\n#   {move} " in text for move in callpad.MOVES)


def test_an_unknown_move_is_named_with_the_known_ones(tmp_path: Path) -> None:
    """The sentence says which line is wrong and what may stand there."""
    said = faults(tmp_path, '[keys]\nkp1 = "nxt"\n')
    assert "keys" in said
    assert "'nxt' (at 'kp1') is not a known move" in said
    assert "did you mean 'next'?" in said
    assert "no-show" in said


def test_an_unknown_key_is_named_with_the_nearest(tmp_path: Path) -> None:
    """All mistakes come at once."""
    said = faults(tmp_path, '[keys]\nkpentr = "next"\nf99 = "start"\n')
    assert "'kpentr' is not a known key; did you mean 'kpenter'?" in said
    assert "'f99' is not a known key" in said


def test_a_line_may_be_any_text_but_its_move_not(tmp_path: Path) -> None:
    """A serial pad says what it says."""
    assert "'call' (at 'BTN 1') is not a known move" in faults(
        tmp_path, '[lines]\n"BTN 1" = "call"\n'
    )


@pytest.mark.parametrize("pad", ["/dev/input/event3", "usb:///dev/x", "hid://dev"])
def test_a_pad_has_an_address(tmp_path: Path, pad: str) -> None:
    """The sentence shows how it is written."""
    assert "hid:///dev/input/by-id/" in faults(tmp_path, f'pad = "{pad}"\n')


def test_a_sign_is_a_few_bytes(tmp_path: Path) -> None:
    """What is no byte is refused."""
    assert "must be like" in faults(tmp_path, '[signs]\nok = "✓"\n')


def test_no_two_keys_are_one() -> None:
    """Names and codes are one to one; a few are known from the kernel's list."""
    assert len(KEYS) == len(NAMES)
    known = {"kpenter": 96, "kp0": 82, "f1": 59, "f12": 88, "space": 57, "a": 30, "f24": 194}
    assert {name: KEYS[name] for name in known} == known
