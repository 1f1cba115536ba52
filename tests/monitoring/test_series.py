"""SR-071, AM-01, AM-02, AM-04, AM-17: as each service's own text says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from blocks import DAY, FIVE, KNOWN, MEDROL, found, given, judge, only
from hypothesis import given as given_by
from hypothesis import strategies as st
from msgspec.structs import replace

from monitoring.treatments import Dose, Treatment
from vitals.months import months_after
from vitals.series import Choice, History
from vitals.vocabulary import Side, Weight


def line(code: str, *days: int, steroid: bool = True) -> list[Treatment]:
    return [given(code, one, steroid=steroid) for one in days]


@pytest.mark.parametrize("code", FIVE)
def test_three_with_steroid_are_a_series_and_the_fourth_is_held(code: str) -> None:
    three = line(code, 0, 21, 42)
    assert found(three[:2], three[2]) == []
    fourth = only(three, given(code, 63, steroid=True))
    assert (fourth.weight, fourth.rule) == (Weight.HOLD, f"{code}.series")
    assert (fourth.value, fourth.limit) == (4, 3)
    assert fourth.earliest == months_after(three[2].day, 6)
    assert f"service {code}" in fourth.source


@pytest.mark.parametrize("code", ["2622", "2626", "2635", "2637"])
def test_a_fourth_without_steroid_is_a_notice_for_the_doctor_to_decide(code: str) -> None:
    past = line(code, 0, 21, 42, steroid=False)
    fourth = only(past, given(code, 63))
    assert (fourth.weight, fourth.rule) == (Weight.NOTICE, "series.local_counts")
    assert (fourth.approved, fourth.earliest) == (False, None)


@pytest.mark.parametrize("code", ["2622", "2626", "2635", "2637"])
def test_a_third_steroid_after_one_without_is_a_notice_because_the_text_is_open(code: str) -> None:
    past = [given(code), *line(code, 21, 42)]
    assert found(past, given(code, 63, steroid=True)) == ["notice series.local_counts"]


def test_2620_without_steroid_is_repeated_five_times_and_not_a_sixth() -> None:
    past = line("2620", 0, 7, 14, 21, 28, steroid=False)
    assert found(past, given("2620", 35)) == []
    seventh = only([*past, given("2620", 35)], given("2620", 42))
    assert (seventh.weight, seventh.rule, seventh.value) == (Weight.HOLD, "2620.repeats", 7)
    assert not seventh.approved


def test_in_2620_only_those_with_steroid_count_to_three() -> None:
    past = [given("2620"), given("2620", 7), *line("2620", 21, 42)]
    assert found(past, given("2620", 63, steroid=True)) == []


def test_in_2622_a_first_block_that_only_finds_out_is_not_counted() -> None:
    first = given("2622", diagnostic=True)
    past = [first, *line("2622", 1, 22, steroid=False)]
    assert found([], first) == []
    assert found([first], past[1]) == []
    assert found(past, given("2622", 43)) == []
    assert found([*past, given("2622", 43)], given("2622", 64)) == ["notice series.local_counts"]


@pytest.mark.parametrize(
    ("code", "dose", "said"),
    [("2635", None, "notice series.local_counts"), ("2622", MEDROL, "hold 2622.series")],
)
def test_elsewhere_or_with_steroid_a_diagnostic_block_is_counted(
    code: str, dose: Dose | None, said: str
) -> None:
    past = [given(code, diagnostic=True, dose=dose), *line(code, 21, 42)]
    assert found(past, given(code, 63, steroid=True)) == [said]


def test_a_later_diagnostic_block_is_counted() -> None:
    past = [given("2622"), given("2622", 21, diagnostic=True), given("2622", 42)]
    assert found(past, given("2622", 63)) == ["notice series.local_counts"]


@pytest.mark.parametrize("code", FIVE)
def test_between_two_with_steroid_lie_14_to_42_days(code: str) -> None:
    past = line(code, 0)
    early = only(past, given(code, 13, steroid=True))
    assert (early.weight, early.rule, early.value) == (Weight.HOLD, f"{code}.interval", 13)
    assert early.earliest == DAY + timedelta(days=14)
    assert found(past, given(code, 14, steroid=True)) == []
    assert found(past, given(code, 42, steroid=True)) == []
    late = only(past, given(code, 43, steroid=True))
    assert (late.weight, late.rule, late.limit) == (Weight.NOTICE, "series.long_gap", 42)
    assert late.earliest == months_after(DAY, 6)


def test_2622_keeps_its_interval_without_steroid_and_the_others_do_not() -> None:
    for code in FIVE:
        expected = ["hold 2622.interval"] if code == "2622" else []
        assert found([given(code)], given(code, 7)) == expected


@pytest.mark.parametrize("code", ["2620", "2626", "2635", "2637"])
@pytest.mark.parametrize("first", [True, False])
def test_one_with_steroid_close_to_one_without_is_a_notice(code: str, *, first: bool) -> None:
    early = only([given(code, steroid=first)], given(code, 7, steroid=not first))
    assert (early.weight, early.rule) == (Weight.NOTICE, "series.mixed_gap")
    assert early.earliest == DAY + timedelta(days=14)


def test_after_a_long_gap_the_doctor_says_whether_it_is_the_same_series() -> None:
    past = line("2626", 0)
    late = given("2626", 60, steroid=True)
    assert found(past, late) == ["notice series.long_gap"]
    assert found(past, replace(late, choice=Choice.SAME)) == []
    assert found(past, replace(late, choice=Choice.NEW)) == ["hold 2626.renewal"]


@pytest.mark.parametrize("code", FIVE)
def test_a_new_series_begins_six_calendar_months_after_the_last_steroid(code: str) -> None:
    last = given(code, steroid=True, day=date(2026, 8, 31))
    new = given(code, steroid=True, choice=Choice.NEW, day=date(2027, 2, 27))
    held = only([last], new)
    assert (held.weight, held.rule) == (Weight.HOLD, f"{code}.renewal")
    assert held.earliest == date(2027, 2, 28)
    assert found([last], replace(new, day=date(2027, 2, 28))) == []


@pytest.mark.parametrize("code", FIVE)
def test_after_six_months_a_new_series_begins_by_itself(code: str) -> None:
    past = line(code, 0, 21, 42)
    assert found(past, given(code, 42 + 184, steroid=True)) == []


def test_the_six_months_are_counted_from_the_steroid_and_not_from_the_last_treatment() -> None:
    past = [given("2635", steroid=True), given("2635", 100)]
    new = given("2635", 190, steroid=True, choice=Choice.NEW)
    assert found(past, new) == []
    without = [given("2635"), given("2635", 21)]
    assert found(without, given("2635", 42, choice=Choice.NEW)) == []


def test_calling_one_without_steroid_new_does_not_renew_the_steroid_of_2620() -> None:
    past = [*line("2620", 0, 21, 42), given("2620", 63, choice=Choice.NEW)]
    assert found(past[:3], past[3]) == []
    assert found(past, given("2620", 84, steroid=True)) == ["hold 2620.renewal"]


def test_a_series_is_of_one_patient_code_site_and_side() -> None:
    past = line("2626", 0, 21, 42)
    fourth = given("2626", 63, steroid=True)
    assert found(past, fourth) == ["hold 2626.series"]
    assert found(past, replace(fourth, patient="b2")) == []
    assert found(past, replace(fourth, code="2620")) == []
    assert found(past, replace(fourth, site="there")) == []
    assert found(past, replace(fourth, side=Side.RIGHT)) == []


def test_two_injections_in_one_consultation_are_one_treatment() -> None:
    past = [given("2626", 0, steroid=True), given("2626", 0), *line("2626", 21)]
    assert found(past, given("2626", 42, steroid=True)) == []


@pytest.mark.parametrize("code", FIVE)
def test_what_was_done_elsewhere_is_carried_and_told_where_it_is_not_known(code: str) -> None:
    for history in History:
        told = judge([], given(code), replace(KNOWN, history=history))
        assert told.history is history
        rules = [one.rule for one in told.findings]
        assert rules == (["series.history"] if history is History.UNKNOWN else [])


def test_a_service_without_series_asks_for_no_history() -> None:
    assert found([], given("2639"), replace(KNOWN, history=History.UNKNOWN)) == []


DAYS = st.lists(st.integers(0, 400), max_size=8)


@given_by(st.sampled_from(FIVE), DAYS, st.integers(0, 800), st.sampled_from([None, MEDROL]))
def test_no_history_raises_and_a_day_that_is_named_is_later(
    code: str, days: list[int], day: int, dose: Dose | None
) -> None:
    past = [given(code, one, steroid=bool(one % 2)) for one in days]
    new = given(code, day, dose=dose)
    for one in judge(past, new).findings:
        assert one.source
        if one.weight is Weight.HOLD and one.rule.endswith((".interval", ".renewal")):
            assert one.earliest is not None
            assert one.earliest > new.day


@given_by(st.sampled_from(FIVE), DAYS, st.integers(400, 800))
def test_what_comes_later_or_concerns_another_has_no_say(
    code: str, days: list[int], day: int
) -> None:
    past = line(code, *days)
    new = given(code, day, steroid=True)
    others = [*line(code, 801, 820), *(replace(one, patient="b2") for one in past)]
    assert judge([*past, *others], new) == judge(past, new)


@given_by(st.sampled_from(FIVE), st.permutations([0, 21, 42, 63]))
def test_the_order_in_which_treatments_are_told_makes_no_difference(
    code: str, days: list[int]
) -> None:
    new = given(code, 84, steroid=True)
    assert judge(line(code, *days), new) == judge(line(code, *sorted(days)), new)
