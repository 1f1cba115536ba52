from __future__ import annotations

import struct

import pytest
from modbus_bytes import (
    BITS,
    FLOAT,
    FOUR,
    KELLER,
    MPD,
    NOT_A_NUMBER,
    frame,
    item,
    read,
    two_words,
    values,
)

from devices.modbus import profile
from devices.modbus.wire import Function, Reply
from vitals.measure import Measure
from vitals.reading import Note, Notes, Quality

VALID, INVALID, UNAVAILABLE = Quality.VALID, Quality.INVALID, Quality.UNAVAILABLE


def words(*registers: int) -> bytes:
    data = struct.pack(f">{len(registers)}H", *registers)
    return Reply(1, Function.HOLDING_REGISTERS, data).to_bytes()


def four(**last: object) -> str:
    plain = {"scale": 0.01, "invalid": [0xFFFF]}
    return (
        item(site="a", addr=0, **plain) + item(site="b", addr=1, **plain)
        + item(site="c", addr=2, **plain) + item(site="d", addr=3, **{**plain, **last})
    )  # fmt: skip


def test_sentinels_are_no_values_and_are_never_scaled() -> None:
    text = four(type="i16", invalid=[0x8000])
    assert values(read(text, FOUR[1])) == [
        (4.12, VALID), (4.98, VALID), (None, UNAVAILABLE), (None, UNAVAILABLE),
    ]  # fmt: skip


@pytest.mark.parametrize("sentinel", [0x8000, -32768])
def test_a_sentinel_may_be_written_signed_or_as_bits(sentinel: int) -> None:
    text = item(type="i16", invalid=[sentinel])
    assert values(read(text, words(0x8000))) == [(None, UNAVAILABLE)]


def test_a_long_sentinel_is_seen() -> None:
    text = two_words("i32", invalid=[2147483647, -2147483648], scale=0.00001)
    assert values(read(text, words(0x7FFF, 0xFFFF))) == [(None, UNAVAILABLE)]
    assert values(read(text, words(0x8000, 0x0000))) == [(None, UNAVAILABLE)]
    assert values(read(text, words(0x0006, 0x1A80))) == [(4.0, VALID)]


ORDERS = [
    ("c2 f6 e6 66", "big", False),
    ("e6 66 c2 f6", "little", False),
    ("f6 c2 66 e6", "big", True),
    ("66 e6 f6 c2", "little", True),
]


@pytest.mark.parametrize(("sent", "order", "swap"), ORDERS)
def test_each_word_order_is_read_by_its_own_map_and_no_other(
    sent: str, order: str, *, swap: bool
) -> None:
    data = Reply(1, Function.HOLDING_REGISTERS, frame(sent)).to_bytes()
    for _, other, swapped in ORDERS:
        text = two_words(word_order=other, byte_swap=swapped, min=-150, max=-100)
        good = (other, swapped) == (order, swap)
        assert values(read(text, data)) == [(-123.45, VALID) if good else (None, INVALID)]


def test_a_low_word_first_float_of_a_maker_is_read() -> None:
    data = Reply(1, Function.HOLDING_REGISTERS, frame("7a e1 41 f4")).to_bytes()
    assert values(read(two_words(word_order="little"), data)) == [(30.56, VALID)]


def test_the_test_registers_prove_line_and_order() -> None:
    text = profile.text("vaisala-test").replace("device = 240", "device = 1")
    assert values(read(text, words(0xCFC7, 0xC2F6, 0xE666))) == [(-123.45, VALID)] * 2
    assert values(read(text, words(0xCFC7, 0xE666, 0xC2F6))) == [(-123.45, VALID), (None, INVALID)]


def test_a_wrong_order_is_a_fault_and_no_number() -> None:
    assert values(read(two_words(word_order="little"), FLOAT[1])) == [(None, INVALID)]


def test_a_transmitter_s_float_is_read_and_its_fault_is_one() -> None:
    text = profile.text("keller-30x")
    assert values(read(text, KELLER[1])) == [(5.0, VALID)]
    assert values(read(text, NOT_A_NUMBER)) == [(None, INVALID)]


@pytest.mark.parametrize("high", [0x7F80, 0xFF80])
def test_an_infinite_float_is_a_fault(high: int) -> None:
    assert values(read(profile.text("keller-30x"), words(high, 0))) == [(None, INVALID)]


def test_a_scaled_whole_number_is_read() -> None:
    assert values(read(item(addr=4, scale=0.01), MPD[1])) == [(4.12, VALID)]


def test_a_value_counts_only_while_its_settings_are_as_the_map_says() -> None:
    text = profile.text("mpd-380")
    assert values(read(text, words(3, 2, 412))) == [(4.12, VALID)]
    assert values(read(text, words(3, 1, 412))) == [(None, INVALID)]
    assert values(read(text, words(0, 2, 412))) == [(None, INVALID)]


@pytest.mark.parametrize(
    ("register", "told"),
    [(99, INVALID), (100, VALID), (600, VALID), (601, INVALID), (65535, INVALID)],
)
def test_beyond_its_limits_a_value_is_a_fault_and_never_clipped(
    register: int, told: Quality
) -> None:
    found = values(read(item(unit="kPa", min=100, max=600), words(register)))
    assert found == [(register / 100 if told is VALID else None, told)]


@pytest.mark.parametrize(
    ("unit", "register", "bar"),
    [("kPa", 400, 4.0), ("MPa", 1, 10.0), ("psi", 58, 3.999), ("mbar", 4000, 4.0),
     ("mmHg", 3000, 3.9997), ("bar", 4, 4.0)],
)  # fmt: skip
def test_a_pressure_is_told_in_bar_whatever_the_device_speaks(
    unit: str, register: int, bar: float
) -> None:
    ((value, told),) = values(read(item(unit=unit), words(register)))
    assert value == pytest.approx(bar, abs=1e-4)
    assert told is VALID


def test_scale_and_offset_come_before_the_unit() -> None:
    assert values(read(item(unit="kPa", scale=0.5, offset=-100), words(1000))) == [(4.0, VALID)]


@pytest.mark.parametrize("name", ["spo2", "pulse_rate", "heart_rate", "respiratory_rate"])
def test_a_zero_that_no_patient_has_is_no_value(name: str) -> None:
    unit = Measure(name).form.unit
    assert values(read(item(name=name, unit=unit), words(0))) == [(None, UNAVAILABLE)]


@pytest.mark.parametrize("name", Measure)
@pytest.mark.parametrize("sentinel", [0x7FFF, 0x8000, 0xFFFF])
def test_what_stands_for_no_value_is_none_even_where_a_map_lets_it_through(
    name: Measure, sentinel: int
) -> None:
    text = item(name=name.value, unit=name.form.unit)
    assert values(read(text, words(sentinel))) == [(None, INVALID)]


@pytest.mark.parametrize(
    ("name", "unit", "type_", "scale", "register"),
    [
        ("spo2", "%", "u16", 1, 101),
        ("spo2", "1", "u16", 0.01, 101),
        ("etco2", "kPa", "u16", 0.01, 0xFFFF),
        ("etco2", "mmHg", "u16", 1, 151),
        ("heart_rate", "/min", "u16", 1, 351),
        ("temperature", "Cel", "i16", 0.1, 0x7FFF),
        ("temperature", "Cel", "i16", 0.1, 0xFFFF),
        ("gas_pressure", "kPa", "i16", 1, 0x8000),
        ("gas_mass", "kg", "i16", 1, 0x8000),
    ],
)
def test_a_number_that_nothing_measures_is_a_fault_in_any_unit(
    name: str, unit: str, type_: str, scale: float, register: int
) -> None:
    text = item(name=name, unit=unit, type=type_, scale=scale)
    assert values(read(text, words(register))) == [(None, INVALID)]


def test_the_cold_of_a_pipe_is_no_patient_s() -> None:
    cold = {"name": "temperature", "unit": "Cel", "type": "i16"}
    assert values(read(item(**cold), words(0xFFE2))) == [(None, INVALID)]
    assert values(read(item(**cold, site="pipe"), words(0xFFE2))) == [(-30.0, VALID)]


def test_an_empty_line_is_a_value() -> None:
    assert values(read(item(), words(0))) == [(0.0, VALID)]


def said(text: str, data: bytes) -> list[set[Note]]:
    return [set(one.notes) for one in read(text, data) if isinstance(one, Notes)]


def contact(**keys: object) -> str:
    return item(name="gas_supply", type="bit", **keys)


@pytest.mark.parametrize(
    ("addr", "invert", "alarm"),
    [(0, False, False), (1, False, True), (0, True, True), (1, True, False)],
)
def test_a_contact_gives_alarm_and_a_closed_one_when_it_opens(
    addr: int, *, invert: bool, alarm: bool
) -> None:
    text = contact(fc=2, addr=addr, invert=invert) + "".join(
        item(name="probe_off", type="bit", fc=2, addr=other, invert=other in (1, 3))
        for other in range(5)
        if other != addr
    )
    expected = [{Note.GAS_SUPPLY}] if alarm else []
    assert said(text, BITS[1]) == expected


def test_a_contact_can_be_a_bit_of_a_register() -> None:
    assert said(contact(fc=3, bit=4), words(0x0010)) == [{Note.GAS_SUPPLY}]
    assert said(contact(fc=3, bit=4), words(0xFFEF)) == []
    assert said(contact(fc=3, bit=15, invert=True), words(0x7FFF)) == [{Note.GAS_SUPPLY}]


def test_a_cleared_contact_is_told_too() -> None:
    data = words(0x0010) + words(0) + words(0) + words(0x0010)
    assert said(contact(fc=3, bit=4), data) == [{Note.GAS_SUPPLY}, set(), {Note.GAS_SUPPLY}]


def test_a_monitor_in_its_menu_holds_old_contacts_and_they_are_a_fault() -> None:
    text = profile.text("rki-beacon-410")
    assert said(text, words(0x0000, 0x0210)) == [{Note.GAS_SUPPLY}]
    assert said(text, words(0x0000, 0x0202)) == []
    assert said(text, words(0x0500, 0x0210)) == [{Note.SENSOR_FAULT}]
    assert said(text, words(0x0000, 0x0402)) == [{Note.SENSOR_FAULT}]
