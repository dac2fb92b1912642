"""The bars of an alert: what was seen, what was to be expected, the threshold across both."""

from __future__ import annotations

import re

from queue_server.contracts.integrity import EvidenceOut
from queue_server.web import alert_pictures

SAID = {"observed": "12 %", "expected": "1 %", "threshold": "5 %"}


def evidence(observed: float, threshold: float, expected: float | None) -> EvidenceOut:
    """Return numbers."""
    return EvidenceOut(observed=observed, threshold=threshold, expected=expected, n=9, unit="share")


def width(drawing: str, kind: str) -> float:
    """Return how wide a part of a drawing is, percent."""
    found = re.search(rf'class="{kind}"[^>]*width="([\d.]+)%"', drawing)
    assert found is not None
    return float(found[1])


def threshold(drawing: str) -> float:
    """Return where the threshold stands, percent."""
    found = re.search(r'class="chart__norm" x1="([\d.]+)%"', drawing)
    assert found is not None
    return float(found[1])


def test_bars_are_in_proportion() -> None:
    """12 is twelve times as wide as 1, and the threshold of 5 stands at the same place in both."""
    seen, expected = alert_pictures.bars(evidence(0.12, 0.05, 0.01), SAID)
    assert (seen.name, seen.said) == ("seen", "12 %")
    assert (expected.name, expected.said) == ("expected", "1 %")
    of_seen, of_expected = (
        width(seen.drawing, "chart__seen"),
        width(expected.drawing, "chart__expected"),
    )
    assert abs(of_seen / of_expected - 12) < 0.1
    assert threshold(seen.drawing) == threshold(expected.drawing)
    assert abs(of_seen / threshold(seen.drawing) - 12 / 5) < 0.01


def test_nothing_to_expect_has_no_bar() -> None:
    """What cannot be expected is not drawn, and neither is nothing at all."""
    (seen,) = alert_pictures.bars(evidence(12, 30, None), SAID)
    assert width(seen.drawing, "chart__seen") < threshold(seen.drawing) < 100
    assert alert_pictures.bars(evidence(0, 0, 0), SAID) == []


def test_a_bar_only_repeats_what_stands_beside_it() -> None:
    """Nobody hears it twice."""
    for bar in alert_pictures.bars(evidence(2, 1, 0), SAID):
        assert 'aria-hidden="true"' in bar.drawing
