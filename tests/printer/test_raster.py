from dataclasses import replace

import pytest
import zxingcpp

from printer.paper import PAPER_58, PAPER_80
from printer.raster import draw, render
from printer.testpage import lay_out_test_page
from printer.typeface import Face, font, measure

#: Every letter of the five languages beyond plain Latin and Russian.
SPECIAL = "ʻʼÁáǴǵÍıŃńÓóÚúЎўҚқҒғҲҳӘәҢңӨөҮүЁё№–·"


@pytest.mark.parametrize("language", ["uz-Latn", "uz-Cyrl", "ru", "kaa", "en"])
@pytest.mark.parametrize("paper", [PAPER_80, PAPER_58], ids=["80", "58"])
def test_slip_looks_as_it_was_approved(language, paper, slips, snapshot_png):
    """The slip of each language on each paper is, dot for dot, the one that was looked at."""
    snapshot_png(f"slip-{language}-{paper.mm}", render(slips[language], paper))


def test_copy_looks_as_it_was_approved(slip, snapshot_png):
    """A copy is, dot for dot, the one that was looked at."""
    snapshot_png("slip-copy-80", render(slip.as_copy(2), PAPER_80))


@pytest.mark.parametrize("paper", [PAPER_80, PAPER_58], ids=["80", "58"])
def test_hints_look_as_they_were_approved(paper, slip, snapshot_png):
    """A repeat with hints is, dot for dot, the one that was looked at."""
    hints = ("Nafaqa shu xizmat bilan birga beriladi: qayta navbat olmang.", "Pasportni oling.")
    hinted = replace(slip, hints=hints).as_repeat()
    snapshot_png(f"slip-hints-{paper.mm}", render(hinted, paper))


@pytest.mark.parametrize("paper", [PAPER_80, PAPER_58], ids=["80", "58"])
def test_test_page_looks_as_it_was_approved(paper, snapshot_png):
    """The technician's page is, dot for dot, the one that was looked at."""
    snapshot_png(f"test-page-{paper.mm}", draw(lay_out_test_page(paper, measure), paper))


@pytest.mark.parametrize("paper", [PAPER_80, PAPER_58], ids=["80", "58"])
def test_code_on_the_slip_reads_as_the_address(paper, slips):
    """A scanner reads from each slip exactly the slip's address."""
    for slip in slips.values():
        found = zxingcpp.read_barcodes(render(slip, paper).convert("L"))
        assert [code.text for code in found] == [slip.url]


def test_every_letter_has_a_picture():
    """No letter of the five languages is drawn as the box for a missing one."""
    for weight in ("Regular", "Medium", "SemiBold", "Bold"):
        loaded = font(Face(weight, 30))
        missing = bytes(loaded.getmask("\U0010fffe"))
        assert [char for char in SPECIAL if bytes(loaded.getmask(char)) == missing] == []


def test_a_picture_is_black_and_white(slip):
    """A slip is a 1-bit picture with ink on it, as wide as the paper."""
    picture = render(slip, PAPER_80)
    assert (picture.mode, picture.width) == ("1", 576)
    assert sorted(value for _, value in picture.getcolors()) == [0, 255]
