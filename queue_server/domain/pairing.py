"""The rules by which a device that shows a short code is let in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, Protocol, TypeVar

from queue_server.domain.errors import Invalid, PairingOver

#: a code can be used for so long, and what was approved can be fetched for so long
LIVES: Final = timedelta(minutes=10)
#: how it ended is remembered for so long after that
KEPT: Final = timedelta(hours=1)
#: so many devices may wait to be let in at once
MOST: Final = 20
#: the kinds that belong to one window
AT_WINDOW: Final = frozenset({"pad", "callpad"})
#: characters of a code, and where the dash stands that makes it easy to read out
LENGTH: Final = 8
_HALF: Final = 4
#: what people type for a digit, and what they take a letter for
_MEANT: Final = str.maketrans("OILU", "011V")
_CODE: Final = re.compile(r"[0-9A-HJKMNP-TV-Z]{8}")
_NAME: Final = re.compile(r"\w(?:[\w .-]{0,38}\w)?")


class Asked(Protocol):
    """A wish to be let in, as far as making room needs it."""

    @property
    def address(self) -> str:
        """From where it came."""
        ...

    @property
    def asked_at(self) -> datetime:
        """When it came."""
        ...


One = TypeVar("One", bound=Asked)


def shown(code: str) -> str:
    """Return a code as it is shown: `K7QM-2RXT`."""
    return f"{code[:_HALF]}-{code[_HALF:]}"


def typed(text: str) -> str:
    """Return the code that somebody has typed; raises Invalid where it is none."""
    code = re.sub(r"[\s-]", "", text).upper().translate(_MEANT)
    if not _CODE.fullmatch(code):
        raise Invalid(
            f"A code has {LENGTH} letters and digits; type the one that the device shows.",
            field="code",
        )
    return code


def standing(state: str, expires_at: datetime, now: datetime) -> str:
    """Return where a wish stands; one that is waiting or approved runs out."""
    return "expired" if state in ("waiting", "approved") and now >= expires_at else state


def must_wait(state: str, expires_at: datetime, now: datetime) -> None:
    """Raise PairingOver unless the wish still waits for an answer."""
    found = standing(state, expires_at, now)
    if found != "waiting":
        raise PairingOver(state=found)


def giving_way(waiting: Sequence[One]) -> One | None:
    """Return the wish that makes room for one more, or None while there is room.

    The address with the most wishes loses its oldest: nobody can fill the room for others.
    """
    if len(waiting) < MOST:
        return None
    counts = Counter(one.address for one in waiting)
    return min(waiting, key=lambda one: (-counts[one.address], one.asked_at))


def name(text: str) -> str:
    """Return a device's name without outer blanks; raises Invalid where it is none."""
    found = text.strip()
    if not _NAME.fullmatch(found):
        raise Invalid(
            "A name has 1 to 40 letters, digits, dashes, dots or blanks, like kiosk-1.",
            field="name",
        )
    return found


def next_name(kind: str, taken: Collection[str]) -> str:
    """Return the first of `kiosk-1`, `kiosk-2` … that no device has."""
    number = 1
    while f"{kind}-{number}" in taken:
        number += 1
    return f"{kind}-{number}"


def must_fit(kind: str, hall: int, window: int | None, halls: Mapping[int, int]) -> None:
    """Raise Invalid unless a device of the kind can stand there.

    `halls` are the windows' halls by their numbers.
    """
    if hall not in halls.values():
        raise Invalid(f"There is no hall {hall}.", field="hall")
    if kind not in AT_WINDOW:
        if window is not None:
            raise Invalid("Only a rating pad or a call pad belongs to a window.", field="window")
        return
    if window is None:
        raise Invalid("Say at which window it stands.", field="window")
    if window not in halls:
        raise Invalid(f"There is no window {window}.", field="window")
    if halls[window] != hall:
        raise Invalid(f"Window {window} is in hall {halls[window]}.", field="window")
