"""How far the limits of a patient may be set at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from beds import limits_shipped, text

from monitoring.age import age
from monitoring.latitude import LOWER, WATCHED, Reach, of
from monitoring.limits import limit_set
from monitoring.profiles import Chosen, Limits, by_age, by_band, unknown
from vitals.limits import Bound
from vitals.measure import Measure
from vitals.rows import RowsError

RULES = limits_shipped()
SHARE = {Measure.FICO2: 2.0}


class Preset(NamedTuple):
    """One limit as it was chosen by age."""

    measure: Measure
    bound: Bound
    value: float

    @property
    def reach(self) -> Reach:
        return of(RULES.latitudes, self.measure).reach(self.bound, self.value)


def chosen() -> Iterator[Chosen]:
    yield unknown(RULES)
    yield from (by_band(RULES, band) for band in RULES.bands)
    yield from (by_age(RULES, age(f"{row.age}y")) for row in RULES.pressures)


def presets(limits: Limits) -> Iterator[Preset]:
    for measure, given in limits.items():
        values = ((bound, getattr(given, bound)) for bound in Bound)
        yield from (Preset(measure, bound, v) for bound, v in values if v is not None)


EVERY = sorted(
    {
        preset
        for one in chosen()
        for limits in (one.limits, one.profiles.controlled, one.profiles.recovery)
        for preset in presets(limits)
    }
)


def test_every_limit_of_every_age_and_profile_can_be_set_both_ways() -> None:
    for one in EVERY:
        assert one.value in one.reach
        assert one.reach.least < one.value < one.reach.most, one


def test_no_limit_can_be_set_so_wide_that_it_is_as_good_as_off() -> None:
    for one in EVERY:
        share = SHARE.get(one.measure, 0.5)
        if one.bound in LOWER:
            assert one.reach.least >= one.value * (1 - share), one
        else:
            assert one.reach.most <= one.value * (1 + share), one


@pytest.mark.parametrize(
    ("years", "measure", "bound", "least", "most"),
    [
        ("4y", Measure.PULSE_RATE, Bound.LO, 35, 180),
        ("4y", Measure.HEART_RATE, Bound.EXT_LO, 30, 170),
        ("40y", Measure.PULSE_RATE, Bound.LO, 30, 180),
        ("40y", Measure.PULSE_RATE, Bound.EXT_LO, 20, 170),
        ("4y", Measure.PULSE_RATE, Bound.HI, 60, 232.5),
        ("40y", Measure.NIBP_SYSTOLIC, Bound.LO, 45, 140),
        ("40y", Measure.NIBP_MEAN, Bound.LO, 30, 100),
        ("4y", Measure.SPO2, Bound.LO, 60, 100),
        ("4y", Measure.ETCO2, Bound.HI, 5, 11.25),
    ],
)
def test_a_limit_is_set_within_its_row_and_no_wider_than_its_share_of_that_by_age(
    years: str, measure: Measure, bound: Bound, least: float, most: float
) -> None:
    preset = getattr(by_age(RULES, age(years)).limits[measure], bound)
    assert of(RULES.latitudes, measure).reach(bound, preset) == Reach(least, most)


def test_what_was_chosen_by_age_is_in_reach_whatever_a_row_says() -> None:
    row = of(RULES.latitudes, Measure.PULSE_RATE)
    for bound in Bound:
        for preset in (1.0, 19.0, 61.0, 170.0, 261.0, 500.0):
            assert preset in row.reach(bound, preset)


def test_everything_that_an_alarm_has_a_limit_for_has_a_row() -> None:
    rows = {row.measure: row for row in RULES.latitudes}
    assert rows.keys() == WATCHED.keys()
    assert {(one.measure, one.bound) for one in EVERY} == {
        (measure, bound)
        for listed, bounds in WATCHED.items()
        for measure in (listed, *([Measure.HEART_RATE] if listed is Measure.PULSE_RATE else []))
        for bound in bounds
    }


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ('[[settable]]\nmeasure = "fico2"', '[[x]]\nmeasure = "fico2"', "'fico2' is missing"),
        ("hi = { least = 0.3, most = 2.0 }", "lo = { least = 0.3, most = 2.0 }", "hi, lo: "),
        ("least = 0.3, most = 2.0", "least = 3, most = 2.0", "least < most does not hold"),
        ('measure = "respiratory_rate"', 'measure = "nibp_mean"', "stands twice"),
        ("share = 2.0", "share = 0", "share"),
    ],
)
def test_a_row_that_cannot_be_is_named(was: str, now: str, said: str) -> None:
    shipped = text("limits.toml")
    assert was in shipped
    with pytest.raises(RowsError) as refused:
        limit_set(shipped.replace(was, now), "limits.toml")
    assert any(said in line for line in refused.value.errors)
