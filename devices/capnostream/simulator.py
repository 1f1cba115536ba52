"""A simulated Capnostream: silent until enabled, streaming once started.

Document: Oridion, "Capnostream data transfer protocols" (D006045C, 2007), commands 1, 2, 4 and 5,
messages 0, 1, 2 and 4.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from devices.capnostream.envelope import sealed
from devices.capnostream.framing import FrameDecoder
from devices.capnostream.numerics import (
    MISSING,
    Co2Alarm,
    Extended,
    Numerics,
    Spo2Alarm,
    Unit,
)
from devices.capnostream.wire import RATE_HZ, Command, FastStatus, Identity, Wave
from devices.simulated.patient import Patient, State
from devices.simulated.rows import Probe

CLOCK = 1_795_000_000
"""What the monitor believes the time to be when it is switched on."""
PATIENT_ID = 2
"""The code of the message that names the patient."""
NO_BREATH_S = 20
LIMITS = bytes((60, 15, 60, 5, 8, 100, 85, 200, 50))
IDENTITY = Identity("V45.67 02/24/2008 B355987654")
KEPT_ALIVE_S = 12.0
PER_KPA = {Unit.MMHG: 7.50062, Unit.KPA: 10.0, Unit.PERCENT: 10.0 / 1.013}


class CapnostreamSimulator:
    """A monitor on `patient`; implements `devices.simulated.catalogue.Simulator`."""

    def __init__(self, patient: Patient, seed: int = 0) -> None:
        self._patient = patient
        self._random = Random(seed)
        self._heard = bytearray()
        self._sent = 0
        self.off = False
        """Without power: it hears and says nothing, and is to be enabled anew."""
        self.unit = Unit.MMHG
        self.warm_up_s = 0.0
        """How long after power-on CO2 is not measured."""
        self.line_off = False
        self.occluded = False
        self.check_flow = False
        self.pump_off = False
        self.oximeter = True
        self.patient_id = "SIMULATED"
        """Sent as the monitor would send the real one."""
        self.needs_keep_alive = False
        """Stops streaming when nobody says for a while that the link is active."""
        self.corrupt_every = 0
        """One bit of each n-th byte is flipped."""
        self._power_on(0.0)

    @property
    def streaming(self) -> bool:
        """Tell whether samples and numerics are sent."""
        return self._started_s is not None

    def receive(self, data: bytes) -> None:
        """Take what the other end wrote; it is obeyed with the next `emit`."""
        self._heard += data

    def emit(self, elapsed_s: float) -> bytes:
        """Return what is due: answers to commands, samples, numerics."""
        if self.off:
            self._heard.clear()
            self._power_on(elapsed_s)
            return b""
        said = b"".join([*self._obeyed(elapsed_s), *self._streamed(elapsed_s)])
        return self._on_the_line(said)

    def _power_on(self, elapsed_s: float) -> None:
        self._decoder: FrameDecoder[Command] = FrameDecoder(Command.parse)
        self._on_s = self._alive_s = elapsed_s
        self._enabled = False
        self._started_s: float | None = None
        self._samples = 0

    def _obeyed(self, elapsed_s: float) -> Iterator[bytes]:
        self._decoder.feed(bytes(self._heard))
        self._heard.clear()
        while (command := self._decoder.next_frame()) is not None:
            self._alive_s = elapsed_s
            match command:
                case Command.ENABLE:
                    self._enabled = True
                    yield IDENTITY.to_bytes()
                case Command.START if self._enabled and self._started_s is None:
                    self._started_s, self._samples = elapsed_s, 0
                    yield self._named(elapsed_s)
                case Command.STOP | Command.DISABLE:
                    self._started_s = None
                    self._enabled = self._enabled and command is Command.STOP
                case _:
                    pass

    def _named(self, elapsed_s: float) -> bytes:
        time = (CLOCK + int(elapsed_s)).to_bytes(4, "big")
        return sealed(PATIENT_ID, time + self.patient_id.ljust(24, "\0").encode("ascii"))

    def _streamed(self, elapsed_s: float) -> Iterator[bytes]:
        if self.needs_keep_alive and elapsed_s - self._alive_s > KEPT_ALIVE_S:
            self._started_s = None
        if self._started_s is None:
            return
        due = int((elapsed_s - self._started_s) * RATE_HZ + 1e-6) + 1
        while self._samples < due:
            at_s = self._started_s + self._samples / RATE_HZ
            if self._samples % RATE_HZ == 0:
                yield self._numerics(at_s).to_bytes()
            yield self._wave(at_s).to_bytes()
            self._samples += 1

    def _wave(self, at_s: float) -> Wave:
        kpa = self._patient.co2(at_s)
        before = int(self._patient.breaths(max(at_s - 1 / RATE_HZ, 0.0)))
        status = self._fast(at_s)
        if int(self._patient.breaths(at_s)) > before:
            status |= FastStatus.END_OF_BREATH
        return Wave(self._samples % 256, round(kpa * PER_KPA[self.unit] * 256), status)

    def _fast(self, at_s: float) -> int:
        status = 0
        if self._warming_up(at_s):
            status |= FastStatus.INITIALISING | FastStatus.INVALID
        if self.line_off:
            status |= FastStatus.LINE_OFF | FastStatus.INVALID
        if self.occluded:
            status |= FastStatus.OCCLUSION | FastStatus.INVALID
        return status

    def _numerics(self, at_s: float) -> Numerics:
        state = self._patient.at(at_s)
        blind = bool(self._fast(at_s)) or self.pump_off
        spo2, rate, spo2_alarms = self._oximetry(state)
        # In apnoea the last breath's numbers stand beside the alarm.
        return Numerics(
            time=CLOCK + int(at_s),
            etco2=MISSING if blind else round(state.etco2 * PER_KPA[self.unit]),
            fico2=MISSING if blind else round(state.fico2 * PER_KPA[self.unit]),
            respiratory_rate=MISSING if blind else round(state.respiratory_rate),
            spo2=spo2,
            pulse_rate=rate,
            slow_status=0,
            events=bytes(3),
            co2_alarms=0 if state.respiratory_rate or blind else Co2Alarm.NO_BREATH,
            spo2_alarms=spo2_alarms,
            no_breath_s=NO_BREATH_S,
            limits=LIMITS,
            unit=self.unit,
            extended=(Extended.PUMP_OFF if self.pump_off else 0)
            | (Extended.CHECK_FLOW if self.check_flow else 0),
        )

    def _oximetry(self, state: State) -> tuple[int, int, int]:
        """Return saturation, pulse rate and alarms."""
        if not self.oximeter:
            return 0, 0, 0
        if state.probe is Probe.OFF:
            return MISSING, MISSING, Spo2Alarm.SENSOR_OFF
        if not state.measurable:
            return MISSING, MISSING, Spo2Alarm.NO_PULSE
        return round(state.spo2), round(state.pulse_rate), 0

    def _warming_up(self, at_s: float) -> bool:
        return at_s - self._on_s < self.warm_up_s

    def _on_the_line(self, said: bytes) -> bytes:
        line = bytearray(said)
        first, self._sent = self._sent, self._sent + len(said)
        if self.corrupt_every:
            for place in range(-first % self.corrupt_every, len(line), self.corrupt_every):
                line[place] ^= 1 << self._random.randrange(8)
        return bytes(line)
