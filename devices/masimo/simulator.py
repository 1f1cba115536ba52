"""A simulated oximeter that prints a line of ASCII 1 each second, as the real one does.

Document: Masimo, Rad-8 Operator's Manual, p. 4-23, 4-24, 7-3 and 7-4; the tokens of the newer
models, Rad-87 Operator's Manual, p. 7-4.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from devices.masimo.codes import Alarm, Exc
from devices.masimo.wire import Line
from devices.simulated.patient import Patient, State
from devices.simulated.rows import Motion, Perfusion, Probe, Pulse

SWITCHED_ON = datetime(2026, 1, 1, 8)  # noqa: DTZ001 - the device's clock knows no zone
BOOT_S = 6
"""How long the port is silent after the device was switched on."""
SEARCH_S = 4
"""How long it then looks for a pulse."""
PERFUSION = {Perfusion.GOOD: 3.6, Perfusion.MARGINAL: 0.9, Perfusion.LOW: 0.15}
"""%."""
DASHES = ("---", "---", "--.--")


class MasimoSimulator:
    """An oximeter on `patient`; implements `devices.simulated.catalogue.Simulator`."""

    def __init__(self, patient: Patient, seed: int = 0) -> None:
        self._patient = patient
        self._random = Random(seed)
        self._lines = 0
        self._bytes = 0
        self._booted = -BOOT_S - SEARCH_S
        self._held = DASHES
        self.newer = False
        """Print as a Radical-7 with a colour screen does: more tokens, fewer percent signs."""
        self.from_memory = False
        """Print the trend memory (ASCII 2, how many models leave the factory)."""
        self.on_battery = False
        self.reboot = False
        """Set it, and the device restarts with its next line."""
        self.corrupt_every = 0
        """Of how many bytes one arrives with a flipped bit; 0 is none."""
        self.heard = 0
        """Bytes that were written to the device; it takes no commands."""

    def receive(self, data: bytes) -> None:
        """Ignore `data`."""
        self.heard += len(data)

    def emit(self, elapsed_s: float) -> bytes:
        """Return the lines, one a second, that came due since the last call."""
        lines: list[bytes] = []
        while self._lines < int(elapsed_s + 1e-6):
            self._lines += 1
            if self.reboot:
                self.reboot, self._booted, self._held = False, self._lines, DASHES
            if self._lines - self._booted >= BOOT_S:
                lines.append(self._line(self._lines).to_bytes())
        return self._spoilt(b"".join(lines))

    def _line(self, at_s: int) -> Line:
        state = self._patient.at(at_s)
        searching = at_s - self._booted < BOOT_S + SEARCH_S
        exceptions = _exceptions(state, searching=searching)
        spo2, rate, index = self._digits(state, exceptions)
        clock = f"{SWITCHED_ON + timedelta(seconds=at_s):%m/%d/%y %H:%M:%S}"
        if self.from_memory:
            return Line(clock, _remembered(spo2, rate, index, exceptions))
        return Line(clock, self._live(spo2, rate, index, exceptions))

    def _digits(self, state: State, exceptions: Exc) -> tuple[str, str, str]:
        """Return the three numbers; off the finger the last two that were measured stay."""
        if exceptions & Exc.PULSE_SEARCH:
            self._held = DASHES
        elif not exceptions & Exc.SENSOR_OFF:
            index = PERFUSION[state.perfusion] * self._random.uniform(0.95, 1.05)
            self._held = (
                f"{round(state.spo2):03}",
                f"{round(state.pulse_rate):03}",
                f"{index:05.2f}",
            )
            return self._held
        return (*self._held[:2], "--.--")

    def _live(
        self, spo2: str, rate: str, index: str, exceptions: Exc
    ) -> tuple[tuple[str, str], ...]:
        alarm = Alarm.LOW_BATTERY if self.on_battery else Alarm(0)
        head = [("SPO2", f"{spo2}%"), ("BPM", rate)]
        if self.newer:
            more = {"SPCO": "--%", "SPMET": "--.-%", "SPHB": "--.-", "SPOC": "--", "RESVD": "---"}
            last = {"PVI": "---", "ALARM": f"{alarm:06X}", "EXC": f"{exceptions:07X}"}
            fields = [("SN", "-" * 10), *head, ("PI", index), *more.items()]
            tail = [*last.items(), ("EXC1", "00000000")]
        else:
            fields = [("SN", "0000056661"), *head, ("PI", f"{index}%")]
            fields += [("SPCO", "--.-%"), ("SPMET", "--.-%")]
            tail = [("ALARM", f"{alarm:04X}"), ("EXC", f"{exceptions:06X}")]
        return (*fields, ("DESAT", "--"), ("PIDELTA", "+--"), *tail)

    def _spoilt(self, data: bytes) -> bytes:
        spoilt = bytearray(data)
        for place in range(len(spoilt)):
            self._bytes += 1
            if self.corrupt_every and self._bytes % self.corrupt_every == 0:
                spoilt[place] ^= 1 << self._random.randrange(8)
        return bytes(spoilt)


def _exceptions(state: State, *, searching: bool) -> Exc:
    exceptions = Exc.SET
    if state.probe is Probe.OFF:
        return exceptions | Exc.SENSOR_OFF
    if searching or state.pulse is Pulse.LOST:
        return exceptions | Exc.PULSE_SEARCH
    if state.motion is Motion.ON:
        exceptions |= Exc.LOW_SIGNAL_IQ
    if state.perfusion is Perfusion.LOW:
        exceptions |= Exc.LOW_PERFUSION
    return exceptions


def _remembered(spo2: str, rate: str, index: str, exceptions: Exc) -> tuple[tuple[str, str], ...]:
    """Return the fields of a trend line, where zeros stand for what is missing."""
    zeros = str.maketrans("-", "0")
    return (
        ("SpO2", spo2.translate(zeros)),
        ("PR", rate.translate(zeros)),
        ("PI", index.translate(zeros)),
        ("EXC", f"{exceptions:03X}:SET"),
    )
