from __future__ import annotations

from itertools import product

import pytest
from capnostat_frames import VECTORS
from hypothesis import given
from hypothesis import strategies as st

from devices.capnostat5.frame import Frame
from devices.capnostat5.setting import Compensation, Index, Setting
from devices.capnostat5.status import Code, Flag, Sidestream, Status, Temperature, Zero
from devices.capnostat5.wire import (
    ASK_REVISION,
    START,
    STOP,
    Message,
    Nack,
    Parameter,
    Waveform,
    message,
)

SEVEN = st.integers(0, 0x7F)
DATA = st.binary(max_size=20).map(lambda data: bytes(byte & 0x7F for byte in data))
WAVEFORMS = st.builds(Waveform, SEVEN, st.integers(0, 0x3FFF), SEVEN, DATA)
STATUSES = st.builds(
    Status,
    flags=SEVEN.map(Flag),
    temperature=st.sampled_from(Temperature),
    zero=st.sampled_from(Zero),
    compensated=st.booleans(),
    source=st.integers(0, 3),
    hardware=SEVEN,
    sidestream=SEVEN.map(Sidestream),
    code=SEVEN,
)

MEANINGS: dict[str, Message] = {
    "start": START,
    "stop": STOP,
    "revision": ASK_REVISION,
    "pressure-760": Setting(Index.PRESSURE, bytes.fromhex("05 78")),
    "temperature-35": Setting(0x04, bytes.fromhex("02 5e")),
    "unit-kpa": Setting(Index.UNIT, b"\x01"),
    "gas-air": Setting(Index.GAS, Compensation(21, 0, 0).to_bytes()),
    "booted": Nack(0),
    "wave": Waveform(5, 4825),
    "negative": Waveform(127, 950),
    "etco2": Waveform(0x12, 4712, Parameter.ETCO2, bytes.fromhex("03 01")),
    "rate": Waveform(0x26, 1012, Parameter.RESPIRATORY_RATE, bytes.fromhex("00 0e")),
    "no-value": Waveform(0x29, 1000, Parameter.ETCO2, bytes.fromhex("00 00")),
    "check-adapter": Waveform(0, 1000, Parameter.STATUS, bytes.fromhex("02 00 00 00 09")),
    "warming-up": Waveform(1, 1000, Parameter.STATUS, bytes.fromhex("10 13 00 00 03")),
    "no-breath": Waveform(0x40, 1000, Parameter.STATUS, bytes.fromhex("40 00 00 00 00")),
    "ask-unit": Setting(Index.UNIT),
    "etco2-kpa": Waveform(0x13, 1513, Parameter.ETCO2, bytes.fromhex("00 33")),
}


def parsed(data: bytes) -> Message:
    frame = Frame.parse(data)
    assert frame is not None
    return message(frame)


@pytest.mark.parametrize("name", VECTORS)
def test_a_known_frame_means_what_it_should_and_is_written_again(name: str) -> None:
    assert parsed(VECTORS[name]) == MEANINGS[name]
    assert MEANINGS[name].to_bytes() == VECTORS[name]


@pytest.mark.parametrize(
    ("name", "co2"),
    [("wave", 38.25), ("negative", -0.5), ("etco2", 37.12), ("rate", 0.12), ("etco2-kpa", 5.13)],
)
def test_a_sample_is_hundredths_from_an_offset_on(name: str, co2: float) -> None:
    said = parsed(VECTORS[name])
    assert isinstance(said, Waveform)
    assert said.co2 == pytest.approx(co2)


def test_a_sample_of_no_count_is_none() -> None:
    assert Waveform(0, 0).co2 is None
    assert Waveform(0, 1).co2 == pytest.approx(-9.99)


@pytest.mark.parametrize("suspect", [990, 999])
def test_a_slightly_negative_sample_is_a_sample(suspect: int) -> None:
    assert Waveform(0, suspect).co2 == (suspect - 1000) / 100


@given(WAVEFORMS)
def test_any_waveform_survives_the_wire(waveform: Waveform) -> None:
    assert parsed(waveform.to_bytes()) == waveform


@given(SEVEN, st.integers(0, 0x3FFF))
def test_a_waveform_without_parameter_survives_the_wire(sync: int, count: int) -> None:
    assert parsed(Waveform(sync, count).to_bytes()) == Waveform(sync, count)
    assert len(Waveform(sync, count).to_bytes()) == 6


@given(SEVEN, DATA)
def test_any_setting_survives_the_wire(index: int, data: bytes) -> None:
    assert parsed(Setting(index, data).to_bytes()) == Setting(index, data)


@given(SEVEN)
def test_any_refusal_survives_the_wire(code: int) -> None:
    assert parsed(Nack(code).to_bytes()) == Nack(code)


@given(SEVEN, SEVEN, st.integers(0, 0x3FFF))
def test_any_compensation_survives_its_four_bytes(oxygen: int, balance: int, agent: int) -> None:
    compensation = Compensation(oxygen, balance, agent)
    assert Compensation.parse(compensation.to_bytes()) == compensation
    assert Compensation.parse(compensation.to_bytes()[1:]) is None


@given(STATUSES)
def test_any_status_survives_its_five_bytes(status: Status) -> None:
    assert Status.parse(status.to_bytes()) == status
    assert Status.parse(status.to_bytes()[1:]) is None


@given(st.binary(min_size=5, max_size=5).map(lambda data: bytes(byte & 0x7F for byte in data)))
def test_any_five_bytes_are_a_status_and_come_back(data: bytes) -> None:
    status = Status.parse(data)
    assert status is not None
    assert status.to_bytes() == data


def test_status_bits_stand_where_the_maker_put_them() -> None:
    flags = Flag.CHECK_ADAPTER
    assert Status(flags, code=Code.CHECK_ADAPTER).to_bytes() == bytes.fromhex("02 00 00 00 09")
    assert Status(
        Flag.NOT_READY_TO_ZERO,
        temperature=Temperature.WARMING_UP,
        compensated=False,
        code=Code.COMPENSATION_NOT_SET,
    ).to_bytes() == bytes.fromhex("10 13 00 00 03")
    assert Status(zero=Zero.FAILED, source=3).to_bytes() == bytes.fromhex("00 6c 00 00 00")


@pytest.mark.parametrize(("command", "size"), product([0x80, 0x84, 0xC8], [0, 1, 2]))
def test_a_frame_too_short_for_its_command_is_only_a_frame(command: int, size: int) -> None:
    said = parsed(Frame(command, bytes(size)).to_bytes())
    whole = (command == 0x84 and size > 0) or (command == 0xC8 and size == 1)
    assert isinstance(said, Frame) != whole
