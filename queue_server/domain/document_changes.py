"""The difference of two catalogue documents: where, what it was, and what it becomes.

Items that have a name of their own (a service's id, a window's number) are told apart by it, so an
item that only moved is no other item. A document's shape is whole when it comes here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

Document = Mapping[str, Any]
Items = Sequence[Document]

#: section → what names its items
NAMED_BY: Final[Mapping[str, str]] = {
    "groups": "prefix",
    "services": "id",
    "windows": "number",
    "categories": "id",
    "events": "id",
    "places": "id",
    "notices": "id",
    "points": "id",
    "halls": "number",
    "holidays": "date",
    "surges": "date",
    "duties": "window",
}
#: sections of items without a name
UNNAMED: Final = ("not_required", "facilities", "closures")
#: here an empty list says something: a closed day, no reminders
_EMPTY_SAYS: Final = ("hours", "booking")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference; None is nothing."""

    #: `services[A01].texts.ru`, `windows[13]` for a whole item, `services` for their order
    path: str
    before: Any
    after: Any


def changes(before: Document, after: Document) -> tuple[Change, ...]:
    """Return every difference, in the order of the sections; none for equal documents."""
    sections = dict.fromkeys((*after, *before))
    return tuple(
        change
        for section in sections
        for change in _section(section, before.get(section), after.get(section))
    )


def in_short(found: Sequence[Change], room: int) -> str:
    """Return the paths in one line of at most `room` characters: the first, and how many more."""
    line = ""
    for place, change in enumerate(found):
        longer = f"{line}, {change.path}" if line else change.path
        rest = len(found) - place - 1
        if len(longer) + len(_more(rest)) > room:
            return f"{line or change.path[: room // 2]}{_more(rest + 1 if line else rest)}"
        line = longer
    return line


def _more(count: int) -> str:
    return f" … and {count} more" if count else ""


def _section(section: str, before: Any, after: Any) -> Iterator[Change]:
    if section in NAMED_BY:
        yield from _named(section, before or (), after or ())
    elif section in UNNAMED:
        yield from _unnamed(section, before or (), after or ())
    else:
        yield from _value(section, before, after)


def _named(section: str, before: Items, after: Items) -> Iterator[Change]:
    name = NAMED_BY[section]
    was, becomes = ({item[name]: item for item in items} for items in (before, after))
    for key in dict.fromkeys((*was, *becomes)):
        yield from _value(f"{section}[{key}]", was.get(key), becomes.get(key))
    kept = [key for key in was if key in becomes]
    order = [key for key in becomes if key in was]
    if kept != order:
        yield Change(section, kept, order)


def _unnamed(section: str, before: Items, after: Items) -> Iterator[Change]:
    """Compare by place where there are as many as before, else by what is gone and what is new."""
    if len(before) == len(after):
        for place, (was, becomes) in enumerate(zip(before, after, strict=True)):
            yield from _value(f"{section}[{place}]", was, becomes)
        return
    for place, item in enumerate(before):
        if item not in after:
            yield Change(f"{section}[{place}]", item, None)
    for place, item in enumerate(after):
        if item not in before:
            yield Change(f"{section}[{place}]", None, item)


def _value(path: str, before: Any, after: Any) -> Iterator[Change]:
    if _same(path, before, after):
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping) and before and after:
        for key in dict.fromkeys((*after, *before)):
            yield from _value(f"{path}.{key}", before.get(key), after.get(key))
    else:
        yield Change(path, before or _said(before), after or _said(after))


def _same(path: str, before: Any, after: Any) -> bool:
    if before == after:
        return True
    if any(step in _EMPTY_SAYS for step in path.split(".")):
        return False
    return _is_nothing(before) and _is_nothing(after)


def _is_nothing(value: Any) -> bool:
    return value is None or value in ("", [], (), {})


def _said(value: Any) -> Any:
    """Return False, 0 and the empty lists that say something as they are; the rest is nothing."""
    return None if value is None or value in ("", (), {}) else value
