"""Count a period's figures anew from the event log alone, to hold a report against.

    python tests/recount.py http://127.0.0.1:8000 TOKEN --from 2026-11-23 --to 2026-11-23
    python tests/recount.py log.jsonl --from 2026-11-23 --to 2026-11-23 --zone Asia/Tashkent

It needs the standard library alone and shares nothing with the server but docs/measures.md. It
looks at whole histories, not at one event after the other: first what became of every ticket, then
a table of facts, then sums over those that belong to a part. It prints what `GET /api/v1/reports`
answers, without names.
"""

from __future__ import annotations

import argparse
import bisect
import itertools
import json
import math
import sys
import urllib.request
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

Event = dict[str, Any]
#: one thing that happened: where it belongs, and what it counts as
Fact = dict[str, Any]

PARTS = ("group", "service", "window", "clerk", "category", "channel", "hour")
UNMOVED = ("ticket_rated", "ticket_noted", "slip_requested")
SERVED = ("ticket_started", "ticket_finished", "ticket_leg_finished")
_BEGIN = ("ticket_issued", "ticket_checked_in")
FINISHED = ("ticket_finished", "ticket_leg_finished")
COUNTED = {
    "ticket_recalled": "recalls",
    "ticket_returned": "returned",
    "ticket_held": "held",
    "ticket_transferred": "transferred",
    "ticket_revived": "revived",
}
BOOKED = {
    "ticket_checked_in": "came",
    "ticket_expired": "missed",
    "ticket_unbooked": "given_back",
    "ticket_cancelled": "given_back",
}


def main() -> None:
    """Read the log, count and print."""
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("source", help="the server's address, or a file with one event a line")
    ask.add_argument("token", nargs="?", help="a token, or login:password, that may read the log")
    ask.add_argument("--from", dest="first", required=True)
    ask.add_argument("--to", dest="last", required=True)
    ask.add_argument("--zone", default="Asia/Tashkent")
    ask.add_argument("--norm", type=int, default=15, help="the wait aimed at, minutes")
    given = ask.parse_args()
    events = _download(given.source, given.token) if given.token else _lines(given.source)
    report = recount(events, given.first, given.last, given.zone, given.norm)
    json.dump(report, sys.stdout, ensure_ascii=False, indent=1)


def recount(
    log: Iterable[Event], first: str, last: str, zone: str = "Asia/Tashkent", norm: int = 15
) -> dict[str, Any]:
    """Return a period's figures."""
    days = {day: own for day, own in _by_day(list(log)).items() if first <= day <= last}
    local = ZoneInfo(zone)
    table = [fact | {"day": day} for day, own in days.items() for fact in _facts(own, local)]
    total = _figures(table, norm)
    parts = {part: _keys(table, part) for part in PARTS}
    return {
        "first": first,
        "last": last,
        "total": total,
        "appointments": {
            name: _sum(table, name) for name in ("booked", "given_back", "came", "missed")
        },
        "days": {
            day: _figures([f for f in table if f["day"] == day], norm) for day in sorted(days)
        },
        "by": {
            part: {
                key: _figures([f for f in table if f.get(part) == key], norm, part=part)
                for key in keys
            }
            for part, keys in parts.items()
        },
        "mix": {key: _mix(table, key) for key in parts["clerk"]},
        "heat": _heat(table, norm),
    }


def _download(url: str, who: str) -> Iterator[Event]:
    """Yield the whole log, read with a token or as `login:password`."""
    base, after = f"{url.rstrip('/')}/api/v1", 0
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(), _NO_PROXY)
    login, colon, password = who.partition(":")
    if colon:
        body = json.dumps({"login": login, "password": password}).encode()
        head = {"Content-Type": "application/json", "Idempotency-Key": "recount"}
        browser.open(urllib.request.Request(f"{base}/session", body, head), timeout=30).close()
    else:
        browser.addheaders = [("Authorization", f"Bearer {who}")]
    while True:
        with browser.open(f"{base}/events?after={after}&limit=1000", timeout=30) as answer:
            events = json.load(answer)["events"]
        if not events:
            return
        yield from events
        after = events[-1]["seq"]


_NO_PROXY = urllib.request.ProxyHandler({})


def _lines(path: str) -> Iterator[Event]:
    with Path(path).open(encoding="utf-8") as file:
        yield from map(json.loads, file)


# -- which day an event belongs to ------------------------------------------------------------


def _by_day(log: list[Event]) -> dict[str, list[Event]]:
    """Return the events of each service day.

    A day's stretch ends where it was last closed. An event of a ticket of an earlier day belongs
    to that day, wherever it stands.
    """
    opened = [event["subject"] for event in log if event["type"] == "day_opened"]
    closed = {
        event["subject"]: event["seq"]
        for event in log
        if event["type"] in ("day_closed", "queue_kept")
    }
    begins = [event["seq"] for event in log if event["type"] == "day_opened"]
    ends = [closed.get(day, seq - 1) for day, seq in zip(opened, begins[1:], strict=False)]
    ends.append(math.inf)
    days: dict[str, list[Event]] = {day: [] for day in opened}
    for event in log:
        if not opened:
            break
        day = opened[bisect.bisect_left(ends, event["seq"])]
        if "ticket" in event:
            day = min(day, event["ticket"]["day"])
        days.setdefault(day, []).append(event)
    return days


# -- what happened ----------------------------------------------------------------------------


def _facts(events: list[Event], zone: ZoneInfo) -> Iterator[Fact]:
    """Return all facts of a day."""
    histories: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        if "ticket" in event:
            histories[event["ticket"]["id"]].append(event)
    found = [fact for history in histories.values() for fact in _of_ticket(history)]
    found += _of_windows(events, _services_ended(histories))
    found += [
        {"at": _ms(e["at"]), "service": e["subject"], "diverted": 1}
        for e in events
        if e["type"] == "online_diverted"
    ]
    for fact in found:
        yield from _by_hour(fact, zone)


def _of_ticket(history: list[Event]) -> Iterator[Fact]:
    yield from _of_appointment(history)
    begun = next((n for n, e in enumerate(history) if e["type"] in _BEGIN), None)
    if begun is None:
        return
    history = history[begun:]
    void = [e for e in history if e["type"] == "ticket_cancelled" and _kind(e) == "device"]
    if not void:
        yield from _of_visit(history)


def _of_appointment(history: list[Event]) -> Iterator[Fact]:
    for event in history:
        fate = "booked" if event["type"] == "ticket_booked" else None
        if event.get("was") == "booked":
            fate = BOOKED.get(event["type"])
        if fate:
            yield {"at": _ms(event["at"]), "service": event["ticket"]["service"], fate: 1}


def _of_visit(history: list[Event]) -> Iterator[Fact]:
    """Return the facts of a visit, once what was undone is crossed out."""
    who, kept = _visitor(history), _standing(history)
    issue, ticket, last = history[0], history[0]["ticket"], history[-1]["ticket"]
    issued = _ms(ticket["issued_at"])
    came = who | {"at": issued, "service": ticket["service"]} | _category(last)
    late = issue["type"] == "ticket_issued" and issued < _ms(issue["at"])
    own = who["channel"] == "kiosk" or bool(ticket.get("online"))
    yield came | {"visitors": 1, "self_service": int(own), "handed_over": int(late)}
    yield from _calls(history, who)
    yield from _served_time(history, who)
    yield from _acts(kept, who)
    yield from _transactions(history, kept, who, issued)
    answer = next((e for e in kept if e["type"] in SERVED), None)
    if answer is not None:
        yield _wait(answer, who, issued, ticket.get("promised"), issue.get("reckoned"))
    else:
        yield _fate(kept, last, came, who)


def _standing(history: list[Event]) -> list[Event]:
    """Return the events that no undo has crossed out."""
    kept: list[Event] = []
    for event in history:
        if event["type"] == "ticket_undone":
            while kept and kept[-1]["type"] in UNMOVED:
                kept.pop()
            if kept:
                kept.pop()
        else:
            kept.append(event)
    return kept


def _visitor(history: list[Event]) -> Fact:
    event = history[0]
    actor = event["actor"]
    channel = "booking" if event["type"] == "ticket_checked_in" else "mobile"
    if channel != "booking" and actor["kind"] == "person":
        channel = "reception"
    elif channel != "booking" and actor["role"] == "kiosk":
        channel = "kiosk"
    return {"group": event["ticket"]["number"].rstrip("0123456789"), "channel": channel}


def _category(ticket: Event) -> Fact:
    return {"category": ticket.get("category") or "none"}


def _place(event: Event, who: Fact) -> Fact:
    """Return where something was done: at the service and the window that the ticket then had."""
    ticket = event["ticket"]
    place = who | {"at": _ms(event["at"]), "service": event.get("was_service") or ticket["service"]}
    place |= _category(ticket)
    if event.get("window"):
        place |= {"window": str(event["window"])}
        place |= {"clerk": ticket["clerk"]} if ticket.get("clerk") else {}
    return place


def _calls(history: list[Event], who: Fact) -> Iterator[Fact]:
    for event in history:
        if event["type"] == "ticket_called":
            by_hand = event.get("rule_rank", 1) > 1
            yield _place(event, who) | {
                "calls": 1,
                "overtakings": len(event.get("overtook", [])),
                "out_of_order": int(by_hand),
                "why": (event.get("reason") or "") if by_hand else None,
            }


def _acts(kept: list[Event], who: Fact) -> Iterator[Fact]:
    for event in kept:
        if event["type"] in COUNTED and _kind(event) != "system":
            yield _place(event, who) | {COUNTED[event["type"]]: 1}
    ended = [event for event in kept if event["type"] == "ticket_finished"]
    for event in kept:
        if event["type"] == "ticket_rated":
            yield _place(ended[-1], who) | {
                "at": _ms(event["at"]),
                "stars": event["stars"],
                "prohibited": int(bool(event.get("demanded"))),
            }


def _wait(
    answer: Event, who: Fact, issued: int, promised: list[int] | None, reckoned: Event | None
) -> Fact:
    called = _ms(answer["ticket"]["called_at"])
    wait = max(called - issued, 0)
    fact = _place(answer, who) | {"at": called, "served": 1, "wait": wait}
    if promised:
        low, high = promised
        middle = round((reckoned["minutes"] if reckoned else (low + high) / 2) * 60_000)
        fact["promise"] = (low * 60_000 <= wait <= high * 60_000, wait <= high * 60_000)
        fact["promise_late"] = wait - high * 60_000 > 600_000
        fact["promise_off"] = wait - middle
    return fact


def _fate(kept: list[Event], last: Event, came: Fact, who: Fact) -> Fact:
    """Return what became of a visitor who never was at a window."""
    turns = [e for e in kept if e.get("was") not in (None, e["ticket"]["state"])]
    left = turns[-1]["was"] if turns else None
    over = last["state"] in ("cancelled", "expired")
    if last["state"] == "no_show" or (over and left == "no_show"):
        missed = [event for event in kept if event["type"] == "ticket_missed"]
        return _place(missed[-1], who) | {"no_shows": 1}
    if last["state"] == "cancelled":
        return _place(turns[-1], who) | {"abandoned": 1}
    return came | {"unserved" if last["state"] == "expired" else "present": 1}


def _stays(history: list[Event]) -> Iterator[tuple[Event, Event]]:
    """Return each stay in the state `serving`: the events that began it and that ended it."""
    since = history[0]
    for before, event in itertools.pairwise(history):
        old, new = before["ticket"], event["ticket"]
        if (old["state"], old.get("window")) != (new["state"], new.get("window")):
            if old["state"] == "serving":
                yield since, event
            since = event


def _served_time(history: list[Event], who: Fact) -> Iterator[Fact]:
    for begin, end in _stays(history):
        if not _cut(end):
            spot = _place(begin, who) | {"service": begin["ticket"]["service"]}
            yield spot | {"time": "serving", "until": max(_ms(end["at"]), _ms(begin["at"]))}


def _transactions(
    history: list[Event], kept: list[Event], who: Fact, issued: int
) -> Iterator[Fact]:
    standing = {id(event) for event in kept}
    given: dict[tuple[str, str | None], list[int]] = defaultdict(list)
    stays = {id(end): begin for begin, end in _stays(history)}
    for event in history:
        begin = stays.get(id(event))
        if begin is not None and not _cut(event) and _held(begin, standing):
            owner = (begin["ticket"]["service"], begin["ticket"].get("clerk"))
            given[owner].append(max(_ms(event["at"]) - _ms(begin["at"]), 0))
        if event["type"] in FINISHED and id(event) in standing:
            place = _place(event, who)
            spent = given.pop((place["service"], event["ticket"].get("clerk")), None)
            yield place | _ending(event) | {"work": None if spent is None else sum(spent)}
            if event["type"] == "ticket_finished":
                yield place | {"finished": 1, "visit": max(_ms(event["at"]) - issued, 0)}


def _cut(end: Event) -> bool:
    """Whether the day's end ended a stay, at whatever hour the day was closed."""
    return _kind(end) == "system" or end["ticket"]["state"] == "expired"


def _held(begin: Event, standing: set[int]) -> bool:
    """Whether a stay has really begun: its start was not undone."""
    return begin["type"] == "ticket_undone" or id(begin) in standing


def _ending(event: Event) -> Fact:
    away = event.get("outcome") == "turned_away"
    return {
        "transactions": 1,
        "turned_away": int(away),
        "away": event.get("document") if away else None,
        "prohibited": int(away and bool(event.get("demanded"))),
    }


# -- who was at which window ------------------------------------------------------------------


def _services_ended(histories: dict[str, list[Event]]) -> dict[int, Fact]:
    """Return seq of a service's end → its group, service, category and channel."""
    found = {}
    for history in histories.values():
        begun = [event for event in history if event["type"] in _BEGIN]
        for event in history if begun else ():
            if event["type"] in FINISHED:
                found[event["seq"]] = _place(event, _visitor(begun))
    return found


def _of_windows(events: list[Event], services: dict[int, Fact]) -> Iterator[Fact]:
    numbers = {event["window"] for event in events if event["type"] == "window_opened"}
    for number in sorted(numbers):
        here = [event for event in events if event.get("window") == number]
        opened = [n for n, event in enumerate(here) if event["type"] == "window_opened"]
        for begin, end in zip(opened, [*opened[1:], len(here)], strict=True):
            yield from _duty(here[begin:end], services)


def _duty(events: list[Event], services: dict[int, Fact]) -> Iterator[Fact]:
    """Return the times of one clerk's duty."""
    opened = events[0]
    close = next((n for n, e in enumerate(events) if e["type"] == "window_closed"), None)
    events = events if close is None else events[: close + 1]
    acts = [
        _ms(event["at"])
        for event in events
        if _kind(event) not in ("system", "visitor") and event["type"] != "message_sent"
    ]
    by_hand = close is not None and _kind(events[-1]) != "system"
    end = _ms(events[-1]["at"]) if by_hand else max(acts)
    begin = _ms(opened["at"])
    own = {"at": begin, "window": str(opened["window"]), "clerk": opened["clerk"]}
    yield own | {"time": "login", "until": max(end, begin)}
    for since, until, _ in _times(events, "window_paused", "window_resumed", end):
        yield own | {"time": "pause", "at": since, "until": until}
    for since, until, n in _times(events, "window_wrap_up_began", "window_wrap_up_ended", end):
        ended = [event["seq"] for event in events[:n] if event["type"] in FINISHED]
        spot = services.get(ended[-1], {}) if ended else {}
        yield spot | own | {"time": "wrap", "at": since, "until": until}


def _times(
    events: list[Event], begins: str, ends: str, last: int
) -> Iterator[tuple[int, int, int]]:
    """Return (from, to, place in the list) of the times between two kinds of event."""
    since: int | None = None
    for n, event in enumerate(events):
        if event["type"] == begins and since is None:
            since = _ms(event["at"])
        if event["type"] == ends and since is not None:
            yield since, _ms(event["at"]), n
            since = None
    if since is not None:
        yield since, max(last, since), len(events)


# -- sums -------------------------------------------------------------------------------------


def _by_hour(fact: Fact, zone: ZoneInfo) -> Iterator[Fact]:
    """Return the fact under its local hour; a time in pieces, one for each hour."""
    if "until" not in fact:
        yield fact | {"hour": str(_local(fact["at"], zone).hour)}
        return
    at, until = fact["at"], max(fact["until"], fact["at"])
    if at == until:
        yield fact
    while at < until:
        hour = _local(at, zone)
        turn = hour.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        stop = min(round(turn.timestamp() * 1000), until)
        yield fact | {"hour": str(hour.hour), f"{fact['time']}_ms": stop - at}
        at = stop


def _figures(facts: list[Fact], norm: int, part: str = "") -> dict[str, Any]:
    served, no_shows = _sum(facts, "served"), _sum(facts, "no_shows")
    visitors, done = _sum(facts, "visitors"), _sum(facts, "transactions")
    waits = [fact["wait"] for fact in facts if "wait" in fact]
    names = ("visitors", "served", "finished", "no_shows", "abandoned", "unserved", "present")
    return {
        **{name: _sum(facts, name) for name in names},
        "no_show_share": _share(no_shows, served + no_shows),
        "abandoned_share": _share(_sum(facts, "abandoned"), visitors),
        "self_service": _share(_sum(facts, "self_service"), visitors),
        "first_visit": _share(done - _sum(facts, "turned_away"), done),
        "waits": {
            "n": len(waits),
            "mean": _minutes(sum(waits), len(waits)),
            "median": _quantile(waits, 0.5),
            "p90": _quantile(waits, 0.9),
            "longest": _minutes(max(waits), 1) if waits else None,
            "within_norm": _share(sum(wait <= norm * 60_000 for wait in waits), len(waits)),
        },
        "work": _work(facts, done),
        "ratings": _ratings(facts, least=30 if part == "clerk" else 0),
        "promises": _promises(facts),
        "conduct": _conduct(facts),
    }


def _work(facts: list[Fact], done: int) -> dict[str, Any]:
    work = [fact["work"] for fact in facts if fact.get("work") is not None]
    serving, wrap = _sum(facts, "serving_ms"), _sum(facts, "wrap_ms")
    login = _sum(facts, "login_ms")
    each, after = _minutes(sum(work), len(work)), _minutes(wrap, done)
    return {
        "transactions": done,
        "timed": len(work),
        "transaction_minutes": each,
        "wrap_up_minutes": after,
        "handling_minutes": None if each is None else round(each + (after or 0), 2),
        "visit_minutes": _minutes(_sum(facts, "visit"), _sum(facts, "finished")),
        "serving_hours": round(serving / 3_600_000, 2),
        "wrap_up_hours": round(wrap / 3_600_000, 2),
        "logged_in_hours": round(login / 3_600_000, 2),
        "paused_hours": round(_sum(facts, "pause_ms") / 3_600_000, 2),
        "occupancy": _share(serving + wrap, login),
        "transactions_per_hour": round(done / (login / 3_600_000), 2) if login else None,
    }


def _ratings(facts: list[Fact], least: int) -> dict[str, Any]:
    given = Counter(fact["stars"] for fact in facts if "stars" in fact)
    n, top = sum(given.values()), given[4] + given[5]
    low, high = _wilson(top, n) if n >= least else (None, None)
    return {
        "n": n,
        "stars": [given[star] for star in range(1, 6)],
        "response_rate": _share(n, _sum(facts, "finished")),
        "top_two": _share(top, n) if n >= least else None,
        "low": low,
        "high": high,
    }


def _promises(facts: list[Fact]) -> dict[str, Any]:
    kept = [fact for fact in facts if "promise" in fact]
    return {
        "n": len(kept),
        "inside": _share(sum(fact["promise"][0] for fact in kept), len(kept)),
        "kept": _share(sum(fact["promise"][1] for fact in kept), len(kept)),
        "error_minutes": _minutes(sum(abs(fact["promise_off"]) for fact in kept), len(kept)),
        "bias_minutes": _minutes(sum(fact["promise_off"] for fact in kept), len(kept)),
        "late": _share(sum(fact["promise_late"] for fact in kept), len(kept)),
    }


def _conduct(facts: list[Fact]) -> dict[str, Any]:
    names = ("calls", "recalls", "out_of_order", "overtakings", "returned", "held")
    names += ("transferred", "revived", "turned_away", "prohibited", "handed_over")
    return {
        **{name: _sum(facts, name) for name in names},
        "diverted_online": _sum(facts, "diverted"),
        "reasons": _named(facts, "why"),
        "documents": _named(facts, "away"),
    }


def _mix(table: list[Fact], clerk: str) -> dict[str, Any]:
    """Return a clerk's minutes beside those of the center's means for the same services."""
    timed = [fact for fact in table if fact.get("work") is not None]
    own = [fact for fact in timed if fact.get("clerk") == clerk]
    times: dict[str, list[int]] = defaultdict(list)
    for fact in timed:
        times[fact["service"]].append(fact["work"])
    expected = sum(sum(times[f["service"]]) / len(times[f["service"]]) for f in own)
    actual = sum(fact["work"] for fact in own)
    return {
        "n": len(own),
        "actual_minutes": _minutes(actual, 1),
        "expected_minutes": _minutes(expected, 1),
        "index": round(actual / expected, 2) if len(own) >= 30 and expected else None,
    }


def _heat(table: list[Fact], norm: int) -> list[dict[str, Any]]:
    cells: dict[tuple[int, int], list[Fact]] = defaultdict(list)
    for fact in table:
        if "hour" in fact:
            weekday = date.fromisoformat(fact["day"]).isoweekday()
            cells[weekday, int(fact["hour"])].append(fact)
    found = []
    for (weekday, hour), facts in sorted(cells.items()):
        figures = _figures(facts, norm)
        found.append(
            {
                "weekday": weekday,
                "hour": hour,
                "days": len({fact["day"] for fact in facts}),
                "visitors": figures["visitors"],
                "served": figures["served"],
                "wait_minutes": figures["waits"]["mean"],
                "within_norm": figures["waits"]["within_norm"],
            }
        )
    return found


def _keys(table: list[Fact], part: str) -> list[str]:
    return sorted({fact[part] for fact in table if fact.get(part) is not None})


def _sum(facts: list[Fact], name: str) -> int:
    return sum(fact.get(name) or 0 for fact in facts)


def _named(facts: list[Fact], name: str) -> dict[str, int]:
    return dict(Counter(fact[name] for fact in facts if fact.get(name) is not None))


def _quantile(waits: list[int], share: float) -> float | None:
    """Return a quantile that is even within each begun minute: the table of waits is told so."""
    if not waits:
        return None
    begun = sorted(min(math.ceil(wait / 60_000), 241) for wait in waits)
    rank = share * len(begun)
    minute = begun[max(math.ceil(rank) - 1, 0)]
    below, inside = sum(b < minute for b in begun), begun.count(minute)
    value = minute - 1 + (rank - below) / inside if minute else 0.0
    value = 240 if minute == 241 else value
    return round(min(value, max(waits) / 60_000), 2)


def _wilson(top: int, n: int) -> tuple[float | None, float | None]:
    if not n:
        return None, None
    z, p = 1.959964, top / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return round(max(middle - half, 0.0), 4), round(min(middle + half, 1.0), 4)


def _share(part: float, whole: float) -> float | None:
    return round(part / whole, 4) if whole else None


def _minutes(total: float, count: int) -> float | None:
    return round(total / 60_000 / count, 2) if count else None


def _kind(event: Event) -> str:
    return str(event["actor"]["kind"])


def _ms(text: str) -> int:
    return round(datetime.fromisoformat(text).timestamp() * 1000)


def _local(at: int, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(at / 1000, UTC).astimezone(zone)


if __name__ == "__main__":
    main()
