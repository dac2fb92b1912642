import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageChops

from printer.blocks import Box, Strip, Text
from printer.errors import SlipError
from printer.job import JobState, new_job
from printer.journal import Journal
from printer.paper import PAPER_58, PAPER_80
from printer.policy import Policy
from printer.printable import from_json, job_name
from printer.raster import draw, render
from printer.sheet import Bullet, Section, Sheet
from printer.sheet_layout import lay_out_sheet
from printer.spool import Spool
from printer.typeface import measure
from printer.virtual import PngPrinter

PAPERS = st.sampled_from([PAPER_58, PAPER_80])
WORDS = st.text("abz ʻЖщҲǴӘWM-()№", max_size=60)
SECTIONS = st.builds(
    Section, WORDS, st.lists(WORDS, max_size=4).map(tuple), st.sampled_from(Bullet)
)
SHEETS = st.builds(
    Sheet,
    ref=st.just("r"),
    title=WORDS,
    center=WORDS,
    sections=st.lists(SECTIONS, max_size=3).map(tuple),
    end=WORDS,
    facts=st.lists(st.tuples(WORDS, WORDS), max_size=3).map(tuple),
    copy=st.integers(1, 3),
    repeat=st.booleans(),
)


def _letters(text):
    return sorted(text.replace(" ", "").replace("×", ""))


@pytest.mark.parametrize("language", ["uz-Latn", "uz-Cyrl", "ru", "kaa", "en"])
@pytest.mark.parametrize("paper", [PAPER_80, PAPER_58], ids=["80", "58"])
def test_a_sheet_looks_as_it_was_approved(language, paper, sheets, snapshot_png):
    """The checklist of each language is, dot for dot, the one that was looked at."""
    snapshot_png(f"sheet-{language}-{paper.mm}", render(sheets[language], paper))


@settings(deadline=None, max_examples=60)
@given(SHEETS, PAPERS)
def test_nothing_is_dropped_from_a_sheet(sheet, paper):
    """Every letter stands on the paper, whatever is wrapped or broken."""
    strip = lay_out_sheet(sheet, paper, measure)
    printed = "".join(b.text for b in strip.blocks if isinstance(b, Text))
    parts = [part for one in sheet.sections for part in (one.heading, *one.lines)]
    facts = [part for fact in sheet.facts for part in fact]
    texts = (sheet.marks, sheet.center, sheet.title, *facts, *parts, sheet.end)
    assert _letters(printed) == _letters("".join(texts))


@settings(deadline=None, max_examples=30)
@given(SHEETS, PAPERS)
def test_all_ink_of_a_sheet_is_inside(sheet, paper):
    """Drawn on a larger piece of paper, it shows no ink beyond its own edges."""
    strip, border = lay_out_sheet(sheet, paper, measure), 40
    larger = replace(paper, width_dots=paper.width_dots + 2 * border)
    moved = Strip(strip.height + 2 * border, strip.moved(border, border))
    box = ImageChops.invert(draw(moved, larger).convert("L")).getbbox()
    left, top, right, bottom = box
    assert border <= left <= right <= border + paper.width_dots
    assert border <= top <= bottom <= border + strip.height


def test_each_document_has_a_box_to_tick(sheets):
    """As many boxes as documents to bring, a cross for each that may not be demanded."""
    sheet = sheets["uz-Latn"]
    blocks = lay_out_sheet(sheet, PAPER_80, measure).blocks
    documents = sum(len(one.lines) for one in sheet.sections if one.bullet is Bullet.BOX)
    refused = sum(len(one.lines) for one in sheet.sections if one.bullet is Bullet.CROSS)
    assert sum(isinstance(b, Box) and b.white for b in blocks) == documents == 3
    assert sum(isinstance(b, Text) and b.text == "×" for b in blocks) == refused == 3


@settings(deadline=None)
@given(SHEETS)
def test_a_sheet_survives_json(sheet):
    """The journal gives back the very sheet that it was given."""
    assert from_json(json.loads(json.dumps(sheet.to_json()))) == sheet


def test_a_sheet_is_named_by_its_reference(sheets):
    """It has no number: the print job is called as the caller called it."""
    sheet = sheets["ru"]
    assert (job_name(sheet), job_name(sheet.as_copy(2))) == ("list-E02-ru", "list-E02-ru-2")


def test_texts_of_a_sheet_are_cleaned():
    """No control character and no line break reaches the paper."""
    sheet = Sheet("r\x1b", "a\nb", "c\x00", (Section("h\x1d", ("l\x10",)),), "e\x85")
    assert (sheet.ref, sheet.title, sheet.center, sheet.end) == ("r", "a b", "c", "e")
    assert sheet.sections == (Section("h", ("l",)),)


@pytest.mark.parametrize(
    "wrong",
    [
        {"ref": ""},
        {"copy": 0},
        {"copy": True},
        {"repeat": 1},
        {"title": "x" * 401},
        {"title": 7},
        {"sections": ("x",)},
        {"sections": (Section("h"),) * 13},
        {"sections": (Section("h", ("l",) * 41),)},
        {"facts": (("a", "b"),) * 13},
    ],
)
def test_what_cannot_stand_on_paper_is_refused(wrong):
    """A sheet without a name, too long, or of other things is a `SlipError`."""
    with pytest.raises(SlipError):
        Sheet(**{"ref": "r", "title": "t", "center": "c", **wrong})


@pytest.mark.parametrize(
    "data",
    [
        {"kind": "sheet"},
        {"kind": "sheet", "ref": "r", "title": "t", "center": "c", "sections": [1]},
        {"kind": "sheet", "ref": "r", "title": "t", "center": "c", "sections": [], "more": 1},
        {
            "kind": "sheet",
            "ref": "r",
            "title": "t",
            "center": "c",
            "sections": [{"heading": "h", "bullet": "star"}],
        },
        {"kind": "poster", "ref": "r"},
    ],
)
def test_what_is_no_sheet_is_refused(data):
    """Anything but a sheet's own fields is a `SlipError`."""
    with pytest.raises(SlipError):
        from_json(data)


def test_sheet_and_slip_share_a_journal(tmp_path, slip, sheets):
    """Both come back from the disk as what they were."""
    journal = Journal(tmp_path)
    journal.load()
    jobs = (new_job(slip, 1.0), new_job(sheets["kaa"], 2.0))
    for job in jobs:
        journal.append(job)
    journal.close()
    again = Journal(tmp_path)
    assert again.load().jobs == jobs
    again.close()


def test_a_sheet_goes_through_the_queue(tmp_path, watch, sheets):
    """It is printed like a slip, once, and as its own picture."""
    printer = PngPrinter(tmp_path / "slips", PAPER_80)
    spool = Spool(tmp_path / "spool", printer, listener=watch, policy=Policy())
    spool.start()
    spool.submit(sheets["en"])
    spool.submit(sheets["en"])
    watch.wait(JobState.PRINTED)
    assert spool.close(20)
    assert [path.name for path in (tmp_path / "slips").iterdir()] == ["list-E02-en.png"]
