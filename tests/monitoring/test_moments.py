from __future__ import annotations

import pytest
from courses import NIBP, PAIR, SPO2, Told, account, gap, never, record, told

from monitoring.case import Case
from monitoring.coverage import Account
from monitoring.gaps import Record
from monitoring.moments import Standing
from vitals import deeds
from vitals.measure import Measure
from vitals.vocabulary import Basis, CaseKind, GapCause, Modality, Part, Phase, Side

GIVE = deeds.Give(drug="ropivacaine", site="L5", side=Side.MIDDLE, part=Part.LUMBAR)
OBSERVED, LEFT = deeds.Observe(), deeds.Leave()
BEFORE = (-60.0, PAIR)
GIVEN = (0.0, GIVE)
AFTER = (600.0, PAIR)
END = ((1500.0, OBSERVED), (1600.0, LEFT))


def block(*entries: Told, code: str = "2635") -> Case:
    return told(*entries, code=code, kind=CaseKind.BLOCK)


def found(*entries: Told, code: str = "2635", on_record: Record | None = None) -> Account:
    return account(block(*entries, code=code), on_record)


def pairs(*entries: Told, code: str = "2635") -> dict[Phase, Standing]:
    """Return what stands of blood pressure; oximetry stands as that does."""
    singles = found(*entries, code=code).singles
    by = {one: {s.phase: s.standing for s in singles if s.modality is one} for one in (NIBP, SPO2)}
    assert by[NIBP] == by[SPO2]
    return by[NIBP]


def during(*entries: Told, on_record: Record | None) -> Standing:
    (one,) = found(*entries, code="2622", on_record=on_record).singles
    assert (one.modality, one.phase, one.rule) == (SPO2, Phase.DURING, "2622.oximetry")
    return one.standing


@pytest.mark.parametrize("code", ["2635", "2637"])
def test_one_pair_before_and_one_after_is_what_the_text_asks(code: str) -> None:
    met = {Phase.BEFORE: Standing.MET, Phase.AFTER: Standing.MET}
    assert pairs(BEFORE, GIVEN, AFTER, code=code) == met


def test_no_pair_before_or_none_after_is_missing() -> None:
    assert pairs(GIVEN, AFTER)[Phase.BEFORE] is Standing.MISSING
    assert pairs(BEFORE, GIVEN)[Phase.AFTER] is Standing.MISSING


def test_a_pair_between_two_injections_is_after_the_first_only() -> None:
    standing = pairs(BEFORE, GIVEN, (100, PAIR), (200, GIVE))
    assert standing == {Phase.BEFORE: Standing.MET, Phase.AFTER: Standing.PARTLY}


def test_a_struck_pair_is_none() -> None:
    struck = (700.0, deeds.Correct(entry=3, reason="other patient"))
    assert pairs(BEFORE, GIVEN, AFTER, struck)[Phase.AFTER] is Standing.MISSING


def test_a_code_that_asks_for_nothing_has_no_readings_to_miss() -> None:
    assert found(GIVEN, code="2620").singles == ()
    assert found(GIVEN, code="9999").singles == ()


def test_of_a_block_in_which_nothing_was_given_nothing_is_asked() -> None:
    nothing = found(BEFORE, (10.0, deeds.Abandon(reason="fainted")))
    assert (nothing.begun, nothing.singles, nothing.rows) == (False, (), ())


def test_a_saturation_at_the_injection_is_what_2622_asks() -> None:
    assert during(GIVEN, *END, on_record=record()) is Standing.MET
    assert during(GIVEN, on_record=record(gap(SPO2, (30, None)))) is Standing.MET


@pytest.mark.parametrize("told_", [BEFORE, (30.0, deeds.Measured(measure=Measure.SPO2, value=97))])
def test_one_that_was_read_at_another_time_is_not_nothing(told_: Told) -> None:
    assert during(GIVEN, told_, on_record=record(never(SPO2))) is Standing.PARTLY
    away = record(gap(SPO2, (-10, 20)))
    assert during(GIVEN, *END, on_record=away) is Standing.PARTLY


def test_at_the_second_injection_it_is_asked_for_as_well() -> None:
    second = (300.0, GIVE)
    assert during(GIVEN, second, on_record=record(gap(SPO2, (200, 400)))) is Standing.PARTLY


def test_none_at_all_is_missing_and_a_dead_recorder_is_not() -> None:
    down = never(SPO2, GapCause.RECORDER_DOWN)
    assert during(GIVEN, *END, on_record=record(never(SPO2))) is Standing.MISSING
    assert during(GIVEN, *END, on_record=record(down)) is Standing.UNDOCUMENTED
    assert during(GIVEN, *END, on_record=None) is Standing.UNDOCUMENTED


@pytest.mark.parametrize(
    ("code", "modality", "end", "required_s"),
    [
        ("2622", SPO2, (2000.0, LEFT), 600),
        ("2622", SPO2, (400.0, LEFT), 400),
        ("2635", NIBP, (2000.0, LEFT), 1200),
    ],
)
def test_peers_watch_on_after_the_injection_until_the_patient_leaves(
    code: str, modality: Modality, end: Told, required_s: float
) -> None:
    case = found(GIVEN, (300.0, OBSERVED), end, code=code, on_record=record())
    rows = [one for one in case.rows if one.due.modality is modality and not one.due.every_s]
    assert [(one.due.basis, one.required_s) for one in rows] == [(Basis.ADVISORY, required_s)]


@pytest.mark.parametrize("modality", [SPO2, NIBP])
def test_readings_by_the_clock_may_be_typed_in_and_come_a_minute_late(modality: Modality) -> None:
    def uncovered_s(*after: float) -> float:
        pairs = [(when, PAIR) for when in after]
        off = record(never(SPO2), never(NIBP))
        case = found(GIVEN, *pairs, (2000.0, LEFT), on_record=off)
        paced = [one for one in case.rows if one.due.every_s]
        (one,) = [each for each in paced if each.due.modality is modality]
        assert one.required_s == 1200
        return one.uncovered_s

    assert uncovered_s(300, 600, 900, 1200) == 0
    assert uncovered_s(360, 720, 1080) == 0
    assert uncovered_s(300, 661, 900) == 361
    assert uncovered_s() == 1200


def test_observation_is_of_who_gives_and_afterwards_of_who_says_so() -> None:
    def by(*entries: Told) -> dict[Phase, tuple[str, ...]]:
        return {one.phase: one.by for one in found(*entries).attested}

    assert by(BEFORE, GIVEN, AFTER, *END) == {Phase.BEFORE: ("AS",), Phase.AFTER: ("AS",)}
    assert by(BEFORE, GIVEN, AFTER) == {Phase.BEFORE: ("AS",), Phase.AFTER: ()}
