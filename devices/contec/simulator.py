"""A simulated CMS50 that sends its packets as the real one does.

After atbrask's CMS50Dplus and timegrid's CMS50Dplus7; the newer device speaks only when it is
asked, and falls silent when it is not kept alive.
"""

from __future__ import annotations

from random import Random

from devices.contec.commands import KEEP_ALIVE, REQUEST, START_LIVE, STOP_LIVE, request
from devices.contec.framing import Frame, Shape
from devices.contec.newer import MISSING_INDEX, NewFrame
from devices.contec.wire import MISSING_RATE, MISSING_SPO2, RATE_HZ, OldFrame
from devices.simulated.patient import Patient, State
from devices.simulated.rows import Perfusion, Probe

PATIENCE_S = 6.0
"""How long the newer device goes on without being kept alive: five seconds and a little."""
BOOT_S = 2.0
"""How long a device that restarts neither hears nor speaks."""
BEEP_FRAMES = 2
EARLIER_S = 4.0
"""How far back the device looks to tell that the saturation drops."""
FULL_PLETH = 127
STRENGTH = {Perfusion.GOOD: 6, Perfusion.MARGINAL: 3, Perfusion.LOW: 1}
INDEX = {Perfusion.GOOD: 425, Perfusion.MARGINAL: 110, Perfusion.LOW: 20}
"""Hundredths of a percent."""


class ContecSimulator:
    """An oximeter on `patient`; implements `devices.simulated.catalogue.Simulator`."""

    def __init__(self, shape: Shape, patient: Patient, seed: int = 0) -> None:
        self._shape = shape
        self._patient = patient
        self._random = Random(seed)
        self._heard = b""
        self._now_s = 0.0
        self._frames = 0
        self._bytes = 0
        self._booted_s = 0.0
        self._awake_until_s = 0.0
        self.perfusion_index = False
        """The newer device measures it; most do not, and send its missing code."""
        self.reboot = False
        """Set it, and the device restarts at the next moment."""
        self.corrupt_every = 0
        """Of how many bytes one arrives with a flipped bit; 0 is none."""

    def receive(self, data: bytes) -> None:
        """Obey the commands of nine bytes; skip what is none."""
        self._heard += data
        while (start := self._heard.find(REQUEST)) >= 0 and len(self._heard) >= start + 9:
            self._heard = self._heard[start:]
            known = next((one for one in _COMMANDS if self._heard.startswith(request(one))), None)
            self._heard = self._heard[9 if known else 1 :]
            if known is not None and self._now_s >= self._booted_s:
                self._obey(known)

    def emit(self, elapsed_s: float) -> bytes:
        """Return the frames, 60 a second, that came due since the last call."""
        frames: list[bytes] = []
        self._now_s = max(self._now_s, elapsed_s)
        if self.reboot:
            self.reboot = False
            self._booted_s, self._awake_until_s = elapsed_s + BOOT_S, 0.0
        while self._frames < int(elapsed_s * RATE_HZ + 1e-6):
            at_s = self._frames / RATE_HZ
            self._frames += 1
            awake = self._shape is OldFrame or at_s < self._awake_until_s
            if awake and at_s >= self._booted_s:
                frames.append(self._frame(at_s).to_bytes())
        return self._spoilt(b"".join(frames))

    def _obey(self, command: int) -> None:
        streams = self._now_s <= self._awake_until_s
        if command == START_LIVE or (command == KEEP_ALIVE and streams):
            self._awake_until_s = self._now_s + PATIENCE_S
        if command == STOP_LIVE:
            self._awake_until_s = 0.0

    def _frame(self, at_s: float) -> Frame:
        state = self._patient.at(at_s)
        share = self._patient.pleth(at_s) or 0.0
        off = state.probe is Probe.OFF
        sign = OldFrame(
            beep=state.measurable and self._beats(at_s),
            dropping=state.measurable and self._drops(at_s, state),
            finger_out=off,
            strength=STRENGTH[state.perfusion] if state.measurable else 0,
            pleth=round(share * FULL_PLETH),
            searching=not state.measurable,
            probe_error=False,
            bar=round(share * 15),
            pulse_rate=round(state.pulse_rate) if state.measurable else MISSING_RATE,
            spo2=round(state.spo2) if state.measurable else MISSING_SPO2,
        )
        return sign if self._shape is OldFrame else self._newer(sign, state)

    def _newer(self, sign: OldFrame, state: State) -> NewFrame:
        measured = self.perfusion_index and state.measurable
        return NewFrame(
            probe_error=sign.probe_error,
            beep=sign.beep,
            dropping=sign.dropping,
            finger_out=sign.finger_out,
            strength=sign.strength,
            searching=sign.searching,
            pleth=sign.pleth,
            index_flag=True,
            bar=sign.bar,
            pulse_rate=sign.pulse_rate,
            spo2=sign.spo2,
            perfusion_index=INDEX[state.perfusion] if measured else MISSING_INDEX,
        )

    def _beats(self, at_s: float) -> bool:
        earlier_s = max(at_s - BEEP_FRAMES / RATE_HZ, 0.0)
        return int(self._patient.beats(at_s)) > int(self._patient.beats(earlier_s))

    def _drops(self, at_s: float, state: State) -> bool:
        earlier = self._patient.at(max(at_s - EARLIER_S, 0.0))
        return round(state.spo2) < round(earlier.spo2) - 1

    def _spoilt(self, data: bytes) -> bytes:
        spoilt = bytearray(data)
        for place in range(len(spoilt)):
            self._bytes += 1
            if self.corrupt_every and self._bytes % self.corrupt_every == 0:
                spoilt[place] ^= 1 << self._random.randrange(8)
        return bytes(spoilt)


_COMMANDS = (START_LIVE, STOP_LIVE, KEEP_ALIVE)
