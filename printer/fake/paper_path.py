"""The fake printer's paper: a roll, a head, a cutter, and a mouth that may hold the slip out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from printer.model import Model
from printer.paper import DOTS_PER_MM

#: From here on the near-end sensor sees the roll's core.
NEAR_END_MM = 5_000
NEW_ROLL_MM = 80_000
#: Where the paper ends within a slip.
_HAND_MM = 40


class Fate(StrEnum):
    """What became of a slip that was held out."""

    TAKEN = "taken"
    RETRACTED = "retracted"
    EJECTED = "ejected"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of paper: its rows of dots, and whether it is a whole slip."""

    rows: tuple[bytes, ...]
    torn: bool = False


@dataclass(slots=True)
class PaperPath:
    """Where the paper is; `out` hears of every piece that leaves the printer."""

    model: Model
    out: Callable[[Piece], None]
    clock: Callable[[], float]
    #: Dots left on the roll.
    left: int = NEW_ROLL_MM * DOTS_PER_MM
    cover_open: bool = False
    cutter_stuck: bool = False
    cutter_faulty: bool = False
    near_end: bool = False
    cuts: int = 0
    #: After so many cuts the paper ends within the next slip; -1: never.
    end_after: int = -1
    #: The cover opens once so many rows of a slip are out; 0: never.
    cover_at: int = 0
    #: Seconds until a visitor takes the slip; None: nobody does.
    taken_within: float | None = 0.5
    fates: list[Fate] = field(default_factory=list)
    _rows: list[bytes] = field(default_factory=list)
    _torn: bool = False
    _held_since: float | None = None

    @property
    def ended(self) -> bool:
        """Tell whether there is no paper under the head."""
        return self.left <= 0

    @property
    def stopped(self) -> bool:
        """Tell whether nothing can be printed now."""
        return self.ended or self.cover_open or self.cutter_stuck

    @property
    def low(self) -> bool:
        """Tell what the near-end sensor sees."""
        return self.near_end or self.left < NEAR_END_MM * DOTS_PER_MM

    @property
    def held(self) -> bool:
        """Tell whether a slip lies in the mouth; time may have let a visitor take it."""
        if self._held_since is None:
            return False
        if self.taken_within is None or self.clock() - self._held_since < self.taken_within:
            return True
        self.let_go(Fate.TAKEN)
        return False

    def print_row(self, row: bytes) -> None:
        """Print one row of dots, the last one maybe."""
        self._rows.append(row)
        self.left -= 1
        if self.cover_at and len(self._rows) >= self.cover_at:
            self.cover_open, self.cover_at = True, 0
        if self.ended:
            self.tear()

    def cut(self) -> None:
        """Cut the slip off and hold it out, or let it fall."""
        if self.cutter_faulty:
            self.cutter_stuck = True
            return
        if self._held_since is not None:
            self.let_go(Fate.EJECTED)
        self.out(Piece(tuple(self._rows), torn=self._torn))
        self._rows, self._torn = [], False
        self.left -= self.model.cut_mm * DOTS_PER_MM
        self.cuts += 1
        if self.model.presenter is not None:
            self._held_since = self.clock()
        if self.cuts == self.end_after:
            self._end_soon()

    def tear(self) -> None:
        """Let what is printed so far leave as a torn piece; what follows is torn as well."""
        if self._rows:
            self.out(Piece(tuple(self._rows), torn=True))
            self._rows, self._torn = [], True

    def end_behind(self, slips: int) -> None:
        """Let the paper end within the slip behind the next so many."""
        self.end_after = self.cuts + slips
        if not slips:
            self._end_soon()

    def begin(self) -> None:
        """Begin a slip: what follows is whole, unless a piece still hangs before the cutter."""
        if not self._rows:
            self._torn = False

    def new_roll(self, mm: int = NEW_ROLL_MM) -> None:
        """Put in a new roll and close the cover."""
        self.left, self.near_end, self.cover_open = mm * DOTS_PER_MM, False, False

    def let_go(self, fate: Fate) -> None:
        """Let the slip leave the mouth."""
        if self._held_since is not None:
            self._held_since = None
            self.fates.append(fate)

    def _end_soon(self) -> None:
        self.left, self.end_after = _HAND_MM * DOTS_PER_MM, -1
