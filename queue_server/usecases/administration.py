"""What an administrator sets: the catalogue in force."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from queue_server.contracts.messages import CenterEvent
from queue_server.usecases import recording
from queue_server.usecases.access import Actor
from queue_server.usecases.ports import Center


def put_catalogue(center: Center, actor: Actor, document: Mapping[str, Any]) -> int:
    """Put a catalogue in force and return its version; an equal one changes nothing."""
    with center.write() as work:
        if work.catalogue_version and work.catalogues.document() == document:
            return work.catalogue_version
        now = center.clock.now()
        version = work.catalogues.add(document, actor.name, now)
        work.log.append(
            CenterEvent(
                type="catalogue_imported",
                at=recording.instant(now),
                actor=recording.actor_facts(actor),
                subject=str(version),
            )
        )
        return version
