"""Themes of the boards: a file changes colours of the design tokens, and nothing else must.

The shipped ones are in `themes/`; a center writes its own beside its `board.toml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from config import loader, tokens

FOLDER = loader.FOLDER / "themes"


class Theme(loader.Settings):
    """How boards look: what it does not name is as the design tokens have it."""

    name: Annotated[str, Field(min_length=1)] = "light"
    #: the contrast that its texts must have, by WCAG; 7 in a theme for weak eyes
    contrast: Annotated[float, Field(ge=4.5, le=21)] = 4.5
    #: how large calls are written, as a part of the largest that fits
    calls: Annotated[float, Field(ge=0.4, le=1)] = 1.0
    colours: Mapping[str, tokens.Hex] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _known(self) -> Self:
        known = tokens.load().colours
        for name in self.colours:
            if name not in known:
                hint = loader.did_you_mean(name, known)
                raise ValueError(f"{name!r} is no colour of config/tokens.toml{hint}")
        return self

    @property
    def palette(self) -> dict[str, str]:
        """Return every colour by its token's name."""
        return {**tokens.load().colours, **self.colours}


def load(path: Path) -> Theme:
    """Return a theme's file, or raise ConfigErrors with every mistake in it."""
    return loader.load(path, Theme)


def find(name: str) -> Theme:
    """Return a shipped theme by its name, or one by its file's path; raise ConfigErrors."""
    path = Path(name)
    if path.suffix == ".toml":
        return load(path)
    if name not in shipped():
        sentence = f"is no theme{loader.did_you_mean(name, shipped())}; name a file, theme.toml"
        raise loader.ConfigErrors([loader.ConfigError("theme", name, sentence)])
    return load(FOLDER / f"{name}.toml")


def shipped() -> tuple[str, ...]:
    """Return the names of the shipped themes."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def colours() -> dict[str, dict[str, str]]:
    """Return what each shipped theme changes, for the web boards: name → token → colour."""
    return {name: dict(find(name).colours) for name in shipped()}
