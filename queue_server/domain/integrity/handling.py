"""R5, R9, R15: what passes through the hands of one person more than once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from queue_server.domain.integrity.chances import longest_run
from queue_server.domain.integrity.day_book import FINISHED, MINUTE, DayBook
from queue_server.domain.integrity.digest import Both
from queue_server.domain.integrity.finding import Case, Evidence, Finding, Subject, case, cases
from queue_server.domain.integrity.reading import Deed

#: domain.md §9, R5: more than so many in 30 days
BOTH_MOST: Final = 3
#: domain.md §9, R9: so many in 10 minutes, or beyond this share of the day's tickets
CANCELLED: Final = 5
CANCELLED_WITHIN: Final = 10 * MINUTE
CANCELLED_SHARE: Final = 0.10
#: domain.md §9, R15: more than so many a day
BACK_MOST: Final = 3
_SERVED: Final = FINISHED | {"ticket_started"}


def issued_and_served(book: DayBook) -> Mapping[str, Sequence[Both]]:
    """Return the tickets that each person both issued and served."""
    found: defaultdict[str, list[Both]] = defaultdict(list)
    for issue in book.issued:
        assert issue.slip is not None
        if not issue.by_person:
            continue
        moves = book.moves[issue.slip.id]
        served = next((m for m in moves if m.kind in _SERVED and m.server == issue.by), None)
        if served is not None:
            found[issue.by].append((issue.slip.number, issue.seq, served.seq))
    return found


def both_sides(book: DayBook) -> Iterator[Finding]:
    """R5: one person issued and served more than 3 tickets in 30 days, one of them today."""
    times = {deed.seq: deed for deed in book.deeds}
    for who, today in issued_and_served(book).items():
        before = [each for day in book.earlier for each in day.both.get(who, ())]
        count = len(before) + len(today)
        if count > BOTH_MOST:
            now = [case(times[issue], times[served]) for _, issue, served in today]
            old = [Case(now[0].at, (a, b), ticket) for ticket, a, b in before]
            evidence = Evidence(count, BOTH_MOST + 1, 0, len(book.earlier) + 1)
            yield Finding("R5", book.day, Subject("person", who), evidence, cases(now + old))


def cancelling(book: DayBook) -> Iterator[Finding]:
    """R9: one user cancels 5 tickets in 10 minutes, or more than a tenth of the day's."""
    found: defaultdict[str, list[Deed]] = defaultdict(list)
    for deed in book.deeds:
        if deed.kind == "ticket_cancelled" and deed.by_person:
            found[deed.by].append(deed)
    for who, deeds in found.items():
        deeds.sort(key=lambda deed: deed.at)
        begin, end = longest_run([deed.at for deed in deeds], CANCELLED_WITHIN)
        about, issued = Subject("person", who), len(book.issued)
        if end - begin >= CANCELLED:
            evidence = Evidence(end - begin, CANCELLED, None, len(deeds))
            run = cases(case(deed) for deed in deeds[begin:end])
            yield Finding("R9", book.day, about, evidence, run, "burst")
        if len(deeds) >= CANCELLED and len(deeds) > CANCELLED_SHARE * issued:
            share = len(deeds) / max(issued, len(deeds))
            evidence = Evidence(share, CANCELLED_SHARE, None, issued, "share")
            yield Finding("R9", book.day, about, evidence, cases(map(case, deeds)), "share")


def there_and_back(book: DayBook) -> Iterator[Finding]:
    """R15: one clerk sends tickets on and calls them again, more than 3 a day."""
    found: defaultdict[str, list[Case]] = defaultdict(list)
    for moves in book.moves.values():
        for place, move in enumerate(moves):
            if move.kind == "ticket_transferred" and move.was in ("called", "serving"):
                after = next((m for m in moves[place:] if m.kind == "ticket_called"), None)
                if after is not None and move.by_person and after.server == move.by:
                    found[move.by].append(case(move, after))
    for who, each in found.items():
        if len(each) > BACK_MOST:
            evidence = Evidence(len(each), BACK_MOST + 1, 0, len(book.calls[who]))
            yield Finding("R15", book.day, Subject("person", who), evidence, cases(each))
