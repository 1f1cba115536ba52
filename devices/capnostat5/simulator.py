"""A simulated Capnostat 5: answers the host, and once started sends a hundred frames a second.

Document: Respironics, "OEM module interface" (1015115DS1); not public, read as public drivers
agree.
"""

from __future__ import annotations

from devices.capnostat5.answers import Answers
from devices.capnostat5.frame import FrameDecoder, from_word
from devices.capnostat5.scale import MMHG_PER_KPA, Unit
from devices.capnostat5.status import Code as Urgent
from devices.capnostat5.status import Flag, Status, Temperature, Zero
from devices.capnostat5.wire import (
    NO_SAMPLE,
    PER_UNIT,
    ZERO,
    Code,
    Nack,
    Parameter,
    Waveform,
)
from devices.simulated.patient import Patient
from devices.simulated.rows import Trouble

RATE_HZ = 100
BOOT_S = 0.5
PATIENCE_S = 0.5
"""How long the module waits for the rest of a command before it says so."""
SCHEDULE = {
    0: Parameter.STATUS,
    20: Parameter.ETCO2,
    40: Parameter.RESPIRATORY_RATE,
    60: Parameter.FICO2,
}
"""At which frame of each second a numeric is sent."""
NUMERICS = {Parameter.ETCO2, Parameter.RESPIRATORY_RATE, Parameter.FICO2}
NO_BREATH_S = 20.0
"""After how long without a breath a Capnostat says so, as it is delivered (setting 06h)."""


class Breathing:
    """Goes through time with a patient; holds the numbers of the last breath."""

    def __init__(self, patient: Patient) -> None:
        self._patient = patient
        self._at_s = 0.0
        self._breaths = 0
        self._breath_s = 0.0
        self.etco2 = self.rate = 0.0
        """kPa and /min; 0 before the first breath, and those of the last one in apnoea."""
        self.fico2 = 0.0

    @property
    def co2(self) -> float:
        """Return CO2 at the airway, in kPa."""
        return self._patient.co2(self._at_s)

    @property
    def found(self) -> bool:
        """Tell whether there was a breath not too long ago."""
        return self._at_s - self._breath_s <= NO_BREATH_S

    def pass_to(self, at_s: float) -> bool:
        """Go on to `at_s`; tell whether a breath was found on the way."""
        self._at_s = at_s
        breaths = int(self._patient.breaths(at_s))
        found = breaths > self._breaths
        if found:
            self._breaths, self._breath_s = breaths, at_s
        return found

    def renew(self) -> None:
        """Take the numbers of this moment, as long as there are breaths."""
        state = self._patient.at(self._at_s)
        if state.respiratory_rate > 0 and self._breaths:
            self.etco2, self.fico2 = state.etco2, state.fico2
            self.rate = state.respiratory_rate


class CapnostatSimulator:
    """A module on `patient`; implements `devices.simulated.catalogue.Simulator`."""

    def __init__(self, patient: Patient, seed: int = 0) -> None:
        self._breathing = Breathing(patient)
        self._decoder = FrameDecoder()
        self._now_s = self._heard_s = self._booted_s = 0.0
        self._waiting = [Nack(Code.BOOTED).to_bytes()]
        self._sync = seed % 128
        self._next = 0
        """The number of the next frame since the start of time."""
        self._bytes_sent = 0
        self.module = Answers()
        self.warm_up_s = 0.0
        """How long after it starts the source is too cold."""
        self.adapter = True
        self.zeroing = False
        self.silent = False
        """Deaf and dumb, as with a broken cable."""
        self.corrupt_every = 0
        """Each byte of this number is sent with a wrong bit; 0 for none."""

    def receive(self, data: bytes) -> None:
        """Take commands; deaf while it starts."""
        if self.silent or self._now_s < self._booted_s:
            return
        bad = self._decoder.bad_frames
        self._decoder.feed(data)
        self._heard_s = self._now_s
        while (frame := self._decoder.next_frame()) is not None:
            self._waiting.append(self.module.answer(frame))
        if self._decoder.bad_frames > bad:
            self._waiting.append(Nack(Code.CHECKSUM).to_bytes())

    def emit(self, elapsed_s: float) -> bytes:
        """Return the answers and the frames that came due since the last call."""
        self._now_s = max(elapsed_s, self._now_s)
        if self._now_s < self._booted_s:
            return b""
        if self._decoder.waiting and self._now_s - self._heard_s > PATIENCE_S:
            self._decoder.finish()
            self._waiting.append(Nack(Code.TIMEOUT).to_bytes())
        answers, self._waiting = b"".join(self._waiting), []
        sent = self._corrupted(answers + self._stream())
        return b"" if self.silent else sent

    def suffer(self, trouble: Trouble) -> None:
        """Be in this trouble from now on, and in no other."""
        self.adapter = trouble is not Trouble.LINE
        self.zeroing = trouble is Trouble.ZERO

    def reboot(self) -> None:
        """Start anew: everything but the unit is forgotten."""
        self._booted_s = self._now_s + BOOT_S
        self._decoder.finish()
        self._waiting = [Nack(Code.BOOTED).to_bytes()]
        self.module.reboot()

    def _stream(self) -> bytes:
        due = int(self._now_s * RATE_HZ + 1e-6)
        if not self.module.streaming:
            self._next = due + 1
        frames = [self._frame(number) for number in range(self._next, due + 1)]
        self._next = max(self._next, due + 1)
        return b"".join(frames)

    def _frame(self, number: int) -> bytes:
        at_s = number / RATE_HZ
        self._sync = (self._sync + 1) % 128
        breath = self._breathing.pass_to(at_s)
        parameter = SCHEDULE.get(number % RATE_HZ, Parameter.BREATH if breath else None)
        count = self._count(self._breathing.co2, PER_UNIT) + ZERO
        data = self._data(parameter, at_s)
        return Waveform(self._sync, max(count, NO_SAMPLE), parameter, data).to_bytes()

    def _data(self, parameter: Parameter | None, at_s: float) -> bytes:
        if parameter in NUMERICS:
            self._breathing.renew()
        match parameter:
            case Parameter.STATUS:
                return self.status(at_s).to_bytes()
            case Parameter.ETCO2:
                return from_word(self._count(self._breathing.etco2, 10))
            case Parameter.RESPIRATORY_RATE:
                return from_word(round(self._breathing.rate))
            case Parameter.FICO2:
                return from_word(self._count(self._breathing.fico2, 10))
            case _:
                return b""

    def _count(self, kpa: float, per_unit: int) -> int:
        mmhg = kpa * MMHG_PER_KPA
        values = {
            Unit.MMHG: mmhg,
            Unit.KPA: kpa,
            Unit.VOLUME_PERCENT: 100 * mmhg / self.module.pressure_mmhg,
        }
        return round(values[self.module.unit] * per_unit)

    def status(self, at_s: float) -> Status:
        """Return what the module says of itself."""
        cold = at_s < self._booted_s + self.warm_up_s
        flags = Flag.BREATHS if self._breathing.found else Flag.NO_BREATH
        return Status(
            flags=flags if self.adapter else flags | Flag.CHECK_ADAPTER,
            temperature=Temperature.WARMING_UP if cold else Temperature.STABLE,
            zero=Zero.RUNNING if self.zeroing else Zero.DONE,
            compensated=self.module.compensated,
            code=self._urgent(cold=cold),
        )

    def _urgent(self, *, cold: bool) -> Urgent:
        """Return the most urgent of what there is to say: the lowest code."""
        found = {
            Urgent.COMPENSATION_NOT_SET: not self.module.compensated,
            Urgent.ZEROING: self.zeroing,
            Urgent.WARMING_UP: cold,
            Urgent.CHECK_ADAPTER: not self.adapter,
        }
        return min((code for code, there in found.items() if there), default=Urgent.NONE)

    def _corrupted(self, data: bytes) -> bytes:
        first, self._bytes_sent = self._bytes_sent, self._bytes_sent + len(data)
        if not self.corrupt_every:
            return data
        return bytes(
            byte ^ (0x08 if number % self.corrupt_every == 0 else 0)
            for number, byte in enumerate(data, first + 1)
        )
