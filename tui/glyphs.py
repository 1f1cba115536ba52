"""What a terminal's font can draw: each sign that it lacks has another of the same width; pure.

The console of Linux has 256 or 512 signs, and no braille among them.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

CONSOLE = "linux"
"""What that console calls itself in `TERM`."""
_UPPER, _LOWER = 0x1B, 0xE4
"""The dots of the two upper and of the two lower rows of a cell: Unicode 15, block U+2800."""
_BLOCKS = {
    "✓": "√",
    "✗": "x",
    "☐": "o",
    "▸": "►",
    "▏": "│",
    "▕": "│",
    "⇧": "^",
    "␝": "~",
    "▣": "▒",
    "□": "o",
    "▇": "█",
    "●": "•",
    "–": "-",
    "’": "'",
    "“": '"',
    "”": '"',
    "…": ".",
    "\u202f": " ",
}
"""Signs that the fonts of the console lack; those of code page 437 stay."""
_ASCII = {
    **_BLOCKS,
    "✓": "+",
    "☐": "o",
    "▸": ">",
    "▏": "|",
    "▣": "%",
    "█": "#",
    "▕": "|",
    "░": ".",
    "▇": "#",
    "▲": "^",
    "▼": "v",
    "○": "o",
    "▀": "'",
    "▄": ".",
    "▌": "|",
    "▐": "|",
    "■": "#",
    "•": "*",
    "●": "*",
    "←": "<",
    "↑": "^",
    "→": ">",
    "↓": "v",
    "≈": "~",
    "≤": "<",
    "≥": ">",
    "♥": "*",
    "─": "-",
    "│": "|",
    "┼": "+",
    "┴": "+",
    "┬": "+",
}
"""Every sign beyond Latin-1, whose letters Danish and Norwegian need."""
_PAIRS = {"≥ ": ">=", "≤ ": "<="}
"""Limits, whose blank gives its cell to the sign."""


class Glyphs(StrEnum):
    """What may be drawn."""

    BRAILLE = "braille"
    BLOCKS = "blocks"
    ASCII = "ascii"


def _table(signs: Mapping[str, str], halves: str) -> dict[int, str]:
    """Return what stands for each sign; of braille, what its upper and its lower half come to."""
    braille = {
        0x2800 + dots: halves[bool(dots & _UPPER) + 2 * bool(dots & _LOWER)] for dots in range(256)
    }
    return {**braille, **{ord(sign): other for sign, other in signs.items()}}


_TABLES = {
    Glyphs.BLOCKS: _table(_BLOCKS, " ▀▄█"),
    Glyphs.ASCII: _table(_ASCII, " '.:"),
}


def drawn(text: str, glyphs: Glyphs) -> str:
    """Return `text` in signs that can be drawn, in as many cells."""
    if glyphs is Glyphs.ASCII:
        for signs, others in _PAIRS.items():
            text = text.replace(signs, others)
    return text if glyphs is Glyphs.BRAILLE else text.translate(_TABLES[glyphs])


def best(terminal: str, encoding: str) -> Glyphs:
    """Return the most that a terminal of this `TERM` and encoding surely draws."""
    if not encoding.lower().replace("-", "").startswith("utf8"):
        return Glyphs.ASCII
    return Glyphs.BLOCKS if terminal == CONSOLE else Glyphs.BRAILLE
