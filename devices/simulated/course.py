"""Values over time in closed form: any moment can be asked for, in any order."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Generic, TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Ramp:
    """From `at_s` on, move in a straight line to `target`, taking `over_s`."""

    at_s: float
    target: float
    over_s: float


class Course:
    """A value that follows ramps, each starting where the value then is, and its integral.

    With `period_s` the course begins anew after each period.
    """

    def __init__(self, start: float, ramps: Sequence[Ramp], period_s: float | None = None) -> None:
        self._period_s = period_s
        self._times, self._values, self._areas = [0.0], [start], [0.0]
        for ramp in sorted(ramps, key=lambda ramp: ramp.at_s):
            self._add(ramp)

    def at(self, elapsed_s: float) -> float:
        """Return the value."""
        return self._value(_local(elapsed_s, self._period_s))

    def area(self, elapsed_s: float) -> float:
        """Return the integral of the value from 0 to `elapsed_s`."""
        if self._period_s is None:
            return self._area(elapsed_s)
        periods, local_s = divmod(elapsed_s, self._period_s)
        return periods * self._area(self._period_s) + self._area(local_s)

    def _add(self, ramp: Ramp) -> None:
        value, area = self._value(ramp.at_s), self._area(ramp.at_s)
        kept = bisect_right(self._times, ramp.at_s)  # a ramp not yet ended is cut off
        del self._times[kept:], self._values[kept:], self._areas[kept:]
        risen = area + (value + ramp.target) / 2 * ramp.over_s
        self._times += [ramp.at_s, ramp.at_s + ramp.over_s]
        self._values += [value, ramp.target]
        self._areas += [area, risen]

    def _value(self, elapsed_s: float) -> float:
        index = bisect_right(self._times, elapsed_s) - 1
        if index == len(self._times) - 1:
            return self._values[index]
        since, until = self._times[index : index + 2]
        share = (elapsed_s - since) / (until - since)
        return self._values[index] + share * (self._values[index + 1] - self._values[index])

    def _area(self, elapsed_s: float) -> float:
        index = bisect_right(self._times, elapsed_s) - 1
        mean = (self._values[index] + self._value(elapsed_s)) / 2
        return self._areas[index] + mean * (elapsed_s - self._times[index])


class Steps(Generic[Value]):
    """A state that changes at once, at `(at_s, state)`; with `period_s` it begins anew likewise."""

    def __init__(
        self, start: Value, changes: Sequence[tuple[float, Value]], period_s: float | None = None
    ) -> None:
        ordered = sorted(changes, key=lambda change: change[0])
        self._times = [0.0, *(at_s for at_s, _ in ordered)]
        self._states = [start, *(state for _, state in ordered)]
        self._period_s = period_s

    def at(self, elapsed_s: float) -> Value:
        """Return the state."""
        return self._states[bisect_right(self._times, _local(elapsed_s, self._period_s)) - 1]


def _local(elapsed_s: float, period_s: float | None) -> float:
    return elapsed_s if period_s is None else elapsed_s % period_s


class Ripple:
    """A gentle, aperiodic variation around 0 that stays within `amplitude`, and its integral."""

    def __init__(self, amplitude: float, periods_s: Sequence[float], random: Random) -> None:
        self._amplitude = amplitude / len(periods_s)
        self._waves = [(math.tau / period_s, random.uniform(0, math.tau)) for period_s in periods_s]

    def at(self, elapsed_s: float) -> float:
        """Return the variation."""
        sines = (math.sin(speed * elapsed_s + phase) for speed, phase in self._waves)
        return self._amplitude * math.fsum(sines)

    def area(self, elapsed_s: float) -> float:
        """Return the integral of the variation from 0 to `elapsed_s`."""
        risen = (
            (math.cos(phase) - math.cos(speed * elapsed_s + phase)) / speed
            for speed, phase in self._waves
        )
        return self._amplitude * math.fsum(risen)
