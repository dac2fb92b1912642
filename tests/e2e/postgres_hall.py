"""A center on PostgreSQL, set up with `navbat-server`'s commands as an operator would."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterable, Iterator
from pathlib import Path

from config.loader import FOLDER
from queue_server import bootstrap
from queue_server.bootstrap import Wiring
from queue_server.simulation.caller import Caller
from queue_server.usecases import people
from queue_server.usecases.records import Person
from tests.e2e.demo_hall import ROOT, await_true, free_port

PASSWORD = "a password for the tests only"


class PostgresHall:
    """A server with its settings in a file, and callers for it."""

    def __init__(self, folder: Path, database: str) -> None:
        self._folder, self._settings = folder, folder / "server.toml"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._settings.write_text(
            f'database = "{database}"\nport = {self.port}\npublic_url = "{self.url}"\n'
            f'data = "{folder}"\nsecret_file = "{folder / "secret"}"\n'
        )
        self._password = folder / "password"
        self._password.write_text(PASSWORD + "\n")
        self.command("catalogue", "import", str(FOLDER / "catalogue.toml"))
        self._add("supervisor", "supervisor")
        self._add("clerk1", "clerk", "--window", "1")
        self._staff(database, range(2, 13))
        self._token = self.command("device", "enrol", "kiosk-1", "--kind", "kiosk").strip()

    def command(self, *words: str) -> str:
        """Run a command and return what it says; fails when it fails."""
        done = subprocess.run(
            [sys.executable, "-m", "queue_server.cli", *words, "--config", str(self._settings)],
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def device(self, _kind: str) -> Caller:
        """Return a caller with the kiosk's token."""
        return Caller(self.url, self._token)

    def person(self, login: str) -> Caller:
        """Return a caller signed in as somebody."""
        caller = Caller(self.url)
        caller.sign_in(login, PASSWORD)
        return caller

    @contextlib.contextmanager
    def serving(self) -> Iterator[None]:
        """Run the server for the length of a block."""
        server = subprocess.Popen(
            [sys.executable, "-m", "queue_server.cli", "serve", "--config", str(self._settings)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        try:
            await_true(self._answers)
            yield
        finally:
            server.terminate()
            server.wait(15)

    def _add(self, login: str, role: str, *more: str) -> None:
        secret = ("--password-file", str(self._password))
        self.command("user", "add", login, "--role", role, *secret, *more)

    def _staff(self, database: str, windows: Iterable[int]) -> None:
        """Add the other clerks as the command does, without a process for each."""
        wiring = Wiring(database, self._folder, self._folder / "secret", self.url, demo=True)
        center, opened = bootstrap.open_center(wiring)
        with contextlib.closing(opened):
            for n in windows:
                people.add_person(center, Person(f"clerk{n}", "", "clerk", "", n), PASSWORD)

    def _answers(self) -> bool:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{self.url}/readyz", timeout=1).close()
            return True
        return False
