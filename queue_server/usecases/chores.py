"""What the center does by itself as time goes by, each only when it is due."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from queue_server.usecases import (
    checkpoints,
    commands,
    day,
    floor,
    integrity,
    remembering,
    reminding,
)
from queue_server.usecases.access import SYSTEM
from queue_server.usecases.act import Act
from queue_server.usecases.ports import Center


@dataclass(frozen=True, slots=True)
class Chore:
    """Something that time brings about: `due` only reads, `do` acts."""

    due: Callable[[Center], bool]
    do: Callable[[Act], object]


CHORES: Final = (
    Chore(day.due, day.pass_time),
    Chore(floor.norm_crossed, floor.watch_norm),
    Chore(reminding.is_due, reminding.due),
    Chore(checkpoints.due, checkpoints.make),
    Chore(integrity.is_due, integrity.look_back),
)
#: a few times a day is enough
RARE: Final = (
    Chore(lambda _center: True, reminding.forget),
    Chore(remembering.lacks, remembering.catch_up),
)


def look_after(center: Center, chores: tuple[Chore, ...] = CHORES) -> None:
    """Do what is due, each chore in a transaction of its own."""
    for chore in chores:
        if chore.due(center):
            with commands.acting(center, SYSTEM) as act:
                chore.do(act)


def nobody_waits(center: Center) -> bool:
    """Return whether the hall is empty: nobody waits, nobody is at a window."""
    with center.read() as work:
        return not any(work.tickets.waiting().values()) and not work.tickets.at_windows()
