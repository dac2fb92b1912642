from __future__ import annotations

import pygame
import pytest

from kiosk.acts import ChooseGroup, ChooseLanguage
from kiosk.events import CatalogueCame, Issued, NotIssued, Tick
from kiosk.front import Front
from kiosk.gestures import Move, Other, Press, Release
from kiosk.hand import Way
from kiosk.state import Flow, Issue, Print, Step
from tests.kiosk.screens_of_all_kinds import SCREENS, within
from tests.kiosk.tickets import ticket

SCREEN = SCREENS["hd"]


class Wishes(list):
    """Takes the wishes."""

    def take(self, wish, catalogue) -> None:
        """Note one."""
        assert catalogue is not None
        self.append(wish)


@pytest.fixture
def wishes() -> Wishes:
    """What the front has asked for."""
    return Wishes()


@pytest.fixture
def front(catalogue, wording, wishes) -> Front:
    """A kiosk that has its catalogue."""
    made = Front(Flow("run"), SCREEN, wording, wishes.take)
    made.take(CatalogueCame(0.0, catalogue))
    made.show(SCREEN, "10:42")
    return made


def tap(front: Front, act, at: float) -> None:
    """Touch a key as a finger does."""
    key = next(key for key in front.layout.keys if key.act == act)
    x, y = key.rect.centre
    front.feel(Press(x, y, 1), at)
    front.feel(Release(x, y, 1), at)


def confirm(front: Front) -> None:
    """Lead the visitor to the ticket with the keyboard alone."""
    for step in range(4):
        front.feel(Other.ENTER, 10.0 + step)
        front.feel(Other.ENTER, 10.1 + step)


def test_touches_lead_on(front):
    """A key does what it means where it stands."""
    tap(front, ChooseLanguage("ru"), 1.0)
    tap(front, ChooseGroup("E"), 2.0)
    assert (front.flow.step, front.flow.visit.group) == (Step.SERVICE, "E")


def test_the_keyboard_alone_takes_a_ticket(front, wishes):
    """Enter shows the first key, Enter does it: four steps to the ticket."""
    confirm(front)
    assert front.flow.step is Step.ISSUING
    assert [type(wish) for wish in wishes] == [Issue]


def test_a_wish_is_passed_on_once(front, wishes):
    """However often the flow is asked, one wish is one errand; a retry is another."""
    confirm(front)
    front.take(Tick(20.0))
    front.feel(Other.REDRAW, 20.0)
    assert len(wishes) == 1
    front.take(NotIssued(21.0, wishes[0].key))
    front.feel(Other.ENTER, 22.0)
    front.feel(Other.ENTER, 22.1)
    front.take(Issued(23.0, wishes[0].key, ticket()))
    assert wishes == [wishes[0], wishes[0], Print(ticket())]


def test_the_focus_is_shown_to_the_keyboard_only(front):
    """A touch takes the ring away; a new step begins without it."""
    front.feel(Move(Way.ON), 1.0)
    assert front.hand.focus == ChooseLanguage("uz-Latn")
    front.feel(Press(1, 1), 2.0)
    assert front.hand.focus is None
    front.feel(Release(1, 1), 2.0)
    front.feel(Move(Way.ON), 3.0)
    front.feel(Other.ENTER, 4.0)
    assert front.layout is not None
    assert (front.flow.step, front.hand.focus) == (Step.GROUP, None)


def test_it_draws_only_what_changed(front):
    """Nothing new is not drawn; a touch draws its key; a new step draws all."""
    surface = pygame.Surface((SCREEN.width, SCREEN.height))
    assert front.draw(surface) == [SCREEN.area]
    assert front.draw(surface) == []
    key = front.layout.keys[1]
    front.feel(Press(*key.rect.centre), 1.0)
    (region,) = front.draw(surface)
    assert within(key.rect, region)
    assert region.w < SCREEN.width // 2
    front.feel(Release(*key.rect.centre), 1.0)
    assert front.draw(surface) == [SCREEN.area]
    front.feel(Other.REDRAW, 2.0)
    assert front.draw(surface) == [SCREEN.area]


def test_drawing_a_part_gives_the_same_picture(front):
    """A pressed and a focused key look alike, drawn alone or with everything."""
    part = pygame.Surface((SCREEN.width, SCREEN.height))
    front.draw(part)
    key = front.layout.keys[2]
    front.feel(Move(Way.ON), 1.0)
    front.feel(Move(Way.ON), 1.1)
    front.draw(part)
    front.feel(Press(*key.rect.centre), 2.0)
    front.draw(part)
    whole = pygame.Surface((SCREEN.width, SCREEN.height))
    front.feel(Other.REDRAW, 2.0)
    front.draw(whole)
    assert pygame.image.tobytes(part, "RGB") == pygame.image.tobytes(whole, "RGB")
    front.feel(Release(-1, -1), 3.0)


def test_the_clock_is_part_of_the_picture(front):
    """A new minute is drawn."""
    surface = pygame.Surface((SCREEN.width, SCREEN.height))
    front.draw(surface)
    front.show(SCREEN, "10:43")
    assert front.draw(surface) == [SCREEN.area]
