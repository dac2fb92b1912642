"""The catalogue's TOML file ↔ a plain document: the shape, and every text in five languages.

`read` tells wrong types, unknown and missing keys. What the document means (does the group exist,
is every service served) is judged by `queue_server/domain/catalogue_document.py`; its words for a
place become the file's words through `key_in_file`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from config import loader
from config.catalogue_file import CatalogueFile, Center, Facts, Hours, Priority, Service, Window
from config.languages import DERIVED, FILE_KEYS, Fee, Hint, Text, beside, in_all
from config.toml_text import dumps

Document = dict[str, Any]

#: head start in minutes of a tier-2 category that names none
HEAD_START = 20

#: what `[center]` may say of the center's own rules
RULES = {
    "wait_norm_minutes",
    "no_show_calls",
    "no_show_gap_seconds",
    "statutory_cap",
    "revive_minutes",
    "undo_seconds",
    "appointment_head_start_minutes",
    "appointment_tolerance_minutes",
    "late_behind",
    "corner_session_minutes",
    "corner_extensions",
    "keep_hours",
    "day_ends",
}

#: a text beside an item's own, in the document → what its keys begin with in the file
BESIDE = {"fee_texts": "fee", "hint": "hint"}


#: the fields of a table that are one of its texts in one language
_LANGUAGE_FIELDS = {*Text.model_fields, *Fee.model_fields, *Hint.model_fields}

#: the texts of `[facts]`
_FACTS = ("address", "legal_advice", "sign_language")


def read(path: Path) -> Document:
    """Return the file as a document, or raise ConfigErrors with every mistake of shape in it."""
    return _document(loader.load(path, CatalogueFile))


def read_text(text: str, file: str) -> Document:
    """Return what the text of a file says, as a document; raises ConfigErrors."""
    return _document(loader.validate(loader.parse_toml(text, file), CatalogueFile, file))


def write(document: Document, path: Path) -> None:
    """Write the document as a catalogue file; `read` gives the same document back."""
    path.write_text(text(document), encoding="utf-8")


def text(document: Document) -> str:
    """Return the document as the text of a catalogue file."""
    return dumps(_tables(document))


def filled(value: Any) -> Any:
    """Return a document whose texts say what can be derived: Uzbek Cyrillic, and Karakalpak."""
    if isinstance(value, list):
        return [filled(each) for each in value]
    if not isinstance(value, dict):
        return value
    uzbek = value.get("uz-Latn")
    if not (isinstance(uzbek, str) and uzbek):
        return {key: filled(each) for key, each in value.items()}
    derived = in_all(uzbek, "", "")
    return value | {tag: derived[tag] for tag in DERIVED if not value.get(tag)}


def key_in_file(key: str) -> str:
    """Return a document's key as the TOML file writes it: `categories[1]` is `priorities[1]`."""
    return re.sub(r"^rules\b", "center", re.sub(r"^categories\b", "priorities", key))


def _document(file: CatalogueFile) -> Document:
    return {
        "center": _center(file.center),
        "rules": file.center.model_dump(mode="json", include=RULES, exclude_none=True),
        "hours": _hours(file.hours),
        "holidays": [_item(each) for each in file.holidays],
        "surges": [_item(each) for each in file.surges],
        "booking": file.booking.model_dump(mode="json", exclude_none=True) if file.booking else {},
        "documents": {name: text.in_all() for name, text in file.documents.items()},
        "not_required": [_item(each) for each in file.not_required],
        "groups": [_item(each) for each in file.groups],
        "services": [_service(each) for each in file.services],
        "windows": [_window(each) for each in file.windows],
        "duties": [duty.model_dump(mode="json") for duty in file.duties],
        "closures": [each.model_dump(mode="json", exclude_none=True) for each in file.closures],
        "halls": [_item(each) for each in file.halls],
        "points": [_item(each) for each in file.points],
        "categories": [_category(each) for each in file.priorities],
        "phrases": {name: text.in_all() for name, text in file.phrases.items()},
        "events": [_item(each) for each in file.events],
        "facts": _facts(file.facts) if file.facts else {},
        "facilities": [_item(each) for each in file.facilities],
        "places": [_item(each) for each in file.places],
        "notices": [_item(each) for each in file.notices],
    }


def _item(table: Text) -> Document:
    """Return a table with its languages gathered under `texts`, `fee_texts` and `hint`."""
    item = table.model_dump(mode="json", exclude=_LANGUAGE_FIELDS) | {"texts": table.in_all()}
    if isinstance(table, Fee):
        item["fee_texts"] = beside(table, "fee")
    if isinstance(table, Hint):
        item["hint"] = beside(table, "hint")
    return item


def _hours(hours: Hours | None) -> Document:
    """Return the hours of a week; a weekday that is not written has none of its own."""
    return hours.model_dump(mode="json", exclude_none=True) if hours else {}


def _service(service: Service) -> Document:
    return _item(service) | {"hours": _hours(service.hours) or None}


def _window(window: Window) -> Document:
    """Return a window; a lunch shift that was counted from 0 is counted from 1."""
    item = window.model_dump(mode="json", exclude={"lunch_shift"})
    old = 0 if window.lunch_shift is None else window.lunch_shift + 1
    return item | {"lunch": old if window.lunch is None else window.lunch}


def _category(priority: Priority) -> Document:
    """Return a category: its tier becomes a head start, None where that is unlimited."""
    item = _item(priority)
    if item.pop("tier") == 1:
        return {**item, "head_start_minutes": None}
    named = priority.head_start_minutes
    return {**item, "head_start_minutes": HEAD_START if named is None else named}


def _center(center: Center) -> Document:
    name = in_all(
        center.name_uz,
        center.name_ru,
        center.name_en,
        kaa=center.name_kaa,
        uz_cyrl=center.name_uz_cyrl,
    )
    own = center.model_dump(mode="json", include={"code", "timezone", "languages", "bhm_soum"})
    return {**own, "name": name}


def _facts(facts: Facts) -> Document:
    texts = {name: getattr(facts, name) for name in _FACTS}
    told = {name: text.in_all() if text else {} for name, text in texts.items()}
    return {"phone": facts.phone, **told}


def _tables(document: Document) -> Document:
    """Return the file's tables: the inverse of what `read` does after validation."""
    tables = {
        "center": _center_table(document["center"]) | document["rules"],
        "hours": document.get("hours"),
        "holidays": _items(document.get("holidays", [])),
        "surges": _items(document.get("surges", [])),
        "booking": document.get("booking"),
        "documents": _texts(document["documents"]),
        "not_required": _items(document["not_required"]),
        "groups": _items(document["groups"]),
        "services": _items(document["services"]),
        "halls": _items(document.get("halls", [])),
        "windows": document["windows"],
        "duties": document.get("duties"),
        "closures": document.get("closures"),
        "points": _items(document.get("points", [])),
        "priorities": [_priority(each) for each in _items(document["categories"])],
        "events": _items(document.get("events", [])),
        "facts": _facts_table(document.get("facts", {})),
        "facilities": _items(document.get("facilities", [])),
        "places": _items(document.get("places", [])),
        "notices": _items(document.get("notices", [])),
        "phrases": _texts(document.get("phrases", {})),
    }
    return {key: _kept(key, value) for key, value in tables.items() if value}


def _center_table(center: Document) -> Document:
    name = {f"name_{key}": text for key, text in _written(center["name"]).items()}
    return {"code": center["code"], **name} | {k: v for k, v in center.items() if k != "name"}


def _texts(texts: Document) -> Document:
    return {name: _written(text) for name, text in texts.items()}


def _items(items: list[Document]) -> list[Document]:
    return [_item_table(item) for item in items]


def _item_table(item: Document) -> Document:
    """Return an item with its texts beside its keys, what names it first."""
    named: Document = {
        key: item[key] for key in ("id", "prefix", "group", "number", "date") if key in item
    }
    rest = {key: v for key, v in item.items() if key not in {*named, "texts", *BESIDE}}
    other = {
        f"{name}_{language}": text
        for key, name in BESIDE.items()
        if item.get(key)
        for language, text in _written(item[key]).items()
    }
    return {**named, **_written(item["texts"]), **rest, **other}


def _facts_table(facts: Document) -> Document:
    texts = {name: _written(facts[name]) for name in _FACTS if facts.get(name)}
    return {key: facts[key] for key in ("phone",) if facts.get(key)} | texts


def _priority(table: Document) -> Document:
    return {**table, "tier": 1 if table["head_start_minutes"] is None else 2}


def _written(texts: dict[str, str]) -> dict[str, str]:
    """Return a text under the file's keys, without what `in_all` would derive again."""
    derived = in_all(texts["uz-Latn"], texts["ru"], texts["en"])
    return {
        FILE_KEYS[tag]: text
        for tag, text in texts.items()
        if tag not in DERIVED or text != derived[tag]
    }


def _kept(key: str, value: Any) -> Any:
    """Trim what stands under a key; of hours and of reminders an empty list says something."""
    if key not in ("hours", "booking"):
        return _trimmed(value)
    said = {name: v for name, v in value.items() if v is not None}
    return {name: v if v == [] else _trimmed(v) for name, v in said.items()}


def _trimmed(value: Any) -> Any:
    """Drop what says nothing (None, empty texts, empty lists) and write 15.0 as 15."""
    if isinstance(value, list):
        return [_trimmed(each) for each in value]
    if isinstance(value, dict):
        said = {key: v for key, v in value.items() if v is not None and v not in ("", [])}
        return {key: _kept(key, v) for key, v in said.items()}
    return int(value) if isinstance(value, float) and value.is_integer() else value
