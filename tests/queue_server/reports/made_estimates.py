"""What became of estimates, made up: two weeks of an ordinary hall."""

from __future__ import annotations

from datetime import date, timedelta

from queue_server.contracts.checking import (
    EstimatesOut,
    LastKeptOut,
    SaidOfOut,
    SaidOnOut,
    SaidOut,
    StretchOut,
)
from tests.factories import texts

TODAY = date(2026, 11, 23)
#: percent kept on each day
KEPT = (88.4, 91.2, 93.0, 79.6, 92.1, 94.4, 90.0, 86.3, 93.9, 95.1, 92.3, 91.8)
#: a name as long as they come
LONG = "Nikohni davlat roʻyxatidan oʻtkazish va takroriy guvohnoma berish (kengaytirilgan)"


def said(n: int = 400, kept: float = 0.92, wait: float = 14.3, low: float = 8.5) -> SaidOut:
    """Return the figures of visitors who were told a wait."""
    return SaidOut(
        n=n,
        low=low,
        high=low + 13.2,
        wait=wait,
        error_minutes=5.91,
        bias_minutes=-0.84,
        inside=0.893,
        kept=kept,
        late=0.061,
        quick=0.012,
    )


def nothing() -> SaidOut:
    """Return the figures of nobody."""
    return SaidOut(**(dict.fromkeys(SaidOut.model_fields) | {"n": 0}))  # type: ignore[arg-type]


def estimates(factor: float = 1.0, kept: float | None = 0.9278) -> EstimatesOut:
    """Return two weeks' estimates; nobody can say anything of yesterday for None."""
    first = TODAY - timedelta(days=13)
    services = [(f"A0{n}", texts(LONG if n == 3 else f"Service {n}")) for n in range(1, 7)]
    return EstimatesOut(
        first=first.isoformat(),
        last=TODAY.isoformat(),
        made_at="2026-11-23T06:00:00.000Z",
        seq=4711,
        center=texts("Center"),
        timezone="Asia/Tashkent",
        total=said(4873, 0.9134),
        stretch=StretchOut(factor=factor, n=2210, coverage=0.881 if factor == 1 else 0.712),
        last_kept=None if kept is None else LastKeptOut(day="2026-11-22", n=418, kept=kept),
        days=[
            SaidOnOut(
                day=(first + timedelta(days=n)).isoformat(), closed=True, figures=said(400, p / 100)
            )
            for n, p in enumerate(KEPT)
        ],
        services=[SaidOfOut(key=key, texts=dict(name), figures=said(70)) for key, name in services],
        hours=[
            SaidOfOut(
                key=str(hour), figures=said(60, wait=6 + 4.2 * (hour % 5), low=2.0 + hour % 5 * 2.6)
            )
            for hour in range(9, 18)
        ],
    )


def empty() -> EstimatesOut:
    """Return the estimates of a period in which nobody was told anything."""
    return estimates(kept=None).model_copy(
        update={
            "total": nothing(),
            "stretch": StretchOut(factor=1, n=0, coverage=None),
            "days": [],
            "services": [],
            "hours": [],
        }
    )
