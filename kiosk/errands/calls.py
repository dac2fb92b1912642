"""What a visitor asks the server for beside a ticket: to check in, for help, to rate."""

from __future__ import annotations

import logging
import threading
from typing import Final, Literal, get_args

from kiosk.events import CheckedIn, Event, HelpChanged, NotCheckedIn, Rated
from kiosk.means import Means
from kiosk.state import CheckIn, Divert, Help, Rating
from queue_server.client.http import ServerAway, ServerRefused
from queue_server.contracts.asks import RateTicket
from queue_server.contracts.devices import CallHelp

_log = logging.getLogger(__name__)
#: seconds between two looks whether somebody has answered, and after which nobody will
LOOK: Final = 2.0
ANSWERED_WITHIN: Final = 300.0
#: why somebody is called
Why = Literal["assistance", "sign_language", "corner"]
#: the reason of a rating that is more than an opinion
DEMANDED: Final = "demanded"


class Calls:
    """Asks the server; one thread uses it."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._bell = threading.Event()

    def check_in(self, wish: CheckIn) -> Event:
        """Let an appointment's holder wait."""
        at = self._means.now
        try:
            return CheckedIn(at(), wish.key, self._means.client.check_in(wish.code, wish.key))
        except ServerAway as away:
            _log.warning("not checked in: %s", away, extra={"action": "check_in"})
            return NotCheckedIn(at(), wish.key)
        except ServerRefused as refused:
            _log.warning("not checked in: %s", refused, extra={"action": "check_in"})
            return NotCheckedIn(at(), wish.key, refused.problem.code)

    def call_help(self, wish: Help) -> Event:
        """Call somebody; whether one answers is told by itself as long as it may matter."""
        reason: Why = wish.reason if wish.reason in get_args(Why) else "assistance"  # type: ignore[assignment]  # it is one of the three
        call = CallHelp(reason=reason, language=wish.language)
        try:
            number = self._means.client.call_help(call, wish.key).id
        except (ServerAway, ServerRefused) as error:
            _log.warning("nobody was called: %s", error, extra={"action": "help"})
            return HelpChanged(self._means.now(), "failed")
        self._bell.set()
        self._bell = threading.Event()
        args = (number, self._bell)
        threading.Thread(target=self._listen, args=args, name="help", daemon=True).start()
        return HelpChanged(self._means.now(), "called")

    def divert(self, wish: Divert) -> None:
        """Count a visitor who does it online; a server that is away misses one in its figures."""
        try:
            self._means.client.divert(wish.service, wish.key)
        except (ServerAway, ServerRefused) as error:
            _log.warning("not counted: %s", error, extra={"action": "divert"})

    def rate(self, wish: Rating) -> Event:
        """Note a rating at the pad's window."""
        demanded = wish.reason == DEMANDED
        words = None if demanded else wish.reason or None
        rating = RateTicket(stars=wish.stars, reason=words, demanded=demanded)
        try:
            self._means.client.rate(self._means.window or 0, rating, wish.key)
        except ServerAway as away:
            _log.warning("not rated: %s", away, extra={"action": "rate"})
            return Rated(self._means.now(), "server_away")
        except ServerRefused as refused:
            _log.info("not rated: %s", refused, extra={"action": "rate"})
            return Rated(self._means.now(), refused.problem.code)
        return Rated(self._means.now())

    def close(self) -> None:
        """Listen for no answer any more."""
        self._bell.set()

    def _listen(self, number: int, bell: threading.Event) -> None:
        """Tell when somebody answers a call, unless another one takes its place."""
        end = self._means.now() + ANSWERED_WITHIN
        try:
            while not bell.wait(LOOK) and self._means.now() < end:
                if self._answered(number):
                    if not bell.is_set():
                        self._means.tell(HelpChanged(self._means.now(), "answered"))
                    return
        finally:
            self._means.client.hang_up()

    def _answered(self, number: int) -> bool:
        try:
            return self._means.client.help(number).answered_at is not None
        except (ServerAway, ServerRefused):
            return False
