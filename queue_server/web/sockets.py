"""Live topics over Socket.IO; the only place that emits.

Deny by default: a topic is refused in the acknowledgement unless the subscriber's role has its
right. Anyone may connect, since a visitor's phone holds nothing but its ticket's key.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from flask import Flask, request
from flask_socketio import SocketIO, join_room
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from queue_server.contracts.topics import Payload
from queue_server.domain.errors import DomainError, Forbidden, Unknown, UnknownTicket
from queue_server.usecases import access, floor, shifts, views
from queue_server.usecases.access import VISITOR, Actor
from queue_server.usecases.act import Act
from queue_server.usecases.ports import Center, UnitOfWork
from queue_server.usecases.publishing import Publisher
from queue_server.web.auth import COOKIE, bearer
from queue_server.web.figures import FigureKeeper
from queue_server.web.health import Meters

_log = logging.getLogger(__name__)
#: a browser or device says so much at most, bytes
LARGEST_MESSAGE: Final = 16384
#: topic kind → the right it takes; `ticket` may be opened by its key instead
TOPICS: Final[Mapping[str, str]] = {
    "hall": "board:read",
    "window": "window:read",
    "ticket": "ticket:read",
    "floor": "floor:read",
    "slips": "slips:follow",
    "alerts": "alerts:hear",
}
#: after these a person's or a device's sockets are cut: who still may, comes again
CUTS: Final[Mapping[str, str]] = {
    "person_changed": "person",
    "person_disabled": "person",
    "person_reset": "person",
    "person_signed_out": "person",
    "device_changed": "device",
    "device_revoked": "device",
}
#: event a client may send → who may send it; a test holds this against the handlers
EVENTS: Final[Mapping[str, str]] = {
    "connect": "public",
    "disconnect": "public",
    "subscribe": "by topic",
}


class Subscribe(BaseModel):
    """What a client asks to hear."""

    model_config = ConfigDict(strict=True, extra="ignore")
    topic: str = Field(max_length=80)
    after: int | None = Field(default=None, ge=0)
    key: str | None = Field(default=None, max_length=80)


@dataclass
class Sockets:
    """The sockets of one process and who is behind each."""

    center: Center
    meters: Meters
    #: more sockets than this are refused: each holds a thread, and HTTP needs some
    most: int
    io: SocketIO
    publisher: Publisher
    figures: FigureKeeper
    actors: dict[str, Actor] = field(default_factory=dict)

    def connect(self, auth: object = None) -> bool:
        """Let a client in; False for a wrong token, a dead session or too many sockets."""
        if len(self.actors) >= self.most:
            _log.warning("too many sockets", extra={"action": "socket_refused"})
            return False
        try:
            self.actors[_sid()] = self._identify(auth)
        except DomainError:
            return False
        self.meters.sockets.set(len(self.actors))
        return True

    def disconnect(self, _reason: object = None) -> None:
        """Forget a client."""
        self.actors.pop(_sid(), None)
        self.meters.sockets.set(len(self.actors))

    def cut(self, wire: Mapping[str, Any]) -> None:
        """Cut the sockets of whoever may no longer listen, or no longer to the same."""
        kind = CUTS.get(wire["type"])
        if kind is None:
            return
        for sid, actor in tuple(self.actors.items()):
            if (actor.kind, actor.name) == (kind, wire["subject"]):
                # a dead client's last packets are waited for; the publisher must not wait with it
                self.io.start_background_task(self.io.server.disconnect, sid)

    def subscribe(self, wish: object = None) -> dict[str, Any]:
        """Join a topic and acknowledge; the snapshot or the missed events are sent at once."""
        try:
            return self._subscribe(Subscribe.model_validate(wish))
        except ValidationError as error:
            fault = error.errors()[0]
            detail = f"{'.'.join(map(str, fault['loc'])) or 'subscribe'}: {fault['msg']}"
            return {"ok": False, "code": "invalid", "detail": detail}
        except DomainError as error:
            return {"ok": False, "code": error.code, "detail": str(error)}

    def _subscribe(self, wish: Subscribe) -> dict[str, Any]:
        actor, sid = self.actors.get(_sid(), VISITOR), _sid()
        snapshot = self._snapshot(wish, actor)
        seq, whole, missed = self.publisher.subscribe(
            wish.topic, wish.after, snapshot, lambda: join_room(wish.topic)
        )
        if whole is not None:
            self.io.emit("snapshot", {**whole, "topic": wish.topic}, to=sid)
        for event in missed:
            self.io.emit("event", event, to=sid)
        return {"ok": True, "seq": seq}

    def _identify(self, auth: object) -> Actor:
        token = auth.get("token") if isinstance(auth, dict) else None
        token = token or bearer(request.headers.get("Authorization"))
        if token:
            return access.by_token(self.center, str(token))
        session = request.cookies.get(COOKIE)
        return access.by_session(self.center, session).actor if session else VISITOR

    def _snapshot(self, wish: Subscribe, actor: Actor) -> Callable[[UnitOfWork], Payload]:
        """Return how the topic's snapshot is made; raises Forbidden or Unknown."""
        kind, _, which = wish.topic.partition(".")
        if kind not in TOPICS:
            raise Unknown(f"There is no topic {wish.topic!r}.")
        if kind == "ticket":
            return self._of_ticket(wish, which, actor)
        actor.must(TOPICS[kind])
        if kind in ("hall", "window"):
            return self._numbered(kind, which, actor)
        if kind == "floor":
            return lambda work: self._floor(work, actor)
        return lambda work: {"seq": work.seq}

    def _of_ticket(
        self, wish: Subscribe, which: str, actor: Actor
    ) -> Callable[[UnitOfWork], Payload]:
        """Open a ticket's topic to its holder by the key, to staff by their right."""
        held = wish.key is not None and self.center.signer.opens(which, wish.key)
        if actor is VISITOR and not held:
            raise UnknownTicket
        if not held:
            actor.must(TOPICS["ticket"])
        return lambda work: self._ticket(work, actor, which)

    def _numbered(self, kind: str, which: str, actor: Actor) -> Callable[[UnitOfWork], Payload]:
        if not which.isdecimal():
            raise Unknown(f"There is no {kind} {which!r}.")
        number = int(which)
        if kind == "window":
            shifts.at_own_window(actor, number)
            return lambda work: self._window(work, actor, number)
        if actor.kind == "device" and actor.hall != number:
            raise Forbidden(f"This board belongs to hall {actor.hall}.")
        return lambda work: self._board(work, actor, number)

    def _board(self, work: UnitOfWork, actor: Actor, hall: int) -> Payload:
        act = Act(self.center, work, actor, self.center.clock.now())
        return views.board(act, hall, self.figures.of(work, hall)).model_dump()

    def _floor(self, work: UnitOfWork, actor: Actor) -> Payload:
        act = Act(self.center, work, actor, self.center.clock.now())
        return floor.picture(act, self.figures.of_floor(work)).model_dump(mode="json")

    def _window(self, work: UnitOfWork, actor: Actor, number: int) -> Payload:
        act = Act(self.center, work, actor, self.center.clock.now())
        return views.window(act, number).model_dump()

    def _ticket(self, work: UnitOfWork, actor: Actor, ticket_id: str) -> Payload:
        act = Act(self.center, work, actor, self.center.clock.now())
        held = views.of_today(act, act.ticket(ticket_id))
        return {"seq": work.seq, **views.ticket_reply(act, held).model_dump()}


def install(
    app: Flask, center: Center, meters: Meters, most: int, grown: threading.Event
) -> Sockets:
    """Serve the live topics of a center; the caller starts the publisher and says `grown`."""
    io = SocketIO(
        app,
        async_mode="threading",
        max_http_buffer_size=LARGEST_MESSAGE,
        ping_interval=10,
        ping_timeout=8,
    )
    publisher = Publisher(
        center,
        lambda topic, event: io.emit("event", event, to=topic),
        grown,
        lambda: _listened_to(io),
    )
    figures = FigureKeeper(
        center,
        lambda topic, payload: io.emit("figures", payload, to=topic),
        lambda: _listened_to(io),
        publisher.published,
    )
    sockets = Sockets(center, meters, most, io, publisher, figures)
    publisher.told = sockets.cut
    for event in EVENTS:
        io.on_event(event, getattr(sockets, event))
    return sockets


def _sid() -> str:
    sid: str = request.sid  # type: ignore[attr-defined]
    return sid


def _listened_to(io: SocketIO) -> frozenset[str]:
    """Return the topics that have a subscriber; a client's own room is no topic."""
    rooms = tuple(io.server.manager.rooms.get("/", ()))
    return frozenset(room for room in rooms if room and room.partition(".")[0] in TOPICS)
