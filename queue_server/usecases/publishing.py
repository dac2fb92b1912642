"""The event log is the bus: after each commit every subscriber hears it, in order, without gaps.

One publisher a process reads the log on from its own cursor. A subscriber joins between two
events: the log is first read up to the very snapshot that it gets.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Container, Iterator
from dataclasses import dataclass, field
from typing import Any

from queue_server.contracts import messages
from queue_server.contracts.topics import Payload, deliveries
from queue_server.domain.catalogue import Catalogue
from queue_server.usecases.ports import Center, UnitOfWork

#: events read at once
STRETCH = 500
#: a subscriber further behind than this gets a snapshot: more than two busy days
RESUME = 20_000


@dataclass
class Publisher:
    """Reads the log on and hands each event to its topics."""

    center: Center
    #: (topic, payload) → to everyone in the topic's room
    emit: Callable[[str, Payload], None]
    #: set whenever the log may have grown
    grown: threading.Event
    #: the topics that somebody listens to now
    audience: Callable[[], Collection[str]]
    #: is told of every event, before its topics are
    told: Callable[[dict[str, Any]], None] = lambda _wire: None
    #: set after each look at the log
    published: threading.Event = field(default_factory=threading.Event)
    cursor: int = 0
    #: topic → seq of the last event sent on it, so that a subscriber sees a gap
    sent: dict[str, int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _stopped: threading.Event = field(default_factory=threading.Event)

    def stop(self) -> None:
        """End `run` at once."""
        self._stopped.set()
        self.grown.set()

    def run(self) -> None:
        """Publish until stopped; sleeps while the log does not grow."""
        self.grown.set()
        while not self._stopped.is_set():
            self.grown.wait()
            self.grown.clear()
            # under the lock: who is just joining is counted, or this event would wait for the next
            with self._lock:
                if self.audience():
                    self._publish(None)
            self.published.set()

    def begin(self) -> None:
        """Start at the log's present end: who was not there gets a snapshot."""
        with self.center.read() as work:
            self.cursor = work.seq

    def subscribe(
        self,
        topic: str,
        after: int | None,
        snapshot: Callable[[UnitOfWork], Payload],
        join: Callable[[], None],
    ) -> tuple[int, Payload | None, list[Payload]]:
        """Join a topic; returns the seq joined at, and a snapshot or the events missed.

        Nothing is sent on the topic between what is returned and the first event that follows.
        """
        with self._lock, self.center.read() as work:
            self._publish(work.seq)
            join()
            if after is not None and 0 <= work.seq - after <= RESUME:
                return work.seq, None, self._missed(work, topic, after)
            return work.seq, snapshot(work), []

    def _missed(self, work: UnitOfWork, topic: str, after: int) -> list[Payload]:
        missed, prev = [], after
        catalogue = work.catalogues.current()
        while stretch := work.log.after(after, STRETCH):
            after = stretch[-1]["seq"]
            for _, payload in (s for w in stretch for s in _addressed(w, catalogue, {topic})):
                missed.append({**payload, "topic": topic, "prev": prev})
                prev = payload["seq"]
        return missed

    def _publish(self, upto: int | None) -> None:
        """Send what the log holds after the cursor, up to a seq where one is given."""
        with self.center.read() as work:
            end = work.seq if upto is None else upto
            if self.cursor >= end:
                return
            catalogue, audience = work.catalogues.current(), self.audience()
            if not audience:
                self.cursor = end
            while self.cursor < end:
                stretch = work.log.after(self.cursor, min(STRETCH, end - self.cursor))
                for wire in stretch:
                    self._send(wire, catalogue, audience)

    def _send(self, wire: dict[str, Any], catalogue: Catalogue, audience: Container[str]) -> None:
        self.told(wire)
        for topic, payload in _addressed(wire, catalogue, audience):
            prev = self.sent.get(topic, 0)
            self.emit(topic, {**payload, "topic": topic, "prev": prev})
            self._note(topic, payload["seq"])
        self.cursor = wire["seq"]

    def _note(self, topic: str, seq: int) -> None:
        """Remember the last event of a topic; a ticket's topic ends with the ticket."""
        if not topic.startswith("ticket."):
            self.sent[topic] = seq


def _addressed(
    wire: dict[str, Any], catalogue: Catalogue, audience: Container[str]
) -> Iterator[tuple[str, Payload]]:
    event = messages.parse(wire)
    for topic, payload in deliveries(
        event,
        lambda service: catalogue.takers.get(service, ()),
        catalogue.halls,
        catalogue.windows_by_number,
    ):
        if topic in audience:
            yield topic, payload()
