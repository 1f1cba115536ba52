"""Numerals that can be read across a room: seven rows of blocks, and reversible."""

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
