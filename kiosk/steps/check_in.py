"""An appointment's code, typed or scanned."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from kiosk.acts import Act, Submit, TakeTicket
from kiosk.events import CheckedIn, Event, NotCheckedIn, Paper, Scanned
from kiosk.state import CheckIn, Flow, Print, Step
from kiosk.steps.choosing import to_groups
from kiosk.steps.finding import typed
from kiosk.steps.moves import Keys, News, aside, at_step, next_key, noted

#: characters of an appointment's code
SHORTEST, LONGEST = 6, 8
#: words of our own for `Visit.refusal`, beside the server's codes
AWAY, GARBAGE, SHORT, FOREIGN = "away", "garbage", "short", "foreign"
#: steps at which nobody is before the kiosk who could have scanned something
_BUSY: Final = frozenset({Step.CLOSED, Step.ISSUING, Step.RATE, Step.RATED, Step.PIN, Step.STAFF})
#: a ticket's page, with the key that opens it
_TICKET: Final = re.compile(r"https?://[^/\s]+/t/[\w.]{1,64}\?key=[\w=-]{1,80}")
_LONGEST_ADDRESS: Final = 300
_CODE: Final = re.compile(rf"[0-9A-Za-z]{{{SHORTEST},{LONGEST}}}")


def code_in(text: str) -> str:
    """Return what a scanner read as the server takes it; "" where nothing in it is a code.

    A code stands alone (`ABC-234`), in capitals; the address of a ticket stands for its code.
    """
    whole = text.strip()
    if _TICKET.fullmatch(whole) and len(whole) <= _LONGEST_ADDRESS:
        return whole
    bare = whole.replace("-", "").replace(" ", "")
    return bare.upper() if _CODE.fullmatch(bare) else ""


def is_address(text: str) -> bool:
    """Whether a scanner read a web address: somebody's, but no code of ours."""
    return text.strip().startswith(("http://", "https://"))


def waiting(flow: Flow) -> bool:
    """Whether the server is being asked about a code."""
    return isinstance(flow.wish, CheckIn)


def _at_code(flow: Flow, at: float, act: Act) -> Flow:
    if isinstance(act, TakeTicket):
        return to_groups(flow, at)
    if waiting(flow):
        return flow
    if isinstance(act, Submit):
        short = len(flow.visit.typed) < SHORTEST
        return noted(flow, refusal=SHORT) if short else _asked(flow, flow.visit.typed.upper())
    after = typed(flow, act, LONGEST)
    return flow if after is None else noted(after, refusal="")


def _scanned(flow: Flow, event: Event) -> Flow:
    """Go to the code's step with what was read, from wherever the visitor is."""
    assert isinstance(event, Scanned)
    if flow.step in _BUSY or waiting(flow) or _shows_a_number(flow):
        return flow
    code = code_in(event.text)
    alone = to_groups(flow, event.at) if flow.step is Step.SLIP else flow
    there = _at_code_step(replace(alone, touched_at=event.at), event.at)
    if code:
        shown = "" if is_address(code) else code
        return _asked(noted(there, typed=shown), code)
    refusal = FOREIGN if is_address(event.text) else GARBAGE
    return noted(there, typed="", refusal=refusal)


def _shows_a_number(flow: Flow) -> bool:
    """Whether a visitor still has to take a number from the screen."""
    return flow.step is Step.SLIP and flow.visit.paper is not Paper.DONE


def _at_code_step(flow: Flow, at: float) -> Flow:
    if flow.step is Step.CODE:
        return at_step(flow, Step.CODE, at)
    return aside(noted(flow, ticket=None, paper=Paper.PRINTING), Step.CODE, at, typed="")


def _asked(flow: Flow, code: str) -> Flow:
    counted, key = next_key(flow)
    return noted(replace(counted, wish=CheckIn(key, code)), refusal="")


def _checked_in(flow: Flow, event: Event) -> Flow:
    assert isinstance(event, CheckedIn)
    if not _is_for(flow, event.key):
        return flow
    told = noted(flow, ticket=event.ticket, paper=Paper.PRINTING, trail=())
    return at_step(replace(told, wish=Print(event.ticket)), Step.SLIP, event.at)


def _not_checked_in(flow: Flow, event: Event) -> Flow:
    assert isinstance(event, NotCheckedIn)
    if not _is_for(flow, event.key):
        return flow
    assert isinstance(flow.wish, CheckIn)
    silent = replace(flow, wish=None)
    if flow.step is not Step.CODE:
        return silent
    elsewhere = event.code == "unknown_code" and is_address(flow.wish.code)
    refusal = FOREIGN if elsewhere else event.code or AWAY
    return at_step(noted(silent, refusal=refusal), Step.CODE, event.at)


def _is_for(flow: Flow, key: str) -> bool:
    """Whether this answers what was asked, also after the visitor has gone a step back."""
    return isinstance(flow.wish, CheckIn) and flow.wish.key == key


KEYS: Keys = {Step.CODE: _at_code}
NEWS: News = {Scanned: _scanned, CheckedIn: _checked_in, NotCheckedIn: _not_checked_in}
