"""The script that a newcomer types first."""

import importlib.machinery
import importlib.util
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[1]


def _load():
    loader = importlib.machinery.SourceFileLoader("navbat_run", str(ROOT / "run"))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    module = importlib.util.module_from_spec(spec)
    sys.modules[loader.name] = module
    sys.dont_write_bytecode, before = True, sys.dont_write_bytecode
    loader.exec_module(module)
    sys.dont_write_bytecode = before
    return module


run = _load()
names = st.sampled_from(["demo", "test"])
stamps = st.builds(run.Stamp, st.sampled_from(["", "a", "b"]), names, st.sampled_from(["/x", "/y"]))


def typed(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the script as a person would."""
    return subprocess.run(
        [sys.executable, ROOT / "run", *arguments],
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def a_checkout(folder: Path) -> Path:
    """Make a folder that has the files an environment is made from."""
    (folder / "requirements").mkdir(parents=True)
    (folder / "requirements" / "demo.txt").write_text("click==8.5.1\n")
    (folder / "pyproject.toml").write_text("[project]\n")
    return folder


def test_help_names_every_command():
    """Help names every command and every program."""
    answer = typed("help")
    assert answer.returncode == 0
    for word in (*(c.name for c in run.COMMANDS), *run.PROGRAMS):
        assert word in answer.stdout


def test_without_a_word_it_helps():
    """Typed alone, it says what it can do."""
    assert typed().stdout == typed("help").stdout


def test_a_commands_help_needs_no_environment():
    """A command's own help names its options at once."""
    answer = typed("demo", "--help")
    assert answer.returncode == 0
    assert "--visitors" in answer.stdout


def test_a_slip_of_the_finger_gets_a_hint():
    """An unknown command ends with status 2 and the nearest one that there is."""
    answer = typed("dmeo")
    assert answer.returncode == 2
    assert "./run demo" in answer.stderr
    assert answer.stdout == ""


def test_every_command_has_its_steps():
    """Every command that help names starts something."""
    for command in run.COMMANDS:
        assert run.steps(command.name, [], ROOT)


def test_arguments_reach_the_program():
    """What is typed after a command reaches its program unchanged."""
    for name in (*run.PROGRAMS, "demo", "test", "snapshots", "bench"):
        assert run.steps(name, ["--x", "a b"], ROOT)[0][-2:] == ("--x", "a b")


def test_own_worker_count_wins():
    """`./run test -n 2` comes after the script's own `-n auto`, so pytest takes it."""
    argv = run.steps("test", ["-n", "2"], ROOT)[0]
    assert argv.index("auto") < argv.index("2")


def test_programs_come_from_the_environment():
    """A program is the one in .venv, whatever PATH says."""
    assert run.steps("navbat-kiosk", [], Path("/c"))[0][0] == "/c/.venv/bin/navbat-kiosk"


def test_check_asks_four_tools():
    """Lint, format, types and layers are asked, in this order."""
    shown = [" ".join(argv) for argv in run.steps("check", [], ROOT)]
    assert ["ruff check" in shown[0], "--check" in shown[1]] == [True, True]
    assert shown[2].endswith("mypy")
    assert shown[3].endswith("lint-imports")


def test_one_failed_check_does_not_hide_the_next(capfd):
    """All checks run; the status and the last line tell of the one that failed."""
    ok = (sys.executable, "-c", "print('second')")
    status = run._run_all([(sys.executable, "-c", "raise SystemExit(3)"), ok])
    said = capfd.readouterr()
    assert status == 1
    assert "second" in said.out
    assert said.err.splitlines()[-1].startswith("Failed: ")
    assert "second" not in said.err.splitlines()[-1]


@given(stamps, names)
def test_an_environment_is_kept_for_what_it_was_made_for(kept, packages):
    """The same files, the same folder, and a list that holds what is wanted: nothing to do."""
    wanted = run.Stamp(kept.digest, packages, kept.root)
    assert run.covers(kept, wanted) == ((kept.packages, packages) != ("demo", "test"))


@given(stamps, stamps)
def test_an_environment_of_other_files_or_another_folder_is_not_kept(kept, wanted):
    """A change of any input, or a move of the folder, is seen."""
    if (kept.digest, kept.root) != (wanted.digest, wanted.root):
        assert not run.covers(kept, wanted)


def test_no_stamp_covers_nothing():
    """An environment of unknown making is never taken as it is."""
    assert not run.covers(None, run.Stamp("a", "demo", "/x"))


def test_half_made_or_moved_is_spoiled():
    """An interrupted or a moved environment is thrown away, a foreign one is built upon."""
    assert run.spoiled(run.Stamp("", "demo", "/x"), Path("/x"))
    assert run.spoiled(run.Stamp("a", "demo", "/y"), Path("/x"))
    assert not run.spoiled(run.Stamp("a", "demo", "/x"), Path("/x"))
    assert not run.spoiled(None, Path("/x"))


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"digest": "a"}', '{"more": 1}'])
def test_a_broken_stamp_counts_as_half_made(text):
    """A stamp that a power cut mangled leads to a new environment, not to a traceback."""
    assert run.spoiled(run.read_stamp(text), Path("/x"))


def test_a_stamp_survives_its_file(tmp_path):
    """What is written to the stamp is read again."""
    (tmp_path / ".venv").mkdir()
    stamp = run.Stamp("a", "test", str(tmp_path))
    run._write_stamp(tmp_path / ".venv", stamp)
    assert run._kept(tmp_path) == stamp


def test_a_ready_environment_is_left_alone(tmp_path):
    """Where the stamp fits, nothing is made, asked or written."""
    root = a_checkout(tmp_path)
    (root / ".venv").mkdir()
    run._write_stamp(root / ".venv", run.Stamp(run.digest(root), "test", str(root)))
    run.prepare(root, "demo")
    assert [path.name for path in (root / ".venv").iterdir()] == ["stamp.json"]


@pytest.mark.parametrize("changed", ["pyproject.toml", "package-lock.json", "requirements/new.txt"])
def test_the_digest_sees_every_input(tmp_path, changed):
    """Any change of what the environment is made from changes the digest."""
    root = a_checkout(tmp_path)
    before = run.digest(root)
    (root / changed).write_text("changed")
    assert run.digest(root) != before


def test_the_digest_does_not_see_the_rest(tmp_path):
    """A change of the code alone needs no new environment."""
    root = a_checkout(tmp_path)
    before = run.digest(root)
    (root / "README.md").write_text("changed")
    assert run.digest(root) == before


def test_the_own_python_is_taken_where_it_fits():
    """No other Python is even asked."""
    assert run.fit_python((3, 12), "/usr/bin/python3.12", {}.__getitem__) == "/usr/bin/python3.12"


def test_the_newest_fit_python_is_found():
    """Under an old Python, the newest fit one on PATH is taken."""
    there = {"python3.11": (3, 11), "python3.12": (3, 12)}
    assert run.fit_python((3, 9), "python3", there.get) == "python3.12"


def test_a_shim_of_another_version_is_passed_by():
    """A name on PATH that answers as another version is no Python of that name."""
    there = {"python3.13": (3, 9), "python3.11": (3, 11)}
    assert run.fit_python((3, 14), "python3", there.get) == "python3.11"


def test_no_fit_python_is_said_in_one_sentence():
    """Without a fit Python, the sentence names what is needed and what is there."""
    with pytest.raises(run.Stop, match=r"3\.11, 3\.12 or 3\.13, and this is 3\.9"):
        run.fit_python((3, 9), "python3", {}.get)


def test_a_name_that_is_no_python_has_no_version(tmp_path):
    """A missing program and one that fails have no version."""
    shim = tmp_path / "python3.12"
    shim.write_text("#!/bin/sh\necho 'command not found' >&2\nexit 127\n")
    shim.chmod(0o755)
    assert run._version_of(str(shim)) is None
    assert run._version_of(str(tmp_path / "nothing")) is None
    assert run._version_of(sys.executable) == sys.version_info[:2]


def test_the_python_behind_an_environment_is_used():
    """Run from inside an environment, it takes the interpreter behind it."""
    assert run._version_of(run._own_python()) == sys.version_info[:2]
    assert ".venv" not in run._own_python()


def test_missing_tools_are_named_as_packages():
    """What is missing is told by the name that apt-get knows."""
    there = {"chromium": "/usr/bin/chromium"}
    assert run.missing(run.TEST_TOOLS, there.get) == ["xvfb", "xdotool"]


def test_test_tools_are_fetched_or_asked_for(tmp_path):
    """Without the browser, root lets apt-get bring it; another user is told what to type."""
    apt = tmp_path / "apt-get"
    apt.write_text(f'#!/bin/sh\necho "$@" >>{tmp_path}/asked\nexit 1\n')
    apt.chmod(0o755)
    (tmp_path / "env").symlink_to("/usr/bin/env")
    answer = typed("test", PATH=str(tmp_path))
    assert answer.returncode == 1
    assert "chromium xvfb xdotool" in answer.stderr
    assert "Traceback" not in answer.stderr
    if os.geteuid() == 0:
        asked = (tmp_path / "asked").read_text()
        assert asked.index("update") < asked.index("install")
    else:
        assert "sudo apt-get install -y chromium xvfb xdotool" in answer.stderr


def test_a_failed_step_shows_the_end_of_its_log(tmp_path):
    """A step that fails is a sentence with the last lines that it wrote."""
    (tmp_path / ".venv").mkdir()
    script = "print('no such package'); raise SystemExit(1)"
    with pytest.raises(run.Stop, match=r"It did not work\.(?s:.*)no such package"):
        run._do(tmp_path, "It did not work", sys.executable, "-c", script)


def test_two_preparations_wait_for_each_other(tmp_path):
    """While one process holds the folder, another one says that it waits."""
    script = (
        "import importlib.machinery, importlib.util, pathlib, sys\n"
        f"loader = importlib.machinery.SourceFileLoader('run', {str(ROOT / 'run')!r})\n"
        "run = importlib.util.module_from_spec(importlib.util.spec_from_loader('run', loader))\n"
        "sys.modules['run'] = run; sys.dont_write_bytecode = True; loader.exec_module(run)\n"
        "with run._only_one(pathlib.Path(sys.argv[1])): print('mine')\n"
    )
    with run._only_one(tmp_path):
        other = subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert "waiting" in other.stderr.readline()
    out, _ = other.communicate(timeout=60)
    assert out == "mine\n"
    assert other.returncode == 0


def test_locks_hold_every_dependency():
    """What pyproject.toml asks for is pinned in the lock that brings it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    for lock, names in (
        ("demo", {"client", "printer", "kiosk", "server", "build"}),
        ("test", extras),
    ):
        text = (ROOT / "requirements" / f"{lock}.txt").read_text()
        pinned = {pin.lower() for pin in re.findall(r"^([\w.-]+)==", text, re.MULTILINE)}
        asked = [*project["dependencies"], *(wish for name in names for wish in extras[name])]
        found = {re.match(r"[\w.-]+", wish).group().lower() for wish in asked} - {"navbat"}
        assert found <= pinned


def test_the_test_lock_holds_the_demo_lock():
    """The tests run on the very packages that the demo runs on."""
    demo, test = (
        {line for line in (ROOT / "requirements" / name).read_text().splitlines() if "==" in line}
        for name in ("demo.txt", "test.txt")
    )
    assert demo < test
