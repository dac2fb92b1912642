"""What a visitor who is turned away did not have."""

import pytest

from queue_server.domain.errors import Invalid
from queue_server.domain.papers import may_be_demanded
from tests.factories import a_catalogue, texts

CATALOGUE = a_catalogue(
    documents={"id": texts("Identity card")}, not_required=(texts("Copy"), texts("Photo"))
)


@pytest.mark.parametrize(
    ("document", "demanded"), [("id", True), ("not_required-1", False), ("not_required-2", False)]
)
def test_what_may_be_demanded(document: str, demanded: bool) -> None:  # noqa: FBT001
    """The catalogue's own documents may be demanded, those that it lists as free may not."""
    assert may_be_demanded(CATALOGUE, document) is demanded


@pytest.mark.parametrize(
    "unknown", ["passport", "not_required-0", "not_required-3", "not_required-x", ""]
)
def test_an_unknown_document_is_refused(unknown: str) -> None:
    """Neither a foreign id nor a number outside the list stands for a document."""
    with pytest.raises(Invalid) as refused:
        may_be_demanded(CATALOGUE, unknown)
    assert refused.value.field == "document"
