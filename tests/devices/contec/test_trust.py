from __future__ import annotations

import pytest
from contec_packets import (
    GOOD,
    NEW,
    NEW_65,
    NEW_ERROR,
    NEW_INDEX,
    OLD,
    OLD_DROPPING,
    OLD_FAST,
    OLD_OUT,
    PACKETS,
    SHAPES,
    items,
)
from damage import captured, flips, notes, numbers, received, told, waves
from hypothesis import given
from hypothesis import strategies as st

from devices.contec.driver import ContecDriver
from devices.contec.framing import Shape
from devices.contec.newer import NewFrame, packed
from devices.contec.wire import OldFrame
from vitals.instant import Instant
from vitals.measure import Channel, Measure
from vitals.reading import Item, Note, Quality, Reading, WaveBlock

SPO2, RATE, PI = Measure.SPO2, Measure.PULSE_RATE, Measure.PERFUSION_INDEX
VALID, QUESTIONABLE = Quality.VALID, Quality.QUESTIONABLE
INVALID, UNAVAILABLE = Quality.INVALID, Quality.UNAVAILABLE
RANGES = {SPO2: (1, 100), RATE: (1, 254), PI: (0, 20)}


def sure(found: list[Item]) -> set[tuple[Measure, float | None]]:
    return {
        (item.measure, item.value)
        for item in found
        if isinstance(item, Reading) and item.quality is VALID
    }


def with_data(**changes: int) -> bytes:
    """Return a good packet of nine bytes, some of d0..d6 replaced."""
    data = bytearray((0x06, 85, 0x19, 172, 99, 0xA9, 0x01))
    for name, value in changes.items():
        data[int(name[1:])] = value
    return packed(1, bytes(data))


@pytest.mark.parametrize(
    ("packet", "spo2", "rate", "index"),
    [(NEW, 99, 60, None), (NEW_65, 97, 65, None), (NEW_INDEX, 99, 172, 4.25)],
)
def test_a_single_new_packet_is_in_doubt(
    packet: bytes, spo2: int, rate: int, index: float | None
) -> None:
    found = items(NewFrame, packet)
    assert told(found, SPO2) == [(spo2, QUESTIONABLE)]
    assert told(found, RATE) == [(rate, QUESTIONABLE)]
    assert told(found, PI) == [(index, QUESTIONABLE if index else UNAVAILABLE)]


@pytest.mark.parametrize(
    ("packet", "spo2", "rate"), [(OLD, 97, 72), (OLD_FAST, 99, 172), (OLD_DROPPING, 88, 60)]
)
def test_a_single_old_packet_is_in_doubt(packet: bytes, spo2: int, rate: int) -> None:
    found = items(OldFrame, packet)
    assert told(found, SPO2) == [(spo2, QUESTIONABLE)]
    assert told(found, RATE) == [(rate, QUESTIONABLE)]
    assert told(found, PI) == []


@pytest.mark.parametrize(("shape", "packet"), [(OldFrame, OLD_OUT), (NewFrame, NEW_ERROR)])
def test_a_fault_leaves_nothing(shape: Shape, packet: bytes) -> None:
    found = items(shape, packet)
    readings = [item for item in found if isinstance(item, Reading)]
    assert {(item.value, item.quality) for item in readings} == {(None, INVALID)}
    assert waves(found) == [None]


@pytest.mark.parametrize(("shape", "packet"), GOOD)
def test_the_third_packet_alike_is_believed(shape: Shape, packet: bytes) -> None:
    found = items(shape, packet * 4)
    for measure in (SPO2, RATE):
        qualities = [quality for _, quality in told(found, measure)]
        assert qualities == [QUESTIONABLE, QUESTIONABLE, VALID, VALID]


def test_a_new_value_is_believed_when_three_packets_have_it() -> None:
    found = items(OldFrame, OLD * 3 + OLD_FAST * 3)
    assert told(found, SPO2)[2:] == [
        (97, VALID),
        (99, QUESTIONABLE),
        (99, QUESTIONABLE),
        (99, VALID),
    ]


def test_each_number_is_believed_by_itself() -> None:
    packets = [bytes((0x86, 0, 0, rate, 97)) for rate in (70, 71, 72)]
    found = items(OldFrame, b"".join(packets))
    assert told(found, SPO2)[-1] == (97, VALID)
    assert told(found, RATE)[-1] == (72, QUESTIONABLE)


@pytest.mark.parametrize(("shape", "packet"), GOOD)
def test_lost_bytes_cost_the_trust_in_what_came_before(shape: Shape, packet: bytes) -> None:
    found = items(shape, packet * 3 + packet[:2] + packet * 3)
    qualities = [quality for _, quality in told(found, SPO2)]
    assert qualities == [QUESTIONABLE, QUESTIONABLE, VALID] * 2


def test_a_fault_costs_the_trust_in_what_came_before() -> None:
    found = items(OldFrame, OLD * 3 + OLD_OUT + OLD * 3)
    qualities = [quality for _, quality in told(found, SPO2)]
    three = [QUESTIONABLE, QUESTIONABLE, VALID]
    assert qualities == [*three, INVALID, *three]


@pytest.mark.parametrize(
    "packet",
    [
        bytes((0x96, 50, 7, 72, 97)),
        bytes((0x86, 50, 0x27, 72, 97)),
        bytes((0x86, 50, 0x17, 72, 97)),
    ],
    ids=["finger out", "searching", "probe error"],
)
def test_each_fault_of_the_older_device_suppresses(packet: bytes) -> None:
    found = items(OldFrame, packet * 3)
    assert set(told(found, SPO2) + told(found, RATE)) == {(None, INVALID)}


@pytest.mark.parametrize(
    "packet",
    [with_data(d0=0x86), with_data(d0=0x16), with_data(d1=0x80 | 85)],
    ids=["probe error", "searching too long", "searching"],
)
def test_each_fault_of_the_newer_device_suppresses(packet: bytes) -> None:
    found = items(NewFrame, packet * 3)
    assert set(told(found, SPO2) + told(found, RATE) + told(found, PI)) == {(None, INVALID)}


@pytest.mark.parametrize("flag", [0x40, 0x20], ids=["beep", "dropping"])
def test_other_flags_suppress_nothing(flag: int) -> None:
    assert told(items(OldFrame, bytes((0x86 | flag, 50, 7, 72, 97)) * 3), SPO2)[-1] == (97, VALID)
    assert told(items(NewFrame, with_data(d0=0x06 | flag) * 3), SPO2)[-1] == (99, VALID)


@pytest.mark.parametrize("spo2", [0, 127])
def test_a_saturation_that_is_none_is_unavailable(spo2: int) -> None:
    old = items(OldFrame, bytes((0x86, 50, 7, 72, spo2)) * 3)
    new = items(NewFrame, with_data(d4=spo2) * 3)
    for found in (old, new):
        assert set(told(found, SPO2)) == {(None, UNAVAILABLE)}
        assert told(found, RATE)[-1][1] is VALID


@pytest.mark.parametrize("rate", [0, 255])
def test_a_rate_that_is_none_is_unavailable(rate: int) -> None:
    old = items(OldFrame, bytes((0x86, 50, 7 | rate >> 7 << 6, rate & 0x7F, 97)) * 3)
    new = items(NewFrame, with_data(d3=rate) * 3)
    for found in (old, new):
        assert set(told(found, RATE)) == {(None, UNAVAILABLE)}
        assert told(found, SPO2)[-1][1] is VALID


@pytest.mark.parametrize("rate", [127, 128, 254])
def test_rates_around_the_seventh_bit_are_numbers(rate: int) -> None:
    old = items(OldFrame, bytes((0x86, 50, 7 | rate >> 7 << 6, rate & 0x7F, 97)) * 3)
    assert told(old, RATE)[-1] == (rate, VALID)
    assert told(items(NewFrame, with_data(d3=rate) * 3), RATE)[-1] == (rate, VALID)


@pytest.mark.parametrize(
    ("raw", "index"), [(0xFFFF, None), (2001, None), (2000, 20.0), (1, 0.01), (0, 0.0)]
)
def test_a_perfusion_index_above_twenty_is_none(raw: int, index: float | None) -> None:
    found = items(NewFrame, with_data(d5=raw & 0xFF, d6=raw >> 8) * 3)
    assert told(found, PI)[-1] == (index, UNAVAILABLE if index is None else VALID)


def test_a_perfusion_index_of_nought_is_none_without_a_saturation() -> None:
    found = items(NewFrame, with_data(d4=127, d5=0, d6=0) * 3)
    assert set(told(found, PI)) == {(None, UNAVAILABLE)}


def test_the_pleth_comes_sample_by_sample_at_sixty_hertz() -> None:
    found = [item for item in items(OldFrame, OLD + OLD_FAST) if isinstance(item, WaveBlock)]
    assert [item.samples for item in found] == [(50,), (75,)]
    assert {(item.channel, item.rate_hz, item.unit) for item in found} == {
        (Channel.PLETH, 60, "count")
    }


def test_the_pleth_shows_while_the_device_searches() -> None:
    assert waves(items(OldFrame, bytes((0x86, 50, 0x27, 72, 97)))) == [50]


def test_the_device_says_what_is_wrong_when_three_packets_say_it() -> None:
    found = items(OldFrame, OLD * 3 + OLD_OUT * 2 + OLD * 3 + OLD_OUT * 4)
    assert notes(found) == [set(), {Note.PROBE_OFF}]
    assert notes(items(NewFrame, NEW_ERROR * 3)) == [{Note.SENSOR_FAULT}]


@pytest.mark.parametrize(("shape", "packet"), GOOD)
def test_no_flipped_bit_is_believed(shape: Shape, packet: bytes) -> None:
    stream, whole = packet * 3, sure(items(shape, packet * 3))
    for flipped in flips(packet):
        assert sure(items(shape, stream + flipped + stream)) == whole


@pytest.mark.parametrize(("shape", "packet"), PACKETS)
def test_a_flipped_bit_alone_gives_no_value_out_of_range(shape: Shape, packet: bytes) -> None:
    for flipped in flips(packet):
        for item in items(shape, flipped):
            if isinstance(item, Reading) and item.value is not None:
                lowest, highest = RANGES[item.measure]
                assert lowest <= item.value <= highest
                assert item.quality is QUESTIONABLE


@pytest.mark.parametrize(("shape", "packet"), PACKETS)
def test_a_packet_cut_anywhere_gives_nothing(shape: Shape, packet: bytes) -> None:
    for place in range(len(packet)):
        assert items(shape, packet[:place]) == []


@pytest.mark.parametrize(("shape", "packet"), GOOD)
def test_a_cut_packet_costs_no_other(shape: Shape, packet: bytes) -> None:
    for place in range(1, len(packet)):
        found = items(shape, packet[:place] + packet * 3)
        assert len(numbers(found, SPO2)) == 3
        assert sure(found) == sure(items(shape, packet * 3))


@pytest.mark.parametrize(("shape", "name"), [(OldFrame, "old-packets"), (NewFrame, "new-packets")])
@pytest.mark.parametrize("portion", [1, 3])
def test_a_capture_gives_the_same_in_any_portions(shape: Shape, name: str, portion: int) -> None:
    data = b"\x00\xff\x80" + captured("contec", name) * 3
    whole, cut = ContecDriver(shape), ContecDriver(shape)
    assert received(cut, data, portion) == received(whole, data)
    assert cut.finish() == whole.finish()


@pytest.mark.parametrize("shape", SHAPES)
@given(
    parts=st.lists(st.one_of(st.binary(max_size=12), st.sampled_from([OLD, NEW, NEW_ERROR]))),
    portion=st.integers(1, 40),
)
def test_no_bytes_make_a_driver_fail_or_lose_count(
    shape: Shape, parts: list[bytes], portion: int
) -> None:
    data = b"".join(parts)
    driver = ContecDriver(shape)
    received(driver, data, portion)
    counts = driver.finish()
    assert counts.frames * shape.BYTES + counts.discarded_bytes == len(data)


@pytest.mark.parametrize(("shape", "packet"), GOOD)
def test_a_long_read_loses_nothing(shape: Shape, packet: bytes) -> None:
    driver = ContecDriver(shape)
    driver.receive(packet * 2000, Instant(0, 0))
    counts = driver.finish()
    assert (counts.frames, counts.bad_frames, counts.discarded_bytes) == (2000, 0, 0)
