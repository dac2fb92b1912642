from __future__ import annotations

import pytest

from kiosk.acts import ChooseGroup, GoBack, StartAgain, StillHere
from kiosk.elements import Key, Layout, Look
from kiosk.geometry import Rect
from kiosk.hand import Hand, Way, enter, escape, move, on_new_layout, press, release

A, B, C, D = (ChooseGroup(letter) for letter in "ABCD")
#: A B
#: C D
SQUARE = Layout(
    tuple(
        Key(Rect(x, y, 90, 90), act, Look.TILE)
        for act, x, y in ((A, 0, 0), (B, 100, 0), (C, 0, 100), (D, 100, 100))
    )
)


def test_a_touch_counts_where_it_began_and_ended():
    """Down and up on one key is its act."""
    down = press(Hand(), SQUARE, 10, 10)
    assert down.pressed == A
    done = release(down, SQUARE, 80, 80)
    assert done is not None
    assert (done.act, done.hand) == (A, Hand())


def test_a_finger_that_slides_off_means_nothing():
    """A visitor who changes the mind slides off the key."""
    done = release(press(Hand(), SQUARE, 10, 10), SQUARE, 150, 10)
    assert done is not None
    assert done.act is None


def test_a_touch_between_the_keys_is_a_touch():
    """It means nothing, but someone is there."""
    down = press(Hand(), SQUARE, 95, 95)
    assert (down.down, down.pressed) == (True, None)
    assert release(down, SQUARE, 95, 95) is not None


def test_only_the_first_finger_counts():
    """A second finger, or an elbow, changes nothing."""
    first = press(Hand(), SQUARE, 10, 10, finger=1)
    both = press(first, SQUARE, 150, 10, finger=2)
    assert both == first
    assert release(both, SQUARE, 150, 10, finger=2) is None
    done = release(both, SQUARE, 10, 10, finger=1)
    assert done is not None
    assert done.act == A


def test_a_finger_up_from_nowhere_means_nothing():
    """A finger that was down before the kiosk began."""
    assert release(Hand(), SQUARE, 10, 10, finger=1) is None


def test_tab_goes_round_in_order():
    """Forward and backward, from the last key to the first."""
    hand, seen = Hand(), []
    for _ in range(5):
        hand = move(hand, SQUARE, Way.ON)
        seen.append(hand.focus)
    assert seen == [A, B, C, D, A]
    assert move(hand, SQUARE, Way.BACK).focus == D


@pytest.mark.parametrize(
    ("start", "way", "end"),
    [(A, Way.DOWN, C), (D, Way.UP, B), (A, Way.UP, A), (D, Way.DOWN, D)],
)
def test_arrows_go_where_they_point(start, way, end):
    """Up and down to the nearest key on that side; at the edge the focus stays."""
    assert move(Hand(focus=start), SQUARE, way).focus == end


@pytest.mark.parametrize(
    ("start", "way", "end"),
    [(A, Way.RIGHT, B), (B, Way.RIGHT, C), (D, Way.RIGHT, A), (D, Way.LEFT, C), (A, Way.LEFT, D)],
)
def test_left_and_right_reach_every_key(start, way, end):
    """A pad of four keys has no other way: at the end of a row the next one begins."""
    assert move(Hand(focus=start), SQUARE, way).focus == end


def test_the_first_arrow_shows_the_first_key():
    """Nothing has the focus until the keyboard is used."""
    for way in Way:
        assert move(Hand(), SQUARE, way).focus == A


def test_enter_does_what_has_the_focus():
    """Without a focus it shows one first, so that nothing is done blindly."""
    assert enter(Hand(focus=C), SQUARE).act == C
    shown = enter(Hand(), SQUARE)
    assert (shown.act, shown.hand.focus) == (None, A)


def test_escape_goes_back_or_stays_where_it_is_asked():
    """In a dialog Escape is the answer that changes nothing."""
    assert escape(Hand(), SQUARE).act == GoBack()
    asking = Layout(SQUARE.elements, (Key(Rect(0, 0, 9, 9), StartAgain(), Look.TILE),))
    assert escape(Hand(), asking).act == StillHere()


def test_a_screen_without_keys_has_no_focus():
    """Nothing to move to, nothing to enter."""
    assert move(Hand(), Layout(()), Way.ON).focus is None
    assert enter(Hand(), Layout(())).act is None


def test_a_new_screen_takes_the_hand_off():
    """What is gone is no longer pressed or focused; the same step keeps the focus."""
    held = Hand(down=True, pressed=A, focus=B)
    assert on_new_layout(held, SQUARE, same_step=True) == held
    assert on_new_layout(held, SQUARE, same_step=False) == Hand(down=True)
    assert on_new_layout(held, Layout(()), same_step=True) == Hand(down=True)
