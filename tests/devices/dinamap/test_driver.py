from __future__ import annotations

import pytest
from damage import NOW, captured, flips, numbers, received, told, waves
from dinamap_blocks import GROUP, QRS, RECORDED, blocks, items, on_the_wire
from hypothesis import given
from hypothesis import strategies as st

from devices.contract import Counts
from devices.dinamap.driver import DinamapDriver
from devices.dinamap.pages import Page
from devices.dinamap.wire import Block
from vitals.instant import Instant
from vitals.measure import Channel, Measure
from vitals.reading import Quality, Reading, WaveBlock

RATE = Measure.HEART_RATE
CAPTURED = captured("dinamap", "page-and-bad-crc")


def with_page(data: bytes) -> bytes:
    """Return fifty blocks that carry the page `data`."""
    sent = [
        Block(b.sequence, b.status, b.first, b.ecg, data[3 * place : 3 * place + 3])
        for place, b in enumerate(blocks(50))
    ]
    return on_the_wire(sent)


def test_a_group_of_four_blocks_gives_sixteen_samples() -> None:
    assert items(b"".join(GROUP)) == [WaveBlock(Channel.ECG, 200, "count", QRS, NOW)]


@pytest.mark.parametrize("lost", range(4))
def test_with_any_block_missing_a_group_gives_no_samples(lost: int) -> None:
    assert items(b"".join(GROUP[:lost] + GROUP[lost + 1 :])) == []


@pytest.mark.parametrize("data", RECORDED)
def test_a_block_alone_gives_nothing(data: bytes) -> None:
    driver = DinamapDriver()
    assert driver.receive(data, NOW) == []
    assert driver.finish() == Counts(1, 0, 0)


def test_samples_go_out_with_the_last_block_of_their_group() -> None:
    driver = DinamapDriver()
    assert driver.receive(b"".join(GROUP[:3]), Instant(1.0, 11.0)) == []
    (wave,) = driver.receive(GROUP[3], Instant(1.08, 11.08))
    assert wave.at == Instant(1.08, 11.08)


def test_a_page_gives_the_heart_rate() -> None:
    found = items(on_the_wire(blocks(50, rate=142)))
    assert found[-1] == Reading(RATE, 142, Quality.VALID, NOW)
    assert told(found, RATE) == [(142, Quality.VALID)]
    assert len(waves(found)) == 48 * 4


@pytest.mark.parametrize("rate", [0, 0x7FFF, 0xFFFF, 0x00FF, 19, 351])
def test_a_rate_that_is_none_is_unavailable(rate: int) -> None:
    found = items(on_the_wire(blocks(50, rate=rate)))
    assert told(found, RATE) == [(None, Quality.UNAVAILABLE)]


@pytest.mark.parametrize("lost", [0, 1, 24, 48, 49])
def test_a_page_with_a_gap_gives_no_heart_rate(lost: int) -> None:
    sent = blocks(150, rate=60)
    del sent[50 + lost]
    assert numbers(items(on_the_wire(sent)), RATE) == [60, 60]


def test_a_zero_filled_page_gives_nothing() -> None:
    assert told(items(with_page(bytes(150))), RATE) == []


def test_a_page_without_its_mark_gives_nothing() -> None:
    data = Page(60, (12, 1, 1, 1, 1, 1)).to_bytes()
    assert numbers(items(with_page(data)), RATE) == [60]
    assert told(items(with_page(b"\x00" + data[1:])), RATE) == []


def test_marks_are_missing_samples_and_keep_their_timing() -> None:
    samples = (508,) * 6 + (1022,) * 4 + (508,) * 6
    assert waves(items(on_the_wire(blocks(4, samples=samples)))) == (
        [508] * 6 + [None] * 4 + [508] * 6
    )


def test_the_other_channel_and_the_status_are_not_published() -> None:
    found = items(on_the_wire(blocks(200)))
    assert {type(item) for item in found} == {WaveBlock, Reading}
    assert {item.channel for item in found if isinstance(item, WaveBlock)} == {Channel.ECG}
    assert {item.measure for item in found if isinstance(item, Reading)} == {RATE}


def test_nothing_is_joined_across_a_silence() -> None:
    driver = DinamapDriver()
    sent = [block.to_bytes() for block in blocks(8)]
    assert driver.receive(b"".join(sent[:2]), Instant(0.0, 0.0)) == []
    assert driver.receive(b"".join(sent[2:4]), Instant(1.1, 1.1)) == []
    assert len(driver.receive(b"".join(sent[4:]), Instant(2.1, 2.1))) == 1


def test_nothing_is_ever_written_to_the_monitor() -> None:
    driver = DinamapDriver()
    assert [driver.due(Instant(second, second)) for second in range(50)] == [b""] * 50


def test_the_capture_gives_a_rate_and_all_groups_but_the_damaged_one() -> None:
    driver = DinamapDriver()
    found = list(driver.receive(CAPTURED, NOW))
    assert numbers(found, RATE) == [60]
    samples = waves(found)
    assert len(samples) == 13 * 16
    assert max(sample or 0 for sample in samples[7 * 16 : 8 * 16]) == 720
    assert samples[9 * 16 : 10 * 16] == [508] * 5 + [None] * 4 + [508] * 7
    assert driver.finish() == Counts(55, 1, 18)


@pytest.mark.parametrize("portion", [1, 3])
def test_a_capture_gives_the_same_in_any_portions(portion: int) -> None:
    whole, cut = DinamapDriver(), DinamapDriver()
    assert received(cut, CAPTURED, portion) == received(whole, CAPTURED)
    assert cut.finish() == whole.finish()


def test_no_flipped_bit_publishes_a_wrong_sample() -> None:
    data = b"".join(GROUP)
    assert all(items(flipped) == [] for flipped in flips(data))


def test_no_flipped_bit_publishes_a_wrong_rate() -> None:
    data = on_the_wire(blocks(50, rate=142))
    for bit in range(0, len(data) * 8, 11):
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        found = items(bytes(flipped))
        assert told(found, RATE) == []
        assert waves(found) == [508] * (11 * 16 + (16 if bit // 8 >= 48 * 18 else 0))


@pytest.mark.parametrize("length", range(73))
def test_a_group_cut_anywhere_costs_no_other(length: int) -> None:
    lead = b"".join(GROUP)[:length]
    assert waves(items(lead + on_the_wire(blocks(8, first=72)))) == (
        (list(QRS) if length == 72 else []) + [508] * 32
    )


@given(data=st.binary(max_size=400), portion=st.integers(1, 50))
def test_no_bytes_make_a_driver_fail_or_lose_count(data: bytes, portion: int) -> None:
    driver = DinamapDriver()
    received(driver, data, portion)
    counts = driver.finish()
    assert counts.frames * 18 + counts.discarded_bytes == len(data)


@given(junk=st.binary(max_size=100))
def test_after_junk_the_next_group_is_read(junk: bytes) -> None:
    assert waves(items(junk + b"".join(GROUP)))[-16:] == list(QRS)


def test_a_long_read_loses_nothing() -> None:
    driver = DinamapDriver()
    found = driver.receive(on_the_wire(blocks(1000)), NOW)
    assert len(waves(found)) == 4000
    assert numbers(found, RATE) == [60] * 20
    assert driver.finish() == Counts(1000, 0, 0)
