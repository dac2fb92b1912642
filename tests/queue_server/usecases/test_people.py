"""The center's people: every change with who, and never without an administrator."""

import json

import pytest

from queue_server.contracts.people import AddPerson, ChangePerson
from queue_server.domain.errors import (
    Forbidden,
    Invalid,
    LastAdministrator,
    LoginTaken,
    NotSignedIn,
    NotYourself,
    UnknownPerson,
    WeakPassword,
    WrongCredentials,
)
from queue_server.usecases import access, people, sessions
from queue_server.usecases.access import Actor
from queue_server.usecases.records import Person
from tests.queue_server.usecases.people import SUPERVISOR, clerk, do, events
from tests.queue_server.usecases.staff import HERE, PASSWORD, added, signed_in

BOSS = Actor("person", "administrator", "administrator")
GIVEN = "VQMR-1K0Q-S22M"


def manage(center, run, actor=BOSS):
    """Let an administrator act."""
    return do(center, actor, run)


def add(center, login="new", **facts):
    """Add a person with a password that serves once."""
    wish = AddPerson(login=login, name="New", role=facts.pop("role", "clerk"), **facts)
    kept = center.passwords.hash(GIVEN)
    return manage(center, lambda act: people.add(act, wish, kept))


def change(center, login, **wish):
    """Change a person."""
    return manage(center, lambda act: people.change(act, login, ChangePerson(**wish)))


def row(center, login):
    """Return a person as the page shows one."""
    return next(one for one in people.overview(center, BOSS).people if one.login == login)


def told(center, since):
    """Return what the log says of people since then."""
    return [
        (e["type"], e["subject"], e.get("detail"), e.get("reason"), e["actor"]["name"])
        for e in events(center)
        if e["seq"] > since and e["type"].startswith("person_")
    ]


@pytest.fixture
def seq(center):
    """Where the log stands before the test acts; the day is open."""
    manage(center, lambda act: None)
    with center.read() as work:
        return work.seq


def test_a_new_person_signs_in_with_the_given_password_and_must_change_it(center, seq):
    """The password serves once: the session may do nothing but change it."""
    assert add(center, window=4).must_change
    _, me = sessions.sign_in(center, "new", GIVEN)
    assert (me.window, me.pending) == (4, "password")
    assert not me.actor.may("window:work")
    assert told(center, seq)[0] == ("person_added", "new", "clerk", None, "administrator")


def test_a_login_is_somebody_s_for_ever(center):
    """A login that is taken, also by one who has left, is given to nobody else."""
    with pytest.raises(LoginTaken):
        add(center, "clerk1")
    with pytest.raises(Invalid):
        add(center, "Not A Login")


def test_only_a_clerk_has_a_window_and_it_is_one_of_the_center_s(center):
    """The fault stands at the field, and nobody was added."""
    for facts in ({"window": 99}, {"window": 1, "role": "analyst"}):
        with pytest.raises(Invalid) as refused:
            add(center, **facts)
        assert refused.value.field == "window"
    with pytest.raises(UnknownPerson):
        change(center, "new", name="X")


def test_a_change_says_what_is_different_but_no_name(center, seq):
    """Role and window stand in the log, which is for ever; a person's new name does not."""
    change(center, "clerk1", name="Quite Another", window=5)
    change(center, "clerk1", window=5)
    change(center, "clerk2", window=None)
    changed = ("person_changed", "clerk1", "name, window 5", None, "administrator")
    assert told(center, seq) == [
        changed,
        ("person_changed", "clerk2", "window None", None, "administrator"),
    ]
    assert "Quite Another" not in json.dumps(events(center))
    assert row(center, "clerk1").name == "Quite Another"
    assert row(center, "clerk2").window is None


def test_another_role_ends_the_sessions_and_the_fixed_window(center):
    """Nobody goes on with the rights of the role before."""
    added(center, "ann", window=3)
    token, _ = signed_in(center, "ann")
    assert change(center, "ann", role="supervisor").window is None
    with pytest.raises(NotSignedIn):
        access.by_session(center, token)


def test_a_name_alone_ends_no_session(center):
    """Who marries goes on working."""
    added(center, "ann", window=3)
    token, _ = signed_in(center, "ann")
    change(center, "ann", name="Ann Other")
    assert access.by_session(center, token).name == "Ann Other"


def test_a_disabled_person_is_out_at_once_and_may_come_back(center, seq):
    """The sessions end, the password opens nothing, and enabling brings the same person back."""
    added(center, "ann")
    token, _ = signed_in(center, "ann")
    assert row(center, "ann").sessions == 1
    for _ in range(2):
        assert manage(center, lambda act: people.disable(act, "ann", "on leave")).disabled
    with pytest.raises(NotSignedIn):
        access.by_session(center, token)
    with pytest.raises(WrongCredentials):
        signed_in(center, "ann")
    for _ in range(2):
        manage(center, lambda act: people.enable(act, "ann"))
    assert signed_in(center, "ann")[1].login == "ann"
    kinds = [event for event in told(center, seq) if "able" in event[0]]
    assert kinds == [
        ("person_disabled", "ann", None, "on leave", "administrator"),
        ("person_enabled", "ann", None, None, "administrator"),
    ]


def test_the_last_administrator_stays_one(center):
    """Neither another role nor disabling leaves the center without one."""
    with pytest.raises(LastAdministrator):
        change(center, "administrator", role="analyst")
    added(center, "second", "administrator")
    second = Actor("person", "second", "administrator")
    manage(center, lambda act: people.disable(act, "administrator"), second)
    with pytest.raises(LastAdministrator):
        manage(center, lambda act: people.disable(act, "second"), access.SYSTEM)
    assert not row(center, "second").disabled


@pytest.mark.parametrize("what", ["disable", "reset"])
def test_nobody_takes_the_own_account_away(center, what):
    """Disabling and resetting oneself is refused, however many administrators there are."""
    added(center, "second", "administrator")
    run = {
        "disable": lambda act: people.disable(act, "administrator"),
        "reset": lambda act: people.reset(act, "administrator", "hash"),
    }[what]
    with pytest.raises(NotYourself):
        manage(center, run)


def test_a_reset_gives_a_password_that_serves_once_and_forgets_the_rest(center, seq):
    """The old password, the sessions and the wrong tries are gone."""
    added(center, "ann")
    token, _ = signed_in(center, "ann")
    for _ in range(4):
        with pytest.raises(WrongCredentials):
            sessions.sign_in(center, "ann", "wrong", address=HERE)
    kept = center.passwords.hash(GIVEN)
    manage(center, lambda act: people.reset(act, "ann", kept))
    with pytest.raises(NotSignedIn):
        access.by_session(center, token)
    assert sessions.sign_in(center, "ann", GIVEN, address=HERE)[1].pending == "password"
    assert ("person_reset", "ann", None, None, "administrator") in told(center, seq)


def test_signing_somebody_out_ends_every_session_and_is_noted_once(center, seq):
    """Nobody there: nothing happened, and the log says nothing."""
    added(center, "ann", "supervisor")
    tokens = [signed_in(center, "ann")[0] for _ in range(2)]
    for _ in range(2):
        assert manage(center, lambda act: people.sign_out(act, "ann")).sessions == 0
    for token in tokens:
        with pytest.raises(NotSignedIn):
            access.by_session(center, token)
    outs = [event for event in told(center, seq) if event[0] == "person_signed_out"]
    assert outs == [("person_signed_out", "ann", None, "administrator", "administrator")]


def test_the_list_shows_who_is_signed_in_now(center, clock):
    """A session that has ended by itself is nobody's presence."""
    added(center, "ann")
    signed_in(center, "ann")
    assert row(center, "ann").seen_at == "2026-11-23T05:00:00.000Z"
    clock.pass_(minutes=31)
    assert (row(center, "ann").sessions, row(center, "ann").seen_at) == (0, None)


@pytest.mark.parametrize("actor", [SUPERVISOR, clerk(1)])
def test_only_an_administrator_manages_people(center, actor):
    """Every way to change or see people is closed to the others."""
    with pytest.raises(Forbidden):
        people.overview(center, actor)
    for run in (
        lambda act: people.add(act, AddPerson(login="x", name="X", role="clerk"), ""),
        lambda act: people.change(act, "clerk2", ChangePerson(name="X")),
        lambda act: people.disable(act, "clerk2"),
        lambda act: people.enable(act, "clerk2"),
        lambda act: people.reset(act, "clerk2", ""),
        lambda act: people.sign_out(act, "clerk2"),
    ):
        with pytest.raises(Forbidden):
            do(center, actor, run)


def test_the_command_line_adds_once_and_gives_new_passwords(center, seq):
    """The same person again changes nothing; a new password ends what was open."""
    added(center, "ann")
    token, _ = signed_in(center, "ann")
    added(center, "ann")
    assert access.by_session(center, token).login == "ann"
    people.add_person(center, Person("ann", "Ann", "clerk", ""), "another long phrase")
    with pytest.raises(NotSignedIn):
        access.by_session(center, token)
    kinds = [(event[0], event[4]) for event in told(center, seq) if event[0] != "person_signed_in"]
    assert kinds == [("person_added", "system"), ("person_reset", "system")]
    with pytest.raises(WeakPassword):
        people.add_person(center, Person("eve", "Eve", "clerk", ""), "short")


def test_no_secret_stands_in_the_log(center):
    """Neither a password nor its hash is told."""
    add(center)
    added(center, "ann")
    log = json.dumps(events(center))
    assert GIVEN not in log
    assert PASSWORD not in log
    assert "argon2" not in log
