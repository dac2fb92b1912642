"""The kiosk's own tickets on disk: a line each, on the disk before the number is shown.

Each ticket's line carries how far the numbers are used, so the last line that can be read tells
all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kiosk.numbers import Numbers
from kiosk.true_time import Instant
from printer.line_file import LineFile, whole_lines
from queue_server.contracts.devices import OfflineTicket

_VERSION = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A ticket of the kiosk's own, the request it answers, and how far numbers are used by it."""

    ticket: OfflineTicket
    key: str
    instant: Instant
    numbers: Numbers


@dataclass(frozen=True, slots=True)
class Replay:
    """What a journal holds: tickets not handed over, numbers used, and lines nobody can read."""

    entries: tuple[Entry, ...] = ()
    numbers: Numbers | None = None
    damaged: int = 0


def replay(data: bytes) -> Replay:
    """Return what a journal's bytes hold, the oldest ticket first."""
    entries: dict[str, Entry] = {}
    numbers, damaged = None, 0
    for line in whole_lines(data):
        read = _read(line)
        match read:
            case Entry():
                entries[read.ticket.id] = read
                numbers = read.numbers
            case Numbers():
                numbers = read
            case str():
                entries.pop(read, None)
            case None:
                damaged += 1
    return Replay(tuple(entries.values()), numbers, damaged)


class Journal:
    """The journal in a folder; one process owns it. Every method raises OSError of the disk."""

    def __init__(self, folder: Path) -> None:
        self._file = LineFile(folder / "offline.jsonl")

    @property
    def lines(self) -> int:
        """How many lines it has, to know when rewriting it pays."""
        return self._file.count

    def load(self) -> Replay:
        """Own the journal and read it; raises LineFileTaken where another program owns it."""
        found = replay(self._file.open())
        if found.damaged:
            self._file.set_aside()
        return found

    def append(self, entry: Entry) -> None:
        """Bring a ticket to the disk; if it cannot be, the file is as it was."""
        self._file.append([_line(_of_entry(entry))])

    def settle(self, ids: Iterable[str]) -> None:
        """Note that these tickets were handed over."""
        self._file.append(_line({"settled": one}) for one in ids)

    def rewrite(self, numbers: Numbers, entries: Iterable[Entry]) -> None:
        """Put a journal of just these in place, whole or not at all."""
        tickets = (_line(_of_entry(one)) for one in entries)
        self._file.rewrite([_line({"numbers": asdict(numbers)}), *tickets])

    def close(self) -> None:
        """Let the journal go for another process."""
        self._file.close()


def _line(record: dict[str, Any]) -> bytes:
    whole = {"v": _VERSION, **record}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def _of_entry(entry: Entry) -> dict[str, Any]:
    return {
        "ticket": entry.ticket.model_dump(),
        "key": entry.key,
        "instant": asdict(entry.instant),
        "numbers": asdict(entry.numbers),
    }


def _read(line: bytes) -> Entry | Numbers | str | None:
    """Return a ticket, used numbers, the id of a ticket handed over; None for what is none."""
    try:
        record = json.loads(line)
        if "settled" in record:
            return str(record["settled"])
        numbers = _numbers(record["numbers"])
        if "ticket" not in record:
            return numbers
        ticket = OfflineTicket.model_validate(record["ticket"])
        return Entry(ticket, str(record["key"]), Instant(**record["instant"]), numbers)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _numbers(data: dict[str, Any]) -> Numbers:
    last = {str(prefix): int(number) for prefix, number in data["last"].items()}
    return Numbers(str(data["lease"]), str(data["day"]), last, bool(data["doubtful"]))
