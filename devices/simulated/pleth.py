"""The shape of a plethysmogram: what the finger's blood volume does within one beat."""

from __future__ import annotations

import math
from random import Random

from devices.simulated.course import Ripple
from devices.simulated.rows import Perfusion

UPSTROKE = 0.16
"""The share of a beat that the systolic upstroke takes."""
NOTCHED_AT = 0.46
"""Where in the beat the dicrotic wave stands; the notch lies just before it."""
RESPIRATORY_PERIOD_S = 2.7
AMPLITUDES = {Perfusion.GOOD: 0.62, Perfusion.MARGINAL: 0.3, Perfusion.LOW: 0.12}
"""Of full scale."""
SWING = 0.05
"""How far, of full scale, breathing moves the wave; movement moves it by ten times as much."""


def beat(share: float) -> float:
    """Return the volume, 0..1, at `share`, 0..1, of a beat: upstroke, notch, dicrotic wave."""
    if share < UPSTROKE:
        return (1 - math.cos(math.pi * share / UPSTROKE)) / 2
    run_off = math.pow(1 - (share - UPSTROKE) / (1 - UPSTROKE), 1.8)
    return run_off + 0.18 * math.exp(-(((share - NOTCHED_AT) / 0.055) ** 2))


class Pleth:
    """A patient's wave: beats, the swing of breathing, and movement on top."""

    def __init__(self, random: Random) -> None:
        self._breathing = Ripple(1.0, (RESPIRATORY_PERIOD_S,), random)
        self._moving = Ripple(10.0, (0.31, 0.47, 0.83, 1.7), random)

    def at(self, elapsed_s: float, beats: float, amplitude: float, *, moving: bool) -> float:
        """Return the sample, 0..1, when `beats` have passed since the start."""
        breath = self._breathing.at(elapsed_s)
        pulse = amplitude * (1 + 0.08 * breath) * (beat(beats % 1) - 0.45)
        drift = breath + (self._moving.at(elapsed_s) if moving else 0)
        return min(max(0.5 + pulse + SWING * drift, 0.0), 1.0)
