"""A second of samples in two bytes each: sixteen bits are more than any monitor sends."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from telemetry.series import MISSING

STEPS = 65_534
"""From -32767 to 32767; one number is left over for what is missing."""
HIGHEST = STEPS // 2


def packed(samples: Sequence[float | None]) -> tuple[float, float, bytes]:
    """Return scale, offset and little-endian int16: a sample is `offset + scale * n`.

    The error is half a scale at most; whole numbers that fit are exact.
    """
    scale, offset = _form([sample for sample in samples if sample is not None])
    numbers = [
        MISSING if sample is None else max(-HIGHEST, min(HIGHEST, round((sample - offset) / scale)))
        for sample in samples
    ]
    return scale, offset, struct.pack(f"<{len(numbers)}h", *numbers)


def unpacked(scale: float, offset: float, data: bytes) -> list[float | None]:
    """Return the samples; None where the device had none."""
    numbers = struct.unpack(f"<{len(data) // 2}h", data)
    return [None if number == MISSING else offset + scale * number for number in numbers]


def _form(known: Sequence[float]) -> tuple[float, float]:
    if not known:
        return 1.0, 0.0
    low, high = min(known), max(known)
    middle = low + (high - low) / 2
    whole = high - low < STEPS and all(float(sample).is_integer() for sample in known)
    if whole or low == high:
        return 1.0, float(round(middle)) if whole else low
    return (high - low) / STEPS or 1.0, middle
