"""A simulated monitor that answers requests as the real one does.

Document: Datex-Ohmeda, "S/5 Computer Interface" specification (8005313), chapters on physiological
data and on waveform data.
"""

from __future__ import annotations

from collections.abc import Iterator

from devices.ge_dri.basic import (
    ACTIVE,
    EXISTS,
    REST_BYTES,
    Agents,
    Basic,
    CarbonDioxide,
    Ecg,
    Gas,
    Oximetry,
    Physiological,
    Pressure,
    Temperature,
)
from devices.ge_dri.numbers import (
    AGENTS,
    CO2_APNOEA,
    CO2_CALIBRATING,
    CO2_OCCLUSION,
    ECG_LEADS_OFF,
    ECG_NOISE,
    GAS_CALIBRATING,
    MMHG_PER_KPA,
    NIBP_MEASURING,
    NIBP_OLD,
)
from devices.ge_dri.outlet import CLOCK, LEVEL, STRETCH_S, Asked, Outlet
from devices.ge_dri.requests import Kind
from devices.ge_dri.waves import RATES_HZ, Stretch, Wave
from devices.ge_dri.wire import Descriptor, MainType, Missing, Record, single
from devices.simulated.patient import Gases, Patient, State
from devices.simulated.rows import Trouble

AMBIENT_MMHG = 760.0
OLD_S = 60.0
"""From when on a pressure by cuff is marked as old."""
MEASURED = 1 << EXISTS | 1 << ACTIVE
BY_ECG = 1 << 3
"""The heart rate's source."""
NIBP_AUTO = 3
"""A bit of the NIBP label."""
LABELS = {agent: label for label, agent in AGENTS.items()}
NONE = int(Missing.INVALID)
PLETH_SCALE = 10_000
ECG_SCALE = 1_000
"""Counts from trough to full scale, and a mV."""


class Display:
    """The numbers on the screen of a monitor on `patient`."""

    def __init__(self, patient: Patient) -> None:
        self._patient = patient
        self.leads_off = False
        self.gas_calibrating = False
        self.occluded = False
        """The sampling line is blocked."""
        self.noisy = False
        """The surgeon's current drowns the ECG, so that no beat is counted."""
        self.gas_module = True
        """The gas module is plugged in."""

    def at(self, elapsed_s: float) -> Basic:
        """Return the block as it is `elapsed_s` after the start."""
        state = self._patient.at(elapsed_s)
        p1 = Pressure(MEASURED, 0, *_pressures(state), round(state.pulse_rate))
        p2 = Pressure.absent()
        t1, t2 = Temperature(MEASURED, 0, round(state.temperature * 100)), Temperature.absent()
        gas = Gas.absent()
        agents = Agents.absent()
        o2, n2o, agents = self._gases(state.gases) if self.gas_module else (gas, gas, agents)
        return Basic(
            ecg=self._ecg(state),
            pressures=(p1, p2, p2, p2),
            nibp=self._nibp(elapsed_s),
            temperatures=(t1, t2, t2, t2),
            oximetry=_oximetry(state),
            co2=self._co2(state) if self.gas_module else CarbonDioxide.absent(),
            o2=o2,
            n2o=n2o,
            agents=agents,
            rest=bytes(REST_BYTES),
        )

    def _ecg(self, state: State) -> Ecg:
        if self.leads_off:
            return Ecg(1 << EXISTS | 1 << ECG_LEADS_OFF[0], 0, NONE, NONE, NONE, NONE, NONE)
        breaths = round(state.respiratory_rate)
        if self.noisy:
            return Ecg(MEASURED | BY_ECG | 1 << ECG_NOISE, 0, NONE, NONE, NONE, NONE, breaths)
        return Ecg(MEASURED | BY_ECG, 0, round(state.pulse_rate), 0, 0, 0, breaths)

    def _nibp(self, elapsed_s: float) -> Pressure:
        label = 1 << NIBP_AUTO | self._patient.inflating(elapsed_s) << NIBP_MEASURING
        if (cuff := self._patient.cuff(elapsed_s)) is None:
            return Pressure(MEASURED, label, NONE, NONE, NONE, NONE)
        label |= (elapsed_s - cuff.at_s > OLD_S) << NIBP_OLD
        now = cuff.pressures
        hundredths = (round(now.systolic) * 100, round(now.diastolic) * 100, round(now.mean) * 100)
        return Pressure(MEASURED, label, *hundredths, round(cuff.pulse_rate))

    def _co2(self, state: State) -> CarbonDioxide:
        ambient = round(AMBIENT_MMHG * 10)
        said = self.gas_calibrating << CO2_CALIBRATING | self.occluded << CO2_OCCLUSION
        if state.respiratory_rate == 0:
            said |= 1 << CO2_APNOEA
        if said:
            return CarbonDioxide(MEASURED | said, 0, NONE, NONE, 0, ambient)
        expired, inspired = _share(state.etco2), _share(state.fico2)
        breaths = round(state.respiratory_rate)
        return CarbonDioxide(MEASURED, 0, expired, inspired, breaths, ambient)

    def _gases(self, gases: Gases) -> tuple[Gas, Gas, Agents]:
        status = MEASURED | self.gas_calibrating << GAS_CALIBRATING
        return (
            Gas(status, 0, round(gases.eto2 * 100), round(gases.fio2 * 100)),
            Gas(status, 0, round(gases.n2o_expired * 100), round(gases.n2o_inspired * 100)),
            Agents(
                status,
                LABELS[gases.agent],
                round(gases.agent_expired * 100),
                round(gases.agent_inspired * 100),
                round(gases.mac * 100),
            ),
        )


def _oximetry(state: State) -> Oximetry:
    if not state.measurable:
        return Oximetry(1 << EXISTS, 0, NONE, NONE, NONE, NONE)
    return Oximetry(MEASURED, 0, round(state.spo2 * 100), round(state.pulse_rate), 150, NONE)


def _pressures(state: State) -> tuple[int, int, int]:
    now = state.pressures
    return round(now.systolic * 100), round(now.diastolic * 100), round(now.mean * 100)


def _share(kilopascal: float) -> int:
    """Return a partial pressure in hundredths of a percent."""
    return round(kilopascal * MMHG_PER_KPA / AMBIENT_MMHG * 100_00)


class DriSimulator:
    """A monitor on `patient`; implements `devices.simulated.catalogue.Simulator`."""

    def __init__(self, patient: Patient) -> None:
        self._patient = patient
        self._asked = Asked()
        self._outlet = Outlet()
        self.display = Display(patient)
        """What it shows, with faults of its own."""
        self.off = False
        """Without power: hears nothing, and forgets what was asked of it."""
        self.draws = True
        """It sends waves; some are sold without."""
        self.corrupt_every = 0
        """Every n-th byte that it sends is damaged; 0 is none."""

    def receive(self, data: bytes) -> None:
        """Take what the other end wrote."""
        if not self.off:
            self._asked.receive(data)

    def suffer(self, trouble: Trouble) -> None:
        """Be in this trouble from now on, and in no other."""
        shown = self.display
        shown.leads_off, shown.noisy = trouble is Trouble.LEADS, trouble is Trouble.DIATHERMY
        shown.occluded, shown.gas_calibrating = trouble is Trouble.LINE, trouble is Trouble.ZERO

    def emit(self, elapsed_s: float) -> bytes:
        """Return the records that came due since the last call; none before they are asked for."""
        if self.off:
            self._asked = Asked()
        self._asked.heed(elapsed_s)
        return b"".join(
            self._outlet.sent(record, moment_s, self.corrupt_every)
            for moment_s, record in self._due(elapsed_s)
        )

    def _due(self, elapsed_s: float) -> Iterator[tuple[float, Record]]:
        asked = self._asked
        for moment_s in asked.values.until(elapsed_s) if asked.values else ():
            block = self.display.at(moment_s).to_bytes()
            body = Physiological(CLOCK + int(moment_s), block, level=LEVEL).to_bytes()
            yield moment_s, single(MainType.PHYSIOLOGICAL, Kind.DISPLAYED, body)
        stretches = asked.stretches if self.draws else None
        for moment_s in stretches.until(elapsed_s) if stretches else ():
            yield moment_s, self._drawn(moment_s - STRETCH_S)

    def _drawn(self, from_s: float) -> Record:
        descriptors: list[Descriptor] = []
        body = b""
        for wave in self._asked.waves:
            descriptors.append(Descriptor(wave, len(body)))
            count = round(STRETCH_S * RATES_HZ[wave])
            times = (from_s + index / RATES_HZ[wave] for index in range(count))
            body += Stretch(tuple(self._sample(wave, at_s) for at_s in times)).to_bytes()
        return Record(MainType.WAVE, tuple(descriptors), body)

    def _sample(self, wave: Wave, at_s: float) -> int:
        match wave:
            case Wave.ECG1:
                return round(self._patient.ecg(at_s) * ECG_SCALE)
            case Wave.P1:
                return round(self._patient.art(at_s) * 100)
            case Wave.PLETH:
                share = self._patient.pleth(at_s)
                return NONE if share is None else round((share - 0.5) * PLETH_SCALE)
            case Wave.CO2:
                return _share(self._patient.co2(at_s))
