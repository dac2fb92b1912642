"""The link to the server: its catalogue while it answers, the way back while it does not.

On the way back the kiosk first asks for its numbers, then hands over the tickets that it issued,
and only then lets visitors ask the server again. Nobody has to do anything.
"""

from __future__ import annotations

import logging
import threading
from http import HTTPStatus
from typing import Final

from kiosk.events import CatalogueCame, ServerLost
from kiosk.handover import hand_over
from kiosk.means import Means
from kiosk.offline import OwnNumbers
from queue_server.client.http import ServerAway, ServerRefused

_log = logging.getLogger(__name__)
#: seconds between two looks at the catalogue, and while the server is away
REFRESH: Final = 15.0
RETRY: Final = 3.0
#: the server does not know this device, or not as a kiosk
DISMISSED: Final = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})
#: the code of an answer that is not our server's
NOT_OURS: Final = "other"


class Link:
    """Follows the server on a thread of its own; any thread may ask whether it is there."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._stopping, self._woken = threading.Event(), threading.Event()
        #: what the kiosk believes: until the first look, the best
        self._up = True
        #: the server has granted numbers since it was last away
        self._greeted = False

    @property
    def up(self) -> bool:
        """Whether the server answered last."""
        return self._up

    def start(self) -> None:
        """Begin; what the kiosk remembers of the catalogue is told first."""
        remembered = self._means.menu.recall()
        if remembered:
            self._means.tell(CatalogueCame(self._means.now(), remembered, fresh=False))
        threading.Thread(target=self._run, name="link", daemon=True).start()

    def stop(self) -> None:
        """End the thread soon; a look under way is not waited for."""
        self._stopping.set()
        self._woken.set()

    def lose(self, error: Exception) -> None:
        """Take it that the server is away; the thread begins to look for the way back."""
        self._note_loss(error)
        self._woken.set()

    def look(self) -> None:
        """Look once: greet the server if it was away, hand over what is pending, tell its news."""
        try:
            self._greet()
            catalogue = self._means.client.catalogue()
        except (ServerAway, ServerRefused, OSError) as error:
            self._bar(error)
            self._note_loss(error)
            return
        self._means.menu.keep(catalogue)
        if not self._up:
            _log.info("the server is back", extra={"action": "link"})
        self._up = True
        self._means.tell(CatalogueCame(self._means.now(), catalogue))

    def _note_loss(self, error: Exception) -> None:
        if self._up:
            _log.warning("the server is away: %s", error, extra={"action": "link"})
        self._up = self._greeted = False
        own = self._means.own
        self._means.tell(ServerLost(self._means.now(), bool(own and own.ready)))

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self.look()
            except Exception:  # noqa: BLE001 - the thread's outer loop: the kiosk needs its link
                _log.exception("a look failed", extra={"action": "link"})
            self._woken.wait(REFRESH if self._up else RETRY)
            self._woken.clear()

    def _greet(self) -> None:
        own = self._means.own
        if own is None:
            return
        if not self._greeted:
            self._ask_for_numbers(own)
            self._greeted = True
        if own.pending and (left := hand_over(own, self._means.client.hand_over)):
            _log.error("tickets cannot be handed over", extra={"tickets": left})

    def _ask_for_numbers(self, own: OwnNumbers) -> None:
        """Learn the kiosk's own numbers; a server that grants none is no reason to stay away."""
        try:
            own.learn(self._means.client.lease())
        except ServerRefused as refused:
            if refused.problem.status in DISMISSED:
                raise
            _log.warning("no own numbers: %s", refused, extra={"action": "lease"})

    def _bar(self, error: Exception) -> None:
        """Issue nothing for a server that has dismissed this kiosk."""
        if not isinstance(error, ServerRefused) or self._means.own is None:
            return
        if error.problem.status in DISMISSED and error.problem.code != NOT_OURS:
            self._means.own.bar()
