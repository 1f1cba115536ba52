from __future__ import annotations

import re

import pytest
from damage import WHOLE, captured, flips, notes, numbers, received, told
from hypothesis import given
from hypothesis import strategies as st
from masimo_lines import (
    COLOUR,
    EMPTY_TREND,
    LINES,
    MISSING,
    RAD8,
    RADICAL5,
    RAINBOW,
    SENSOR_OFF,
    SILENCED,
    TREND,
    items,
    wired,
)

from devices.contract import Counts
from devices.masimo.driver import MasimoDriver
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.reading import Note, Notes, Quality, Reading

SPO2, RATE, PI = Measure.SPO2, Measure.PULSE_RATE, Measure.PERFUSION_INDEX
VALID, QUESTIONABLE = Quality.VALID, Quality.QUESTIONABLE
INVALID, UNAVAILABLE = Quality.INVALID, Quality.UNAVAILABLE
EVERY_BIT = [1 << bit for bit in range(24)]
SUPPRESSING = {
    0x001, 0x002, 0x008, 0x010, 0x020, 0x040, 0x080,
    0x100, 0x1000, 0x4000, 0x8000, 0x10000, 0x20000,
}  # fmt: skip
WARNING = {0x004, 0x400}


def all_three(text: str) -> list[tuple[float | None, Quality]]:
    found = items(wired(text))
    return [pair for measure in (SPO2, RATE, PI) for pair in told(found, measure)]


def with_exceptions(value: int) -> str:
    return RAD8.replace("EXC=000800", f"EXC={value:06X}")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (RAD8, (98, 97, 3.60)),
        (SILENCED, (98, 57, 7.02)),
        (RADICAL5, (97, 64, 11.82)),
    ],
)
def test_a_good_line_gives_three_values(text: str, values: tuple[float, float, float]) -> None:
    assert all_three(text) == [(value, VALID) for value in values]


@pytest.mark.parametrize("text", [SENSOR_OFF, RAINBOW])
def test_old_digits_are_suppressed_while_the_sensor_is_off(text: str) -> None:
    assert all_three(text) == [(None, INVALID)] * 3
    assert notes(items(wired(text)))[0] >= {Note.PROBE_OFF}


def test_dashes_without_a_fault_are_unavailable() -> None:
    assert all_three(MISSING) == [(None, UNAVAILABLE)] * 3


def test_a_low_signal_iq_keeps_the_numbers_in_doubt() -> None:
    assert all_three(COLOUR) == [(98, QUESTIONABLE), (123, QUESTIONABLE), (0.55, QUESTIONABLE)]


def test_a_trend_line_is_never_live() -> None:
    assert all_three(TREND) == [(98, QUESTIONABLE), (78, QUESTIONABLE), (3.64, QUESTIONABLE)]
    assert notes(items(wired(TREND))) == [{Note.FROM_MEMORY}]


def test_zeros_of_a_trend_line_are_missing_although_all_seems_well() -> None:
    assert all_three(EMPTY_TREND) == [(None, UNAVAILABLE)] * 3


def test_zeros_of_a_live_line_are_missing_too() -> None:
    text = RAD8.replace("SPO2=098", "SPO2=000").replace("BPM=097", "BPM=000")
    assert all_three(text) == [(None, UNAVAILABLE)] * 3


def test_the_perfusion_index_goes_with_the_saturation() -> None:
    assert all_three(RAD8.replace("SPO2=098", "SPO2=---")) == [
        (None, UNAVAILABLE),
        (97, VALID),
        (None, UNAVAILABLE),
    ]


def test_a_perfusion_index_of_nought_is_a_value_beside_a_saturation() -> None:
    assert all_three(RAD8.replace("PI=03.60", "PI=00.00"))[2] == (0.0, VALID)


def test_a_line_without_a_perfusion_index_has_none() -> None:
    assert all_three(RAD8.replace("PI=03.60% ", "")) == [
        (98, VALID),
        (97, VALID),
        (None, UNAVAILABLE),
    ]


@pytest.mark.parametrize("bit", EVERY_BIT, ids=hex)
def test_each_exception_suppresses_warns_or_leaves_alone(bit: int) -> None:
    expected = {98: VALID, 97: VALID, 3.6: VALID}
    if bit in WARNING:
        expected = dict.fromkeys(expected, QUESTIONABLE)
    found = [(None, INVALID)] * 3 if bit in SUPPRESSING else list(expected.items())
    assert all_three(with_exceptions(0x800 | bit)) == found


def test_a_fault_wins_over_dashes() -> None:
    assert all_three(MISSING.replace("EXC=000000", "EXC=000820")) == [(None, INVALID)] * 3


def test_digits_without_set_running_are_in_doubt() -> None:
    assert {quality for _, quality in all_three(with_exceptions(0))} == {QUESTIONABLE}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (RAD8, set()),
        (with_exceptions(0x801), {Note.PROBE_OFF}),
        (with_exceptions(0x1800), {Note.PROBE_OFF}),
        (with_exceptions(0x802), {Note.SENSOR_FAULT}),
        (with_exceptions(0x804), {Note.LOW_PERFUSION}),
        (RAD8.replace("ALARM=0000", "ALARM=0040"), {Note.LOW_BATTERY}),
    ],
)
def test_the_device_says_what_is_wrong_with_it(text: str, said: set[Note]) -> None:
    assert notes(items(wired(text))) == [said]


def test_notes_are_told_once_until_they_change() -> None:
    found = items(wired(RAD8, RAD8, SENSOR_OFF, SENSOR_OFF, RAD8))
    assert notes(found) == [set(), {Note.PROBE_OFF, Note.LOW_PERFUSION}, set()]


def test_an_alarm_silenced_is_no_sensor_off() -> None:
    assert all_three(RADICAL5)[0] == (97, VALID)
    assert notes(items(wired(RADICAL5))) == [set()]


def test_values_carry_the_time_of_arrival_and_not_the_devices() -> None:
    driver = MasimoDriver()
    data = wired(RAD8)
    assert driver.receive(data[:-2], Instant(1, 11)) == []
    found = driver.receive(data[-2:], Instant(2, 12))
    assert {item.at for item in found} == {Instant(2, 12)}
    assert [type(item) for item in found] == [Reading, Reading, Reading, Notes]


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\r\r\n", "\n\n", "\r\n\r\n"])
def test_lines_may_end_in_any_way_and_blank_ones_may_stand_between(end: str) -> None:
    driver = MasimoDriver()
    found = received(driver, wired(RAD8, SILENCED, end=end))
    assert numbers(found, RATE) == [97, 57]
    blank = {"\r\r\n": 4, "\n\n": 2, "\r\n\r\n": 4}.get(end, 0)
    assert driver.finish() == Counts(2, 0, blank)


def test_a_lone_return_needs_no_next_line_to_be_read() -> None:
    assert numbers(items(wired(RAD8, end="\r")), RATE) == [97]


def test_what_only_begins_like_a_line_is_a_bad_frame() -> None:
    driver = MasimoDriver()
    cut, noise = RAD8[:60], "boot loader 1.2"
    received(driver, wired(cut, noise, RAD8))
    assert driver.finish() == Counts(1, 1, len(cut) + len(noise) + 4)


def test_a_line_glued_to_a_cut_one_is_lost_and_the_next_is_read() -> None:
    for place in range(1, len(RAD8)):
        found = items(RAD8[:place].encode() + wired(SILENCED, RADICAL5))
        assert numbers(found, RATE) == [64]


@pytest.mark.parametrize("text", LINES)
def test_a_line_without_its_end_gives_nothing(text: str) -> None:
    for place in range(len(text) + 1):
        driver = MasimoDriver()
        assert received(driver, text[:place].encode()) == []
        assert driver.finish() == Counts(0, 0, place)


@pytest.mark.parametrize("text", LINES)
def test_a_line_cut_short_gives_no_value_that_counts_as_sure(text: str) -> None:
    whole = items(wired(text))
    for place in range(len(text)):
        found = items(wired(text[:place]))
        sure = [item for item in found if isinstance(item, Reading) and item.quality is VALID]
        assert all(reading in whole for reading in sure)


@pytest.mark.parametrize("text", LINES)
def test_a_lost_byte_gives_no_wrong_value(text: str) -> None:
    data = wired(text)
    own = {SPO2: numbers(items(data), SPO2), RATE: numbers(items(data), RATE)}
    for place in range(len(data)):
        found = items(data[:place] + data[place + 1 :])
        for measure, values in own.items():
            values_found = {value for value, quality in told(found, measure) if quality is VALID}
            assert values_found <= set(values)


@pytest.mark.parametrize("text", LINES)
def test_a_flipped_bit_gives_the_same_or_no_value_or_one_in_range(text: str) -> None:
    data = wired(text)
    whole = items(data)
    for flipped in flips(data):
        for item in items(flipped):
            if isinstance(item, Reading) and item.quality is VALID and item not in whole:
                assert item.value is not None
                bounds = {SPO2: (1, 100), RATE: (18, 321), PI: (0, 20)}[item.measure]
                assert bounds[0] <= item.value <= bounds[1]


@pytest.mark.parametrize("text", LINES)
def test_a_flipped_bit_outside_digits_gives_no_other_value(text: str) -> None:
    data = wired(text)
    values = {measure: numbers(items(data), measure) for measure in (SPO2, RATE, PI)}
    digits = {place for match in re.finditer("[0-9A-F]+", text) for place in range(*match.span())}
    for bit, flipped in enumerate(flips(data)):
        if bit // 8 in digits:
            continue
        found = items(flipped)
        for measure, own in values.items():
            assert {value for value in numbers(found, measure) if value} <= set(own)


@pytest.mark.parametrize("portion", [1, 3, WHOLE])
@pytest.mark.parametrize(
    "name", ["on-patient-rad8", "sensor-off-rad8", "colour-radical7", "trend-memory"]
)
def test_a_capture_gives_the_same_in_any_portions(name: str, portion: int) -> None:
    data = b"\nnoise\r\n" + captured("masimo", name) + wired(RAD8[:70], RAD8, end="\r") + b"02/2"
    whole, cut = MasimoDriver(), MasimoDriver()
    assert received(cut, data, portion) == received(whole, data)
    assert cut.finish() == whole.finish()


@given(
    parts=st.lists(st.one_of(st.binary(max_size=40), st.sampled_from([b"\r", b"\n", wired(RAD8)]))),
    portion=st.integers(1, 300),
)
def test_no_bytes_make_a_driver_fail_or_lose_count(parts: list[bytes], portion: int) -> None:
    data = b"".join(parts)
    driver, whole = MasimoDriver(), MasimoDriver()
    received(driver, data, portion)
    received(whole, data)
    counts = driver.finish()
    assert counts == whole.finish()
    accepted = len(data) - counts.discarded_bytes
    ends = (len(wired(RAD8)) - 1, len(wired(RAD8)))
    assert counts.frames * ends[0] <= accepted <= counts.frames * ends[1]


def test_a_stream_without_line_ends_is_passed_over_in_bounded_memory() -> None:
    driver = MasimoDriver()
    data = b"x" * 100_000
    received(driver, data + b"\r" + wired(RAD8))
    assert driver.finish() == Counts(1, 0, 100_001)


def test_it_asks_the_device_for_nothing() -> None:
    driver = MasimoDriver()
    assert driver.due(Instant(0, 0)) == b""
    assert driver.due(Instant(60, 60)) == b""
