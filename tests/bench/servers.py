"""Servers for the bench: the center, and bare Flask through the same gunicorn."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from queue_server import demo

BARE = """
from flask import Flask, request
from gunicorn.app.base import BaseApplication
app = Flask(__name__)
@app.post("/api/v1/tickets")
def answer():
    return request.get_json()
class Bare(BaseApplication):
    def load_config(self):
        for name, value in {settings!r}.items():
            self.cfg.set(name, value)
    def load(self):
        return app
Bare().run()
"""


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def center(folder: Path) -> Iterator[tuple[str, demo.DemoLinks, int]]:
    """Run a demo center's server; yields its address, its people and its pid."""
    made = demo.Demo(folder, free_port())
    links = demo.prepare(made)
    command = [sys.executable, "-m", "queue_server.cli", "serve"]
    command += ["--data", str(folder), "--port", str(made.port)]
    with _running(command, made.port) as pid:
        yield made.url, links, pid


@contextlib.contextmanager
def bare_flask() -> Iterator[str]:
    """Run a Flask app that echoes JSON, in gunicorn as the center's."""
    port = free_port()
    settings = {
        "bind": f"127.0.0.1:{port}",
        "worker_class": "gthread",
        "threads": 1000,
        "worker_connections": 2000,
        "worker_tmp_dir": "/dev/shm",
        "graceful_timeout": 3,
        "keepalive": 30,
        "control_socket_disable": True,
        "loglevel": "warning",
    }
    with _running([sys.executable, "-c", BARE.format(settings=settings)], port):
        yield f"http://127.0.0.1:{port}"


@contextlib.contextmanager
def _running(command: list[str], port: int) -> Iterator[int]:
    child = subprocess.Popen(command, env=os.environ)
    try:
        _await(port)
        workers = Path(f"/proc/{child.pid}/task/{child.pid}/children").read_text().split()
        yield int(workers[0]) if workers else child.pid
    finally:
        child.terminate()
        child.wait(10)


def _await(port: int) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1).close()
            return
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
            return
    raise SystemExit(f"nothing answers on port {port}")


def memory(pid: int) -> float:
    """Return a process's resident memory, MB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def cpu(pid: int) -> float:
    """Return the processor seconds that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def percentile(values: list[float], share: float) -> float:
    """Return the value under which this share lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def dumps(value: object) -> bytes:
    """Return JSON bytes."""
    return json.dumps(value).encode()
