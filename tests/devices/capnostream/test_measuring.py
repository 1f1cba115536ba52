from __future__ import annotations

from dataclasses import replace

import pytest
from capnostream_bytes import BREATHING, MISSING, NOW, VECTORS, items
from damage import captured, flips, notes, numbers, received, told, waves
from hypothesis import given
from hypothesis import strategies as st

from devices.capnostream.driver import CapnostreamDriver
from devices.capnostream.numerics import Numerics
from devices.capnostream.wire import Identity, Wave
from devices.contract import Counts
from vitals.measure import Channel, Measure
from vitals.reading import Item, Note, Notes, Quality, Reading, WaveBlock

ETCO2, FICO2, RATE = Measure.ETCO2, Measure.FICO2, Measure.RESPIRATORY_RATE
SPO2, PULSE = Measure.SPO2, Measure.PULSE_RATE
MEASURES = (ETCO2, FICO2, RATE, SPO2, PULSE)
MMHG = 1 / 7.50062
WITHIN = 0.0005
IDENTITY = Identity("V45.67").to_bytes()
CAPTURES = [
    "breathing",
    "damaged",
    "kilopascal",
    "no-breath-probe-off",
    "occluded",
    "patient-named",
    "sampling-line-off",
    "volume-percent",
]


READINGS = [one for one in items(BREATHING.to_bytes()) if isinstance(one, Reading)]


def qualities(numerics: Numerics) -> dict[Measure, Quality]:
    found = items(numerics.to_bytes())
    return {item.measure: item.quality for item in found if isinstance(item, Reading)}


def values(numerics: Numerics) -> dict[Measure, float | None]:
    found = items(numerics.to_bytes())
    return {item.measure: item.value for item in found if isinstance(item, Reading)}


def samples(wave: Wave, numerics: Numerics = BREATHING) -> list[float | None]:
    return waves(items(numerics.to_bytes(), wave.to_bytes()))


def test_numerics_give_five_readings_and_say_that_all_is_well() -> None:
    assert items(BREATHING.to_bytes()) == [
        Reading(ETCO2, 5.066, Quality.VALID, NOW),
        Reading(FICO2, 0, Quality.VALID, NOW),
        Reading(RATE, 14, Quality.VALID, NOW),
        Reading(SPO2, 98, Quality.VALID, NOW),
        Reading(PULSE, 72, Quality.VALID, NOW),
        Notes(frozenset(), NOW),
    ]


def test_all_that_is_missing_at_fault_is_invalid() -> None:
    assert qualities(MISSING) == dict.fromkeys(MEASURES, Quality.INVALID)


def test_a_missing_code_without_a_fault_is_unavailable() -> None:
    bare = replace(MISSING, co2_alarms=0, spo2_alarms=0, extended=0)
    assert qualities(bare) == dict.fromkeys(MEASURES, Quality.UNAVAILABLE)


def test_the_makers_samples_are_read_in_kpa() -> None:
    assert samples(Wave(7, 0x0C80, 0)) == [pytest.approx(12.5 * MMHG, abs=WITHIN)]
    assert samples(Wave(0x85, 0x2540, 0x08)) == [pytest.approx(37.25 * MMHG, abs=WITHIN)]
    assert samples(Wave(0x85, 0x0500, 0x05)) == [None]
    assert samples(Wave(9, 0, 0x41)) == [None]


def test_a_sample_is_one_block_of_twenty_a_second() -> None:
    (block,) = [
        item
        for item in items(BREATHING.to_bytes(), Wave(1, 0, 0).to_bytes())
        if isinstance(item, WaveBlock)
    ]
    assert block == WaveBlock(Channel.CO2, 20, "kPa", (0.0,), NOW)


def test_kpa_comes_in_tenths_for_numbers_and_samples() -> None:
    numerics = replace(BREATHING, etco2=53, fico2=1, unit=2)
    assert values(numerics)[ETCO2] == pytest.approx(5.3)
    assert values(numerics)[FICO2] == pytest.approx(0.1)
    assert samples(Wave(1, 0x3240, 0), numerics) == [pytest.approx(5.025)]


def test_vol_percent_is_withheld() -> None:
    numerics = replace(BREATHING, unit=3)
    found = qualities(numerics)
    assert found[ETCO2] is found[FICO2] is Quality.UNAVAILABLE
    assert found[RATE] is found[SPO2] is Quality.VALID
    assert samples(Wave(1, 0x3240, 0), numerics) == [None]


def test_samples_before_the_first_numerics_are_dropped() -> None:
    wave = Wave(1, 0x3240, 0).to_bytes()
    assert waves(items(wave, wave)) == []
    assert len(waves(items(wave, BREATHING.to_bytes(), wave))) == 1


def test_a_monitor_that_begins_anew_may_have_another_unit() -> None:
    wave = Wave(1, 0x3240, 0).to_bytes()
    assert waves(items(BREATHING.to_bytes(), IDENTITY, wave)) == []


@pytest.mark.parametrize("status", [0x01, 0x02, 0x04, 0x10, 0x20, 0x40, 0x80, 0x41, 0x0A])
def test_a_sample_with_any_fault_is_none(status: int) -> None:
    assert samples(Wave(1, 0x2540, status)) == [None]


def test_the_end_of_a_breath_is_no_fault() -> None:
    assert samples(Wave(1, 0x2540, 0x08)) == [pytest.approx(37.25 * MMHG, abs=WITHIN)]


@pytest.mark.parametrize(
    ("alarms", "quality"),
    [(0x01, Quality.INVALID), (0x3E, Quality.VALID), (0x3F, Quality.INVALID)],
)
def test_an_alarm_of_no_breath_takes_all_three_numbers(alarms: int, quality: Quality) -> None:
    found = qualities(replace(BREATHING, co2_alarms=alarms))
    assert {found[measure] for measure in (ETCO2, FICO2, RATE)} == {quality}
    assert found[SPO2] is found[PULSE] is Quality.VALID


@pytest.mark.parametrize(
    ("alarms", "quality"),
    [
        (0x01, Quality.INVALID),
        (0x20, Quality.INVALID),
        (0x40, Quality.INVALID),
        (0x1E, Quality.VALID),
    ],
)
def test_no_pulse_and_no_probe_take_saturation_and_pulse(alarms: int, quality: Quality) -> None:
    found = qualities(replace(BREATHING, spo2_alarms=alarms))
    assert found[SPO2] is found[PULSE] is quality
    assert {found[measure] for measure in (ETCO2, FICO2, RATE)} == {Quality.VALID}


@pytest.mark.parametrize(
    ("extended", "doubted"),
    [(0x01, {ETCO2, FICO2}), (0x02, {ETCO2, FICO2, RATE}), (0x80, set())],
)
def test_a_warning_leaves_the_number_in_doubt(extended: int, doubted: set[Measure]) -> None:
    numerics = replace(BREATHING, extended=extended)
    found = qualities(numerics)
    assert {one for one in MEASURES if found[one] is Quality.QUESTIONABLE} == doubted
    assert values(numerics) == values(BREATHING)


def test_a_warning_makes_no_number_of_a_missing_code_and_a_fault_wins_over_it() -> None:
    missing = replace(BREATHING, etco2=255, extended=0x03)
    assert qualities(missing)[ETCO2] is Quality.UNAVAILABLE
    assert qualities(replace(BREATHING, co2_alarms=1, extended=3))[ETCO2] is Quality.INVALID


def test_a_pump_that_is_off_measures_no_breath() -> None:
    found = qualities(replace(BREATHING, extended=0x04))
    assert {found[measure] for measure in (ETCO2, FICO2, RATE)} == {Quality.INVALID}


@pytest.mark.parametrize(
    ("numerics", "measure"),
    [
        (replace(BREATHING, respiratory_rate=0), RATE),
        (replace(BREATHING, spo2=0), SPO2),
        (replace(BREATHING, spo2=101), SPO2),
        (replace(BREATHING, pulse_rate=0), PULSE),
        (replace(BREATHING, etco2=151), ETCO2),
        (replace(BREATHING, fico2=254), FICO2),
        (replace(BREATHING, etco2=201, unit=2), ETCO2),
    ],
)
def test_what_cannot_be_a_value_is_unavailable(numerics: Numerics, measure: Measure) -> None:
    found = qualities(numerics)
    assert found[measure] is Quality.UNAVAILABLE
    assert sum(quality is Quality.VALID for quality in found.values()) == 4


@pytest.mark.parametrize(
    ("numerics", "measure", "value"),
    [
        (replace(BREATHING, etco2=150), ETCO2, 150 * MMHG),
        (replace(BREATHING, etco2=0), ETCO2, 0),
        (replace(BREATHING, etco2=200, unit=2), ETCO2, 20),
        (replace(BREATHING, spo2=100), SPO2, 100),
        (replace(BREATHING, pulse_rate=254), PULSE, 254),
        (replace(BREATHING, respiratory_rate=254), RATE, 254),
    ],
)
def test_the_outermost_values_are_numbers(
    numerics: Numerics, measure: Measure, value: float
) -> None:
    assert values(numerics)[measure] == pytest.approx(value, abs=WITHIN)


@pytest.mark.parametrize(
    ("status", "note"),
    [
        (0x02, Note.WARMING_UP),
        (0x04, Note.CHECK_SAMPLING_LINE),
        (0x10, Note.ZEROING),
        (0x20, Note.CHECK_SAMPLING_LINE),
        (0x40, Note.CHECK_SAMPLING_LINE),
        (0x80, Note.SENSOR_FAULT),
    ],
)
def test_a_fault_of_a_sample_is_noted_before_numerics_too(status: int, note: Note) -> None:
    assert items(Wave(1, 0, status).to_bytes()) == [Notes(frozenset({note}), NOW)]


@pytest.mark.parametrize(
    ("numerics", "note"),
    [
        (replace(BREATHING, co2_alarms=1), Note.NO_BREATH),
        (replace(BREATHING, spo2_alarms=0x20), Note.PROBE_OFF),
        (replace(BREATHING, spo2_alarms=0x40), Note.PROBE_OFF),
        (replace(BREATHING, extended=2), Note.CHECK_SAMPLING_LINE),
        (replace(BREATHING, extended=4), Note.SLEEPING),
        (replace(BREATHING, extended=0x80), Note.LOW_BATTERY),
    ],
)
def test_what_the_numerics_warn_of_is_noted(numerics: Numerics, note: Note) -> None:
    assert notes(items(numerics.to_bytes())) == [{note}]


def test_notes_are_told_when_they_change_and_both_messages_count() -> None:
    off, on = Wave(1, 0, 0x41).to_bytes(), Wave(2, 0, 0x08).to_bytes()
    apnoea = replace(BREATHING, co2_alarms=1).to_bytes()
    assert notes(items(on, on, off, off, apnoea, on, BREATHING.to_bytes(), on)) == [
        set(),
        {Note.CHECK_SAMPLING_LINE},
        {Note.CHECK_SAMPLING_LINE, Note.NO_BREATH},
        {Note.NO_BREATH},
        set(),
    ]


def test_the_numbers_of_samples_only_count_losses() -> None:
    driver = CapnostreamDriver()
    sent = [250, 251, 255, 0, 3, 3]
    data = b"".join(Wave(number, 0, 0).to_bytes() for number in sent)
    found = driver.receive(BREATHING.to_bytes() + data, NOW)
    assert len(waves(found)) == len(sent)
    assert driver.lost_samples == 3 + 2 + 255
    driver.receive(IDENTITY + Wave(9, 0, 0).to_bytes(), NOW)
    assert driver.lost_samples == 3 + 2 + 255


@pytest.mark.parametrize("portion", [1, 3])
@pytest.mark.parametrize("name", CAPTURES)
def test_a_capture_says_the_same_in_any_portions(name: str, portion: int) -> None:
    data = captured("capnostream", name)
    whole, cut = CapnostreamDriver(), CapnostreamDriver()
    assert received(cut, data, portion) == received(whole, data)
    assert cut.finish() == whole.finish()


def test_damage_is_counted_and_the_next_message_read() -> None:
    driver = CapnostreamDriver()
    found = driver.receive(captured("capnostream", "damaged"), NOW)
    assert numbers(found, SPO2) == [98]
    assert driver.finish() == Counts(1, 3, 39)


@pytest.mark.parametrize("name", VECTORS)
def test_no_flipped_bit_publishes_a_reading(name: str) -> None:
    for flipped in flips(VECTORS[name][0]):
        found = items(BREATHING.to_bytes(), flipped)
        assert [one for one in found if isinstance(one, Reading)] == READINGS
        assert [one for one in items(flipped) if not isinstance(one, Notes)] == []


@given(st.binary(max_size=400))
def test_no_bytes_make_a_driver_fail(data: bytes) -> None:
    driver = CapnostreamDriver()
    found: list[Item] = received(driver, data, 7)
    assert all(value is not None or not quality.usable for value, quality in told(found, SPO2))
    assert driver.finish().discarded_bytes <= len(data)
