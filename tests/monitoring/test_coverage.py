from __future__ import annotations

import pytest
from beds import at
from courses import (
    CO2,
    NIBP,
    SPO2,
    WORDS,
    account,
    anaesthetic,
    gap,
    never,
    placed,
    record,
    row,
    said,
    told,
)
from hypothesis import given
from hypothesis import strategies as st

from monitoring.case import Case
from monitoring.coverage import Covered
from monitoring.gaps import Gap, Record
from vitals import deeds
from vitals.measure import Measure
from vitals.vocabulary import Airway, GapCause, Modality, Phase

CUFF, DOWN, OFF = GapCause.CUFF_SAME_LIMB, GapCause.RECORDER_DOWN, GapCause.NOT_ATTACHED
TEN = anaesthetic(600)
"""Ten minutes, of which eight are required."""
LONG = anaesthetic(2000, code="3023")


def pressure(measure: Measure = Measure.NIBP_SYSTOLIC) -> deeds.Measured:
    return deeds.Measured(measure=measure, value=110)


def oximetry(*gaps: Gap, case: Case = TEN) -> Covered:
    return row(account(case, record(*gaps)), SPO2)


def cuff(*gaps: Gap, case: Case = LONG) -> Covered:
    return row(account(case, record(*gaps)), NIBP)


def parts(found: Covered) -> tuple[float, float, float, float]:
    return found.required_s, found.covered_s, found.uncovered_s, found.undocumented_s


def test_what_has_no_gap_is_covered() -> None:
    assert parts(oximetry()) == (480, 480, 0, 0)


def test_what_of_a_gap_lies_in_the_required_span_is_uncovered_and_told_with_its_cause() -> None:
    found = oximetry(gap(SPO2, (90, 150)), gap(SPO2, (300, 340), GapCause.INVALID))
    assert parts(found) == (480, 410, 70, 0)
    told_ = [(hole.stretch.seconds, hole.causes) for hole in found.holes]
    assert told_ == [(30, (OFF,)), (40, (GapCause.INVALID,))]
    assert found.longest_s == 40


def test_a_gap_before_the_start_or_after_the_end_costs_nothing() -> None:
    assert parts(oximetry(gap(SPO2, (-200, -1)), gap(SPO2, (600, None)))) == (480, 480, 0, 0)


def test_a_gap_of_another_modality_costs_nothing() -> None:
    assert oximetry(never(CO2)).uncovered_s == 0


@pytest.mark.parametrize(("until", "uncovered_s"), [(360, 0), (360.1, 60.1)])
def test_a_cuff_on_the_same_limb_costs_nothing_up_to_a_minute_and_is_listed(
    until: float, uncovered_s: float
) -> None:
    found = oximetry(gap(SPO2, (300, until), CUFF))
    assert found.uncovered_s == pytest.approx(uncovered_s)
    assert [hole.causes for hole in found.holes] == [(CUFF,)]


def test_each_of_many_cuff_gaps_is_excused_for_itself() -> None:
    assert oximetry(*(gap(SPO2, (n, n + 45), CUFF) for n in (150, 250, 350))).uncovered_s == 0


def test_a_dead_recorder_is_counted_apart() -> None:
    found = oximetry(
        gap(SPO2, (200, 300)),
        gap(SPO2, (300, 400), DOWN, readings=(False, False)),
    )
    assert parts(found) == (480, 280, 100, 100)
    assert (found.longest_s, found.unwatched_s) == (200, 100)


def test_what_was_before_the_record_is_not_documented() -> None:
    found = row(account(TEN, record(since=360)), SPO2)
    assert parts(found) == (480, 240, 0, 240)


def test_without_a_record_nothing_is_documented_and_nothing_was_seen() -> None:
    found = row(account(TEN, None), SPO2)
    assert parts(found) == (480, 0, 0, 480)
    assert not found.seen


@pytest.mark.parametrize(
    ("off", "readings", "seen"),
    [
        ((-300, None), (False, False), False),
        ((-300, 600), (False, True), True),
        ((-300, 601), (False, True), False),
        ((120, None), (True, False), True),
        ((119, None), (True, False), False),
        ((-300, 599), (False, False), True),
    ],
)
def test_there_was_a_reading_if_anything_is_covered_or_a_gap_begins_or_ends_at_one_inside(
    off: tuple[float, float | None], readings: tuple[bool, bool], *, seen: bool
) -> None:
    assert oximetry(gap(SPO2, off, readings=readings)).seen is seen


def test_blood_pressure_that_nobody_took_is_uncovered_and_never_seen() -> None:
    found = cuff(never(NIBP))
    assert parts(found) == (1880, 0, 1880, 0)
    assert not found.seen


@pytest.mark.parametrize(("first", "uncovered_s"), [(480, 0), (481, 361)])
def test_the_first_blood_pressure_is_due_an_interval_after_it_is_required(
    first: float, uncovered_s: float
) -> None:
    assert cuff(gap(NIBP, (-300, first), readings=(False, True))).uncovered_s == uncovered_s


def test_the_last_blood_pressure_holds_for_its_interval_though_the_cuff_came_off() -> None:
    assert cuff(gap(NIBP, (1640, None))).uncovered_s == 0
    assert cuff(gap(NIBP, (1639, None))).uncovered_s == 361


@pytest.mark.parametrize("measure", [Measure.NIBP_SYSTOLIC, Measure.NIBP_MEAN])
def test_a_blood_pressure_typed_in_cuts_a_gap(measure: Measure) -> None:
    late = said(LONG, (800, pressure(measure)))
    found = cuff(gap(NIBP, (500, 1200)), case=late)
    assert found.uncovered_s == 400
    assert [hole.stretch.begin for hole in found.holes] == [at(800)]


def test_blood_pressures_typed_in_often_enough_cover_and_were_seen() -> None:
    typed = [(float(n), pressure()) for n in range(300, 2000, 300)]
    found = cuff(never(NIBP), case=said(LONG, *typed))
    assert (found.uncovered_s, found.seen) == (0, True)


def test_one_typed_in_while_the_recorder_was_down_counts_as_well() -> None:
    down = gap(NIBP, (300, 900), DOWN, readings=(False, False))
    assert cuff(down).undocumented_s == 600
    assert cuff(down, case=said(LONG, (600, pressure()))).undocumented_s == 0


def test_a_saturation_typed_in_cuts_no_gap_of_what_is_watched_all_the_time() -> None:
    typed = deeds.Measured(measure=Measure.SPO2, value=97)
    found = oximetry(gap(SPO2, (200, 400)), case=said(TEN, (300, typed)))
    assert (found.uncovered_s, len(found.holes)) == (200, 1)


def test_a_typed_number_that_was_corrected_covers_nothing() -> None:
    case = said(LONG, (800, pressure()))
    struck = said(case, (2001, deeds.Correct(entry=3, reason="other patient")))
    assert cuff(gap(NIBP, (500, 1200)), case=struck).uncovered_s == 700


def test_a_late_airway_entry_is_held_to_what_was_on_record_all_along() -> None:
    case = anaesthetic(900, code="3022")
    kept = record(gap(CO2, (400, 500)))
    assert [one.due.modality for one in account(case, kept).rows].count(CO2) == 1
    found = row(account(said(case, (300, placed())), kept), CO2)
    assert parts(found) == (600, 500, 100, 0)


def test_observation_is_attested_by_name_and_has_no_row() -> None:
    case = said(
        anaesthetic(600, (300, deeds.Relieve(to="KH"))),
        (700, deeds.Recover()),
        (900, deeds.HandOver(to="MK", instruction="as usual", bp_lowering=False)),
        (1500, WORDS),
    )
    found = account(case, record())
    assert [(one.phase, one.by) for one in found.attested] == [
        (Phase.DURING, ("AS", "KH")),
        (Phase.RECOVERY, ("AS", "MK")),
    ]
    assert Modality.CLINICAL_OBSERVATION not in {one.due.modality for one in found.rows}


def test_waivers_are_listed_with_their_reason_and_who_waived() -> None:
    case = told(
        (0, deeds.Begin(anyway=True)),
        (10, deeds.Waive(modality=NIBP, reason="no cuff fits")),
        (600, deeds.Finish()),
        (700, deeds.Recover(device_in_place=True, reason="bleeding")),
        (800, deeds.Explain(reason="the mother agreed")),
    )
    assert [
        (one.what, one.modality, one.reason, one.by) for one in account(case, None).waivers
    ] == [
        ("begin", None, "the mother agreed", "AS"),
        ("waive", NIBP, "no cuff fits", "AS"),
        ("recover", None, "bleeding", "AS"),
    ]


def test_a_case_in_which_nothing_was_begun_has_nothing_to_judge() -> None:
    assert not account(told((0, deeds.Prepare())), record()).begun
    assert account(TEN, record()).begun


OFFS = st.lists(
    st.tuples(
        st.integers(-300, 1500),
        st.integers(0, 400),
        st.sampled_from([SPO2, CO2, NIBP]),
        st.sampled_from([OFF, CUFF, DOWN]),
    ),
    max_size=12,
)
ENTRIES = st.lists(
    st.tuples(
        st.integers(1, 1200),
        st.sampled_from(
            [
                placed(),
                placed(Airway.NONE),
                pressure(),
                deeds.Rebook(code="3023", reason="more"),
                deeds.Relax(),
                deeds.Attest(),
                deeds.Correct(entry=2, reason="slip"),
            ]
        ),
    ),
    max_size=6,
)


def kept(offs: list[tuple[int, int, Modality, GapCause]]) -> Record:
    return record(*(gap(one, (begin, begin + long), why) for begin, long, one, why in offs))


@given(OFFS, ENTRIES, st.integers(0, 2000))
def test_whatever_was_entered_the_parts_make_up_what_was_required_and_none_is_negative(
    offs: list[tuple[int, int, Modality, GapCause]],
    entries: list[tuple[int, deeds.Said]],
    now: int,
) -> None:
    case = said(anaesthetic(1200, code="3022"), *((float(n), deed) for n, deed in entries))
    for found in account(case, kept(offs), now=float(now)).rows:
        three = (found.covered_s, found.uncovered_s, found.undocumented_s)
        assert min(three) >= 0
        assert sum(three) == pytest.approx(found.required_s, abs=1e-6)
        assert found.longest_s <= found.required_s + 1e-6


@given(OFFS, st.integers(1, 900))
def test_an_airway_entered_late_comes_to_the_same_as_one_entered_in_time(
    offs: list[tuple[int, int, Modality, GapCause]], placed_at: int
) -> None:
    there = (float(placed_at), placed())
    late = account(said(anaesthetic(900, code="3022"), there), kept(offs))
    timely = account(anaesthetic(900, there, code="3022"), kept(offs))
    assert late.rows == timely.rows


@given(OFFS, st.integers(1, 900))
def test_a_struck_airway_comes_to_the_same_as_none(
    offs: list[tuple[int, int, Modality, GapCause]], placed_at: int
) -> None:
    plain = anaesthetic(900, code="3022")
    slip = said(plain, (float(placed_at), placed()))
    struck = said(slip, (901, deeds.Correct(entry=3, reason="slip")))
    assert account(struck, kept(offs)).rows == account(plain, kept(offs)).rows


def test_where_nothing_was_ever_measured_nothing_is_covered_also_before_it_was_due() -> None:
    case = anaesthetic(166, code="3023")
    unseen = row(account(case, record(never(NIBP))), NIBP)
    assert (unseen.required_s, unseen.covered_s, unseen.uncovered_s) == (46, 0, 46)
    taken = row(account(case, record(gap(NIBP, (10, None)))), NIBP)
    assert (taken.covered_s, taken.uncovered_s) == (46, 0)


def test_what_was_never_measured_is_a_gap_however_short_of_whatever_kind_it_is() -> None:
    case = anaesthetic(166, code="3023")
    (unseen,) = row(account(case, record(never(NIBP))), NIBP).holes
    assert (unseen.stretch.seconds, unseen.documented) == (46, True)
    unknown = row(account(case, None), NIBP)
    assert parts(unknown) == (46, 0, 0, 46)
    assert row(account(case, record(gap(NIBP, (10, None)))), NIBP).holes == ()
