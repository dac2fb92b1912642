"""The sign-in service: what it must say before anybody is let in."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from joserfc.jwk import OctKey, RSAKey

from config.languages import LANGUAGES
from queue_server.bootstrap import Running
from queue_server.system import SecretSigner
from queue_server.web import oidc
from queue_server.web.oidc import (
    Departure,
    NotVouched,
    OidcSettings,
    ServiceAway,
    SignInService,
    Vouched,
)
from tests.factories import at
from tests.queue_server.web.provider import STRANGERS_KEY, Provider

HOME = "http://localhost"


@pytest.fixture
def provider() -> Iterator[Provider]:
    """A sign-in service in this process."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    made = Provider()
    made.start()
    yield made
    made.stop()


@pytest.fixture
def settings(provider: Provider) -> OidcSettings:
    """How the center knows the service."""
    names = dict.fromkeys(LANGUAGES, "Single sign-on")
    return OidcSettings(provider.issuer, "navbat", "secret", "preferred_username", names, HOME)


@pytest.fixture
def service(settings: OidcSettings) -> SignInService:
    """The center's side."""
    return SignInService(settings)


def comes_back(service: SignInService, provider: Provider) -> Vouched:
    """Go there and come back."""
    departure = service.depart("/panel")
    return service.vouched(departure, provider.lets_in(departure.url))


def test_whom_the_service_lets_in_is_known(service: SignInService, provider: Provider) -> None:
    """Code flow with PKCE, state and nonce; the login comes from the token."""
    provider.claims = {"preferred_username": "clerk1"}
    assert comes_back(service, provider) == Vouched("u-1", "clerk1")
    assert provider.sent["code_challenge_method"] == "S256"
    assert provider.sent["redirect_uri"] == f"{HOME}/sign-in/oidc/callback"
    assert provider.sent["response_type"] == "code"
    assert len(provider.sent["nonce"]) >= 20
    assert "/userinfo" not in provider.asked


def test_what_the_service_says_of_itself_is_asked_once(
    service: SignInService, provider: Provider
) -> None:
    """Discovery and keys are kept; nothing is asked before somebody presses the button."""
    assert provider.asked == []
    comes_back(service, provider)
    comes_back(service, provider)
    assert provider.asked.count("/.well-known/openid-configuration") == 1
    assert provider.asked.count("/jwks") == 1


def test_the_login_may_stand_beside_the_token(service: SignInService, provider: Provider) -> None:
    """A service with thin tokens tells the login when it is asked, of the same person only."""
    assert comes_back(service, provider) == Vouched("u-1", "supervisor")
    provider.userinfo = {"sub": "u-2", "preferred_username": "administrator"}
    with pytest.raises(NotVouched):
        comes_back(service, provider)


def test_a_service_s_new_keys_are_fetched(service: SignInService, provider: Provider) -> None:
    """A key that it has changed meanwhile does not shut the door."""
    comes_back(service, provider)
    provider.key = RSAKey.import_key(STRANGERS_KEY.as_dict(private=True) | {"kid": "k2"})
    provider.kid = "k2"
    assert comes_back(service, provider).subject == "u-1"
    assert provider.asked.count("/jwks") == 2


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "another-client"},
        {"aud": "another-client", "azp": "navbat"},
        {"aud": None},
        {"iss": "http://127.0.0.1:1"},
        {"exp": 1_000_000},
        {"exp": None},
        {"sub": None},
        {"sub": ""},
        {"preferred_username": ["clerk1"]},
    ],
    ids=str,
)
def test_a_token_that_is_not_for_this_sign_in_lets_nobody_in(
    service: SignInService, provider: Provider, claims: dict[str, object]
) -> None:
    """Another's nonce, another's client, another issuer, an old or nameless token: refused."""
    provider.claims = claims
    with pytest.raises(NotVouched):
        comes_back(service, provider)


def test_only_the_service_s_own_key_signs(service: SignInService, provider: Provider) -> None:
    """A stranger's key, and the shared secret taken for a key, are no signature of the service."""
    provider.forger = STRANGERS_KEY
    with pytest.raises(NotVouched):
        comes_back(service, provider)
    provider.forger, provider.algorithm = OctKey.import_key("s" * 32, {"kid": "k1"}), "HS256"
    with pytest.raises(NotVouched):
        comes_back(service, provider)


def test_no_token_is_no_answer(service: SignInService, provider: Provider) -> None:
    """An access token alone vouches for nobody."""
    provider.silent = True
    with pytest.raises(NotVouched):
        comes_back(service, provider)


@pytest.mark.parametrize(
    "change",
    [
        {"state": "another"},
        {"iss": "http://evil.test"},
        {"error": "access_denied"},
        {"code": "c-2"},
    ],
    ids=str,
)
def test_an_answer_that_does_not_fit_is_refused(
    service: SignInService, provider: Provider, change: dict[str, str]
) -> None:
    """Another's state, another sender, a refusal, a code that was not given."""
    departure = service.depart(None)
    with pytest.raises(NotVouched):
        service.vouched(departure, provider.lets_in(departure.url) | change)


def test_a_code_cannot_be_used_by_who_has_only_seen_it(
    service: SignInService, provider: Provider
) -> None:
    """Without the verifier of this departure the service gives nothing for the code."""
    departure = service.depart(None)
    answer = provider.lets_in(departure.url)
    with pytest.raises(NotVouched):
        service.vouched(replace(departure, code_verifier="seen" * 12), answer)


def test_a_service_that_calls_itself_otherwise_is_not_ours(
    service: SignInService, provider: Provider
) -> None:
    """The issuer is compared letter by letter; once it is right, the door opens."""
    provider.metadata = {"issuer": "http://evil.test"}
    with pytest.raises(ServiceAway):
        service.depart(None)
    provider.metadata = {}
    assert comes_back(service, provider).subject == "u-1"


def test_a_departure_is_sealed_and_short_lived() -> None:
    """What lies in the cookie is readable by this center only, and for ten minutes."""
    signer, gone = SecretSigner(b"s" * 32), Departure("url", "s", "n", "v", "/panel")
    kept = gone.sealed(signer, at())
    assert Departure.unsealed(signer, kept, at(10)) == replace(gone, url="")
    late = at(10) + timedelta(seconds=1)
    for cookie, now in ((kept, late), ("", at()), ("forged", at())):
        with pytest.raises(NotVouched):
            Departure.unsealed(signer, cookie, now)


class Somebody:
    """Somebody's browser without scripts, at a center with a sign-in service."""

    def __init__(self, running: Running, provider: Provider, settings: OidcSettings) -> None:
        oidc.install(running.web.app, settings)
        self.client = running.web.app.test_client()
        self.provider = provider

    def goes(self, onward: str = "") -> str:
        """Press the button and sign in there; returns the way back."""
        left = self.client.get(f"/sign-in/oidc?next={onward}" if onward else "/sign-in/oidc")
        assert left.status_code == 303
        self.provider.lets_in(left.headers["Location"])
        return f"/sign-in/oidc/callback?code=c-1&state={self.provider.sent['state']}"


@pytest.fixture
def somebody(running: Running, provider: Provider, settings: OidcSettings) -> Somebody:
    """Somebody who may sign in through the service."""
    return Somebody(running, provider, settings)


def test_one_signs_in_through_the_service(somebody: Somebody) -> None:
    """The button leads there and back to where one wanted; the way back serves once."""
    form = somebody.client.get("/sign-in?next=/reception").text
    assert 'href="/sign-in/oidc?next=/reception"' in form
    back = somebody.goes("/reception")
    done = somebody.client.get(back)
    assert (done.status_code, done.headers["Location"]) == (303, "/reception")
    assert somebody.client.get("/reception").status_code == 200
    again = somebody.client.get(back)
    assert again.headers["Location"] == "/sign-in?fault=provider_refused"


@pytest.mark.parametrize(
    ("claims", "fault"),
    [
        ({"sub": "u-7", "preferred_username": "nobody"}, "provider_unknown"),
        ({"nonce": "another"}, "provider_refused"),
    ],
)
def test_who_is_not_let_in_reads_why_at_the_form(
    somebody: Somebody, claims: dict[str, str], fault: str
) -> None:
    """A sentence in the reader's language, and no session."""
    somebody.provider.claims = claims
    done = somebody.client.get(somebody.goes())
    assert done.headers["Location"] == f"/sign-in?fault={fault}"
    assert "navbat_session" not in str(done.headers)
    assert 'role="alert"' in somebody.client.get(f"/sign-in?fault={fault}").text
    assert 'role="alert"' not in somebody.client.get("/sign-in?fault=title").text


def test_a_service_that_is_away_leaves_the_passwords(
    running: Running, settings: OidcSettings
) -> None:
    """The center runs, the form says so, and the button may be pressed again later."""
    gone = replace(settings, issuer="http://127.0.0.1:1")
    oidc.install(running.web.app, gone)
    client, began = running.web.app.test_client(), time.monotonic()
    assert client.get("/sign-in/oidc").headers["Location"] == "/sign-in?fault=provider_away"
    assert time.monotonic() - began < oidc.PATIENCE * 2
    assert "Single sign-on" in client.get("/sign-in").text


def test_without_a_service_there_is_no_button_and_no_way(running: Running) -> None:
    """A center that has none shows none."""
    client = running.web.app.test_client()
    assert "/sign-in/oidc" not in client.get("/sign-in").text
    for path in ("/sign-in/oidc", "/sign-in/oidc/callback"):
        assert client.get(path).status_code == 404


def test_the_way_out_begins_where_the_way_back_ends(
    running: Running, settings: OidcSettings
) -> None:
    """Who uses another name of the server is sent to its public one first, cookie and all."""
    oidc.install(running.web.app, replace(settings, public_url="https://queue.example"))
    left = running.web.app.test_client().get("/sign-in/oidc?next=/panel")
    assert left.headers["Location"] == "https://queue.example/sign-in/oidc?next=/panel"


def test_the_session_of_a_departure_is_nobody_else_s(somebody: Somebody) -> None:
    """Who is lured to another's way back is not signed in as that one."""
    back = somebody.goes()
    victim = somebody.client.application.test_client()
    done = victim.get(back)
    assert done.headers["Location"] == "/sign-in?fault=provider_refused"
