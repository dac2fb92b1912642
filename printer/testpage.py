"""The technician's page: the paper's edges, a ruler, and each alphabet of the five languages."""

from printer.blocks import Box, Strip, Text, space, stack
from printer.paper import DOTS_PER_MM, Paper
from printer.paragraphs import Column, full_width, paragraph
from printer.parts import HAIRLINE, number, rule
from printer.typeface import Face, Measure

#: The letters that printers' own alphabets lack.
SAMPLES = (
    ("Oʻzbekcha", "Oʻ oʻ Gʻ gʻ Sh Ch ʼ Maʼlumot"),
    ("Ўзбекча", "Ў ў Қ қ Ғ ғ Ҳ ҳ Маълумот"),
    ("Русский", "Ё ё Й й Ъ ъ Ы ы Э э № Справка"),
    ("Qaraqalpaqsha", "Á á Ǵ ǵ Í ı Ń ń Ó ó Ú ú"),
    ("Қарақалпақша", "Ә ә Ғ ғ Қ қ Ң ң Ө ө Ү ү Ў ў Ҳ ҳ"),
    ("English", "Queue number, 10–20 min"),
)
_EDGE = 4
_TICK_MM = 10


def lay_out_test_page(paper: Paper, measure: Measure) -> Strip:
    """Return the page; both black edges must be whole on the paper."""
    body = stack(
        (
            _ruler(paper),
            space(10),
            paragraph("navbat-printer", Face("Medium", 26), full_width(paper), measure),
            space(16),
            number("A042", paper, measure),
            space(24),
            *(_sample(name, letters, paper, measure) for name, letters in SAMPLES),
            rule(paper),
            space(8),
            paragraph(_size(paper), Face("Medium", 24), full_width(paper), measure),
            space(8),
        )
    )
    right = paper.width_dots - _EDGE
    edges = (Box(0, 0, _EDGE, body.height), Box(right, 0, _EDGE, body.height))
    return Strip(body.height, (*body.blocks, *edges))


def _size(paper: Paper) -> str:
    return f"{paper.mm} mm · {paper.width_dots} dots · {paper.width_dots // DOTS_PER_MM} mm inked"


def _ruler(paper: Paper) -> Strip:
    face, step = Face("Regular", 20), _TICK_MM * DOTS_PER_MM
    ticks = tuple(
        Box(x, 0, HAIRLINE, 8 if x % step else 16) for x in range(0, paper.width_dots, step // 2)
    )
    marks = tuple(
        Text(x + 6, 8 + face.capital, str(x // DOTS_PER_MM), face)
        for x in range(step, paper.width_dots - step // 2, step)
    )
    return Strip(18 + face.capital, (Box(0, 0, paper.width_dots, HAIRLINE), *ticks, *marks))


def _sample(name: str, letters: str, paper: Paper, measure: Measure) -> Strip:
    column = Column(paper.margin, paper.inner, "left")
    return stack(
        (
            rule(paper),
            space(4),
            paragraph(name, Face("Regular", 22), column, measure),
            paragraph(letters, Face("SemiBold", 26), column, measure),
            space(6),
        )
    )
