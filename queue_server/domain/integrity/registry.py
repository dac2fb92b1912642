"""Every rule with its sentence, and one look at a day with all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from queue_server.domain.integrity import (
    absent,
    calling,
    chain,
    granting,
    handling,
    pace,
    presence,
    saying,
)
from queue_server.domain.integrity.day_book import DayBook
from queue_server.domain.integrity.finding import Finding


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of domain.md §9."""

    id: str
    #: what it looks for
    sentence: str
    find: Callable[[DayBook], Iterator[Finding]]


RULES: Final = (
    Rule("R1", "Called out of order without a reason.", calling.unexplained),
    Rule("R2", "A clerk picks out of order in more than 5 % of calls, 5 or more.", calling.picked),
    Rule("R3", "One user grants categories far beyond the usual.", granting.many),
    Rule("R4", "A category set after the issue, the call within 2 minutes.", granting.then_called),
    Rule("R5", "Issued and served by one person, over 3 times in 30 days.", handling.both_sides),
    Rule("R6", "Called within 20 s of the issue, before 3 others with a right.", calling.at_once),
    Rule("R7", "More very short services than chance brings about.", pace.short),
    Rule("R8", "Finished within 15 s of the call, without a start.", pace.unstarted),
    Rule("R9", "Many cancellations by one user.", handling.cancelling),
    Rule("R10", "No-shows too early, or three times the center's rate.", absent.missing),
    Rule("R11", "A burst of tickets at one kiosk, half of which never come.", absent.bursts),
    Rule("R12", "Ratings in a burst, or of a visit that had not ended.", saying.rated),
    Rule("R13", "Services far longer than usual, without a break.", pace.long),
    Rule("R14", "A window open and free over 10 minutes while visitors wait.", presence.idle),
    Rule("R15", "One clerk before and after a transfer, over 3 a day.", handling.there_and_back),
    Rule("R16", "The clock runs back, a gap in the sequence, a broken hash.", chain.broken),
    Rule("R17", "Work outside of the hours, or one login at two windows.", presence.elsewhere),
    Rule("R18", "Turned away for a document that nobody may demand.", saying.demanded),
    Rule("R19", "Calls just before the norm, then held or sent back.", pace.piled),
)


def findings(book: DayBook) -> tuple[Finding, ...]:
    """Return what all rules find in a day, in the order of the rules."""
    return tuple(each for rule in RULES for each in rule.find(book))
