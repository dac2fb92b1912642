"""R7, R8, R13, R19: services and holds by the clock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from queue_server.domain.integrity.chances import RARE, binomial_tail, quantile
from queue_server.domain.integrity.day_book import FINISHED, MINUTE, SECOND, DayBook, Serving
from queue_server.domain.integrity.finding import (
    Case,
    Evidence,
    Finding,
    Subject,
    case,
    cases,
    strip,
)
from queue_server.domain.integrity.reading import Deed

#: domain.md §9, R7: under the service's 5th percentile, at least so many
SHORT: Final = 0.05
SHORT_LEAST: Final = 5
#: domain.md §9, R13: beyond the 99th; assumption: at least so many, for one in a hundred is usual
LONG: Final = 0.99
LONG_LEAST: Final = 3
#: domain.md §9, R13
LONGEST: Final = 60 * MINUTE
#: assumption: fewer services than these tell no percentile
KNOWN: Final = 100
#: domain.md §9, R8
UNSTARTED: Final = 15 * SECOND
#: domain.md §9, R19: the minute before the norm; assumption: fewer than 3 are no pile
BEFORE_NORM: Final = MINUTE
PILE: Final = 3
_SET_ASIDE: Final = frozenset({"ticket_held", "ticket_returned"})


def short(book: DayBook) -> Iterator[Finding]:
    """R7: so many services under their 5th percentile that chance brings it in 1 of 1,000 days."""
    yield from _beyond(book, "R7", SHORT, SHORT_LEAST)


def long(book: DayBook) -> Iterator[Finding]:
    """R13: a service beyond 60 minutes without a break, or too many beyond the 99th percentile."""
    found: defaultdict[str, list[Case]] = defaultdict(list)
    for each in book.servings:
        length = each.ended.at - each.started.at
        if each.clerk and length > LONGEST and not _paused(book, each):
            found[each.clerk].append(case(each.started, each.ended, value=length / MINUTE))
    for clerk, longs in found.items():
        most = max(each.value or 0 for each in longs)
        evidence = Evidence(most, LONGEST / MINUTE, None, len(longs), "minutes")
        about = Subject("person", clerk)
        yield Finding("R13", book.day, about, evidence, cases(longs), "hour")
    yield from _beyond(book, "R13", LONG, LONG_LEAST)


def unstarted(book: DayBook) -> Iterator[Finding]:
    """R8: finished sooner than 15 s after the call, and no start was noted."""
    found: defaultdict[str, list[Case]] = defaultdict(list)
    for moves in book.moves.values():
        for called, ended in pairwise(moves):
            at_once = ended.kind in FINISHED and ended.was == "called"
            if at_once and called.kind == "ticket_called" and ended.at - called.at < UNSTARTED:
                took = max(ended.at - called.at, 0) / SECOND
                found[called.server].append(case(called, ended, value=took))
    for clerk, each in found.items():
        calls = book.calls.get(clerk, ())
        marked = {one.seqs[0] for one in each}
        evidence = Evidence(len(each), 1, 0, len(calls))
        about = Subject("person", clerk)
        yield Finding("R8", book.day, about, evidence, cases(each), strip=strip(calls, marked))


def before_the_norm(book: DayBook, call: Deed) -> bool:
    """Return whether a first call came in the last minute before the norm."""
    norm = round(book.catalogue.rules.wait_norm.total_seconds() * SECOND)
    waited = call.at - call.slip.issued_at if call.slip else 0
    return norm - BEFORE_NORM <= waited < norm


def piled(book: DayBook) -> Iterator[Finding]:
    """R19: visitors called in the last minute before the norm, then held or sent back unserved."""
    aside: defaultdict[str, list[tuple[Deed, Deed]]] = defaultdict(list)
    for call, after in book.first_calls:
        if after is not None and after.kind in _SET_ASIDE and after.was == "called":
            aside[call.server].append((call, after))
    usual = _near_share(book)
    for clerk, pairs in aside.items():
        pile = [case(*pair) for pair in pairs if before_the_norm(book, pair[0])]
        if len(pile) < PILE or binomial_tail(len(pile), len(pairs), usual) >= RARE:
            continue
        marked = {each.seqs[0] for each in pile}
        evidence = Evidence(len(pile), PILE, usual * len(pairs), len(pairs))
        yield Finding(
            "R19",
            book.day,
            Subject("person", clerk),
            evidence,
            cases(pile),
            strip=strip(book.calls[clerk], marked),
        )


def _beyond(book: DayBook, rule: str, share: float, least: int) -> Iterator[Finding]:
    """Tell of clerks whose services lie beyond a percentile more often than chance has it."""
    short, rate = share < 0.5, min(share, 1 - share)  # noqa: PLR2004 - the middle
    for clerk, servings in book.solved.items():
        edges = {
            service: _edge(book, share, service, clerk) for service in {e.service for e in servings}
        }
        known = [(each, edge) for each in servings if (edge := edges[each.service]) is not None]
        out = [e for e, edge in known if (e.seconds < edge if short else e.seconds > edge)]
        n = len(known)
        if len(out) < least or binomial_tail(len(out), n, rate) >= RARE:
            continue
        found = cases(case(e.started, e.ended, value=e.seconds) for e in out)
        evidence = Evidence(len(out), _least(least, n, rate), rate * n, n)
        yield Finding(rule, book.day, Subject("person", clerk), evidence, found, "share")


def _least(least: int, n: int, rate: float) -> int:
    """Return from how many on chance is no explanation."""
    return next(k for k in range(least, n + 2) if binomial_tail(k, n, rate) < RARE)


def _edge(book: DayBook, share: float, service: str, clerk: str) -> float | None:
    """Return a service's percentile in seconds, or None where too few are known.

    Earlier days tell it; in a young center today's services at other windows help.
    """
    known: Sequence[float] = book.known_seconds.get(service, ())
    if len(known) < KNOWN:
        today = [e for who, each in book.solved.items() if who != clerk for e in each]
        known = sorted([*known, *(e.seconds for e in today if e.service == service)])
    return quantile(known, share) if len(known) >= KNOWN else None


def _paused(book: DayBook, each: Serving) -> bool:
    breaks = book.breaks.get(each.started.window or 0, ())
    return any(each.started.at <= at <= each.ended.at for at in breaks)


def _near_share(book: DayBook) -> float:
    """Return the share of all first calls in the minute before the norm, at least an even one."""
    near = sum(day.near_norm for day in book.earlier)
    calls = sum(day.calls for day in book.earlier)
    minutes = max(book.catalogue.rules.wait_norm.total_seconds() / 60, 1)
    return min(max(near / calls if calls else 0.0, 1 / minutes), 1.0)
