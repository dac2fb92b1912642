"""R10, R11: visitors who were called and did not come."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from queue_server.domain.integrity.chances import RARE, binomial_tail
from queue_server.domain.integrity.day_book import FINISHED, MINUTE, SECOND, DayBook, answered
from queue_server.domain.integrity.finding import Evidence, Finding, Subject, case, cases
from queue_server.domain.integrity.reading import Deed

#: domain.md §9, R10: so many times the center's rate, of so many turns at least
TIMES: Final = 3
LEAST: Final = 20
#: assumption: a center that has never had a no-show is taken to have one in a hundred
FLOOR: Final = 0.01
#: domain.md §9, R11: so many of one service in 60 s, at least half of which never come
BURST: Final = 4
BURST_WITHIN: Final = MINUTE
BURST_SHARE: Final = 0.5
_ANNOUNCED: Final = frozenset({"ticket_called", "ticket_recalled", "ticket_resumed"})


class Turns(NamedTuple):
    """What became of one clerk's calls."""

    answered: int = 0
    #: each no-show, and the last announcement before it
    missed: tuple[tuple[Deed, Deed | None], ...] = ()

    @property
    def n(self) -> int:
        """How many calls were answered or missed."""
        return self.answered + len(self.missed)


def turns(book: DayBook) -> Mapping[str, Turns]:
    """Return what became of each clerk's calls, of those that stand."""
    came: Counter[str] = Counter()
    missed: defaultdict[str, list[tuple[Deed, Deed | None]]] = defaultdict(list)
    for moves in book.moves.values():
        announced: Deed | None = None
        for move in moves:
            if move.kind in _ANNOUNCED:
                announced = move
            elif move.kind == "ticket_missed" and (clerk := _clerk(move, announced)):
                missed[clerk].append((move, announced))
            elif _answers(move) and move.server:
                came[move.server] += 1
    clerks = dict.fromkeys((*came, *missed))
    return {clerk: Turns(came[clerk], tuple(missed[clerk])) for clerk in clerks}


def missing(book: DayBook) -> Iterator[Finding]:
    """R10: a no-show before the least call time, or three times as many as the center has."""
    all_turns = turns(book)
    for clerk, turn in all_turns.items():
        yield from _early(book, clerk, turn)
        others = [each for who, each in all_turns.items() if who != clerk]
        rate = _rate(book, others)
        share = len(turn.missed) / turn.n if turn.n else 0.0
        rare = binomial_tail(len(turn.missed), turn.n, rate) < RARE
        if turn.n >= LEAST and share > TIMES * rate and rare:
            evidence = Evidence(share, TIMES * rate, rate, turn.n, "share")
            found = cases(case(deed) for deed, _ in turn.missed)
            yield Finding("R10", book.day, Subject("person", clerk), evidence, found, "rate")


def bursts(book: DayBook) -> Iterator[Finding]:
    """R11: one kiosk gives 4 tickets of one service in 60 s, and half of them never come."""
    lines: defaultdict[tuple[str, str], list[Deed]] = defaultdict(list)
    for issue in book.issued:
        if issue.actor == "device" and issue.slip is not None:
            lines[issue.by, issue.slip.service].append(issue)
    found: defaultdict[str, dict[int, Deed]] = defaultdict(dict)
    for (kiosk, _), issues in lines.items():
        found[kiosk].update({deed.seq: deed for deed in _burst(book, issues)})
    for kiosk, deeds in found.items():
        if deeds:
            gone = sum(_never_came(book, deed) for deed in deeds.values())
            evidence = Evidence(gone / len(deeds), BURST_SHARE, _usual(book), len(deeds), "share")
            seen = cases(
                case(deed, value=float(_never_came(book, deed))) for deed in deeds.values()
            )
            yield Finding("R11", book.day, Subject("device", kiosk), evidence, seen)


def _early(book: DayBook, clerk: str, turn: Turns) -> Iterator[Finding]:
    least = round(book.catalogue.rules.least_call_time.total_seconds() * SECOND)
    early = [
        case(announced, deed, value=(deed.at - announced.at) / SECOND)
        for deed, announced in turn.missed
        if announced is not None and deed.at - announced.at < least
    ]
    if early:
        shortest = min(each.value or 0 for each in early)
        evidence = Evidence(shortest, least / SECOND, None, len(early), "seconds")
        yield Finding("R10", book.day, Subject("person", clerk), evidence, cases(early), "early")


def _burst(book: DayBook, issues: Sequence[Deed]) -> Iterator[Deed]:
    """Yield the tickets of every run in which too many never came; one may come twice."""
    ordered = sorted(issues, key=lambda deed: deed.at)
    for begin, first in enumerate(ordered):
        run = [deed for deed in ordered[begin:] if deed.at - first.at <= BURST_WITHIN]
        gone = sum(_never_came(book, deed) for deed in run)
        if len(run) >= BURST and gone >= BURST_SHARE * len(run):
            yield from run


def _never_came(book: DayBook, issue: Deed) -> bool:
    assert issue.slip is not None
    moves = book.moves[issue.slip.id]
    return any(move.kind == "ticket_missed" for move in moves) and not answered(moves)


def _clerk(missed: Deed, announced: Deed | None) -> str:
    """Return who had called: time alone may have ended the call."""
    return announced.server if announced is not None else missed.server


def _answers(move: Deed) -> bool:
    """Whether a move shows that the visitor had come; a finish without a start does too."""
    return move.kind == "ticket_started" or (move.kind in FINISHED and move.was == "called")


def _rate(book: DayBook, others: Sequence[Turns]) -> float:
    """Return the center's share of no-shows: of earlier days, and of today's other clerks."""
    missed = sum(day.missed for day in book.earlier) + sum(len(o.missed) for o in others)
    came = sum(day.answered for day in book.earlier) + sum(o.answered for o in others)
    return max(missed / (missed + came) if missed + came else 0.0, FLOOR)


def _usual(book: DayBook) -> float:
    return _rate(book, list(turns(book).values()))
