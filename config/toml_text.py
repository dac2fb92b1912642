"""Plain tables of texts, numbers, lists and tables as TOML text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any


def dumps(table: Mapping[str, Any]) -> str:
    """Return the table as TOML that `tomllib` reads back as the same value; no None anywhere."""
    return "\n".join(_lines(table, ())).lstrip("\n") + "\n"


def _lines(table: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    """Yield a table's own keys, then the tables inside it, as TOML's order demands."""
    inner = {key: value for key, value in table.items() if _is_table(value) or _is_tables(value)}
    yield from (f"{_key(key)} = {_value(table[key])}" for key in table if key not in inner)
    for key, value in inner.items():
        name = ".".join(map(_key, (*path, key)))
        bracket = f"[{name}]" if _is_table(value) else f"[[{name}]]"
        for part in [value] if _is_table(value) else value:
            if not (_is_table(value) and _only_tables(value)):
                yield from ("", bracket)
            yield from _lines(part, (*path, key))


def _is_table(value: object) -> bool:
    return isinstance(value, dict)


def _is_tables(value: object) -> bool:
    """Whether it is a list that stands as `[[tables]]`."""
    return isinstance(value, list) and bool(value) and all(map(_is_table, value))


def _only_tables(table: Mapping[str, Any]) -> bool:
    """Whether a table needs no header of its own: the tables inside it name it."""
    return bool(table) and all(_is_table(value) or _is_tables(value) for value in table.values())


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _string(name)


def _value(value: Any) -> str:
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(k)} = {_value(v)}" for k, v in value.items()) + " }"
    return json.dumps(value)


def _string(text: str) -> str:
    """Quote a text: JSON's escapes are TOML's, but for DEL, which TOML wants escaped too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
