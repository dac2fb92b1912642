"""R3, R4: categories that people grant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from queue_server.domain.integrity.chances import mean_and_deviation
from queue_server.domain.integrity.day_book import MINUTE, DayBook
from queue_server.domain.integrity.finding import Case, Evidence, Finding, Subject, case, cases
from queue_server.domain.integrity.reading import Deed

#: domain.md §9, R3: beyond the mean by so many standard deviations, or beyond this share
DEVIATIONS: Final = 3
SHARE: Final = 0.15
#: assumption: fewer grants say nothing of a share, fewer days of people nothing of a mean
LEAST: Final = 5
LEAST_DAYS: Final = 10
#: domain.md §9, R4
THEN_CALLED: Final = 2 * MINUTE


def granted(book: DayBook) -> Mapping[str, Sequence[Deed]]:
    """Return what each person granted: at the issue, by a change, by papers seen before the call.

    A ticket counts once for each person. What a clerk notes of papers at the window is no grant:
    the visitor's place does not follow from it any more.
    """
    found: defaultdict[str, dict[str, Deed]] = defaultdict(dict)
    for deed in book.deeds:
        if deed.by_person and deed.slip is not None and deed.slip.category and _grants(deed):
            found[deed.by].setdefault(deed.slip.id, deed)
    return {who: tuple(deeds.values()) for who, deeds in found.items()}


def many(book: DayBook) -> Iterator[Finding]:
    """R3: one user's grants are beyond the mean + 3 sd of all users' days, or 15 % of tickets."""
    mean, deviation = mean_and_deviation(_earlier(book))
    far = mean + DEVIATIONS * deviation
    for who, deeds in granted(book).items():
        found = cases(case(deed) for deed in deeds)
        about, count, issued = Subject("person", who), len(deeds), len(book.issued)
        if count < LEAST:
            continue
        if len(_earlier(book)) >= LEAST_DAYS and count > far:
            evidence = Evidence(count, far, mean, len(_earlier(book)))
            yield Finding("R3", book.day, about, evidence, found, "mean")
        if issued and count > SHARE * issued:
            evidence = Evidence(count / issued, SHARE, None, issued, "share")
            yield Finding("R3", book.day, about, evidence, found, "share")


def then_called(book: DayBook) -> Iterator[Finding]:
    """R4: a category that nobody had declared was set after the issue; the call came in 2 min."""
    found: defaultdict[str, list[Case]] = defaultdict(list)
    for moves in book.moves.values():
        for change, after in pairwise(moves):
            if _set_later(change) and after.kind == "ticket_called":
                between = after.at - change.at
                if 0 <= between <= THEN_CALLED:
                    found[change.by].append(case(change, after, value=between / 1000))
    for who, each in found.items():
        evidence = Evidence(len(each), 1, 0, len(granted(book).get(who, ())))
        yield Finding("R4", book.day, Subject("person", who), evidence, cases(each))


def _grants(deed: Deed) -> bool:
    if deed.kind == "ticket_category_confirmed":
        return deed.slip is not None and deed.slip.state == "waiting"
    return deed.kind in ("ticket_issued", "ticket_category_changed")


def _set_later(deed: Deed) -> bool:
    slip = deed.slip
    changed = deed.kind == "ticket_category_changed" and deed.by_person
    return changed and slip is not None and bool(slip.category) and slip.claimed != slip.category


def _earlier(book: DayBook) -> list[float]:
    """Return how many each user granted on each earlier day on which there was any."""
    return [float(count) for day in book.earlier for count in day.grants.values()]
