from __future__ import annotations

import pytest
from damage import WHOLE, captured, flips, notes, numbers, received, told
from hypothesis import given
from hypothesis import strategies as st
from nellcor_lines import (
    ALARM_OFF,
    DESATURATION,
    EMPTY_SLOT,
    GOOD,
    HELD,
    MODE,
    N595,
    N595_MODE,
    NOUGHTS,
    SAMPLES,
    TITLE,
    UNPLUGGED,
    VERSION,
    items,
    wired,
)

from devices.contract import Counts
from devices.nellcor.driver import NellcorDriver
from devices.nellcor.wire import Code
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.reading import Note, Notes, Quality, Reading

SPO2, RATE = Measure.SPO2, Measure.PULSE_RATE
VALID, QUESTIONABLE = Quality.VALID, Quality.QUESTIONABLE
INVALID, UNAVAILABLE = Quality.INVALID, Quality.UNAVAILABLE
NEITHER = [(None, INVALID)] * 2
SUPPRESSING = {"SD", "SO", "PS", "LP", "LM"}
RECORDED = captured("nellcor", "n560-desaturation")


def pair(text: str) -> list[tuple[float | None, Quality]]:
    found = items(wired(text))
    return told(found, SPO2) + told(found, RATE)


def with_code(code: str) -> str:
    return f"{GOOD[:44]}{code}{GOOD[46:]}"


def test_a_good_line_gives_saturation_and_pulse() -> None:
    assert pair(GOOD) == [(99, VALID), (66, VALID)]


def test_motion_leaves_the_numbers_in_doubt() -> None:
    assert pair(DESATURATION) == [(89, QUESTIONABLE), (66, QUESTIONABLE)]
    assert pair(ALARM_OFF) == [(100, QUESTIONABLE), (102, QUESTIONABLE)]


def test_the_monitors_own_alarms_do_not_touch_the_numbers() -> None:
    assert pair(EMPTY_SLOT) == [(77, VALID), (70, VALID)]


def test_an_unplugged_sensor_gives_nothing() -> None:
    assert pair(UNPLUGGED) == NEITHER
    assert notes(items(wired(UNPLUGGED))) == [{Note.PROBE_OFF}]


def test_noughts_of_a_search_are_no_values() -> None:
    assert pair(NOUGHTS) == NEITHER


def test_noughts_without_a_code_are_no_values_either() -> None:
    assert pair(NOUGHTS.replace("PS", "  ")) == [(None, UNAVAILABLE)] * 2


def test_values_held_during_a_search_are_suppressed() -> None:
    assert pair(HELD) == NEITHER


def test_dashes_without_a_code_are_unavailable() -> None:
    assert pair(UNPLUGGED.replace("SD", "  ")) == [(None, UNAVAILABLE)] * 2


@pytest.mark.parametrize("code", list(Code))
def test_each_code_suppresses_warns_or_leaves_alone(code: Code) -> None:
    quality = QUESTIONABLE if code is Code.MOTION else VALID
    expected = NEITHER if code in SUPPRESSING else [(99, quality), (66, quality)]
    assert pair(with_code(code)) == expected


def test_a_code_nobody_knows_leaves_the_numbers_in_doubt() -> None:
    assert pair(with_code("BU")) == [(99, QUESTIONABLE), (66, QUESTIONABLE)]


def test_a_suppressing_code_wins_in_whatever_column_it_stands() -> None:
    assert pair(f"{GOOD[:59]}SO") == NEITHER


@pytest.mark.parametrize(
    ("code", "said"),
    [("SO", {Note.PROBE_OFF}), ("LB", {Note.LOW_BATTERY}), ("PS", {Note.NO_PULSE}), ("MO", set())],
)
def test_the_device_says_what_is_wrong_with_it(code: str, said: set[Note]) -> None:
    assert notes(items(wired(with_code(code)))) == [said]


def test_the_recording_is_read_whole() -> None:
    driver = NellcorDriver()
    found = received(driver, RECORDED)
    assert driver.finish() == Counts(85, 0, 0)
    spo2, rate = told(found, SPO2), told(found, RATE)
    assert len(spo2) == len(rate) == 76
    assert [value for value, _ in spo2[:23]] == [
        *[99] * 7, 89, 83, 79, 77, 77, 77, 78, 78, 78, 77, 75, 73, 74, 73, 73, 73,
    ]  # fmt: skip
    assert spo2[23:60] == rate[23:60] == [(None, INVALID)] * 37
    assert [value for value, _ in spo2[60:-1]] == [
        94, 94, 94, 94, 95, 95, 95, 95, 96, 97, 97, 97, 97, 97, 96,
    ]  # fmt: skip
    assert [value for value, _ in rate[60:-1]] == [
        119, 103, 92, 91, 88, 83, 77, 72, 70, 68, 65, 63, 63, 63, 63,
    ]  # fmt: skip
    assert (spo2[-1], rate[-1]) == ((None, INVALID), (None, INVALID))
    searching = {Note.NO_PULSE}
    assert notes(found) == [set(), {Note.PROBE_OFF}, searching, set(), searching]


def test_no_value_of_the_recording_is_nought() -> None:
    found = items(RECORDED)
    assert 0 not in numbers(found, SPO2) + numbers(found, RATE)


def test_headings_are_frames_and_give_no_reading() -> None:
    driver = NellcorDriver()
    assert received(driver, wired(VERSION, MODE, TITLE, N595, N595_MODE)) == []
    assert driver.finish() == Counts(5, 0, 0)


def test_a_heading_of_another_model_frees_the_columns_until_an_n560_takes_its_place() -> None:
    loose = "29-Dec-17 07:18:43 98 66 12"
    found = items(wired(loose, N595, loose, VERSION, loose, GOOD))
    assert numbers(found, SPO2) == [98, 99]


def test_a_line_in_other_columns_is_a_bad_frame() -> None:
    driver = NellcorDriver()
    text = GOOD.replace("  99 ", "   99")
    received(driver, wired(text, GOOD, "login:"))
    assert driver.finish() == Counts(1, 1, len(text) + 2 + 8)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\r\r\n", "\n\n"])
def test_lines_may_end_in_any_way(end: str) -> None:
    assert numbers(items(wired(GOOD, EMPTY_SLOT, end=end)), SPO2) == [99, 77]


def test_values_carry_the_time_of_arrival_and_not_the_devices() -> None:
    driver = NellcorDriver()
    data = wired(GOOD)
    assert driver.receive(data[:-2], Instant(1, 11)) == []
    found = driver.receive(data[-2:], Instant(2, 12))
    assert {item.at for item in found} == {Instant(2, 12)}
    assert [type(item) for item in found] == [Reading, Reading, Notes]


def test_the_device_is_sent_nothing_however_long_it_is_silent() -> None:
    driver = NellcorDriver()
    assert [driver.due(Instant(second, second)) for second in (0, 6, 60, 600)] == [b""] * 4


@pytest.mark.parametrize("text", SAMPLES)
def test_a_line_cut_anywhere_gives_nothing(text: str) -> None:
    for place in range(61):
        assert received(NellcorDriver(), text[:place].encode()) == []
        assert received(NellcorDriver(), wired(text[:place])) == []


@pytest.mark.parametrize("text", SAMPLES)
def test_a_line_glued_to_a_cut_one_is_lost_and_the_next_is_read(text: str) -> None:
    for place in range(1, 61):
        found = items(text[:place].encode() + wired(EMPTY_SLOT, GOOD))
        assert numbers(found, SPO2) == [99]


@pytest.mark.parametrize("text", SAMPLES)
def test_a_lost_byte_gives_no_other_value(text: str) -> None:
    data = wired(text)
    own = set(items(data)[:2])
    for place in range(len(data)):
        found = items(data[:place] + data[place + 1 :])
        assert {item for item in found if isinstance(item, Reading)} <= own


@pytest.mark.parametrize("text", SAMPLES)
def test_a_flipped_bit_gives_the_same_or_no_value_or_one_in_range(text: str) -> None:
    data = wired(text)
    whole = items(data)
    for flipped in flips(data):
        for item in items(flipped):
            if isinstance(item, Reading) and item.value is not None and item not in whole:
                assert 1 <= item.value <= (100 if item.measure is SPO2 else 300)


@pytest.mark.parametrize("text", [UNPLUGGED, NOUGHTS, HELD])
def test_a_flipped_bit_makes_no_sure_value_of_a_suppressed_one(text: str) -> None:
    for flipped in flips(wired(text)):
        for item in items(flipped):
            assert not isinstance(item, Reading) or item.quality is not VALID


@pytest.mark.parametrize("portion", [1, 3, 61])
def test_the_recording_gives_the_same_in_any_portions(portion: int) -> None:
    data = b"\nboot\r\n" + RECORDED + wired(GOOD[:40], GOOD, end="\r") + b"29-D"
    whole, cut = NellcorDriver(), NellcorDriver()
    assert received(cut, data, portion) == received(whole, data, WHOLE)
    assert cut.finish() == whole.finish()


@given(
    parts=st.lists(
        st.one_of(st.binary(max_size=40), st.sampled_from([b"\r", b"\n", wired(GOOD), RECORDED]))
    ),
    portion=st.integers(1, 300),
)
def test_no_bytes_make_a_driver_fail_or_lose_count(parts: list[bytes], portion: int) -> None:
    data = b"".join(parts)
    driver, whole = NellcorDriver(), NellcorDriver()
    assert received(driver, data, portion) == received(whole, data)
    counts = driver.finish()
    assert counts == whole.finish()
    assert 0 <= counts.discarded_bytes <= len(data)
    assert (counts.discarded_bytes == len(data)) == (counts.frames == 0)
