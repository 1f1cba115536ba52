"""Whether the number of an article is one, by its own check digit."""

from __future__ import annotations

from vitals.against import Line

_WEIGHTS = (3, 1) * 7
"""From the left of 14 digits (GS1 General Specifications, section 7.9.1)."""


def misread(gtin: str) -> Line | None:
    """Return why 14 digits are no article number and the way on; None where they are one.

    No number at all is none to be misread.
    """
    total = sum(int(digit) * weight for digit, weight in zip(gtin, _WEIGHTS, strict=False))
    if total % 10 == 0:
        return None
    line = f"GTIN {gtin} fails its check digit: scan the pack again, or leave the number out"
    return Line.of(line, "misread")
