"""What a catalogue may not say."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from queue_server.domain import catalogue_checks as checks
from queue_server.domain.catalogue_document import parse

Document = dict[str, Any]


def text(name: str) -> dict[str, str]:
    """Return a text in both languages of the center."""
    return {"uz-Latn": name, "en": name}


def service(name: str, **more: object) -> Document:
    """Return a service without peculiarities."""
    plain = {"documents": [], "fee": "", "flags": [], "legs": [], "minutes": 5}
    return {"id": name, "group": name[0], "texts": text(name), **plain, **more}


def window(number: int, **more: object) -> Document:
    """Return a window that takes group A."""
    lists: Document = {"services": [], "helps": [], "skills": [], "languages": []}
    rest = {"groups": ["A"], "help_after_minutes": None, "hall": 1, "label": ""}
    return {"number": number, **lists, **rest, **more}


def place(name: str, **more: object) -> Document:
    """Return a place on the plan."""
    size = {"hall": 1, "x": 0, "y": 0, "w": 2, "h": 1, "window": None}
    return {"id": name, "kind": "room", "texts": text(name), **size, **more}


@pytest.fixture
def document() -> Document:
    """Return a small document without a mistake."""
    return {
        "center": {
            "code": "T",
            "name": text("center"),
            "timezone": "Asia/Tashkent",
            "languages": ["uz-Latn", "en"],
        },
        "rules": {"undo_seconds": 60},
        "documents": {"id": text("id")},
        "not_required": [{"texts": text("copy")}],
        "groups": [
            {"prefix": "A", "texts": text("A"), "icon": "", "demo_share": 0.5},
            {"prefix": "E", "texts": text("E"), "icon": "", "demo_share": 0.5},
        ],
        "services": [service("A01", documents=["id"]), service("A02"), service("E01")],
        "windows": [window(1, helps=["E"], help_after_minutes=10), window(2, groups=["E"])],
        "categories": [
            {"id": "war", "texts": text("war"), "head_start_minutes": None, "proof": ""},
            {"id": "age", "texts": text("age"), "head_start_minutes": 20, "proof": ""},
        ],
        "events": [
            {
                "id": "birth",
                "texts": text("birth"),
                "icon": "",
                "legs": [{"service": "A01", "after": []}, {"service": "E01", "after": ["A01"]}],
                "hint": {},
            }
        ],
        "facts": {"address": text("street"), "phone": "", "legal_advice": {}},
        "facilities": [{"texts": text("lift")}],
        "places": [place("w1", kind="window", window=1), place("madad")],
        "notices": [{"id": "n1", "texts": text("closed")}],
    }


def told(document: Document) -> list[str]:
    """Return every mistake as a line."""
    return [str(error) for error in checks.errors(document)]


def test_a_right_catalogue_has_no_mistake(document):
    """The document that the other tests spoil is sound."""
    assert told(document) == []


def put(*path: str | int, value: object) -> Callable[[Document], None]:
    """Return a change that puts a value into a document."""

    def change(document: Document) -> None:
        place: Any = document
        for step in path[:-1]:
            place = place[step]
        if isinstance(place, list) and path[-1] == len(place):
            place.append(value)
        else:
            place[path[-1]] = value

    return change


LEGS = ("services", 0, "legs")
LEG = [{"service": "A01", "after": []}]

MISTAKES = {
    "unknown time zone": (
        put("center", "timezone", value="Asia/Tashkant"),
        "center.timezone: there is no time zone 'Asia/Tashkant'; write one like 'Asia/Tashkent'",
    ),
    "time zone that leaves the folder": (
        put("center", "timezone", value="../../etc/passwd"),
        "center.timezone: there is no time zone '../../etc/passwd'; write one like 'Asia/Tashkent'",
    ),
    "no language": (
        put("center", "languages", value=[]),
        "center.languages: is empty; the first language is the default",
    ),
    "unknown language": (
        put("center", "languages", value=["uz-Latn", "en", "uz-Lat"]),
        "center.languages[2]: there is no language 'uz-Lat'; did you mean 'uz-Latn'?",
    ),
    "language twice": (
        put("center", "languages", value=["en", "en"]),
        "center.languages: names the language 'en' twice",
    ),
    "negative rule": (
        put("rules", "undo_seconds", value=-1),
        "rules.undo_seconds: cannot be negative: -1",
    ),
    "cap of nothing": (
        put("rules", "statutory_cap", value=0),
        "rules.statutory_cap: must be at least 1, not 0",
    ),
    "missing language": (
        put("services", 1, "texts", value={"uz-Latn": "A02"}),
        "services[1]: has no text in 'en'",
    ),
    "missing language of a document": (
        put("documents", "id", value={"en": "id", "uz-Latn": ""}),
        "documents.id: has no text in 'uz-Latn'",
    ),
    "service twice": (
        put("services", 3, value=service("A02")),
        "services[3].id: 'A02' is there already",
    ),
    "window twice": (
        put("windows", 1, "number", value=1),
        "windows[1].number: 1 is there already",
    ),
    "category twice": (
        put("categories", 1, "id", value="war"),
        "categories[1].id: 'war' is there already",
    ),
    "group without services": (
        put("groups", 2, value={"prefix": "F", "texts": text("F"), "icon": "", "demo_share": 0}),
        "groups[2]: group 'F' has no service",
    ),
    "share above one": (
        put("groups", 0, "demo_share", value=12),
        "groups[0].demo_share: must be from 0 to 1, not 12",
    ),
    "unknown group": (
        put("services", 3, value=service("A03", group="B", flags=["no-window"])),
        "services[3].group: there is no group 'B'",
    ),
    "no minutes": (
        put("services", 0, "minutes", value=0),
        "services[0].minutes: must be more than 0, not 0",
    ),
    "unknown document": (
        put("services", 0, "documents", value=["idd"]),
        "services[0].documents: there is no document 'idd'; did you mean 'id'?",
    ),
    "leg to an unknown service": (
        put(*LEGS, value=[{"service": "E09", "after": []}]),
        "services[0].legs[0].service: there is no service 'E09'; did you mean 'E01'?",
    ),
    "leg after no step of the visit": (
        put(*LEGS, value=[{"service": "E01", "after": ["A02"]}]),
        "services[0].legs[0].after: there is no step of this visit 'A02'; did you mean 'A01'?",
    ),
    "leg to itself": (
        put(*LEGS, value=[{"service": "A01", "after": []}]),
        "services[0].legs: names the step 'A01' twice",
    ),
    "legs in a circle": (
        put(
            *LEGS,
            value=[{"service": "A02", "after": ["E01"]}, {"service": "E01", "after": ["A02"]}],
        ),
        "services[0].legs: these wait for each other: A02 ← E01 ← A02",
    ),
    "window nought": (
        put("windows", 1, "number", value=0),
        "windows[1].number: must be at least 1, not 0",
    ),
    "hall nought": (
        put("windows", 1, "hall", value=0),
        "windows[1].hall: must be at least 1, not 0",
    ),
    "negative help": (
        put("windows", 0, "help_after_minutes", value=-1),
        "windows[0].help_after_minutes: cannot be negative: -1",
    ),
    "help without a service": (
        put("windows", 1, "help_after_minutes", value=5),
        "windows[1].help_after_minutes: says when the window helps, but 'helps' is empty",
    ),
    "unknown group at a window": (
        put("windows", 1, "groups", value=["E", "Z"]),
        "windows[1].groups: there is no group 'Z'",
    ),
    "unknown help": (
        put("windows", 1, "helps", value=["A1"]),
        "windows[1].helps: there is no group or service 'A1'; did you mean 'A01'?",
    ),
    "service twice at a window": (
        put("windows", 0, "services", value=["A01"]),
        "windows[0]: names the service 'A01' twice",
    ),
    "window without services": (
        put("windows", 2, value=window(3, groups=[])),
        "windows[2]: window 3 takes no service",
    ),
    "unknown skill": (
        put("windows", 0, "skills", value=["sign-language"]),
        "windows[0].skills: there is no skill 'sign-language'; did you mean 'sign_language'?",
    ),
    "language that the center does not speak": (
        put("windows", 0, "languages", value=["ru"]),
        "windows[0].languages: there is no language of the center 'ru'",
    ),
    "negative head start": (
        put("categories", 1, "head_start_minutes", value=-5),
        "categories[1].head_start_minutes: cannot be negative: -5",
    ),
    "unknown way to confirm": (
        put("categories", 1, "confirm", value="clerc"),
        "categories[1].confirm: there is no way to confirm 'clerc'; did you mean 'clerk'?",
    ),
    "late behind nobody": (
        put("rules", "late_behind", value=0),
        "rules.late_behind: must be at least 1, not 0",
    ),
    "address without the flag": (
        put("services", 1, "online", value="https://my.gov.uz"),
        "services[1].online: has an address, but no flag 'online'",
    ),
    "address that is none": (
        put("services", 1, value=service("A02", online="my.gov.uz", flags=["online"])),
        "services[1].online: must begin with https://, not 'my.gov.uz'",
    ),
    "day that there is not": (
        put("services", 1, value=service("A02", fee_texts=text("free"), fee_checked="2026-02-30")),
        "services[1].fee_checked: must be like '2026-11-01', not '2026-02-30'",
    ),
    "checked, but what": (
        put("services", 1, "fee_checked", value="2026-11-01"),
        "services[1].fee_checked: says when the fee was checked, but not the fee",
    ),
    "missing language of a fee": (
        put("services", 1, "fee_texts", value={"en": "free"}),
        "services[1].fee_texts: has no text in 'uz-Latn'",
    ),
    "missing language of a hint": (
        put("events", 0, "hint", value={"en": "wait"}),
        "events[0].hint: has no text in 'uz-Latn'",
    ),
    "search word twice": (
        put("services", 1, "search", value=["zags", "zags"]),
        "services[1].search: names the word 'zags' twice",
    ),
    "event without services": (
        put("events", 0, "legs", value=[]),
        "events[0].legs: is empty; name the services that it calls for",
    ),
    "event with an unknown service": (
        put("events", 0, "legs", 1, "service", value="E09"),
        "events[0].legs[1].service: there is no service 'E09'; did you mean 'E01'?",
    ),
    "event that waits for what is not in it": (
        put("events", 0, "legs", 1, "after", value=["A02"]),
        "events[0].legs[1].after: there is no step of this visit 'A02'; did you mean 'A01'?",
    ),
    "event in a circle": (
        put("events", 0, "legs", 0, "after", value=["E01"]),
        "events[0].legs: these wait for each other: A01 ← E01 ← A01",
    ),
    "event twice": (
        put("events", 1, value={"id": "birth", "texts": text("b"), "legs": LEG, "hint": {}}),
        "events[1].id: 'birth' is there already",
    ),
    "notice without a language": (
        put("notices", 0, "texts", value={"en": "closed"}),
        "notices[0]: has no text in 'uz-Latn'",
    ),
    "address without a language": (
        put("facts", "address", value={"uz-Latn": "koʻcha"}),
        "facts.address: has no text in 'en'",
    ),
    "unknown kind of place": (
        put("places", 1, "kind", value="rooom"),
        "places[1].kind: there is no kind of place 'rooom'; did you mean 'room'?",
    ),
    "place of no size": (
        put("places", 1, "w", value=0),
        "places[1].w: must be more than 0, not 0",
    ),
    "place outside": (
        put("places", 1, "y", value=-1),
        "places[1].y: cannot be negative: -1",
    ),
    "place in no hall": (
        put("places", 1, "hall", value=0),
        "places[1].hall: must be at least 1, not 0",
    ),
    "window of no number": (
        put("places", 0, "window", value=None),
        "places[0].window: is missing; write the number of the window",
    ),
    "window that there is not": (
        put("places", 0, "window", value=9),
        "places[0].window: there is no window 9",
    ),
    "window twice on the plan": (
        put("places", 1, value=place("w", kind="window", window=1)),
        "places[1].window: window 1 is on the plan already",
    ),
    "room with a window's number": (
        put("places", 1, "window", value=2),
        "places[1].window: belongs to a window, not to a place of kind 'room'",
    ),
    "point with an unknown service": (
        put("points", value=[{"id": "room", "texts": text("room"), "services": ["X9"]}]),
        "points[0].services: there is no service 'X9'",
    ),
}


@pytest.mark.parametrize(("change", "sentence"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_told_with_place_and_sentence(document, change, sentence):
    """Each mistake is found, and it alone."""
    change(document)
    assert told(document) == [sentence]


def test_a_prefix_is_one_of_the_letters_that_sound_alike(document):
    """B is no prefix: in Cyrillic it is another sound."""
    for item in (document["groups"][1], *document["windows"]):
        if "prefix" in item:
            item["prefix"] = "B"
    document["services"][2]["group"] = "B"
    document["windows"][0]["helps"] = ["B"]
    document["windows"][1]["groups"] = ["B"]
    assert told(document) == ["groups[1].prefix: must be one of A E F G J K L M R T U V, not 'B'"]


def test_a_service_without_a_window_is_told(document):
    """Nobody would ever be called for it."""
    document["windows"] = [window(1)]
    assert told(document) == [
        "services[2]: no window takes E01; give it one, or the flag 'no-window'"
    ]


def test_a_service_may_do_without_a_window_where_it_says_so(document):
    """A corner of the hall has no window."""
    document["windows"] = [window(1)]
    document["services"][2]["flags"] = ["no-window"]
    assert told(document) == []


def test_all_mistakes_come_at_once(document):
    """Parsing raises one exception that holds them all, and changes nothing."""
    before = copy.deepcopy(document)
    put("center", "timezone", value="Mars")(document)
    put("services", 0, "minutes", value=-1)(document)
    put("windows", 1, "number", value=1)(document)
    spoilt = copy.deepcopy(document)
    with pytest.raises(checks.CatalogueErrors) as caught:
        parse(document)
    assert [error.key for error in caught.value.errors] == [
        "center.timezone",
        "windows[1].number",
        "services[0].minutes",
    ]
    assert len(str(caught.value).splitlines()) == 3
    assert document == spoilt != before
