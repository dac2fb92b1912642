"""Every catalogue that was ever in force."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Integer, insert, select

from queue_server.domain.catalogue import Catalogue
from queue_server.storage.head import Head
from queue_server.storage.statements import Statement, argument
from queue_server.storage.tables import catalogues
from queue_server.storage.times import to_ms
from queue_server.storage.transaction import Transaction

Parse = Callable[[Mapping[str, Any]], Catalogue]

DOCUMENT: Final = Statement(
    select(catalogues.c.document).where(catalogues.c.version == argument("version", Integer()))
)
ADD: Final = Statement(
    insert(catalogues).values(
        {name: argument(name) for name in ("version", "document", "by", "at")}
    )
)


class ParsedCatalogues:
    """Catalogues by version, each parsed once; a version that was committed never changes."""

    def __init__(self, parse: Parse) -> None:
        self.parse = parse
        self._newest: tuple[int, Catalogue] | None = None

    def get(self, version: int) -> Catalogue | None:
        """Return the catalogue if this version is the one last kept."""
        newest = self._newest
        return newest[1] if newest and newest[0] == version else None

    def keep(self, version: int, catalogue: Catalogue) -> None:
        """Keep a committed version in the place of the one before."""
        self._newest = (version, catalogue)


class SqlCatalogues:
    """The port `Catalogues` on a database."""

    def __init__(self, transaction: Transaction, head: Head, parsed: ParsedCatalogues) -> None:
        self._transaction = transaction
        self._head = head
        self._parsed = parsed
        self._added: Catalogue | None = None

    def current(self) -> Catalogue:
        """Return the catalogue in force; raises LookupError before the first import."""
        if self._added is not None:
            return self._added
        version = self._head.catalogue_version
        kept = self._parsed.get(version)
        if kept is None:
            kept = self._parsed.parse(self.document())
            self._parsed.keep(version, kept)
        return kept

    def document(self) -> Mapping[str, Any]:
        """Return the document in force; raises LookupError before the first import."""
        row = self._transaction.one(DOCUMENT, {"version": self._head.catalogue_version})
        if row is None:
            raise LookupError("The center has no catalogue yet; import one.")
        document: dict[str, Any] = json.loads(row[0])
        return document

    def add(self, document: Mapping[str, Any], by: str, at: datetime) -> int:
        """Put a catalogue in force and return its version; raises what the parser raises."""
        self._added = self._parsed.parse(document)
        version = self._head.catalogue_version + 1
        text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
        row = {"version": version, "document": text, "by": by, "at": to_ms(at)}
        self._transaction.run(ADD, row)
        self._head.catalogue_version = version
        return version
