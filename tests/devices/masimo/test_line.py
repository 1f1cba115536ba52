from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from masimo_lines import (
    COLOUR,
    LINES,
    MISSING,
    RAD8,
    RADICAL5,
    RAINBOW,
    SENSOR_OFF,
    SILENCED,
    TREND,
    parsed,
)

from devices.masimo.codes import UNUSABLE, Alarm, Exc
from devices.masimo.wire import Line

KEYS = ("SPCO", "SPMET", "DESAT", "PIDELTA", "PVI", "SPHB", "SPOC", "RESVD")
CLOCKS = st.datetimes().map(lambda moment: f"{moment:%m/%d/%y %H:%M:%S}")
PERCENT = st.sampled_from(["", "%"])
THREE = st.one_of(st.just("---"), st.integers(0, 100).map("{:03}".format))
RATE = st.one_of(st.sampled_from(["---", "000"]), st.integers(18, 321).map("{:03}".format))
INDEX = st.one_of(st.just("--.--"), st.integers(0, 2000).map(lambda n: f"{n / 100:05.2f}"))


@st.composite
def lines(draw: st.DrawFn) -> Line:
    live = draw(st.booleans())
    fields = [
        ("SPO2" if live else "SpO2", draw(THREE) + draw(PERCENT)),
        ("BPM" if live else "PR", draw(RATE)),
        ("PI", draw(INDEX) + draw(PERCENT)),
        ("EXC", draw(st.integers(0, 0xFFFFFF).map("{:06X}".format))),
    ]
    fields += [("ALARM", draw(st.integers(0, 0xFFFF).map("{:04X}".format)))] if live else []
    others = draw(st.lists(st.sampled_from(KEYS), unique=True))
    fields += [(key, draw(st.sampled_from(["--", "--.-%", "01.0%", "+--"]))) for key in others]
    return Line(draw(CLOCKS), tuple(draw(st.permutations(fields))))


@given(lines())
def test_a_line_survives_the_wire_in_whatever_order_its_tokens_stand(line: Line) -> None:
    assert Line.parse(line.to_bytes().removesuffix(b"\r\n")) == line


@pytest.mark.parametrize("text", LINES)
def test_a_published_line_is_written_back_to_the_letter(text: str) -> None:
    assert parsed(text).to_bytes() == text.encode() + b"\r\n"


def test_the_first_bytes_are_the_devices_date_and_time() -> None:
    head = bytes.fromhex("30 32 2f 32 32 2f 31 36 20 32 32 3a 34 37 3a 34 35 20 53 4e 3d 30 30 30")
    assert parsed(RAD8).to_bytes().startswith(head)
    assert parsed(RAD8).clock == "02/22/16 22:47:45"


def test_every_field_of_a_rainbow_line_is_read() -> None:
    line = parsed(RAINBOW)
    keys = ["SPO2", "BPM", "PI", "SPCO", "SPMET", "DESAT", "PIDELTA", "PVI"]
    assert [line.number(key) for key in keys] == [98, 240, 20.0, 1.0, 0.5, 1, -2, 27]
    assert line.exceptions == Exc.SET | Exc.SENSOR_OFF
    assert line.exceptions & UNUSABLE


def test_dashes_are_missing_behind_a_sign_and_before_a_percent_sign() -> None:
    line = parsed(MISSING)
    assert [line.number(key) for key, _ in line.fields if key not in ("SN", "ALARM", "EXC")] == (
        [None] * 8
    )


def test_a_percent_sign_may_be_missing() -> None:
    line = parsed(COLOUR)
    assert (line.spo2, line.pulse_rate, line.perfusion_index) == (98, 123, 0.55)
    assert line.exceptions == Exc.SET | Exc.LOW_SIGNAL_IQ


def test_a_line_without_a_serial_number_is_read() -> None:
    line = parsed(RADICAL5)
    assert (line.spo2, line.pulse_rate, line.perfusion_index) == (97, 64, 11.82)
    assert (line.alarm, line.exceptions) == (Alarm.SILENCED, Exc.SET)


def test_alarm_and_exceptions_have_tables_of_their_own() -> None:
    assert parsed(SILENCED).alarm == Alarm.RATE_LOW | Alarm.ACTIVE | Alarm.SILENCED
    assert parsed(SENSOR_OFF).alarm == Alarm.ACTIVE
    assert parsed(SENSOR_OFF).exceptions == Exc.SET | Exc.SENSOR_OFF | Exc.LOW_PERFUSION


@pytest.mark.parametrize("value", [0x00, 0x20, 0x32, 0x10, 0x12, 0x30, 0x3A, 0x38, 0x18, 0x1A])
def test_alarm_values_that_users_have_seen_are_read(value: int) -> None:
    assert parsed(RAD8.replace("ALARM=0000", f"ALARM={value:04X}")).alarm == value


def test_words_may_stand_behind_the_exceptions() -> None:
    line = parsed(RAD8.replace("EXC=000800", "EXC=820:OffPat,SET"))
    assert line.exceptions == Exc.SET | Exc.SENSOR_OFF


def test_hexadecimal_may_be_in_small_letters() -> None:
    assert parsed(RAD8.replace("EXC=000800", "EXC=000c00")).exceptions & Exc.LOW_SIGNAL_IQ


def test_a_trend_line_is_told_by_its_keys() -> None:
    assert parsed(TREND).from_memory
    assert not parsed(RAD8).from_memory
    assert (parsed(TREND).spo2, parsed(TREND).pulse_rate) == (98, 78)


@pytest.mark.parametrize("key", ["SPO2", "BPM", "ALARM", "EXC"])
def test_a_live_line_without_one_of_its_four_keys_is_none(key: str) -> None:
    tokens = [token for token in RAD8.split(" ") if not token.startswith(f"{key}=")]
    assert Line.parse(" ".join(tokens).encode()) is None


@pytest.mark.parametrize("key", ["SpO2", "PR", "PI", "EXC"])
def test_a_trend_line_without_one_of_its_four_keys_is_none(key: str) -> None:
    tokens = [token for token in TREND.split(" ") if not token.startswith(f"{key}=")]
    assert Line.parse(" ".join(tokens).encode()) is None


def test_a_trend_line_with_an_alarm_is_none() -> None:
    assert Line.parse(f"{TREND} ALARM=0000".encode()) is None


@pytest.mark.parametrize(
    ("found", "planted"),
    [
        ("SPO2=098%", "SPO2=98%"),
        ("SPO2=098%", "SPO2=0098%"),
        ("SPO2=098%", "SPO2=101%"),
        ("SPO2=098%", "SPO2=09-%"),
        ("BPM=097", "BPM=97"),
        ("BPM=097", "BPM=017"),
        ("BPM=097", "BPM=322"),
        ("BPM=097", "BPM=097%%"),
        ("PI=03.60%", "PI=3.60%"),
        ("PI=03.60%", "PI=20.01%"),
        ("ALARM=0000", "ALARM=000"),
        ("ALARM=0000", "ALARM=00G0"),
        ("EXC=000800", "EXC=00800"),
        ("EXC=000800", "EXC=0000800 EXC=000800"),
        ("EXC=000800", "EXC=000800 SPO2=098%"),
        (" BPM", "BPM"),
        (" DESAT=--", " DESAT"),
        ("02/22/16", "2/22/16"),
        ("22:47:45 ", "22:47:45"),
        ("22:47:45", "22:47.45"),
        ("SN=", "SN=\xe6"),
        ("02/22", " 02/22"),
    ],
)
def test_a_field_of_another_shape_or_range_is_no_line(found: str, planted: str) -> None:
    assert found in RAD8
    assert Line.parse(RAD8.replace(found, planted).encode("latin-1")) is None


@pytest.mark.parametrize("rate", ["018", "321", "000", "---"])
def test_the_outermost_rates_are_in_range(rate: str) -> None:
    assert parsed(RAD8.replace("BPM=097", f"BPM={rate}")).spo2 == 98


@given(st.binary(max_size=300))
def test_no_bytes_make_it_fail(data: bytes) -> None:
    Line.parse(data)
    Line.parse(b"02/22/16 22:47:45 " + data)
