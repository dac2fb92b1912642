"""`navbat-server`'s commands, as an operator types them."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from config.loader import FOLDER
from queue_server.cli import main
from queue_server.usecases.ports import Center
from tests.queue_server.usecases.people import issue

CATALOGUE = FOLDER / "catalogue.toml"


def run(*words: object, typed: str | None = None) -> Result:
    """Run a command."""
    return CliRunner().invoke(main, [str(word) for word in words], input=typed)


def test_every_command_helps() -> None:
    """`--help` of each command is exit 0 and says what it does."""
    for words in _commands(main, ()):
        result = run(*words, "--help")
        assert result.exit_code == 0, words
        assert "Usage" in result.output


def test_a_backup_is_taken_and_put_back(folder: Path, center: Center, tmp_path: Path) -> None:
    """After a restore the center is as it was at the backup, and the ledger verifies."""
    before = issue(center)
    copy = tmp_path / "copy.db"
    assert run("backup", copy, "--data", folder).exit_code == 0
    after = issue(center)
    refused = run("restore", copy, "--data", folder)
    assert refused.exit_code == 1
    assert "stop the server first" in refused.output
    _stop(center)
    restored = run("restore", copy, "--data", folder)
    assert restored.exit_code == 0, restored.output
    assert run("ledger", "verify", "--data", folder).exit_code == 0
    exported = run("catalogue", "export", tmp_path / "out.toml", "--data", folder)
    assert exported.exit_code == 0
    assert before.number != after.number


def test_a_torn_backup_is_not_put_back(folder: Path, tmp_path: Path) -> None:
    """A file that is no database is refused in one sentence, and the center stays as it is."""
    torn = tmp_path / "torn.db"
    torn.write_bytes(b"SQLite format 3\0" + b"\0" * 5000)
    whole = (folder / "navbat.db").read_bytes()
    result = run("restore", torn, "--data", folder)
    assert result.exit_code == 1
    assert (folder / "navbat.db").read_bytes() == whole


@pytest.mark.parametrize(
    ("change", "keys"),
    [
        ((r'group = "A"', 'group = "Z"'), ["services[0].group"]),
        ((r"minutes = 18", 'minutes = "long"'), ["services[0].minutes"]),
        ((r"number = 2\n", "number = 1\n"), ["windows[1].number"]),
        ((r'id = "A02"', 'id = "A01"'), ["services[1].id"]),
        ((r'timezone = "Asia/Tashkent"', 'timezone = "Asia/Nowhere"'), ["center.timezone"]),
    ],
)
def test_a_faulty_catalogue_names_file_and_key(
    folder: Path, tmp_path: Path, change: tuple[str, str], keys: list[str]
) -> None:
    """Each mistake is a line with file, key and sentence; exit 2, and nothing has changed."""
    faulty = tmp_path / "faulty.toml"
    faulty.write_text(re.sub(*change, CATALOGUE.read_text(encoding="utf-8"), count=1))
    result = run("catalogue", "import", faulty, "--data", folder)
    assert result.exit_code == 2
    for key in keys:
        assert f"faulty.toml: {key}" in result.output
    assert "version 1" in run("catalogue", "import", CATALOGUE, "--data", folder).output


def test_a_person_and_a_device_are_added(folder: Path, tmp_path: Path) -> None:
    """A password is read from a file, never from the command line; a token is printed once."""
    secret = tmp_path / "password"
    secret.write_text("a long enough password\n")
    words = ("user", "add", "new", "--role", "clerk", "--window", 3, "--password-file", secret)
    assert run(*words, "--data", folder).exit_code == 0
    enrolled = run("device", "enrol", "kiosk-9", "--kind", "kiosk", "--data", folder)
    assert len(enrolled.output.strip()) >= 40
    assert run("user", "add", "x", "--role", "king", "--data", folder).exit_code == 2


def _commands(group: object, words: tuple[str, ...]) -> list[tuple[str, ...]]:
    found = [words]
    for name, command in getattr(group, "commands", {}).items():
        found += _commands(command, (*words, name))
    return found


def _stop(center: Center) -> None:
    """Close the database that the center's functions belong to."""
    center.write.__self__.close()  # type: ignore[attr-defined]
