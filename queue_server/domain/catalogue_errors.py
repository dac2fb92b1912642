"""How a mistake in a catalogue document is told, and the searches that find most of them."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CatalogueError:
    """One mistake in a catalogue document."""

    #: where it stands: `services[3].group`
    key: str
    sentence: str

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.key}: {self.sentence}"


class CatalogueErrors(Exception):
    """All mistakes of a catalogue document."""

    def __init__(self, errors: Iterable[CatalogueError]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(map(str, self.errors)))


def items(document: Document, section: str) -> Iterator[tuple[str, Document]]:
    """Yield each item of a section with the place where it stands."""
    for place, item in enumerate(document.get(section, ())):
        yield f"{section}[{place}]", item


def unknown(key: str, what: str, name: str, known: Collection[str]) -> Iterator[CatalogueError]:
    """Find a name that is not known, and the one that may have been meant."""
    if name not in known:
        near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        yield CatalogueError(key, f"there is no {what} {name!r}{hint}")


def twice(key: str, what: str, names: Iterable[str]) -> Iterator[CatalogueError]:
    """Find the names that a list has more than once."""
    for name, count in Counter(names).items():
        if count > 1:
            yield CatalogueError(key, f"names the {what} {name!r} twice")
