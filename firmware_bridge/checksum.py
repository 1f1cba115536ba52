"""Sums that protocols put behind their frames."""

from __future__ import annotations


def sum8(data: bytes) -> int:
    """Return the sum of `data` modulo 256."""
    return sum(data) & 0xFF
