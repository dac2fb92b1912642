from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from queue_server.contracts.administration import CatalogueChangedOut
from queue_server.contracts.catalogue_document import CatalogueDocument
from queue_server.domain.errors import (
    CatalogueChanged,
    CatalogueFaulty,
    DomainError,
    Forbidden,
    WouldOrphan,
)
from queue_server.usecases import administration
from queue_server.usecases.access import SYSTEM, Actor
from queue_server.usecases.ports import Center
from tests.conftest import HandClock
from tests.queue_server.usecases.people import (
    SUPERVISOR,
    clerk,
    do,
    events,
    issue,
    open_window,
)

ADMINISTRATOR = Actor("person", "administrator", "administrator")
Edit = Callable[[dict[str, Any]], object]


def document(center: Center) -> tuple[int, dict[str, Any]]:
    """Return the version in force and its whole document."""
    found = do(center, ADMINISTRATOR, administration.in_force)
    return found.version, found.document.model_dump(mode="json")


def changed(
    center: Center, edit: Edit, actor: Actor = ADMINISTRATOR, based_on: int | None = None
) -> CatalogueChangedOut:
    """Change the document in force."""
    version, found = document(center)
    edit(found)
    asked = administration.whole(found)
    base = version if based_on is None else based_on
    return do(center, actor, lambda act: administration.change(act, asked, base, reason="tidied"))


def service(found: dict[str, Any], name: str) -> dict[str, Any]:
    """Return a service of a document."""
    return next(each for each in found["services"] if each["id"] == name)


def longer(found: dict[str, Any]) -> None:
    """Let a service take longer."""
    service(found, "A02")["minutes"] = 44


def without_service(found: dict[str, Any], name: str = "A02") -> None:
    """Take a service out, wherever it is named."""
    found["services"] = [each for each in found["services"] if each["id"] != name]
    for owner in (*found["services"], *found["events"]):
        owner["legs"] = [leg for leg in owner["legs"] if leg["service"] != name]
        for leg in owner["legs"]:
            leg["after"] = [each for each in leg["after"] if each != name]
    found["events"] = [each for each in found["events"] if each["legs"]]
    for window in found["windows"]:
        for field in ("services", "helps"):
            window[field] = [each for each in window[field] if each != name]


def without_window(found: dict[str, Any], number: int = 1) -> None:
    """Take a window out, and its place on the plan."""
    for section, name in (("windows", "number"), ("places", "window")):
        found[section] = [each for each in found[section] if each[name] != number]


def test_a_change_is_in_force_and_in_the_ledger(center: Center) -> None:
    """The next act works with it; the log says who changed what, and why."""
    before, _ = document(center)
    reply = changed(center, longer)
    assert (reply.version, [each.path for each in reply.changes]) == (
        before + 1,
        ["services[A02].minutes"],
    )
    minutes = do(center, SYSTEM, lambda act: act.catalogue.service("A02").minutes)
    assert minutes == 44
    event = events(center)[-1]
    assert event["type"] == "catalogue_changed"
    told = {name: event[name] for name in ("subject", "detail", "reason")}
    assert told == {
        "subject": str(before + 1),
        "detail": "services[A02].minutes",
        "reason": "tidied",
    }
    assert event["actor"] == {"kind": "person", "name": "administrator", "role": "administrator"}


def test_an_equal_document_is_no_version(center: Center) -> None:
    """Nothing changes, nothing is logged; importing the same once more neither."""
    before, found = document(center)
    seq = len(events(center))
    assert changed(center, lambda _: None) == CatalogueChangedOut(version=before, changes=[])
    assert administration.put_catalogue(center, SYSTEM, found) == before
    assert len(events(center)) == seq


def test_a_stale_draft_is_refused(center: Center) -> None:
    """Who has edited an older version is told so, and the version in force."""
    base, _ = document(center)
    changed(center, longer)
    with pytest.raises(CatalogueChanged) as refused:
        changed(center, without_window, based_on=base)
    assert refused.value.facts == {"version": base + 1}


def break_all(found: dict[str, Any]) -> None:
    """Make four mistakes of the issue's list."""
    service(found, "A02")["group"] = "?"
    service(found, "A01")["legs"] = [
        {"service": "E01", "after": ["E03"]},
        {"service": "E03", "after": ["E01"]},
    ]
    found["windows"][0].update(groups=[], services=[], helps=[], help_after_minutes=None)
    found["hours"]["lunch"] = [["12:00", "13:00"], ["12:30", "13:30"]]


def test_every_mistake_is_told_at_once_and_nothing_is_half_applied(center: Center) -> None:
    """A sentence at each field; the catalogue in force stays."""
    before = document(center)
    with pytest.raises(CatalogueFaulty) as refused:
        changed(center, break_all)
    fields = {each["field"] for each in refused.value.facts["errors"]}  # type: ignore[attr-defined]
    assert {"services[1].group", "services[0].legs", "windows[0]", "hours.lunch[1]"} <= fields
    assert document(center) == before


@pytest.mark.parametrize(
    ("prepare", "edit", "field"),
    [
        (lambda center: issue(center, "A02"), without_service, "services[A02]"),
        (lambda center: open_window(center, 1), without_window, "windows[1]"),
    ],
)
def test_what_is_still_needed_stays(
    center: Center, prepare: Callable[[Center], object], edit: Edit, field: str
) -> None:
    """An open ticket keeps its service, an open shift its window; nothing is half applied."""
    prepare(center)
    version, before = document(center)
    with pytest.raises(WouldOrphan) as refused:
        changed(center, edit)
    assert [each["field"] for each in refused.value.facts["errors"]] == [field]  # type: ignore[attr-defined]
    assert document(center) == (version, before)
    edit(before)
    with pytest.raises(WouldOrphan):
        administration.put_catalogue(center, SYSTEM, before)


def test_what_nobody_needs_may_go(center: Center) -> None:
    """Without visitors and clerks the same changes pass."""
    changed(center, without_service)
    reply = changed(center, without_window)
    assert "windows[1]" in [each.path for each in reply.changes]


def test_a_check_tells_all_and_changes_nothing(center: Center) -> None:
    """Mistakes, who would be left alone, and the difference, each where it belongs."""
    issue(center, "A02")
    version, found = document(center)
    assert check(center, found) == ([], [], [])
    without_service(found)
    faults, left, paths = check(center, found)
    assert (faults, left) == ([], ["services[A02]"])
    assert "services[A02]" in paths
    break_it = found | {"hours": {"mon_fri": ["18:00", "09:00"]}}
    assert "hours.mon_fri" in check(center, break_it)[0]
    assert document(center)[0] == version


def check(center: Center, found: dict[str, Any]) -> tuple[list[str], list[str], list[str]]:
    """Return where mistakes, orphans and differences are."""
    asked = administration.whole(found)
    told = do(center, ADMINISTRATOR, lambda act: administration.check(act, asked))
    return (
        [each.field for each in told.errors],
        [each.field for each in told.orphans],
        [each.path for each in told.changes],
    )


@pytest.mark.parametrize("actor", [SUPERVISOR, clerk(1), Actor("person", "x", "analyst")])
def test_only_an_administrator_may(center: Center, actor: Actor) -> None:
    """Others may neither read the document to edit it, nor check, nor change, nor import."""
    version, found = document(center)
    asked = administration.whole(found)
    attempts: tuple[Callable[[], object], ...] = (
        lambda: do(center, actor, administration.in_force),
        lambda: do(center, actor, lambda act: administration.check(act, asked)),
        lambda: do(center, actor, lambda act: administration.change(act, asked, version)),
        lambda: administration.put_catalogue(center, actor, found),
    )
    for attempt in attempts:
        with pytest.raises(Forbidden):
            attempt()


def test_an_import_says_so(center: Center) -> None:
    """A file's catalogue is told apart from what was edited."""
    version, found = document(center)
    longer(found)
    asked = administration.whole(found)
    do(
        center,
        ADMINISTRATOR,
        lambda act: administration.change(act, asked, version, imported=True),
    )
    assert events(center)[-1]["type"] == "catalogue_imported"


def test_yesterdays_duties_and_closures_end(center: Center, clock: HandClock) -> None:
    """At the roll-over what held for one day ends, and the log says so; the rest stays."""
    do(center, SYSTEM, lambda act: act.day)
    today = clock.at.date()
    duty = {"groups": ["A"], "services": [], "helps": [], "reason": "ill"}

    def set_for_a_day(found: dict[str, Any]) -> None:
        found["duties"] = [
            {**duty, "window": 3, "day": today.isoformat()},
            {**duty, "window": 4, "day": ""},
        ]
        found["closures"] = [{"group": "A", "reason": "technical", "day": today.isoformat()}]

    changed(center, set_for_a_day)
    clock.at += timedelta(days=1)
    after = len(events(center))
    # the first act of the new day works with what holds today
    window = do(center, SYSTEM, lambda act: act.catalogue.window(3))
    assert not window.duty
    _, found = document(center)
    assert [each["window"] for each in found["duties"]] == [4]
    assert found["closures"] == []
    told = [
        (each["type"], each["subject"])
        for each in events(center)[after:]
        if each["type"] in ("duty_ended", "issuing_opened")
    ]
    assert told == [("duty_ended", "3"), ("issuing_opened", "A")]
    assert {each["actor"]["role"] for each in events(center)[-2:]} == {"system"}  # type: ignore[index]


def test_a_day_without_anything_over_makes_no_version(center: Center, clock: HandClock) -> None:
    """Nothing dropped, nothing new."""
    version, _ = document(center)
    clock.at += timedelta(days=1)
    assert document(center)[0] == version


def test_put_in_force_is_for_the_rest_of_the_act(center: Center) -> None:
    """The act that changed the catalogue sees it changed; a faulty one is refused whole."""
    _, found = document(center)
    longer(found)

    def put(found: dict[str, Any]) -> float:
        def run(act: Any) -> float:
            assert act.catalogue.service("A02").minutes != 44
            administration.put_in_force(act, found)
            return float(act.catalogue.service("A02").minutes)

        return do(center, SYSTEM, run)

    assert put(found) == 44
    with pytest.raises(DomainError):
        do(center, SYSTEM, lambda act: administration.put_in_force(act, found | {"windows": []}))


def test_a_document_of_an_earlier_version_is_read() -> None:
    """What was not known then has a default; a lunch shift counted from 0 is counted from 1."""
    texts = {"uz-Latn": "x"}
    old = {
        "center": {"code": "X", "name": texts, "timezone": "Asia/Tashkent", "languages": ["ru"]},
        "groups": [{"prefix": "A", "texts": texts}],
        "services": [{"id": "A01", "group": "A", "minutes": 5, "texts": texts}],
        "windows": [{"number": 1, "lunch_shift": 1}, {"number": 2, "lunch_shift": None}],
    }
    found = administration.whole(old)
    assert isinstance(found, CatalogueDocument)
    assert [window.lunch for window in found.windows] == [2, 0]
    assert found.model_dump(mode="json")["rules"] == {}
