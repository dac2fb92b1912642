"""The small picture of an alert's evidence: what was seen beside what was to be expected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from queue_server.contracts.integrity import EvidenceOut
from queue_server.reports import svg

#: pixels: a bar and its place
_HEIGHT, _THICK = 22, 14
#: percent of the width that the largest value takes
_WIDEST: Final = 94


class Bar(NamedTuple):
    """One bar: which value it is, how it is said, and its drawing."""

    name: str
    said: str
    drawing: str


def bars(evidence: EvidenceOut, said: Mapping[str, str]) -> list[Bar]:
    """Return the bars of what was seen and expected, each with the threshold across."""
    values = {"seen": evidence.observed, "expected": evidence.expected}
    most = max(value for value in (*values.values(), evidence.threshold, 0) if value is not None)
    if most <= 0:
        return []
    words = {"seen": said["observed"], "expected": said["expected"]}
    return [
        Bar(
            name,
            words[name],
            _bar(name, _WIDEST * value / most, _WIDEST * evidence.threshold / most),
        )
        for name, value in values.items()
        if value is not None
    ]


def _bar(name: str, width: float, threshold: float) -> str:
    """Return a bar in percent of its place; the words beside it say the same."""
    top = (_HEIGHT - _THICK) / 2
    parts = (
        svg.box("chart__track", 0, top, 100, _THICK, 3),
        svg.box(f"chart__{name}", 0, top, max(width, 0.6), _THICK, 3),
        svg.line("chart__norm", threshold, 0, threshold, _HEIGHT),
    )
    return svg.silent(_HEIGHT, parts, "chart chart--row")
