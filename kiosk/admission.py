"""How a kiosk, a print station or a call pad comes to its token, and what it does without one."""

from __future__ import annotations

import logging
import threading

from queue_server.client.pairing import Admitted, Standing, let_in
from queue_server.contracts.pairing import DeviceKind

_log = logging.getLogger(__name__)


def ask_aloud(
    server: str, kind: DeviceKind, stopping: threading.Event, *, signed_off: bool
) -> Admitted | None:
    """Say codes in the journal until this device without a screen is let in; None: told to stop."""
    if signed_off:
        _log.warning("an administrator has signed this %s off", kind, extra={"action": "pairing"})
    return let_in(server, kind, say, stopping)


def say(standing: Standing) -> None:
    """Say how it stands, for whoever reads the journal or has started the program by hand."""
    sentences = {
        "asking": "this device asks to be let in",
        "shown": f"type this code on the Devices page to let this device in: {standing.code}",
        "refused": "an administrator has refused this device; it asks again soon",
    }
    sentence = "the server does not answer" if standing.away else sentences[standing.state]
    _log.warning("%s", sentence, extra={"action": "pairing"})
