from __future__ import annotations

import pytest
from beds import limits_shipped
from hypothesis import given
from hypothesis import strategies as st

from monitoring.age import age
from monitoring.limits import Range
from monitoring.profiles import Chosen, Profiles, by_age, by_band, in_force, still, unknown
from vitals.measure import Measure
from vitals.vocabulary import Phase, Ventilation

RULES = limits_shipped()
SBP, MAP, RATE = Measure.NIBP_SYSTOLIC, Measure.NIBP_MEAN, Measure.PULSE_RATE
SPONTANEOUS, CONTROLLED = Ventilation
AGES = st.one_of(
    st.integers(0, 60).map(lambda n: f"{n}d"),
    st.integers(1, 60).map(lambda n: f"{n}m"),
    st.integers(1, 110).map(lambda n: f"{n}y"),
)


def chosen(text: str) -> Chosen:
    return by_age(RULES, age(text))


def test_a_case_takes_the_limits_of_its_band_with_the_outer_ones() -> None:
    assert chosen("4y").limits == {
        Measure.SPO2: Range(lo=92, ext_lo=85),
        Measure.PULSE_RATE: Range(lo=70, hi=155, ext_lo=60, ext_hi=185),
        Measure.HEART_RATE: Range(lo=70, hi=155, ext_lo=60, ext_hi=185),
        SBP: Range(lo=69, hi=115),
        MAP: Range(lo=42),
        Measure.ETCO2: Range(lo=3.3, hi=7.5),
        Measure.FICO2: Range(hi=0.7),
    }
    assert chosen("4y").profiles == Profiles(
        controlled={Measure.ETCO2: Range(lo=4.0, hi=6.7)},
        recovery={
            Measure.SPO2: Range(lo=94, ext_lo=85),
            Measure.PULSE_RATE: Range(lo=70, hi=155, ext_lo=60),
            Measure.HEART_RATE: Range(lo=70, hi=155, ext_lo=60),
            SBP: Range(lo=78, hi=115),
            MAP: Range(lo=42),
            Measure.RESPIRATORY_RATE: Range(lo=15),
        },
        apnoea_s=20,
        oxygen_lo=92,
    )


@pytest.mark.parametrize(
    ("text", "under", "recovery"),
    [
        ("20d", (50, 32), 60),
        ("27d", (50, 32), 60),
        ("28d", (60, 37), 70),
        ("11m", (60, 37), 70),
        ("12m", (63, 40), 72),
        ("23m", (63, 40), 72),
        ("2y", (65, 42), 74),
        ("59m", (69, 42), 78),
        ("10y", (79, 48), 90),
        ("11y", (82, 48), 90),
        ("17y", (86, 56), 90),
        ("18y", (90, 60), 90),
        ("80y", (90, 60), 90),
    ],
)
def test_blood_pressure_is_chosen_by_the_year(
    text: str, under: tuple[float, float], recovery: float
) -> None:
    found = chosen(text)
    assert (found.limits[SBP].lo, found.limits[MAP].lo) == under
    assert found.profiles.recovery[SBP].lo == recovery


@pytest.mark.parametrize(
    ("text", "lo"), [("6m", 20), ("1y", 15), ("4y", 15), ("5y", 12), ("12y", 10), ("18y", 8)]
)
def test_slow_breath_in_recovery_is_chosen_by_age(text: str, lo: float) -> None:
    assert chosen(text).profiles.recovery[Measure.RESPIRATORY_RATE].lo == lo


@pytest.mark.parametrize(("text", "least"), [("20d", 100), ("5m", 100), ("6m", None), ("2y", None)])
def test_the_rate_that_is_shown_belongs_to_the_first_half_year(
    text: str, least: float | None
) -> None:
    found = chosen(text)
    for limits in (found.limits, found.profiles.recovery):
        assert limits[RATE].notice_lo == limits[Measure.HEART_RATE].notice_lo == least


@pytest.mark.parametrize(
    ("text", "unusual"), [("0d", True), ("27d", True), ("2m", True), ("3m", False), ("4y", False)]
)
def test_who_is_younger_than_three_months_is_outside_the_usual_patients(
    text: str,
    unusual: bool,  # noqa: FBT001 - a parameter of a table
) -> None:
    assert chosen(text).profiles.unusual == unusual


@given(AGES, AGES)
def test_low_pressures_never_fall_with_age_and_rates_never_rise(one: str, other: str) -> None:
    young, old = (by_age(RULES, patient) for patient in sorted((age(one), age(other))))
    for measure in (SBP, MAP):
        assert (young.limits[measure].lo or 0) <= (old.limits[measure].lo or 0)
    assert (young.profiles.recovery[SBP].lo or 0) <= (old.profiles.recovery[SBP].lo or 0)
    assert (young.limits[RATE].lo or 0) >= (old.limits[RATE].lo or 0)


@given(AGES)
def test_every_age_has_limits_and_none_of_oxygen_below_the_floor(text: str) -> None:
    found = chosen(text)
    for limits in (found.limits, found.profiles.recovery):
        assert (limits[Measure.SPO2].lo or 0) >= 85
        assert limits[Measure.SPO2].ext_lo == 85
    assert found.profiles.apnoea_s in (15, 20)


def test_nothing_known_is_held_to_the_same_in_recovery_but_for_the_outer_upper_limit() -> None:
    found = unknown(RULES)
    rate, awake = Range(60, 200, 35, 220), Range(60, 200, 35)
    known = {Measure.SPO2: Range(lo=92, ext_lo=85), SBP: Range(lo=50), MAP: Range(lo=32)}
    rates = (Measure.PULSE_RATE, Measure.HEART_RATE)
    assert found.limits == {**known, **dict.fromkeys(rates, rate)}
    assert found.profiles == Profiles({}, {**known, **dict.fromkeys(rates, awake)}, 20)


def test_what_is_extreme_where_no_age_is_known_is_so_at_every_age() -> None:
    found, bands = unknown(RULES).limits, RULES.bands
    assert found[RATE].ext_lo == min(band.hr.ext_lo for band in bands)
    assert found[RATE].ext_hi == max(band.hr.ext_hi for band in bands)
    years = [(row.sbp_lo, row.map_lo) for row in RULES.pressures]
    lows = [(band.sbp.lo, band.map.lo) for band in bands] + years
    assert found[SBP].lo == min(low for low, _ in lows)
    assert found[MAP].lo == min(low for _, low in lows)


@pytest.mark.parametrize(
    ("phase", "ventilation", "lo"),
    [
        (Phase.DURING, None, 3.3),
        (Phase.DURING, SPONTANEOUS, 3.3),
        (Phase.DURING, CONTROLLED, 4.0),
        (Phase.RECOVERY, SPONTANEOUS, None),
        (Phase.RECOVERY, CONTROLLED, None),
    ],
)
def test_etco2_is_held_to_the_limits_of_who_breathes_and_to_none_in_recovery(
    phase: Phase, ventilation: Ventilation | None, lo: float | None
) -> None:
    found = chosen("4y")
    limits = in_force(found.limits, found.profiles, phase, ventilation)
    assert limits.get(Measure.ETCO2, Range()).lo == lo


@pytest.mark.parametrize("phase", Phase)
def test_a_case_of_before_keeps_its_limits_in_every_phase(phase: Phase) -> None:
    limits = {Measure.SPO2: Range(lo=92, ext_lo=85)}
    assert in_force(limits, Profiles(), phase, CONTROLLED) == limits


@given(AGES)
def test_what_was_chosen_on_a_list_holds_while_the_rules_would_choose_it(text: str) -> None:
    found, band = chosen(text), RULES.band(age(text))
    assert still(RULES, band, found) == found


def test_what_other_rules_chose_gives_way_to_the_band() -> None:
    band = RULES.band(age("4y"))
    other = Chosen({Measure.SPO2: Range(lo=86)}, Profiles())
    assert still(RULES, band, other) == still(RULES, band, None) == by_band(RULES, band)
