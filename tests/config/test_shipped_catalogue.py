"""The catalogue of the demo: what it says, in five languages, and how carefully."""

import re
from collections.abc import Iterator

import pytest

from config import catalogue, loader
from config.languages import LANGUAGES
from config.transliteration import KEPT
from kiosk import icons
from queue_server.domain import catalogue_document
from queue_server.domain.facts import PLACE_KINDS

DOCUMENT = catalogue.read(loader.FOLDER / "catalogue.toml")
SERVICES = {service["id"]: service for service in DOCUMENT["services"]}
FIGURE = re.compile(r"\d+(?:[.,]\d+)?")

#: names and Roman numerals, which are Latin in every script
NAMES = re.compile(r"\{\w+\}|\b[IVX]+\b|\b(?:" + "|".join(map(re.escape, KEPT)) + r")\b")


def texts_in(value: object) -> Iterator[dict[str, str]]:
    """Yield every text inside a document, by language."""
    if isinstance(value, dict) and "uz-Latn" in value:
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts_in(each)


TEXTS = list(texts_in(DOCUMENT))


def test_the_shipped_catalogue_speaks_five_languages():
    """Every text of the demo is there in each of them, Karakalpak written and not derived."""
    assert len(TEXTS) > 200
    assert all(set(text) == set(LANGUAGES) and all(text.values()) for text in TEXTS)
    same = {text["kaa"] for text in TEXTS if text["kaa"] == text["uz-Latn"]}
    assert same == {"Lift", "1-kiosk", "2-kiosk"}


def test_the_demo_is_as_large_as_a_center():
    """Twelve groups, sixty-two services, twelve windows, eight categories."""
    sections = ("groups", "services", "windows", "categories")
    assert [len(DOCUMENT[section]) for section in sections] == [12, 62, 12, 8]
    assert sum(group["demo_share"] for group in DOCUMENT["groups"]) == pytest.approx(1)


def test_somebody_in_the_demo_signs():
    """A visitor who uses sign language finds a window for every group."""
    center = catalogue_document.parse(DOCUMENT)
    assert [w.number for w in center.windows if "sign_language" in w.skills] == [11]


def test_a_fee_is_told_only_as_far_as_it_is_known():
    """What the note calls free is free; where it says verify, no day of a check is claimed."""
    for service in SERVICES.values():
        fee, told = service["fee"], service["fee_texts"]
        assert (fee == "free") == (told.get("en") == "Free of charge"), service["id"]
        assert (fee == "fee not verified") == (told == {}), service["id"]
        assert not ("verify" in fee and service["fee_checked"]), service["id"]
    known = {s["id"]: s["fee_checked"] for s in SERVICES.values() if s["fee_checked"]}
    assert known == {"A04": "2023-10-20", "V04": "2023-08-31"}


def test_every_figure_of_a_fee_stands_in_its_note():
    """No number on the screen that the center's own note does not have."""
    for service in SERVICES.values():
        note = set(FIGURE.findall(service["fee"]))
        for text in service["fee_texts"].values():
            told = {figure.replace(",", ".") for figure in FIGURE.findall(text)}
            assert told <= note, service["id"]


def test_what_can_be_done_online_says_where():
    """An address for each service with the flag, and for no other."""
    for service in SERVICES.values():
        assert ("online" in service["flags"]) == (service["online"] == "https://my.gov.uz")


def test_the_benefit_comes_with_the_birth():
    """Nobody queues again for what is settled already."""
    assert SERVICES["A01"]["hint"]["en"].endswith("do not queue again for it")
    assert SERVICES["R02"]["hint"] != {}
    assert all(s["hint"] for s in SERVICES.values() if "proactive" in s["flags"])


def test_a_life_event_is_one_visit():
    """Seven events of two or three steps, and none that its own hint makes needless."""
    events = {event["id"]: event for event in DOCUMENT["events"]}
    assert len(events) == 7
    assert all(2 <= len(event["legs"]) <= 3 for event in events.values())
    assert "R02" not in {leg["service"] for leg in events["birth"]["legs"]}
    assert {event["icon"] for event in events.values()} <= set(icons.DRAWINGS)


def test_papers_are_seen_as_the_proof_says():
    """Registers, ages and what anyone can see by the clerk, a certificate by the reception."""
    asked = {category["id"]: category["confirm"] for category in DOCUMENT["categories"]}
    assert asked == {
        **dict.fromkeys(("disability", "disability_child", "elderly"), "clerk"),
        **dict.fromkeys(("pregnant", "infant"), "clerk"),
        "war_veteran": "reception",
        **dict.fromkeys(("booked", "returned"), "none"),
    }


def test_the_plan_of_the_hall_can_be_drawn():
    """On 24 by 14 squares: all windows, and nothing on top of anything else."""
    places = DOCUMENT["places"]
    squares = [
        (x / 2, y / 2)
        for place in places
        for x in range(int(place["x"] * 2), int((place["x"] + place["w"]) * 2))
        for y in range(int(place["y"] * 2), int((place["y"] + place["h"]) * 2))
    ]
    assert len(squares) == len(set(squares))
    assert all(x < 24 and y < 14 for x, y in squares)
    assert {p["window"] for p in places} - {None} == {w["number"] for w in DOCUMENT["windows"]}
    assert {place["kind"] for place in places} == {*PLACE_KINDS} - {"parking"}


def test_a_visitor_learns_what_the_center_has():
    """Address, legal advice, sign language, seven facilities and two notices."""
    assert all(DOCUMENT["facts"].values())
    assert (len(DOCUMENT["facilities"]), len(DOCUMENT["notices"])) == (7, 2)


@pytest.mark.parametrize("tag", ["ru", "uz-Cyrl"])
def test_the_shipped_catalogue_is_cyrillic_where_it_should_be(tag):
    """No Latin letter hides in a Cyrillic text, but for names and Roman numerals."""
    texts = [NAMES.sub("", text[tag]) for text in TEXTS]
    assert [text for text in texts if re.search("[A-Za-z]", text)] == []


@pytest.mark.parametrize("tag", ["uz-Latn", "kaa", "en"])
def test_the_shipped_catalogue_is_latin_where_it_should_be(tag):
    """No Cyrillic letter hides in a Latin text."""
    texts = [text[tag] for text in TEXTS]
    assert [text for text in texts if re.search("[\u0400-\u04ff]", text)] == []


def test_the_shipped_catalogue_writes_its_apostrophes():
    """Oʻ and gʻ carry U+02BB, the tutuq belgisi is U+02BC; Karakalpak has neither."""
    assert [t["uz-Latn"] for t in TEXTS if re.search("['`‘’]|[^oOgG]ʻ", t["uz-Latn"])] == []
    assert [t["kaa"] for t in TEXTS if re.search("['`‘’ʻʼ]", t["kaa"])] == []
