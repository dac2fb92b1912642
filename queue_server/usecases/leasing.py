"""Numbers that a kiosk gives out by itself: granted once, written down, settled each day."""

from __future__ import annotations

import itertools
from datetime import date

from queue_server.contracts.devices import LeaseOut
from queue_server.domain import numbering
from queue_server.usecases import recording
from queue_server.usecases.act import Act
from queue_server.usecases.records import Lease
from queue_server.usecases.rights import right


@right("numbers:lease")
def lease(act: Act) -> LeaseOut:
    """Return the kiosk's own counts; the first time grants them."""
    held = act.work.devices.lease(act.actor.name) or _grant(act)
    return LeaseOut(
        id=held.id,
        first=held.block.first,
        last=held.block.last,
        secret=act.center.signer.lease_secret(held.id),
        url=act.center.public_url,
        day=act.day.isoformat(),
        used={
            prefix: counts[-1]
            for prefix, counts in act.work.tickets.used(act.day, held.block).items()
        },
    )


def next_count(act: Act, day: date, prefix: str) -> int:
    """Return the next count of the center's own, stepping over the kiosks' blocks."""
    count = act.work.numbers.next(day, prefix)
    if count < numbering.KIOSKS_FROM:
        return count
    free = numbering.past(count, (lease.block for lease in act.work.devices.leases()))
    if free != count:
        act.work.numbers.skip_to(day, prefix, free)
    return free


def settle(act: Act, day: date) -> None:
    """Write down which of its own numbers each kiosk gave out that day: gaps are explained."""
    for held in act.work.devices.leases():
        used = act.work.tickets.used(day, held.block)
        spans = [span for prefix in used for span in numbering.spans(prefix, used[prefix])]
        recording.noted(act, "numbers_used", held.device, f"{day}: {' '.join(spans) or 'none'}")


def _grant(act: Act) -> Lease:
    others = act.work.devices.leases()
    block = numbering.grant((o.block for o in others), act.work.numbers.highest(act.day))
    taken = {other.id for other in others}
    name = next(f"k{n}" for n in itertools.count(1) if f"k{n}" not in taken)
    granted = Lease(name, act.actor.name, block, act.now)
    act.work.devices.add_lease(granted)
    recording.noted(act, "numbers_leased", granted.device, f"{block.first}-{block.last}")
    return granted
