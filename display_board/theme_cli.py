"""`navbat-board theme`: whether a theme's file can be read in its hall."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final, get_args

import click
import pygame

from config import loader, theming
from display_board.plan import Format, Layout
from display_board.scene import Screen
from display_board.theme_check import faults
from display_board.typeface import measure

LAYOUTS: Final = get_args(Layout)
#: pixels of the smallest screen's side, and inches of the smallest and the largest
LEAST_SIDE: Final = 100
LEAST_INCHES: Final = 3
MOST_INCHES: Final = 200


@click.group()
def theme() -> None:
    """Check how a board looks."""


@theme.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--size", default="1920x1080", show_default=True, help="Width and height in pixels.")
@click.option("--diagonal", type=float, default=55, show_default=True, help="The screen's inches.")
@click.option("--distance", type=float, default=10, show_default=True, help="Metres to the reader.")
@click.option(
    "--layout", type=click.Choice(LAYOUTS), default="calls", show_default=True, help="Its layout."
)
@click.option("--figures", is_flag=True, help="With figures beside the calls.")
@click.option("--media", is_flag=True, help="With pictures beside the calls.")
def check(
    file: Path,
    size: str,
    diagonal: float,
    distance: float,
    layout: str,
    *,
    figures: bool,
    media: bool,
) -> None:
    """Say what of a theme's FILE is hard to read; exit status 1 if anything is."""
    try:
        found = theming.load(file)
    except loader.ConfigErrors as errors:
        click.echo(str(errors), err=True)
        sys.exit(2)
    form = Format(_layout(layout), figures=figures, media=media)
    pygame.font.init()
    warnings = faults(found, _screen(size, diagonal), distance, measure, form)
    for warning in warnings:
        click.echo(f"{file.name}: {warning}", err=True)
    if warnings:
        sys.exit(1)
    click.echo(f"{file.name}: every text can be read from {distance:g} m.")


def _layout(name: str) -> Layout:
    return next(layout for layout in get_args(Layout) if layout == name)


def _screen(size: str, diagonal: float) -> Screen:
    """Return the screen that the options describe; raises BadParameter."""
    width, _, height = size.partition("x")
    if not (width.isdecimal() and height.isdecimal()) or min(int(width), int(height)) < LEAST_SIDE:
        raise click.BadParameter("write it like 1920x1080", param_hint="--size")
    if not LEAST_INCHES <= diagonal <= MOST_INCHES:
        raise click.BadParameter("give the inches from corner to corner", param_hint="--diagonal")
    return Screen(int(width), int(height), diagonal)
