"""Making a day's digest: what later days must know to tell the usual from the unusual."""

from __future__ import annotations

from collections import defaultdict

from queue_server.domain.integrity import absent, granting, handling, pace
from queue_server.domain.integrity.day_book import DayBook
from queue_server.domain.integrity.digest import Digest


def digest(book: DayBook) -> Digest:
    """Return what a day leaves to later ones."""
    seconds: defaultdict[str, list[float]] = defaultdict(list)
    for servings in book.solved.values():
        for each in servings:
            seconds[each.service].append(round(each.seconds, 1))
    turns = absent.turns(book)
    return Digest(
        day=book.day,
        seconds={service: tuple(sorted(each)) for service, each in seconds.items()},
        grants={who: len(deeds) for who, deeds in granting.granted(book).items()},
        both={who: tuple(each) for who, each in handling.issued_and_served(book).items()},
        answered=sum(turn.answered for turn in turns.values()),
        missed=sum(len(turn.missed) for turn in turns.values()),
        calls=len(book.first_calls),
        near_norm=sum(pace.before_the_norm(book, call) for call, _ in book.first_calls),
    )
