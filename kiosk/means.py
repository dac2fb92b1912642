"""What errands need."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from config.wording import Wording
from kiosk.events import Event
from kiosk.memory import Menu
from kiosk.offline import OwnNumbers
from printer.spool import Spool
from queue_server.client.http import Client

Tell = Callable[[Event], None]
Seconds = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Means:
    """The server, a menu's memory, texts, a clock and a mailbox; a rating pad has no more."""

    client: Client
    menu: Menu
    wording: Wording
    now: Seconds
    tell: Tell
    #: the printer
    spool: Spool | None = None
    #: tickets for when the server is away
    own: OwnNumbers | None = None
    #: the window of a rating pad
    window: int | None = None
