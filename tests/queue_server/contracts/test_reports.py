"""The shapes of reports, and what the documentation says of them."""

from pathlib import Path

import pytest

from queue_server.contracts import reports
from queue_server.contracts.shapes import Reply

MEASURES = Path(__file__).parents[3] / "docs/measures.md"
SHAPES = (
    reports.FiguresOut,
    reports.WaitsOut,
    reports.WorkOut,
    reports.MixOut,
    reports.RatingsOut,
    reports.PromisesOut,
    reports.ConductOut,
    reports.AppointmentsOut,
    reports.HeatOut,
)


@pytest.mark.parametrize("shape", SHAPES)
def test_every_figure_is_defined(shape: type[Reply]) -> None:
    """docs/measures.md names each field of a report."""
    text = MEASURES.read_text(encoding="utf-8")
    assert [name for name in shape.model_fields if f"`{name}`" not in text] == []
