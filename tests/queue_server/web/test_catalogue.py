from __future__ import annotations

import tomllib
from typing import Any

import pytest

from queue_server.bootstrap import Running
from queue_server.web.api.catalogue import LARGEST
from tests.queue_server.web import callers
from tests.queue_server.web.callers import Browser

DOCUMENT = "/api/v1/catalogue/document"
CHECK = "/api/v1/catalogue/check"
CHANGE = "/api/v1/catalogue"
EXPORT = "/api/v1/catalogue/export"


@pytest.fixture
def administrator(running: Running) -> Browser:
    """An administrator at a browser."""
    return callers.person(running, "administrator")


def in_force(browser: Browser) -> tuple[int, dict[str, Any]]:
    """Return the version in force and its document."""
    body = browser.get(DOCUMENT).json
    assert body is not None
    return body["version"], body["document"]


def test_a_document_is_edited(administrator: Browser) -> None:
    """Read, changed, put in force; kiosks read the new one."""
    version, document = in_force(administrator)
    document["services"][0]["texts"]["ru"] = "Новое название"
    wish = {"document": document, "based_on": version, "reason": "clearer"}
    reply = administrator.post(CHANGE, wish)
    assert (reply.status_code, reply.json["version"]) == (200, version + 1)
    assert [each["path"] for each in reply.json["changes"]] == ["services[A01].texts.ru"]
    shown = administrator.get("/api/v1/catalogue").json
    texts = shown["groups"][0]["services"][0]["texts"]
    assert (shown["version"], texts["ru"]) == (version + 1, "Новое название")


def test_the_same_request_acts_once(administrator: Browser) -> None:
    """A lost answer may be asked for again; another document under the key is refused."""
    version, document = in_force(administrator)
    document["services"][0]["minutes"] = 33
    wish = {"document": document, "based_on": version}
    first = administrator.post(CHANGE, wish, "k1")
    assert administrator.post(CHANGE, wish, "k1").json == first.json
    assert administrator.post(CHANGE, {**wish, "based_on": 0}, "k1").status_code == 422


def test_somebody_else_was_faster(administrator: Browser) -> None:
    """A draft of an older version is a conflict that names the version in force."""
    version, document = in_force(administrator)
    reply = administrator.post(CHANGE, {"document": document, "based_on": version - 1})
    assert (reply.status_code, reply.json["code"]) == (409, "catalogue_changed")
    assert reply.json["version"] == version


def test_mistakes_are_named_by_their_fields(administrator: Browser) -> None:
    """Meaning and shape alike, all at once, in the words of the document."""
    version, document = in_force(administrator)
    document["services"][0]["group"] = "?"
    document["windows"][0]["hall"] = 0
    reply = administrator.post(CHANGE, {"document": document, "based_on": version})
    assert (reply.status_code, reply.json["code"]) == (422, "catalogue_faulty")
    assert {"services[0].group", "windows[0].hall"} <= {e["field"] for e in reply.json["errors"]}
    document["services"][0]["minutes"] = "long"
    document["services"][0]["colour"] = "red"
    reply = administrator.post(CHANGE, {"document": document, "based_on": version})
    assert {e["field"] for e in reply.json["errors"]} == {
        "services[0].minutes",
        "services[0].colour",
    }
    assert in_force(administrator)[0] == version


def test_a_check_answers_and_changes_nothing(administrator: Browser) -> None:
    """Faults are no refusal of a check: they are its answer."""
    version, document = in_force(administrator)
    document["services"][0]["minutes"] = 0
    found = administrator.post(CHECK, {"document": document}).json
    assert [each["field"] for each in found["errors"]] == ["services[0].minutes"]
    assert [each["path"] for each in found["changes"]] == ["services[A01].minutes"]
    misshapen = administrator.post(CHECK, {"document": {"center": 1}}).json
    assert "services" in [each["field"] for each in misshapen["errors"]]
    assert in_force(administrator)[0] == version


@pytest.mark.parametrize("wish", [{}, {"document": {}, "toml": ""}, {"text": "x"}])
def test_a_wish_says_one_thing(administrator: Browser, wish: dict[str, Any]) -> None:
    """A document or a file's text, one of both."""
    assert administrator.post(CHECK, wish).status_code == 422


def test_a_file_goes_out_and_comes_back(administrator: Browser) -> None:
    """What was exported changes nothing; edited, it is imported with the difference shown."""
    version, _ = in_force(administrator)
    reply = administrator.get(EXPORT)
    assert reply.headers["Content-Disposition"] == (
        f'attachment; filename="catalogue-DEMO-{version}.toml"'
    )
    text = reply.get_data(as_text=True)
    assert tomllib.loads(text)["center"]["code"] == "DEMO"
    found = administrator.post(CHECK, {"toml": text}).json
    assert (found["errors"], found["orphans"], found["changes"]) == ([], [], [])
    edited = text.replace("minutes = 18", "minutes = 19", 1)
    found = administrator.post(CHECK, {"toml": edited}).json
    assert [each["path"] for each in found["changes"]] == ["services[A01].minutes"]
    reply = administrator.post(CHANGE, {"toml": edited, "based_on": version})
    assert reply.json["version"] == version + 1
    assert in_force(administrator)[1]["services"][0]["minutes"] == 19


def test_a_files_mistakes_are_in_its_own_words(administrator: Browser) -> None:
    """A line that is no TOML, an unknown key, and categories where the file has priorities."""
    text = administrator.get(EXPORT).get_data(as_text=True)
    broken = administrator.post(CHECK, {"toml": "[center\n"}).json["errors"]
    assert "line 1" in broken[0]["field"]
    unknown = administrator.post(CHECK, {"toml": "colour = 1\n" + text}).json["errors"]
    assert [each["field"] for each in unknown] == ["colour"]
    twice = text.replace('id = "infant"', 'id = "elderly"', 1)
    found = administrator.post(CHECK, {"toml": twice}).json["errors"]
    assert [each["field"].partition("[")[0] for each in found] == ["priorities"]


def test_texts_are_filled_in(administrator: Browser) -> None:
    """Uzbek Cyrillic and Karakalpak that nobody wrote are derived."""
    version, document = in_force(administrator)
    document["notices"][0]["texts"] = {
        "uz-Latn": "Oʻzbekiston", "uz-Cyrl": "", "ru": "Узбекистан", "kaa": "", "en": "Uzbekistan",
    }  # fmt: skip
    administrator.post(CHANGE, {"document": document, "based_on": version})
    texts = in_force(administrator)[1]["notices"][0]["texts"]
    assert (texts["uz-Cyrl"], texts["kaa"]) == ("Ўзбекистон", "Oʻzbekiston")


def test_cyrillic_for_a_form(administrator: Browser) -> None:
    """The form shows what the server would derive."""
    reply = administrator.get("/api/v1/catalogue/cyrillic?text=Nikoh&text=Gʻijduvon")
    assert reply.json == {"texts": ["Никоҳ", "Ғиждувон"]}


def test_a_catalogue_may_be_large_but_not_endless(administrator: Browser) -> None:
    """Far over what other requests may hold; beyond the limit it is too large."""
    assert administrator.post(CHECK, {"toml": "#" * (LARGEST // 2)}).status_code == 200
    assert administrator.post(CHECK, {"toml": "#" * LARGEST}).status_code == 413


@pytest.mark.parametrize("login", ["supervisor", "receptionist", "clerk1", "analyst", "controller"])
def test_others_may_not(running: Running, login: str) -> None:
    """Only an administrator reads the document, checks, changes and exports."""
    browser = callers.person(running, login)
    for path in (DOCUMENT, EXPORT, "/api/v1/catalogue/cyrillic?text=x", "/catalogue"):
        assert browser.get(path).status_code == 403
    for path, wish in ((CHECK, {"toml": ""}), (CHANGE, {"toml": "", "based_on": 1})):
        assert browser.post(path, wish).status_code == 403
