"""A grid of braille dots: two wide and four tall in each cell."""

from __future__ import annotations

DOTS_WIDE = 2
DOTS_TALL = 4
_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""Unicode 15, block U+2800: the bit of the dot at [row][column] of a cell."""
_SIGNS = " " + "".join(chr(0x2800 + pattern) for pattern in range(1, 256))
"""A cell without dots is a blank: some fonts draw rings for U+2800."""


class Raster:
    """Dots of `width` by `height` cells."""

    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self._cells = [bytearray(width) for _ in range(height)]

    @property
    def dots_wide(self) -> int:
        """Return how many dot columns there are."""
        return self.width * DOTS_WIDE

    @property
    def dots_tall(self) -> int:
        """Return how many dot rows there are."""
        return self.height * DOTS_TALL

    def plot(self, x: int, top: int, bottom: int) -> None:
        """Set the dots of column `x` from row `top` to row `bottom`, both included."""
        cell, side = divmod(x, DOTS_WIDE)
        for y in range(top, bottom + 1):
            row, dot = divmod(y, DOTS_TALL)
            self._cells[row][cell] |= _BITS[dot][side]

    def clear(self, x: int) -> None:
        """Unset every dot of column `x`."""
        cell, side = divmod(x, DOTS_WIDE)
        kept = ~sum(bits[side] for bits in _BITS) & 0xFF
        for row in self._cells:
            row[cell] &= kept

    def line(self, row: int) -> str:
        """Return one row of cells as exactly `width` signs."""
        return "".join(map(_SIGNS.__getitem__, self._cells[row]))
