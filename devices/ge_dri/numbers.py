"""What a basic block says: readings, and what the monitor says of its sensors.

Document: Datex-Ohmeda, "S/5 Computer Interface" specification (8005313), chapter on physiological
data, basic class: units, status bits and labels of each group.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from devices.ge_dri.basic import Basic, Gas, Group, Pressure
from devices.ge_dri.wire import number
from vitals.instant import Instant
from vitals.measure import Agent, Measure
from vitals.reading import Note, Quality, Reading

MMHG_PER_KPA = 7.50062
FULL = 100_00
"""100 % in hundredths, the unit of percentages; pressures and temperatures are hundredths too."""

ECG_ASYSTOLE, ECG_NOISE, ECG_ARTEFACT = 2, 7, 8
ECG_LEADS_OFF = (11, 12, 13)
CO2_APNOEA, CO2_CALIBRATING, CO2_ZEROING, CO2_OCCLUSION, CO2_LEAK = 2, 3, 4, 5, 6
GAS_CALIBRATING, GAS_OFF = 2, 3
NIBP_MEASURING, NIBP_STASIS, NIBP_OLD = 5, 6, 8
"""Bits of the NIBP label; those above are bits of a status."""
ECG_BY_ECG = (0, 1)
"""Sources of the heart rate (status bits 3-6): not named, and ECG. A rate by pressure (2-5) or
pleth (6) is no sign that an ECG is there."""
AGENTS = {
    2: Agent.HALOTHANE,
    3: Agent.ENFLURANE,
    4: Agent.ISOFLURANE,
    5: Agent.DESFLURANE,
    6: Agent.SEVOFLURANE,
}
"""Labels of the agent group; 0 is an unknown agent."""
NO_AGENT = 1

Troubles = Mapping[int, Quality]
"""What a status bit does to the group's values, the gravest first."""

_NO_TROUBLES: Troubles = {}
_ECG_TROUBLES = {
    **dict.fromkeys(ECG_LEADS_OFF, Quality.INVALID),
    ECG_ASYSTOLE: Quality.UNAVAILABLE,
    ECG_NOISE: Quality.QUESTIONABLE,
    ECG_ARTEFACT: Quality.QUESTIONABLE,
}
_CO2_TROUBLES = {
    CO2_OCCLUSION: Quality.INVALID,
    CO2_LEAK: Quality.INVALID,
    CO2_CALIBRATING: Quality.CALIBRATING,
    CO2_ZEROING: Quality.CALIBRATING,
    CO2_APNOEA: Quality.UNAVAILABLE,
}
_GAS_TROUBLES = {GAS_CALIBRATING: Quality.CALIBRATING, GAS_OFF: Quality.UNAVAILABLE}
_ECG_NOTES = dict.fromkeys(ECG_LEADS_OFF, Note.LEADS_OFF)
_CO2_NOTES = {
    CO2_APNOEA: Note.NO_BREATH,
    CO2_ZEROING: Note.ZEROING,
    CO2_OCCLUSION: Note.CHECK_SAMPLING_LINE,
    CO2_LEAK: Note.CHECK_SAMPLING_LINE,
}


class Numbers:
    """Readings of successive blocks: a module never seen says nothing, one that has gone does."""

    def __init__(self, *, p1_is_art: bool) -> None:
        self._sections = _SECTIONS + _ART * p1_is_art
        self._seen: set[Section] = set()

    def readings(self, basic: Basic, at: Instant) -> Iterator[Reading]:
        """Yield everything but the cuff's pressures."""
        for groups, section in self._sections:
            if any(group.exists for group in groups(basic)):
                self._seen.add(section)
            if section in self._seen:
                yield from section(basic, at)


def notes(basic: Basic) -> frozenset[Note]:
    """Return what the monitor says of its sensors."""
    said = {note for bit, note in _ECG_NOTES.items() if basic.ecg.says(bit)}
    said |= {note for bit, note in _CO2_NOTES.items() if basic.co2.says(bit)}
    if any(basic.nibp.label >> bit & 1 for bit in (NIBP_MEASURING, NIBP_STASIS)):
        said.add(Note.CUFF_INFLATING)
    return frozenset(said)


def kilopascal(percent: float, ambient: int) -> float | None:
    """Return the partial pressure of a gas at an ambient pressure in 1/10 mmHg, where known."""
    tenths = number(ambient)
    if tenths is None or tenths <= 0:
        return None
    return percent / 100 * tenths / 10 / MMHG_PER_KPA


def reading(
    measure: Measure,
    value: float | None,
    quality: Quality,
    at: Instant,
    agent: Agent | None = None,
) -> Reading:
    """Return the reading: a fault wins over a missing value, a missing value over a warning."""
    if not quality.usable:
        return Reading(measure, None, quality, at, agent)
    if value is None:
        return Reading(measure, None, Quality.UNAVAILABLE, at, agent)
    return Reading(measure, value, quality, at, agent)


def pressures(
    group: Pressure, measures: Sequence[Measure], quality: Quality, at: Instant
) -> Iterator[Reading]:
    """Yield systolic, diastolic and mean; none of them where they contradict each other."""
    values = [number(raw) for raw in (group.systolic, group.diastolic, group.mean)]
    rising = [value for value in (values[1], values[2], values[0]) if value is not None]
    if rising != sorted(rising):
        quality = Quality.INVALID
    for measure, value in zip(measures, values, strict=True):
        yield reading(measure, value / 100 if value else None, quality, at)


def rate(measure: Measure, raw: int, quality: Quality, at: Instant) -> Reading:
    """Return a rate; 0 is none."""
    value = number(raw)
    return reading(measure, value if value and value > 0 else None, quality, at)


def _quality(group: Group, troubles: Troubles = _NO_TROUBLES) -> Quality:
    told = (quality for bit, quality in troubles.items() if group.says(bit))
    quality = next(told, Quality.VALID)
    return quality if group.active or not quality.usable else Quality.UNAVAILABLE


def _percent(
    measure: Measure, raw: int, quality: Quality, at: Instant, agent: Agent | None = None
) -> Reading:
    value = number(raw)
    if value is not None and not 0 <= value <= FULL:
        quality = Quality.INVALID
    return reading(measure, None if value is None else value / 100, quality, at, agent)


def _heart(basic: Basic, at: Instant) -> Iterator[Reading]:
    ecg = basic.ecg
    quality = _quality(ecg, _ECG_TROUBLES)
    if quality.usable and ecg.status >> 3 & 0x0F not in ECG_BY_ECG:
        quality = Quality.UNAVAILABLE
    yield rate(Measure.HEART_RATE, ecg.hr, quality, at)


def _oximetry(basic: Basic, at: Instant) -> Iterator[Reading]:
    group = basic.oximetry
    quality = _quality(group)
    if group.spo2:
        yield _percent(Measure.SPO2, group.spo2, quality, at)
    else:
        yield reading(Measure.SPO2, None, quality, at)
    yield rate(Measure.PULSE_RATE, group.pulse_rate, quality, at)


def _carbon(basic: Basic, at: Instant) -> Iterator[Reading]:
    co2 = basic.co2
    quality = _quality(co2, _CO2_TROUBLES)
    for measure, raw in ((Measure.ETCO2, co2.expired), (Measure.FICO2, co2.inspired)):
        share = _percent(measure, raw, quality, at)
        if share.value is None:
            yield share
        else:
            yield reading(measure, kilopascal(share.value, co2.ambient), quality, at)


def _breaths(basic: Basic, at: Instant) -> Iterator[Reading]:
    """Yield the rate by CO2 where that is measured, else by impedance; a ventilator's never."""
    measure = Measure.RESPIRATORY_RATE
    if basic.co2.active:
        yield rate(measure, basic.co2.rate, _quality(basic.co2, _CO2_TROUBLES), at)
    else:
        leads = dict.fromkeys(ECG_LEADS_OFF, Quality.INVALID)
        yield rate(measure, basic.ecg.impedance_rr, _quality(basic.ecg, leads), at)


def _gas(group: Gas, inspired: Measure, expired: Measure, at: Instant) -> Iterator[Reading]:
    quality = _quality(group, _GAS_TROUBLES)
    yield _percent(inspired, group.inspired, quality, at)
    yield _percent(expired, group.expired, quality, at)


def _oxygen(basic: Basic, at: Instant) -> Iterator[Reading]:
    yield from _gas(basic.o2, Measure.FIO2, Measure.ETO2, at)


def _nitrous(basic: Basic, at: Instant) -> Iterator[Reading]:
    yield from _gas(basic.n2o, Measure.N2O_INSPIRED, Measure.N2O_EXPIRED, at)


def _agents(basic: Basic, at: Instant) -> Iterator[Reading]:
    group = basic.agents
    quality = _quality(group, _GAS_TROUBLES)
    agent = AGENTS.get(group.label)
    there = Quality.UNAVAILABLE if quality.usable and group.label == NO_AGENT else quality
    yield _percent(Measure.AGENT_INSPIRED, group.inspired, there, at, agent)
    yield _percent(Measure.AGENT_EXPIRED, group.expired, there, at, agent)
    mac = number(group.mac)
    yield reading(Measure.MAC, None if mac is None or mac < 0 else mac / 100, quality, at)


def _temperature(basic: Basic, at: Instant) -> Iterator[Reading]:
    group = next((group for group in basic.temperatures if group.active), basic.temperatures[0])
    value = number(group.temperature)
    measured = None if value is None else value / 100
    yield reading(Measure.TEMPERATURE, measured, _quality(group), at)


def _art(basic: Basic, at: Instant) -> Iterator[Reading]:
    p1 = basic.pressures[0]
    yield from pressures(p1, ART_MEASURES, _quality(p1), at)


ART_MEASURES = (Measure.ART_SYSTOLIC, Measure.ART_DIASTOLIC, Measure.ART_MEAN)

Section = Callable[[Basic, Instant], Iterator[Reading]]
Sections = tuple[tuple[Callable[[Basic], Sequence[Group]], Section], ...]

_SECTIONS: Sections = (
    (lambda basic: (basic.ecg,), _heart),
    (lambda basic: (basic.oximetry,), _oximetry),
    (lambda basic: (basic.co2,), _carbon),
    (lambda basic: (basic.co2, basic.ecg), _breaths),
    (lambda basic: (basic.o2,), _oxygen),
    (lambda basic: (basic.n2o,), _nitrous),
    (lambda basic: (basic.agents,), _agents),
    (lambda basic: basic.temperatures, _temperature),
)
"""Which groups a section of readings comes from."""
_ART: Sections = ((lambda basic: (basic.pressures[0],), _art),)
