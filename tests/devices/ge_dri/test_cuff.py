from __future__ import annotations

from dataclasses import replace

import pytest
from damage import NOW, notes, received
from dri_records import HERE, NONE, NOTHING, driver, frame

from devices.ge_dri.basic import Pressure
from vitals.measure import Measure
from vitals.reading import Note, Quality, Reading

MEASURING, AUTO, OLD = 1 << 5, 1 << 3, 1 << 8
ONE, OTHER = (12400, 7100, 8900), (9000, 5000, 6300)
CLEARED = (NONE, NONE, NONE)
MEASURES = (Measure.NIBP_SYSTOLIC, Measure.NIBP_DIASTOLIC, Measure.NIBP_MEAN)
VALID, INVALID = Quality.VALID, Quality.INVALID
GONE, DOUBTED = Quality.UNAVAILABLE, Quality.QUESTIONABLE

Sent = tuple[int, tuple[int, int, int]]


def readings(*labelled: Sent, status: int = HERE, rate: int = 72) -> list[list[Reading]]:
    """Return the readings by cuff of each of successive records."""
    by = driver()
    groups = [Pressure(status, label, *values, rate) for label, values in labelled]
    answers = [received(by, frame(replace(NOTHING, nibp=group))) for group in groups]
    return [[item for item in items if isinstance(item, Reading)] for items in answers]


def published(*labelled: Sent, status: int = HERE) -> list[Quality | None]:
    """Return for each record the quality of what it published, None for nothing."""
    return [found[0].quality if found else None for found in readings(*labelled, status=status)]


def test_a_measurement_is_in_hundredths_of_mmhg() -> None:
    values = [*zip(MEASURES, (124, 71, 89), strict=True), (Measure.NIBP_PULSE_RATE, 72)]
    assert readings((0, ONE)) == [
        [Reading(measure, value, DOUBTED, NOW, live=False) for measure, value in values]
    ]


def test_a_measurement_is_published_once() -> None:
    assert published((0, ONE), (0, ONE), (AUTO, ONE), (0, ONE)) == [DOUBTED, None, None, None]


@pytest.mark.parametrize("place", range(3))
def test_any_value_that_changes_is_a_new_measurement(place: int) -> None:
    values = list(ONE)
    values[place] += 100
    assert published((0, ONE), (0, (values[0], values[1], values[2]))) == [DOUBTED, VALID]


def test_a_measurement_that_grows_old_is_no_new_one() -> None:
    assert published((0, ONE), (OLD, ONE), (OLD, ONE)) == [DOUBTED, None, None]


def test_an_old_one_that_is_young_again_is_a_new_measurement_of_the_same_values() -> None:
    assert published((0, ONE), (OLD, ONE), (0, ONE), (0, ONE)) == [DOUBTED, None, VALID, None]


def test_an_old_measurement_at_first_sight_is_in_doubt() -> None:
    assert published((OLD, ONE), (OLD, ONE), (0, OTHER)) == [DOUBTED, None, VALID]


def test_what_is_there_when_the_port_is_opened_is_from_memory_until_another_comes() -> None:
    by = driver()
    groups = [Pressure(HERE, 0, *values, 72) for values in (ONE, ONE, OTHER)]
    items = [one for of in groups for one in received(by, frame(replace(NOTHING, nibp=of)))]
    systolic = [one for one in items if isinstance(one, Reading) and one.measure is MEASURES[0]]
    assert [(one.value, one.live) for one in systolic] == [(124, False), (90, True)]
    assert notes(items) == [{Note.FROM_MEMORY}, set()]


def test_what_is_measured_where_nothing_was_remembered_is_new() -> None:
    assert published((0, CLEARED), (0, ONE)) == [GONE, VALID]


def test_while_measuring_nothing_is_published() -> None:
    assert published((MEASURING, ONE)) == [None]
    assert published((0, ONE), (MEASURING, CLEARED), (MEASURING, OTHER), (0, OTHER)) == [
        DOUBTED, None, None, VALID,
    ]  # fmt: skip


def test_a_measurement_that_failed_does_not_bring_the_one_before_again() -> None:
    assert published((0, ONE), (MEASURING, ONE), (0, ONE)) == [DOUBTED, None, None]


def test_values_that_are_cleared_are_missing_once() -> None:
    assert published((0, ONE), (0, CLEARED), (0, CLEARED)) == [DOUBTED, GONE, None]


@pytest.mark.parametrize(
    ("status", "quality"), [(0b01, DOUBTED), (0b11, DOUBTED), (0b10, None), (0, None)]
)
def test_that_the_module_exists_is_enough(status: int, quality: Quality | None) -> None:
    assert published((0, ONE), status=status) == [quality]


@pytest.mark.parametrize(
    "values", [(7100, 12400, 8900), (12400, 8900, 7100), (8900, 7100, 12400), (7100, 12400, NONE)]
)
def test_pressures_that_contradict_each_other_are_invalid(values: tuple[int, int, int]) -> None:
    (found,) = readings((0, values))
    assert [(one.value, one.quality) for one in found] == [(None, INVALID)] * 4


def test_a_missing_value_leaves_the_others() -> None:
    (found,) = readings((0, (12400, 7100, NONE)), rate=NONE)
    assert [one.value for one in found] == [124, 71, None, None]
    assert [one.quality for one in found] == [DOUBTED, DOUBTED, GONE, GONE]


def test_zero_is_no_pressure_and_no_rate() -> None:
    (found,) = readings((0, (0, 0, 0)), rate=0)
    assert [(one.value, one.quality) for one in found] == [(None, GONE)] * 4
