"""Too many: guessing passwords is slowed per login and address, nothing else is counted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import Response, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

View = TypeVar("View", bound=Callable[..., Any])
#: one process, so its memory is enough
limiter = Limiter(get_remote_address, storage_uri="memory://", headers_enabled=True)


def limit_sign_in(view: View) -> View:
    """Refuse an eleventh wrong password for a login from one address within a minute."""
    guarded = limiter.limit("10 per minute", key_func=_who, deduct_when=_wrong)
    return cast("View", guarded(view))


def _who() -> str:
    body = request.get_json(silent=True)
    login = body.get("login") if isinstance(body, dict) else None
    return f"{get_remote_address()} {login}"


def _wrong(response: Response) -> bool:
    return response.status_code == 401  # noqa: PLR2004
