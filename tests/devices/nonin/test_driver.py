from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nonin_packets import (
    CAPTURES,
    GOOD,
    NO_MARKS,
    NOW,
    SHAPES,
    captured,
    items,
    on_the_wire,
    packet,
    pairs,
    received,
    stream,
    waves,
)

from devices.contract import Counts
from devices.nonin.driver import NoninDriver
from devices.nonin.packet import Numbers
from devices.nonin.wire import Df2Frame, Df7Frame, Shape, Status
from vitals.instant import Instant
from vitals.measure import Channel, Measure
from vitals.reading import Item, Quality, Reading, WaveBlock

SPO2, RATE = Measure.SPO2, Measure.PULSE_RATE


def readings(numbers: Numbers, marks: Status = NO_MARKS, frame: int = 12) -> list[Item]:
    return items(Df2Frame, on_the_wire(Df2Frame, packet(numbers, marks=marks, frame=frame)))[:2]


def numbered(value: float, rate: float, quality: Quality) -> list[Item]:
    return [Reading(SPO2, value, quality, NOW), Reading(RATE, rate, quality, NOW)]


def neither(quality: Quality) -> list[Item]:
    return [Reading(SPO2, None, quality, NOW), Reading(RATE, None, quality, NOW)]


def test_a_good_packet_gives_saturation_pulse_and_pleth() -> None:
    wave = WaveBlock(Channel.PLETH, 75, "count", tuple(range(100, 125)), NOW)
    assert items(Df2Frame, captured("good-packet-df2")) == [
        *numbered(97, 72, Quality.VALID),
        wave,
    ]


def test_a_rate_above_127_is_read_with_all_nine_bits() -> None:
    found = items(Df7Frame, captured("rate-above-127-df7"))
    assert found[:2] == numbered(99, 172, Quality.VALID)
    assert waves(found) == [tuple(range(0x1234, 0x2A35, 0x100))]


def test_held_numbers_are_suppressed_while_the_finger_is_off() -> None:
    found = items(Df2Frame, captured("finger-off-df2"))
    assert found[:2] == neither(Quality.INVALID)
    assert waves(found) == [(None,) * 25]


def test_numbers_go_out_with_the_25th_frame_and_its_time() -> None:
    data, _ = stream(Df2Frame, 1)
    driver = NoninDriver(Df2Frame)
    assert driver.receive(data[:124], Instant(1.0, 11.0)) == []
    found = driver.receive(data[124:], Instant(2.0, 12.0))
    assert [item.at for item in found] == [Instant(2.0, 12.0)] * 3


@pytest.mark.parametrize("spo2", [127, 0, 101, 126])
def test_a_saturation_that_is_none_is_unavailable(spo2: int) -> None:
    saturation, rate = readings(replace(GOOD, spo2=spo2))
    assert saturation == Reading(SPO2, None, Quality.UNAVAILABLE, NOW)
    assert rate == Reading(RATE, 72, Quality.VALID, NOW)


@pytest.mark.parametrize("hr", [511, 0])
def test_a_pulse_rate_that_is_none_is_unavailable(hr: int) -> None:
    saturation, rate = readings(replace(GOOD, hr=hr))
    assert saturation == Reading(SPO2, 97, Quality.VALID, NOW)
    assert rate == Reading(RATE, None, Quality.UNAVAILABLE, NOW)


@pytest.mark.parametrize(("spo2", "hr"), [(1, 1), (100, 510)])
def test_the_outermost_values_are_numbers(spo2: int, hr: int) -> None:
    assert readings(replace(GOOD, spo2=spo2, hr=hr)) == numbered(spo2, hr, Quality.VALID)


@pytest.mark.parametrize("marks", [Status.SNSA, Status.SNSD])
@pytest.mark.parametrize("frame", [0, 12, 24])
def test_a_sensor_fault_in_any_frame_makes_the_packet_invalid(marks: Status, frame: int) -> None:
    assert readings(GOOD, marks, frame) == neither(Quality.INVALID)
    data = on_the_wire(Df2Frame, packet(marks=marks, frame=frame))
    assert waves(items(Df2Frame, data)) == [(None,) * 25]


def test_a_sensor_fault_wins_over_a_missing_code_and_over_a_warning() -> None:
    missing = replace(GOOD, spo2=127, hr=511)
    assert readings(missing, Status.SNSA | Status.OOT) == neither(Quality.INVALID)


@pytest.mark.parametrize("frame", [0, 12, 24])
def test_out_of_track_in_any_frame_makes_the_numbers_questionable(frame: int) -> None:
    assert readings(GOOD, Status.OOT, frame) == numbered(97, 72, Quality.QUESTIONABLE)


def test_out_of_track_does_not_make_a_number_of_a_missing_code() -> None:
    assert readings(replace(GOOD, spo2=127, hr=511), Status.OOT) == neither(Quality.UNAVAILABLE)


def test_an_artefact_alone_changes_nothing() -> None:
    assert readings(GOOD, Status.ARTF) == numbered(97, 72, Quality.VALID)


def test_only_the_four_beat_numbers_are_published() -> None:
    others = Numbers(
        hr=72,
        spo2=97,
        srev=1,
        tmr=2,
        stat2=3,
        spo2_d=81,
        spo2_fast=82,
        spo2_b_b=83,
        e_hr=184,
        e_spo2=85,
        e_spo2_d=86,
        hr_d=187,
        e_hr_d=188,
    )
    assert readings(others) == numbered(97, 72, Quality.VALID)


def test_pleth_without_a_saturation_still_shows() -> None:
    data = on_the_wire(Df2Frame, packet(replace(GOOD, spo2=127, hr=511)))
    assert waves(items(Df2Frame, data)) == [tuple(range(100, 125))]


@pytest.mark.parametrize("portion", [1, 3])
@pytest.mark.parametrize("name", sorted(path.stem for path in CAPTURES.glob("*.vagt")))
def test_a_capture_gives_the_same_in_any_portions(name: str, portion: int) -> None:
    shape: Shape = Df7Frame if name.endswith("df7") else Df2Frame
    data = captured(name) * 3
    whole, cut = NoninDriver(shape), NoninDriver(shape)
    assert received(cut, data, portion) == received(whole, data, len(data))
    assert cut.finish() == whole.finish()


@pytest.mark.parametrize("shape", SHAPES)
@given(data=st.binary(max_size=400), portion=st.integers(1, 50))
def test_no_bytes_make_a_driver_fail_or_lose_count(shape: Shape, data: bytes, portion: int) -> None:
    driver = NoninDriver(shape)
    received(driver, data, portion)
    counts = driver.finish()
    assert counts.frames * 5 + counts.discarded_bytes == len(data)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_long_read_loses_nothing(shape: Shape) -> None:
    data, values = stream(shape, 60)
    driver = NoninDriver(shape)
    assert pairs(driver.receive(data, NOW)) == values
    assert driver.counts == Counts(60 * 25, 0, 0)


@pytest.mark.parametrize("shape", SHAPES)
@given(junk=st.binary(max_size=300))
def test_after_junk_at_most_the_packet_in_flight_is_lost(shape: Shape, junk: bytes) -> None:
    data, values = stream(shape, 3)
    found = pairs(items(shape, junk + data))
    assert found in (values, values[1:])


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("portion", [1, 1 << 20])
def test_a_lost_byte_costs_the_packet_it_belonged_to(shape: Shape, portion: int) -> None:
    data, values = stream(shape, 4)
    for place in range(125, 250):
        found = pairs(items(shape, data[:place] + data[place + 1 :], portion))
        assert found == [values[0], *values[2:]]


@pytest.mark.parametrize("shape", SHAPES)
def test_no_flipped_bit_publishes_a_wrong_value(shape: Shape) -> None:
    data, values = stream(shape, 3)
    wave = tuple(range(100, 125))
    for bit in range(len(data) * 8):
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        found = items(shape, bytes(flipped))
        hit = bit // 8 // 125
        assert pairs(found) == [*values[:hit], *values[hit + 1 :]]
        assert waves(found) == [wave] * 2
