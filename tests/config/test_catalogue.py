"""The catalogue's file: its shape, its five languages, and the way back."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from config import catalogue, loader
from queue_server.domain import catalogue_document

SHIPPED = loader.FOLDER / "catalogue.toml"
GIVEN = Path(__file__).parent / "fixtures" / "given_catalogue.toml"


@pytest.fixture
def broken(tmp_path):
    """Write the given catalogue with some words replaced, and return its path."""

    def write(*changes: tuple[str, str]) -> Path:
        text = GIVEN.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        path = tmp_path / "catalogue.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def mistakes(path: Path) -> list[str]:
    """Return what the reader says about a bad file."""
    with pytest.raises(loader.ConfigErrors) as caught:
        catalogue.read(path)
    return [str(error) for error in caught.value.errors]


@pytest.mark.parametrize("path", [SHIPPED, GIVEN], ids=["shipped", "given"])
def test_import_and_export_give_the_same_catalogue_back(path, tmp_path):
    """What was read, written and read again is the same document."""
    document = catalogue.read(path)
    catalogue.write(document, tmp_path / "out.toml")
    assert catalogue.read(tmp_path / "out.toml") == document


@pytest.mark.parametrize("path", [SHIPPED, GIVEN], ids=["shipped", "given"])
def test_a_document_is_ready_for_json(path):
    """The database keeps it as it is."""
    document = catalogue.read(path)
    assert json.loads(json.dumps(document)) == document


@pytest.mark.parametrize("path", [SHIPPED, GIVEN], ids=["shipped", "given"])
def test_a_catalogue_means_something_to_the_domain(path, tmp_path):
    """File, document and domain value say the same, there and back."""
    meant = catalogue_document.parse(catalogue.read(path))
    catalogue.write(catalogue_document.dump(meant), tmp_path / "out.toml")
    assert catalogue_document.parse(catalogue.read(tmp_path / "out.toml")) == meant


def test_an_older_document_can_be_exported(tmp_path):
    """A database may hold a document from before there were events, facts, fees and hints."""
    older = catalogue.read(GIVEN)
    now = catalogue.read(GIVEN)
    for section in ("events", "facts", "facilities", "places", "notices"):
        del older[section]
    for service in older["services"]:
        for key in ("search", "fee_texts", "fee_checked", "hint", "online"):
            del service[key]
    for category in older["categories"]:
        del category["confirm"]
    catalogue.write(older, tmp_path / "out.toml")
    assert catalogue.read(tmp_path / "out.toml") == now
    assert catalogue_document.parse(older) == catalogue_document.parse(now)


def test_what_the_file_says_of_a_service_reaches_the_domain(broken):
    """Other names, fee, hint and address, with the derived languages."""
    more = """
        flags = ["composite", "online"]
        search = ["metrika"]
        online = "https://my.gov.uz"
        fee_uz = "Bepul"
        fee_ru = "Бесплатно"
        fee_en = "Free"
        fee_checked = 2026-11-01
        hint_uz = "Kuting"
        hint_ru = "Ждите"
        hint_kaa = "Kútiń"
        hint_en = "Wait"
    """
    path = broken(
        ('flags = ["composite"]', more),
        ("tier = 1", 'tier = 1\nconfirm = "clerk"'),
        ("no_show_calls = 3", "no_show_calls = 3\nlate_behind = 5\ncorner_session_minutes = 20"),
    )
    read = catalogue_document.parse(catalogue.read(path))
    service = read.services[0]
    assert (service.search, service.online) == (("metrika",), "https://my.gov.uz")
    assert service.fee_texts["uz-Cyrl"] == "Бепул"
    assert service.fee_texts["kaa"] == "Bepul"
    assert service.fee_checked == "2026-11-01"
    assert service.hint["kaa"] == "Kútiń"
    assert read.categories[0].confirm == "clerk"
    assert (read.rules.late_behind, read.rules.corner_session) == (5, timedelta(minutes=20))


def test_a_text_beside_another_is_whole(broken):
    """Half a fee, a half event and half a hint are told, each with its place."""
    path = broken(
        ('confidence = "h"\nflags', 'fee_uz = "Bepul"\nfee_en = "Free"\nflags'),
        ("[phrases", '[[events]]\nid = "e"\nuz = "Farzand"\nlegs = []\nicons = "x"\n\n[phrases'),
        ("tier = 2", 'tier = 2\nconfirm = "both"'),
        ("no_show_calls = 3", "no_show_calls = 3\nlate_behinds = 5"),
    )
    assert mistakes(path) == [
        "catalogue.toml: center.late_behinds: is not a known key; did you mean 'late_behind'?",
        "catalogue.toml: services[0]: fee_ru must be written too",
        "catalogue.toml: priorities[1].confirm: must be 'none', 'clerk' or 'reception', not 'both'",
        "catalogue.toml: events[0].ru: is missing; write it",
        "catalogue.toml: events[0].en: is missing; write it",
        "catalogue.toml: events[0].icons: is not a known key; did you mean 'icon'?",
    ]


def test_a_tier_is_a_head_start():
    """Tier 1 is unlimited, tier 2 is twenty minutes unless the file says otherwise."""
    statutory, ordinary = catalogue.read(GIVEN)["categories"]
    assert statutory["head_start_minutes"] is None
    assert ordinary["head_start_minutes"] == 20


def test_another_head_start_can_be_written(broken):
    """A center may give ten minutes."""
    path = broken(("tier = 2", "tier = 2\nhead_start_minutes = 10"))
    assert catalogue.read(path)["categories"][1]["head_start_minutes"] == 10


def test_an_unlimited_head_start_has_no_minutes(broken):
    """A number beside tier 1 would be silently ignored, so it is refused."""
    path = broken(("tier = 1", "tier = 1\nhead_start_minutes = 10"))
    (told,) = mistakes(path)
    assert "priorities[0].head_start_minutes: belongs to tier 2; tier 1 has an unl" in told


def test_every_mistake_of_shape_is_told_at_once(broken):
    """Wrong types, missing and unknown keys come in one list, each with its place."""
    path = broken(
        ("timezone =", "timezon ="),
        ("minutes = 15\ndoc", 'minutes = "abc"\ndoc'),
        ('icon = "family"', "icon = 5"),
        ("number = 11", 'number = "11"'),
        ('confidence = "h"\nflags', 'confidence = "x"\nflags'),
        ('mon_fri = ["09:00", "18:00"]', 'mon_fri = ["18:00", "09:00"]'),
        ('sat = ["09:00", "15:00"]', 'sat = ["9", "15:00"]'),
    )
    assert mistakes(path) == [
        "catalogue.toml: center.timezone: is missing; write it",
        "catalogue.toml: center.timezon: is not a known key; did you mean 'timezone'?",
        "catalogue.toml: hours.mon_fri: must be two times in order, like '09:00', '18:00'",
        "catalogue.toml: hours.sat[0]: must be like '09:00', not '9'",
        "catalogue.toml: groups[0].icon: must be a text in quotes, not 5",
        "catalogue.toml: services[0].confidence: must be 'h', 'm' or 'l', not 'x'",
        "catalogue.toml: services[1].minutes: must be a number, not 'abc'",
        "catalogue.toml: windows[1].number: must be a whole number, not '11'",
    ]


def test_a_mistake_of_meaning_points_into_the_file():
    """The domain's place is said in the file's words."""
    assert catalogue.key_in_file("categories[1].id") == "priorities[1].id"
    assert catalogue.key_in_file("rules.undo_seconds") == "center.undo_seconds"
    assert catalogue.key_in_file("services[3].group") == "services[3].group"


CALENDAR = """[hours]
wed = ["09:00", "20:00"]
thu = []"""
MORE = """
[booking]
slot_minutes = 20
share = 0.25
reminder_minutes = []

[[holidays]]
date = "2027-03-21"
uz = "Navroʻz"
ru = "Навруз"
en = "Navruz"

[[surges]]
date = "2027-03-22"
factor = 1.5
uz = "Bayramdan keyin"
ru = "После праздника"
en = "After the holiday"

[[halls]]
number = 1
uz = "1-zal"
ru = "Зал 1"
en = "Hall 1"

[[duties]]
window = 11
groups = ["V"]
day = "2026-11-23"
reason = "window 1 is ill"

[[closures]]
service = "A01"
reason = "system_down"
"""


@pytest.fixture
def calendar(broken) -> Path:
    """A file with everything that a calendar may say."""
    own = 'id = "A01"\nquota = 40\nbookable = false\nhours = { mon_fri = ["09:00", "13:00"] }'
    path = broken(
        ("[hours]", CALENDAR),
        ('id = "A01"', own),
        ("[center]", '[center]\nkeep_hours = true\nday_ends = "03:30"'),
    )
    path.write_text(path.read_text(encoding="utf-8") + MORE, encoding="utf-8")
    return path


def test_a_calendar_is_read_and_means_what_it_says(calendar):
    """Hours, holidays, surges, halls, appointments, duties, closures and a service's own terms."""
    meant = catalogue_document.parse(catalogue.read(calendar))
    service = meant.service("A01")
    assert (service.quota, service.bookable, service.hours.days["sat"]) == (40, False, ())
    assert meant.facts.hours["wed"] == ("09:00", "20:00")
    assert (meant.rules.keep_hours, f"{meant.rules.day_ends:%H:%M}") == (True, "03:30")
    assert (meant.holidays[0].texts["uz-Cyrl"], meant.surges[0].factor) == ("Наврўз", 1.5)
    assert (meant.booking.slot, meant.booking.reminders) == (timedelta(minutes=20), ())
    assert meant.booking.horizon_days == 14
    assert (meant.window(11).duty, meant.closures) == (True, {"A01": "system_down"})
    assert meant.hall_names[1]["en"] == "Hall 1"


def test_a_calendar_is_written_as_it_was_read(calendar, tmp_path):
    """Also what is empty on purpose: a closed weekday, no reminders."""
    document = catalogue.read(calendar)
    catalogue.write(document, tmp_path / "out.toml")
    assert catalogue.read(tmp_path / "out.toml") == document
    meant = catalogue_document.parse(document)
    catalogue.write(catalogue_document.dump(meant), tmp_path / "meant.toml")
    assert catalogue_document.parse(catalogue.read(tmp_path / "meant.toml")) == meant


def test_a_lunch_shift_that_was_counted_from_nought_is_counted_from_one(broken):
    """Older files said 0 for the first shift; a file that says `lunch` is taken at its word."""
    read = catalogue.read(GIVEN)["windows"]
    assert {window["number"]: window["lunch"] for window in read[:2]} == {1: 2, 11: 1}
    newer = broken(("lunch_shift = 1", "lunch_shift = 1\nlunch = 0"))
    assert catalogue.read(newer)["windows"][0]["lunch"] == 0
