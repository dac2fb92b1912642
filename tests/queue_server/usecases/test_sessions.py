"""Signing in: the delays, the second factor, the sign-in service, one session for each clerk."""

from dataclasses import replace
from datetime import timedelta

import pytest

from queue_server.domain.errors import (
    NotSignedIn,
    ProviderRequired,
    SecondFactorRequired,
    SignedInElsewhere,
    TryLater,
    WrongCode,
    WrongCredentials,
)
from queue_server.domain.signing_in import SignInRules
from queue_server.usecases import access, account, people, sessions
from queue_server.usecases.records import Person
from tests.queue_server.usecases.people import events
from tests.queue_server.usecases.staff import (
    ELSEWHERE,
    HERE,
    PASSWORD,
    Phone,
    added,
    asking,
    signed_in,
)


@pytest.fixture
def ann(center):
    """A center with Ann, a clerk of window 3, and Bek, an administrator."""
    added(center, "ann", window=3)
    added(center, "bek", "administrator")
    return center


def with_factor(center, login="bek"):
    """Give somebody a second factor and return the phone."""
    token, me = signed_in(center, login)
    phone = Phone(center, token)
    account.confirm_factor(center, me, phone.code())
    return phone


def wrong(center, times=1, login="ann", address=HERE):
    """Try wrong passwords."""
    for _ in range(times):
        with pytest.raises(WrongCredentials):
            sessions.sign_in(center, login, "wrong", address=address)


def test_signing_in_and_out_stands_in_the_log(ann):
    """Who came and went, and how; never from where, and no secret."""
    token, _ = signed_in(ann, "ann")
    sessions.sign_out(ann, token)
    sessions.sign_out(ann, token)
    told = [(e["type"], e["subject"], e.get("detail")) for e in events(ann)[-2:]]
    assert told == [("person_signed_in", "ann", "password"), ("person_signed_out", "ann", None)]
    assert HERE not in str(events(ann))
    with pytest.raises(NotSignedIn):
        access.by_session(ann, token)


def test_a_fourth_wrong_password_costs_a_second_also_the_right_one(ann, clock):
    """Three are free; then even the right password waits, and is told how long."""
    wrong(ann, 4)
    with pytest.raises(TryLater) as refused:
        signed_in(ann, "ann")
    assert refused.value.facts == {"seconds": 1}
    clock.pass_(seconds=1)
    signed_in(ann, "ann")


def test_a_refused_try_does_not_lengthen_the_wait(ann, clock):
    """Whoever hammers on is let in when the time is over, and not later."""
    wrong(ann, 4)
    for _ in range(5):
        with pytest.raises(TryLater):
            signed_in(ann, "ann")
    clock.pass_(seconds=1)
    signed_in(ann, "ann")


def test_nobody_at_one_address_keeps_a_person_out_at_another(ann):
    """The wait is the guesser's: the person signs in from the own place at once."""
    wrong(ann, 4, address=ELSEWHERE)
    with pytest.raises(TryLater):
        sessions.sign_in(ann, "ann", PASSWORD, address=ELSEWHERE)
    signed_in(ann, "ann")


def test_success_forgets_the_own_wrong_tries_only(ann, clock):
    """After the right password the count begins anew here; what a guesser elsewhere did stays."""
    wrong(ann, 3)
    wrong(ann, 4, address=ELSEWHERE)
    signed_in(ann, "ann")
    wrong(ann, 3)
    signed_in(ann, "ann")
    with pytest.raises(TryLater):
        sessions.sign_in(ann, "ann", PASSWORD, address=ELSEWHERE)


def test_an_address_that_tries_many_logins_is_slowed(ann):
    """After fifty wrong tries over any logins the address waits, also for a login of its own."""
    for n in range(51):
        wrong(ann, login=f"guess{n}", address=ELSEWHERE)
    with pytest.raises(TryLater):
        sessions.sign_in(ann, "ann", PASSWORD, address=ELSEWHERE)
    signed_in(ann, "ann")


def test_tries_made_at_once_are_all_counted(ann):
    """A try counts before it is known to be wrong, so those in flight do not slip by together."""
    taken = []

    class SlowPasswords:
        """While one password is looked at, another try arrives."""

        def verify(self, password, kept):
            taken.append(password)
            if len(taken) < 20:
                with pytest.raises((WrongCredentials, TryLater)):
                    sessions.sign_in(slow, "ann", "wrong", address=HERE)
            return False

    slow = replace(ann, passwords=SlowPasswords())
    with pytest.raises(WrongCredentials):
        sessions.sign_in(slow, "ann", "wrong", address=HERE)
    assert len(taken) == 4


def test_an_unknown_a_disabled_and_an_endless_login_look_alike(ann):
    """The same refusal for each: nobody learns who works here."""
    added(ann, "left")
    with ann.write() as work:
        work.access.put_person(replace(work.access.person("left"), disabled=True))
    for login in ("nobody", "left", "x" * 65):
        with pytest.raises(WrongCredentials) as refused:
            sessions.sign_in(ann, login, PASSWORD)
        assert type(refused.value) is WrongCredentials


def test_a_clerk_s_newer_sign_in_ends_the_older_one_and_says_so(ann):
    """One live session per clerk; the page left behind learns why it has ended."""
    first, _ = signed_in(ann, "ann")
    second, _ = signed_in(ann, "ann")
    with pytest.raises(SignedInElsewhere):
        access.by_session(ann, first)
    assert access.by_session(ann, second).login == "ann"
    last = events(ann)[-2:]
    assert [(e["type"], e.get("reason")) for e in last] == [
        ("person_signed_out", "elsewhere"),
        ("person_signed_in", None),
    ]


def test_other_roles_may_be_signed_in_at_several_places(ann):
    """An administrator at two desks keeps both sessions."""
    tokens = [signed_in(ann, "bek")[0] for _ in range(2)]
    assert [access.by_session(ann, token).login for token in tokens] == ["bek", "bek"]


def test_a_session_ends_by_itself_and_is_not_brought_back_by_a_late_use(ann, clock):
    """Half an hour without use, twelve hours with; what was ended stays ended."""
    token, me = signed_in(ann, "ann")
    for _ in range(25):
        clock.pass_(minutes=29)
        try:
            access.by_session(ann, token)
        except NotSignedIn:
            break
    assert timedelta(hours=11.5) < clock.now() - ann_began(ann, me) <= timedelta(hours=12.5)
    access._touch(ann, access.secret_hash("ended long ago"), clock.now())
    with ann.read() as work:
        assert work.access.session(access.secret_hash("ended long ago")) is None


def ann_began(center, me):
    """Return when a session began."""
    with center.read() as work:
        return work.access.session(me.session).began_at


def test_a_second_factor_is_asked_for_after_the_right_password_only(ann, clock):
    """A wrong password is never told that there is a second step."""
    phone = with_factor(ann)
    clock.pass_(minutes=1)
    with pytest.raises(SecondFactorRequired):
        signed_in(ann, "bek")
    with pytest.raises(WrongCredentials) as refused:
        sessions.sign_in(ann, "bek", "wrong", phone.code(), address=HERE)
    assert type(refused.value) is WrongCredentials
    assert signed_in(ann, "bek", phone.code())[1].login == "bek"


def test_a_code_serves_once(ann, clock):
    """Neither the code just used nor an older one opens a second session."""
    phone = with_factor(ann)
    clock.pass_(minutes=1)
    used, before = phone.code(), phone.code(-1)
    signed_in(ann, "bek", used)
    for code in (used, before):
        with pytest.raises(WrongCode):
            signed_in(ann, "bek", code)
    signed_in(ann, "bek", phone.code(1))


def test_guessing_codes_is_slowed_wherever_it_comes_from(ann, clock):
    """The right password in between forgets nothing, and no new address begins anew."""
    phone = with_factor(ann)
    clock.pass_(minutes=1)
    for n in range(4):
        with pytest.raises(WrongCode):
            sessions.sign_in(ann, "bek", PASSWORD, "000000", address=f"10.0.1.{n}")
    with pytest.raises(TryLater):
        sessions.sign_in(ann, "bek", PASSWORD, phone.code(), address=ELSEWHERE)


def test_the_proof_of_a_first_step_is_short_lived_and_void_after_a_new_password(ann, clock):
    """A form left open for long begins again, and a reset makes its proof worthless."""
    phone = with_factor(ann)
    clock.pass_(minutes=1)
    proven = sessions.prove(ann, "bek", PASSWORD, address=HERE)
    proof = sessions.sealed(ann, proven)
    assert sessions.unsealed(ann, proof) == proven
    people.add_person(ann, with_role(ann, "bek"), "quite another phrase")
    with pytest.raises(WrongCredentials):
        sessions.begin(ann, proven, phone.code())
    clock.pass_(minutes=6)
    for bad in (proof, "forged"):
        with pytest.raises(NotSignedIn):
            sessions.unsealed(ann, bad)


def with_role(center, login):
    """Return a person as the command line would give one."""
    with center.read() as work:
        known = work.access.person(login)
    return Person(login, known.name, known.role, "")


def test_who_must_have_a_second_factor_may_only_set_it_up(ann):
    """The session has no right but the own account's, until the first code is shown."""
    asked = asking(ann, "administrator")
    token, me = signed_in(asked, "bek")
    assert me.pending == "second_factor"
    assert not me.actor.may("people:manage")
    assert me.actor.may("account:own")
    done = account.confirm_factor(asked, me, Phone(asked, token).code())
    assert done.pending is None
    assert access.by_session(asked, token).actor.may("people:manage")


def test_the_sign_in_service_knows_a_person_by_login_once_then_by_its_own_id(ann):
    """A renamed account there opens nobody else's here; a stranger there is nobody here."""
    proven = sessions.prove_by_provider(ann, "u-1", "ann")
    _, me = sessions.begin(ann, proven)
    assert me.login == "ann"
    assert sessions.prove_by_provider(ann, "u-1", "bek").login == "ann"
    for subject, login in (("u-2", "ann"), ("u-2", "nobody"), ("u-2", "")):
        with pytest.raises(WrongCredentials):
            sessions.prove_by_provider(ann, subject, login)
    assert sessions.sign_in(ann, "ann", PASSWORD, address=HERE)[1].login == "ann"


def test_the_service_s_factor_counts_unless_ours_is_asked_for(ann, clock):
    """After the service no code of ours, unless the settings say both."""
    phone = with_factor(ann)
    clock.pass_(minutes=1)
    proven = sessions.prove_by_provider(ann, "u-9", "bek")
    assert sessions.begin(ann, proven)[1].pending is None
    both = asking(ann, factor_after_provider=True)
    with pytest.raises(SecondFactorRequired):
        sessions.begin(both, proven)
    sessions.begin(both, proven, phone.code())


def test_a_role_may_be_bound_to_the_sign_in_service(ann):
    """The right password is told to take the other way; the service lets in."""
    only = replace(ann, sign_in=SignInRules(provider_only=frozenset({"clerk"})))
    with pytest.raises(ProviderRequired):
        signed_in(only, "ann")
    assert sessions.begin(only, sessions.prove_by_provider(only, "u-1", "ann"))[1].login == "ann"
    signed_in(only, "bek")
