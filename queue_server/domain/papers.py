"""Which document a visitor who is turned away did not have, and whether anyone may ask for it."""

from __future__ import annotations

from typing import Final

from queue_server.domain.catalogue import Catalogue
from queue_server.domain.errors import Invalid

#: names the n-th, from 1, of the documents that nobody may demand
NOT_REQUIRED: Final = "not_required-"


def may_be_demanded(catalogue: Catalogue, document: str) -> bool:
    """Return whether a center may ask for a document, by its id or by `not_required-<n>`.

    Raises Invalid for one that the catalogue does not know.
    """
    if document in catalogue.documents:
        return True
    number = document.removeprefix(NOT_REQUIRED)
    listed = document.startswith(NOT_REQUIRED) and number.isdecimal()
    if listed and 1 <= int(number) <= len(catalogue.not_required):
        return False
    raise Invalid(f"There is no document {document!r}.", field="document")
