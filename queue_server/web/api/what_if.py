"""What if: questions about the hall as it stands. They change nothing, so nothing is logged.

The answer to a key is kept in memory only: whoever asks again under it hears the same.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, cast

from flask import Response, current_app, request
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from pydantic import BaseModel

from queue_server.contracts.asks import NoBody
from queue_server.contracts.what_if import AdvicesOut, AskWhatIf, WhatIfOut
from queue_server.domain.errors import Invalid, KeyReused, TryLater
from queue_server.usecases.what_if import Questions
from queue_server.web.api.calls import KEY_LENGTH, asked, command
from queue_server.web.auth import current_actor
from queue_server.web.site import site

#: the name under which the app keeps what questions need
EXTENSION: Final = "what_if"
#: questions of the whole center: looking ahead never takes more than half a processor
OFTEN: Final = RateLimitItemPerMinute(20)
#: seconds after which one may ask again, as people are told
WAIT: Final = 20
#: so many answers are kept
KEPT: Final = 16


@dataclass(frozen=True)
class _Desk:
    """Where questions are put: one for the whole center."""

    questions: Questions = field(default_factory=lambda: Questions(time.monotonic))
    limiter: MovingWindowRateLimiter = field(
        default_factory=lambda: MovingWindowRateLimiter(MemoryStorage())
    )
    lock: threading.Lock = field(default_factory=threading.Lock)
    #: who asked, under which key → what was asked, and the answer
    answers: OrderedDict[tuple[str, str], tuple[str, str]] = field(default_factory=OrderedDict)


@command("/floor/what-if", "floor:read", WhatIfOut, body=AskWhatIf)
def ask() -> Response:
    """Ask what a plan would do to the waits; one question at a time."""
    wish = asked(AskWhatIf)
    return _once(lambda desk: desk.questions.ask(site().center, current_actor(), wish))


@command("/floor/what-if/advice", "floor:read", AdvicesOut)
def advise() -> Response:
    """Ask which closed window would help most."""
    asked(NoBody)
    return _once(lambda desk: desk.questions.advise(site().center, current_actor()))


def _once(answer: Callable[[_Desk], BaseModel]) -> Response:
    """Answer a question, or say again what was answered under its key."""
    desk, key, meant = _desk(), (current_actor().ref, _key()), _meant()
    with desk.lock:
        known = desk.answers.get(key)
    if known is None:
        if not desk.limiter.hit(OFTEN, EXTENSION):
            raise TryLater("Too many questions in a minute; wait a while.", seconds=WAIT)
        known = meant, answer(desk).model_dump_json()
        with desk.lock:
            desk.answers[key] = known
            while len(desk.answers) > KEPT:
                desk.answers.popitem(last=False)
    elif known[0] != meant:
        raise KeyReused
    return Response(known[1], content_type="application/json")


def _key() -> str:
    key = request.headers.get("Idempotency-Key", "")
    if not 0 < len(key) <= KEY_LENGTH:
        raise Invalid(
            f"Send an Idempotency-Key of 1 to {KEY_LENGTH} characters.", field="Idempotency-Key"
        )
    return key


def _meant() -> str:
    return hashlib.sha256(f"{request.full_path}\n".encode() + request.get_data()).hexdigest()


def _desk() -> _Desk:
    made = current_app.extensions.get(EXTENSION)
    if made is None:
        made = current_app.extensions.setdefault(EXTENSION, _Desk())
    return cast("_Desk", made)
