"""What an ear makes of samples: pulses, the gaps between them, how they rise, what they consist of.

It knows nothing of how bursts are made. A burst's own height is 1.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from itertools import pairwise

RATE_HZ = 48_000
HOP = 12
"""Samples between one look at the height and the next."""
OVER = 8
"""So many hops are looked at together: 2 ms, more than one period of any tone that is heard."""
PEAK_HZ = 10
"""How finely a spectrum is looked at."""


@dataclass(frozen=True)
class Pulse:
    """From when to when a burst is at least as high as was asked, in s."""

    begin_s: float
    end_s: float

    @property
    def length_s(self) -> float:
        return self.end_s - self.begin_s


class Burst:
    """Samples of one burst: 16 bits, one channel, silence before and after."""

    def __init__(self, raw: bytes) -> None:
        self.samples = struct.unpack(f"<{len(raw) // 2}h", raw)
        self.peak = max(map(abs, self.samples))
        tops = [
            max(map(abs, self.samples[first : first + HOP]))
            for first in range(0, len(self.samples), HOP)
        ]
        padded = [0] * (OVER // 2) + tops + [0] * (OVER // 2)
        self.heights = [max(padded[n : n + OVER]) / self.peak for n in range(len(tops))]

    def pulses(self, above: float = 0.9) -> list[Pulse]:
        """Return the stretches that are at least so high."""
        found, begun = [], None
        for n, height in enumerate([*self.heights, 0.0]):
            if height >= above and begun is None:
                begun = n
            elif height < above and begun is not None:
                found.append(Pulse(begun * HOP / RATE_HZ, n * HOP / RATE_HZ))
                begun = None
        return found

    def gaps_s(self, above: float = 0.9) -> list[float]:
        """Return the time from each pulse to the next."""
        pulses = self.pulses(above)
        return [b.begin_s - a.end_s for a, b in pairwise(pulses)]

    def rises_s(self) -> list[float]:
        """Return how long each pulse takes from a tenth of the height to nine tenths."""
        whole = self.pulses(0.1)
        return [
            high.begin_s - next(p for p in whole if p.begin_s <= high.begin_s <= p.end_s).begin_s
            for high in self.pulses(0.9)
        ]

    def peaks(self, number: int = 0) -> dict[float, float]:
        """Return the components of one pulse in Hz, with their levels in dB below the loudest.

        A window of Hann is laid over it, and nothing 30 dB below the loudest counts.
        """
        pulse = self.pulses()[number]
        part = self.samples[round(pulse.begin_s * RATE_HZ) : round(pulse.end_s * RATE_HZ)]
        count = len(part)
        shaped = [x * (1 - math.cos(math.tau * n / (count - 1))) for n, x in enumerate(part)]
        found = {float(hz): _power(shaped, hz) for hz in range(60, 6000, PEAK_HZ)}
        loudest = max(found.values())
        levels = {hz: 10 * math.log10(power / loudest) for hz, power in found.items()}
        return {
            hz: level
            for hz, level in levels.items()
            if level > -30 and level == max(levels.get(hz + d, -99) for d in (-10, 0, 10))
        }

    def loudness(self) -> float:
        """Return the mean power of the first pulse."""
        pulse = self.pulses()[0]
        part = self.samples[round(pulse.begin_s * RATE_HZ) : round(pulse.end_s * RATE_HZ)]
        return float(sum(x * x for x in part)) / len(part)


def _power(samples: list[float], hertz: float) -> float:
    """Return the power at one frequency (Goertzel)."""
    turn = 2 * math.cos(math.tau * hertz / RATE_HZ)
    one = two = 0.0
    for sample in samples:
        one, two = sample + turn * one - two, one
    return float(one * one + two * two - turn * one * two)
