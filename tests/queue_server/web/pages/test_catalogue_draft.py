from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

#: runs steps of draft.js: each is [function, …arguments] on the draft
RUN = """async ([document, steps]) => {
  const drafts = await import("/catalogue/draft.js");
  const step = (one, [name, ...rest]) => drafts[name](one, ...rest);
  const draft = steps.reduce(step, drafts.fresh({ version: 7, document }));
  return { edits: draft.edits.length, document: drafts.document(draft), past: draft.past.length };
}"""
MOVED = """async ([document, steps, next]) => {
  const drafts = await import("/catalogue/draft.js");
  const step = (one, [name, ...rest]) => drafts[name](one, ...rest);
  const draft = steps.reduce(step, drafts.fresh({ version: 7, document }));
  const kept = JSON.parse(JSON.stringify(drafts.kept(draft)));
  const { draft: moved, lost } = drafts.moved(kept.edits, { version: 8, document: next });
  const told = { version: moved.version, edits: moved.edits.length, lost: lost.length };
  return { ...told, document: drafts.document(moved) };
}"""
PLACE = """async ([document, fault]) => {
  const drafts = await import("/catalogue/draft.js");
  const { place } = await import("/catalogue/places.js");
  return place(fault, drafts.tree(drafts.fresh({ version: 1, document })));
}"""
GATHERED = """async (changes) => (await import("/catalogue/places.js")).gathered(changes)"""
FAULT = """async (fault) => {
  const { inWords } = await import("/catalogue/fault_words.js");
  const say = (key, values = {}) => [key, ...Object.values(values)].join("|");
  return inWords(fault, { say, languages: { ru: "Русский" } });
}"""
CLOCK = """async (text) => (await import("/catalogue/fields_hours.js")).clock(text)"""
KIND = """async (day) => (await import("/catalogue/year.js")).kindOf(...day)"""


def document(**sections: Any) -> dict[str, Any]:
    """Return a small document."""
    texts = {"uz-Latn": "x", "ru": "y"}
    base = {
        "center": {"name": texts},
        "hours": {"mon_fri": ["09:00", "18:00"]},
        "rules": {"undo_seconds": 60},
        "documents": {"id": texts, "photo": texts},
        "not_required": [{"texts": texts, "source": ""}],
        "services": [
            {"id": "A01", "group": "A", "minutes": 10, "documents": ["id"], "texts": texts},
            {"id": "A02", "group": "A", "minutes": 20, "documents": [], "texts": texts},
        ],
        "groups": [{"prefix": "A", "texts": texts}],
        "windows": [
            {"number": 1, "groups": ["A"], "services": ["A01"], "helps": ["A02"]},
            {"number": 2, "groups": [], "services": ["A02"], "helps": []},
        ],
        "places": [{"id": "w2", "window": 2}],
        "duties": [{"window": 2, "reason": "ill"}],
        "closures": [{"service": "A01", "reason": "technical"}],
    }
    return base | sections


def run(scripts: Page, *steps: list[Any], of: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return the draft after these steps."""
    return dict(scripts.evaluate(RUN, [of or document(), list(steps)]))


def minutes(value: float) -> list[Any]:
    """Set a service's minutes."""
    return ["set", "services", "A01", ["minutes"], value]


def test_a_draft_without_edits_is_the_document(scripts: Page) -> None:
    """What the server sent is what it would get back."""
    found = run(scripts)
    assert (found["document"], found["edits"]) == (document(), 0)


def test_edits_of_one_field_are_one_change(scripts: Page) -> None:
    """The last one counts; writing what was there is no change."""
    found = run(scripts, minutes(11), minutes(12))
    assert (found["edits"], found["document"]["services"][0]["minutes"]) == (1, 12)
    assert run(scripts, minutes(11), minutes(10))["edits"] == 0


def test_a_text_is_edited_by_language(scripts: Page) -> None:
    """Each language is a change of its own; clearing the text covers them."""
    ru = ["set", "services", "A01", ["texts", "ru"], "новое"]
    found = run(scripts, ru, ["set", "services", "A01", ["texts", "uz-Latn"], "yangi"])
    assert found["edits"] == 2
    assert found["document"]["services"][0]["texts"] == {"uz-Latn": "yangi", "ru": "новое"}
    assert run(scripts, ru, ["set", "services", "A01", ["texts"], {}])["edits"] == 1


def test_undo_goes_back_step_by_step(scripts: Page) -> None:
    """Typing in one field is one step; every step can be taken back, discarding too."""
    assert run(scripts, minutes(1), minutes(11))["past"] == 1
    found = run(scripts, minutes(11), ["discard"], ["undo"])
    assert found["document"]["services"][0]["minutes"] == 11
    assert run(scripts, minutes(11), ["undo"], ["undo"])["document"] == document()


def test_an_item_is_added_edited_and_taken_back(scripts: Page) -> None:
    """A new item goes to the end without the page's own key; removed again it never was."""
    new = ["add", "services", "new-1", {"id": "", "documents": []}]
    named = ["set", "services", "new-1", ["id"], "A03"]
    found = run(scripts, new, named)
    assert found["document"]["services"][2] == {"id": "A03", "documents": []}
    gone = run(scripts, new, named, ["remove", "services", "new-1"])
    assert (gone["edits"], gone["document"]) == (0, document())


def test_what_named_a_removed_item_lets_it_go(scripts: Page) -> None:
    """Lists of windows, closures, duties and the plan; one undo brings all back."""
    removed = ["remove", "services", "A01"]
    found = run(scripts, removed)["document"]
    assert [each["id"] for each in found["services"]] == ["A02"]
    assert (found["windows"][0]["services"], found["closures"]) == ([], [])
    window = run(scripts, ["remove", "windows", "2"])["document"]
    assert (len(window["windows"]), window["duties"], window["places"]) == (1, [], [])
    paper = run(scripts, ["remove", "documents", "id"])["document"]
    assert (list(paper["documents"]), paper["services"][0]["documents"]) == (["photo"], [])
    assert run(scripts, removed, ["undo"])["document"] == document()


def test_items_change_places(scripts: Page) -> None:
    """An order is one change, and the old order is none."""
    turned = ["order", "services", ["A02", "A01"]]
    found = run(scripts, turned)
    assert [each["id"] for each in found["document"]["services"]] == ["A02", "A01"]
    assert run(scripts, turned, ["order", "services", ["A01", "A02"]])["edits"] == 0


def test_a_draft_moves_to_another_version(scripts: Page) -> None:
    """Over a reload and somebody else's change; what has lost its place is told."""
    other = document(rules={"undo_seconds": 90})
    other["services"] = [other["services"][0] | {"group": "B"}]
    steps = [minutes(11), ["set", "services", "A02", ["minutes"], 5]]
    found = scripts.evaluate(MOVED, [document(), steps, other])
    assert (found["version"], found["edits"], found["lost"]) == (8, 1, 1)
    assert found["document"]["services"][0] == other["services"][0] | {"minutes": 11}
    assert found["document"]["rules"] == {"undo_seconds": 90}


@pytest.mark.parametrize(
    ("fault", "place"),
    [
        ("services[1].group", {"section": "services", "key": "A02", "path": ["group"]}),
        ("windows[0]", {"section": "windows", "key": "1", "path": []}),
        ("documents.id.texts.ru", {"section": "documents", "key": "id", "path": ["texts", "ru"]}),
        ("hours.lunch[1]", {"section": "hours", "key": None, "path": ["lunch", "1"]}),
        ("services[Z99]", {"section": "services", "key": None, "path": []}),
    ],
)
def test_a_fault_finds_its_field(scripts: Page, fault: str, place: dict[str, Any]) -> None:
    """The server counts items, the forms know them by key."""
    assert scripts.evaluate(PLACE, [document(), fault]) == place


def test_differences_are_gathered_by_item(scripts: Page) -> None:
    """Two fields of one service stand together; a table's own fields too."""
    paths = ("services[A01].texts.ru", "services[A01].minutes", "rules.undo_seconds")
    found = scripts.evaluate(GATHERED, [{"path": p, "before": 1, "after": 2} for p in paths])
    told = [(each["section"], each["name"], len(each["rows"])) for each in found]
    assert told == [("services", "A01", 2), ("rules", None, 1)]


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("there is no group 'Z'; did you mean 'A'?", "catalogue.fault_unknown|Z"),
        ("there is no window 3", "catalogue.fault_unknown|3"),
        ("there is no lunch shift 4; hours.lunch has 2, 0 is none", "catalogue.fault_unknown|4"),
        ("12:00–13:00 overlaps 12:30–14:00", "catalogue.fault_overlap|12:00–13:00|12:30–14:00"),
        ("these wait for each other: A ← B ← A", "catalogue.fault_cycle|A ← B ← A"),
        ("must be more than 0 and at most 1, not 2", "catalogue.fault_share"),
        ("3 open tickets need the service A02", "catalogue.fault_orphan_service|3|A02"),
        ("something new", "something new"),
    ],
)
def test_a_fault_is_said_in_the_readers_words(scripts: Page, message: str, words: str) -> None:
    """A sentence that is not known is shown as it came."""
    told = scripts.evaluate(FAULT, {"field": "services[0]", "message": message})
    assert told == {"field": "services[0]", "sentence": words}


def test_a_missing_language_leads_to_its_box(scripts: Page) -> None:
    """The item's own text, or the one that is named."""
    message = "has no text in 'ru'"
    for field, at in (("groups[0]", "groups[0].texts.ru"), ("groups[0].hint", "groups[0].hint.ru")):
        assert scripts.evaluate(FAULT, {"field": field, "message": message})["field"] == at


@pytest.mark.parametrize(
    ("typed", "clock"), [("9", "09:00"), ("9.30", "09:30"), ("0915", "09:15"), ("noon", "noon")]
)
def test_a_time_may_be_typed_in_short(scripts: Page, typed: str, clock: str) -> None:
    """What is no time stays as it is, for the check to tell."""
    assert scripts.evaluate(CLOCK, typed) == clock


@pytest.mark.parametrize(
    ("date", "weekday", "kind"),
    [
        ("2027-03-22", 0, "open"), ("2027-03-21", 6, "holiday"), ("2027-03-23", 1, "surge"),
        ("2027-03-24", 2, "closed"), ("2027-03-27", 5, "closed"),
    ],
)  # fmt: skip
def test_what_a_day_of_the_year_is(scripts: Page, date: str, weekday: int, kind: str) -> None:
    """Holidays and busy days go before the week; a day of its own before Monday to Friday."""
    whole = {
        "hours": {"mon_fri": ["09:00", "18:00"], "wed": []},
        "holidays": [{"date": "2027-03-21"}],
        "surges": [{"date": "2027-03-23"}],
    }
    assert scripts.evaluate(KIND, [date, weekday, whole]) == kind
