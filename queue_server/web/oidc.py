"""Signing in through a service that speaks OpenID Connect: code flow with PKCE, state and nonce.

The service is asked for nothing before somebody presses its button, so the server starts while it
is away. What must be remembered until the person comes back lies sealed in a cookie.
"""

from __future__ import annotations

import hmac
import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final, cast

import requests
from authlib.integrations.base_client import BaseApp, OAuthError
from authlib.integrations.base_client.sync_app import OAuth2Mixin
from authlib.integrations.base_client.sync_openid import OpenIDMixin
from authlib.integrations.requests_client import OAuth2Session
from flask import Flask, current_app
from joserfc.errors import JoseError

from queue_server.usecases.ports import Signer

EXTENSION: Final = "sign_in_service"
#: where the service sends people back to, below the server's public address
RETURN_PATH: Final = "/sign-in/oidc/callback"
#: so long somebody may take to sign in there
AWAY: Final = timedelta(minutes=10)
#: the service's answers are waited for, seconds
PATIENCE: Final = 5.0
#: clocks may differ by so much, seconds
LEEWAY: Final = 120
#: what a departure is sealed for
PURPOSE: Final = "sign-in service"
#: keys that only the service has: a shared secret could sign what it never said
ALGORITHMS: Final = (
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "EdDSA",
)
_log = logging.getLogger(__name__)


class ServiceAway(Exception):
    """The sign-in service does not answer, or not in its language."""


class NotVouched(Exception):
    """The sign-in service has not let anybody in, or not for us."""


@dataclass(frozen=True, slots=True)
class OidcSettings:
    """How the service is reached, and who we are to it."""

    issuer: str
    client_id: str
    client_secret: str | None
    #: the claim that holds the login
    claim: str
    #: what stands on its button, by language
    name: Mapping[str, str]
    #: the server's own address, as the service knows it
    public_url: str

    @property
    def return_to(self) -> str:
        """Return the address that is registered there."""
        return self.public_url + RETURN_PATH


@dataclass(frozen=True, slots=True)
class Departure:
    """Somebody has gone to sign in: what makes the way back theirs."""

    url: str
    state: str
    nonce: str
    code_verifier: str
    #: where they wanted to go in the first place
    onward: str | None = None

    def sealed(self, signer: Signer, now: datetime) -> str:
        """Return the departure as a cookie holds it."""
        said = {**asdict(self), "url": "", "at": now.isoformat()}
        return signer.seal(PURPOSE, json.dumps(said))

    @classmethod
    def unsealed(cls, signer: Signer, kept: str, now: datetime) -> Departure:
        """Return the departure that a cookie holds; raises NotVouched for none, or a late one."""
        said = json.loads(signer.unseal(PURPOSE, kept) or "{}")
        at = said.pop("at", None)
        if at is None or not timedelta() <= now - datetime.fromisoformat(at) <= AWAY:
            raise NotVouched("the way back is not one that began here a moment ago")
        return cls(**said)


@dataclass(frozen=True, slots=True)
class Vouched:
    """Whom the service has let in."""

    subject: str
    login: str


class SignInService:
    """The service; what it says of itself is fetched once and kept."""

    def __init__(self, settings: OidcSettings) -> None:
        self.settings = settings
        self._client = _Client(settings)

    def depart(self, onward: str | None) -> Departure:
        """Return how somebody goes there; raises ServiceAway."""
        try:
            self._client.load_server_metadata()
            made = self._client.create_authorization_url(self.settings.return_to)
        except (requests.RequestException, ValueError, RuntimeError) as error:
            raise _away(error) from error
        return Departure(made["url"], made["state"], made["nonce"], made["code_verifier"], onward)

    def vouched(self, departure: Departure, answer: Mapping[str, str]) -> Vouched:
        """Return who has come back with this answer; raises NotVouched, ServiceAway."""
        code = _code(departure, answer, self.settings.issuer)
        try:
            token = self._client.fetch_access_token(
                self.settings.return_to, code=code, code_verifier=departure.code_verifier
            )
            claims = self._claims(token, departure.nonce)
        except requests.RequestException as error:
            raise _away(error) from error
        except (OAuthError, JoseError, ValueError, KeyError) as error:
            raise NotVouched(f"{type(error).__name__}: {error}") from error
        return _named(claims, self.settings.claim)

    def _claims(self, token: Mapping[str, Any], nonce: str) -> dict[str, Any]:
        """Return what a checked identity token says, and besides it what the service tells."""
        wanted = {
            "iss": {"essential": True, "value": self.settings.issuer},
            "aud": {"essential": True, "value": self.settings.client_id},
        }
        told = self._client.parse_id_token(token, nonce, claims_options=wanted, leeway=LEEWAY)
        if told is None:
            raise NotVouched("the service has sent no identity token")
        claims = dict(told)
        if (
            self.settings.claim not in claims
            and "userinfo_endpoint" in self._client.server_metadata
        ):
            more = dict(self._client.userinfo(token=token))
            if more.get("sub") != claims["sub"]:
                raise NotVouched("the service has told of somebody else")
            claims = {**more, **claims}
        return claims


class _Client(OAuth2Mixin, OpenIDMixin, BaseApp):  # type: ignore[misc]
    """Authlib's client, without the web framework's session that it would keep things in.

    Authlib has no types, so neither has what it makes.
    """

    client_cls = OAuth2Session

    def __init__(self, settings: OidcSettings) -> None:
        super().__init__(
            framework=None,
            client_id=settings.client_id,
            client_secret=settings.client_secret,
            server_metadata_url=f"{settings.issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={
                "scope": "openid profile",
                "code_challenge_method": "S256",
                "default_timeout": PATIENCE,
                # what a token still has to live is the service's matter: it serves at once
                "leeway": 0,
                "token_endpoint_auth_method": (
                    "client_secret_basic" if settings.client_secret else "none"
                ),
            },
        )
        self._issuer = settings.issuer

    def load_server_metadata(self) -> dict[str, Any]:
        """Return what the service says of itself; raises ValueError where it is another one."""
        loaded: dict[str, Any] = super().load_server_metadata()
        named = loaded.get("issuer")
        if named != self._issuer:
            self.server_metadata.clear()
            raise ValueError(f"it calls itself {named!r}, not {self._issuer!r}")
        signing = "id_token_signing_alg_values_supported"
        loaded[signing] = [one for one in loaded.get(signing, ["RS256"]) if one in ALGORITHMS]
        return loaded


def install(app: Flask, settings: OidcSettings | None) -> None:
    """Let people sign in through the service; None: there is none."""
    app.extensions[EXTENSION] = SignInService(settings) if settings else None


def service() -> SignInService | None:
    """Return the sign-in service of the app that serves this request."""
    return cast("SignInService | None", current_app.extensions.get(EXTENSION))


def note(refused: NotVouched) -> None:
    """Write into the log why somebody was not let in; the page says only that."""
    _log.warning("not vouched for: %s", refused, extra={"action": "oidc"})


def _code(departure: Departure, answer: Mapping[str, str], issuer: str) -> str:
    """Return the code of an answer that belongs to this departure; raises NotVouched."""
    if not hmac.compare_digest(answer.get("state", "").encode(), departure.state.encode()):
        raise NotVouched("the answer belongs to another departure")
    # RFC 9207: an answer that names its sender must come from ours
    if answer.get("iss", issuer) != issuer:
        raise NotVouched("the answer comes from another service")
    if "error" in answer or "code" not in answer:
        raise NotVouched(f"the service says {answer.get('error', 'nothing')!r}")
    return answer["code"]


def _named(claims: Mapping[str, Any], claim: str) -> Vouched:
    subject, login = claims.get("sub"), claims.get(claim, "")
    if not isinstance(subject, str) or not subject or not isinstance(login, str):
        raise NotVouched("the service does not say who it is")
    return Vouched(subject, login)


def _away(error: Exception) -> ServiceAway:
    _log.warning("the sign-in service does not answer: %s", error, extra={"action": "oidc"})
    return ServiceAway(str(error))
