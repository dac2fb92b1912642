"""A keyboard spells where something is typed, and moves the focus everywhere else."""

import pygame
import pytest

from kiosk.acts import Erase, Submit, Type
from kiosk.state import Step
from kiosk.terminal import TYPED, spelt


def key(code: int, text: str = "") -> pygame.event.Event:
    """Return a key that is pressed."""
    return pygame.event.Event(pygame.KEYDOWN, key=code, unicode=text, mod=0)


@pytest.mark.parametrize("step", sorted(TYPED))
@pytest.mark.parametrize(("text", "letter"), [("a", "a"), ("Ў", "ў"), ("ʻ", "ʻ"), ("7", "7")])
def test_letters_of_every_script_are_typed(step, text, letter):
    """What is printed on the key is what is typed, whether or not a key has the focus."""
    for focused in (False, True):
        assert spelt(key(pygame.K_a, text), step, focused=focused) == Type(letter)


def test_backspace_takes_a_letter_back():
    """Everywhere where something is typed."""
    assert spelt(key(pygame.K_BACKSPACE, "\b"), Step.FIND, focused=True) == Erase()


def test_enter_is_the_focused_key_s():
    """Without a focus it ends a code; on the search there is nothing to end."""
    enter = key(pygame.K_RETURN, "\r")
    assert spelt(enter, Step.CODE, focused=False) == Submit()
    assert spelt(enter, Step.CODE, focused=True) is None
    assert spelt(enter, Step.FIND, focused=False) is None


@pytest.mark.parametrize("code", [pygame.K_KP_4, pygame.K_KP_5, pygame.K_KP_ENTER])
def test_the_number_pad_moves_the_focus(code):
    """A pad of four keys works on every screen, keyboards included."""
    assert spelt(key(code, "4"), Step.CODE, focused=False) is None


@pytest.mark.parametrize("event", [(pygame.K_TAB, "\t"), (pygame.K_ESCAPE, "\x1b"), (1, "*")])
def test_what_moves_on_does_not_spell(event):
    """Tab, Escape and the key of the voice keep their meaning."""
    assert spelt(key(*event), Step.FIND, focused=False) is None


@pytest.mark.parametrize("step", sorted(set(Step) - TYPED))
def test_elsewhere_letters_mean_nothing(step):
    """On a menu nobody types."""
    assert spelt(key(pygame.K_a, "a"), step, focused=False) is None
