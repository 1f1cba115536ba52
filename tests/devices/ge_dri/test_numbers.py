from __future__ import annotations

from dataclasses import replace

import pytest
from damage import NOW, notes, received, told
from dri_records import (
    CO2,
    ECG,
    EVERYTHING,
    HERE,
    NONE,
    NOTHING,
    art_driver,
    composed,
    driver,
    frame,
)

from devices.ge_dri.basic import Agents, Basic, Ecg, Gas, Oximetry, Pressure, Temperature
from devices.ge_dri.wire import Missing
from vitals.measure import Agent, Measure
from vitals.reading import Item, Note, Quality, Reading

VALID, INVALID = Quality.VALID, Quality.INVALID
GONE, DOUBTED = Quality.UNAVAILABLE, Quality.QUESTIONABLE
SPO2 = Oximetry(HERE, 0, 9800, 71, 150, NONE)
MISSING = sorted([*Missing, -32001, -32768])


def items(basic: Basic) -> list[Item]:
    return received(driver(), frame(basic))


def one(basic: Basic, measure: Measure) -> tuple[float | None, Quality]:
    ((value, quality),) = told(items(basic), measure)
    return value, quality


def heart(status: int, hr: int = 72) -> tuple[float | None, Quality]:
    return one(replace(NOTHING, ecg=replace(ECG, status=status, hr=hr)), Measure.HEART_RATE)


def bits(*places: int) -> int:
    return HERE | sum(1 << place for place in places)


def test_a_frame_composed_by_absolute_offsets_is_read_in_the_right_units() -> None:
    found = received(driver(), composed())
    values = {item.measure: item.value for item in found if isinstance(item, Reading)}
    assert values == {
        Measure.HEART_RATE: 72,
        Measure.SPO2: 98,
        Measure.PULSE_RATE: 71,
        Measure.ETCO2: pytest.approx(38.53 / 7.50062, abs=0.001),
        Measure.FICO2: pytest.approx(0.0304, abs=0.0001),
        Measure.RESPIRATORY_RATE: 14,
        Measure.FIO2: 40,
        Measure.ETO2: 36,
        Measure.N2O_INSPIRED: 55,
        Measure.N2O_EXPIRED: 54,
        Measure.AGENT_INSPIRED: 2.05,
        Measure.AGENT_EXPIRED: 1.80,
        Measure.MAC: 0.90,
        Measure.NIBP_SYSTOLIC: 124,
        Measure.NIBP_DIASTOLIC: 71,
        Measure.NIBP_MEAN: 89,
        Measure.NIBP_PULSE_RATE: 72,
    }
    cuff = {measure for measure in Measure if measure.startswith("nibp_")}
    others = [item for item in found if isinstance(item, Reading) and item.measure not in cuff]
    assert {item.quality for item in others} == {VALID}
    agents = {item.agent for item in found if isinstance(item, Reading)}
    assert agents == {None, Agent.SEVOFLURANE}


def test_a_module_that_was_never_there_says_nothing() -> None:
    assert items(NOTHING) == []


def test_a_module_that_has_gone_says_so() -> None:
    one_driver = driver()
    received(one_driver, frame(replace(NOTHING, oximetry=SPO2)))
    found = received(one_driver, frame(NOTHING))
    assert found == [
        Reading(Measure.SPO2, None, GONE, NOW),
        Reading(Measure.PULSE_RATE, None, GONE, NOW),
    ]


@pytest.mark.parametrize("status", [0b01, 0b10, 0b00])
def test_a_group_that_is_not_both_there_and_active_has_no_number(status: int) -> None:
    every = EVERYTHING
    passive = replace(
        EVERYTHING,
        ecg=replace(every.ecg, status=status),
        oximetry=replace(every.oximetry, status=status),
        co2=replace(every.co2, status=status),
        o2=replace(every.o2, status=status),
        n2o=replace(every.n2o, status=status),
        agents=replace(every.agents, status=status),
    )
    both = received(driver(), frame(EVERYTHING) + frame(passive))
    after = [item for item in both[len(items(EVERYTHING)) :] if isinstance(item, Reading)]
    assert {item.measure for item in after if item.value is not None} == {Measure.TEMPERATURE}
    assert {item.quality for item in after if item.value is None} == {GONE}
    assert len(after) == 14


@pytest.mark.parametrize("raw", MISSING)
def test_a_code_for_no_number_is_never_one(raw: int) -> None:
    nothing = replace(
        EVERYTHING,
        ecg=Ecg(HERE, 0, raw, raw, raw, raw, raw),
        nibp=Pressure(HERE, 0, raw, raw, raw, raw),
        temperatures=(Temperature(HERE, 0, raw),) * 4,
        oximetry=Oximetry(HERE, 0, raw, raw, raw, raw),
        co2=replace(CO2, expired=raw, inspired=raw, rate=raw, ambient=raw),
        o2=Gas(HERE, 0, raw, raw),
        n2o=Gas(HERE, 0, raw, raw),
        agents=Agents(HERE, 6, raw, raw, raw),
        pressures=(Pressure(HERE, 0, raw, raw, raw, raw),) * 4,
    )
    found = [item for item in received(art_driver(), frame(nothing)) if isinstance(item, Reading)]
    assert {(item.value, item.quality) for item in found} == {(None, GONE)}
    assert len(found) == 21


def test_zero_is_no_rate_and_no_saturation() -> None:
    zeros = replace(
        NOTHING,
        ecg=replace(ECG, hr=0),
        oximetry=replace(SPO2, spo2=0, pulse_rate=0),
        co2=replace(CO2, rate=0),
    )
    for measure in (
        Measure.HEART_RATE, Measure.SPO2, Measure.PULSE_RATE, Measure.RESPIRATORY_RATE,
    ):  # fmt: skip
        assert one(zeros, measure) == (None, GONE)


def test_a_rate_below_zero_is_none() -> None:
    assert heart(HERE, -5) == (None, GONE)


@pytest.mark.parametrize("bit", [11, 12, 13])
def test_a_lead_off_leaves_no_heart_rate(bit: int) -> None:
    assert heart(bits(3, bit)) == (None, INVALID)
    assert heart(bits(3, bit), NONE) == (None, INVALID)
    assert heart(bits(3, bit) & ~0b10) == (None, INVALID)


@pytest.mark.parametrize("bit", [7, 8])
def test_noise_and_artefacts_leave_the_heart_rate_in_doubt(bit: int) -> None:
    assert heart(bits(3, bit)) == (72, DOUBTED)
    assert heart(bits(3, bit), NONE) == (None, GONE)
    assert heart(bits(3, bit, 11)) == (None, INVALID)


def test_asystole_is_no_heart_rate() -> None:
    assert heart(bits(2, 3), 40) == (None, GONE)


@pytest.mark.parametrize(("source", "there"), [(0, 72), (1, 72), *[(n, None) for n in range(2, 9)]])
def test_a_heart_rate_by_pressure_or_pleth_is_none_of_an_ecg(source: int, there: int) -> None:
    value, quality = heart(HERE | source << 3)
    assert value == there
    assert quality is (VALID if there else GONE)


@pytest.mark.parametrize(("raw", "value"), [(1, 0.01), (9750, 97.5), (10000, 100)])
def test_a_saturation_is_in_hundredths(raw: int, value: float) -> None:
    basic = replace(NOTHING, oximetry=replace(SPO2, spo2=raw))
    assert one(basic, Measure.SPO2) == (value, VALID)


@pytest.mark.parametrize("raw", [10001, 32767, -1, -32000])
def test_a_share_that_is_none_is_invalid(raw: int) -> None:
    basic = replace(NOTHING, oximetry=replace(SPO2, spo2=raw), o2=Gas(HERE, 0, raw, 2100))
    assert one(basic, Measure.SPO2) == (None, INVALID)
    assert one(basic, Measure.ETO2) == (None, INVALID)
    assert one(basic, Measure.FIO2) == (21, VALID)


def test_end_tidal_co2_is_computed_with_the_ambient_pressure() -> None:
    high = replace(CO2, expired=480, inspired=0, ambient=7545)
    kilopascal, quality = one(replace(NOTHING, co2=high), Measure.ETCO2)
    assert kilopascal == pytest.approx(4.828, abs=5e-4)
    assert quality is VALID
    assert one(replace(NOTHING, co2=high), Measure.FICO2) == (0, VALID)


@pytest.mark.parametrize("ambient", [NONE, -32001, 0, -1])
def test_without_the_ambient_pressure_there_is_no_co2(ambient: int) -> None:
    basic = replace(NOTHING, co2=replace(CO2, ambient=ambient))
    assert one(basic, Measure.ETCO2) == (None, GONE)
    assert one(basic, Measure.FICO2) == (None, GONE)
    assert one(basic, Measure.RESPIRATORY_RATE) == (14, VALID)


@pytest.mark.parametrize(
    ("bit", "quality"),
    [
        (2, GONE),
        (3, Quality.CALIBRATING),
        (4, Quality.CALIBRATING),
        (5, INVALID),
        (6, INVALID),
    ],
)
def test_apnoea_calibration_and_a_blocked_line_leave_nothing_of_co2(
    bit: int, quality: Quality
) -> None:
    basic = replace(NOTHING, co2=replace(CO2, status=bits(bit)), ecg=ECG)
    for measure in (Measure.ETCO2, Measure.FICO2, Measure.RESPIRATORY_RATE):
        assert one(basic, measure) == (None, quality)
    assert one(basic, Measure.HEART_RATE) == (72, VALID)


def test_a_fault_wins_over_a_calibration_and_that_over_apnoea() -> None:
    every = replace(NOTHING, co2=replace(CO2, status=bits(2, 3, 5)))
    assert one(every, Measure.ETCO2) == (None, INVALID)
    two = replace(NOTHING, co2=replace(CO2, status=bits(2, 4)))
    assert one(two, Measure.ETCO2) == (None, Quality.CALIBRATING)


@pytest.mark.parametrize("bit", [8, 9, 10])
def test_other_bits_of_co2_change_nothing(bit: int) -> None:
    basic = replace(NOTHING, co2=replace(CO2, status=bits(bit)))
    assert one(basic, Measure.RESPIRATORY_RATE) == (14, VALID)


def test_breaths_are_counted_by_co2_where_that_is_measured() -> None:
    assert one(replace(NOTHING, co2=CO2, ecg=ECG), Measure.RESPIRATORY_RATE) == (14, VALID)
    silent = replace(CO2, rate=NONE)
    assert one(replace(NOTHING, co2=silent, ecg=ECG), Measure.RESPIRATORY_RATE) == (None, GONE)


def test_breaths_are_counted_by_impedance_where_co2_is_not() -> None:
    assert one(replace(NOTHING, ecg=ECG), Measure.RESPIRATORY_RATE) == (16, VALID)
    passive = replace(NOTHING, ecg=ECG, co2=replace(CO2, status=0b01))
    assert one(passive, Measure.RESPIRATORY_RATE) == (16, VALID)
    off = replace(NOTHING, ecg=replace(ECG, status=bits(12)))
    assert one(off, Measure.RESPIRATORY_RATE) == (None, INVALID)


def test_breaths_of_a_ventilator_are_never_taken() -> None:
    flow = (HERE).to_bytes(4, "little") + b"\0\0" + (12).to_bytes(2, "little") + bytes(84)
    assert items(replace(NOTHING, rest=flow)) == []


@pytest.mark.parametrize(("bit", "quality"), [(2, Quality.CALIBRATING), (3, GONE)])
def test_a_gas_that_is_calibrated_or_switched_off_has_no_number(bit: int, quality: Quality) -> None:
    gas = Gas(bits(bit), 0, 3600, 4000)
    basic = replace(NOTHING, o2=gas, n2o=gas, agents=Agents(bits(bit), 6, 180, 205, 90))
    found = [item for item in items(basic) if isinstance(item, Reading)]
    assert len(found) == 7
    assert {(item.value, item.quality) for item in found} == {(None, quality)}


@pytest.mark.parametrize(
    ("label", "agent"),
    [
        (2, Agent.HALOTHANE),
        (3, Agent.ENFLURANE),
        (4, Agent.ISOFLURANE),
        (5, Agent.DESFLURANE),
        (6, Agent.SEVOFLURANE),
        (0, None),
        (7, None),
    ],
)
def test_the_agent_is_named_by_its_label(label: int, agent: Agent | None) -> None:
    found = items(replace(NOTHING, agents=Agents(HERE, label, 180, 205, 90)))
    assert found == [
        Reading(Measure.AGENT_INSPIRED, 2.05, VALID, NOW, agent),
        Reading(Measure.AGENT_EXPIRED, 1.80, VALID, NOW, agent),
        Reading(Measure.MAC, 0.90, VALID, NOW),
    ]


def test_no_agent_is_no_number_and_the_mac_of_nitrous_oxide_stays() -> None:
    found = items(replace(NOTHING, agents=Agents(HERE, 1, 0, 0, 50)))
    assert found == [
        Reading(Measure.AGENT_INSPIRED, None, GONE, NOW),
        Reading(Measure.AGENT_EXPIRED, None, GONE, NOW),
        Reading(Measure.MAC, 0.50, VALID, NOW),
    ]


def test_the_first_temperature_that_is_measured_is_taken() -> None:
    cold, warm = Temperature(HERE, 0, 3450), Temperature(HERE, 0, 3672)
    absent = Temperature.absent()
    both = replace(NOTHING, temperatures=(warm, cold, absent, absent))
    assert one(both, Measure.TEMPERATURE) == (36.72, VALID)
    third = replace(NOTHING, temperatures=(absent, absent, cold, warm))
    assert one(third, Measure.TEMPERATURE) == (34.5, VALID)


def test_the_first_pressure_is_published_only_where_it_is_said_to_be_arterial() -> None:
    assert told(items(EVERYTHING), Measure.ART_SYSTOLIC) == []
    found = received(art_driver(), frame(EVERYTHING))
    assert told(found, Measure.ART_SYSTOLIC) == [(118.5, VALID)]
    assert told(found, Measure.ART_DIASTOLIC) == [(60.1, VALID)]
    assert told(found, Measure.ART_MEAN) == [(80.2, VALID)]


def test_pressures_that_contradict_each_other_are_invalid() -> None:
    p1 = Pressure(HERE, 0, 6010, 11850, 8020, 72)
    found = received(art_driver(), frame(replace(NOTHING, pressures=(p1,) * 4)))
    assert told(found, Measure.ART_SYSTOLIC) == [(None, INVALID)]
    assert told(found, Measure.ART_MEAN) == [(None, INVALID)]


@pytest.mark.parametrize(
    ("basic", "note"),
    [
        (replace(NOTHING, ecg=replace(ECG, status=bits(11))), Note.LEADS_OFF),
        (replace(NOTHING, ecg=replace(ECG, status=bits(13))), Note.LEADS_OFF),
        (replace(NOTHING, co2=replace(CO2, status=bits(2))), Note.NO_BREATH),
        (replace(NOTHING, co2=replace(CO2, status=bits(4))), Note.ZEROING),
        (replace(NOTHING, co2=replace(CO2, status=bits(5))), Note.CHECK_SAMPLING_LINE),
        (replace(NOTHING, co2=replace(CO2, status=bits(6))), Note.CHECK_SAMPLING_LINE),
        (
            replace(NOTHING, nibp=Pressure(HERE, 1 << 5, NONE, NONE, NONE, NONE)),
            Note.CUFF_INFLATING,
        ),
        (
            replace(NOTHING, nibp=Pressure(HERE, 1 << 6, NONE, NONE, NONE, NONE)),
            Note.CUFF_INFLATING,
        ),
    ],
)
def test_what_the_monitor_says_of_its_sensors_is_noted(basic: Basic, note: Note) -> None:
    assert notes(items(basic)) == [{note}]


def test_notes_are_said_when_they_change() -> None:
    off = replace(NOTHING, ecg=replace(ECG, status=bits(11)))
    data = b"".join(map(frame, (NOTHING, off, off, NOTHING, NOTHING, off)))
    assert notes(received(driver(), data)) == [{Note.LEADS_OFF}, set(), {Note.LEADS_OFF}]
