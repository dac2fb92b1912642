"""Days that are over, for tests of forecasts: whole weeks that went by the clock."""

from __future__ import annotations

from concurrent.futures import Executor, Future
from datetime import date, timedelta
from typing import Any

from queue_server.domain import observations
from queue_server.domain.observations import Observations
from queue_server.usecases.ports import Center

#: visitors of each open half hour, from nine o'clock on; Saturday ends at three
BY_HALF_HOUR = (30, 36, 32, 26, 22, 18, 14, 12, 12, 14, 18, 20, 20, 18, 14, 10, 6, 4)
WEEKDAY, SATURDAY = sum(BY_HALF_HOUR), sum(BY_HALF_HOUR[:12])
MINUTES = (5.0, 7.0, 9.0, 10.0, 12.0, 17.0)


class AtOnce(Executor):
    """Computes whatever it is given before it answers."""

    def __init__(self) -> None:
        self.count = 0

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Compute it."""
        self.count += 1
        done: Future[Any] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


class Never(Executor):
    """Never gets round to anything."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Put it off."""
        return Future()


def seen(day: date) -> Observations:
    """Return what a day has shown: everybody was served once."""
    counts = BY_HALF_HOUR if day.weekday() < 5 else BY_HALF_HOUR[:12]
    times = [MINUTES[n % len(MINUTES)] for n in range(sum(counts))]
    return Observations(
        day.isoformat(),
        served={"A01": {"clerk1": times}},
        arrivals={"A01": dict(enumerate(counts, 18))},
    )


def keep(center: Center, today: date, weeks: int = 4) -> None:
    """Give a center so many weeks of past days."""
    with center.write() as work:
        for n in range(1, 7 * weeks + 1):
            day = today - timedelta(days=n)
            if day.weekday() < 6:
                work.observations.put(day, observations.body(seen(day)))
