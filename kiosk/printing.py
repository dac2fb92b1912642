"""From the server's reply to the paper: what the slip says, and how its job fares."""

from __future__ import annotations

from datetime import datetime, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from config.wording import Wording
from kiosk.events import Paper
from printer.job import Job, JobState
from printer.reasons import Reason
from printer.slip import Slip, labelled
from queue_server.contracts.api import CatalogueOut, TicketOut

_FARES = {
    JobState.SENDING: Paper.PRINTING,
    JobState.SENT: Paper.DONE,
    JobState.PRINTED: Paper.DONE,
    JobState.UNKNOWN: Paper.FAILED,
    JobState.VOID: Paper.FAILED,
    JobState.FAILED_BEFORE: Paper.FAILED,
}


def slip_of(ticket: TicketOut, catalogue: CatalogueOut, wording: Wording, copy: int = 1) -> Slip:
    """Return the ticket's slip, in the ticket's language and the center's time."""
    language = ticket.language
    say = wording.section("slip", language)
    issued = local(ticket.issued_at, catalogue.timezone).strftime("%d.%m.%Y %H:%M")
    lines = [say["issued"].format(time=issued)]
    lines.append(say["ahead"].format(n=ticket.ahead) if ticket.ahead else say["nobody_ahead"])
    if ticket.estimate:
        lines.append(say["wait"].format(wait=ticket.estimate.text))
    return Slip(
        ref=ticket.id,
        number=ticket.number,
        center=_text(catalogue.name, language),
        service=_service(catalogue, ticket),
        lines=tuple(map(labelled, lines)),
        url=ticket.url or "",
        notes=(say["scan"], say["keep_slip"]) if ticket.url else (say["keep_slip"],),
        end=say["end"],
        language=language,
        copy=copy,
        copy_mark=say["copy_mark"],
    )


def paper_of(job: Job) -> Paper:
    """Return what the screen may honestly say of a print job."""
    if job.reason is Reason.NO_PAPER:
        return Paper.NO_PAPER
    if job.state is JobState.QUEUED:
        return Paper.FAILED if job.reason else Paper.PRINTING
    return _FARES[job.state]


def local(at: str, timezone: str) -> datetime:
    """Return a time of the wire on the center's clocks; as it is written if the zone is unknown."""
    moment = datetime.fromisoformat(at)
    zone = zone_of(timezone)
    return moment.astimezone(zone) if zone else moment


@lru_cache(maxsize=8)
def zone_of(name: str) -> tzinfo | None:
    """Return a time zone; None where this machine does not know it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _service(catalogue: CatalogueOut, ticket: TicketOut) -> str:
    for group in catalogue.groups:
        for service in group.services:
            if service.id == ticket.service:
                return _text(service.texts, ticket.language)
    return ticket.service


def _text(texts: dict[str, str], language: str) -> str:
    return texts.get(language) or next(iter(texts.values()), "")
