"""Simulated oximeters that speak each of the formats as the real ones do.

Document: Nonin, "9560 Bluetooth specification" (6470-000-01), p. 8-13; those of `display`, `spot`
and `text`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from devices.nonin import display, spot
from devices.nonin.display import Df1Frame, Df8Frame
from devices.nonin.packet import (
    MISSING_RATE,
    MISSING_SPO2,
    PACKET_FRAMES,
    Numbers,
    Packet,
    Stat2,
)
from devices.nonin.spot import SpotCheck
from devices.nonin.text import Line
from devices.nonin.wire import RATE_HZ, Shape, Status
from devices.simulated.patient import Patient, State
from devices.simulated.rows import Motion, Perfusion, Probe

FIRMWARE = 48
LAG_S = 2.0
"""How much later than the 4-beat averages the 8-beat averages are."""
PULSE_S = 12 / RATE_HZ
"""The perfusion code stands for 12 frames from each beat on (p. 9)."""
RENEWED_EVERY_S = 1.5
HELD_FOR_S = 10.0
"""How often the -D numbers are renewed, and how long they stay without a finger (p. 10-11)."""
PERFUSION = {
    Perfusion.GOOD: Status.GPRF,
    Perfusion.MARGINAL: Status.RPRF | Status.GPRF,
    Perfusion.LOW: Status.RPRF,
}
BUILT_UP = {
    Perfusion.GOOD: 0,
    Perfusion.MARGINAL: int(display.Mark.MPRF),
    Perfusion.LOW: int(display.Mark.LPRF),
}
SECOND_S = 1.0
SPOT_CHECK_EVERY_S = 20.0
POWERED_UP = datetime(2026, 11, 21, 8, tzinfo=UTC)
"""What the device's clock shows as the simulation begins."""
STORED = 2
"""Spot checks in the device's memory, sent whenever it is connected."""
IDLE = 0.5
"""The pleth, of full scale, while the probe is off."""


@dataclass(frozen=True, slots=True)
class Average:
    """A saturation and a rate as they are sent."""

    spo2: int
    hr: int


MISSING = Average(MISSING_SPO2, MISSING_RATE)


def _average(state: State) -> Average:
    if not state.measurable:
        return MISSING
    return Average(round(state.spo2), round(state.pulse_rate))


class Display:
    """The -D numbers: renewed now and then, held for a while after the finger has gone."""

    def __init__(self) -> None:
        self._shown = (MISSING, MISSING)
        self._renewed_s = self._measured_s = -HELD_FOR_S

    def at(
        self, at_s: float, state: State, live: tuple[Average, Average]
    ) -> tuple[Average, Average]:
        """Return the 4-beat and the 8-beat average on the display."""
        if state.measurable:
            self._measured_s = at_s
            if at_s - self._renewed_s >= RENEWED_EVERY_S:
                self._shown, self._renewed_s = live, at_s
        elif state.probe is Probe.ON or at_s - self._measured_s > HELD_FOR_S:
            self._shown, self._renewed_s = (MISSING, MISSING), -HELD_FOR_S
        return self._shown


class NoninSimulator:
    """An oximeter on `patient`; implements `devices.simulated.catalogue.Simulator`."""

    def __init__(self, shape: Shape, patient: Patient, seed: int = 0) -> None:
        self._shape = shape
        self._patient = patient
        self._random = Random(seed)
        self._display = Display()
        self._sent = 0
        self._frames: list[bytes] = []
        self.heard = 0
        """Bytes that were written to the device; it takes no commands."""

    def receive(self, data: bytes) -> None:
        """Ignore `data`."""
        self.heard += len(data)

    def emit(self, elapsed_s: float) -> bytes:
        """Return the frames, 75 a second, that came due since the last call."""
        due = int(elapsed_s * RATE_HZ + 1e-6)
        portions: list[bytes] = []
        while self._sent < due:
            place = self._sent % PACKET_FRAMES
            if place == 0:
                self._frames = self._packet()
            portion = self._frames[place : place + due - self._sent]
            portions += portion
            self._sent += len(portion)
        return b"".join(portions)

    def _packet(self) -> list[bytes]:
        """Return the frames of the packet that begins now."""
        times = [(self._sent + place) / RATE_HZ for place in range(PACKET_FRAMES)]
        packet = Packet(
            numbers=self._numbers(times[0]),
            statuses=tuple(self._status(at_s, place) for place, at_s in enumerate(times)),
            pleth=tuple(self._pleth(at_s) for at_s in times),
        )
        reserved = self._random.randbytes(PACKET_FRAMES)
        return [frame.to_bytes() for frame in packet.to_frames(self._shape, reserved)]

    def _numbers(self, at_s: float) -> Numbers:
        state = self._patient.at(at_s)
        now = _average(state)
        slow = MISSING if now == MISSING else _average(self._patient.at(max(at_s - LAG_S, 0.0)))
        shown, shown_slow = self._display.at(at_s, state, (now, slow))
        moving_bits = self._random.getrandbits(7) & ~int(Stat2.SPA | Stat2.LOW_BAT)
        return Numbers(
            hr=now.hr,
            spo2=now.spo2,
            srev=FIRMWARE,
            tmr=self._sent // PACKET_FRAMES % (1 << 14),
            stat2=moving_bits | (Stat2.SPA if state.measurable else 0),
            spo2_d=shown.spo2,
            spo2_fast=now.spo2,
            spo2_b_b=now.spo2,
            e_hr=slow.hr,
            e_spo2=slow.spo2,
            e_spo2_d=shown_slow.spo2,
            hr_d=shown.hr,
            e_hr_d=shown_slow.hr,
        )

    def _status(self, at_s: float, place: int) -> int:
        status = Status.ALWAYS | (Status.SYNC if place == 0 else 0)
        state = self._patient.at(at_s)
        if state.probe is Probe.OFF:
            return status | Status.SNSD | Status.SNSA
        moving = state.motion is Motion.ON
        if moving or not state.measurable:
            status |= Status.OOT
        if state.measurable and self._in_pulse(at_s):
            status |= PERFUSION[state.perfusion] | (Status.ARTF if moving else 0)
        return status

    def _in_pulse(self, at_s: float) -> bool:
        earlier_s = max(at_s - PULSE_S, 0.0)
        return int(self._patient.beats(at_s)) > int(self._patient.beats(earlier_s))

    def _pleth(self, at_s: float) -> int:
        share = self._patient.pleth(at_s)
        return round(self._shape.FULL_SCALE * (IDLE if share is None else share))


Record = Callable[[float], bytes]
"""Returns what the device sends at a moment; nothing where it has nothing to say."""


class RecordSimulator:
    """An oximeter that sends one record a period; implements `catalogue.Simulator`."""

    def __init__(
        self, record: Record, *, seed: int, period_s: float = SECOND_S, greeting: bytes = b""
    ) -> None:
        self._record = record
        self._random = Random(seed)
        self._period_s = period_s
        self._greeting = greeting
        self._sent = 0
        self._bytes = 0
        self.connecting = True
        """It was switched on or connected just now: its greeting comes next."""
        self.corrupt_every = 0
        """Every so many bytes one has a flipped bit; 0: none."""
        self.heard = 0
        """Bytes that were written to the device; it takes no commands."""

    def receive(self, data: bytes) -> None:
        """Ignore `data`."""
        self.heard += len(data)

    def emit(self, elapsed_s: float) -> bytes:
        """Return the records that came due since the last call."""
        due = int(elapsed_s / self._period_s + 1e-6)
        portions = [self._greeting if self.connecting else b""]
        portions += [self._record(n * self._period_s) for n in range(self._sent + 1, due + 1)]
        self.connecting, self._sent = False, max(due, self._sent)
        return bytes(map(self._worn, b"".join(portions)))

    def _worn(self, byte: int) -> int:
        self._bytes += 1
        hit = self.corrupt_every and self._bytes % self.corrupt_every == 0
        return byte ^ 1 << self._random.randrange(8) if hit else byte


def display_simulator(
    shape: type[Df1Frame] | type[Df8Frame], patient: Patient, seed: int = 0
) -> RecordSimulator:
    """Return an oximeter on `patient` that speaks format 1 or 8."""
    shown = Display()

    def display_at(at_s: float) -> Average:
        state = patient.at(at_s)
        return shown.at(at_s, state, (_average(state), MISSING))[0]

    def record(at_s: float) -> bytes:
        display_at(at_s - SECOND_S / 2)  # it is renewed between two records too
        now, state = display_at(at_s), patient.at(at_s)
        marks, off = _marks(state), state.probe is Probe.OFF
        if shape is Df1Frame:
            marks |= int(display.Mark.SNSD) if off else 0
            return Df1Frame(marks, now.hr, now.spo2).to_bytes()
        extra = int(display.Extra.SNSA if off else display.Extra.SPA)
        return Df8Frame(marks, now.hr, now.spo2, extra).to_bytes()

    return RecordSimulator(record, seed=seed)


def _marks(state: State) -> int:
    moving = state.motion is Motion.ON
    out = moving or not state.measurable
    marks = BUILT_UP[state.perfusion] if state.measurable else 0
    return marks | (display.Mark.OOT if out else 0) | (display.Mark.ARTF if moving else 0)


def spot_simulator(patient: Patient, seed: int = 0) -> RecordSimulator:
    """Return an oximeter that is put on `patient` now and then and speaks format 13."""

    def record(at_s: float) -> bytes:
        state = patient.at(at_s)
        return b"" if state.probe is Probe.OFF else _spot_check(state, at_s).to_bytes()

    yesterday = [-86_400.0 + number for number in range(STORED)]
    stored = [_spot_check(patient.at(0), at_s, spot.Mark.MEM).to_bytes() for at_s in yesterday]
    greeting = b"".join(stored)
    return RecordSimulator(record, seed=seed, period_s=SPOT_CHECK_EVERY_S, greeting=greeting)


def _spot_check(state: State, at_s: float, marks: int = 0) -> SpotCheck:
    clock = POWERED_UP + timedelta(seconds=at_s)
    stamp = bytes.fromhex(f"{clock:%Y%m%d%H%M%S}{clock.microsecond // 10_000:02d}")
    status = marks | (spot.Mark.SPA if state.measurable else spot.Mark.NOMS)
    now = _average(state)
    return SpotCheck(stamp, status, now.hr, now.spo2)


def text_simulator(patient: Patient, seed: int = 0) -> RecordSimulator:
    """Return an oximeter on `patient` that prints lines."""

    def record(at_s: float) -> bytes:
        state = patient.at(at_s)
        now = _average(state)
        return (Line(now.spo2, now.hr) if state.measurable else Line(None, None)).to_bytes()

    heading = f"{POWERED_UP:%m/%d/%y %H:%M:%S}\r\n".encode("ascii")
    return RecordSimulator(record, seed=seed, greeting=heading)
