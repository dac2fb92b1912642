"""From the server's reply to the paper: what the slip says, and how its job fares."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from config.wording import Wording
from kiosk.events import Paper
from printer.job import Job, JobState
from printer.reasons import Reason
from printer.sheet import Bullet, Section, Sheet
from printer.slip import Slip, labelled
from queue_server.contracts.api import TicketOut
from queue_server.contracts.catalogue import CatalogueOut, ServiceOut

#: how the references of printed lists begin: no ticket's id does
PAPERS = "papers:"
_FARES = {
    JobState.SENDING: Paper.PRINTING,
    JobState.SENT: Paper.DONE,
    JobState.PRINTED: Paper.DONE,
    JobState.NOT_TAKEN: Paper.DONE,
    JobState.UNKNOWN: Paper.FAILED,
    JobState.VOID: Paper.FAILED,
    JobState.FAILED_BEFORE: Paper.FAILED,
}


class NoSuchService(LookupError):
    """The catalogue has no such service (any more)."""


def slip_of(ticket: TicketOut, catalogue: CatalogueOut, wording: Wording, copy: int = 1) -> Slip:
    """Return the ticket's slip, in the ticket's language and the center's time."""
    language = ticket.language
    say = wording.section("slip", language)
    return Slip(
        ref=ticket.id,
        number=ticket.number,
        center=_text(catalogue.name, language),
        service=_name(catalogue, ticket.service, language),
        lines=tuple(map(labelled, _facts(ticket, catalogue, say))),
        url=ticket.url or "",
        notes=(say["scan"], say["keep_slip"]) if ticket.url else (say["keep_slip"],),
        end=say["end"],
        language=language,
        copy=copy,
        copy_mark=say["copy_mark"],
        hints=_hints(ticket, catalogue, say),
    )


def sheet_of(
    service_id: str, language: str, catalogue: CatalogueOut, wording: Wording, ref: str
) -> Sheet:
    """Return what to bring for a service, to take home; raises NoSuchService."""
    service = find_service(catalogue, service_id)
    documents = tuple(_text(texts, language) for texts in service.documents)
    spared = tuple(_text(texts, language) for texts in catalogue.not_required)
    none = (wording.say("info.no_documents", language),)
    return Sheet(
        ref=PAPERS + ref,
        title=_text(service.texts, language),
        center=_text(catalogue.name, language),
        facts=_costs(service, language, wording),
        sections=(
            Section(
                wording.say("info.need", language),
                documents or none,
                Bullet.BOX if documents else Bullet.NONE,
            ),
            Section(wording.say("kiosk.not_required", language), spared, Bullet.CROSS),
        ),
        end=wording.say("slip.end", language),
        language=language,
    )


def is_papers(job: Job) -> bool:
    """Whether a print job is a list of papers, not a slip."""
    return job.slip.ref.startswith(PAPERS)


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


def find_service(catalogue: CatalogueOut, service_id: str) -> ServiceOut:
    """Return a service of the catalogue; raises NoSuchService."""
    for group in catalogue.groups:
        for service in group.services:
            if service.id == service_id:
                return service
    raise NoSuchService(service_id)


def _facts(ticket: TicketOut, catalogue: CatalogueOut, say: dict[str, str]) -> list[str]:
    """Return when, how many are ahead and how long, as far as it is known."""
    lines = []
    if ticket.issued_at:
        issued = local(ticket.issued_at, catalogue.timezone).strftime("%d.%m.%Y %H:%M")
        lines.append(say["issued"].format(time=issued))
    if ticket.ahead is not None:
        lines.append(say["ahead"].format(n=ticket.ahead) if ticket.ahead else say["nobody_ahead"])
    if ticket.estimate:
        lines.append(say["wait"].format(wait=ticket.estimate.text))
    return lines


def _costs(service: ServiceOut, language: str, wording: Wording) -> tuple[tuple[str, str], ...]:
    """Return what a service costs and when that was checked, as label and value."""
    fee = _text(service.fee_texts, language)
    rows = [(wording.say("info.fee", language), fee)] if fee else []
    if fee and service.fee_checked:
        day = ".".join(reversed(service.fee_checked.split("-")))
        rows.append(("", wording.say("info.fee_checked", language, date=day)))
    return tuple(rows)


def _text(texts: dict[str, str], language: str) -> str:
    return texts.get(language) or next(iter(texts.values()), "")


def _hints(ticket: TicketOut, catalogue: CatalogueOut, say: Mapping[str, str]) -> tuple[str, ...]:
    """Return what spares the visitor another queue: the other legs, and what comes with them."""
    others = [leg.service for leg in ticket.legs if leg.service != ticket.service]
    names = ", ".join(_name(catalogue, other, ticket.language) for other in others)
    also = [say["also"].format(services=names)] if names else []
    event = next((one for one in catalogue.events if one.id == ticket.event), None)
    hint = event.hint if event else _hint(catalogue, ticket.service)
    return tuple(also + ([_text(hint, ticket.language)] if hint else []))


def _hint(catalogue: CatalogueOut, service_id: str) -> dict[str, str]:
    try:
        return find_service(catalogue, service_id).hint
    except NoSuchService:
        return {}


def _name(catalogue: CatalogueOut, service_id: str, language: str) -> str:
    try:
        return _text(find_service(catalogue, service_id).texts, language)
    except NoSuchService:
        return service_id
