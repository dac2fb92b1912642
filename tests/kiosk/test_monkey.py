"""A hundred thousand random touches, keys and events: the visit never leaves its known steps."""

from __future__ import annotations

import random
from collections.abc import Callable

from kiosk import acts
from kiosk.events import (
    CatalogueCame,
    CheckedIn,
    HeadphonesChanged,
    HelpChanged,
    Issued,
    ListFared,
    NotCheckedIn,
    NotIssued,
    Paper,
    Scanned,
    ServerLost,
    SlipFared,
    Tick,
    Touched,
)
from kiosk.flow import apply
from kiosk.state import CheckIn, Flow, Issue, Step
from tests.kiosk.catalogues import demo
from tests.kiosk.tickets import ticket

CATALOGUE = demo()
GROUPS = [group.prefix for group in CATALOGUE.groups]
SERVICES = [one.id for group in CATALOGUE.groups for one in group.services]
TOUCHES = 100_000
#: ways to return that a visit remembers at most
TRAIL = 64


def an_act(chance: random.Random) -> acts.Act:
    """Return something that a key may mean, also where no key means it, also nonsense."""
    makers: list[Callable[[], acts.Act]] = [
        lambda: acts.ChooseLanguage(chance.choice([*CATALOGUE.languages, "xx"])),
        lambda: acts.ChooseGroup(chance.choice([*GROUPS, "Q"])),
        lambda: acts.ChooseService(chance.choice([*SERVICES, "Q99"])),
        lambda: acts.ShowPage(chance.randrange(-1, 9)),
        lambda: acts.ChooseCategory(chance.choice(["pregnant", None, "king"])),
        lambda: acts.Type(chance.choice("abcЖ1 ʻ")),
        lambda: acts.SwitchScript(chance.choice(["latin", "cyrillic", "digits", "runes"])),
        lambda: acts.ChooseEvent(chance.choice(["birth", "death", "party"])),
        lambda: acts.SwitchLeg(chance.choice(SERVICES)),
        acts.OpenInfo,
        lambda: acts.OpenCenter(chance.choice(["hours", "plan", "secrets"])),
        lambda: acts.SwitchComfort(chance.choice(["large", "contrast", "low", "spoken", "x"])),
        lambda: acts.ChangeVolume(chance.choice((-1, 1))),
        lambda: acts.Rate(chance.randrange(7)),
        lambda: acts.GiveReason("wait"),
        lambda: acts.StaffDo("restart"),
        *(
            acts.SwitchSignLanguage, acts.AskCategory, acts.TakeTicket, acts.TryAgain, acts.GoBack,
            acts.StartAgain, acts.StillHere, acts.OpenSearch, acts.Erase, acts.OpenEvents,
            acts.PrintList, acts.OpenCode, acts.Submit, acts.DivertOnline, acts.CallHelp,
            acts.OpenComfort, acts.SayAgain,
        ),
    ]  # fmt: skip
    return chance.choice(makers)()


def an_event(chance: random.Random, flow: Flow, now: float):
    """Return something that may happen outside, also what nobody asked for."""
    key = flow.wish.key if isinstance(flow.wish, Issue | CheckIn) else "nobody-1"
    one = flow.visit.ticket.id if flow.visit.ticket else "nobody"
    return chance.choice(
        (
            Tick(now),
            CatalogueCame(now, CATALOGUE),
            ServerLost(now),
            Issued(now, key, ticket()),
            NotIssued(now, key, chance.choice((None, "closed"))),
            SlipFared(now, one, chance.choice(list(Paper))),
            Scanned(now, chance.choice(("ABC234", "\x00garbage", "http://x/t/1"))),
            CheckedIn(now, key, ticket()),
            NotCheckedIn(now, key, chance.choice((None, "unknown_code"))),
            ListFared(now, Paper.DONE),
            HelpChanged(now, chance.choice(("called", "answered", "failed"))),
            HeadphonesChanged(now, plugged=chance.random() < 0.5),
        )
    )


def test_a_hundred_thousand_touches_lead_to_no_unknown_step():
    """Every flow is a step of ours, its trail is short, its keys are counted, its texts bounded."""
    chance = random.Random(30)
    flow, now, seen = apply(Flow("run"), CatalogueCame(0.0, CATALOGUE)), 1.0, set()
    for _ in range(TOUCHES):
        now += chance.choice((0.1, 0.6, 0.6, 5.0))
        if chance.random() < 0.8:
            flow = apply(flow, Touched(now, an_act(chance), typed=chance.random() < 0.3))
        else:
            flow = apply(flow, an_event(chance, flow, now))
        seen.add(flow.step)
        assert len(flow.visit.trail) <= TRAIL
        assert len(flow.visit.typed) <= TRAIL
        assert 1 <= flow.visit.comfort.volume <= 5
    assert seen <= set(Step)
    assert {Step.GROUP, Step.CONFIRM, Step.SLIP, Step.COMFORT, Step.FIND} <= seen
    gone = apply(flow, Tick(now + 10_000))
    gone = apply(gone, Tick(now + 20_000))
    assert gone.step in (Step.LANGUAGE, Step.AWAY, Step.CLOSED)
