"""Simulated HealthyPi boards that stream as their firmware does.

Document: as `devices.healthypi.wire`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from random import Random

from devices.healthypi.wire import REPEATED, EcgBlock5, PpgBlock5, Sample4, Sample5
from devices.simulated.patient import Patient

RATE_4_HZ = 125
RATE_5_HZ = 128
BLOCK = 8
"""Samples in a block of version 5."""
ECG_PER_MV = 1000
RESP_SPAN = 2000
IR_ZERO, RED_ZERO, PPG_SPAN = 1_200_000, 1_100_000, 20_000
LEADS_OFF = 0x1F
TEMPERATURE_EVERY_S = 10
"""The thermometer is read so seldom; before the first time there is no value."""


class _Board(ABC):
    """What both versions have in common; implements `devices.simulated.catalogue.Simulator`."""

    RATE_HZ: int

    def __init__(self, patient: Patient, seed: int = 0) -> None:
        self._patient = patient
        self._random = Random(seed)
        self._sent = 0
        self._written = 0
        self.heard = 0
        """Bytes that were written to the board; none is needed for it to stream."""
        self.leads_off = False
        self.corrupt_every = 0
        """Of so many bytes one has a bit flipped; 0 for none."""

    def receive(self, data: bytes) -> None:
        """Ignore `data`."""
        self.heard += len(data)

    def emit(self, elapsed_s: float) -> bytes:
        """Return the frames that came due since the last call."""
        due = int(elapsed_s * self.RATE_HZ + 1e-6)
        sent: list[bytes] = []
        while self._sent < due:
            sent.append(self._frame(self._sent))
            self._sent += 1
        return self._damaged(b"".join(sent))

    @abstractmethod
    def _frame(self, number: int) -> bytes:
        """Return what is sent with the sample of that number, the first being 0."""

    def _damaged(self, data: bytes) -> bytes:
        first = self._written
        self._written += len(data)
        if not self.corrupt_every:
            return data
        flip = 1 << self._random.randrange(8)
        return bytes(
            byte ^ flip if place % self.corrupt_every == 0 else byte
            for place, byte in enumerate(data, first + 1)
        )

    def _ecg(self, at_s: float) -> int:
        if self.leads_off:
            return 0
        return round(ECG_PER_MV * self._patient.ecg(at_s) + self._random.uniform(-3, 3))

    def _resp(self, at_s: float) -> int:
        return 0 if self.leads_off else round(RESP_SPAN * self._patient.resp(at_s))

    def _ppg(self, at_s: float) -> int:
        """Return what the pulse takes of the light."""
        return round(PPG_SPAN * (self._patient.pleth(at_s) or 0.0))

    def _spo2(self, at_s: float) -> int:
        state = self._patient.at(at_s)
        return round(state.spo2) if state.measurable else 0

    def _rates(self, at_s: float) -> tuple[int, int]:
        """Return heart rate and respiratory rate; the firmware zeroes them without leads."""
        if self.leads_off:
            return 0, 0
        state = self._patient.at(at_s)
        return round(state.pulse_rate), round(state.respiratory_rate)

    def _temperature(self, at_s: float) -> int:
        read_s = at_s // TEMPERATURE_EVERY_S * TEMPERATURE_EVERY_S
        return round(self._patient.at(read_s).temperature * 100)


class HealthyPi4(_Board):
    """A board of version 4, 125 frames a second."""

    RATE_HZ = RATE_4_HZ

    def _frame(self, number: int) -> bytes:
        at_s = number / RATE_4_HZ
        second = float(int(at_s))  # the firmware computes its numbers once a second
        hr, rr = self._rates(second)
        ppg = self._ppg(at_s)
        sample = Sample4(
            ecg=self._ecg(at_s),
            resp=self._resp(at_s),
            ir=IR_ZERO + ppg,
            red=RED_ZERO + ppg // 2,
            temperature=self._temperature(at_s),
            rr=rr,
            spo2=self._spo2(second),
            hr=hr,
            leads=LEADS_OFF if self.leads_off else 0,
        )
        return sample.to_bytes()


class HealthyPi5(_Board):
    """A board of version 5, 128 samples a second, alone or in blocks of eight."""

    RATE_HZ = RATE_5_HZ

    def __init__(self, patient: Patient, seed: int = 0) -> None:
        super().__init__(patient, seed)
        self.blocks = False
        """Whether it sends the blocks of its third format."""

    def _frame(self, number: int) -> bytes:
        if not self.blocks:
            return self._sample(number)
        return self._block(number - BLOCK + 1) if number % BLOCK == BLOCK - 1 else b""

    def _sample(self, number: int) -> bytes:
        at_s = number / RATE_5_HZ
        hr, rr = self._rates(float(int(at_s)))
        new_s = number // 2 * 2 / RATE_5_HZ  # the chest is sampled half as often
        ppg = self._ppg(at_s)
        sample = Sample5(
            ecg=self._ecg(at_s),
            bioz=self._resp(new_s),
            skip=REPEATED if number % 2 else 0,
            red=RED_ZERO + ppg // 2,
            ir=IR_ZERO + ppg,
            temperature=self._temperature(at_s),
            spo2=self._spo2(float(int(at_s))),
            hr=hr,
            rr=rr,
        )
        return sample.to_bytes()

    def _block(self, first: int) -> bytes:
        times = [(first + place) / RATE_5_HZ for place in range(BLOCK)]
        second = float(int(times[0]))
        ecg = tuple(self._ecg(at_s) for at_s in times)
        bioz = tuple(self._resp(at_s) for at_s in times[::2])
        ppg = tuple(self._ppg(at_s) for at_s in times)
        chest = EcgBlock5(ecg, bioz, *self._rates(second))
        return chest.to_bytes() + PpgBlock5(ppg, self._spo2(second)).to_bytes()
