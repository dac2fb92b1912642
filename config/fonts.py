"""Where the font is: Fira Sans, from its own package."""

from __future__ import annotations

from pathlib import Path

import fontpkg_fira_sans

FAMILY = "Fira Sans"

#: weight by its name in `tokens.toml` → file
_FILES = {
    "regular": "FiraSans-Regular.ttf",
    "medium": "FiraSans-Medium.ttf",
    "semibold": "FiraSans-SemiBold.ttf",
    "bold": "FiraSans-Bold.ttf",
}

WEIGHTS = tuple(_FILES)


def path(weight: str = "regular") -> Path:
    """Return the TTF file of a weight; raise KeyError for a weight that is not shipped."""
    return Path(fontpkg_fira_sans.ROOT) / "files" / _FILES[weight]
