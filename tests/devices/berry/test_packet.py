from __future__ import annotations

import pytest
from berry_packets import FAST, GOOD, NO_FINGER, PACKETS, UNPLUGGED, items
from damage import captured, flips, notes, numbers, received, told, waves
from hypothesis import given
from hypothesis import strategies as st

from devices.berry.driver import BerryDriver
from devices.berry.wire import WHOLE, Frame
from devices.contract import Counts
from vitals.instant import Instant
from vitals.measure import Channel, Measure
from vitals.reading import Item, Note, Quality, Reading, WaveBlock

SPO2, RATE = Measure.SPO2, Measure.PULSE_RATE
VALID, QUESTIONABLE = Quality.VALID, Quality.QUESTIONABLE
INVALID, UNAVAILABLE = Quality.INVALID, Quality.UNAVAILABLE
FRAMES = st.builds(
    Frame,
    beep=st.booleans(),
    unplugged=st.booleans(),
    no_signal=st.booleans(),
    strength=st.integers(0, 15),
    pleth=st.integers(0, 127),
    searching=st.booleans(),
    no_finger=st.booleans(),
    bar=st.integers(0, 15),
    pulse_rate=st.integers(0, 255),
    spo2=st.one_of(st.integers(0, 100), st.just(127)),
)


def parsed(data: bytes) -> Frame:
    frame = Frame.parse(data)
    assert frame is not None
    return frame


def sure(found: list[Item]) -> set[tuple[Measure, float | None]]:
    return {
        (item.measure, item.value)
        for item in found
        if isinstance(item, Reading) and item.quality is VALID
    }


@given(FRAMES)
def test_a_frame_survives_the_wire(frame: Frame) -> None:
    assert WHOLE.fullmatch(frame.to_bytes())
    assert Frame.parse(frame.to_bytes()) == frame


@pytest.mark.parametrize("packet", PACKETS)
def test_a_packet_is_written_back_to_the_letter(packet: bytes) -> None:
    assert parsed(packet).to_bytes() == packet


def test_a_good_packet_is_read() -> None:
    frame = parsed(GOOD)
    assert (frame.beep, frame.strength, frame.pleth, frame.bar) == (True, 6, 50, 7)
    assert (frame.pulse_rate, frame.spo2) == (72, 97)
    assert not frame.faulty


def test_a_rate_above_127_has_its_highest_bit_in_the_third_byte() -> None:
    frame = parsed(FAST)
    assert (frame.strength, frame.pleth, frame.bar) == (8, 75, 9)
    assert (frame.pulse_rate, frame.spo2) == (172, 99)


def test_no_finger_and_an_unplugged_probe_are_told_apart() -> None:
    out, unplugged = parsed(NO_FINGER), parsed(UNPLUGGED)
    assert (out.no_signal, out.no_finger, out.unplugged, out.searching) == (
        True,
        True,
        False,
        False,
    )
    assert (unplugged.no_signal, unplugged.no_finger) == (True, False)
    assert (unplugged.unplugged, unplugged.searching) == (True, True)
    assert {(frame.pulse_rate, frame.spo2) for frame in (out, unplugged)} == {(255, 127)}


def test_a_single_packet_is_in_doubt() -> None:
    assert told(items(GOOD), SPO2) == [(97, QUESTIONABLE)]
    assert told(items(FAST), RATE) == [(172, QUESTIONABLE)]


def test_the_third_packet_alike_is_believed() -> None:
    found = items(GOOD * 4)
    for measure in (SPO2, RATE):
        qualities = [quality for _, quality in told(found, measure)]
        assert qualities == [QUESTIONABLE, QUESTIONABLE, VALID, VALID]


def test_lost_bytes_cost_the_trust_in_what_came_before() -> None:
    qualities = [quality for _, quality in told(items(GOOD * 3 + GOOD[:2] + GOOD * 3), SPO2)]
    assert qualities == [QUESTIONABLE, QUESTIONABLE, VALID] * 2


def test_the_end_of_a_cut_packet_is_skipped() -> None:
    driver = BerryDriver()
    found = received(driver, bytes.fromhex("48 61 c6 32 07 48 61"))
    assert numbers(found, SPO2) == [97]
    assert driver.finish() == Counts(1, 0, 2)


@pytest.mark.parametrize("packet", [NO_FINGER, UNPLUGGED])
def test_without_a_finger_or_a_probe_there_is_nothing(packet: bytes) -> None:
    found = items(packet * 3)
    assert set(told(found, SPO2) + told(found, RATE)) == {(None, INVALID)}
    assert waves(found) == [None] * 3
    assert notes(found) == [{Note.PROBE_OFF}]


@pytest.mark.parametrize(
    ("first", "third"),
    [(0xA6, 0x07), (0x96, 0x07), (0x86, 0x27), (0x86, 0x17)],
    ids=["unplugged", "no signal", "searching", "no finger"],
)
def test_each_fault_suppresses_good_numbers(first: int, third: int) -> None:
    found = items(bytes((first, 50, third, 72, 97)) * 3)
    assert set(told(found, SPO2) + told(found, RATE)) == {(None, INVALID)}


def test_the_pleth_shows_while_the_module_searches() -> None:
    assert waves(items(bytes((0x86, 50, 0x27, 72, 97)))) == [50]


def test_a_pleth_of_nought_is_no_sample() -> None:
    assert waves(items(bytes((0x86, 0, 7, 72, 97)))) == [None]
    assert waves(items(bytes((0x86, 1, 7, 72, 97)))) == [1]


def test_the_pleth_comes_sample_by_sample_at_a_hundred_hertz() -> None:
    found = [item for item in items(GOOD + FAST) if isinstance(item, WaveBlock)]
    assert [item.samples for item in found] == [(50,), (75,)]
    assert {(item.channel, item.rate_hz) for item in found} == {(Channel.PLETH, 100)}


@pytest.mark.parametrize("spo2", [0, 127])
def test_a_saturation_that_is_none_is_unavailable(spo2: int) -> None:
    found = items(bytes((0x86, 50, 7, 72, spo2)) * 3)
    assert set(told(found, SPO2)) == {(None, UNAVAILABLE)}
    assert told(found, RATE)[-1] == (72, VALID)


@pytest.mark.parametrize("rate", [0, 255])
def test_a_rate_that_is_none_is_unavailable(rate: int) -> None:
    found = items(bytes((0x86, 50, 7 | rate >> 7 << 6, rate & 0x7F, 97)) * 3)
    assert set(told(found, RATE)) == {(None, UNAVAILABLE)}
    assert told(found, SPO2)[-1] == (97, VALID)


@pytest.mark.parametrize("rate", [1, 127, 128, 254])
def test_the_outermost_rates_are_numbers(rate: int) -> None:
    packet = bytes((0x86, 50, 7 | rate >> 7 << 6, rate & 0x7F, 97))
    assert told(items(packet * 3), RATE)[-1] == (rate, VALID)


@pytest.mark.parametrize("spo2", [101, 126])
def test_a_saturation_beyond_all_blood_is_a_bad_frame(spo2: int) -> None:
    driver = BerryDriver()
    assert received(driver, bytes((0x86, 50, 7, 72, spo2))) == []
    assert driver.finish() == Counts(0, 1, 5)


def test_a_packet_that_is_right_for_contec_too_means_other_things_here() -> None:
    # There the same bit says that the saturation drops, and the numbers stand.
    assert told(items(bytes.fromhex("a0 28 05 3c 58") * 3), SPO2)[-1] == (None, INVALID)


def test_the_device_says_what_is_wrong_when_three_packets_say_it() -> None:
    found = items(GOOD * 3 + NO_FINGER * 2 + GOOD * 3 + NO_FINGER * 4 + GOOD * 3)
    assert notes(found) == [set(), {Note.PROBE_OFF}, set()]


@pytest.mark.parametrize("packet", [GOOD, FAST])
def test_no_flipped_bit_is_believed(packet: bytes) -> None:
    stream, whole = packet * 3, sure(items(packet * 3))
    for flipped in flips(packet):
        assert sure(items(stream + flipped + stream)) == whole


@pytest.mark.parametrize("packet", PACKETS)
def test_a_flipped_bit_alone_gives_no_value_out_of_range(packet: bytes) -> None:
    for flipped in flips(packet):
        for item in items(flipped):
            if isinstance(item, Reading) and item.value is not None:
                assert 1 <= item.value <= (100 if item.measure is SPO2 else 254)
                assert item.quality is QUESTIONABLE


@pytest.mark.parametrize("packet", PACKETS)
def test_a_packet_cut_anywhere_gives_nothing_and_costs_no_other(packet: bytes) -> None:
    for place in range(1, 5):
        assert items(packet[:place]) == []
        found = items(packet[:place] + GOOD * 3)
        assert told(found, SPO2) == [(97, QUESTIONABLE), (97, QUESTIONABLE), (97, VALID)]


@pytest.mark.parametrize("portion", [1, 3])
def test_a_capture_gives_the_same_in_any_portions(portion: int) -> None:
    data = b"\x00\xff\x80" + captured("berry", "packets") * 3
    whole, cut = BerryDriver(), BerryDriver()
    assert received(cut, data, portion) == received(whole, data)
    assert cut.finish() == whole.finish()


@given(
    parts=st.lists(st.one_of(st.binary(max_size=12), st.sampled_from(PACKETS))),
    portion=st.integers(1, 40),
)
def test_no_bytes_make_a_driver_fail_or_lose_count(parts: list[bytes], portion: int) -> None:
    data = b"".join(parts)
    driver = BerryDriver()
    received(driver, data, portion)
    counts = driver.finish()
    assert counts.frames * 5 + counts.discarded_bytes == len(data)


def test_a_long_read_loses_nothing_and_nothing_is_ever_sent() -> None:
    driver = BerryDriver()
    driver.receive(GOOD * 2000, Instant(0, 0))
    assert driver.due(Instant(60, 60)) == b""
    assert driver.finish() == Counts(2000, 0, 0)
