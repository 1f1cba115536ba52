"""A simulated N-560 that prints its lines as the real one does.

Documents: Covidien, N-560 operator's manual, p. 59; Nellcor, NPB-290 and NPB-295 operator's
manuals, p. 64-70, for the heading and the flow control.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from devices.nellcor.banner import Version
from devices.nellcor.wire import MONTHS, Code, Sample
from devices.simulated.patient import Patient, State
from devices.simulated.rows import Motion, Perfusion, Probe, Pulse

LINE_S = 2
HEADING_EVERY = 25
"""Lines."""
BOOT_S = 8
"""How long the port is silent after the device was switched on."""
SWITCHED_ON = datetime(2017, 12, 29, 7)  # noqa: DTZ001 - the device's clock knows no zone
VERSION = Version("N-560", "1.56.00", "XXXX", (90, 100), (60, 170))
HEADING = (
    VERSION.to_bytes()
    + b"                             ADULT            0SAT-S \r\n"
    + b"TIME                 %SpO2   BPM     PA     Status\r\n"
)
AMPLITUDE = {Perfusion.GOOD: 60, Perfusion.MARGINAL: 15, Perfusion.LOW: 4}
XOFF, XON = 0x13, 0x11


class NellcorSimulator:
    """An oximeter on `patient`; implements `devices.simulated.catalogue.Simulator`."""

    def __init__(self, patient: Patient, seed: int = 0) -> None:
        self._patient = patient
        self._random = Random(seed)
        self._lines = 0
        self._since_heading = HEADING_EVERY
        self._booted_s = -BOOT_S
        self._bytes = 0
        self._held: tuple[int | None, int | None] = (None, None)
        self.battery_low = False
        self.held_back = False
        """Stopped by XOFF until XON comes, as after a glitch on the line."""
        self.reboot = False
        """Set it, and the device restarts with its next line."""
        self.corrupt_every = 0
        """Of how many bytes one arrives with a flipped bit; 0 is none."""

    def receive(self, data: bytes) -> None:
        """Obey the flow control; the device knows no other command that it would take here."""
        for byte in data:
            if byte in (XOFF, XON):
                self.held_back = byte == XOFF

    def emit(self, elapsed_s: float) -> bytes:
        """Return the lines, one every two seconds, that came due since the last call."""
        printed: list[bytes] = []
        while (self._lines + 1) * LINE_S <= elapsed_s + 1e-6:
            self._lines += 1
            at_s = self._lines * LINE_S
            if self.reboot:
                self.reboot, self._booted_s = False, at_s
                self._since_heading, self._held = HEADING_EVERY, (None, None)
            if at_s - self._booted_s >= BOOT_S:
                printed.append(self._print(at_s))
        return self._spoilt(b"" if self.held_back else b"".join(printed))

    def _print(self, at_s: int) -> bytes:
        heading = self._since_heading >= HEADING_EVERY
        self._since_heading = 1 if heading else self._since_heading + 1
        return (HEADING if heading else b"") + self._sample(at_s).to_bytes()

    def _sample(self, at_s: int) -> Sample:
        state = self._patient.at(at_s)
        spo2, rate, amplitude = self._numbers(state)
        codes = {code for code, holds in self._codes(state, spo2, rate).items() if holds}
        out_of_limits = codes & {Code.SPO2_LOW, Code.SPO2_HIGH}
        rate_out = codes & {Code.RATE_LOW, Code.RATE_HIGH}
        return Sample(
            _clock(at_s),
            spo2,
            rate,
            amplitude,
            frozenset(codes),
            spo2_limit=bool(out_of_limits),
            rate_limit=bool(rate_out),
        )

    def _numbers(self, state: State) -> tuple[int | None, int | None, int | None]:
        """Return the numbers; of a lost pulse first the last values, then noughts."""
        if state.probe is Probe.OFF:
            self._held = (None, None)
            return (None, None, None)
        if state.pulse is Pulse.LOST:
            held, self._held = self._held, (0, 0)
            return (*(held if held != (None, None) else (0, 0)), None)
        self._held = (round(state.spo2), round(state.pulse_rate))
        return (*self._held, AMPLITUDE[state.perfusion] + self._random.randint(-3, 3))

    def _codes(self, state: State, spo2: int | None, rate: int | None) -> dict[Code, bool]:
        low, high = VERSION.spo2_limits
        slow, fast = VERSION.rate_limits
        return {
            Code.SENSOR_OFF: state.probe is Probe.OFF,
            Code.PULSE_SEARCH: state.probe is Probe.ON and state.pulse is Pulse.LOST,
            Code.MOTION: state.measurable and state.motion is Motion.ON,
            Code.SPO2_LOW: state.measurable and spo2 is not None and spo2 < low,
            Code.SPO2_HIGH: state.measurable and spo2 is not None and spo2 > high,
            Code.RATE_LOW: state.measurable and rate is not None and rate < slow,
            Code.RATE_HIGH: state.measurable and rate is not None and rate > fast,
            Code.LOW_BATTERY: self.battery_low,
        }

    def _spoilt(self, data: bytes) -> bytes:
        spoilt = bytearray(data)
        for place in range(len(spoilt)):
            self._bytes += 1
            if self.corrupt_every and self._bytes % self.corrupt_every == 0:
                spoilt[place] ^= 1 << self._random.randrange(8)
        return bytes(spoilt)


def _clock(at_s: int) -> str:
    now = SWITCHED_ON + timedelta(seconds=at_s)
    return f"{now:%d}-{MONTHS[now.month - 1]}-{now:%y %H:%M:%S}"
