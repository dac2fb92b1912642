"""The five languages, and a text in all of them.

A TOML file writes `uz`, `ru`, `en` and, where it can, `kaa` and `uz_Cyrl`. What it leaves out is
derived: Uzbek Cyrillic by transliteration, Karakalpak from Uzbek Latin.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field, model_validator

from config.alphabet import Alphabet, shown
from config.loader import Model, Settings
from config.transliteration import to_cyrillic

Language = Literal["uz-Latn", "uz-Cyrl", "ru", "kaa", "en"]

#: tag → the language's name in its own script; the first one is the default
LANGUAGES: dict[Language, str] = {
    "uz-Latn": "Oʻzbekcha",
    "uz-Cyrl": "Ўзбекча",
    "ru": "Русский",
    "kaa": "Qaraqalpaqsha",
    "en": "English",
}

#: language tag → its key beside a text in a file
FILE_KEYS = {"uz-Latn": "uz", "uz-Cyrl": "uz_Cyrl", "ru": "ru", "kaa": "kaa", "en": "en"}

#: the languages that a file may leave out
DERIVED = ("uz-Cyrl", "kaa")

#: the languages that a file must write
WRITTEN = tuple(tag for tag in FILE_KEYS if tag not in DERIVED)

Line = Annotated[str, Field(min_length=1)]


def names(alphabet: Alphabet) -> dict[str, str]:
    """Return each language's name by tag, in its own script and in the letters of the alphabet."""
    return shown(LANGUAGES, alphabet)


class Text(Settings):
    """One text side by side in the languages that a file writes."""

    uz: Line
    uz_cyrl: Annotated[Line | None, Field(alias="uz_Cyrl")] = None
    ru: Line
    kaa: Line | None = None
    en: Line

    def in_all(self) -> dict[str, str]:
        """Return the text by language tag, deriving what was left out."""
        return in_all(self.uz, self.ru, self.en, kaa=self.kaa, uz_cyrl=self.uz_cyrl)


class Fee(Settings):
    """What a service costs, where a file says it: `fee_uz`, `fee_ru`, `fee_en`."""

    fee_uz: Line | None = None
    fee_uz_cyrl: Annotated[Line | None, Field(alias="fee_uz_Cyrl")] = None
    fee_ru: Line | None = None
    fee_kaa: Line | None = None
    fee_en: Line | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        return _whole(self, "fee")


class Hint(Settings):
    """What to know before queueing, where a file says it: `hint_uz`, `hint_ru`, `hint_en`."""

    hint_uz: Line | None = None
    hint_uz_cyrl: Annotated[Line | None, Field(alias="hint_uz_Cyrl")] = None
    hint_ru: Line | None = None
    hint_kaa: Line | None = None
    hint_en: Line | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        return _whole(self, "hint")


def beside(table: Settings, name: str) -> dict[str, str]:
    """Return the text that stands under `name_uz`, `name_ru`, … by language tag; {} for none."""
    told = _told(table, name)
    if not any(told.values()):
        return {}
    return in_all(
        told["uz"] or "",
        told["ru"] or "",
        told["en"] or "",
        kaa=told["kaa"],
        uz_cyrl=told["uz_Cyrl"],
    )


def in_all(
    uz: str, ru: str, en: str, *, kaa: str | None = None, uz_cyrl: str | None = None
) -> dict[str, str]:
    """Return a text by language tag, deriving what is None."""
    cyrillic = uz_cyrl or to_cyrillic(uz)
    return {"uz-Latn": uz, "uz-Cyrl": cyrillic, "ru": ru, "kaa": kaa or uz, "en": en}


def _told(table: BaseModel, name: str) -> dict[str, str | None]:
    """Return what stands under `name_…`, by the file's key of the language."""
    return {key: getattr(table, f"{name}_{key.lower()}") for key in FILE_KEYS.values()}


def _whole(table: Model, name: str) -> Model:
    """Raise ValueError for a text that is written in some languages, but not in all it must be."""
    told = _told(table, name)
    missing = [f"{name}_{FILE_KEYS[tag]}" for tag in WRITTEN if not told[FILE_KEYS[tag]]]
    if any(told.values()) and missing:
        raise ValueError(f"{' and '.join(missing)} must be written too")
    return table
