"""The ticket and its slip: wished for, issued or refused, printed or not."""

from __future__ import annotations

from dataclasses import replace

from kiosk.events import Event, Issued, NotIssued, Paper, SlipFared
from kiosk.state import Flow, Issue, Print, Step
from kiosk.steps.moves import News, at_step, next_key
from queue_server.contracts.asks import IssueTicket


def issue(flow: Flow, at: float) -> Flow:
    """Wish for the ticket: under the old key if the very same request had no answer.

    For a service that is closed there is none, nor does the kiosk make one by itself.
    """
    if flow.service is not None and flow.service.closed is not None:
        visit = replace(flow.visit, refusal=f"closing.{flow.service.closed}")
        return at_step(replace(flow, visit=visit), Step.REFUSED, at)
    request = IssueTicket(
        service=flow.visit.service,
        category=flow.visit.category,
        language=flow.visit.language,
        needs=["sign_language"] if flow.visit.sign_language else [],
        paper="own",
        event=flow.visit.event or None,
        legs=list(flow.visit.legs) if flow.visit.event else [],
    )
    if flow.unanswered and flow.unanswered.request == request:
        return at_step(replace(flow, wish=flow.unanswered), Step.ISSUING, at)
    counted, key = next_key(flow)
    wish = Issue(key, request)
    return at_step(replace(counted, wish=wish, unanswered=wish), Step.ISSUING, at)


def unanswered(flow: Flow, at: float) -> Flow:
    """Give up waiting for the server."""
    return at_step(replace(flow, wish=None, server_away=True), Step.AWAY, at)


def _issued(flow: Flow, event: Event) -> Flow:
    """Show the number; also when the answer came only after the flow had given up."""
    assert isinstance(event, Issued)
    if flow.step not in (Step.ISSUING, Step.AWAY) or not _is_for(flow, event.key):
        return flow
    visit = replace(flow.visit, ticket=event.ticket, paper=Paper.PRINTING)
    told = replace(flow, visit=visit, wish=Print(event.ticket), unanswered=None)
    return at_step(told, Step.SLIP, event.at)


def _not_issued(flow: Flow, event: Event) -> Flow:
    assert isinstance(event, NotIssued)
    if flow.step is not Step.ISSUING or not _is_for(flow, event.key):
        return flow
    if event.code is None:
        return unanswered(flow, event.at)
    visit = replace(flow.visit, refusal=event.code)
    return at_step(replace(flow, visit=visit, wish=None, unanswered=None), Step.REFUSED, event.at)


def _slip_fared(flow: Flow, event: Event) -> Flow:
    """Note how the slip fares, also while the visitor looks at something else."""
    assert isinstance(event, SlipFared)
    ticket = flow.visit.ticket
    if ticket is None or ticket.id != event.ticket:
        return flow
    visit = replace(flow.visit, paper=event.paper)
    if flow.step is not Step.SLIP:
        return replace(flow, visit=visit)
    return replace(flow, visit=visit, wish=None, since=event.at, left=None)


def _is_for(flow: Flow, key: str) -> bool:
    return flow.unanswered is not None and flow.unanswered.key == key


NEWS: News = {Issued: _issued, NotIssued: _not_issued, SlipFared: _slip_fared}
