"""Bursts as samples: 16 bits, one channel, the rate that every sound device takes."""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence
from itertools import accumulate

from monitoring.bursts import BurstRow, Pulse, ToneRules

RATE_HZ = 48_000
SAMPLE = struct.Struct("<h")
FULL = 32_767
EDGE = 9 / 8
"""A straight rise takes 0.8 of its whole length from 10 to 90 %, and 0.9 of it up to 90 %."""
_WHOLE = 1 / 0.8


def gaps(row: BurstRow) -> tuple[float, ...]:
    """Return the s between one pulse and the next, over a whole burst.

    Between two parts of a group there is room for a pulse that is left out (IEC 60601-1-8,
    table 3: 2x + td).
    """
    found: list[float] = []
    for group in row.groups:
        if found or group is not row.groups[0]:
            found.append(row.apart_s or 0.0)
        for number, part in enumerate(group):
            found += [2 * row.gap_s + row.pulse_s] if number else []
            found += [row.gap_s] * (part - 1)
    return tuple(found)


def starts(row: BurstRow) -> tuple[float, ...]:
    """Return when each pulse begins, in s after the first."""
    return tuple(accumulate((row.pulse_s + gap for gap in gaps(row)), initial=0.0))


def length_s(row: BurstRow, pulse: Pulse) -> float:
    """Return how long a burst lasts, from the first sample to the last."""
    return starts(row)[-1] + _lasting_s(row, pulse)


def samples(rules: ToneRules, row: BurstRow, volume: int) -> bytes:
    """Return a burst at a volume in percent: little-endian samples, RATE_HZ of them each second."""
    one = _pulse(rules.pulse, row, volume)
    burst = bytearray(SAMPLE.size * round(length_s(row, rules.pulse) * RATE_HZ))
    for start_s in starts(row):
        first = SAMPLE.size * round(start_s * RATE_HZ)
        there = min(len(one), len(burst) - first)
        burst[first : first + there] = one[:there]
    return bytes(burst)


def _lasting_s(row: BurstRow, pulse: Pulse) -> float:
    return row.pulse_s * (1 + EDGE * (pulse.rise + pulse.fall))


def _pulse(pulse: Pulse, row: BurstRow, volume: int) -> bytes:
    """Return one pulse; it rises and falls on straight lines."""
    height = FULL * volume / 100 * _ratio(row.level_db) / _peak(pulse.levels_db)
    lasting_s = _lasting_s(row, pulse)
    rise_s, fall_s = (row.pulse_s * share * _WHOLE for share in (pulse.rise, pulse.fall))
    made = bytearray()
    for number in range(round(lasting_s * RATE_HZ)):
        at_s = number / RATE_HZ
        edge = min(at_s / rise_s, 1.0, (lasting_s - at_s) / fall_s)
        made += SAMPLE.pack(round(height * edge * _wave(pulse.levels_db, row.f0_hz * at_s)))
    return bytes(made)


def _wave(levels_db: Sequence[float], turns: float) -> float:
    """Return fundamental and multiples together, so many turns of the fundamental on."""
    return sum(
        _ratio(level) * math.sin(math.tau * turns * n) for n, level in enumerate(levels_db, 1)
    )


def _peak(levels_db: Sequence[float]) -> float:
    """Return the most that the components come to together, rounded up."""
    steps = 512
    return 1.002 * max(abs(_wave(levels_db, step / steps)) for step in range(steps))


def _ratio(level_db: float) -> float:
    return float(10 ** (level_db / 20))
