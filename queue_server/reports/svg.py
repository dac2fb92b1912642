"""The parts of a drawing: across in percent, down in pixels, so letters keep their size.

A page styles the parts by their classes: no colour is written here. Every text is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape


def drawing(label: str, height: float, parts: Iterable[str], kind: str = "chart") -> str:
    """Return a drawing as wide as its place; `label` says to everyone what it shows."""
    told = escape(" ".join(label.split()))
    head = f'<svg class="{kind}" role="img" aria-label="{told}" width="100%"'
    return f'{head} height="{height:g}"><title>{told}</title>{"".join(parts)}</svg>'


def silent(height: float, parts: Iterable[str], kind: str = "chart") -> str:
    """Return a drawing that only repeats what stands beside it: nobody hears it."""
    head = f'<svg class="{kind}" aria-hidden="true" width="100%" height="{height:g}">'
    return f"{head}{''.join(parts)}</svg>"


def box(kind: str, x: float, y: float, width: float, height: float, radius: float = 0) -> str:
    """Return a rectangle; `x` and `width` in percent."""
    size = f'x="{x:.2f}%" y="{y:.1f}" width="{max(width, 0):.2f}%" height="{max(height, 0):.1f}"'
    rounded = f' rx="{radius:g}"' if radius else ""
    return f'<rect class="{kind}" {size}{rounded}/>'


def words(kind: str, x: float, y: float, text: str) -> str:
    """Return a text; where it is anchored, its class says."""
    return f'<text class="{kind}" x="{x:.2f}%" y="{y:.1f}">{escape(text)}</text>'


def dot(kind: str, x: float, y: float, radius: float) -> str:
    """Return a circle."""
    return f'<circle class="{kind}" cx="{x:.2f}%" cy="{y:.1f}" r="{radius:g}"/>'


def line(kind: str, x1: float, y1: float, x2: float, y2: float) -> str:
    """Return a straight line."""
    return f'<line class="{kind}" x1="{x1:.2f}%" y1="{y1:.1f}" x2="{x2:.2f}%" y2="{y2:.1f}"/>'


def stretched(height: float, parts: Iterable[str]) -> str:
    """Return a part whose points are in percent across: a line with corners knows no percent."""
    frame = f'width="100%" height="{height:g}" viewBox="0 0 100 {height:g}"'
    return f'<svg {frame} preserveAspectRatio="none">{"".join(parts)}</svg>'


def corners(tag: str, kind: str, points: Sequence[tuple[float, float]]) -> str:
    """Return a polyline or polygon, for inside of `stretched`."""
    place = " ".join(f"{x:.2f},{y:.1f}" for x, y in points)
    return f'<{tag} class="{kind}" vector-effect="non-scaling-stroke" points="{place}"/>'


def tipped(tip: str, *parts: str) -> str:
    """Return parts that tell something while the pointer rests on them."""
    return f"<g><title>{escape(tip)}</title>{''.join(parts)}</g>"
