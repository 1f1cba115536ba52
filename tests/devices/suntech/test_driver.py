from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from manual import at
from suntech_bytes import (
    BAD_SUM,
    CAPTURES,
    CUFF_178,
    CUFF_258,
    DONE,
    FAILED,
    NO_LENGTH,
    NOW,
    RESULT,
    VECTORS,
    WIDE_RESULT,
    captured,
    items,
    measured,
    received,
    result,
)

from devices.contract import Counts
from devices.suntech.driver import INFLATED_MMHG, MEASURES, SuntechDriver
from devices.suntech.wire import CuffPressure, Inquiry, Request
from vitals.reading import Item, Note, Notes, Quality, Reading

FIRST = Notes(frozenset({Note.FROM_MEMORY}), NOW)
INFLATED = Notes(frozenset({Note.CUFF_INFLATING}), NOW)
NOTHING_SAID = Notes(frozenset(), NOW)
RESULT_REQUEST = Request(Inquiry.RESULT).to_bytes()
CUFF_REQUEST = Request(Inquiry.CUFF_PRESSURE).to_bytes()


def later(*results: bytes) -> list[tuple[list[float | None], Quality]]:
    """Return what is measured after a first, older result."""
    return measured(items(result(100, 60, 75, 90).to_bytes() + b"".join(results)))[1:]


def notes(found: list[Item]) -> list[Notes]:
    return [item for item in found if isinstance(item, Notes)]


def test_the_first_result_is_as_old_as_it_may_be_and_so_questionable() -> None:
    assert items(RESULT) == [
        *(Reading(measure, value, Quality.QUESTIONABLE, NOW, live=False)
          for measure, value in zip(MEASURES, (115, 74, 88, 85), strict=True)),
        FIRST,
    ]  # fmt: skip


def test_a_result_that_differs_is_a_new_measurement_and_valid() -> None:
    assert later(RESULT) == [([115, 74, 88, 85], Quality.VALID)]
    assert notes(items(WIDE_RESULT + RESULT)) == [FIRST, NOTHING_SAID]


def test_a_pressure_above_255_is_read() -> None:
    assert later(WIDE_RESULT) == [([262, 148, 190, 118], Quality.VALID)]


def test_the_same_result_again_is_no_new_reading() -> None:
    assert len(measured(items(RESULT * 5))) == 1
    assert len(later(RESULT, RESULT, RESULT)) == 1


def test_a_new_measurement_has_the_time_of_the_poll_that_brought_it() -> None:
    driver = SuntechDriver()
    driver.receive(WIDE_RESULT, at(1))
    driver.receive(WIDE_RESULT, at(2))
    found = driver.receive(RESULT, at(3))
    assert {item.at for item in found} == {at(3)}
    assert driver.receive(RESULT, at(4)) == []


@pytest.mark.parametrize("place", range(2, 23))
def test_any_byte_that_differs_makes_it_a_new_measurement(place: int) -> None:
    other = bytearray(RESULT[:-1])
    other[place] ^= 0x01
    other.append(-sum(other) & 0xFF)
    assert len(measured(items(RESULT + bytes(other)))) == 2


def test_an_error_code_leaves_no_value() -> None:
    assert later(FAILED) == [([None] * 4, Quality.INVALID)]
    assert later(result(error=1).to_bytes()) == [([None] * 4, Quality.INVALID)]


def test_after_an_error_the_same_measurement_as_before_is_a_new_one() -> None:
    assert [quality for _, quality in later(RESULT, FAILED, RESULT)] == [
        Quality.VALID, Quality.INVALID, Quality.VALID,
    ]  # fmt: skip


def test_a_module_that_has_not_measured_yet_has_no_value() -> None:
    nothing = result(0, 0, 0, 0).to_bytes()
    assert measured(items(nothing)) == [([None] * 4, Quality.UNAVAILABLE)]
    assert measured(items(nothing + RESULT))[1] == ([115, 74, 88, 85], Quality.VALID)


@pytest.mark.parametrize(
    "values",
    [(300, 30, 31, 30), (300, 298, 299, 250), (32, 30, 31, 250), (115, 74, 88, 30)],
)
def test_the_outermost_measurements_are_valid(values: tuple[int, int, int, int]) -> None:
    assert later(result(*values).to_bytes()) == [(list(values), Quality.VALID)]


@pytest.mark.parametrize(
    "values",
    [
        (301, 74, 88, 85),
        (115, 29, 88, 85),
        (115, 88, 88, 85),
        (115, 74, 115, 85),
        (115, 74, 74, 85),
        (74, 115, 88, 85),
        (115, 74, 88, 29),
        (115, 74, 88, 251),
        (115, 74, 88, 0),
        (115, 0, 88, 85),
    ],
)
def test_a_measurement_that_cannot_be_has_no_value(values: tuple[int, int, int, int]) -> None:
    assert later(result(*values).to_bytes()) == [([None] * 4, Quality.INVALID)]


@pytest.mark.parametrize("data", [CUFF_258, CUFF_178])
def test_the_cuffs_pressure_is_no_measure(data: bytes) -> None:
    assert items(data) == [INFLATED]


def test_an_inflated_cuff_is_said_once_and_again_when_it_is_empty() -> None:
    full = CuffPressure(INFLATED_MMHG + 1).to_bytes()
    empty = CuffPressure(INFLATED_MMHG).to_bytes()
    assert items(empty) == []
    assert items(full * 3 + empty * 3) == [INFLATED, NOTHING_SAID]


@pytest.mark.parametrize("data", [DONE, b"\x3e\x04\x42\x7c"])
def test_an_acknowledgement_is_a_frame_and_nothing_more(data: bytes) -> None:
    driver = SuntechDriver()
    assert driver.receive(data, NOW) == []
    assert driver.finish() == Counts(1, 0, 0)


@pytest.mark.parametrize(
    ("data", "counts"), [(NO_LENGTH, Counts(0, 0, 5)), (BAD_SUM, Counts(0, 1, 5))]
)
def test_what_is_no_frame_is_counted(data: bytes, counts: Counts) -> None:
    driver = SuntechDriver()
    assert driver.receive(data, NOW) == []
    assert driver.finish() == counts


def test_a_frame_that_is_not_finished_within_a_tenth_of_a_second_is_given_up() -> None:
    lie = b"\x3e\x43"
    driver = SuntechDriver()
    assert driver.receive(lie + CUFF_178, at(0.0)) == []
    assert driver.receive(b"\0", at(0.1)) == []
    assert driver.receive(b"", at(0.2)) == []
    assert driver.receive(b"", at(0.21)) == [Notes(INFLATED.notes, at(0.1))]
    assert driver.counts == Counts(1, 0, 3)


def test_a_frame_that_comes_in_two_reads_is_whole() -> None:
    driver = SuntechDriver()
    assert driver.receive(RESULT[:7], at(1.0)) == []
    assert len(driver.receive(RESULT[7:], at(1.09))) == 5


@pytest.mark.parametrize("portion", [1, 3])
@pytest.mark.parametrize("name", sorted(path.stem for path in CAPTURES.glob("*.vagt")))
def test_a_capture_gives_the_same_in_any_portions(name: str, portion: int) -> None:
    data = captured(name) * 2
    whole, cut = SuntechDriver(), SuntechDriver()
    assert received(cut, data, portion) == received(whole, data)
    assert cut.finish() == whole.finish()


@given(data=st.binary(max_size=300), portion=st.integers(1, 50))
def test_no_bytes_make_a_driver_fail(data: bytes, portion: int) -> None:
    driver = SuntechDriver()
    received(driver, data, portion)
    counts = driver.finish()
    assert counts.frames * 4 + counts.discarded_bytes <= len(data)


@pytest.mark.parametrize("name", VECTORS)
def test_no_flipped_bit_publishes_a_wrong_value(name: str) -> None:
    whole = items(WIDE_RESULT + VECTORS[name])
    for bit in range(len(VECTORS[name]) * 8):
        flipped = bytearray(VECTORS[name])
        flipped[bit // 8] ^= 1 << bit % 8
        found = items(WIDE_RESULT + bytes(flipped))
        assert found in (whole, items(WIDE_RESULT))


@pytest.mark.parametrize("cut", range(len(RESULT)))
def test_a_result_cut_at_any_byte_publishes_nothing(cut: int) -> None:
    assert items(RESULT[:cut]) == []
    assert measured(items(RESULT[:cut] + WIDE_RESULT)) == measured(items(WIDE_RESULT))


def test_result_and_cuff_are_asked_for_in_turn_twice_a_second() -> None:
    driver = SuntechDriver()
    asked = [(tick / 10, driver.due(at(tick / 10))) for tick in range(21)]
    assert [(when, data) for when, data in asked if data] == [
        (0.0, RESULT_REQUEST),
        (0.5, CUFF_REQUEST),
        (1.0, RESULT_REQUEST),
        (1.5, CUFF_REQUEST),
        (2.0, RESULT_REQUEST),
    ]


def test_however_often_it_is_asked_nothing_else_is_ever_sent() -> None:
    driver = SuntechDriver()
    sent = {driver.due(at(tick / 1000)) for tick in range(10_000)}
    assert sent == {b"", RESULT_REQUEST, CUFF_REQUEST}


def polled(driver: SuntechDriver, seconds: range, data: bytes = b"") -> list[Item]:
    """Return what is said while each second's poll is answered by `data`."""
    found: list[Item] = []
    for second in seconds:
        driver.due(at(second))
        driver.due(at(second + 0.5))
        found += driver.receive(data, at(second + 0.6))
    return found


def test_two_polls_without_an_answer_leave_the_next_measurement_its_time() -> None:
    driver = SuntechDriver()
    polled(driver, range(3), WIDE_RESULT)
    polled(driver, range(3, 4))
    found = polled(driver, range(4, 5), RESULT)
    assert measured(found) == [([115, 74, 88, 85], Quality.VALID)]


def test_after_more_polls_without_an_answer_nobody_knows_when_it_was_measured() -> None:
    driver = SuntechDriver()
    polled(driver, range(3), WIDE_RESULT)
    polled(driver, range(3, 5))
    found = polled(driver, range(5, 6), RESULT)
    assert measured(found) == [([115, 74, 88, 85], Quality.QUESTIONABLE)]
    assert measured(polled(driver, range(6, 7), FAILED + WIDE_RESULT))[1][1] is Quality.VALID


def test_the_same_result_after_a_silence_is_still_no_new_one() -> None:
    driver = SuntechDriver()
    polled(driver, range(3), RESULT)
    polled(driver, range(3, 60))
    assert polled(driver, range(60, 62), RESULT) == []
