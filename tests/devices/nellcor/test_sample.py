from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nellcor_lines import (
    ALARM_OFF,
    DESATURATION,
    EMPTY_SLOT,
    GOOD,
    HELD,
    NOUGHTS,
    SAMPLES,
    UNPLUGGED,
)

from devices.nellcor.wire import MONTHS, N560_LENGTH, Code, Sample

CLOCKS = st.datetimes().map(lambda now: f"{now:%d}-{MONTHS[now.month - 1]}-{now:%y} {now:%H:%M:%S}")
CODES = st.frozensets(st.one_of(st.sampled_from(Code).map(str), st.sampled_from(["BU", "XY"])))
FRAMES = st.builds(
    Sample,
    CLOCKS,
    st.none() | st.integers(0, 100),
    st.none() | st.integers(0, 300),
    st.none() | st.integers(0, 254),
    CODES,
    spo2_limit=st.booleans(),
    rate_limit=st.booleans(),
)


def parsed(text: str, *, n560: bool = True) -> Sample:
    sample = Sample.parse(text.encode("ascii"), n560=n560)
    assert sample is not None
    return sample


@pytest.mark.parametrize("n560", [True, False])
@given(sample=FRAMES)
def test_a_sample_survives_the_wire(sample: Sample, *, n560: bool) -> None:
    line = sample.to_bytes().removesuffix(b"\r\n")
    assert len(line) >= N560_LENGTH
    assert Sample.parse(line, n560=n560) == sample


@pytest.mark.parametrize("text", SAMPLES)
def test_a_recorded_line_is_written_back_to_the_letter(text: str) -> None:
    assert parsed(text).to_bytes() == f"{text[:N560_LENGTH]}\r\n".encode()


def test_the_first_bytes_are_the_devices_date_and_time() -> None:
    head = "32 39 2d 44 65 63 2d 31 37 20 30 37 3a 31 38 3a 34 33 20 20 20 20 39 39"
    assert parsed(GOOD).to_bytes().startswith(bytes.fromhex(head))


def test_a_good_line_has_three_numbers_and_no_code() -> None:
    assert parsed(GOOD) == Sample("29-Dec-17 07:18:43", 99, 66, 12)


def test_a_star_is_a_mark_and_no_digit() -> None:
    found = parsed(DESATURATION)
    assert (found.spo2, found.pulse_rate, found.amplitude) == (89, 66, 201)
    assert (found.spo2_limit, found.rate_limit) == (True, False)
    assert found.codes == {Code.MOTION, Code.SPO2_LOW}


def test_an_empty_slot_before_a_code_is_no_code() -> None:
    assert parsed(EMPTY_SLOT).codes == {Code.SPO2_LOW, Code.ALARM_SILENCED}


def test_dashes_and_noughts_are_told_apart_on_the_wire() -> None:
    assert parsed(UNPLUGGED).spo2 is None
    assert (parsed(NOUGHTS).spo2, parsed(NOUGHTS).pulse_rate) == (0, 0)
    assert parsed(NOUGHTS).amplitude is None


def test_a_line_may_be_longer_than_the_columns() -> None:
    assert len(HELD) == 64
    assert parsed(HELD).codes == {Code.PULSE_SEARCH}


def test_the_alarm_that_is_off_stands_in_the_last_columns() -> None:
    found = parsed(ALARM_OFF)
    assert (found.spo2, found.pulse_rate, found.amplitude) == (100, 102, 36)
    assert found.codes == {Code.MOTION, Code.ALARM_OFF}


@pytest.mark.parametrize("month", [*MONTHS, "DEC", "dec"])
def test_months_are_english_in_any_letters(month: str) -> None:
    assert parsed(GOOD.replace("Dec", month)).clock == f"29-{month}-17 07:18:43"


@pytest.mark.parametrize("month", ["okt", "maj", "Dez", "D c", "12."])
def test_a_month_of_another_language_begins_no_line(month: str) -> None:
    assert Sample.parse(GOOD.replace("Dec", month).encode()) is None


@pytest.mark.parametrize(
    ("found", "planted"),
    [
        ("  99 ", " 99  "),
        ("  99 ", "   99"),
        ("    66", "   66 "),
        ("    12", "    1 "),
        ("  99 ", " 101 "),
        (" 66 ", "301 "),
        (" 99 ", "9-9 "),
        (" 99 ", " 99+"),
        ("07:18:43", "07 18 43"),
        ("29-Dec", "9-Dec"),
        ("    12  ", "        "),
        ("12    ", "12   m"),
        ("12    ", "12  MOS"),
        ("12    ", "12\t   "),
    ],
)
def test_what_does_not_fit_is_no_line_of_an_n560(found: str, planted: str) -> None:
    assert found in GOOD
    assert Sample.parse(GOOD.replace(found, planted, 1).encode()) is None


@pytest.mark.parametrize("text", SAMPLES)
def test_a_line_of_an_n560_that_is_too_short_is_none(text: str) -> None:
    for length in range(N560_LENGTH):
        assert Sample.parse(text[:length].encode()) is None


def test_another_model_has_columns_of_its_own() -> None:
    text = "29-Dec-17 07:18:43 99* 66 12 MO SL"
    assert Sample.parse(text.encode()) is None
    found = parsed(text, n560=False)
    assert (found.spo2, found.pulse_rate) == (99, 66)
    assert found.codes == {"MO", "SL"}


@pytest.mark.parametrize("text", ["101 66 12", "99 301 12", "99 66", "99 66 12 M", "99 66 12 7"])
def test_another_model_has_the_same_ranges(text: str) -> None:
    assert Sample.parse(f"29-Dec-17 07:18:43 {text}".encode(), n560=False) is None


@given(data=st.binary(max_size=80), n560=st.booleans())
def test_no_bytes_make_it_fail(data: bytes, *, n560: bool) -> None:
    Sample.parse(data, n560=n560)
    Sample.parse(b"29-Dec-17 07:18:43 " + data, n560=n560)
