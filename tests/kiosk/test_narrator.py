"""What is said when: a new screen, the focus, news, the countdown; and when there is silence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk import theme
from kiosk.acts import ChooseGroup, SwitchComfort, TakeTicket
from kiosk.events import Paper
from kiosk.layout import lay_out
from kiosk.narrator import SILENCE, Sound, seen, sound
from kiosk.state import Comfort, Flow, Step
from tests.kiosk.screens_of_all_kinds import SCREENS
from tests.kiosk.steps import flow_at

SCREEN = SCREENS["tall"]
SPOKEN = Comfort(spoken=True)


@pytest.fixture
def hear(wording):
    """Return what is heard from one flow to the next, each with its focus."""

    def change(before: Flow | None, after: Flow, *, was=None, now=None) -> Sound:
        def look(flow: Flow, focus: object):
            layout = lay_out(flow, SCREEN, "10:42", wording, theme.measure)
            return seen(flow, layout, focus)

        earlier = look(before, was) if before else None
        return sound(earlier, look(after, now), after, wording)

    return change


def at(catalogue, step: Step, comfort: Comfort = SPOKEN, **visit: object) -> Flow:
    """Return a flow of a visitor who listens."""
    return flow_at(step, catalogue, "en", comfort=comfort, **visit)


def texts(heard: Sound) -> list[str]:
    """Return what is said, news included."""
    return [one.text for one in (*heard.said, *heard.added)]


def test_nothing_is_said_to_who_does_not_listen(catalogue, hear):
    """Whatever changes."""
    plain = Comfort()
    group, service = at(catalogue, Step.GROUP, plain), at(catalogue, Step.SERVICE, plain)
    assert hear(None, group) == hear(group, service) == SILENCE


def test_it_begins_with_the_screen_and_how_to_operate_it(catalogue, hear, wording):
    """That it speaks, the title, the number of choices, the keys."""
    heard = hear(at(catalogue, Step.GROUP, Comfort()), at(catalogue, Step.GROUP))
    assert texts(heard)[:2] == [
        wording.say("comfort.speech_on", "en"),
        wording.say("kiosk.choose_group", "en"),
    ]
    assert texts(heard)[-1] == wording.say("comfort.operate", "en")


def test_a_new_screen_is_told(catalogue, hear):
    """Its title first."""
    heard = hear(at(catalogue, Step.GROUP), at(catalogue, Step.CONFIRM))
    assert texts(heard)[0] == "Is this right?"


def test_another_page_is_another_screen(catalogue, hear):
    """Its number is said."""
    heard = hear(at(catalogue, Step.GROUP), at(catalogue, Step.GROUP, page=1))
    assert any(text.startswith("Page 2 of") for text in texts(heard))


def test_the_key_in_focus_is_told(catalogue, hear):
    """Once, when the focus comes to it."""
    flow = at(catalogue, Step.CONFIRM)
    heard = hear(flow, flow, now=TakeTicket())
    assert texts(heard)[0] == "Take a ticket"
    assert texts(heard)[1].startswith("1 of ")
    assert hear(flow, flow, was=TakeTicket(), now=TakeTicket()) == SILENCE
    assert hear(flow, flow, was=TakeTicket()) == SILENCE


def test_a_switch_tells_what_it_is_now(catalogue, hear):
    """The key that was activated stays in focus and says its new state."""
    act = SwitchComfort("contrast")
    before = at(catalogue, Step.COMFORT)
    after = at(catalogue, Step.COMFORT, replace(SPOKEN, contrast=True))
    assert "on" in texts(hear(before, after, was=act, now=act))
    assert "off" in texts(hear(after, before, was=act, now=act))


def test_news_wait_for_their_turn(catalogue, hear):
    """How the slip fares is said after the number, not over it."""
    before = at(catalogue, Step.SLIP, paper=Paper.PRINTING)
    heard = hear(before, at(catalogue, Step.SLIP, paper=Paper.DONE))
    assert [one.text for one in heard.added] == ["Take your slip"]
    assert heard.said == ()


def test_asking_again_tells_everything(catalogue, hear, wording):
    """Also the keys, the center's name and the time."""
    flow = at(catalogue, Step.GROUP)
    heard = texts(hear(flow, at(catalogue, Step.GROUP, replace(SPOKEN, again=1))))
    assert wording.say("comfort.now", "en", time="10:42") in heard
    assert flow.catalogue is not None
    assert flow.catalogue.name["en"] in heard
    assert any(text.startswith(flow.catalogue.groups[0].texts["en"]) for text in heard)


def test_a_new_volume_is_said_with_it(catalogue, hear):
    """On every screen."""
    flow = at(catalogue, Step.GROUP)
    louder = at(catalogue, Step.GROUP, replace(SPOKEN, volume=4))
    assert texts(hear(flow, louder)) == ["Volume: 4"]


def test_the_countdown_is_said_now_and_then_and_ticks_between(catalogue, hear):
    """Two senses: what is counted down on the screen is heard as well."""
    asking = replace(at(catalogue, Step.GROUP), asking=True)
    told, ticked = [], []
    for left in range(44, 0, -1):
        before, now = replace(asking, left=left + 1), replace(asking, left=left)
        heard = hear(before, now)
        told += [left] * bool(heard.added)
        ticked += [left] * heard.tick
    assert {20, 10} <= set(told)
    assert len(ticked) == 44


@pytest.mark.parametrize("name", ["large", "contrast", "low"])
def test_who_only_sees_better_hears_the_countdown_tick(catalogue, hear, name):
    """A sound for every second, and no words."""
    served = Comfort(**{name: True})
    asking = replace(at(catalogue, Step.GROUP, served), asking=True, left=9)
    heard = hear(replace(asking, left=10), asking)
    assert heard == Sound(tick=True)
    assert hear(asking, asking) == SILENCE


def test_the_end_of_the_visit_is_silent(catalogue, hear):
    """What was being said ends, and nothing more is said to the next one."""
    heard = hear(at(catalogue, Step.GROUP), at(catalogue, Step.LANGUAGE, Comfort()))
    assert heard == Sound(hush=True)


def test_a_dialog_is_another_screen(catalogue, hear, wording):
    """The question is said as it appears, with its seconds."""
    flow = at(catalogue, Step.GROUP)
    heard = hear(flow, replace(flow, asking=True, left=45), was=ChooseGroup("A"))
    assert texts(heard)[:2] == [
        wording.say("kiosk.are_you_there", "en"),
        wording.say("kiosk.seconds_left", "en", n=45),
    ]
