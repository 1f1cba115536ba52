"""What is measured, in which unit, to how many decimals."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Form:
    """How a measure is written."""

    unit: str
    """UCUM, without annotations: `/min`, `kPa`, `Cel`; `1` is dimensionless."""
    decimals: int
    mdc: int | None = None
    """ISO/IEEE 11073-10101 code (partition x 65536 + term), where one was verified."""

    @property
    def written(self) -> str:
        """Return the unit as people write it; empty where there is none."""
        return _WRITTEN.get(self.unit, self.unit)


_WRITTEN = {"Cel": "°C", "mm[Hg]": "mmHg", "1": ""}


class Measure(StrEnum):
    """A numeric that a monitor reports."""

    SPO2 = "spo2"
    PULSE_RATE = "pulse_rate"
    PERFUSION_INDEX = "perfusion_index"
    HEART_RATE = "heart_rate"
    ETCO2 = "etco2"
    FICO2 = "fico2"
    RESPIRATORY_RATE = "respiratory_rate"
    NIBP_SYSTOLIC = "nibp_systolic"
    NIBP_DIASTOLIC = "nibp_diastolic"
    NIBP_MEAN = "nibp_mean"
    NIBP_PULSE_RATE = "nibp_pulse_rate"
    ART_SYSTOLIC = "art_systolic"
    ART_DIASTOLIC = "art_diastolic"
    ART_MEAN = "art_mean"
    TEMPERATURE = "temperature"
    FIO2 = "fio2"
    ETO2 = "eto2"
    N2O_INSPIRED = "n2o_inspired"
    N2O_EXPIRED = "n2o_expired"
    AGENT_INSPIRED = "agent_inspired"
    AGENT_EXPIRED = "agent_expired"
    MAC = "mac"
    TOF_RATIO = "tof_ratio"
    GAS_PRESSURE = "gas_pressure"
    GAS_MASS = "gas_mass"

    @property
    def form(self) -> Form:
        """Return unit, decimals and code."""
        return _FORMS[self]

    def rounded(self, value: float | None) -> float | int | None:
        """Return `value` to the measure's decimals; whole numbers as int; None stays None."""
        if value is None:
            return None
        decimals = self.form.decimals
        return round(value, decimals) if decimals else round(value)


class Channel(StrEnum):
    """A wave that a monitor sends."""

    PLETH = "pleth"
    ECG = "ecg"
    CO2 = "co2"
    RESP = "resp"
    ART = "art"


class Agent(StrEnum):
    """A volatile anaesthetic."""

    SEVOFLURANE = "sevoflurane"
    DESFLURANE = "desflurane"
    ISOFLURANE = "isoflurane"
    HALOTHANE = "halothane"
    ENFLURANE = "enflurane"


_FORMS = {
    Measure.SPO2: Form("%", 0, 150456),
    Measure.PULSE_RATE: Form("/min", 0, 149530),
    Measure.PERFUSION_INDEX: Form("%", 2, 150448),
    Measure.HEART_RATE: Form("/min", 0, 147842),
    Measure.ETCO2: Form("kPa", 2, 151708),
    Measure.FICO2: Form("kPa", 2, 151716),
    Measure.RESPIRATORY_RATE: Form("/min", 0, 151570),
    Measure.NIBP_SYSTOLIC: Form("mm[Hg]", 0, 150021),
    Measure.NIBP_DIASTOLIC: Form("mm[Hg]", 0, 150022),
    Measure.NIBP_MEAN: Form("mm[Hg]", 0, 150023),
    Measure.NIBP_PULSE_RATE: Form("/min", 0, 149546),
    Measure.ART_SYSTOLIC: Form("mm[Hg]", 0),
    Measure.ART_DIASTOLIC: Form("mm[Hg]", 0),
    Measure.ART_MEAN: Form("mm[Hg]", 0),
    Measure.TEMPERATURE: Form("Cel", 1, 150344),
    Measure.FIO2: Form("%", 1),
    Measure.ETO2: Form("%", 1),
    Measure.N2O_INSPIRED: Form("%", 1),
    Measure.N2O_EXPIRED: Form("%", 1),
    Measure.AGENT_INSPIRED: Form("%", 2),
    Measure.AGENT_EXPIRED: Form("%", 2),
    Measure.MAC: Form("1", 2),
    Measure.TOF_RATIO: Form("%", 0),
    Measure.GAS_PRESSURE: Form("bar", 2),
    Measure.GAS_MASS: Form("kg", 2),
}
