"""A simulated module that answers inquiries as the real one does.

Layout: ak-git's DesktopFX, `com.ak.comm.bytes.suntech`. It measures when its patient's monitor
would; nothing that is written to it starts a measurement.
"""

from __future__ import annotations

from dataclasses import replace

from devices.simulated.patient import Patient
from devices.suntech.wire import REQUEST_BYTES, CuffPressure, Inquiry, Request, Result

ABOVE_SYSTOLIC_MMHG = 30
"""How far above the systolic pressure the cuff is filled."""
BEATS_SEEN = 30
NOTHING = Result(0, 0, 0, 0, bytes(8), 0, b"\0", 0, 0, b"\0\0")
"""What is kept before the first measurement."""


class SuntechSimulator:
    """A module on `patient`; implements `devices.simulated.catalogue.Simulator`."""

    def __init__(self, patient: Patient) -> None:
        self._patient = patient
        self._heard = b""
        self._asked: list[Inquiry] = []
        self._sent = 0
        self._since_s = 0.0
        self.off = False
        """Without power: hears nothing, and forgets what it has measured."""
        self.error = 0
        """The error code of its measurements."""
        self.corrupt_every = 0
        """Every n-th byte that it sends is damaged; 0 is none."""
        self.refused = 0
        """Bytes that were no inquiry, a command to inflate among them."""

    def receive(self, data: bytes) -> None:
        """Take what the other end wrote; everything but the two inquiries is refused."""
        self._heard += b"" if self.off else data
        while len(self._heard) >= REQUEST_BYTES:
            request = Request.parse(self._heard[:REQUEST_BYTES])
            taken = REQUEST_BYTES if request else 1
            self._heard = self._heard[taken:]
            if request:
                self._asked.append(request.inquiry)
            else:
                self.refused += 1

    def emit(self, elapsed_s: float) -> bytes:
        """Return the replies to what was asked since the last call."""
        if self.off:
            self._heard, self._since_s = b"", elapsed_s
            self._asked.clear()
        replies = b"".join(self._reply(inquiry, elapsed_s) for inquiry in self._asked)
        self._asked.clear()
        return self._damaged(replies)

    def _reply(self, inquiry: Inquiry, elapsed_s: float) -> bytes:
        if inquiry is Inquiry.RESULT:
            return self._result(elapsed_s).to_bytes()
        if not self._patient.inflating(elapsed_s):
            return CuffPressure(0).to_bytes()
        systolic = self._patient.at(elapsed_s).pressures.systolic
        return CuffPressure(round(systolic) + ABOVE_SYSTOLIC_MMHG).to_bytes()

    def _result(self, elapsed_s: float) -> Result:
        cuff = self._patient.cuff(elapsed_s)
        if cuff is None or cuff.at_s < self._since_s or self.error:
            return replace(NOTHING, error=self.error)
        return replace(
            NOTHING,
            systolic=round(cuff.pressures.systolic),
            diastolic=round(cuff.pressures.diastolic),
            mean=round(cuff.pressures.mean),
            pulse_rate=round(cuff.pulse_rate),
            beats=BEATS_SEEN,
            status=1,
        )

    def _damaged(self, data: bytes) -> bytes:
        sent = bytearray(data)
        for place in range(len(sent)):
            self._sent += 1
            if self.corrupt_every and self._sent % self.corrupt_every == 0:
                sent[place] ^= 0x10
        return bytes(sent)
