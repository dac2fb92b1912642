"""Design tokens: readable colours, one scale, one style sheet."""

import itertools
import re

import pytest

from config import loader
from config.tokens import Tokens, contrast, css, load


@pytest.fixture(scope="module")
def tokens() -> Tokens:
    """Return the shipped tokens."""
    return load()


@pytest.mark.parametrize(
    ("text", "ground", "least"),
    [
        ("ink", "page", 7),
        ("ink", "surface", 7),
        ("ink", "accent_soft", 7),
        ("ink", "sunken", 7),
        ("ink", "good_soft", 7),
        ("ink", "warn_soft", 7),
        ("ink", "bad_soft", 7),
        ("ink_soft", "page", 4.5),
        ("ink_soft", "surface", 7),
        ("ink_soft", "sunken", 4.5),
        ("ink_soft", "accent_soft", 4.5),
        ("accent", "page", 4.5),
        ("accent", "surface", 4.5),
        ("accent", "accent_soft", 4.5),
        ("accent_ink", "accent", 4.5),
        ("accent_ink", "accent_press", 7),
        ("accent_ink_soft", "accent", 4.5),
        ("good", "surface", 4.5),
        ("good", "good_soft", 4.5),
        ("warn", "surface", 4.5),
        ("warn", "warn_soft", 4.5),
        ("bad", "surface", 4.5),
        ("bad", "bad_soft", 4.5),
        ("accent_ink", "good", 4.5),
        ("accent_ink", "bad", 4.5),
        ("line_strong", "surface", 3),
        ("line_strong", "page", 3),
        ("focus", "page", 3),
        ("focus", "surface", 3),
    ],
)
def test_text_can_be_read_on_its_ground(tokens, text, ground, least):
    """Every pair that the screens use keeps its contrast (WCAG 2.2)."""
    assert contrast(tokens.colours[text], tokens.colours[ground]) >= least


def test_contrast_is_what_wcag_says():
    """Black on white is 21, a colour on itself 1, and #777777 just fails on white."""
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#0B5CAB", "#0B5CAB") == 1
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_sizes_grow_by_one_ratio(tokens):
    """From body text up, text sizes are a scale of 1.25, a step or two apart."""
    upward = [size for size in tokens.sizes.values() if size >= 16]
    for small, large in itertools.pairwise(upward):
        assert large / small == pytest.approx(1.25, abs=0.02) or large / small == pytest.approx(
            1.25**2, abs=0.02
        )


def test_spaces_stand_on_the_grid(tokens):
    """Every space is a multiple of eight points, or the half of one."""
    assert all(space % 8 == 0 or space == 4 for space in tokens.spaces.values())


def test_a_new_call_is_highlighted_as_long_as_the_hall_needs(tokens):
    """Five to eight seconds; the answer to a finger comes within fifty milliseconds of noticing."""
    assert 5000 <= tokens.motion["highlight"] <= 8000
    assert tokens.motion["press"] <= 100


def test_pygame_gets_numbers(tokens):
    """A colour is three numbers from 0 to 255."""
    assert tokens.rgb("accent") == (0x0B, 0x5C, 0xAB)


def test_the_style_sheet_names_every_token(tokens):
    """Nothing that the file says is missing in the custom properties."""
    names = re.findall(r"--([\w-]+):", css(tokens))
    parts = (
        tokens.colours,
        tokens.sizes,
        tokens.weights,
        tokens.leading,
        tokens.spaces,
        tokens.radii,
        tokens.motion,
        tokens.elevations,
    )
    assert len(names) == len(set(names)) == sum(map(len, parts))
    assert "colour-accent-ink-soft" in names


def test_the_style_sheet_writes_units(tokens):
    """Lengths are rem, so that a reader's larger text enlarges all; motion is in milliseconds."""
    sheet = css(tokens)
    assert sheet.startswith(":root{--colour-page:#F5F7FA;")
    assert "--size-body:1rem;" in sheet
    assert "--space-one:0.5rem;" in sheet
    assert "--motion-press:80ms;" in sheet
    assert "--shadow-card:0 0.0625rem 0.375rem rgba(15,27,45,0.07);" in sheet


def test_a_colour_must_be_a_colour(tmp_path):
    """A slip in the tokens is told like any other mistake."""
    path = tmp_path / "tokens.toml"
    shipped = (loader.FOLDER / "tokens.toml").read_text(encoding="utf-8")
    path.write_text(shipped.replace("#0B5CAB", "blue"), encoding="utf-8")
    with pytest.raises(loader.ConfigErrors, match=r"colours.accent: must be like '#0B5CAB'"):
        load(path)
