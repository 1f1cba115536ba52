from __future__ import annotations

from damage import NOW, captured, received, told
from hypothesis import given
from hypothesis import strategies as st
from ivy_messages import ARTERIAL, items, message

from devices.contract import Counts
from devices.ivy450c.driver import IvyDriver
from devices.ivy450c.text import ARTERY, BREATHS, CUFF, RATE, SATURATION, Limits, Line
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.reading import Item, Reading

LIMITS: dict[Measure, Limits] = {
    Measure.HEART_RATE: RATE,
    Measure.RESPIRATORY_RATE: BREATHS,
    Measure.SPO2: SATURATION,
    Measure.PULSE_RATE: RATE,
    Measure.NIBP_SYSTOLIC: CUFF,
    Measure.NIBP_DIASTOLIC: CUFF,
    Measure.NIBP_MEAN: CUFF,
    Measure.NIBP_PULSE_RATE: RATE,
    Measure.ART_SYSTOLIC: ARTERY,
    Measure.ART_DIASTOLIC: ARTERY,
    Measure.ART_MEAN: ARTERY,
}
RECORDED = captured("ivy450c", "recorded")[252 : 252 + 562]
TEXT_BITS = range(409 * 8, 562 * 8)


def numbers(found: list[Item]) -> dict[Measure, float]:
    readings = [item for item in found if isinstance(item, Reading)]
    return {item.measure: item.value for item in readings if item.value is not None}


def flipped(bit: int) -> bytes:
    data = bytearray(RECORDED)
    data[bit // 8] ^= 1 << bit % 8
    return bytes(data)


def test_no_flipped_bit_of_tag_or_waves_changes_a_number() -> None:
    good = numbers(items(RECORDED))
    assert len(good) == 11
    for bit in range(0, 409 * 8, 3):
        assert numbers(items(flipped(bit))) in ({}, good)


def test_a_flipped_bit_of_the_text_changes_at_most_one_number_and_within_its_limits() -> None:
    good = numbers(items(RECORDED))
    for bit in TEXT_BITS:
        found = numbers(items(flipped(bit)))
        wrong = {measure: value for measure, value in found.items() if good[measure] != value}
        assert len(wrong) <= 1
        assert all(
            LIMITS[measure].low <= value <= LIMITS[measure].high for measure, value in wrong.items()
        )


def test_few_flipped_bits_of_the_text_publish_a_wrong_number() -> None:
    good = numbers(items(RECORDED))
    wrong = sum(not numbers(items(flipped(bit))).items() <= good.items() for bit in TEXT_BITS)
    assert wrong / len(TEXT_BITS) < 0.05


def test_a_lost_byte_loses_the_message_or_leaves_every_other_number() -> None:
    good = numbers(items(RECORDED))
    for place in range(562):
        found = numbers(items(RECORDED[:place] + RECORDED[place + 1 :] + RECORDED))
        wrong = [measure for measure, value in found.items() if good[measure] != value]
        assert len(wrong) <= 1


def test_a_message_cut_anywhere_is_not_read_and_costs_no_other() -> None:
    other = message(hr=Line(("120",), "ECG-I-MON"), nibp=Line(("99", "55", "70", "120")))
    good = numbers(items(RECORDED))
    for length in range(len(other)):
        assert items(other[:length]) == []
        assert numbers(items(other[:length] + RECORDED)) == good


@given(data=st.binary(max_size=1200), portion=st.integers(1, 50))
def test_no_bytes_make_a_driver_fail_or_lose_count(data: bytes, portion: int) -> None:
    driver = IvyDriver(ARTERIAL)
    assert received(driver, data, portion) == []
    assert driver.finish() == Counts(0, driver.counts.bad_frames, len(data))


@given(text=st.binary(max_size=300))
def test_no_text_behind_good_waves_makes_a_driver_fail(text: bytes) -> None:
    driver = IvyDriver(ARTERIAL)
    data = RECORDED[:409] + text + b"\xfe"
    driver.receive(data, NOW)
    assert driver.finish().discarded_bytes == len(data)


@given(junk=st.binary(max_size=300))
def test_after_junk_the_next_message_is_read(junk: bytes) -> None:
    assert told(items(junk + RECORDED), Measure.HEART_RATE) == told(
        items(RECORDED), Measure.HEART_RATE
    )


def test_a_long_read_loses_nothing() -> None:
    driver = IvyDriver(ARTERIAL)
    assert len(driver.receive(RECORDED * 100, NOW)) == 100 * 11 + 4 + 1
    assert driver.finish() == Counts(100, 0, 0)


def test_a_message_that_stands_still_is_given_up_after_a_tenth_of_a_second() -> None:
    driver = IvyDriver(ARTERIAL)
    driver.receive(RECORDED[:300], Instant(5.0, 5.0))
    assert driver.due(Instant(5.1, 5.1)) == b""
    assert driver.counts.discarded_bytes == 0
    assert driver.due(Instant(5.2, 5.2)) == b""
    assert driver.counts.discarded_bytes == 300
    assert driver.receive(RECORDED[300:], Instant(6.0, 6.0)) == []
    assert len(driver.receive(RECORDED, Instant(7.0, 7.0))) == 16


def test_a_message_that_comes_slowly_but_steadily_is_read() -> None:
    driver = IvyDriver(ARTERIAL)
    found: list[Item] = []
    for place, byte in enumerate(RECORDED):
        at = Instant(place * 0.09, 0.0)
        found += driver.receive(bytes((byte,)), at)
        driver.due(at)
    assert len(found) == 16


def test_nothing_is_ever_written_to_the_monitor() -> None:
    driver = IvyDriver(ARTERIAL)
    assert [driver.due(Instant(second, second)) for second in range(100)] == [b""] * 100
