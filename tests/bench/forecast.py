"""Forecasts of day totals beside the seasonal naive, the rest of a day, and what staffing costs.

The series are made by other formulas than the rule's: additive noise that lasts for days, a level
that wanders and swings, crowds after holidays that nobody announced, surges that come out other
than announced, outages. Seeds are fixed; no constant of the rule was chosen for one of them.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import exp, sin, tau

from queue_server.domain import forecasting, forecasting_hours, staffing
from queue_server.domain.opening import Calendar, Holiday, Hours, Surge
from queue_server.domain.staffing_plan import Aim

FIRST = date(2026, 1, 5)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
#: weeks of a series, and of its beginning that is not judged
WEEKS, WARM_UP = 26, 8
#: how many series, and how many of them where time is short
SERIES, FEW = 24, 6
LIMIT, BAND = 0.85, (0.75, 0.90)
HOURS = Hours({"mon_fri": ("09:00", "18:00"), "sat": ("09:00", "15:00")})
#: how visitors come from nine o'clock on, by half hour: a burst, a lull at lunch, a second hump
COMING = (1.7, 1.9, 1.8, 1.5, 1.3, 1.1, 0.9, 0.7, 0.7, 0.8, 1.0, 1.1, 1.1, 1.0, 0.8, 0.6, 0.4, 0.2)
NINE, NOON = 18, 24


@dataclass(frozen=True)
class Series:
    """One center's half year: what came each day, and what its calendar had announced."""

    calendar: Calendar
    totals: Mapping[date, int]
    #: days without power, or closed at noon: no demand to be forecast
    outages: frozenset[date]


@dataclass
class Score:
    """Errors of forecasts beside the naive one's."""

    ours: float = 0
    naive: float = 0
    came: float = 0
    inside: list[bool] = field(default_factory=list)

    def add(self, span: forecasting.Span, naive: float, came: float) -> None:
        """Count one day."""
        self.ours += abs(span.expected - came)
        self.naive += abs(naive - came)
        self.came += came
        self.inside.append(span.low <= came <= span.high)

    @property
    def ratio(self) -> float:
        """Our WAPE as a share of the naive one."""
        return self.ours / self.naive

    @property
    def share(self) -> float:
        """The share of days inside the band."""
        return statistics.mean(self.inside)


def run(quick: bool) -> None:  # noqa: FBT001 (as the bench calls it)
    """Print how right forecasts are, and what the windows needed cost to compute."""
    series = [a_series(seed) for seed in range(FEW if quick else SERIES)]
    _say(f"  {len(series)} centers of {WEEKS} weeks, judged from week {WARM_UP + 1} on")
    _say("    days ahead      WAPE   naive   ratio   in band   worst center's ratio, band")
    for ahead in (1, 7, 14):
        scores = [_score(days_ahead(each, ahead), each) for each in series]
        _say(f"    {ahead:10}   {_told(scores)}")
    usual = [_score(_unlike(each, surges=False), each) for each in series]
    _say(f"    1, usual     {_told(usual)}   (without surges, and the same days a week after)")
    young = [_score(days_ahead(each, 1, first=2, last=WARM_UP), each) for each in series]
    _say(f"    1, weeks 3-8 {_told(young)}   (not judged: so a center begins)")
    _say(f"    limits: ratio at most {LIMIT}, band {BAND[0]:.0%} to {BAND[1]:.0%}")
    _rest_of_day(series)
    for visitors in (440, 1500):
        _staffing(visitors)


def a_series(seed: int) -> Series:
    """Return a center's half year."""
    chance = random.Random(seed)
    size, drift = chance.uniform(250, 1200), chance.uniform(0, 0.008)
    noise, memory = chance.uniform(0.04, 0.11), chance.uniform(0, 0.5)
    pattern = [chance.gauss(mean, 0.08) for mean in (1.2, 1.05, 1.0, 0.95, 0.95, 0.6, 0)]
    days = [FIRST + n * DAY for n in range(7 * WEEKS)]
    workdays = [day for day in days if day.weekday() < 6]
    closed = {*chance.sample(workdays, 5)}
    surges = {
        day: chance.choice((0.7, 1.3, 1.4, 1.6))
        for day in chance.sample([d for d in workdays if d not in closed], 4)
    }
    outage, halved = chance.sample([d for d in workdays if d not in closed], 2)
    level, lasting, totals = 1.0, 0.0, {}
    for n, day in enumerate(days):
        level *= 1 + chance.gauss(0, drift)
        lasting = memory * lasting + chance.gauss(0, noise)
        if day.weekday() == 6 or day in closed:
            continue
        mean = size * level * (1 + 0.08 * sin(tau * n / 120)) * pattern[day.weekday()]
        mean *= 1 + lasting
        mean *= surges.get(day, 1) * (exp(chance.gauss(0, 0.1)) if day in surges else 1)
        mean *= 1.15 if day - DAY in closed else 1
        mean *= 1.06 if day.day >= 28 else 1
        mean *= 0 if day == outage else 0.4 if day == halved else 1
        totals[day] = max(0, round(chance.gauss(mean, max(mean, 1) ** 0.5)))
    return Series(
        Calendar(
            "Asia/Tashkent",
            HOURS,
            tuple(Holiday(day, {}) for day in sorted(closed)),
            tuple(Surge(day, factor, {}) for day, factor in sorted(surges.items())),
        ),
        totals,
        frozenset({outage, halved}),
    )


def a_day(total: int, chance: random.Random) -> tuple[int, ...]:
    """Return a day's visitors by half hour: no two days divide alike."""
    late = chance.gauss(0, 0.25)
    rates = [
        max(here + late * (here - after), 0.02) * exp(chance.gauss(0, 0.12))
        for here, after in zip(COMING, [*COMING[1:], 0.1], strict=True)
    ]
    came = [0] * forecasting_hours.HALF_HOURS
    for place in chance.choices(range(NINE, NINE + len(rates)), rates, k=total):
        came[place] += 1
    return tuple(came)


def days_ahead(
    series: Series, ahead: int = 1, first: int = WARM_UP, last: int = WEEKS
) -> Iterator[tuple[date, forecasting.Span, float]]:
    """Yield (day, forecast made so many days before, seasonal naive) of these weeks.

    The naive one takes the same weekday of the week before, or of the latest one that had anybody.
    """
    for day in series.totals:
        if not FIRST + first * WEEK <= day < FIRST + last * WEEK or day in series.outages:
            continue
        known = {d: n for d, n in series.totals.items() if d <= day - ahead * DAY}
        habit = forecasting.learn(known, series.calendar)
        assert habit is not None
        before = day - WEEK
        while before > day - ahead * DAY or (before >= FIRST and not known.get(before)):
            before -= WEEK
        if before >= FIRST:
            span = forecasting.forecast(habit, series.calendar, day)
            yield day, span, float(known[before])


def _unlike(series: Series, *, surges: bool) -> Iterator[tuple[date, forecasting.Span, float]]:
    """Yield the days one day ahead that surges have, or have not, to do with."""
    busy = {surge.day for surge in series.calendar.surges}
    for day, span, naive in days_ahead(series):
        if (day in busy or day - WEEK in busy) is surges:
            yield day, span, naive


def _score(days: Iterable[tuple[date, forecasting.Span, float]], series: Series) -> Score:
    score = Score()
    for day, span, naive in days:
        score.add(span, naive, series.totals[day])
    return score


def _told(scores: Sequence[Score]) -> str:
    whole = Score(
        sum(each.ours for each in scores),
        sum(each.naive for each in scores),
        sum(each.came for each in scores),
        [inside for each in scores for inside in each.inside],
    )
    worst = max(each.ratio for each in scores)
    shares = [each.share for each in scores]
    return (
        f"{whole.ours / whole.came:6.1%}  {whole.naive / whole.came:6.1%}  {whole.ratio:6.2f}"
        f"   {whole.share:7.0%}   {worst:6.2f}, {min(shares):.0%} to {max(shares):.0%}"
    )


def _rest_of_day(series: Sequence[Series]) -> None:
    """Print what noon knows better than the morning did."""
    morning, noon, plain = Score(), Score(), Score()
    halves: list[bool] = []
    for number, each in enumerate(series):
        chance = random.Random(number)
        past = {day: a_day(total, chance) for day, total in each.totals.items()}
        for day, span, _ in days_ahead(each, first=WEEKS - 8):
            if day.weekday() == 5:
                continue
            how = forecasting_hours.profile(
                {d: came for d, came in past.items() if d < day}, each.calendar, day
            )
            came = [n if place < NOON else 0 for place, n in enumerate(past[day])]
            today = forecasting_hours.rest_of_day(span, how, came, NOON)
            scaled = sum(came) / max(sum(how.shares[:NOON]), 0.01)
            total = each.totals[day]
            morning.add(span, scaled, total)
            noon.add(today.total, scaled, total)
            plain.add(forecasting.Span(scaled, scaled, scaled), scaled, total)
            spans = forecasting_hours.spans(span, how)
            halves += [
                spans[place].low <= past[day][place] <= spans[place].high
                for place in range(NINE, NINE + len(COMING))
            ]
    _say("  at noon, of weekdays' totals    WAPE   in band")
    _say(
        f"    the morning's forecast      {morning.ours / morning.came:6.1%}   {morning.share:7.0%}"
    )
    _say(f"    so far, scaled up           {plain.ours / plain.came:6.1%}")
    _say(f"    corrected                   {noon.ours / noon.came:6.1%}   {noon.share:7.0%}")
    _say(f"    half hours in their band {statistics.mean(halves):.0%}")


def _staffing(visitors: int) -> None:
    """Print what a day's windows cost to compute."""
    chance = random.Random(5)
    arrivals = [0.0] * forecasting_hours.HALF_HOURS
    for place, share in enumerate(COMING, NINE):
        arrivals[place] = visitors * share / sum(COMING)
    minutes = [chance.lognormvariate(2.1, 0.55) for _ in range(400)]
    plan = [visitors // 36 if arrival else 0 for arrival in arrivals]
    began = time.process_time()
    needs = staffing.needed(arrivals, minutes, plan, Aim(), random.Random(1))
    took = time.process_time() - began
    most, least = max(n.windows for n in needs), min(n.within_norm or 1 for n in needs)
    _say(
        f"  windows for a day of {visitors:,}: {took:.2f} s CPU; at most {most},"
        f" at least {least:.0%} within the norm in every half hour"
    )


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
