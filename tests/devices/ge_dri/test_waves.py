from __future__ import annotations

from dataclasses import replace

import pytest
from damage import NOW
from dri_records import CO2, NONE, NOTHING, art_driver, driver, frame
from hypothesis import given
from hypothesis import strategies as st

from devices.ge_dri.driver import DriDriver
from devices.ge_dri.framing import framed
from devices.ge_dri.waves import RATES_HZ, Stretch, Wave, WaveStatus
from devices.ge_dri.wire import Descriptor, MainType, Missing, Record, single
from vitals.measure import Channel
from vitals.reading import Item, WaveBlock

I16 = st.integers(-(1 << 15), (1 << 15) - 1)
U16 = st.integers(0, 0xFFFF)
KNOWN_AMBIENT = frame(replace(NOTHING, co2=CO2))


def drawn(
    wave: int, samples: tuple[int, ...], status: int = 0, by: DriDriver | None = None
) -> list[WaveBlock]:
    """Return the wave blocks of one record, once the ambient pressure is known."""
    one = by or driver()
    one.receive(KNOWN_AMBIENT, NOW)
    record = single(MainType.WAVE, wave, Stretch(samples, status).to_bytes())
    return [item for item in one.receive(framed(record), NOW) if isinstance(item, WaveBlock)]


@given(st.lists(I16, max_size=300), U16, U16)
def test_a_stretch_survives_the_wire(samples: list[int], status: int, label: int) -> None:
    stretch = Stretch(tuple(samples), status, label)
    assert Stretch.parse(stretch.to_bytes()) == stretch


@given(st.binary(max_size=100))
def test_no_bytes_make_a_stretch_fail(data: bytes) -> None:
    stretch = Stretch.parse(data)
    assert stretch is None or len(stretch.to_bytes()) <= len(data)


def test_the_length_counts_samples_and_not_bytes() -> None:
    assert Stretch.parse(bytes.fromhex("0200 0000 0000 0100 ffff")) == Stretch((1, -1))


@pytest.mark.parametrize("cut", range(10))
def test_a_stretch_with_fewer_samples_than_it_counts_is_none(cut: int) -> None:
    assert Stretch.parse(Stretch((1, 2)).to_bytes()[:cut]) is None


def test_rates_are_those_of_the_document_and_not_more_than_a_line_carries() -> None:
    assert RATES_HZ == {Wave.ECG1: 300, Wave.P1: 100, Wave.PLETH: 100, Wave.CO2: 25}
    assert sum(RATES_HZ.values()) <= 600


@pytest.mark.parametrize(
    ("wave", "channel", "rate_hz"), [(1, Channel.ECG, 300), (8, Channel.PLETH, 100)]
)
def test_ecg_and_pleth_are_counts(wave: int, channel: Channel, rate_hz: float) -> None:
    expected = WaveBlock(channel, rate_hz, "count", (0, 1, -500), NOW)
    assert drawn(wave, (0, 1, -500)) == [expected]


def test_co2_is_a_pressure_at_the_ambient_pressure() -> None:
    (block,) = drawn(9, (0, 507))
    assert block == WaveBlock(Channel.CO2, 25, "kPa", (0.0, 5.137), NOW)


@pytest.mark.parametrize("ambient", [NONE, 0, -1])
def test_co2_without_an_ambient_pressure_has_no_samples(ambient: int) -> None:
    one = driver()
    record = framed(single(MainType.WAVE, 9, Stretch((0, 507)).to_bytes()))
    expected = [WaveBlock(Channel.CO2, 25, "kPa", (None, None), NOW)]
    assert one.receive(record, NOW) == expected
    one.receive(KNOWN_AMBIENT, NOW)
    assert one.receive(record, NOW) != expected
    one.receive(frame(replace(NOTHING, co2=replace(CO2, ambient=ambient))), NOW)
    assert one.receive(record, NOW) == expected


def test_the_first_pressure_is_drawn_only_where_it_is_said_to_be_arterial() -> None:
    assert drawn(4, (9250, 5210)) == []
    expected = WaveBlock(Channel.ART, 100, "mm[Hg]", (92.5, 52.1), NOW)
    assert drawn(4, (9250, 5210), by=art_driver()) == [expected]


@pytest.mark.parametrize("wave", [0, 2, 3, 5, 6, 7, 10, 14, 200])
def test_other_waves_are_left_alone(wave: int) -> None:
    assert drawn(wave, (1, 2)) == []


def test_missing_samples_are_none_and_keep_their_place() -> None:
    (block,) = drawn(8, (1, *Missing, -32001, 2))
    assert block.samples == (1, *[None] * 7, 2)


def test_with_a_lead_off_no_sample_is_one() -> None:
    assert drawn(1, (1, 2), WaveStatus.LEAD_OFF)[0].samples == (None, None)


@pytest.mark.parametrize("status", [WaveStatus.GAP, WaveStatus.PACER])
def test_a_gap_before_and_a_pacer_leave_the_samples(status: WaveStatus) -> None:
    assert drawn(1, (1, 2), status)[0].samples == (1, 2)


def test_a_record_may_hold_several_waves() -> None:
    parts = [Stretch((1, 2, 3)).to_bytes(), Stretch((4,)).to_bytes()]
    listed = (Descriptor(1, 0), Descriptor(8, len(parts[0])))
    found: list[Item] = list(
        driver().receive(framed(Record(MainType.WAVE, listed, b"".join(parts))), NOW)
    )
    assert [(item.channel, item.samples) for item in found if isinstance(item, WaveBlock)] == [
        (Channel.ECG, (1, 2, 3)),
        (Channel.PLETH, (4,)),
    ]
