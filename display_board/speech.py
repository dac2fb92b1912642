"""What a board's labels say at an instant, in the language that has its turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from config.wording import Wording
from display_board.view import Notice


@dataclass(frozen=True, slots=True)
class Center:
    """What a board must know of its center."""

    #: by language tag
    names: Mapping[str, str]
    languages: Sequence[str]
    timezone: tzinfo


@dataclass(frozen=True, slots=True)
class Speech:
    """Every text on the board besides numbers."""

    center: str
    hall: str
    clock: str
    ticket: str
    window: str
    wait: str
    no_calls: str
    #: what is wrong, or nothing
    notice: str = ""


def speak(
    wording: Wording, center: Center, hall: int, language: str, now: datetime, notice: str
) -> Speech:
    """Return the texts in a language; `now` is the wall clock, `notice` is from `warn`."""
    names = center.names
    return Speech(
        center=names.get(language) or next(iter(names.values()), ""),
        hall=wording.say("board.hall", language, n=hall),
        clock=f"{now.astimezone(center.timezone):%H:%M}",
        ticket=wording.say("board.ticket", language),
        window=wording.say("board.window", language),
        wait=wording.say("board.wait_for_call", language),
        no_calls=wording.say("board.no_calls", language),
        notice=notice,
    )


def warn(
    wording: Wording, center: Center, language: str, notice: Notice, stale_since: str | None
) -> str:
    """Return the calm line that says what is wrong, or nothing."""
    if notice == "connecting":
        return wording.say("board.connecting", language) + "…"
    if notice == "lost" and stale_since:
        since = datetime.fromisoformat(stale_since).astimezone(center.timezone)
        return wording.say("board.no_connection", language, time=f"{since:%H:%M}")
    return ""
