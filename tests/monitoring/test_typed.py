from __future__ import annotations

from functools import cache

import pytest
from beds import at, text
from told import case, course

from monitoring.case import Case
from monitoring.typed import TypedRules, impossible, typed_rules
from vitals.deeds import Measured, Pair, Said
from vitals.measure import Measure
from vitals.rows import RowsError

SHIPPED = text("typed.toml")


@cache
def rules() -> TypedRules:
    return typed_rules(SHIPPED, "typed.toml")


def why(deed: Said, of: Case | None = None, second: float = 0.0) -> str:
    found = impossible(rules(), of or case(), deed, at(second))
    return found.detail if found else ""


@pytest.mark.parametrize("measure", Measure)
def test_each_measure_has_a_range_and_what_lies_outside_is_answered_with_it(
    measure: Measure,
) -> None:
    row = rules().bounds[measure]
    for value in (row.lowest, row.highest):
        assert why(Measured(measure=measure, value=value)) == ""
    for value in (row.lowest - 0.1, row.highest + 0.1):
        told = why(Measured(measure=measure, value=value))
        assert told.startswith(f"{measure} {value:g} {measure.form.written}".rstrip() + ": ")
        assert f"expected {row.lowest:g} to {row.highest:g}" in told
        assert "\n" not in told


@pytest.mark.parametrize(
    ("spo2", "high", "low", "says"),
    [
        (98, 120, 70, ""),
        (101, 120, 70, "spo2 101"),
        (98, 120, 120, "nibp_systolic 120 is not above nibp_diastolic 120"),
        (98, 70, 120, "nibp_systolic 70 is not above nibp_diastolic 120"),
        (98, 301, 70, "expected 10 to 300"),
    ],
)
def test_a_pair_is_held_to_the_ranges_and_the_first_pressure_is_the_higher(
    spo2: float, high: float, low: float, says: str
) -> None:
    told = why(Pair(spo2=spo2, systolic=high, diastolic=low))
    assert (says in told) if says else told == ""


def pressure(measure: Measure, value: float) -> Measured:
    return Measured(measure=measure, value=value)


@pytest.mark.parametrize(
    ("measure", "value", "says"),
    [
        (Measure.NIBP_DIASTOLIC, 119, ""),
        (Measure.NIBP_DIASTOLIC, 120, "is not above nibp_diastolic 120"),
        (Measure.NIBP_MEAN, 120, ""),
        (Measure.NIBP_MEAN, 121, "is not above nibp_mean 121"),
        (Measure.ART_DIASTOLIC, 200, ""),
    ],
)
def test_pressures_that_are_typed_together_are_held_to_each_other(
    measure: Measure, value: float, says: str
) -> None:
    before = course(case(), [pressure(Measure.NIBP_SYSTOLIC, 120)])
    told = why(pressure(measure, value), before, 60)
    assert (says in told) if says else told == ""


def test_a_mean_lies_between_the_two_others() -> None:
    both = [pressure(Measure.NIBP_SYSTOLIC, 120), pressure(Measure.NIBP_DIASTOLIC, 70)]
    before = course(case(), both, every_s=1)
    assert why(pressure(Measure.NIBP_MEAN, 87), before, 2) == ""
    assert "nibp_mean 69 is not above nibp_diastolic 70" in why(
        pressure(Measure.NIBP_MEAN, 69), before, 2
    )


def test_a_pressure_of_another_moment_says_nothing_of_this_one() -> None:
    before = course(case(), [pressure(Measure.NIBP_SYSTOLIC, 60)])
    assert why(pressure(Measure.NIBP_DIASTOLIC, 70), before, 60.1) == ""


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('measures = ["mac"]', 'measures = ["spo2"]', "'mac' is missing: add it"),
        ("lowest = 13.0", "lowest = 99.0", "lowest: 99 is not below highest"),
        ("together_s = 60.0", "", "together_s: is missing"),
        ('id = "typed.mac"', 'id = "typed.tof"', "stands twice"),
    ],
)
def test_a_fault_of_a_range_is_named(old: str, new: str, fault: str) -> None:
    assert old in SHIPPED
    with pytest.raises(RowsError) as found:
        typed_rules(SHIPPED.replace(old, new, 1), "typed.toml")
    assert fault in "\n".join(found.value.errors)


def test_no_range_is_approved_by_anybody() -> None:
    assert 'proposal = true\napproved_by = ""' in SHIPPED
