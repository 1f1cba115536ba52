"""What pictures are drawn with: texts, lines, and bars whose patterns tell what they mean.

Every shape has its own attributes: what prints it reads no style sheet inside a picture.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import NamedTuple

HIGH = 10.0
"""Of a bar."""
SIZE = 8.5
"""Of a text."""


class Box(NamedTuple):
    """Where a bar lies."""

    x: float
    y: float
    wide: float


def text(x: float, y: float, said: str, *, bold: bool = False, anchor: str = "start") -> str:
    """Return a text that stands on `y`; `x` is its start, `middle` or `end`."""
    how = ' font-weight="bold"' if bold else ""
    how += f' text-anchor="{anchor}"' if anchor != "start" else ""
    return (
        f'<text x="{x:g}" y="{y:g}" font-family="DejaVu Sans, sans-serif" '
        f'font-size="{SIZE:g}"{how}>{escape(said)}</text>'
    )


def line(path: str, width: float = 0.6, colour: str = "#000") -> str:
    """Return a line along a path."""
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width:g}"/>'


def bar(kind: str, left: float, right: float, y: float) -> str:
    """Return a bar of a kind; what is shorter than a point is as wide as one."""
    box = Box(left, y, max(1.0, round(right - left, 1)))
    fill, edge = _LOOKS[kind]
    drawn = (
        f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.wide:g}" height="{HIGH:g}" '
        f'fill="{fill}" stroke="#000" stroke-width="{edge:g}"/>'
    )
    within = " ".join(_PATTERNS[kind](box)) if kind in _PATTERNS else ""
    return drawn + line(within, _STROKES.get(kind, 0.6)) if within else drawn


def _upright(box: Box) -> Iterator[str]:
    at = 2.5
    while at < box.wide:
        yield f"M{box.x + at:g} {box.y:g}v{HIGH:g}"
        at += 2.5


def _level(box: Box) -> Iterator[str]:
    yield from (f"M{box.x:g} {box.y + down:g}h{box.wide:g}" for down in (2.5, 5.0, 7.5))


def _slanting(box: Box) -> Iterator[str]:
    """Yield lines from top right to bottom left, cut at the edges."""
    at = 4.0
    while at < box.wide + HIGH:
        top, foot = min(at, box.wide), max(at - HIGH, 0.0)
        begin = f"{box.x + top:.1f} {box.y + at - top:.1f}"
        yield f"M{begin}L{box.x + foot:.1f} {box.y + at - foot:.1f}"
        at += 4.0


def _dotted(box: Box) -> Iterator[str]:
    at = 2.0
    while at < box.wide - 1:
        yield from (f"M{box.x + at:g} {box.y + down:g}h1.2" for down in (3.0, 7.0))
        at += 4.0


_LOOKS: Mapping[str, tuple[str, float]] = {
    "covered": ("#8fb4b4", 0.4),
    "uncovered": ("#fff", 1.4),
    "undocumented": ("#fff", 0.4),
    "stale": ("#fff", 0.4),
    "waived": ("#fff", 0.4),
    "excused": ("#d5e3e3", 0.4),
}
"""Fill and edge: what is not monitored is empty in a thick frame."""
_PATTERNS: Mapping[str, Callable[[Box], Iterator[str]]] = {
    "undocumented": _upright,
    "stale": _level,
    "waived": _slanting,
    "excused": _dotted,
}
_STROKES = {"undocumented": 0.8, "excused": 1.2}
KINDS = tuple(_LOOKS)
"""In the order of a legend; `report.<kind>` are their words."""
