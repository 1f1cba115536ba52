from __future__ import annotations

import pytest
from damage import NOW, captured, flips, notes, numbers, received, told
from hypothesis import example, given
from hypothesis import strategies as st

from devices.contract import Counts
from devices.nonin.records import spot_driver
from devices.nonin.spot import Mark, SpotCheck
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.reading import Item, Note, Notes, Quality, Reading

SPO2, RATE = Measure.SPO2, Measure.PULSE_RATE
STAMP = bytes.fromhex("20 26 11 21 20 45 30 00")
NOW_MADE = captured("nonin", "spot-check-df13")
STORED = captured("nonin", "spot-check-from-memory-df13")
OTHER = SpotCheck(STAMP, 0, 101, 88).to_bytes()
BLOCKS = st.builds(
    SpotCheck,
    stamp=st.binary(min_size=8, max_size=8),
    status=st.integers(0, 0xFFFF),
    pr=st.integers(0, 511),
    spo2=st.integers(0, 127),
    more=st.binary(max_size=50),
)
HEAD = bytes.fromhex("00 02 00 0d 00 40")
PIECES = st.lists(
    st.one_of(
        BLOCKS.map(SpotCheck.to_bytes),
        BLOCKS.map(lambda block: block.to_bytes()[:-3]),
        st.just(HEAD),
        st.just(HEAD[:3]),
        st.binary(max_size=6),
    ),
    max_size=8,
)


def items(data: bytes) -> list[Item]:
    return received(spot_driver(), data)


def said(pr: int = 72, spo2: int = 97, status: int = 0) -> list[Item]:
    return items(SpotCheck(STAMP, status, pr, spo2).to_bytes())


def counted(data: bytes) -> Counts:
    driver = spot_driver()
    received(driver, data)
    return driver.finish()


def at(seconds: float) -> Instant:
    return Instant(seconds, seconds)


def test_a_spot_check_made_now_is_read() -> None:
    assert items(NOW_MADE) == [
        Reading(SPO2, 97, Quality.VALID, NOW, live=False),
        Reading(RATE, 72, Quality.VALID, NOW, live=False),
        Notes(frozenset({Note.SPOT_CHECK}), NOW),
    ]


def test_the_block_stands_on_the_wire_as_the_maker_put_it() -> None:
    assert SpotCheck.parse(NOW_MADE) == SpotCheck(STAMP, Mark.SPA, 72, 97)
    stamp = bytes.fromhex("20 26 11 21 20 46 00 00")
    assert SpotCheck.parse(STORED) == SpotCheck(stamp, Mark.NOMS | Mark.MEM, 511, 127)


def test_a_block_from_memory_without_a_measurement_gives_no_reading() -> None:
    assert items(STORED) == [Notes(frozenset({Note.FROM_MEMORY}), NOW)]
    assert counted(STORED) == Counts(1, 0, 0)


@pytest.mark.parametrize("mark", [Mark.MEM, Mark.NOMS, Mark.MEM | Mark.SPA])
def test_good_numbers_from_memory_or_without_a_measurement_are_never_live(mark: Mark) -> None:
    found = said(status=int(mark))
    assert numbers(found, SPO2) == numbers(found, RATE) == []


def test_a_live_block_follows_stored_ones() -> None:
    found = items(STORED * 3 + NOW_MADE)
    assert numbers(found, SPO2) == [97]
    assert notes(found) == [{Note.FROM_MEMORY}, {Note.SPOT_CHECK}]


def test_a_low_battery_is_noted() -> None:
    found = said(status=int(Mark.LOW_BAT))
    assert notes(found) == [{Note.LOW_BATTERY, Note.SPOT_CHECK}]
    assert told(found, SPO2) == [(97, Quality.VALID)]


@pytest.mark.parametrize("bit", [0xFC00, 0x00EE])
def test_reserved_bits_change_nothing(bit: int) -> None:
    assert said(status=bit) == said()


def test_reserved_bits_beside_the_numbers_change_nothing() -> None:
    moved = bytearray(NOW_MADE)
    moved[16] |= 0xFE  # PR MSB above HR8
    moved[18] = 0x00  # reserved
    moved[19] |= 0x80  # SpO2 bit 7
    moved[20] = (moved[20] + 0xFE - 0xFF + 0x80) & 0xFF
    assert items(bytes(moved)) == items(NOW_MADE)


def test_a_pulse_rate_is_eight_bits_and_one() -> None:
    assert numbers(said(pr=172), RATE) == [172]
    assert SpotCheck(STAMP, 0, 172, 97).to_bytes()[16:18] == bytes.fromhex("00 ac")
    assert SpotCheck(STAMP, 0, 300, 97).to_bytes()[16:18] == bytes.fromhex("01 2c")


@pytest.mark.parametrize(
    ("pr", "rate"), [(0, None), (17, None), (18, 18), (321, 321), (322, None), (511, None)]
)
def test_a_pulse_rate_that_no_device_measures_is_none(pr: int, rate: int | None) -> None:
    quality = Quality.UNAVAILABLE if rate is None else Quality.VALID
    assert told(said(pr=pr), RATE) == [(rate, quality)]


@pytest.mark.parametrize(
    ("code", "value"), [(0, None), (1, 1), (100, 100), (101, None), (127, None)]
)
def test_a_saturation_that_is_none_is_unavailable(code: int, value: int | None) -> None:
    quality = Quality.UNAVAILABLE if value is None else Quality.VALID
    assert told(said(spo2=code), SPO2) == [(value, quality)]


@pytest.mark.parametrize("length", [14, 15, 64])
def test_a_block_may_grow(length: int) -> None:
    block = SpotCheck(STAMP, 0, 72, 97, bytes(range(length - 14))).to_bytes()
    assert block[5] == length
    assert numbers(items(block), SPO2) == [97]
    assert counted(block) == Counts(1, 0, 0)


@pytest.mark.parametrize("length", [13, 65])
def test_a_length_that_no_block_has_begins_none(length: int) -> None:
    data = bytearray(SpotCheck(STAMP, 0, 72, 97, bytes(50)).to_bytes())
    data[5] = length
    assert counted(bytes(data)) == Counts(0, 0, 72)


def test_the_sum_is_that_of_the_data_alone() -> None:
    wrong = bytearray(NOW_MADE)
    wrong[-2] = (wrong[-2] + sum(NOW_MADE[:6])) & 0xFF
    assert counted(bytes(wrong)) == Counts(0, 1, 22)


def test_a_block_without_its_end_is_none() -> None:
    assert counted(NOW_MADE[:-1] + b"\x04") == Counts(0, 1, 22)


@given(BLOCKS)
def test_a_block_survives_the_wire(block: SpotCheck) -> None:
    assert SpotCheck.parse(block.to_bytes()) == block


@given(PIECES, st.integers(1, 30))
@example([HEAD, NOW_MADE], 1)
@example([HEAD, HEAD, NOW_MADE[:-3], NOW_MADE, OTHER, bytes(60)], 1)
def test_no_bytes_make_a_driver_fail_lose_count_or_read_portions_otherwise(
    pieces: list[bytes], portion: int
) -> None:
    data = b"".join(pieces)
    whole, cut = spot_driver(), spot_driver()
    assert received(cut, data, portion) == received(whole, data)
    counts = whole.finish()
    assert cut.finish() == counts
    assert counts.frames * 22 + counts.discarded_bytes <= len(data)


@given(st.binary(max_size=300))
def test_random_bytes_are_all_discarded(data: bytes) -> None:
    assert counted(data).discarded_bytes == len(data)


@pytest.mark.parametrize("portion", [1, 3])
def test_captures_give_the_same_in_any_portions(portion: int) -> None:
    data = (NOW_MADE + STORED) * 3
    whole, cut = spot_driver(), spot_driver()
    assert received(cut, data, portion) == received(whole, data)
    assert cut.finish() == whole.finish() == Counts(6, 0, 0)


def test_a_cut_block_costs_itself_alone() -> None:
    for kept in range(len(NOW_MADE)):
        assert numbers(items(NOW_MADE[:kept] + OTHER * 2), SPO2) == [88, 88]
        assert counted(NOW_MADE[:kept] + OTHER).discarded_bytes == kept


def test_no_flipped_bit_gives_another_number() -> None:
    # Bits 1-7 of PR MSB and bit 7 of SpO2 mean nothing, but the sum covers them too.
    for vector in (NOW_MADE, STORED):
        for flipped in flips(vector):
            assert numbers(items(flipped), SPO2) == []
            assert counted(flipped).frames == 0


def test_a_flipped_bit_costs_the_blocks_around_it_nothing() -> None:
    for flipped in flips(NOW_MADE):
        driver = spot_driver()
        assert numbers(received(driver, OTHER + flipped + OTHER, 1), SPO2) == [88, 88]
        assert driver.finish() in (Counts(2, 1, 22), Counts(2, 0, 22))


def test_a_damaged_length_does_not_hold_back_the_good_block_that_follows() -> None:
    driver = spot_driver()
    assert numbers(received(driver, HEAD + NOW_MADE[6:] + OTHER), SPO2) == [88]
    assert driver.counts == Counts(1, 1, 22)


@pytest.mark.parametrize("portion", [1, 5, 200])
def test_of_blocks_within_each_other_the_innermost_is_the_true_one(portion: int) -> None:
    nested = SpotCheck(STAMP, 0, 72, 90, b"--" + NOW_MADE + b"--").to_bytes()
    driver = spot_driver()
    assert numbers(received(driver, HEAD + nested + bytes(20), portion), SPO2) == [97]
    assert driver.finish() == Counts(1, 2, 6 + len(nested) + 20 - 22)


def test_the_rest_of_a_block_is_not_awaited_beyond_a_tenth_of_a_second() -> None:
    for silence_s, frames in ((0.099, 1), (0.1, 0)):
        driver = spot_driver()
        driver.receive(NOW_MADE[:12], at(0.0))
        driver.receive(b"", at(silence_s / 2))
        driver.receive(NOW_MADE[12:], at(silence_s))
        assert driver.finish().frames == frames


def test_an_abandoned_block_is_counted_once_its_head_was_whole() -> None:
    for kept, bad in ((5, 0), (6, 1)):
        driver = spot_driver()
        driver.receive(NOW_MADE[:kept], at(1))
        assert numbers(driver.receive(OTHER, at(2)), SPO2) == [88]
        assert driver.counts == Counts(1, bad, kept)
