from __future__ import annotations

from dataclasses import fields

import pytest
from dri_records import COMPOSED, EVERYTHING, HERE, NONE, NOTHING, composed
from hypothesis import given
from hypothesis import strategies as st

from devices.ge_dri.basic import (
    REST_BYTES,
    Agents,
    Basic,
    CarbonDioxide,
    Ecg,
    Gas,
    Group,
    Oximetry,
    Physiological,
    Pressure,
    Temperature,
)
from devices.ge_dri.framing import unframed

I16 = st.integers(-(1 << 15), (1 << 15) - 1)
U8, U16, U32 = st.integers(0, 0xFF), st.integers(0, 0xFFFF), st.integers(0, 0xFFFFFFFF)


def groups(shape: type[Group]) -> st.SearchStrategy[Group]:
    values = [I16] * (len(fields(shape)) - 2)
    return st.builds(shape, U32, U16, *values)


BLOCKS = st.builds(
    Basic,
    ecg=groups(Ecg),
    pressures=st.tuples(*[groups(Pressure)] * 4),
    nibp=groups(Pressure),
    temperatures=st.tuples(*[groups(Temperature)] * 4),
    oximetry=groups(Oximetry),
    co2=groups(CarbonDioxide),
    o2=groups(Gas),
    n2o=groups(Gas),
    agents=groups(Agents),
    rest=st.binary(min_size=REST_BYTES, max_size=REST_BYTES),
)


@given(BLOCKS)
def test_a_block_survives_the_wire(block: Basic) -> None:
    data = block.to_bytes()
    assert len(data) == 270
    assert Basic.parse(data) == block


@given(st.binary(min_size=270, max_size=270))
def test_any_270_bytes_are_a_block_and_are_written_alike(data: bytes) -> None:
    assert Basic.parse(data).to_bytes() == data


@given(U32, st.binary(min_size=270, max_size=270), U8, U8, U16)
def test_a_subrecord_survives_the_wire(
    time: int, block: bytes, marker: int, reserved: int, level: int
) -> None:
    subrecord = Physiological(time, block, marker, reserved, level)
    assert len(subrecord.to_bytes()) == 278
    assert Physiological.parse(subrecord.to_bytes()) == subrecord


@given(st.binary(max_size=300))
def test_what_is_too_short_is_no_subrecord(data: bytes) -> None:
    assert (Physiological.parse(data) is None) is (len(data) < 278)


@pytest.mark.parametrize("data_class", range(4))
def test_the_class_stands_in_bits_8_to_11(data_class: int) -> None:
    assert Physiological(0, bytes(270), level=0xF0FF | data_class << 8).data_class == data_class


def test_every_group_stands_at_the_documents_offset() -> None:
    record = unframed(composed()[1:-1])
    assert record is not None
    ((_, part),) = record.subrecords()
    subrecord = Physiological.parse(part)
    assert subrecord is not None
    basic = Basic.parse(subrecord.block)
    assert (basic.ecg.hr, basic.ecg.status) == (72, HERE | 1 << 3)
    assert basic.nibp == Pressure(HERE, 0, 12400, 7100, 8900, 72)
    assert basic.oximetry == Oximetry(HERE, 0, 9800, 71, 0, 0)
    assert basic.co2 == CarbonDioxide(HERE, 0, 507, 3, 14, 7600)
    assert basic.o2 == Gas(HERE, 0, 3600, 4000)
    assert basic.n2o == Gas(HERE, 0, 5400, 5500)
    assert basic.agents == Agents(HERE, 6, 180, 205, 90)
    assert basic.pressures[0] == Pressure(0, 0, NONE, NONE, NONE, 0)


@pytest.mark.parametrize(
    ("offset", "value"),
    [(14, "impedance_rr"), (8, "st1"), (10, "st2"), (12, "st3")],
)
def test_the_values_of_the_ecg_stand_behind_its_rate(offset: int, value: str) -> None:
    block = bytearray(270)
    block[offset : offset + 2] = b"\x34\x12"
    assert getattr(Basic.parse(bytes(block)).ecg, value) == 0x1234


@pytest.mark.parametrize("place", range(4))
def test_pressures_and_temperatures_follow_each_other(place: int) -> None:
    block = bytearray(270)
    block[16 + 14 * place + 6] = 1
    block[86 + 8 * place + 6] = 2
    basic = Basic.parse(bytes(block))
    assert basic.pressures[place].systolic == 1
    assert basic.temperatures[place].temperature == 2


def test_a_group_is_active_only_if_it_exists() -> None:
    states = [(group.exists, group.active) for group in (Gas(bits, 0, 0, 0) for bits in range(4))]
    assert states == [(False, False), (True, False), (False, False), (True, True)]


def test_an_absent_group_has_no_number() -> None:
    assert NOTHING.nibp == Pressure(0, 0, NONE, NONE, NONE, NONE)
    assert NOTHING.ecg == Ecg(0, 0, NONE, NONE, NONE, NONE, NONE)


def test_the_blocks_of_these_tests_differ() -> None:
    assert EVERYTHING != NOTHING
    assert COMPOSED[50] == ("h", 72)
