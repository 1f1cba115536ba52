from __future__ import annotations

from dataclasses import replace

from damage import flips, notes, numbers, told
from healthypi_frames import (
    BLOCK_5,
    ECG_BLOCK_5,
    GOOD_4,
    GOOD_5,
    LEADS_OFF_4,
    PPG_5,
    SAMPLE_4,
    items,
)

from devices.healthypi.wire import VERSION_4, VERSION_5
from vitals.measure import Measure
from vitals.reading import Item, Note, Quality, Reading

HR, SPO2 = Measure.HEART_RATE, Measure.SPO2
VALID, QUESTIONABLE = Quality.VALID, Quality.QUESTIONABLE


def rate(hr: int) -> bytes:
    return replace(SAMPLE_4, hr=hr).to_bytes()


def valid(found: list[Item]) -> set[tuple[Measure, float | None]]:
    readings = [item for item in found if isinstance(item, Reading)]
    return {(item.measure, item.value) for item in readings if item.quality is VALID}


def test_the_third_frame_that_says_so_makes_a_number_valid() -> None:
    assert told(items(VERSION_4, rate(72) * 4), HR) == [
        (72, QUESTIONABLE),
        (72, QUESTIONABLE),
        (72, VALID),
        (72, VALID),
    ]


def test_a_new_number_is_questionable_until_it_is_said_three_times() -> None:
    qualities = [q for _, q in told(items(VERSION_4, rate(72) * 3 + rate(73) * 3), HR)]
    assert qualities == [QUESTIONABLE, QUESTIONABLE, VALID] * 2


def test_each_number_agrees_with_itself_alone() -> None:
    found = items(VERSION_4, rate(72) + rate(73) + rate(74))
    assert [quality for _, quality in told(found, HR)] == [QUESTIONABLE] * 3
    assert told(found, SPO2)[-1] == (97, VALID)


def test_a_missing_number_begins_the_count_anew() -> None:
    found = items(VERSION_4, rate(72) * 2 + rate(0) + rate(72) * 2)
    assert [quality for _, quality in told(found, HR)][-2:] == [QUESTIONABLE] * 2


def test_leads_that_come_off_begin_the_count_anew() -> None:
    found = items(VERSION_4, rate(72) * 2 + LEADS_OFF_4 + rate(72) * 2)
    assert [quality for _, quality in told(found, HR)][-2:] == [QUESTIONABLE] * 2


def test_a_lost_byte_begins_the_count_anew() -> None:
    found = items(VERSION_4, rate(72) * 2 + b"\x00" + rate(72) * 3)
    assert [quality for _, quality in told(found, HR)][2:] == [QUESTIONABLE, QUESTIONABLE, VALID]


def test_leads_must_be_off_for_three_frames_to_be_noted() -> None:
    assert notes(items(VERSION_4, LEADS_OFF_4 * 2 + GOOD_4 * 5)) == []
    assert notes(items(VERSION_4, GOOD_4 * 3 + LEADS_OFF_4 * 9)) == [{Note.LEADS_OFF}]


def test_blocks_between_each_other_do_not_disturb_their_counts() -> None:
    found = items(VERSION_5, (ECG_BLOCK_5 + PPG_5.to_bytes()) * 3)
    assert told(found, HR)[-1] == (64, VALID)
    assert told(found, SPO2)[-1] == (98, VALID)
    changing = ECG_BLOCK_5 * 2 + replace(BLOCK_5, hr=65).to_bytes()
    assert VALID not in [quality for _, quality in told(items(VERSION_5, changing), HR)]


def test_no_flipped_bit_of_version_4_makes_a_wrong_number_valid() -> None:
    good = valid(items(VERSION_4, GOOD_4 * 3))
    assert len(good) == 4
    for flipped in flips(GOOD_4):
        found = items(VERSION_4, GOOD_4 * 3 + flipped + GOOD_4 * 3)
        assert valid(found) == good


def test_no_flipped_bit_of_version_5_makes_a_wrong_number_valid() -> None:
    for data in (GOOD_5, ECG_BLOCK_5, PPG_5.to_bytes()):
        good = valid(items(VERSION_5, data * 3))
        for flipped in flips(data):
            assert valid(items(VERSION_5, data * 3 + flipped + data * 3)) == good


def test_a_flipped_bit_leaves_every_number_within_its_range() -> None:
    for flipped in flips(GOOD_4):
        found = items(VERSION_4, flipped)
        for item in found:
            if isinstance(item, Reading) and item.value is not None:
                assert item.quality is QUESTIONABLE
                assert item.value > 0
        assert all(spo2 is None or 0 < spo2 <= 100 for spo2 in numbers(found, SPO2))
        temperatures = numbers(found, Measure.TEMPERATURE)
        assert all(celsius is None or 10 <= celsius <= 50 for celsius in temperatures)
