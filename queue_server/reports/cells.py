"""Texts and numbers as a spreadsheet should take them: no text is ever run as a formula."""

from __future__ import annotations

import re
from typing import Final

#: what may stand in a cell
Cell = str | int | float | None
#: a spreadsheet reads what begins so as a formula; the wide signs do it in eastern locales
_DANGEROUS: Final = tuple("=+-@\t\r\n＝＋－＠")
_NUMBER: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)?")


def safe(text: str) -> str:
    """Return a text that no spreadsheet runs: a `'` before what would begin a formula."""
    if text.lstrip(" ").startswith(_DANGEROUS) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def plain(value: Cell) -> str:
    """Return a cell of a CSV file: text made safe, numbers with the comma of our locales."""
    if isinstance(value, str):
        return safe(value)
    return "" if value is None else f"{value}".replace(".", ",")
