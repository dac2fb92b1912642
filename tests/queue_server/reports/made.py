"""A report that somebody might get: the demo's catalogue, chosen figures, hostile names."""

from __future__ import annotations

import random
from datetime import date, timedelta
from functools import cache
from typing import Any

from config import catalogue as catalogue_texts
from config import loader
from queue_server.contracts.reports import (
    AppointmentsOut,
    ConductOut,
    CountOut,
    DayOut,
    FiguresOut,
    HeatOut,
    MixOut,
    PromisesOut,
    RatingsOut,
    ReportOut,
    SliceOut,
    WaitsOut,
    WorkOut,
)
from queue_server.domain import catalogue_document

HOSTILE = ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", '"; DROP', "<b>&</b>", "№ 5")


def report(first: str = "2026-11-23", last: str = "2026-11-23", seed: int = 4) -> ReportOut:
    """Return a report of a busy period."""
    luck, catalogue = random.Random(seed), _catalogue()
    days = _days(first, last)
    total = figures(luck, 417 * len(days))
    return ReportOut(
        first=first,
        last=last,
        made_at="2026-11-23T14:41:07.250Z",
        seq=18_204,
        hash="5f0c1e" + "9a2b" * 14 + "77",
        center=dict(catalogue.name),
        timezone="Asia/Tashkent",
        norm_minutes=15,
        total=total,
        appointments=AppointmentsOut(booked=41, given_back=6, came=28, missed=7),
        days=[DayOut(day=f"{day}", closed=True, figures=figures(luck, 417)) for day in days],
        by={
            "group": [_slice(luck, g.prefix, 60, texts=dict(g.texts)) for g in catalogue.groups],
            "service": [_slice(luck, s.id, 20, texts=dict(s.texts)) for s in catalogue.services],
            "window": [_slice(luck, str(w.number), 35) for w in catalogue.windows],
            "clerk": [_clerk(luck, n) for n in range(1, 13)],
            "category": [_slice(luck, "none", 390), *_categories(luck)],
            "channel": [_slice(luck, key, 99) for key in ("kiosk", "reception", "booking")],
            "hour": [_slice(luck, str(hour), _rush(hour)) for hour in range(9, 18)],
        },
        heat=[_heat(luck, day, hour) for day in range(1, 7) for hour in range(9, 18)],
    )


def empty(first: str = "2026-11-22", last: str = "2026-11-22") -> ReportOut:
    """Return a report of a period in which nobody came."""
    return report(first, last).model_copy(
        update={
            "total": figures(random.Random(0), 0),
            "appointments": AppointmentsOut(booked=0, given_back=0, came=0, missed=0),
            "days": [],
            "by": {},
            "heat": [],
        }
    )


def figures(luck: random.Random, visitors: int, **conduct: Any) -> FiguresOut:
    """Return figures that fit to one another; without visitors all is zero or absent."""
    if not visitors:
        return _nothing()
    lost, gone = round(visitors * luck.uniform(0.01, 0.07)), round(visitors * 0.03)
    served = visitors - lost - gone
    middle = luck.uniform(2, 14)
    return FiguresOut(
        visitors=visitors,
        served=served,
        finished=served,
        no_shows=lost,
        abandoned=gone,
        unserved=0,
        present=0,
        no_show_share=lost / (served + lost),
        abandoned_share=gone / visitors,
        self_service=0.91,
        first_visit=luck.uniform(0.9, 1),
        waits=WaitsOut(
            n=served,
            mean=middle * 1.2,
            median=middle,
            p90=middle * luck.uniform(1.6, 2.6),
            longest=middle * 4,
            within_norm=luck.uniform(0.55, 0.97),
        ),
        work=_work(luck, served),
        ratings=_ratings(luck, served // 5),
        promises=PromisesOut(n=served, inside=0.81, kept=0.934, error_minutes=4.62),
        conduct=_conduct(luck, served, **conduct),
    )


def _nothing() -> FiguresOut:
    counts = dict.fromkeys(("visitors", "served", "finished", "no_shows", "abandoned"), 0)
    counts |= {"unserved": 0, "present": 0}
    shares = dict.fromkeys(("no_show_share", "abandoned_share", "self_service", "first_visit"))
    return FiguresOut.model_validate(
        {
            **counts,
            **shares,
            "waits": dict.fromkeys(WaitsOut.model_fields) | {"n": 0},
            "work": dict.fromkeys(WorkOut.model_fields)
            | dict.fromkeys(("transactions", "timed"), 0)
            | {f"{name}_hours": 0 for name in ("serving", "wrap_up", "logged_in", "paused")},
            "ratings": dict.fromkeys(RatingsOut.model_fields) | {"n": 0, "stars": [0] * 5},
            "promises": dict.fromkeys(PromisesOut.model_fields) | {"n": 0},
            "conduct": dict.fromkeys(ConductOut.model_fields, 0) | {"reasons": [], "documents": []},
        }
    )


def _work(luck: random.Random, served: int) -> WorkOut:
    each = luck.uniform(5, 16)
    hours = served * each / 60
    return WorkOut(
        transactions=served,
        timed=served,
        transaction_minutes=each,
        wrap_up_minutes=0.8,
        handling_minutes=each + 0.8,
        visit_minutes=each + 9,
        serving_hours=hours,
        wrap_up_hours=hours * 0.07,
        logged_in_hours=hours * 1.4,
        paused_hours=hours * 0.12,
        occupancy=1.07 / 1.4,
        adherence=0.96,
        transactions_per_hour=60 / each * 1.07 / 1.4,
    )


def _ratings(luck: random.Random, n: int) -> RatingsOut:
    shares = (0.04, 0.05, 0.09, 0.3)
    stars = [round(n * share) for share in shares]
    stars.append(max(n - sum(stars), 0))
    known = n >= 1
    return RatingsOut(
        n=sum(stars),
        stars=stars,
        response_rate=luck.uniform(0.15, 0.25) if known else None,
        top_two=0.82 if known else None,
        low=0.716 if known else None,
        high=0.889 if known else None,
    )


def _conduct(luck: random.Random, calls: int, **more: Any) -> ConductOut:
    texts = dict(next(iter(_catalogue().documents.values())))
    facts: dict[str, Any] = {
        "calls": calls,
        "recalls": calls // 6,
        "out_of_order": len(HOSTILE),
        "reasons": [CountOut(key=text, count=9 - n) for n, text in enumerate(HOSTILE, 1)],
        "overtakings": luck.randrange(9, 30),
        "returned": 3,
        "held": 12,
        "transferred": 7,
        "revived": 4,
        "turned_away": 5,
        "documents": [
            CountOut(key="id", count=4, texts=texts),
            CountOut(key="not_required-2", count=1, texts=dict(_catalogue().not_required[1])),
        ],
        "prohibited": 1,
        "handed_over": 2,
        "diverted_online": 11,
    }
    return ConductOut(**(facts | more))


def _slice(luck: random.Random, key: str, visitors: int, **more: Any) -> SliceOut:
    some = round(visitors * luck.uniform(0.5, 1.5))
    return SliceOut(key=key, figures=figures(luck, max(some, 1)), **more)


def _clerk(luck: random.Random, window: int) -> SliceOut:
    n = 12 if window == 5 else luck.randrange(31, 48)
    expected = n * luck.uniform(6, 12)
    index = luck.uniform(0.85, 1.2)
    names = (*HOSTILE, "Gʻulomjon Toʻxtayev", "Ǵayratdin Ómirbayeva-Ismayılova", "Ўктам Қодиров")
    mix: dict[str, Any] = {
        "n": n,
        "actual_minutes": expected * index,
        "expected_minutes": expected,
        "index": index if n >= 30 else None,
        "low": index - 0.09 if n >= 30 else None,
        "high": index + 0.09 if n >= 30 else None,
    }
    name = names[(window - 1) % len(names)]
    return SliceOut(
        key=f"clerk{window}", name=name, window=window, figures=figures(luck, n), mix=MixOut(**mix)
    )


def _categories(luck: random.Random) -> list[SliceOut]:
    return [_slice(luck, c.id, 8, texts=dict(c.texts)) for c in _catalogue().categories]


def _rush(hour: int) -> int:
    return max(70 - 9 * abs(hour - 11), 12)


def _heat(luck: random.Random, weekday: int, hour: int) -> HeatOut:
    visitors = 0 if weekday == 6 and hour > 14 else round(_rush(hour) * luck.uniform(0.6, 1.3))
    return HeatOut(
        weekday=weekday,
        hour=hour,
        days=1,
        visitors=visitors,
        served=visitors,
        wait_minutes=visitors / 6 if visitors else None,
        within_norm=0.8 if visitors else None,
    )


def _days(first: str, last: str) -> list[date]:
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    return [begin + timedelta(days=n) for n in range((end - begin).days + 1)]


@cache
def _catalogue() -> Any:
    document = catalogue_texts.read(loader.FOLDER / "catalogue.toml")
    return catalogue_document.parse(document)
