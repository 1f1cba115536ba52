"""A simulated patient: seeded and pure, so that the same moment always looks the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from devices.simulated.course import Course, Ramp, Ripple, Steps
from devices.simulated.pleth import AMPLITUDES, Pleth
from devices.simulated.rows import Motion, PatientEvent, PatientRow, Perfusion, Probe, Pulse

FULL_SATURATION = 100.0
SPO2_RIPPLE = 0.6
"""Natural variation in %."""
RATE_RIPPLE = 2.0
"""Natural variation in /min."""


@dataclass(frozen=True, slots=True)
class State:
    """What an ideal oximeter could know at one moment."""

    spo2: float
    """%; what the blood has, whether or not a probe sees it."""
    pulse_rate: float
    """/min; likewise."""
    perfusion: Perfusion
    probe: Probe
    pulse: Pulse
    motion: Motion

    @property
    def measurable(self) -> bool:
        """Tell whether a probe has anything to measure."""
        return self.probe is Probe.ON and self.pulse is Pulse.FOUND


class Patient:
    """A patient from `row` on, steered by `events`; with `period_s` everything begins anew then."""

    def __init__(
        self,
        row: PatientRow,
        events: Sequence[PatientEvent] = (),
        *,
        seed: int = 0,
        period_s: float | None = None,
    ) -> None:
        random = Random(seed)
        self._perfusion = row.perfusion
        self._spo2 = Course(row.spo2, list(_spo2_ramps(events)), period_s)
        self._rate = Course(row.pulse_rate, list(_rate_ramps(events)), period_s)
        self._probe = Steps(Probe.ON, [(e.at_s, e.probe) for e in events if e.probe], period_s)
        self._pulse = Steps(Pulse.FOUND, [(e.at_s, e.pulse) for e in events if e.pulse], period_s)
        self._motion = Steps(Motion.OFF, [(e.at_s, e.motion) for e in events if e.motion], period_s)
        self._spo2_ripple = Ripple(SPO2_RIPPLE, (19.0, 47.0), random)
        self._rate_ripple = Ripple(RATE_RIPPLE, (11.0, 31.0, 83.0), random)
        self._pleth = Pleth(random)

    def at(self, elapsed_s: float) -> State:
        """Return the state `elapsed_s` after the start."""
        return State(
            spo2=min(self._spo2.at(elapsed_s) + self._spo2_ripple.at(elapsed_s), FULL_SATURATION),
            pulse_rate=self._rate.at(elapsed_s) + self._rate_ripple.at(elapsed_s),
            perfusion=self._perfusion,
            probe=self._probe.at(elapsed_s),
            pulse=self._pulse.at(elapsed_s),
            motion=self._motion.at(elapsed_s),
        )

    def beats(self, elapsed_s: float) -> float:
        """Return the heart beats since the start: the integral of the rate, so it never jumps."""
        return (self._rate.area(elapsed_s) + self._rate_ripple.area(elapsed_s)) / 60

    def pleth(self, elapsed_s: float) -> float | None:
        """Return the pleth sample, 0..1 of full scale; None while the probe is off."""
        if self._probe.at(elapsed_s) is Probe.OFF:
            return None
        found = self._pulse.at(elapsed_s) is Pulse.FOUND
        amplitude = AMPLITUDES[self._perfusion] if found else 0.0
        moving = self._motion.at(elapsed_s) is Motion.ON
        return self._pleth.at(elapsed_s, self.beats(elapsed_s), amplitude, moving=moving)


def _spo2_ramps(events: Sequence[PatientEvent]) -> Iterator[Ramp]:
    for event in events:
        if event.spo2 is not None:
            yield Ramp(event.at_s, event.spo2, event.over_s)


def _rate_ramps(events: Sequence[PatientEvent]) -> Iterator[Ramp]:
    for event in events:
        if event.pulse_rate is not None:
            yield Ramp(event.at_s, event.pulse_rate, event.over_s)
