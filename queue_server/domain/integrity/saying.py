"""R12, R18: what visitors say of their visit, and what was asked of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from queue_server.domain.integrity.chances import longest_run
from queue_server.domain.integrity.day_book import FINISHED, MINUTE, DayBook
from queue_server.domain.integrity.finding import (
    CENTER,
    Case,
    Evidence,
    Finding,
    Subject,
    case,
    cases,
)
from queue_server.domain.integrity.reading import Deed

#: domain.md §9, R12: so many in 60 s at one pad
RATINGS: Final = 3
RATINGS_WITHIN: Final = MINUTE


def rated(book: DayBook) -> Iterator[Finding]:
    """R12: 3 ratings in 60 s at one pad, or a rating of a visit that had not ended."""
    pads: defaultdict[str, list[Deed]] = defaultdict(list)
    ratings = [deed for deed in book.deeds if deed.kind == "ticket_rated"]
    for deed in ratings:
        if deed.actor == "device":
            pads[deed.by].append(deed)
    for pad, deeds in pads.items():
        begin, end = longest_run(sorted(deed.at for deed in deeds), RATINGS_WITHIN)
        if end - begin >= RATINGS:
            run = sorted(deeds, key=lambda deed: deed.at)[begin:end]
            evidence = Evidence(len(run), RATINGS, None, len(deeds))
            about = Subject("device", pad)
            yield Finding("R12", book.day, about, evidence, cases(map(case, run)), "burst")
    early = [deed for deed in ratings if deed.slip is None or deed.slip.state != "finished"]
    if early:
        evidence = Evidence(len(early), 1, 0, len(ratings))
        yield Finding("R12", book.day, CENTER, evidence, cases(map(case, early)), "unfinished")


def demanded(book: DayBook) -> Iterator[Finding]:
    """R18: a visitor was turned away for a document that nobody may demand, or says so."""
    found: defaultdict[str, list[Case]] = defaultdict(list)
    ended: defaultdict[str, int] = defaultdict(int)
    for deed in book.deeds:
        clerk = deed.server or (deed.slip.clerk if deed.slip else "")
        ended[clerk] += deed.kind in FINISHED
        if deed.demanded and clerk and deed.kind in FINISHED | {"ticket_rated"}:
            found[clerk].append(case(deed))
    for clerk, each in found.items():
        evidence = Evidence(len(each), 1, 0, ended[clerk])
        yield Finding("R18", book.day, Subject("person", clerk), evidence, cases(each))
