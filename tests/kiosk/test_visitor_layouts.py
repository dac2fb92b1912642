"""The screens of finding, informing and checking in: whole and touchable on every glass."""

from __future__ import annotations

import pytest

from kiosk.elements import Layout
from kiosk.geometry import Screen
from tests.kiosk.screens_of_all_kinds import TAGS
from tests.kiosk.screens_of_visitors import (
    SCREENS,
    covered,
    cut_off,
    every_flow,
    laid_out,
    too_close,
    too_small,
)

EVERYWHERE = [pytest.param(name, tag, id=f"{name}-{tag}") for name in SCREENS for tag in TAGS]
#: screens on which not every letter can be as large as a finger
SMALL = frozenset({"tight"})


@pytest.fixture(scope="module")
def layouts(catalogue, wording):
    """Every layout of a screen in a language, made once."""
    made: dict = {}

    def find(screen: Screen, tag: str) -> list[tuple[str, Layout]]:
        if (screen, tag) not in made:
            flows = every_flow(catalogue, tag)
            made[screen, tag] = [(name, laid_out(flow, screen, wording)) for name, flow in flows]
        return made[screen, tag]

    return find


@pytest.mark.parametrize(("name", "tag"), EVERYWHERE)
def test_a_finger_finds_every_key(layouts, name, tag):
    """Keys are 20 by 20 mm, tiles 60 by 35, 5 mm apart; letters on a small screen less."""
    screen, small = SCREENS[name], name in SMALL
    for flow, layout in layouts(screen, tag):
        assert not too_small(layout, screen, small=small), flow
        assert not too_close(layout, screen, small=small), flow


@pytest.mark.parametrize(("name", "tag"), EVERYWHERE)
def test_nothing_is_cut_off(layouts, name, tag):
    """Every line lies within its place, its key and the screen."""
    for flow, layout in layouts(SCREENS[name], tag):
        assert not cut_off(layout, SCREENS[name]), flow


@pytest.mark.parametrize(("name", "tag"), EVERYWHERE)
def test_nothing_is_written_over_anything(layouts, name, tag):
    """No text, icon or code touches another one, or stands half under a key."""
    for flow, layout in layouts(SCREENS[name], tag):
        assert not covered(layout), flow
