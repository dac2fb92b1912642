"""The catalogue as administrators edit it: asked for, checked, compared, put in force."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from queue_server.contracts.api import FieldError
from queue_server.contracts.catalogue_document import CatalogueDocument
from queue_server.contracts.shapes import Reason, Reply, Request


class CheckCatalogue(Request):
    """A catalogue to be judged: the whole document, or the text of a TOML file."""

    document: dict[str, Any] | None = None
    toml: str | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.document is None) == (self.toml is None):
            raise ValueError("send a document or a TOML text, one of both")
        return self


class ChangeCatalogue(CheckCatalogue):
    """A catalogue to be put in force in the place of the version that it was made from."""

    based_on: Annotated[int, Field(ge=0)]
    reason: Reason | None = None


class CatalogueDocumentOut(Reply):
    """The catalogue in force, whole."""

    version: int
    document: CatalogueDocument


class ChangeOut(Reply):
    """One difference; null is nothing."""

    #: `services[A01].texts.ru`; `windows[13]` for a whole item; `services` for their order
    path: str
    before: Any = None
    after: Any = None


class CatalogueCheckOut(Reply):
    """What is wrong with a catalogue, whom it would leave alone, and what it changes."""

    #: the version in force that it was compared with
    version: int
    #: keys as the document writes them: `services[3].group`
    errors: list[FieldError]
    #: keys name what would vanish: `services[A01]`
    orphans: list[FieldError]
    changes: list[ChangeOut]
    #: as it would be kept: what could be derived is written
    document: CatalogueDocument | None = None


class CatalogueChangedOut(Reply):
    """The version in force, and what it changed; no changes for a catalogue like the one before."""

    version: int
    changes: list[ChangeOut]


class CyrillicOut(Reply):
    """Uzbek texts in Cyrillic letters, in order."""

    texts: list[str]
