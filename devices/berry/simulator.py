"""A simulated Berry module that sends its packets as the real one does.

Document: Berry Medical, "BCI Protocol V1.2".
"""

from __future__ import annotations

from random import Random

from devices.berry.wire import MISSING_RATE, MISSING_SPO2, NO_PLETH, RATE_HZ, Frame
from devices.simulated.patient import Patient
from devices.simulated.rows import Perfusion, Probe

BOOT_S = 1.0
"""How long a module that restarts is silent."""
BEEP_FRAMES = 4
STRENGTH = {Perfusion.GOOD: 8, Perfusion.MARGINAL: 4, Perfusion.LOW: 1}
FULL_PLETH = 100
LOWEST_PLETH = 1


class BerrySimulator:
    """An oximeter on `patient`; implements `devices.simulated.catalogue.Simulator`."""

    def __init__(self, patient: Patient, seed: int = 0) -> None:
        self._patient = patient
        self._random = Random(seed)
        self._frames = 0
        self._bytes = 0
        self._booted_s = 0.0
        self.unplugged = False
        """The probe's plug is out of the module."""
        self.reboot = False
        """Set it, and the module restarts at the next moment."""
        self.corrupt_every = 0
        """Of how many bytes one arrives with a flipped bit; 0 is none."""
        self.heard = 0
        """Bytes that were written to the module; it takes no commands."""

    def receive(self, data: bytes) -> None:
        """Ignore `data`."""
        self.heard += len(data)

    def emit(self, elapsed_s: float) -> bytes:
        """Return the frames, 100 a second, that came due since the last call."""
        frames: list[bytes] = []
        if self.reboot:
            self.reboot, self._booted_s = False, elapsed_s + BOOT_S
        while self._frames < int(elapsed_s * RATE_HZ + 1e-6):
            at_s = self._frames / RATE_HZ
            self._frames += 1
            if at_s >= self._booted_s:
                frames.append(self._frame(at_s).to_bytes())
        return self._spoilt(b"".join(frames))

    def _frame(self, at_s: float) -> Frame:
        state = self._patient.at(at_s)
        share = None if self.unplugged else self._patient.pleth(at_s)
        measured = share is not None and state.measurable
        level = NO_PLETH if share is None else max(round(share * FULL_PLETH), LOWEST_PLETH)
        return Frame(
            beep=measured and self._beats(at_s),
            unplugged=self.unplugged,
            no_signal=share is None,
            strength=STRENGTH[state.perfusion] if measured else 0,
            pleth=level,
            searching=not measured,
            no_finger=state.probe is Probe.OFF and not self.unplugged,
            bar=level * 15 // FULL_PLETH,
            pulse_rate=round(state.pulse_rate) if measured else MISSING_RATE,
            spo2=round(state.spo2) if measured else MISSING_SPO2,
        )

    def _beats(self, at_s: float) -> bool:
        earlier_s = max(at_s - BEEP_FRAMES / RATE_HZ, 0.0)
        return int(self._patient.beats(at_s)) > int(self._patient.beats(earlier_s))

    def _spoilt(self, data: bytes) -> bytes:
        spoilt = bytearray(data)
        for place in range(len(spoilt)):
            self._bytes += 1
            if self.corrupt_every and self._bytes % self.corrupt_every == 0:
                spoilt[place] ^= 1 << self._random.randrange(8)
        return bytes(spoilt)
