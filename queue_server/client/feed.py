"""A topic's events, in order and without gaps, for as long as the owner wants them.

A feed connects, subscribes, and after whatever happens to the line takes up again behind the
last event that it delivered. It never raises into its owner: it only says connected or lost.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from random import SystemRandom
from typing import Any, Final, Literal

import socketio

from queue_server.client.inbox import Inbox, Payload, take

_log = logging.getLogger(__name__)
_chance = SystemRandom().random

State = Literal["connected", "lost"]
#: seconds that `stop` waits for the thread
STOPPING: Final = 2.0


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the feed waits for what, in seconds."""

    #: for the server to accept the line
    connect: float = 5.0
    #: for the acknowledgement of a subscription, and for its first snapshot
    answer: float = 5.0
    #: on a quiet line, before asking whether the server is still there
    quiet: float = 10.0
    #: for an event that another has overtaken, before it counts as lost
    overtaken: float = 0.5
    #: between two tries at most
    retry: float = 5.0


def backoff(attempt: int, most: float, chance: float) -> float:
    """Return the seconds before a try: doubling, spread by a chance from 0 to 1."""
    ceiling = min(most, 0.5 * 2.0 ** min(attempt, 16))
    return ceiling * (0.5 + chance / 2)


class Feed:
    """Follows one topic; every callback is called in order from the feed's own thread."""

    def __init__(
        self,
        url: str,
        token: str,
        topic: str,
        *,
        on_snapshot: Callable[[Payload], None],
        on_event: Callable[[Payload], None],
        on_state: Callable[[State], None],
        key: str | None = None,
        after: int | None = None,
        patience: Patience | None = None,
    ) -> None:
        self._url, self._token, self._topic, self._key = url, token, topic, key
        self._tell = {"snapshot": on_snapshot, "event": on_event}
        self._on_state = on_state
        self._patience = patience or Patience()
        self._mail: queue.Queue[_Mail] = queue.Queue()
        self._stopping = threading.Event()
        self._inbox = Inbox(after)
        self._state: State | None = None
        self._thread = threading.Thread(target=self._run, name=f"feed {topic}", daemon=True)

    def start(self) -> None:
        """Begin to follow; returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """End within 2 s; afterwards no callback is called any more."""
        self._stopping.set()
        self._mail.put(_Mail(None, "stop", {}))
        if self._thread is not threading.current_thread():
            self._thread.join(STOPPING)

    def _run(self) -> None:
        attempt = 0
        while not self._stopping.is_set():
            try:
                lived = self._connect_and_follow()
            except Exception:  # noqa: BLE001 - the outer loop: whatever server or owner does, go on
                _log.exception("feed %s failed", self._topic)
                lived = False
            attempt = 0 if lived else attempt + 1
            self._stopping.wait(backoff(attempt, self._patience.retry, _chance()))

    def _connect_and_follow(self) -> bool:
        """Follow over one connection till it ends; return whether it had begun to work."""
        line = _Line(self._mail, self._patience.connect)
        try:
            line.open(self._url, self._token)
            return self._follow(line)
        except socketio.exceptions.SocketIOError as error:
            level = logging.DEBUG if self._state == "lost" else logging.INFO
            _log.log(level, "no feed %s from %s: %s", self._topic, self._url, error)
            return False
        finally:
            self._say("lost")
            line.close()

    def _follow(self, line: _Line) -> bool:
        self._inbox = Inbox(self._inbox.last)
        talk = _Talk(self._patience)
        self._ask(line, talk, self._inbox.last)
        while not self._stopping.is_set():
            try:
                mail = self._mail.get(timeout=talk.due(time.monotonic()))
            except queue.Empty:
                if not talk.settled:
                    break
                self._ask(line, talk, None if talk.mended else self._inbox.last)
                continue
            if mail.line is line and not self._read(mail, talk):
                break
        return talk.lived

    def _ask(self, line: _Line, talk: _Talk, after: int | None) -> None:
        """Subscribe behind `after`; on a line already subscribed this proves that it lives."""
        wish = {"topic": self._topic, "after": after, "key": self._key}
        line.ask({name: value for name, value in wish.items() if value is not None})
        talk.asked(time.monotonic())

    def _read(self, mail: _Mail, talk: _Talk) -> bool:
        """Take one letter; return False when the line is of no more use."""
        if mail.kind == "lost":
            return False
        if mail.kind == "answer":
            if not mail.payload.get("ok"):
                _log.warning("no feed %s: %s", self._topic, mail.payload.get("detail"))
                return False
            talk.acknowledged = True
        elif mail.payload.get("topic", self._topic) != self._topic:
            pass
        elif mail.kind == "figures":
            self._pass_on(mail, talk)
        else:
            self._deliver(mail, talk)
        talk.heard(time.monotonic(), has_start=self._inbox.last is not None)
        if talk.settled:
            self._say("connected")
        return True

    def _pass_on(self, mail: _Mail, talk: _Talk) -> None:
        """Tell figures at once: they stand in no order, the newest are the only ones that count."""
        if talk.settled and not self._stopping.is_set():
            self._tell["event"](mail.payload)

    def _deliver(self, mail: _Mail, talk: _Talk) -> None:
        assert mail.kind in ("snapshot", "event")
        inbox, deliveries = take(self._inbox, mail.kind, mail.payload)
        talk.order(time.monotonic(), early=bool(inbox.early), moved=bool(deliveries))
        for kind, payload in deliveries:
            # told or failed, it is behind us: a callback that raises costs its own event only
            self._inbox = Inbox(int(payload["seq"]))
            if not self._stopping.is_set():
                self._tell[kind](payload)
        self._inbox = inbox

    def _say(self, state: State) -> None:
        if state != self._state and not self._stopping.is_set():
            self._state = state
            _log.info("feed %s %s", self._topic, state)
            self._on_state(state)


@dataclass(frozen=True, slots=True)
class _Mail:
    """What another thread has for the feed's."""

    line: _Line | None
    kind: Literal["snapshot", "event", "figures", "answer", "lost", "stop"]
    payload: Payload


class _Line:
    """One connection; whatever comes goes into the mail, from whichever thread."""

    def __init__(self, mail: queue.Queue[_Mail], patience: float) -> None:
        self._patience = patience
        self._client = socketio.Client(
            reconnection=False, handle_sigint=False, request_timeout=patience
        )

        def post(kind: Any) -> Callable[..., None]:
            """Return what puts the payloads of one kind into the mail."""

            def put(payload: Any = None) -> None:
                """Post one payload; what is no object counts as empty."""
                mail.put(_Mail(self, kind, payload if isinstance(payload, dict) else {}))

            return put

        self._answer = post("answer")
        self._client.on("snapshot", post("snapshot"))
        self._client.on("event", post("event"))
        self._client.on("figures", post("figures"))
        self._client.on("disconnect", post("lost"))

    def open(self, url: str, token: str) -> None:
        """Connect, or raise SocketIOError."""
        self._client.connect(
            url,
            auth={"token": token},
            transports=["websocket"],
            wait_timeout=self._patience,
        )

    def ask(self, wish: Payload) -> None:
        """Send a subscription; its acknowledgement comes by mail. May raise SocketIOError."""
        self._client.emit("subscribe", dict(wish), callback=self._answer)

    def close(self) -> None:
        """Let go of the server at once; a polite close would wait 3 s for its answer."""
        websocket = getattr(self._client.eio, "ws", None)
        if websocket is not None:
            websocket.abort()
        self._client.shutdown()
        if websocket is not None:
            websocket.shutdown()  # the library leaves a dropped line's socket open


class _Talk:
    """Where a connection stands, and what it is time for."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self.acknowledged = False
        #: whether the subscription holds and the owner has a state to build on
        self.settled = False
        self.lived = False
        #: whether a missing event was asked for and did not come: only a snapshot helps
        self.mended = False
        self._deadline = 0.0
        self._early_since: float | None = None

    def due(self, now: float) -> float:
        """Return the seconds till something must be done about the silence."""
        deadline = self._deadline
        if self.settled and self._early_since is not None:
            deadline = min(deadline, self._early_since + self._patience.overtaken)
        return max(0.0, deadline - now)

    def asked(self, now: float) -> None:
        """Note a subscription: its answer has a deadline."""
        self.mended = self._early_since is not None
        self._early_since = now if self.mended else None
        self.acknowledged = self.settled = False
        self._deadline = now + self._patience.answer

    def heard(self, now: float, *, has_start: bool) -> None:
        """Note a sign of life."""
        if self.acknowledged and has_start:
            self.settled = self.lived = True
            self._deadline = now + self._patience.quiet

    def order(self, now: float, *, early: bool, moved: bool) -> None:
        """Note whether events wait for one that is missing, since when."""
        if moved:
            self.mended = False
        if not early:
            self._early_since = None
        elif self._early_since is None or moved:
            self._early_since = now
