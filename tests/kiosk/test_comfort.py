"""The ways to see, hear and reach better: what they do to a visit, and that they end with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.acts import (
    CallHelp,
    ChangeVolume,
    ChooseLanguage,
    GoBack,
    OpenComfort,
    SayAgain,
    StartAgain,
    StillHere,
    SwitchComfort,
    SwitchSignLanguage,
)
from kiosk.events import HeadphonesChanged, HelpChanged, Paper, SlipFared, Tick, Touched
from kiosk.flow import SHOWN, apply
from kiosk.state import Comfort, Flow, Habits, Help, Step
from kiosk.steps.comfort import LOUDEST, PATIENCE, QUIETEST, SWITCHES
from tests.kiosk.steps import flow_at

#: steps where a visitor can touch something
TOUCHED = tuple(
    step
    for step in Step
    if step not in (Step.CLOSED, Step.ISSUING, Step.PIN, Step.STAFF, Step.COMFORT)
)
#: acts of any step that change how it is served
EVERY = tuple(SwitchComfort(name) for name in SWITCHES)


def done(flow: Flow, *acts, at: float = 100.0) -> Flow:
    """Touch one key after another, a second apart."""
    for number, act in enumerate(acts):
        flow = apply(flow, Touched(at + number, act))
    return flow


@pytest.mark.parametrize("step", TOUCHED)
def test_the_panel_opens_on_every_step_and_leads_back(catalogue, step):
    """The same key closes it; so does the way back."""
    flow = flow_at(step, catalogue)
    opened = done(flow, OpenComfort())
    assert opened.step is Step.COMFORT
    assert done(opened, OpenComfort(), at=200).step is step
    assert done(opened, GoBack(), at=200).step is step


@pytest.mark.parametrize("act", EVERY, ids=lambda act: act.name)
def test_each_way_is_turned_on_and_off_anywhere(catalogue, act):
    """Not only on the panel: a key of the keyboard may mean it on every step."""
    for step in (Step.LANGUAGE, Step.SERVICE, Step.CONFIRM, Step.SLIP, Step.COMFORT):
        flow = flow_at(step, catalogue)
        on = done(flow, act)
        assert getattr(on.visit.comfort, act.name)
        assert on.step is step
        assert done(on, act, at=200).visit.comfort == Comfort()


def test_an_unknown_way_changes_nothing(catalogue):
    """The panel has four of them."""
    flow = flow_at(Step.COMFORT, catalogue)
    assert done(flow, SwitchComfort("again")).visit == flow.visit


def test_all_of_them_end_with_the_visit(catalogue):
    """The next visitor finds the plain kiosk, at its usual volume."""
    flow = flow_at(Step.GROUP, catalogue)
    served = done(flow, *EVERY, ChangeVolume(1), SayAgain(), SwitchSignLanguage())
    assert served.visit.comfort == Comfort(
        large=True, contrast=True, low=True, spoken=True, volume=4, again=1
    )
    for end in (
        done(served, StartAgain(), at=200),
        apply(served, Tick(served.touched_at + 30 * PATIENCE + 15 * PATIENCE + 1)),
    ):
        assert (end.step, end.visit.comfort) == (Step.LANGUAGE, Comfort())


def test_the_volume_has_five_steps(catalogue):
    """At the ends another touch changes nothing."""
    flow = flow_at(Step.GROUP, catalogue)
    assert done(flow, *[ChangeVolume(1)] * 9).visit.comfort.volume == LOUDEST
    assert done(flow, *[ChangeVolume(-1)] * 9).visit.comfort.volume == QUIETEST


def test_headphones_begin_and_end_the_speech(catalogue):
    """Nothing is said into the hall after they are out; a closed kiosk stays silent."""
    flow = flow_at(Step.GROUP, catalogue)
    plugged = apply(flow, HeadphonesChanged(5.0, plugged=True))
    assert plugged.visit.comfort.spoken
    assert not apply(plugged, HeadphonesChanged(6.0, plugged=False)).visit.comfort.spoken
    closed = flow_at(Step.CLOSED, catalogue)
    assert apply(closed, HeadphonesChanged(5.0, plugged=True)) is closed


def test_headphones_answer_the_question(catalogue):
    """Who plugs them in is there."""
    asking = replace(flow_at(Step.GROUP, catalogue), asking=True, left=3, touched_at=1.0)
    heard = apply(asking, HeadphonesChanged(50.0, plugged=True))
    assert (heard.asking, heard.left, heard.touched_at) == (False, None, 50.0)


def test_a_kiosk_without_a_voice_does_not_pretend(catalogue):
    """Neither the key nor headphones turn on what cannot be heard."""
    mute = replace(flow_at(Step.GROUP, catalogue), habits=Habits(speaks=False))
    assert not done(mute, SwitchComfort("spoken")).visit.comfort.spoken
    assert not apply(mute, HeadphonesChanged(5.0, plugged=True)).visit.comfort.spoken


def test_a_call_for_help_is_one_wish(catalogue):
    """Further touches while it is under way change nothing; after a failure it can be repeated."""
    flow = done(flow_at(Step.GROUP, catalogue, "ru"), CallHelp())
    assert (flow.wish, flow.visit.help) == (Help("run-1", "help", "ru"), "calling")
    assert done(flow, CallHelp(), at=200).wish is flow.wish
    failed = apply(flow, HelpChanged(201.0, "failed"))
    assert failed.visit.help == "failed"
    assert done(failed, CallHelp(), at=210).wish == Help("run-2", "help", "ru")


@pytest.mark.parametrize("state", ["called", "answered", "failed"])
def test_the_visitor_sees_what_came_of_the_call(catalogue, state):
    """Also on another step than the one it was made on; a late answer finds nobody."""
    called = done(flow_at(Step.GROUP, catalogue), CallHelp())
    assert apply(called, HelpChanged(120.0, state)).visit.help == state
    gone = done(called, StartAgain(), at=200)
    assert apply(gone, HelpChanged(210.0, state)).visit.help == ""


def test_asking_for_sign_language_on_the_panel_tells_the_staff(catalogue):
    """The ticket will say it too; taking it back calls nobody."""
    panel = flow_at(Step.COMFORT, catalogue, "uz-Latn", trail=(Step.GROUP,))
    asked = done(panel, SwitchSignLanguage())
    assert asked.visit.sign_language
    assert asked.wish == Help("run-1", "sign_language", "uz-Latn")
    back = done(asked, SwitchSignLanguage(), at=200)
    assert not back.visit.sign_language
    assert back.wish is asked.wish


def test_the_language_can_be_changed_on_the_panel(catalogue):
    """It stays open."""
    panel = flow_at(Step.COMFORT, catalogue, trail=(Step.LANGUAGE,))
    assert done(panel, ChooseLanguage("ru")).visit.language == "ru"
    assert done(panel, ChooseLanguage("ru")).step is Step.COMFORT


@pytest.mark.parametrize("act", EVERY, ids=lambda act: act.name)
def test_whoever_needs_it_has_three_times_as_long(catalogue, act):
    """The question comes three times as late, and stands at least 30 seconds."""
    served = done(flow_at(Step.GROUP, catalogue), act)
    since = served.touched_at
    assert not apply(served, Tick(since + 30 * PATIENCE - 0.1)).asking
    asked = apply(served, Tick(since + 30 * PATIENCE))
    assert asked.asking
    assert asked.left == 45
    short = replace(served, habits=Habits(idle=10, answer=5))
    assert apply(short, Tick(since + 30)).left == 30


def test_one_touch_gives_more_time_again_and_again(catalogue):
    """Far more often than ten times, and nothing of what was chosen is lost."""
    flow = done(flow_at(Step.CONFIRM, catalogue, service="A02"), SwitchComfort("large"))
    visit, now = flow.visit, flow.touched_at
    for _ in range(25):
        now += 30 * PATIENCE + 40
        flow = apply(flow, Tick(now))
        assert flow.asking
        flow = apply(flow, Touched(now, StillHere(), typed=True))
        assert (flow.asking, flow.step, flow.visit) == (False, Step.CONFIRM, visit)


@pytest.mark.parametrize("paper", Paper)
def test_the_number_stays_three_times_as_long_and_longer_by_a_touch(catalogue, paper):
    """A touch anywhere begins its time anew."""
    slip = replace(flow_at(Step.SLIP, catalogue, paper=paper), since=100.0)
    spoken = done(slip, SwitchComfort("spoken"), at=101)
    end = 101 + SHOWN[paper] * PATIENCE
    assert apply(spoken, Tick(end - 0.5)).step is Step.SLIP
    assert apply(spoken, Tick(end)).step is Step.LANGUAGE
    touched = apply(spoken, Touched(end - 1))
    assert apply(touched, Tick(end + 1)).step is Step.SLIP


def test_the_news_of_the_slip_is_not_lost_on_the_panel(catalogue):
    """Who opens it while the slip is printed comes back to what has become of it."""
    slip = flow_at(Step.SLIP, catalogue, paper=Paper.PRINTING)
    panel = done(slip, OpenComfort())
    assert panel.visit.ticket is not None
    told = apply(panel, SlipFared(101.0, panel.visit.ticket.id, Paper.DONE))
    assert told.step is Step.COMFORT
    assert done(told, GoBack(), at=110).visit.paper is Paper.DONE
