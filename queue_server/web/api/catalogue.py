"""The catalogue as administrators edit it: `/api/v1/catalogue/document` and what belongs to it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar, cast

from flask import Flask, Response, current_app, request
from pydantic import ValidationError

from queue_server.contracts.administration import (
    CatalogueChangedOut,
    CatalogueCheckOut,
    CatalogueDocumentOut,
    ChangeCatalogue,
    CheckCatalogue,
    CyrillicOut,
)
from queue_server.contracts.catalogue_document import CatalogueDocument
from queue_server.domain.catalogue_errors import CatalogueError, CatalogueErrors
from queue_server.domain.errors import CatalogueFaulty
from queue_server.usecases import administration
from queue_server.usecases.act import Act
from queue_server.web.api.calls import asked, command, done, once, read
from queue_server.web.auth import current_actor
from queue_server.web.site import site

Found = TypeVar("Found")
RIGHT: Final = "catalogue:edit"
#: a whole catalogue is at most so large, bytes
LARGEST: Final = 2_000_000
#: so many texts are transliterated at once, of so many characters
MOST_TEXTS, LONGEST = 20, 4000
_EXTENSION: Final = "catalogue_files"


@dataclass(frozen=True, slots=True)
class CatalogueFiles:
    """The form of a catalogue's file; bootstrap knows it."""

    #: a TOML text's document; raises CatalogueErrors with every mistake of its shape
    read: Callable[[str], dict[str, Any]]
    #: a document as a TOML text
    write: Callable[[dict[str, Any]], str]
    #: the document with every text that can be derived
    fill: Callable[[dict[str, Any]], dict[str, Any]]
    #: a document's key as the file writes it
    key: Callable[[str], str]
    #: a text of Uzbek Latin in Cyrillic letters
    cyrillic: Callable[[str], str]


def install(app: Flask, files: CatalogueFiles) -> None:
    """Let the app read and write catalogue files."""
    app.extensions[_EXTENSION] = files


@read("/catalogue/document", RIGHT, CatalogueDocumentOut)
def document() -> Response:
    """Read the whole catalogue in force, to be edited."""
    return done(_reading(administration.in_force))


@read("/catalogue/cyrillic", RIGHT, CyrillicOut)
def cyrillic() -> Response:
    """Read `?text=…&text=…`, Uzbek in Latin letters, in Cyrillic ones."""
    texts = request.args.getlist("text")[:MOST_TEXTS]
    return done(CyrillicOut(texts=[_files().cyrillic(text[:LONGEST]) for text in texts]))


@command("/catalogue/check", RIGHT, CatalogueCheckOut, body=CheckCatalogue)
def check() -> Response:
    """Judge a catalogue against the one in force; changes nothing."""
    request.max_content_length = LARGEST
    wish = asked(CheckCatalogue)
    try:
        document = _document(wish)
    except CatalogueFaulty as faults:
        return done(_misshapen(faults))
    found = _reading(lambda act: administration.check(act, document))
    return done(found if wish.toml is None else _in_words_of_the_file(found))


@command("/catalogue", RIGHT, CatalogueChangedOut, body=ChangeCatalogue)
def change() -> Response:
    """Put a catalogue in force in the place of the version that it was made from."""
    request.max_content_length = LARGEST
    wish = asked(ChangeCatalogue)
    return once(lambda act: _change(act, wish))


@read("/catalogue/export", RIGHT, CatalogueDocumentOut)
def export() -> Response:
    """Read the catalogue in force as a TOML file."""
    found = _reading(administration.in_force)
    text = _files().write(found.document.model_dump(mode="json"))
    name = f"catalogue-{found.document.center.code}-{found.version}.toml".encode("ascii", "replace")
    kept = "".join(c if c.isalnum() or c in "-." else "_" for c in name.decode())
    told = {"Content-Disposition": f'attachment; filename="{kept}"'}
    return Response(text, content_type="application/toml; charset=utf-8", headers=told)


def _reading(run: Callable[[Act], Found]) -> Found:
    here = site().center
    with here.read() as work:
        return run(Act(here, work, current_actor(), here.clock.now()))


def _change(act: Act, wish: ChangeCatalogue) -> CatalogueChangedOut:
    # a right that lacks is told before what is wrong with the document
    act.actor.must(RIGHT)
    return administration.change(
        act,
        _document(wish),
        wish.based_on,
        reason=wish.reason,
        imported=wish.toml is not None,
    )


def _document(wish: CheckCatalogue) -> CatalogueDocument:
    """Return the document that is meant; raises CatalogueFaulty with every mistake of its shape."""
    try:
        found = wish.document if wish.toml is None else _files().read(wish.toml)
        return CatalogueDocument.model_validate_json(json.dumps(_files().fill(found or {})))
    except CatalogueErrors as faults:
        raise administration.faulty(faults.errors) from faults
    except ValidationError as error:
        raise administration.faulty(_faults(error)) from error


def _faults(error: ValidationError) -> list[CatalogueError]:
    return [
        CatalogueError(_key(fault["loc"]), fault["msg"])
        for fault in error.errors(include_url=False, include_input=False)
    ]


def _key(location: tuple[int | str, ...]) -> str:
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in location)
    return "".join(steps).removeprefix(".")


def _misshapen(faults: CatalogueFaulty) -> CatalogueCheckOut:
    """Return what can be said of something that is no whole document."""
    errors = cast("Any", faults.facts["errors"])
    with site().center.read() as work:
        version = work.catalogue_version
    return CatalogueCheckOut(version=version, errors=errors, orphans=[], changes=[])


def _in_words_of_the_file(found: CatalogueCheckOut) -> CatalogueCheckOut:
    key = _files().key
    errors = [each.model_copy(update={"field": key(each.field)}) for each in found.errors]
    return found.model_copy(update={"errors": errors})


def _files() -> CatalogueFiles:
    return cast("CatalogueFiles", cast("Mapping[str, Any]", current_app.extensions)[_EXTENSION])
