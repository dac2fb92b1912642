from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageChops

from printer.blocks import Box, CodeBox, Strip, Text
from printer.layout import lay_out
from printer.paper import PAPER_58, PAPER_80
from printer.qr import SMALLEST_MODULE
from printer.raster import draw, render
from printer.slip import Slip
from printer.typeface import measure

PAPERS = st.sampled_from([PAPER_58, PAPER_80])
WORDS = st.text("abz ʻЖщҲǴӘWM-()№", max_size=60)
SLIPS = st.builds(
    Slip,
    ref=st.just("r"),
    number=st.text("AM048", min_size=1, max_size=12),
    center=WORDS,
    service=WORDS,
    lines=st.lists(st.tuples(WORDS, WORDS), max_size=4),
    url=st.text("hT/8", max_size=280),
    notes=st.lists(WORDS, max_size=2),
    end=WORDS,
    copy=st.integers(1, 3),
    hints=st.lists(WORDS, max_size=2),
    repeat=st.booleans(),
)


def _letters(text):
    return sorted(text.replace(" ", ""))


def _width(block):
    if isinstance(block, Text):
        return measure(block.text, block.face)
    return block.width if isinstance(block, Box) else block.code.size


@settings(deadline=None)
@given(SLIPS, PAPERS)
def test_nothing_leaves_the_paper(slip, paper):
    """Every block lies between the paper's edges and within its length."""
    strip = lay_out(slip, paper, measure)
    for block in strip.blocks:
        assert 0 <= block.x <= block.x + _width(block) <= paper.width_dots
        assert 0 <= block.y <= strip.height


@settings(deadline=None)
@given(SLIPS, PAPERS)
def test_nothing_is_dropped(slip, paper):
    """Every letter of the slip stands on the paper, whatever is wrapped or broken."""
    printed = "".join(b.text for b in lay_out(slip, paper, measure).blocks if isinstance(b, Text))
    rows = "".join(label + value for label, value in slip.lines)
    notes = (*slip.hints, *slip.notes)
    texts = (slip.number, slip.center, slip.service, rows, *notes, slip.end, slip.marks)
    assert _letters(printed) == _letters("".join(texts))


@settings(deadline=None, max_examples=30)
@given(SLIPS, PAPERS)
def test_all_ink_is_inside(slip, paper):
    """Drawn on a larger piece of paper, the slip shows no ink beyond its own edges."""
    strip, border = lay_out(slip, paper, measure), 40
    larger = replace(paper, width_dots=paper.width_dots + 2 * border)
    moved = Strip(strip.height + 2 * border, strip.moved(border, border))
    left, top, right, bottom = ImageChops.invert(draw(moved, larger).convert("L")).getbbox()
    assert border <= left <= right <= border + paper.width_dots
    assert border <= top <= bottom <= border + strip.height


@pytest.mark.parametrize("paper", [PAPER_58, PAPER_80])
def test_the_number_is_by_far_the_largest(slips, paper):
    """The number's capitals are at least 24 pt and three times any other text."""
    for slip in slips.values():
        texts = [b for b in lay_out(slip, paper, measure).blocks if isinstance(b, Text)]
        largest, next_largest = sorted({text.face.capital for text in texts}, reverse=True)[:2]
        assert "".join(t.text for t in texts if t.face.capital == largest) == slip.number
        assert largest >= 24 / 72 * 203
        assert largest >= 3 * next_largest


def test_the_number_is_20_mm_high_on_the_wide_paper(slip):
    """A number of four characters has capitals of about 20 mm."""
    texts = [b for b in lay_out(slip, PAPER_80, measure).blocks if isinstance(b, Text)]
    assert 18 <= max(text.face.capital for text in texts) / 8 <= 21


@pytest.mark.parametrize("paper", [PAPER_58, PAPER_80])
def test_code_and_end_line_come_last(slips, paper):
    """A torn piece has no code, and a piece without the end line is void."""
    for slip in slips.values():
        blocks = lay_out(slip, paper, measure).blocks
        code = next(b for b in blocks if isinstance(b, CodeBox))
        end = [b for b in blocks if isinstance(b, Text)][-1]
        assert end.text in slip.end
        assert end.y > code.y + code.code.size
        before = [b.text for b in blocks if isinstance(b, Text) and b.y < code.y]
        assert slip.number in "".join(before)
        assert {value for _, value in slip.lines} <= {*before, *_joined(before)}


def _joined(texts):
    return {f"{a} {b}" for a in texts for b in texts}


@settings(deadline=None)
@given(st.text("hT/8", min_size=1, max_size=280), PAPERS)
def test_modules_are_never_smaller_than_five_dots(url, paper):
    """Any address that a slip takes gives a code that a telephone can read from thermal paper."""
    slip = Slip(ref="r", number="A001", center="", service="", url=url)
    code = next(b for b in lay_out(slip, paper, measure).blocks if isinstance(b, CodeBox))
    assert code.code.module >= SMALLEST_MODULE


def test_a_slip_is_about_100_mm_long(slips):
    """An original on 80 mm paper takes no more than 104 mm of the roll in any language."""
    for slip in slips.values():
        assert lay_out(slip, PAPER_80, measure).height <= 104 * 8


def test_a_copy_says_so_first(slip):
    """The mark of a copy stands above everything else, white on black, with its count."""
    first = next(b for b in lay_out(slip.as_copy(2), PAPER_80, measure).blocks if b.y < 60)
    texts = [b for b in lay_out(slip.as_copy(2), PAPER_80, measure).blocks if isinstance(b, Text)]
    assert isinstance(first, Box)
    assert (texts[0].text, texts[0].white) == ("TAKROR / ПОВТОР · 2", True)


def test_an_original_has_no_mark(slip):
    """Nothing on an original says that it is a copy."""
    texts = [b for b in lay_out(slip, PAPER_80, measure).blocks if isinstance(b, Text)]
    assert not any(text.white for text in texts)


def test_an_empty_slip_is_still_paper():
    """A slip of nothing but a reference is drawn, not refused."""
    assert render(Slip(ref="r", number="", center="", service=""), PAPER_58).height > 0


def test_a_repeat_says_so_first(slip):
    """The mark of a repeat stands where a copy has its own."""
    texts = [b for b in lay_out(slip.as_repeat(), PAPER_80, measure).blocks if isinstance(b, Text)]
    assert (texts[0].text, texts[0].white) == ("TAKROR", True)


def test_hints_stand_in_a_frame_before_the_code(slip):
    """A hint is not overlooked, and a torn piece without the code may still have it."""
    hinted = replace(slip, hints=("Qayta navbat olmang.",))
    blocks = lay_out(hinted, PAPER_80, measure).blocks
    frame = next(b for b in blocks if isinstance(b, Box) and b.white)
    hint = next(b for b in blocks if isinstance(b, Text) and b.text == "Qayta navbat olmang.")
    code = next(b for b in blocks if isinstance(b, CodeBox))
    assert frame.y < hint.y < frame.y + frame.height < code.y
