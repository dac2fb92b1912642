"""The five languages, and a text in all of them.

A TOML file writes `uz`, `ru`, `en` and, where it can, `kaa` and `uz_Cyrl`. What it leaves out is
derived: Uzbek Cyrillic by transliteration, Karakalpak from Uzbek Latin.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from config.loader import Settings
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

Line = Annotated[str, Field(min_length=1)]


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


def in_all(
    uz: str, ru: str, en: str, *, kaa: str | None = None, uz_cyrl: str | None = None
) -> dict[str, str]:
    """Return a text by language tag, deriving what is None."""
    cyrillic = uz_cyrl or to_cyrillic(uz)
    return {"uz-Latn": uz, "uz-Cyrl": cyrillic, "ru": ru, "kaa": kaa or uz, "en": en}
