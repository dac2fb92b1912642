"""A sign-in service that a test can let lie: it checks PKCE and says whatever it is told to."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

Answer = Callable[[Request], Any]
#: making a key takes a second: all tests share two
KEY, STRANGERS_KEY = (RSAKey.generate_key(2048, {"kid": "k1"}) for _ in range(2))


class Provider:
    """The service at an address of this machine; `claims` changes what its tokens say."""

    def __init__(self) -> None:
        self.key = KEY
        self.kid = "k1"
        self.claims: dict[str, Any] = {}
        self.metadata: dict[str, Any] = {}
        self.userinfo: dict[str, Any] = {"sub": "u-1", "preferred_username": "supervisor"}
        #: signs tokens with this instead
        self.forger: RSAKey | OctKey | None = None
        self.algorithm = "RS256"
        self.silent = False
        self.asked: list[str] = []
        self._query: dict[str, str] = {}
        self._server = make_server("127.0.0.1", 0, self._application, threaded=True)
        self.issuer = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), daemon=True
        )

    def start(self) -> None:
        """Answer from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Answer no more."""
        self._server.shutdown()
        self._thread.join(5)
        self._server.server_close()

    def lets_in(self, url: str) -> dict[str, str]:
        """Return with what somebody comes back who was sent to this address and signed in."""
        self._query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        return {"code": "c-1", "state": self._query["state"]}

    @property
    def sent(self) -> dict[str, str]:
        """What the person was sent here with."""
        return self._query

    def _application(self, environ: Any, start: Any) -> Any:
        request = Request(environ)
        self.asked.append(request.path)
        answers: dict[str, Answer] = {
            "/.well-known/openid-configuration": self._about,
            "/jwks": lambda _: KeySet([self.key]).as_dict(private=False),
            "/token": self._token,
            "/userinfo": lambda _: self.userinfo,
        }
        body, status = answers[request.path](request), 200
        if "error" in body:
            status = 400
        return Response(json.dumps(body), status, content_type="application/json")(environ, start)

    def _about(self, _: Request) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
            **self.metadata,
        }

    def _token(self, request: Request) -> dict[str, Any]:
        hashed = hashlib.sha256(request.form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(hashed).decode().rstrip("=")
        known = (request.form["code"], request.form["redirect_uri"], challenge)
        if known != ("c-1", self._query["redirect_uri"], self._query["code_challenge"]):
            return {"error": "invalid_grant"}
        token = {"access_token": "a-1", "token_type": "Bearer", "expires_in": 300}
        return token if self.silent else {**token, "id_token": self._identity()}

    def _identity(self) -> str:
        now = int(time.time())
        said = {
            "iss": self.issuer,
            "sub": "u-1",
            "aud": "navbat",
            "iat": now,
            "exp": now + 60,
            "nonce": self._query["nonce"],
            **self.claims,
        }
        header = {"alg": self.algorithm, "kid": self.kid}
        told = {name: value for name, value in said.items() if value is not None}
        return jwt.encode(header, told, self.forger or self.key, algorithms=[self.algorithm])
