"""Why a slip is not printed, or nobody knows: codes for programs, sentences for technicians."""

from enum import StrEnum


class Reason(StrEnum):
    """What keeps a slip from the paper; a kiosk has its own words for each."""

    #: The printer cannot be reached.
    AWAY = "away"
    NO_PAPER = "no_paper"
    COVER_OPEN = "cover_open"
    CUTTER = "cutter"
    JAM = "jam"
    #: A fault that only a technician can end.
    BROKEN = "broken"
    #: A fault that ends by itself, such as a hot head.
    BUSY = "busy"
    #: The printer says it is off line, and not why.
    OFFLINE = "offline"
    #: It stopped taking bytes, or broke off.
    STALLED = "stalled"
    #: A printer that can prove it did not.
    UNPROVEN = "unproven"
    #: Our own process ended while the slip was on its way.
    INTERRUPTED = "interrupted"
    TOO_OLD = "too_old"
    #: The print queue cannot be written to disk.
    JOURNAL = "journal"
    #: A fault of our own.
    FAULT = "fault"


SENTENCES = {
    Reason.AWAY: "The printer cannot be reached: check its power, its cable and the address.",
    Reason.NO_PAPER: "The printer has no paper: put in a new roll.",
    Reason.COVER_OPEN: "The printer's cover is open: close it.",
    Reason.CUTTER: "The cutter is jammed: open the cover and free the paper.",
    Reason.JAM: "The printer is jammed: open the cover and free the paper.",
    Reason.BROKEN: "The printer reports a fault that it cannot end: call a technician.",
    Reason.BUSY: "The printer pauses, such as for a hot head: wait a moment.",
    Reason.OFFLINE: "The printer is off line: look at its lamps and buttons.",
    Reason.STALLED: "The printer does not take data: check its paper, its cover and its cable.",
    Reason.UNPROVEN: "The printer did not confirm the slip: check its paper and its cover.",
    Reason.INTERRUPTED: "The program ended while printing: look whether the slip came out.",
    Reason.TOO_OLD: "The slip waited too long and is not printed any more.",
    Reason.JOURNAL: "The print queue cannot be written: free some space on the disk.",
    Reason.FAULT: "The slip cannot be printed because of a fault in this program: see its log.",
}
