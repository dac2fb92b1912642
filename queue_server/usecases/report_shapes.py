"""What a report says: bags of counts as figures with names. Reads only, and asks nobody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from queue_server.contracts.reports import (
    AppointmentsOut,
    ConductOut,
    CountOut,
    Dimension,
    FiguresOut,
    HeatOut,
    MixOut,
    PromisesOut,
    RatingsOut,
    SliceOut,
    WaitsOut,
    WorkOut,
)
from queue_server.domain import honesty, measures, papers
from queue_server.domain.catalogue import Catalogue, Texts
from queue_server.domain.measures import FEWEST, minutes, ratio, share
from queue_server.domain.measures_bag import LARGEST, Bag
from queue_server.domain.measures_facts import MINUTE, NO_CATEGORY

#: so many reasons are told, the most frequent ones
MOST_REASONS: Final = 50
CHANNELS: Final = ("kiosk", "reception", "booking", "mobile")
STARS: Final = (1, 2, 3, 4, 5)
_HOUR: Final = 60 * MINUTE


class Clerk(NamedTuple):
    """What a report says of a clerk beside figures."""

    name: str
    window: int | None


class Shaper:
    """Makes figures of bags by what one catalogue calls things, and by its norm."""

    def __init__(self, catalogue: Catalogue, clerks: Mapping[str, Clerk]) -> None:
        self._catalogue = catalogue
        self._clerks = clerks
        self.norm = int(catalogue.rules.wait_norm.total_seconds() // 60)

    def figures(self, bag: Bag, fewest: int = 0) -> FiguresOut:
        """Return all figures; from fewer than `fewest` ratings no share is told."""
        served, no_shows, visitors = bag["served"], bag["no_shows"], bag["visitors"]
        done = bag["transactions"]
        return FiguresOut(
            visitors=visitors,
            served=served,
            finished=bag["finished"],
            no_shows=no_shows,
            abandoned=bag["abandoned"],
            unserved=bag["unserved"],
            present=bag["present"],
            no_show_share=share(no_shows, served + no_shows),
            abandoned_share=share(bag["abandoned"], visitors),
            self_service=share(bag["self_service"], visitors),
            first_visit=share(done - bag["turned_away"], done),
            waits=self._waits(bag),
            work=_work(bag),
            ratings=_ratings(bag, fewest),
            promises=_promises(bag),
            conduct=self._conduct(bag),
        )

    def slices(
        self, dimension: Dimension, bags: Mapping[str, Bag], services: Mapping[str, Bag]
    ) -> list[SliceOut]:
        """Return a dimension's figures in its order; `services` holds the center's own means."""
        return [
            self._slice(dimension, key, bags[key], services)
            for key in self._ordered(dimension, bags)
        ]

    def heat(self, cells: Mapping[tuple[int, int], tuple[int, Bag]]) -> list[HeatOut]:
        """Return the cells of (weekday, hour), each with its number of days."""
        return [
            HeatOut(
                weekday=weekday,
                hour=hour,
                days=days,
                visitors=bag["visitors"],
                served=bag["served"],
                wait_minutes=minutes(bag["wait_ms"], bag["served"]),
                within_norm=measures.service_level(bag, self.norm),
            )
            for (weekday, hour), (days, bag) in sorted(cells.items())
        ]

    def _slice(
        self, dimension: Dimension, key: str, bag: Bag, services: Mapping[str, Bag]
    ) -> SliceOut:
        if dimension != "clerk":
            return SliceOut(
                key=key, texts=dict(self._texts(dimension, key)), figures=self.figures(bag)
            )
        clerk = self._clerks.get(key, Clerk("", None))
        return SliceOut(
            key=key,
            name=clerk.name,
            window=clerk.window,
            figures=self.figures(bag, FEWEST),
            mix=_mix(bag, services),
        )

    def _waits(self, bag: Bag) -> WaitsOut:
        n = bag["served"]
        return WaitsOut(
            n=n,
            mean=minutes(bag["wait_ms"], n),
            median=measures.quantile(bag, 0.5),
            p90=measures.quantile(bag, 0.9),
            longest=minutes(bag[LARGEST]) if n else None,
            within_norm=measures.service_level(bag, self.norm),
        )

    def _conduct(self, bag: Bag) -> ConductOut:
        return ConductOut(
            calls=bag["calls"],
            recalls=bag["recalls"],
            out_of_order=bag["out_of_order"],
            reasons=[
                CountOut(key=why, count=n) for why, n in _most(bag.named("why"))[:MOST_REASONS]
            ],
            overtakings=bag["overtakings"],
            returned=bag["returned"],
            held=bag["held"],
            transferred=bag["transferred"],
            revived=bag["revived"],
            turned_away=bag["turned_away"],
            documents=[
                CountOut(key=key, count=n, texts=dict(self._document(key)))
                for key, n in _most(bag.named("away"))
            ],
            prohibited=bag["prohibited"],
            handed_over=bag["handed_over"],
            diverted_online=bag["diverted"],
        )

    def _ordered(self, dimension: Dimension, keys: Iterable[str]) -> list[str]:
        """Return the keys in the order of the hall: never in that of a figure."""
        if dimension in ("window", "hour"):
            return sorted(keys, key=int)
        if dimension == "clerk":
            return sorted(keys, key=self._place)
        known = {key: n for n, key in enumerate(self._known(dimension))}
        return sorted(keys, key=lambda key: (known.get(key, len(known)), key))

    def _place(self, login: str) -> tuple[bool, int, str]:
        window = self._clerks[login].window if login in self._clerks else None
        return window is None, window or 0, login

    def _known(self, dimension: Dimension) -> Iterable[str]:
        catalogue = self._catalogue
        if dimension == "group":
            return (group.prefix for group in catalogue.groups)
        if dimension == "service":
            return (service.id for service in catalogue.services)
        if dimension == "category":
            return (NO_CATEGORY, *(category.id for category in catalogue.categories))
        return CHANNELS

    def _texts(self, dimension: Dimension, key: str) -> Texts:
        catalogue = self._catalogue
        if dimension == "service" and key in catalogue.service_by_id:
            return catalogue.service_by_id[key].texts
        found: Iterable[tuple[str, Texts]] = ()
        if dimension == "group":
            found = ((group.prefix, group.texts) for group in catalogue.groups)
        if dimension == "category":
            found = ((category.id, category.texts) for category in catalogue.categories)
        return dict(found).get(key, {})

    def _document(self, key: str) -> Texts:
        """Return what a document is called, also one that may not be demanded."""
        number = key.removeprefix(papers.NOT_REQUIRED)
        if number == key or not number.isdecimal():
            return self._catalogue.documents.get(key, {})
        listed = dict(enumerate(self._catalogue.not_required, start=1))
        return listed.get(int(number), {})


def appointments(bag: Bag) -> AppointmentsOut:
    """Return what became of the appointments."""
    return AppointmentsOut(
        booked=bag["booked"],
        given_back=bag["given_back"],
        came=bag["came"],
        missed=bag["missed"],
    )


def _work(bag: Bag) -> WorkOut:
    done, timed, login = bag["transactions"], bag["timed"], bag["login_ms"]
    busy = bag["serving_ms"] + bag["wrap_ms"]
    service, wrap = minutes(bag["work_ms"], timed), minutes(bag["wrap_ms"], done)
    return WorkOut(
        transactions=done,
        timed=timed,
        transaction_minutes=service,
        wrap_up_minutes=wrap,
        handling_minutes=None if service is None else round(service + (wrap or 0.0), 2),
        visit_minutes=minutes(bag["visit_ms"], bag["finished"]),
        serving_hours=round(bag["serving_ms"] / _HOUR, 2),
        wrap_up_hours=round(bag["wrap_ms"] / _HOUR, 2),
        logged_in_hours=round(login / _HOUR, 2),
        paused_hours=round(bag["pause_ms"] / _HOUR, 2),
        occupancy=share(busy, login),
        adherence=share(login, bag["plan_ms"]),
        transactions_per_hour=ratio(done, login / _HOUR),
    )


def _mix(bag: Bag, services: Mapping[str, Bag]) -> MixOut:
    """Return a clerk's minutes beside those that the center's means give for the same services."""
    found = measures.index(bag, services)
    return MixOut(
        n=bag["timed"],
        actual_minutes=minutes(bag["work_ms"]) or 0.0,
        expected_minutes=minutes(found.expected) or 0.0,
        index=found.value,
        low=found.low,
        high=found.high,
    )


def _ratings(bag: Bag, fewest: int) -> RatingsOut:
    stars = [bag[f"stars:{star}"] for star in STARS]
    n, top = sum(stars), sum(stars[-2:])
    enough = n >= fewest
    low, high = measures.wilson(top, n) if enough else (None, None)
    return RatingsOut(
        n=n,
        stars=stars,
        response_rate=share(n, bag["finished"]),
        top_two=share(top, n) if enough else None,
        low=low,
        high=high,
    )


def _promises(bag: Bag) -> PromisesOut:
    found = honesty.figures(bag)
    return PromisesOut(
        n=found.n,
        inside=found.inside,
        kept=found.kept,
        error_minutes=found.error,
        bias_minutes=found.bias,
        late=found.late,
    )


def _most(counted: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return the most frequent first, and those of a kind by name."""
    return sorted(counted, key=lambda one: (-one[1], one[0]))
