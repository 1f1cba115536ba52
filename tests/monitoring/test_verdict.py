"""What a case comes to: thresholds are rows of coverage.toml, obligations rows of the services."""

from __future__ import annotations

import pytest
from beds import text
from courses import (
    CO2,
    ECG,
    NIBP,
    PAIR,
    SPO2,
    WORDS,
    Told,
    account,
    anaesthetic,
    gap,
    never,
    placed,
    record,
    rows,
    said,
    told,
)
from followed import Followed
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from monitoring.case import Case
from monitoring.coverage import Account
from monitoring.findings import Finding
from monitoring.gaps import Gap, Record
from monitoring.verdict import Judged, Reason, Why, verdicts
from vitals import deeds
from vitals.reading import Quality
from vitals.vocabulary import (
    Airway,
    Basis,
    CaseKind,
    GapCause,
    Modality,
    Part,
    Phase,
    Side,
    Verdict,
    Weight,
    Word,
)

PASS, REVIEW, FAIL = Verdict.PASS, Verdict.REVIEW, Verdict.FAIL
DOWN, CUFF = GapCause.RECORDER_DOWN, GapCause.CUFF_SAME_LIMB
SHORT = anaesthetic(360)
"""Four minutes required."""
LONG = anaesthetic(2120, code="3023")
"""Two thousand seconds required."""
GIVE = deeds.Give(drug="ropivacaine", site="L5", side=Side.MIDDLE, part=Part.LUMBAR)


def contract(case: Case, *gaps: Gap) -> Judged:
    return judged(account(case, record(*gaps)))


def judged(found: Account, basis: Basis = Basis.CONTRACT) -> Judged:
    (one,) = [each for each in verdicts(found, rows()) if each.basis is basis]
    return one


def only(found: Judged) -> tuple[Verdict, Why, Modality | None]:
    (reason,) = found.reasons
    return reason.result, reason.why, reason.modality


def about(found: Judged, modality: Modality) -> Verdict:
    """Return what a modality alone comes to."""
    results = [one.result for one in found.reasons if one.modality is modality]
    return results[0] if results else PASS


def advisory(modality: Modality, *gaps: Gap, case: Case = LONG) -> Verdict:
    return about(judged(account(case, record(*gaps)), Basis.ADVISORY), modality)


def test_what_was_watched_all_the_time_passes_without_a_reason_on_both_bases() -> None:
    found = verdicts(account(LONG, record()), rows())
    assert [(one.basis, one.result, one.reasons) for one in found] == [
        (Basis.CONTRACT, PASS, ()),
        (Basis.ADVISORY, PASS, ()),
    ]


def test_a_case_in_which_nothing_was_begun_has_no_verdict() -> None:
    assert verdicts(account(told((0, deeds.Prepare())), record()), rows()) == ()


@pytest.mark.parametrize(("gap_s", "result"), [(100, PASS), (100.1, REVIEW)])
def test_a_share_of_95_in_a_hundred_passes(gap_s: float, result: Verdict) -> None:
    assert contract(LONG, gap(SPO2, (500, 500 + gap_s))).result is result


@pytest.mark.parametrize(
    ("gaps", "result"),
    [
        ([(130, 160), (200, 230)], PASS),
        ([(130, 160), (200, 230), (300, 300.1)], REVIEW),
        ([(200, 230.1)], REVIEW),
    ],
)
def test_a_short_case_passes_with_a_minute_unwatched_and_no_gap_above_half_of_one(
    gaps: list[tuple[float, float]], result: Verdict
) -> None:
    assert contract(SHORT, *(gap(SPO2, one) for one in gaps)).result is result


def test_a_required_modality_that_was_never_seen_fails() -> None:
    found = contract(SHORT, never(SPO2))
    assert found.result is FAIL
    assert found.reasons == (
        Reason(
            result=FAIL,
            why=Why.NEVER_SEEN,
            rule="3021.oximetry",
            source=found.reasons[0].source,
            modality=SPO2,
            phase=Phase.DURING,
            covered_s=0,
            required_s=240,
        ),
    )
    assert "service 3021" in found.reasons[0].source


@pytest.mark.parametrize("off", [(-300, 2119), (130, None)])
def test_one_reading_in_the_whole_span_is_for_a_person_to_look_at(
    off: tuple[float, float | None],
) -> None:
    assert only(contract(LONG, gap(SPO2, off))) == (REVIEW, Why.GAPS, SPO2)


def test_blood_pressure_fails_when_there_is_none_at_all_and_only_then() -> None:
    once = gap(NIBP, (-300, 60), readings=(False, True)), gap(NIBP, (60, None))
    assert only(contract(LONG, never(NIBP))) == (FAIL, Why.NEVER_SEEN, NIBP)
    assert only(contract(LONG, *once)) == (REVIEW, Why.GAPS, NIBP)


def test_a_waiver_makes_what_was_never_seen_something_to_look_at() -> None:
    waived = said(SHORT, (10, deeds.Waive(modality=SPO2, reason="burnt hands")))
    assert only(contract(waived, never(SPO2))) == (REVIEW, Why.WAIVED, SPO2)
    other = said(SHORT, (10, deeds.Waive(modality=ECG, reason="burnt chest")))
    assert contract(other, never(SPO2)).result is FAIL


def test_a_start_in_spite_of_a_hold_waives_what_it_left_out_or_everything_where_unsaid() -> None:
    case = told((0, deeds.Begin(anyway=True)), (360, deeds.Finish()))
    found = account(case, record(never(SPO2)))
    results = {
        spite: verdicts(found, rows(), in_spite=spite)[0].result
        for spite in (None, frozenset({SPO2}), frozenset({ECG}))
    }
    assert list(results.values()) == [REVIEW, REVIEW, FAIL]


def test_a_start_in_spite_of_a_hold_waives_nothing_of_recovery() -> None:
    case = told(
        (0, deeds.Begin(anyway=True)),
        (360, deeds.Finish()),
        (400, deeds.Recover()),
        (1400, deeds.Conclude(words=tuple(Word))),
    )
    found = verdicts(account(case, record(never(SPO2))), rows(), in_spite=frozenset({SPO2}))[0]
    phases = {reason.phase: (reason.result, reason.why) for reason in found.reasons}
    assert phases[Phase.DURING] == (REVIEW, Why.WAIVED)
    assert phases[Phase.RECOVERY] == (FAIL, Why.NEVER_SEEN)


def test_a_child_that_would_not_bear_the_probe_is_no_waiver() -> None:
    case = told((0, deeds.Begin(unattached=True)), (360, deeds.Finish()))
    on = gap(SPO2, (-300, 115), readings=(False, True))
    assert contract(case, on).result is PASS
    assert contract(case, never(SPO2)).result is FAIL


def test_what_duration_added_is_never_more_than_something_to_look_at() -> None:
    case = anaesthetic(2400, code="3022")
    found = contract(case, never(ECG), never(NIBP))
    assert {(one.modality, one.result, one.why) for one in found.reasons} == {
        (ECG, REVIEW, Why.NEVER_SEEN),
        (NIBP, REVIEW, Why.NEVER_SEEN),
    }


def test_a_proposal_that_nobody_approved_is_never_more_than_that_either() -> None:
    found = account(SHORT, record(never(SPO2)))
    (row,) = [one for one in found.rows if one.due.basis is Basis.CONTRACT]
    part = structs.replace(row.due.parts[0], approved=False)
    due = structs.replace(row.due, parts=(part,))
    doubted = structs.replace(found, rows=(structs.replace(row, due=due),))
    assert only(judged(doubted)) == (REVIEW, Why.NEVER_SEEN, SPO2)


@pytest.mark.parametrize(("end", "result"), [(120, REVIEW), (121, FAIL)])
def test_a_case_too_short_to_require_what_was_never_seen_is_looked_at(
    end: float, result: Verdict
) -> None:
    assert contract(anaesthetic(end), never(SPO2)).result is result


def test_a_case_too_short_in_which_it_was_seen_passes() -> None:
    assert contract(anaesthetic(100), gap(SPO2, (-300, 50))).result is PASS
    assert only(contract(anaesthetic(100), never(SPO2)))[1] is Why.TOO_SHORT


@pytest.mark.parametrize(("out", "result"), [(320, REVIEW), (321, FAIL)])
def test_a_device_that_was_out_before_co2_could_be_attached_is_looked_at(
    out: float, result: Verdict
) -> None:
    case = anaesthetic(900, (200, placed()), (out, placed(Airway.NONE)), code="3022")
    assert contract(case, never(CO2)).result is result


@pytest.mark.parametrize(("end", "result"), [(820, REVIEW), (821, FAIL)])
def test_recovery_has_its_own_span_and_fails_for_itself(end: float, result: Verdict) -> None:
    case = said(anaesthetic(600), (700, deeds.Recover()), (end, WORDS))
    found = contract(case, gap(SPO2, (650, None)))
    assert [(one.phase, one.result) for one in found.reasons] == [(Phase.RECOVERY, result)]


def test_a_second_anaesthetic_without_a_reading_is_not_saved_by_the_first() -> None:
    again = deeds.Resume(code="3021", reason="bleeding")
    case = said(anaesthetic(600), (700, deeds.Recover()), (1000, again), (1500, deeds.Finish()))
    assert only(contract(case, gap(SPO2, (1000, None)))) == (FAIL, Why.NEVER_SEEN, SPO2)


@pytest.mark.parametrize("case", [LONG, SHORT, anaesthetic(150)])
@pytest.mark.parametrize("on_record", [None, record(*(never(one, DOWN) for one in Modality))])
def test_where_nothing_is_documented_nothing_fails_on_either_basis(
    case: Case, on_record: Record | None
) -> None:
    for found in verdicts(account(case, on_record), rows()):
        assert {(one.result, one.why) for one in found.reasons} == {(REVIEW, Why.NOT_DOCUMENTED)}


def test_a_recorder_that_was_down_for_a_moment_saves_nobody_from_what_was_never_seen() -> None:
    down = gap(SPO2, (300, 310), DOWN, readings=(False, False))
    before, after = gap(SPO2, (-300, 300), readings=(False, False)), gap(SPO2, (310, None))
    after = structs.replace(after, from_reading=False)
    assert only(contract(LONG, before, down, after)) == (FAIL, Why.NEVER_SEEN, SPO2)


def test_a_recorder_that_was_down_for_long_is_something_to_look_at_and_no_more() -> None:
    down = gap(SPO2, (300, 900), DOWN, readings=(False, False))
    assert only(contract(LONG, down)) == (REVIEW, Why.NOT_DOCUMENTED, SPO2)
    ecg = gap(ECG, (300, 900), DOWN, readings=(False, False))
    assert advisory(ECG, ecg) is REVIEW


def test_a_cuff_on_the_arm_of_the_probe_costs_a_case_nothing() -> None:
    every = [gap(SPO2, (n, n + 45), CUFF) for n in range(200, 2100, 300)]
    assert contract(LONG, *every).result is PASS
    unexplained = [structs.replace(one, causes=(GapCause.INVALID,)) for one in every]
    assert contract(LONG, *unexplained).result is REVIEW


def test_a_broken_rule_of_the_text_fails_whatever_was_watched_and_whatever_was_waived() -> None:
    case = anaesthetic(600, (60, placed()), code="3022", two_years=False)
    case = said(case, (10, deeds.Waive(modality=CO2, reason="none here")))
    found = contract(case)
    assert [(one.rule, one.result, one.why) for one in found.reasons] == [
        ("3022.age", FAIL, Why.RULE_BROKEN)
    ]


@pytest.mark.parametrize(
    ("weight", "approved", "results"),
    [
        (Weight.HOLD, True, [(FAIL, Why.RULE_BROKEN)]),
        (Weight.HOLD, False, [(REVIEW, Why.NOT_APPROVED)]),
        (Weight.NOTICE, True, []),
        (Weight.ADVICE, True, []),
    ],
)
def test_what_other_rules_found_counts_where_it_was_a_hold(
    weight: Weight, results: list[tuple[Verdict, Why]], *, approved: bool
) -> None:
    finding = Finding(weight=weight, rule="2635.series", source="text", approved=approved)
    found = verdicts(account(SHORT, record()), rows(), findings=[finding])[0]
    assert [(one.result, one.why) for one in found.reasons] == results


@pytest.mark.parametrize(
    ("gaps", "result"),
    [
        ([(200, 300)], PASS),
        ([(200, 380)], REVIEW),
        ([(200, 380.1)], FAIL),
        ([(200, 380), (500, 680), (900, 940)], REVIEW),
        ([(200, 380), (500, 680), (900, 940.1)], FAIL),
    ],
)
def test_what_peers_advise_fails_below_80_in_a_hundred_or_with_a_gap_above_three_minutes(
    gaps: list[tuple[float, float]], result: Verdict
) -> None:
    assert advisory(CO2, *(gap(CO2, one) for one in gaps)) is result


def test_for_peers_blood_pressure_goes_by_its_interval() -> None:
    assert advisory(NIBP, gap(NIBP, (400, 760))) is PASS
    assert advisory(NIBP, gap(NIBP, (400, 761))) is REVIEW
    assert advisory(NIBP, gap(NIBP, (400, 900))) is FAIL


def test_advice_that_was_never_seen_fails_as_advice_and_leaves_the_contract_alone() -> None:
    found = account(SHORT, record(never(CO2)))
    assert judged(found, Basis.ADVISORY).result is FAIL
    assert judged(found).result is PASS


def block(*entries: Told) -> Judged:
    case = told(*entries, code="2635", kind=CaseKind.BLOCK)
    return judged(account(case, record()))


BEFORE, GIVEN, AFTER, SEEN = (-60.0, PAIR), (0.0, GIVE), (600.0, PAIR), (900.0, deeds.Observe())


def test_a_block_with_a_pair_before_and_one_after_passes() -> None:
    assert block(BEFORE, GIVEN, AFTER, SEEN).reasons == ()


@pytest.mark.parametrize(
    ("entries", "phase"),
    [((GIVEN, AFTER, SEEN), Phase.BEFORE), ((BEFORE, GIVEN, SEEN), Phase.AFTER)],
)
def test_a_block_without_a_pair_before_or_after_fails(
    entries: tuple[Told, ...], phase: Phase
) -> None:
    found = block(*entries)
    assert found.result is FAIL
    assert {(one.why, one.phase) for one in found.reasons} == {(Why.NO_READING, phase)}


def test_a_pair_that_was_waived_or_came_between_is_looked_at() -> None:
    waivers = [(1.0, deeds.Waive(modality=one, reason="left")) for one in (SPO2, NIBP)]
    assert block(BEFORE, GIVEN, SEEN, *waivers).result is REVIEW
    assert block(BEFORE, GIVEN, (100, PAIR), (200, GIVE), SEEN).result is REVIEW


def test_a_block_that_nobody_observed_by_name_is_looked_at() -> None:
    assert only(block(BEFORE, GIVEN, AFTER)) == (
        REVIEW,
        Why.NOT_ATTESTED,
        Modality.CLINICAL_OBSERVATION,
    )


def test_the_gravest_reason_stands_first() -> None:
    found = contract(LONG, gap(SPO2, (200, 400)), never(ECG))
    assert [one.result for one in found.reasons] == [FAIL, REVIEW]


def test_the_same_verdict_comes_of_a_restart_in_the_middle() -> None:
    bed = Followed(since=-300)
    for second in range(-300, 361):
        if second == 200:
            bed.restart(mark=199, now=203)
        if not 199 < second < 203:
            bed.see(second, {SPO2: (second, Quality.VALID)})
    found = account(SHORT, bed.record)
    assert judged(found).result is PASS
    (row,) = [one for one in found.rows if one.due.basis is Basis.CONTRACT]
    assert (row.covered_s, row.undocumented_s) == (236, 4)


OFFS = st.lists(st.tuples(st.integers(0, 2200), st.integers(1, 500)), max_size=8)


@given(OFFS, st.integers(0, 2200), st.integers(1, 500))
def test_another_gap_never_makes_a_verdict_better(
    offs: list[tuple[int, int]], begin: int, long: int
) -> None:
    def result(spans: list[tuple[int, int]], basis: Basis) -> int:
        silent = (False, False)
        gaps = [gap(one, (at, at + s), readings=silent) for one in (SPO2, CO2) for at, s in spans]
        return list(Verdict).index(judged(account(LONG, record(*gaps)), basis).result)

    for basis in Basis:
        assert result([*offs, (begin, long)], basis) >= result(offs, basis)


@pytest.mark.parametrize("said_", [text("coverage.toml"), *Why])
def test_nobody_is_ever_called_compliant(said_: str) -> None:
    assert "complian" not in said_.lower()
