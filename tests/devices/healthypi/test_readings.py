from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from damage import NOW, notes, numbers, told
from healthypi_frames import (
    BLOCK_5,
    ECG_BLOCK_5,
    GOOD_4,
    GOOD_5,
    LEADS_OFF_4,
    MARKS_INSIDE_4,
    PPG_5,
    SAMPLE_4,
    SAMPLE_5,
    items,
)

from devices.healthypi.wire import VERSION_4, VERSION_5, Sample4
from vitals.measure import Channel, Measure
from vitals.reading import Item, Note, Quality, Reading, WaveBlock

HR, RR, SPO2 = Measure.HEART_RATE, Measure.RESPIRATORY_RATE, Measure.SPO2
TEMPERATURE = Measure.TEMPERATURE
VALID, QUESTIONABLE = Quality.VALID, Quality.QUESTIONABLE
INVALID, UNAVAILABLE = Quality.INVALID, Quality.UNAVAILABLE


def wave(found: list[Item], channel: Channel) -> list[float | None]:
    blocks = [item for item in found if isinstance(item, WaveBlock) and item.channel is channel]
    return [sample for block in blocks for sample in block.samples]


def test_a_sample_of_version_4_gives_its_readings_and_waves() -> None:
    assert items(VERSION_4, GOOD_4) == [
        Reading(HR, 72, QUESTIONABLE, NOW),
        Reading(RR, 16, QUESTIONABLE, NOW),
        Reading(SPO2, 97, QUESTIONABLE, NOW),
        Reading(TEMPERATURE, 36.52, QUESTIONABLE, NOW),
        WaveBlock(Channel.ECG, 125, "count", (-523,), NOW),
        WaveBlock(Channel.RESP, 125, "count", (120,), NOW),
        WaveBlock(Channel.PLETH, 125, "count", (1234567,), NOW),
    ]


def test_a_sample_of_version_5_gives_its_readings_and_waves() -> None:
    assert items(VERSION_5, GOOD_5) == [
        Reading(HR, 64, QUESTIONABLE, NOW),
        Reading(RR, 14, QUESTIONABLE, NOW),
        Reading(SPO2, 98, QUESTIONABLE, NOW),
        Reading(TEMPERATURE, 36.71, QUESTIONABLE, NOW),
        WaveBlock(Channel.ECG, 128, "count", (-70000,), NOW),
        WaveBlock(Channel.RESP, 128, "count", (2500,), NOW),
        WaveBlock(Channel.PLETH, 128, "count", (498000,), NOW),
    ]


def test_blocks_of_version_5_give_their_readings_and_waves() -> None:
    assert items(VERSION_5, ECG_BLOCK_5 + PPG_5.to_bytes()) == [
        Reading(HR, 64, QUESTIONABLE, NOW),
        Reading(RR, 14, QUESTIONABLE, NOW),
        WaveBlock(Channel.ECG, 128, "count", (100, 200, -100, -200, 0, 1, 2, 3), NOW),
        WaveBlock(Channel.RESP, 64, "count", (5, 6, 7, 8), NOW),
        Reading(SPO2, 98, QUESTIONABLE, NOW),
        WaveBlock(Channel.PLETH, 128, "count", PPG_5.ppg, NOW),
    ]


def test_without_leads_all_but_the_temperature_is_missing() -> None:
    found = items(VERSION_4, LEADS_OFF_4 * 3)
    assert told(found, HR) == told(found, RR) == [(None, INVALID)] * 3
    assert told(found, SPO2) == [(None, UNAVAILABLE)] * 3
    assert told(found, TEMPERATURE)[-1] == (36.52, VALID)
    assert wave(found, Channel.ECG) == wave(found, Channel.RESP) == [None] * 3
    assert wave(found, Channel.PLETH) == [65536] * 3
    assert notes(found) == [{Note.LEADS_OFF}]


@pytest.mark.parametrize("leads", [0x01, 0x02, 0x04, 0x08, 0x10, 0xE1])
def test_any_electrode_that_is_off_takes_the_ecg_and_leaves_the_saturation(leads: int) -> None:
    found = items(VERSION_4, replace(SAMPLE_4, leads=leads).to_bytes() * 3)
    assert told(found, HR)[-1] == told(found, RR)[-1] == (None, INVALID)
    assert told(found, SPO2)[-1] == (97, VALID)
    assert wave(found, Channel.ECG) == [None] * 3


@pytest.mark.parametrize("leads", [0x20, 0x40, 0x80, 0xE0])
def test_the_upper_bits_of_the_status_are_no_electrodes(leads: int) -> None:
    found = items(VERSION_4, replace(SAMPLE_4, leads=leads).to_bytes() * 3)
    assert told(found, HR)[-1] == (72, VALID)
    assert notes(found) == []


def test_leads_that_are_put_back_are_noted() -> None:
    found = items(VERSION_4, LEADS_OFF_4 * 3 + GOOD_4 * 3)
    assert notes(found) == [{Note.LEADS_OFF}, set()]


def test_marks_within_a_payload_give_one_frame() -> None:
    found = items(VERSION_4, MARKS_INSIDE_4)
    assert wave(found, Channel.ECG) == [-1526]
    assert wave(found, Channel.PLETH) == [184613386]
    assert numbers(found, TEMPERATURE) == [25.70]
    assert numbers(found, RR) == [10]
    assert told(found, SPO2) == [(None, UNAVAILABLE)]
    assert numbers(found, HR) == [11]


@pytest.mark.parametrize(("name", "measure"), [("hr", HR), ("rr", RR), ("spo2", SPO2)])
def test_a_zero_is_no_number(name: str, measure: Measure) -> None:
    missing: dict[str, Any] = {name: 0}
    four = items(VERSION_4, replace(SAMPLE_4, **missing).to_bytes() * 3)
    five = items(VERSION_5, replace(SAMPLE_5, **missing).to_bytes() * 3)
    assert told(four, measure) == told(five, measure) == [(None, UNAVAILABLE)] * 3


def test_a_zero_in_a_block_is_no_number() -> None:
    data = replace(BLOCK_5, hr=0, rr=0).to_bytes() + replace(PPG_5, spo2=0).to_bytes()
    found = items(VERSION_5, data)
    assert [told(found, measure) for measure in (HR, RR, SPO2)] == [[(None, UNAVAILABLE)]] * 3


@pytest.mark.parametrize(("spo2", "shown"), [(1, 1), (100, 100), (101, None), (255, None)])
def test_a_saturation_is_at_most_a_hundred(spo2: int, shown: int | None) -> None:
    four = items(VERSION_4, replace(SAMPLE_4, spo2=spo2).to_bytes())
    five = items(VERSION_5, replace(SAMPLE_5, spo2=spo2).to_bytes())
    block = items(VERSION_5, replace(PPG_5, spo2=spo2).to_bytes())
    assert numbers(four, SPO2) == numbers(five, SPO2) == numbers(block, SPO2) == [shown]


@pytest.mark.parametrize(
    ("hundredths", "shown"),
    [(0, None), (999, None), (1000, 10.0), (5000, 50.0), (5001, None), (11800, None)],
)
def test_a_temperature_lies_between_ten_and_fifty_degrees(
    hundredths: int, shown: float | None
) -> None:
    four = items(VERSION_4, replace(SAMPLE_4, temperature=hundredths).to_bytes())
    five = items(VERSION_5, replace(SAMPLE_5, temperature=hundredths).to_bytes())
    assert numbers(four, TEMPERATURE) == numbers(five, TEMPERATURE) == [shown]


def test_a_repeated_sample_of_the_chest_is_missing_and_keeps_the_timing() -> None:
    data = SAMPLE_5.to_bytes() + replace(SAMPLE_5, skip=0xFF).to_bytes()
    assert wave(items(VERSION_5, data * 2), Channel.RESP) == [2500, None, 2500, None]


def test_the_temperature_of_a_pleth_block_is_ignored() -> None:
    found = items(VERSION_5, PPG_5.to_bytes())
    assert told(found, TEMPERATURE) == []


@pytest.mark.parametrize(("hr", "spo2"), [(80, 97), (72, 80), (120, 97), (72, 97)])
def test_the_constant_pressure_appears_nowhere(hr: int, spo2: int) -> None:
    data = replace(SAMPLE_4, hr=hr, spo2=spo2).to_bytes()
    assert data[22:24] == bytes((80, 120))
    found = items(VERSION_4, data * 5)
    measures = {item.measure for item in found if isinstance(item, Reading)}
    assert measures == {HR, RR, SPO2, TEMPERATURE}
    values = {item.value for item in found if isinstance(item, Reading)}
    assert values == {hr, 16, spo2, 36.52}


def test_whatever_stands_in_its_place_changes_nothing() -> None:
    for pressure in (b"\x00\x00", b"\x48\x61", b"\xff\xff"):
        data = GOOD_4[:22] + pressure + GOOD_4[24:]
        assert items(VERSION_4, data * 3) == items(VERSION_4, GOOD_4 * 3)


def test_no_frame_has_a_field_for_a_pressure() -> None:
    assert set(Sample4.__dataclass_fields__) == {
        "ecg", "resp", "ir", "red", "temperature", "rr", "spo2", "hr", "leads", "TYPE", "BODY",
    }  # fmt: skip
