"""What an administrator sets: the catalogue in force, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from queue_server.contracts.administration import (
    CatalogueChangedOut,
    CatalogueCheckOut,
    CatalogueDocumentOut,
    ChangeOut,
)
from queue_server.contracts.api import FieldError
from queue_server.contracts.catalogue_document import CatalogueDocument
from queue_server.contracts.messages import CenterEventType
from queue_server.domain import catalogue_checks, catalogue_document, document_changes
from queue_server.domain.catalogue import Catalogue
from queue_server.domain.catalogue_errors import CatalogueError, CatalogueErrors
from queue_server.domain.document_changes import Change
from queue_server.domain.errors import CatalogueChanged, CatalogueFaulty, WouldOrphan
from queue_server.domain.orphans import orphans
from queue_server.usecases import recording
from queue_server.usecases.access import SYSTEM, Actor
from queue_server.usecases.act import Act
from queue_server.usecases.ports import Center
from queue_server.usecases.rights import right

Document = Mapping[str, Any]
#: an event says in so many characters what changed
_IN_SHORT: Final = 500


def put_catalogue(center: Center, actor: Actor, document: Document) -> int:
    """Import a catalogue and return its version; an equal one changes nothing.

    Raises CatalogueFaulty, or WouldOrphan for what visitors and clerks still need.
    """
    actor.must("catalogue:import")
    with center.write() as work:
        act = Act(center, work, actor, center.clock.now())
        if not work.catalogue_version:
            put_in_force(act, document)
            recording.noted(act, "catalogue_imported", str(work.catalogue_version))
        elif found := _changes(work.catalogues.document(), document):
            _replace(act, document, found, "catalogue_imported")
        return work.catalogue_version


@right("catalogue:edit")
def in_force(act: Act) -> CatalogueDocumentOut:
    """Return the whole document in force, to be edited."""
    document = whole(act.work.catalogues.document())
    return CatalogueDocumentOut(version=act.work.catalogue_version, document=document)


@right("catalogue:edit")
def check(act: Act, document: CatalogueDocument) -> CatalogueCheckOut:
    """Judge a document against the one in force; changes nothing."""
    asked = document.model_dump(mode="json")
    faults = tuple(catalogue_checks.errors(asked))
    left = () if faults else _orphans(act, act.catalogue, catalogue_document.parse(asked))
    return CatalogueCheckOut(
        version=act.work.catalogue_version,
        errors=_fields(faults),
        orphans=_fields(left),
        changes=_told(_changes(act.work.catalogues.document(), asked)),
        document=document,
    )


@right("catalogue:edit")
def change(
    act: Act,
    document: CatalogueDocument,
    based_on: int,
    *,
    reason: str | None = None,
    imported: bool = False,
) -> CatalogueChangedOut:
    """Put a document in force in the place of the version that it was made from.

    Raises CatalogueChanged where another is in force by now, CatalogueFaulty with every mistake,
    and WouldOrphan with all that is still needed; then nothing has changed.
    """
    if imported:
        act.actor.must("catalogue:import")
    if based_on != act.work.catalogue_version:
        raise CatalogueChanged(version=act.work.catalogue_version)
    asked = document.model_dump(mode="json")
    found = _changes(act.work.catalogues.document(), asked)
    if found:
        event: CenterEventType = "catalogue_imported" if imported else "catalogue_changed"
        _replace(act, asked, found, event, reason)
    return CatalogueChangedOut(version=act.work.catalogue_version, changes=_told(found))


def put_in_force(act: Act, document: Document) -> Catalogue:
    """Put a document in force and return its catalogue, which is the act's from now on.

    The caller asks for the right, and notes what happened. Raises CatalogueFaulty.
    """
    try:
        act.work.catalogues.add(document, act.actor.name, act.now)
    except CatalogueErrors as faults:
        raise faulty(faults.errors) from faults
    # what the act has read is out of date
    vars(act).pop("catalogue", None)
    return act.catalogue


def drop_past(act: Act, today: date) -> None:
    """End the duties and closures of days that are over; the hall begins as it was planned."""
    document = act.work.catalogues.document()
    over = {
        section: [each for each in document.get(section, ()) if _is_over(each, today)]
        for section in ("duties", "closures")
    }
    if not any(over.values()):
        return
    kept = {
        section: [each for each in document[section] if each not in gone]
        for section, gone in over.items()
        if gone
    }
    put_in_force(act, {**document, **kept})
    time = Act(act.center, act.work, SYSTEM, act.now)
    for duty in over["duties"]:
        recording.noted(time, "duty_ended", str(duty["window"]))
    for closure in over["closures"]:
        recording.noted(time, "issuing_opened", closure.get("service") or closure["group"])


def whole(document: Document) -> CatalogueDocument:
    """Return a document with all that it may say; raises pydantic's ValidationError."""
    return CatalogueDocument.model_validate_json(json.dumps(document))


def faulty(errors: Sequence[CatalogueError]) -> CatalogueFaulty:
    """Return one refusal that names every mistake."""
    said = "\n".join(map(str, errors))
    return CatalogueFaulty(said, errors=[each.model_dump() for each in _fields(errors)])


def _replace(
    act: Act,
    document: Document,
    found: Sequence[Change],
    event: CenterEventType,
    reason: str | None = None,
) -> None:
    before = act.catalogue
    after = put_in_force(act, document)
    if left := _orphans(act, before, after):
        said = "\n".join(map(str, left))
        raise WouldOrphan(said, errors=[each.model_dump() for each in _fields(left)])
    detail = document_changes.in_short(found, _IN_SHORT)
    recording.noted(act, event, str(act.work.catalogue_version), detail, reason=reason)


def _orphans(act: Act, before: Catalogue, after: Catalogue) -> tuple[CatalogueError, ...]:
    halls = [device.hall for device in act.work.devices.all()]
    return orphans(before, after, act.work.tickets.open_all(), act.work.shifts.open(), halls)


def _changes(before: Document, after: Document) -> tuple[Change, ...]:
    """Compare two documents, each with all that it may say."""
    was, becomes = (whole(each).model_dump(mode="json") for each in (before, after))
    return document_changes.changes(was, becomes)


def _told(found: Sequence[Change]) -> list[ChangeOut]:
    return [ChangeOut(path=each.path, before=each.before, after=each.after) for each in found]


def _fields(errors: Sequence[CatalogueError]) -> list[FieldError]:
    return [FieldError(field=each.key, message=each.sentence) for each in errors]


def _is_over(item: Document, today: date) -> bool:
    return bool(item.get("day")) and item["day"] < today.isoformat()
