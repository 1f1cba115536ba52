"""A simulated patient: seeded and pure, so that the same moment always looks the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from devices.simulated import shapes
from devices.simulated.course import Course, Ramp, Ripple, Steps
from devices.simulated.lungs import Lungs, falls
from devices.simulated.pleth import AMPLITUDES, Pleth, beat
from devices.simulated.rows import Motion, PatientEvent, PatientRow, Perfusion, Probe, Pulse
from devices.simulated.vessels import Cuff, Pressures, Vessels
from vitals.measure import Agent

FULL_SATURATION = 100.0
SPO2_RIPPLE = 0.6
"""Natural variation in %."""
RATE_RIPPLE = 2.0
"""Natural variation in /min."""
UPTAKE = 0.9
"""What is breathed out of what is breathed in."""
OXYGEN_USED = 4.0
"""% between inspired and expired oxygen."""
ONE_MAC = {
    Agent.SEVOFLURANE: 2.5,
    Agent.DESFLURANE: 8.0,
    Agent.ISOFLURANE: 1.5,
    Agent.HALOTHANE: 0.9,
    Agent.ENFLURANE: 1.7,
}
"""% at 1 MAC, of a small child, for a simulated patient alone."""


@dataclass(frozen=True, slots=True)
class Gases:
    """What is breathed in and out, in %."""

    fio2: float
    eto2: float
    n2o_inspired: float
    n2o_expired: float
    agent: Agent
    agent_inspired: float
    agent_expired: float
    mac: float


@dataclass(frozen=True, slots=True)
class State:
    """What ideal monitors could know at one moment."""

    spo2: float
    """%; what the blood has, whether or not a probe sees it."""
    pulse_rate: float
    """/min; likewise."""
    perfusion: Perfusion
    probe: Probe
    pulse: Pulse
    motion: Motion
    respiratory_rate: float
    """/min; 0 in apnoea."""
    etco2: float
    """kPa at the end of the last breath."""
    fico2: float
    """kPa."""
    pressures: Pressures
    """mmHg, in the artery at this moment."""
    temperature: float
    """Cel."""
    gases: Gases

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
        self._spo2 = Course(row.spo2, [*_spo2_ramps(events), *falls(row, events)], period_s)
        self._rate = Course(row.pulse_rate, list(_rate_ramps(events)), period_s)
        self._probe = Steps(Probe.ON, [(e.at_s, e.probe) for e in events if e.probe], period_s)
        self._pulse = Steps(Pulse.FOUND, [(e.at_s, e.pulse) for e in events if e.pulse], period_s)
        self._motion = Steps(Motion.OFF, [(e.at_s, e.motion) for e in events if e.motion], period_s)
        self._spo2_ripple = Ripple(SPO2_RIPPLE, (19.0, 47.0), random)
        self._rate_ripple = Ripple(RATE_RIPPLE, (11.0, 31.0, 83.0), random)
        self._pleth = Pleth(random)
        self._row = row
        self._gases = _gases(row)
        self._lungs = Lungs(row, events, period_s)
        self._vessels = Vessels(row, events, period_s)

    def at(self, elapsed_s: float) -> State:
        """Return the state `elapsed_s` after the start."""
        return State(
            spo2=min(self._spo2.at(elapsed_s) + self._spo2_ripple.at(elapsed_s), FULL_SATURATION),
            pulse_rate=self._rate.at(elapsed_s) + self._rate_ripple.at(elapsed_s),
            perfusion=self._perfusion,
            probe=self._probe.at(elapsed_s),
            pulse=self._found(elapsed_s),
            motion=self._motion.at(elapsed_s),
            respiratory_rate=self._lungs.rate(elapsed_s),
            etco2=self._lungs.etco2(elapsed_s),
            fico2=self._lungs.fico2(elapsed_s),
            pressures=self._vessels.at(elapsed_s),
            temperature=self._row.temperature,
            gases=self._gases,
        )

    def beats(self, elapsed_s: float) -> float:
        """Return the heart beats since the start: the integral of the rate, so it never jumps."""
        return (self._rate.area(elapsed_s) + self._rate_ripple.area(elapsed_s)) / 60

    def pleth(self, elapsed_s: float) -> float | None:
        """Return the pleth sample, 0..1 of full scale; None while the probe is off."""
        if self._probe.at(elapsed_s) is Probe.OFF:
            return None
        found = self._found(elapsed_s) is Pulse.FOUND
        amplitude = AMPLITUDES[self._perfusion] if found else 0.0
        moving = self._motion.at(elapsed_s) is Motion.ON
        return self._pleth.at(elapsed_s, self.beats(elapsed_s), amplitude, moving=moving)

    def ecg(self, elapsed_s: float) -> float:
        """Return lead II in mV; its R peaks come at `pulse_rate`."""
        return shapes.ecg(self.beats(elapsed_s) % 1)

    def breaths(self, elapsed_s: float) -> float:
        """Return the breaths since the start; it stands still in apnoea."""
        return self._lungs.breaths(elapsed_s)

    def co2(self, elapsed_s: float) -> float:
        """Return CO2 at the airway in kPa: a capnogram a breath, the baseline in apnoea."""
        inspired = self._lungs.fico2(elapsed_s)
        if self._lungs.rate(elapsed_s) == 0:
            return inspired
        height = self._lungs.etco2(elapsed_s) - inspired
        return inspired + height * shapes.capnogram(self.breaths(elapsed_s) % 1)

    def resp(self, elapsed_s: float) -> float:
        """Return the chest's movement, -1..1; it stands still in apnoea."""
        return shapes.breath(self.breaths(elapsed_s) % 1)

    def art(self, elapsed_s: float) -> float:
        """Return the arterial pressure in mmHg."""
        now = self._vessels.at(elapsed_s)
        share = min(max(beat(self.beats(elapsed_s) % 1), 0.0), 1.0)
        return now.diastolic + (now.systolic - now.diastolic) * share

    def cuff(self, elapsed_s: float) -> Cuff | None:
        """Return the last finished cuff measurement; None before the first."""
        if (finished := self._vessels.finished(elapsed_s)) is None:
            return None
        number, at_s = finished
        return Cuff(number, at_s, self._vessels.at(at_s), self.at(at_s).pulse_rate)

    def inflating(self, elapsed_s: float) -> bool:
        """Tell whether the cuff is measuring."""
        return self._vessels.inflating(elapsed_s)

    def _found(self, elapsed_s: float) -> Pulse:
        squeezed = self._row.same_limb and self.inflating(elapsed_s)
        return Pulse.LOST if squeezed else self._pulse.at(elapsed_s)


def _gases(row: PatientRow) -> Gases:
    expired = row.agent_percent * UPTAKE
    return Gases(
        row.fio2,
        row.fio2 - OXYGEN_USED,
        row.n2o,
        row.n2o * UPTAKE,
        row.agent,
        row.agent_percent,
        expired,
        round(expired / ONE_MAC[row.agent], 2),
    )


def _spo2_ramps(events: Sequence[PatientEvent]) -> Iterator[Ramp]:
    for event in events:
        if event.spo2 is not None:
            yield Ramp(event.at_s, event.spo2, event.over_s)


def _rate_ramps(events: Sequence[PatientEvent]) -> Iterator[Ramp]:
    for event in events:
        if event.pulse_rate is not None:
            yield Ramp(event.at_s, event.pulse_rate, event.over_s)
