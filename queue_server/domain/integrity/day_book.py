"""A day's events, read for the rules: what stands, who called whom, how long services took."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, NamedTuple

from queue_server.domain.catalogue import Catalogue
from queue_server.domain.integrity.digest import Digest
from queue_server.domain.integrity.reading import Deed, read

#: these move no ticket, so undo passes them by
_NO_MOVES: Final = frozenset(
    {"ticket_rated", "ticket_noted", "slip_requested", "ticket_category_refused"}
)
FINISHED: Final = frozenset({"ticket_finished", "ticket_leg_finished"})
SECOND, MINUTE = 1000, 60_000


class Serving(NamedTuple):
    """A visitor at a window, from the start to what ended it."""

    started: Deed
    ended: Deed
    #: whether it took the service from its beginning to its end, without a hold between
    whole: bool
    service: str
    clerk: str

    @property
    def seconds(self) -> float:
        """How long it took."""
        return max(self.ended.at - self.started.at, 0) / SECOND


@dataclass(frozen=True)
class DayBook:
    """What the rules look at: one day's stretch of the log, and what earlier days have left."""

    #: `YYYY-MM-DD`
    day: str
    #: events in wire form
    events: Sequence[Any]
    catalogue: Catalogue
    #: of the days before, at most 30; the order does not matter
    earlier: tuple[Digest, ...] = ()
    #: the hash that the log keeps of the event before the first; None where it is not known
    hash_before: str | None = None
    #: the hash that the log keeps of the last event; None where it is not known
    hash_after: str | None = None

    @cached_property
    def deeds(self) -> tuple[Deed, ...]:
        """Every event that can be read, in the log's order."""
        return tuple(deed for deed in map(read, self.events) if deed is not None)

    @cached_property
    def moves(self) -> Mapping[str, Sequence[Deed]]:
        """Each ticket's moves that stand: what was undone has gone, with the undoing."""
        found: defaultdict[str, list[Deed]] = defaultdict(list)
        for deed in self.deeds:
            if deed.slip is None or deed.kind in _NO_MOVES:
                continue
            moves = found[deed.slip.id]
            if deed.kind != "ticket_undone":
                moves.append(deed)
            elif moves:
                moves.pop()
        return found

    @cached_property
    def calls(self) -> Mapping[str, Sequence[Deed]]:
        """Each clerk's calls; one that was undone was heard in the hall all the same."""
        found: defaultdict[str, list[Deed]] = defaultdict(list)
        for deed in self.deeds:
            if deed.kind == "ticket_called" and deed.server:
                found[deed.server].append(deed)
        return found

    @cached_property
    def first_calls(self) -> Sequence[tuple[Deed, Deed | None]]:
        """Each ticket's first call that stands, and the move after it."""
        found = []
        for moves in self.moves.values():
            place = next((n for n, move in enumerate(moves) if move.kind == "ticket_called"), None)
            if place is not None:
                after = moves[place + 1] if place + 1 < len(moves) else None
                found.append((moves[place], after))
        return found

    @cached_property
    def servings(self) -> Sequence[Serving]:
        """Everyone's time at a window that a person has ended, in order."""
        found = [each for moves in self.moves.values() for each in _servings(moves)]
        return sorted(found, key=lambda each: each.ended.seq)

    @cached_property
    def solved(self) -> Mapping[str, Sequence[Serving]]:
        """Each clerk's services that were done in one go and solved what the visitor wanted."""
        found: defaultdict[str, list[Serving]] = defaultdict(list)
        for each in self.servings:
            if each.whole and each.clerk and each.ended.outcome in ("", "solved"):
                found[each.clerk].append(each)
        return found

    @cached_property
    def known_seconds(self) -> Mapping[str, Sequence[float]]:
        """How long each service took on earlier days, by length."""
        found: defaultdict[str, list[float]] = defaultdict(list)
        for day in self.earlier:
            for service, seconds in day.seconds.items():
                found[service].extend(seconds)
        return {service: sorted(seconds) for service, seconds in found.items()}

    @cached_property
    def issued(self) -> Sequence[Deed]:
        """The tickets issued."""
        return [deed for deed in self.deeds if deed.kind == "ticket_issued" and deed.slip]

    @cached_property
    def breaks(self) -> Mapping[int, Sequence[int]]:
        """When each window went on a break."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for deed in self.deeds:
            if deed.kind == "window_paused" and deed.window is not None:
                found[deed.window].append(deed.at)
        return found


def answered(moves: Sequence[Deed]) -> bool:
    """Return whether a visitor came to a window."""
    return any(move.kind == "ticket_started" or move.kind in FINISHED for move in moves)


def _servings(moves: Sequence[Deed]) -> list[Serving]:
    """Return one ticket's times at windows; what time alone has ended tells of nobody."""
    found = []
    started: Deed | None = None
    broken = False
    for move in moves:
        slip = move.slip
        if move.kind == "ticket_started":
            started = move
        elif started is not None and slip is not None and slip.state != "serving":
            begun, started = started, None
            whole = move.kind in FINISHED and not broken
            broken = move.kind not in FINISHED
            if move.actor != "system" and begun.slip is not None:
                found.append(Serving(begun, move, whole, begun.slip.service, begun.server))
    return found
