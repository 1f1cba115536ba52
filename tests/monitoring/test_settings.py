from __future__ import annotations

import pytest
from beds import at, limits_shipped
from courses import anaesthetic, told
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from monitoring.age import age
from monitoring.bedside import Bedside, bedside, held_to
from monitoring.case import Case
from monitoring.limits import Range
from monitoring.profiles import Chosen, by_age, by_band, unknown
from monitoring.settings import (
    Setting,
    applied,
    chosen,
    fitting,
    merged,
    outside,
    profile_of,
    together,
    wider,
)
from vitals import deeds
from vitals.limits import Bound, Profile
from vitals.measure import Measure
from vitals.vocabulary import Phase, Ventilation

RULES = limits_shipped()
CHILD = by_age(RULES, age("4y"))
SPO2, RATE, SBP, ETCO2 = (
    Measure.SPO2,
    Measure.PULSE_RATE,
    Measure.NIBP_SYSTOLIC,
    Measure.ETCO2,
)
AWAKE = (0.0, deeds.Begin()), (60.0, deeds.Finish()), (70.0, deeds.Recover())


def setting(
    measure: Measure,
    bound: Bound,
    value: float | None,
    profile: Profile = Profile.ANAESTHESIA,
) -> Setting:
    return Setting(profile, measure, bound, value, "AS", "heart disease", at(0))


def case(*settings: Setting, found: Chosen = CHILD) -> Case:
    return structs.replace(
        anaesthetic(600.0), limits=found.limits, profiles=found.profiles, settings=settings
    )


def held(one: Case, phase: Phase = Phase.DURING, *, oxygen: bool = False) -> dict[Measure, Range]:
    return held_to(one, phase, Bedside(oxygen=oxygen))


def banded(before: Chosen, after: Chosen, settings: tuple[Setting, ...]) -> tuple[Setting, ...]:
    """Return what another band leaves of settings that were made in the band before it."""
    made = [
        structs.replace(one, preset=getattr(there.get(one.measure), one.bound, None))
        for one in settings
        for there in [chosen(before.limits, before.profiles, one.profile)]
    ]
    kept = fitting(after.limits, after.profiles, tuple(made))
    return tuple(structs.replace(one, preset=None) for one in kept)


def test_what_was_set_stands_in_the_place_of_its_bound_alone() -> None:
    one = case(setting(SPO2, Bound.LO, 88), setting(RATE, Bound.HI, 180))
    assert held(one)[SPO2] == Range(lo=88, ext_lo=85)
    assert held(one)[RATE] == Range(lo=70, hi=180, ext_lo=60, ext_hi=185)
    assert held(one)[SBP] == CHILD.limits[SBP]


def test_what_was_set_for_anaesthesia_is_not_carried_into_recovery() -> None:
    one = case(setting(SPO2, Bound.LO, 88))
    assert held(one, Phase.RECOVERY)[SPO2] == Range(lo=94, ext_lo=85)
    two = case(setting(SPO2, Bound.LO, 90, Profile.RECOVERY))
    assert (held(two)[SPO2].lo, held(two, Phase.RECOVERY)[SPO2].lo) == (92, 90)


def test_a_limit_that_is_off_alarms_no_more() -> None:
    assert held(case(setting(SBP, Bound.HI, None)))[SBP] == Range(lo=69)


@pytest.mark.parametrize(
    ("phase", "ventilation", "measure", "profile"),
    [
        (Phase.DURING, None, ETCO2, Profile.ANAESTHESIA),
        (Phase.DURING, Ventilation.CONTROLLED, ETCO2, Profile.CONTROLLED),
        (Phase.DURING, Ventilation.CONTROLLED, SPO2, Profile.ANAESTHESIA),
        (Phase.RECOVERY, Ventilation.CONTROLLED, SPO2, Profile.RECOVERY),
    ],
)
def test_a_limit_is_set_in_the_profile_that_it_comes_from_just_now(
    phase: Phase, ventilation: Ventilation | None, measure: Measure, profile: Profile
) -> None:
    assert profile_of(CHILD.profiles, phase, ventilation, measure) is profile
    there = chosen(CHILD.limits, CHILD.profiles, profile)
    one = case(setting(measure, Bound.LO, (there[measure].lo or 0) - 1, profile))
    now = held_to(one, phase, Bedside(ventilation=ventilation))
    assert now[measure].lo == (there[measure].lo or 0) - 1


def test_pulse_and_heart_rate_are_one_limit() -> None:
    assert together(RATE, CHILD.limits) == (RATE, Measure.HEART_RATE)
    assert together(Measure.HEART_RATE, {RATE: Range(lo=70)}) == (RATE,)
    assert together(SPO2, CHILD.limits) == (SPO2,)


def test_the_newest_of_one_limit_counts_and_one_as_by_age_is_none() -> None:
    first = merged((), [setting(SPO2, Bound.LO, 88)], CHILD.limits)
    second = merged(first, [setting(SPO2, Bound.LO, 90)], CHILD.limits)
    assert [one.value for one in second] == [90]
    assert merged(second, [setting(SPO2, Bound.LO, 92)], CHILD.limits) == ()


def test_another_band_keeps_what_goes_with_it_and_gives_up_what_does_not() -> None:
    settings = (setting(SPO2, Bound.LO, 88), setting(RATE, Bound.LO, 145))
    adult = by_band(RULES, RULES.band(age("40y")))
    kept = banded(CHILD, adult, settings)
    assert [(one.measure, one.value) for one in kept] == [(SPO2, 88)]
    infant = by_band(RULES, RULES.band(age("2m")))
    assert banded(CHILD, infant, settings) == settings
    nothing_but_oxygen = {SPO2: Range(lo=92, ext_lo=85)}
    sixty = (setting(SPO2, Bound.EXT_LO, 80), setting(SBP, Bound.LO, 60))
    assert banded(CHILD, Chosen(nothing_but_oxygen, CHILD.profiles), sixty) == sixty[:1]


def test_another_band_keeps_no_limit_that_is_wider_from_it_than_it_was_set() -> None:
    nobody_knows, adult = unknown(RULES), by_band(RULES, RULES.band(age("40y")))
    low, high = setting(SBP, Bound.LO, 45), setting(RATE, Bound.HI, 205)
    assert banded(nobody_knows, adult, (low,)) == ()
    assert banded(nobody_knows, CHILD, (high, setting(RATE, Bound.EXT_HI, 225))) == ()
    assert banded(adult, nobody_knows, (low,)) == (low,)
    off = setting(RATE, Bound.EXT_HI, None)
    assert banded(nobody_knows, adult, (off,)) == (off,)
    assert fitting(adult.limits, adult.profiles, (low,)) == (low,)  # a record of before


@pytest.mark.parametrize(
    ("limit", "value", "bound", "extreme"),
    [
        (70, 57, Bound.LO, False),
        (70, 56, Bound.LO, True),
        (70, 90, Bound.LO, False),
        (155, 185, Bound.HI, False),
        (155, 186, Bound.HI, True),
        (155, 100, Bound.HI, False),
        (155, None, Bound.HI, True),
    ],
)
def test_a_limit_stands_out_from_a_fifth_wider_than_by_age_or_off(
    limit: float,
    value: float | None,
    bound: Bound,
    extreme: bool,  # noqa: FBT001 - a parameter of a table
) -> None:
    assert RULES.altering.extreme == 0.2
    assert wider(limit, value, bound, RULES.altering.extreme) is extreme


@pytest.mark.parametrize(
    ("value", "bound", "beyond"),
    [
        (60, Bound.LO, False),
        (59, Bound.LO, True),
        (59, Bound.EXT_LO, True),
        (185, Bound.HI, False),
        (186, Bound.EXT_HI, True),
        (None, Bound.HI, True),
    ],
)
def test_a_limit_stands_out_beyond_what_is_high_at_once_at_that_age(
    value: float | None,
    bound: Bound,
    beyond: bool,  # noqa: FBT001 - a parameter of a table
) -> None:
    assert outside(CHILD.limits[RATE], value, bound) is beyond
    assert not outside(Range(lo=70, hi=155), 1, Bound.LO)


def test_oxygen_lowers_what_spo2_is_held_to_in_recovery_and_nowhere_else() -> None:
    one = case()
    assert held(one, Phase.RECOVERY, oxygen=True)[SPO2] == Range(lo=92, ext_lo=85)
    assert held(one, Phase.RECOVERY)[SPO2] == Range(lo=94, ext_lo=85)
    assert held(one, oxygen=True) == held(one)
    before = case(found=Chosen(CHILD.limits, structs.replace(CHILD.profiles, oxygen_lo=None)))
    assert held(before, Phase.RECOVERY, oxygen=True)[SPO2].lo == 94


def test_what_somebody_set_goes_before_oxygen() -> None:
    one = case(setting(SPO2, Bound.LO, 96, Profile.RECOVERY))
    assert held(one, Phase.RECOVERY, oxygen=True)[SPO2] == Range(lo=96, ext_lo=85)
    deep = case(setting(SPO2, Bound.EXT_LO, 93, Profile.RECOVERY))
    assert held(deep, Phase.RECOVERY, oxygen=True)[SPO2] == Range(lo=94, ext_lo=93)


def test_oxygen_is_what_was_said_last_since_the_anaesthetic_began() -> None:
    def said(*deeds_: tuple[float, deeds.Said]) -> bool:
        return bedside(told(*AWAKE, *deeds_), at(2000)).oxygen

    given, taken = deeds.Oxygen(given=True), deeds.Oxygen(given=False)
    assert not said()
    assert said((80.0, given))
    assert not said((80.0, given), (90.0, taken))
    again = (100.0, deeds.Resume(code="3022")), (200.0, deeds.Finish()), (210.0, deeds.Recover())
    assert not said((80.0, given), *again)
    assert said(*again, (220.0, given))


VALUES = st.one_of(st.none(), st.floats(1, 200, allow_nan=False).map(round))
SETTINGS = st.lists(
    st.builds(
        setting,
        st.sampled_from([*CHILD.limits, Measure.RESPIRATORY_RATE]),
        st.sampled_from(Bound),
        VALUES,
        st.sampled_from(Profile),
    ),
    max_size=6,
)


@given(SETTINGS, st.booleans())
def test_whatever_was_set_there_is_an_answer_and_it_stands_in_order(
    settings: list[Setting],
    oxygen: bool,  # noqa: FBT001 - a parameter of a table
) -> None:
    limits, profiles = applied(CHILD.limits, CHILD.profiles, tuple(settings), oxygen=oxygen)
    for profile in Profile:
        here = chosen(limits, profiles, profile)
        there = chosen(CHILD.limits, CHILD.profiles, profile)
        assert here.keys() == there.keys()
        for one in here.values():
            numbers = [v for v in (one.ext_lo, one.lo, one.hi, one.ext_hi) if v is not None]
            assert numbers == sorted(numbers)
    kept = banded(CHILD, CHILD, tuple(settings))
    assert banded(CHILD, CHILD, kept) == kept
