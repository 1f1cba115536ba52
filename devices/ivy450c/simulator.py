"""A simulated Ivy 450C that speaks ANSAR-B as the recorded one does.

Document: as `devices.ivy450c.wire`. What a monitor writes when leads or sensors are off was never
recorded; it stands in the alarm field here, as the recorded `NO TRANSDUCER` does.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from devices.ivy450c.text import Line, Text
from devices.ivy450c.wire import ECG_SAMPLES, NO_DATA, OTHER_SAMPLES, Message
from devices.simulated.patient import Patient, State
from devices.simulated.rows import Probe

ECG_ZERO, ECG_PER_MV = 100, 50
"""The middle of the recorded ECG, and a scale at which its R waves would be plausible."""
PLETH_LOW, PLETH_SPAN = 117, 36
"""As recorded."""
RESP_ZERO, RESP_SPAN = 125, 120
CO2_PER_KPA = 20
MMHG_PER_KPA = 7.50062
NO_TRANSDUCER = "NO TRANSDUCER"
NO_SENSOR = "NO SENSOR"
LEADS_OFF = "LEADS OFF"


class IvySimulator:
    """A monitor on `patient`; implements `devices.simulated.catalogue.Simulator`."""

    def __init__(self, patient: Patient, seed: int = 0) -> None:
        self._patient = patient
        self._random = Random(seed)
        self._sent = 0
        self._written = 0
        self.heard = 0
        """Bytes that were written to the monitor; it takes no commands."""
        self.leads_off = False
        self.capnograph = False
        """With it the monitor says EtCO2, and sends CO2 in place of respiration."""
        self.transducer = True
        """Whether the first pressure is connected."""
        self.corrupt_every = 0
        """Of so many bytes one has a bit flipped; 0 for none."""

    def receive(self, data: bytes) -> None:
        """Ignore `data`."""
        self.heard += len(data)

    def emit(self, elapsed_s: float) -> bytes:
        """Return the messages, one a second, that came due since the last call."""
        sent: list[bytes] = []
        while self._sent + 1 <= elapsed_s + 1e-6:
            sent.append(self._message(self._sent).to_bytes())
            self._sent += 1
        return self._damaged(b"".join(sent))

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

    def _message(self, start_s: int) -> Message:
        """Return the message of the second that begins at `start_s`."""
        chest = self._co2 if self.capnograph else self._resp
        return Message(
            ecg=_sampled(self._ecg, start_s, ECG_SAMPLES),
            resp=_sampled(chest, start_s, OTHER_SAMPLES),
            pleth=_sampled(self._pleth, start_s, OTHER_SAMPLES),
            p1=_sampled(self._art, start_s, OTHER_SAMPLES),
            p2=bytes((NO_DATA,)) * OTHER_SAMPLES,
            text=self._text(start_s + 1),
        )

    def _ecg(self, at_s: float) -> float:
        noise = self._random.uniform(-1, 1)
        return ECG_ZERO + (0 if self.leads_off else self._patient.ecg(at_s)) * ECG_PER_MV + noise

    def _resp(self, at_s: float) -> float:
        return RESP_ZERO + RESP_SPAN * self._patient.resp(at_s)

    def _co2(self, at_s: float) -> float:
        return self._patient.co2(at_s) * CO2_PER_KPA

    def _pleth(self, at_s: float) -> float:
        return PLETH_LOW + PLETH_SPAN * (self._patient.pleth(at_s) or 0.0)

    def _art(self, at_s: float) -> float:
        return self._patient.art(at_s) if self.transducer else NO_DATA

    def _text(self, at_s: int) -> Text:
        state = self._patient.at(at_s)
        return Text(
            hr=self._rate(state),
            rr=Line((str(round(state.respiratory_rate)),), "APNEA: 20 SEC"),
            etco2=self._etco2(state),
            spo2=_spo2(state),
            nibp=self._nibp(at_s),
            p1=self._p1(state),
            p2=Line(("", "", ""), alarm=NO_TRANSDUCER),
            t1=Line((f"{state.temperature:.1f}",)),
            t2=Line(("",)),
        )

    def _rate(self, state: State) -> Line:
        if self.leads_off:
            return Line(("",), "ECG-II-DIAG", LEADS_OFF)
        return Line((str(round(state.pulse_rate)),), "ECG-II-DIAG")

    def _etco2(self, state: State) -> Line:
        return Line((str(round(state.etco2 * MMHG_PER_KPA)),) if self.capnograph else ("",))

    def _nibp(self, at_s: int) -> Line:
        if (cuff := self._patient.cuff(at_s)) is None:
            return Line(("",) * 4)
        pressures = cuff.pressures
        numbers = (pressures.systolic, pressures.diastolic, pressures.mean, cuff.pulse_rate)
        return Line(tuple(str(round(value)) for value in numbers))

    def _p1(self, state: State) -> Line:
        if not self.transducer:
            return Line(("", "", ""), alarm=NO_TRANSDUCER)
        now = state.pressures
        numbers = (now.systolic, now.diastolic, now.mean)
        return Line(tuple(str(round(value)) for value in numbers))


def _spo2(state: State) -> Line:
    if state.probe is Probe.OFF:
        return Line(("",), "PR=   ", NO_SENSOR)
    if not state.measurable:
        return Line(("",), "PR=   ")
    return Line((str(round(state.spo2)),), f"PR={round(state.pulse_rate):<3}")


def _sampled(wave: Callable[[float], float], start_s: float, count: int) -> bytes:
    """Return one second of a wave, as unsigned bytes."""
    values = (wave(start_s + place / count) for place in range(count))
    return bytes(min(max(round(value), 0), 0xFF) for value in values)
