"""Find a service by typing a few letters, in whatever script and spelling they come.

Words are compared folded (`fold`): without case, accents and apostrophes, Cyrillic as Latin, and
with the letters that people mix up as one. A query's words must each begin some word of the
service; if none does, a word of four letters or more may have one wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from kiosk.folding import beginnings, fold, spellings, words
from queue_server.contracts.catalogue import CatalogueOut, ServiceOut

#: how far a hit is from what was meant: the lowest sum comes first
_EXACT, _BEGINS, _NEARLY = 0, 1, 12
_OWN_NAME, _OTHER_NAME, _GROUP_NAME = 0, 3, 8
#: the words of a name after its second are equally far
_LAST = 2
#: a typed word of so many letters may have one wrong, where nothing is found else
_LONG = 4

#: number of a service → how far it is from what was meant
Distances = Mapping[int, int]
#: folded word → the services that it names
Index = Mapping[str, Distances]


class Entry(NamedTuple):
    """What names a service: text by language, other words, and its group's text by language."""

    names: tuple[tuple[str, str], ...]
    other: tuple[str, ...]
    group: tuple[str, ...]


def find(query: str, catalogue: CatalogueOut, language: str) -> tuple[ServiceOut, ...]:
    """Return the services that the query may mean, the likeliest first; none for no letters."""
    services = [(service, group) for group in catalogue.groups for service in group.services]
    entries = tuple(
        Entry(tuple(s.texts.items()), tuple(s.search), tuple(group.texts.values()))
        for s, group in services
    )
    return tuple(services[place][0] for place in _places(query, entries, language))


@lru_cache(maxsize=256)
def _places(query: str, entries: tuple[Entry, ...], language: str) -> tuple[int, ...]:
    """Return the numbers of the entries that every word of the query finds, the best first."""
    found = [_distances(word, _index(entries, language)) for word in words(query)]
    if not found:
        return ()
    common = set(found[0]).intersection(*found[1:])
    return tuple(sorted(common, key=lambda place: (sum(each[place] for each in found), place)))


@lru_cache(maxsize=16)
def _index(entries: tuple[Entry, ...], language: str) -> Index:
    """Index all words once per catalogue and language."""
    places: dict[str, dict[int, int]] = {}
    for place, entry in enumerate(entries):
        for word, distance in _named(entry, language):
            known = places.setdefault(word, {})
            known[place] = min(distance, known.get(place, distance))
    return places


def _named(entry: Entry, language: str) -> Iterator[tuple[str, int]]:
    """Yield every word that names a service, with its distance."""
    for tag, text in entry.names:
        yield from _in_order(text, _OWN_NAME if tag == language else _OTHER_NAME)
    for text in entry.other:
        yield from _in_order(text, _OWN_NAME)
    for text in entry.group:
        yield from ((spelling, _GROUP_NAME) for spelling, _ in _in_order(text, 0))


def _in_order(text: str, nearest: int) -> Iterator[tuple[str, int]]:
    """Yield a text's words in all spellings: the first is nearest to what is meant."""
    for at, word in enumerate(words(text)):
        yield from ((spelling, nearest + min(at, _LAST)) for spelling in spellings(word))


def _distances(typed: str, index: Index) -> Distances:
    """Return the distance of every service that a typed word may mean."""
    begun = _merged(_nearest(beginning, index, _begins) for beginning in beginnings(typed))
    if begun or len(typed) < _LONG:
        return begun
    return _nearest(fold(typed), index, _nearly)


def _nearest(typed: str, index: Index, miss: Callable[[str, str], int | None]) -> Distances:
    """Return the services of the words that a beginning does not miss."""
    return _merged(
        {place: missed + distance for place, distance in places.items()}
        for word, places in index.items()
        if (missed := miss(typed, word)) is not None
    )


def _merged(several: Iterable[Distances]) -> Distances:
    """Return the shortest distance of every service."""
    shortest: dict[int, int] = {}
    for distances in several:
        for place, distance in distances.items():
            shortest[place] = min(distance, shortest.get(place, distance))
    return shortest


def _begins(typed: str, word: str) -> int | None:
    if not word.startswith(typed):
        return None
    return _EXACT if len(word) == len(typed) else _BEGINS


def _nearly(typed: str, word: str) -> int | None:
    """Judge whether the word begins with what was typed but for one letter.

    It may be wrong, missing or too many, or have changed places with its neighbour.
    """
    at = next((i for i, (a, b) in enumerate(zip(typed, word, strict=False)) if a != b), len(word))
    rest, tail = typed[at + 1 :], typed[at:]
    alike = (
        word.startswith(rest, at + 1)
        or word.startswith(rest, at)
        or word.startswith(tail, at + 1)
        or word.startswith(tail[1:2] + tail[:1] + tail[2:], at)
    )
    return _NEARLY if alike else None
