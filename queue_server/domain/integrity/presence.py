"""R14, R17: who is at a window, and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from queue_server.domain.integrity.day_book import MINUTE, DayBook
from queue_server.domain.integrity.finding import Case, Evidence, Finding, Subject, case, cases
from queue_server.domain.integrity.reading import Deed, Slip

#: domain.md §9, R14
IDLE: Final = 10 * MINUTE
#: assumption: people come before the doors open and serve the last visitors after they close; the
#: day itself ends an hour after (usecases/day.py)
MARGIN: Final = timedelta(hours=1)
_AT_WINDOW: Final = frozenset({"called", "serving"})
#: after these a window may call
_READY: Final = frozenset({"window_opened", "window_resumed", "window_wrap_up_ended"})
_NOT_READY: Final = frozenset({"window_paused", "window_wrap_up_began", "window_closed"})


class Free(NamedTuple):
    """A stretch of time in which a window could have called."""

    window: int
    clerk: str
    begins: int
    ends: int
    #: the events that begin and end it
    seqs: tuple[int, ...]


class Waits(NamedTuple):
    """A stretch of time in which a ticket waited."""

    slip: Slip
    begins: int
    ends: int


class _Place:
    """A window, followed through the log."""

    def __init__(self) -> None:
        self.clerk = ""
        self.ready = False
        self.hands: set[str] = set()
        self.since: Deed | None = None


def idle(book: DayBook) -> Iterator[Finding]:
    """R14: a window was open and free for more than 10 minutes while somebody it takes waited."""
    waits = _waits(book)
    found: defaultdict[str, list[Case]] = defaultdict(list)
    for free in _free(book):
        if free.ends - free.begins > IDLE:
            longest = _covered(free, [each for each in waits if _takes(book, free, each.slip)])
            if longest > IDLE:
                case_ = Case(free.ends, free.seqs, "", free.window, longest / MINUTE)
                found[free.clerk].append(case_)
    for clerk, each in found.items():
        most = max(one.value or 0 for one in each)
        evidence = Evidence(most, IDLE / MINUTE, None, len(each), "minutes")
        yield Finding("R14", book.day, Subject("person", clerk), evidence, cases(each))


def elsewhere(book: DayBook) -> Iterator[Finding]:
    """R17: somebody works far outside of the hours, or has two windows open at once."""
    yield from _out_of_hours(book)
    open_at: defaultdict[str, dict[int, Deed]] = defaultdict(dict)
    twice: defaultdict[str, list[Case]] = defaultdict(list)
    for deed in book.deeds:
        if deed.kind == "window_opened" and deed.clerk and deed.window is not None:
            others = [each for n, each in open_at[deed.clerk].items() if n != deed.window]
            twice[deed.clerk] += [case(other, deed) for other in others]
            open_at[deed.clerk][deed.window] = deed
        elif deed.kind == "window_closed":
            open_at[deed.clerk].pop(deed.window or 0, None)
    for clerk, found in twice.items():
        if found:
            about = Subject("person", clerk)
            evidence = Evidence(len(found) + 1, 2, 1, len(found))
            yield Finding("R17", book.day, about, evidence, cases(found), "windows")


def _out_of_hours(book: DayBook) -> Iterator[Finding]:
    """Tell of moves by people more than an hour before or after the hours that a center keeps."""
    day = _date(book.day)
    if day is None or not book.catalogue.rules.keep_hours:
        return
    openings = book.catalogue.calendar.opens(day)
    begins = min((_ms(each.begins - MARGIN) for each in openings), default=1)
    ends = max((_ms(each.ends + MARGIN) for each in openings), default=0)
    late: defaultdict[str, list[Deed]] = defaultdict(list)
    acts: defaultdict[str, int] = defaultdict(int)
    for deed in book.deeds:
        if deed.by_person and deed.slip is not None:
            acts[deed.by] += 1
            if not begins <= deed.at <= ends:
                late[deed.by].append(deed)
    for who, deeds in late.items():
        evidence = Evidence(len(deeds), 1, 0, acts[who])
        yield Finding(
            "R17", book.day, Subject("person", who), evidence, cases(map(case, deeds)), "hours"
        )


def _free(book: DayBook) -> Iterator[Free]:
    """Yield when windows were free; a window whose plan somebody changed that day is left out."""
    changed = {d.subject for d in book.deeds if d.kind in ("duty_changed", "duty_ended")}
    places: defaultdict[int, _Place] = defaultdict(_Place)
    last = book.deeds[-1] if book.deeds else None
    for deed in book.deeds:
        if deed.window is not None and str(deed.window) not in changed:
            yield from _followed(places[deed.window], deed, deed.window)
    for number, place in places.items():
        if place.since is not None and last is not None:
            yield _stretch(place, number, last)


def _followed(place: _Place, deed: Deed, number: int) -> Iterator[Free]:
    """Take in one event of a window; yield the stretch in which it was free, if one ends."""
    if deed.kind in _READY:
        place.ready, place.clerk = True, deed.clerk or place.clerk
    elif deed.kind in _NOT_READY:
        place.ready = False
    if deed.slip is not None:
        here = deed.slip.state in _AT_WINDOW and deed.slip.window == number
        (place.hands.add if here else place.hands.discard)(deed.slip.id)
    free = place.ready and not place.hands
    if place.since is not None and (not free or deed.slip is not None):
        yield _stretch(place, number, deed)
        place.since = None
    if free and place.since is None:
        place.since = deed


def _stretch(place: _Place, number: int, end: Deed) -> Free:
    assert place.since is not None
    seqs = (place.since.seq, end.seq)
    return Free(number, place.clerk, place.since.at, end.at, seqs)


def _waits(book: DayBook) -> list[Waits]:
    """Return when tickets waited; who waits still does so to the last event."""
    found: list[Waits] = []
    since: dict[str, tuple[Slip, int]] = {}
    end = book.deeds[-1].at if book.deeds else 0
    for deed in book.deeds:
        if deed.slip is None:
            continue
        if deed.slip.id in since:
            slip, begins = since.pop(deed.slip.id)
            found.append(Waits(slip, begins, deed.at))
        if deed.slip.state == "waiting":
            since[deed.slip.id] = deed.slip, max(deed.at, deed.slip.not_before)
    return found + [Waits(slip, begins, end) for slip, begins in since.values()]


def _takes(book: DayBook, free: Free, slip: Slip) -> bool:
    """Whether a window may call a ticket, by the plan."""
    window = book.catalogue.windows_by_number.get(free.window)
    if window is None or not slip.needs <= window.skills:
        return False
    if window.languages and slip.language not in window.languages:
        return False
    if slip.place == "queue":
        return slip.service in window.takes
    return slip.place in (f"window:{free.window}", f"clerk:{free.clerk}")


def _covered(free: Free, waits: Sequence[Waits]) -> int:
    """Return the longest part of a free stretch at each moment of which somebody waits, ms."""
    longest, begin, end = 0, 0, -1
    for each in sorted(waits, key=lambda one: one.begins):
        begins, ends = max(each.begins, free.begins), min(each.ends, free.ends)
        if ends <= begins:
            continue
        begin, end = (begin, max(end, ends)) if begins <= end else (begins, ends)
        longest = max(longest, end - begin)
    return longest


def _ms(at: datetime) -> int:
    return round(at.timestamp() * 1000)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
