from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.simulated.course import Course, Ramp, Ripple, Steps

TIMES = st.floats(0, 50)
RAMPS = st.lists(st.builds(Ramp, TIMES, st.floats(50, 200), st.floats(0, 20)), max_size=5)


def summed(course: Course | Ripple, until_s: float) -> float:
    """Integrate by midpoints of a millisecond."""
    steps = round(until_s * 1000)
    return sum(course.at((step + 0.5) / 1000) for step in range(steps)) / 1000


def test_a_ramp_moves_in_a_straight_line_and_stays() -> None:
    course = Course(98, [Ramp(6, 90, 2)])
    assert [course.at(t) for t in (0, 6, 7, 8, 100)] == [98, 98, 94, 90, 90]


def test_a_ramp_of_no_length_is_a_jump() -> None:
    course = Course(98, [Ramp(6, 90, 0)])
    assert [course.at(t) for t in (5.999, 6)] == [98, 90]


def test_a_ramp_begins_where_the_one_before_was_cut_off() -> None:
    course = Course(100, [Ramp(0, 50, 10), Ramp(5, 85, 10)])
    assert [course.at(t) for t in (5, 10, 15, 20)] == [75, 80, 85, 85]


def test_a_period_begins_anew() -> None:
    course = Course(100, [Ramp(2, 50, 2)], period_s=10)
    assert [course.at(t) for t in (9, 10, 13, 23)] == [50, 100, 75, 75]
    assert course.area(25) == pytest.approx(2 * course.area(9.9999999) + course.area(5))


@given(RAMPS, st.floats(0, 5))
def test_the_area_is_the_integral(ramps: list[Ramp], until_s: float) -> None:
    course = Course(100, ramps)
    assert course.area(until_s) == pytest.approx(summed(course, until_s), abs=0.3)


@given(RAMPS, TIMES, TIMES)
def test_the_area_of_a_positive_value_never_falls(
    ramps: list[Ramp], one: float, other: float
) -> None:
    course = Course(100, ramps)
    assert course.area(min(one, other)) <= course.area(max(one, other)) + 1e-6


@given(st.integers(0, 1000), TIMES)
def test_a_ripple_stays_within_its_amplitude(seed: int, at_s: float) -> None:
    assert abs(Ripple(0.6, (19.0, 47.0), Random(seed)).at(at_s)) <= 0.6


def test_the_area_of_a_ripple_is_its_integral() -> None:
    ripple = Ripple(2, (3.0, 7.0), Random(1))
    assert ripple.area(0) == 0
    assert ripple.area(4.321) == pytest.approx(summed(ripple, 4.321), abs=0.01)


def test_a_state_changes_at_its_moment() -> None:
    steps = Steps("on", [(8, "on"), (3, "off")], period_s=10)
    assert [steps.at(t) for t in (0, 2.999, 3, 7.999, 8, 10, 13)] == [
        "on", "on", "off", "off", "on", "on", "off",
    ]  # fmt: skip
