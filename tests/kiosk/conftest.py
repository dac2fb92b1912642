"""A kiosk without a display: the shipped catalogue and wording, and screens of every kind."""

from __future__ import annotations

import os

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import pygame
import pytest

from config.wording import Wording
from queue_server.contracts.catalogue import CatalogueOut
from tests.kiosk.catalogues import demo


@pytest.fixture(autouse=True, scope="session")
def _typeface() -> None:
    """Text can be measured without a screen."""
    pygame.font.init()


@pytest.fixture(scope="session")
def catalogue() -> CatalogueOut:
    """The shipped catalogue."""
    return demo()


@pytest.fixture(scope="session")
def wording() -> Wording:
    """The shipped texts."""
    return Wording.load()
