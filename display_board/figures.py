"""What a hall tells besides its calls: who is likely next, how long one waits, and notices.

Pure; what cannot be read is left out, so that a strange server costs a figure, never the board.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Body = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Wait:
    """How many wait under a prefix letter, and how long one more would, in minutes.

    Without minutes no open window serves it.
    """

    prefix: str
    waiting: int
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A notice of the center: its texts by language tag."""

    texts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """All of it."""

    next: tuple[str, ...] = ()
    waits: tuple[Wait, ...] = ()
    notices: tuple[Bulletin, ...] = ()


def updated(old: Figures, body: Body) -> Figures:
    """Return the figures after a message; what it does not name stays."""
    return Figures(
        next=tuple(filter(None, map(_number, _list(body, "next", old.next)))),
        waits=tuple(filter(None, map(_wait, _list(body, "waits", old.waits)))),
        notices=tuple(filter(None, map(_bulletin, _list(body, "notices", old.notices)))),
    )


def _list(body: Body, name: str, old: tuple[object, ...]) -> list[object] | tuple[object, ...]:
    found = body.get(name)
    return found if isinstance(found, list) else old


def _number(found: object) -> str:
    return found if isinstance(found, str) else ""


def _wait(found: object) -> Wait | None:
    if isinstance(found, Wait):
        return found
    if not isinstance(found, Mapping):
        return None
    prefix = found.get("prefix")
    waiting, low, high = (_count(found.get(name)) for name in ("waiting", "low", "high"))
    known = isinstance(prefix, str) and prefix and waiting is not None
    if not known or (low is None) != (high is None):
        return None
    return Wait(str(prefix), waiting or 0, low, high)


def _count(found: object) -> int | None:
    return found if isinstance(found, int) and found >= 0 else None


def _bulletin(found: object) -> Bulletin | None:
    if isinstance(found, Bulletin):
        return found
    texts = found.get("texts") if isinstance(found, Mapping) else None
    if not isinstance(texts, Mapping):
        return None
    said = tuple((str(tag), text) for tag, text in texts.items() if isinstance(text, str) and text)
    return Bulletin(said) if said else None
