"""Why an alert is not settled; the tree of all other refusals is domain/errors.py."""

from __future__ import annotations

from queue_server.domain.errors import Refused, Unknown


class UnknownAlert(Unknown):
    """There is no such alert."""


class OwnAlert(Refused):
    """This alert is about you: another controller looks at it."""


class AlertSettled(Refused):
    """This alert has been settled; look at the page again."""
