"""How a call is declared: its right, its request and its reply, in one place.

A command runs once under its Idempotency-Key; what it answers is kept with it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, Final, TypeVar

from apiflask import APIBlueprint
from flask import Response, request
from pydantic import BaseModel, ValidationError

from queue_server.contracts.asks import NoBody
from queue_server.domain.errors import Invalid
from queue_server.usecases.act import Act
from queue_server.usecases.commands import Answer, Command, perform
from queue_server.web.auth import current_actor, needs, public
from queue_server.web.errors import as_response, bad_fields, problem
from queue_server.web.site import site

api = APIBlueprint("api", __name__, url_prefix="/api/v1", tag="Navbat")
View = Callable[..., Any]
Body = TypeVar("Body", bound=BaseModel)
#: longest key that is kept
KEY_LENGTH = 200
#: every call may answer with these, as problem+json
PROBLEMS: Final[dict[int, Any]] = {
    code: {
        "description": title,
        "content": {
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
        },
    }
    for code, title in (
        (401, "Not signed in"),
        (403, "No right"),
        (404, "Unknown"),
        (409, "Refused by the state of the hall"),
        (413, "Too large"),
        (422, "Bad input, by field"),
        (429, "Too many"),
    )
}


def read(path: str, right: str | None, reply: type[BaseModel]) -> Callable[[View], View]:
    """Declare a GET call; right None means public."""

    def declare(view: View) -> View:
        guarded = needs(right)(view) if right else public(view)
        return _described(api.get(path, endpoint=_name(view)), guarded, reply, 200, right)

    return declare


def command(
    path: str,
    right: str | None,
    reply: type[BaseModel] | None,
    *,
    body: type[BaseModel] = NoBody,
    status: int = 200,
) -> Callable[[View], View]:
    """Declare a POST call; reply None is for one that answers nothing, 204."""

    def declare(view: View) -> View:
        guarded = needs(right)(view) if right else public(view)
        route = api.post(path, endpoint=_name(view))
        return _described(route, guarded, reply, status, right, body)

    return declare


def asked(model: type[Body]) -> Body:
    """Return the request's body; raises BadFields naming every fault. No body is an empty one."""
    try:
        return model.model_validate_json(request.get_data() or b"{}")
    except ValidationError as error:
        raise bad_fields(error) from error


def done(reply: BaseModel, status: int = 200) -> Response:
    """Return a reply as a response."""
    return Response(reply.model_dump_json(), status, content_type="application/json")


def once(run: Callable[[Act], BaseModel | None], status: int = 200) -> Response:
    """Run a command once under its Idempotency-Key and answer it; None answers 204."""
    answer = perform(
        site().center,
        current_actor(),
        _command(),
        lambda act: _answer(run(act), status),
        lambda error: Answer(*problem(error)),
    )
    if answer.status >= 400:  # noqa: PLR2004
        return as_response(answer.status, answer.body)
    return Response(answer.body, answer.status, content_type="application/json")


def _name(view: View) -> str:
    """Return a call's own name: modules may have functions of the same one."""
    return f"{view.__module__.rpartition('.')[2]}_{view.__name__}"


def _answer(reply: BaseModel | None, status: int) -> Answer:
    return Answer(204, "") if reply is None else Answer(status, reply.model_dump_json())


def _command() -> Command:
    key = request.headers.get("Idempotency-Key", "")
    if not 0 < len(key) <= KEY_LENGTH:
        raise Invalid(
            f"Send an Idempotency-Key of 1 to {KEY_LENGTH} characters.", field="Idempotency-Key"
        )
    asked_for = f"{request.full_path}\n".encode() + request.get_data()
    return Command(key, hashlib.sha256(asked_for).hexdigest())


def _described(
    route: Callable[[View], View],
    view: View,
    reply: type[BaseModel] | None,
    status: int,
    right: str | None,
    body: type[BaseModel] | None = None,
) -> View:
    """Register the view with all that the OpenAPI description says of it.

    APIFlask's decorators annotate the view itself; the wrappers that they return, which would
    read the body a second way, are not used: `asked` and `once` read and answer.
    """
    security: list[str | dict[str, list[Any]]] = ["device", "session"] if right else []
    extensions = {"x-right": right or "public"}
    described = api.doc(responses=PROBLEMS, security=security, extensions=extensions)(view)
    if body is not None:
        api.input(body)(described)
    api.output(reply or {}, status_code=status)(described)
    return route(described)
