"""What the center keeps, as the use cases see it; `storage/` provides each."""

from queue_server.usecases.stores.access import Access, Devices, Pairings
from queue_server.usecases.stores.hall import (
    Catalogues,
    Contacts,
    Helps,
    Messages,
    Notes,
    Numbers,
    Shifts,
    Tallies,
    Tickets,
)
from queue_server.usecases.stores.history import (
    Checkpoints,
    Cursors,
    Days,
    FigureRows,
    Log,
    Observed,
    Replies,
)
from queue_server.usecases.stores.integrity import Alerts

__all__ = [
    "Access",
    "Alerts",
    "Catalogues",
    "Checkpoints",
    "Contacts",
    "Cursors",
    "Days",
    "Devices",
    "FigureRows",
    "Helps",
    "Log",
    "Messages",
    "Notes",
    "Numbers",
    "Observed",
    "Pairings",
    "Replies",
    "Shifts",
    "Tallies",
    "Tickets",
]
