from __future__ import annotations

from manual import at

from devices.modbus.cuff import Cuff
from vitals.measure import Measure
from vitals.reading import Quality, Reading

SYSTOLIC, DIASTOLIC = Measure.NIBP_SYSTOLIC, Measure.NIBP_DIASTOLIC
DOUBTED, VALID = Quality.QUESTIONABLE, Quality.VALID


def polled(cuff: Cuff, second: float, systolic: float | None, diastolic: float) -> list[Reading]:
    """Return what comes of one poll of both registers."""
    quality = Quality.INVALID if systolic is None else VALID
    both = (
        Reading(SYSTOLIC, systolic, quality, at(second)),
        Reading(DIASTOLIC, diastolic, VALID, at(second)),
    )
    return [one for each in both for one in cuff.judged(each)]


def test_what_the_registers_hold_at_first_is_from_memory_and_said_once() -> None:
    cuff = Cuff()
    assert polled(cuff, 1, 121, 75) == [
        Reading(SYSTOLIC, 121, DOUBTED, at(1), live=False),
        Reading(DIASTOLIC, 75, DOUBTED, at(1), live=False),
    ]
    assert polled(cuff, 2, 121, 75) == []
    assert cuff.from_memory


def test_any_number_that_changes_makes_all_of_them_a_new_measurement() -> None:
    cuff = Cuff()
    polled(cuff, 1, 121, 75)
    found = polled(cuff, 60, 118, 75)
    assert found == [Reading(SYSTOLIC, 118, VALID, at(60)), Reading(DIASTOLIC, 75, VALID, at(60))]
    assert polled(cuff, 61, 118, 75) == []
    assert not cuff.from_memory


def test_a_number_that_comes_before_the_one_that_changed_follows_with_the_next_poll() -> None:
    cuff = Cuff()
    polled(cuff, 1, 121, 75)
    assert polled(cuff, 60, 121, 70) == [Reading(DIASTOLIC, 70, VALID, at(60))]
    assert polled(cuff, 61, 121, 70) == [Reading(SYSTOLIC, 121, VALID, at(61))]


def test_a_number_that_comes_back_after_none_keeps_its_time_and_its_doubt() -> None:
    cuff = Cuff()
    polled(cuff, 1, 121, 75)
    assert polled(cuff, 2, None, 75) == [Reading(SYSTOLIC, None, Quality.INVALID, at(2))]
    assert polled(cuff, 3, 121, 75) == [Reading(SYSTOLIC, 121, DOUBTED, at(1), live=False)]


def test_any_other_measure_goes_through_at_every_poll() -> None:
    reading = Reading(Measure.SPO2, 97, VALID, at(1))
    cuff = Cuff()
    assert [list(cuff.judged(reading)) for _ in range(2)] == [[reading], [reading]]
