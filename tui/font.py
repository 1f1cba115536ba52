"""Numerals that can be read across a room: blocks in two sizes, and reversible."""

from __future__ import annotations

ROWS = 7
PIXEL = "██"
BLANK = "  "
GAP = "  "
"""Two cells a pixel, so that a pixel is about square."""

FONT = {
    "0": (".###.", "#...#", "#...#", "#...#", "#...#", "#...#", ".###."),
    "1": ("..#..", ".##..", "..#..", "..#..", "..#..", "..#..", ".###."),
    "2": (".###.", "#...#", "....#", "..##.", ".#...", "#....", "#####"),
    "3": ("####.", "....#", "....#", ".###.", "....#", "....#", "####."),
    "4": ("...#.", "..##.", ".#.#.", "#..#.", "#####", "...#.", "...#."),
    "5": ("#####", "#....", "####.", "....#", "....#", "#...#", ".###."),
    "6": (".###.", "#....", "#....", "####.", "#...#", "#...#", ".###."),
    "7": ("#####", "....#", "...#.", "...#.", "..#..", "..#..", "..#.."),
    "8": (".###.", "#...#", "#...#", ".###.", "#...#", "#...#", ".###."),
    "9": (".###.", "#...#", "#...#", ".####", "....#", "....#", ".###."),
    "-": (".....", ".....", ".....", "#####", ".....", ".....", "....."),
    " ": (".....", ".....", ".....", ".....", ".....", ".....", "....."),
}
"""Every glyph is five pixels wide; no two are alike."""

GLYPH_CELLS = 5 * len(PIXEL)
WIDTH = 3 * GLYPH_CELLS + 2 * len(GAP)
"""Cells that three glyphs take."""


def drawn(text: str) -> list[str]:
    """Return `text` (digits, `-` and blanks) as ROWS lines of blocks, equally wide."""
    return [GAP.join(_line(FONT[sign][row]) for sign in text) for row in range(ROWS)]


def _line(pixels: str) -> str:
    return "".join(PIXEL if pixel == "#" else BLANK for pixel in pixels)


SMALL_ROWS = 5
SMALL_GAP = " "
_FULL, _LEFT, _RIGHT, _BOTH, _NONE = "██████", "██    ", "    ██", "██  ██", "      "
_STEM = "  ██  "
SMALL = {
    "0": (_FULL, _BOTH, _BOTH, _BOTH, _FULL),
    "1": ("████  ", _STEM, _STEM, _STEM, _FULL),
    "2": (_FULL, _RIGHT, _FULL, _LEFT, _FULL),
    "3": (_FULL, _RIGHT, _FULL, _RIGHT, _FULL),
    "4": (_BOTH, _BOTH, _FULL, _RIGHT, _RIGHT),
    "5": (_FULL, _LEFT, _FULL, _RIGHT, _FULL),
    "6": (_FULL, _LEFT, _FULL, _BOTH, _FULL),
    "7": (_FULL, _RIGHT, _RIGHT, _RIGHT, _RIGHT),
    "8": (_FULL, _BOTH, _FULL, _BOTH, _FULL),
    "9": (_FULL, _BOTH, _FULL, _RIGHT, _FULL),
    "-": (_NONE, _NONE, _FULL, _NONE, _NONE),
    " ": (_NONE, _NONE, _NONE, _NONE, _NONE),
    ",": ("  ", "  ", "  ", "  ", "██"),
    ".": ("  ", "  ", "  ", "  ", "██"),
}
"""Strokes two cells wide and a row high, so that both are about as thick."""
SMALL_WIDTH = 3 * len(_FULL) + 2 * len(SMALL_GAP)
"""Cells that three of the small glyphs take."""


def drawn_small(text: str) -> list[str]:
    """Return `text` (digits, a decimal sign, `-` and blanks) as SMALL_ROWS lines of blocks."""
    return [SMALL_GAP.join(SMALL[sign][row] for sign in text) for row in range(SMALL_ROWS)]
