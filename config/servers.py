"""Settings of the center's server: what the machine needs to start (`server.toml`)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from config import loader

LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]
Port = Annotated[int, Field(ge=1, le=65535)]
Url = Annotated[
    str,
    loader.like(
        r"https?://[^/\s]+(/\S*[^/\s])?", "'http://queue.example' with no slash at the end"
    ),
]
Database = Annotated[
    str,
    loader.like(
        r"sqlite:///\S+|postgresql://\S+",
        "'sqlite:////var/lib/navbat/navbat.db' or 'postgresql://user@host/name'",
    ),
]

PATH = Path("/etc/navbat/server.toml")


class Server(loader.Settings):
    """Where the server listens, keeps its data, and finds its secret."""

    #: SQLAlchemy address of the database
    database: Database = "sqlite:////var/lib/navbat/navbat.db"
    #: address to listen on
    listen: Annotated[str, Field(min_length=1)] = "127.0.0.1"
    port: Port = 8000
    #: how phones and other machines reach the server; stands in the slip's code
    public_url: Url = "http://localhost:8000"
    #: file with the key that signs sessions and ticket links
    secret_file: Path = Path("/etc/navbat/secret")
    #: folder for everything that the server writes beside the database
    data: Path = Path("/var/lib/navbat")
    #: one thread per open socket, and some for requests
    threads: Annotated[int, Field(ge=8, le=10_000)] = 1200
    log_level: LogLevel = "INFO"


def load(path: Path = PATH) -> Server:
    """Return the server's settings, or raise ConfigErrors with every mistake in the file."""
    return loader.load(path, Server)
