"""What the pages need from the world, as one value that bootstrap puts into the Flask app.

`app.extensions["navbat"]` holds a `Site`; `site()` returns it to a request.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast

from flask import current_app

from queue_server.usecases.ports import Center

#: the name under which the app keeps its Site
EXTENSION = "navbat"


class Say(Protocol):
    """One text of the interface."""

    def __call__(self, key: str, language: str, /, **values: object) -> str:
        """Return the text with its placeholders filled in; raises KeyError for an unknown one."""
        ...


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody whom a visitor of the demo may sign in as with one click."""

    login: str
    name: str
    role: str
    password: str
    window: int | None = None


@dataclass(frozen=True, slots=True)
class DemoDevice:
    """A device of the demo."""

    name: str
    kind: str
    token: str
    hall: int = 1
    #: of a rating pad
    window: int | None = None


@dataclass(frozen=True, slots=True)
class DemoLinks:
    """What the start page of `./run demo` links to; a real center has none of it."""

    people: tuple[DemoPerson, ...]
    devices: tuple[DemoDevice, ...]
    #: returns the pictures of the printed slips, the newest first
    slips: Callable[[], Sequence[Path]]
    #: kind of a native program (kiosk, board) → the command line that starts it
    commands: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that a page shows besides the request itself."""

    center: Center
    say: Say
    #: (section, language) → name → text, placeholders unfilled
    texts: Callable[[str, str], Mapping[str, str]]
    #: language tag → its name in its own script; the first one is the default
    languages: Mapping[str, str]
    #: the design tokens as a style sheet
    tokens_css: str
    #: None outside `./run demo`
    demo: DemoLinks | None = None


def site() -> Site:
    """Return the site of the app that serves this request."""
    return cast("Site", current_app.extensions[EXTENSION])
