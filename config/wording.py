"""What the interfaces say: every text of `texts/*.toml` in every language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Self

from config import loader
from config.alphabet import Alphabet, in_force, shown
from config.languages import LANGUAGES, Line, Text

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Wording:
    """The interface's texts: dotted key → language tag → text."""

    texts: Mapping[str, Mapping[str, str]]

    @classmethod
    def load(cls, folder: Path = loader.FOLDER / "texts", alphabet: Alphabet | None = None) -> Self:
        """Return a folder's texts, read once per process; raise ConfigErrors with all mistakes.

        Uzbek Latin comes in the letters of the alphabet, or of the one in force.
        """
        return cls(_shown(folder, alphabet or in_force()))

    def say(self, key: str, language: str, /, **values: object) -> str:
        """Return the text with its placeholders filled in.

        Raises KeyError for an unknown key or language, or for a placeholder without a value.
        """
        return self._template(key, language).format(**values)

    def section(self, name: str, language: str) -> dict[str, str]:
        """Return a section's texts, unfilled: `section("board", "ru")["window"]`."""
        start = name + "."
        keys = [key for key in self.texts if key.startswith(start)]
        return {key.removeprefix(start): self._template(key, language) for key in keys}

    def _template(self, key: str, language: str) -> str:
        if key not in self.texts:
            raise KeyError(f"no text {key!r}" + loader.did_you_mean(key, self.texts))
        if language not in self.texts[key]:
            raise KeyError(f"no language {language!r}" + loader.did_you_mean(language, LANGUAGES))
        return self.texts[key][language]


def placeholders(text: str) -> frozenset[str]:
    """Return the names in a text's braces."""
    return frozenset(_PLACEHOLDER.findall(text))


class _Full(Text):
    """An interface text: Karakalpak is written, not derived."""

    kaa: Line


@cache
def _shown(folder: Path, alphabet: Alphabet) -> Mapping[str, Mapping[str, str]]:
    return {key: shown(text, alphabet) for key, text in _read(folder).items()}


@cache
def _read(folder: Path) -> Mapping[str, Mapping[str, str]]:
    texts: dict[str, Mapping[str, str]] = {}
    errors: list[loader.ConfigError] = []
    for path in sorted(folder.glob("*.toml")):
        found, wrong = _read_file(path)
        texts |= found
        errors += wrong
    if errors:
        raise loader.ConfigErrors(errors)
    return texts


def _read_file(path: Path) -> tuple[dict[str, Mapping[str, str]], list[loader.ConfigError]]:
    texts: dict[str, Mapping[str, str]] = {}
    errors: list[loader.ConfigError] = []
    for section, tables in loader.read_toml(path).items():
        for name, table in _tables(tables).items():
            key = f"{section}.{name}".rstrip(".")
            try:
                texts[key] = loader.validate(table, _Full, path.name).in_all()
            except loader.ConfigErrors as found:
                errors += [_under(key, error) for error in found.errors]
    errors += [error for key, text in texts.items() for error in _uneven(path.name, key, text)]
    return texts, errors


def _tables(section: Any) -> Mapping[str, Any]:
    return section if isinstance(section, dict) else {"": section}


def _under(key: str, error: loader.ConfigError) -> loader.ConfigError:
    inner = f"{key}.{error.key}" if error.key else key
    return loader.ConfigError(error.file, inner, error.sentence)


def _uneven(file: str, key: str, text: Mapping[str, str]) -> list[loader.ConfigError]:
    """Find the languages whose placeholders differ from the default language's."""
    default, *others = text
    wanted = placeholders(text[default])
    sentence = "has other {placeholders} than " + default
    return [
        loader.ConfigError(file, f"{key}.{language}", sentence)
        for language in others
        if placeholders(text[language]) != wanted
    ]
