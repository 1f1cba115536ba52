from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.clinic import (
    Clinic,
    Kit,
    Orders,
    bare,
    choice,
    chosen,
    faults,
    offered,
    places,
    refusal,
    used,
)
from checklists.entry import Entry
from vitals.acts import ChooseClinic, Counter, Done
from vitals.practice import Gas, Responsible

DAY = date(2026, 11, 23)
NORTH = Clinic(name="Klinik Nord", code="KN", beds=("Stue 1",), gases=(Gas.OXYGEN, Gas.AIR))
SOUTH = Clinic(name="Klinik Syd", code="KS", beds=("Stue 2",))
CLINICS = (NORTH, SOUTH)


def at(hour: int, day: date = DAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def said(number: int, act: Done, hour: int = 7, day: date = DAY) -> Entry:
    return Entry(number, at(hour, day), day, "AS", act)


MORNING = said(1, ChooseClinic("KN"))
NOON = said(2, ChooseClinic("KS"), hour=12)


@pytest.mark.parametrize(
    ("hour", "expected"), [(6, None), (7, "KN"), (11, "KN"), (12, "KS"), (20, "KS")]
)
def test_the_clinic_may_change_at_noon(hour: int, expected: str | None) -> None:
    assert choice([NOON, MORNING], DAY, at(hour)) == expected


def test_where_it_was_yesterday_is_asked_again_today_and_offered() -> None:
    tomorrow = DAY + timedelta(days=1)
    assert chosen([MORNING, NOON], CLINICS, tomorrow, at(8, tomorrow)) is None
    assert offered([NOON, MORNING], CLINICS) is SOUTH
    assert offered([], CLINICS) is NORTH


def test_a_choice_that_was_wrong_is_countered_and_the_one_before_holds_again() -> None:
    wrong = [MORNING, NOON, said(3, Counter(2, "the wrong line"), hour=13)]
    assert chosen(wrong, CLINICS, DAY, at(14)) is NORTH
    assert used(wrong) == {"KN": {DAY}}


def test_a_clinic_that_is_no_longer_configured_is_neither_chosen_nor_offered() -> None:
    entries = [MORNING, said(2, ChooseClinic("OLD"), hour=9)]
    assert chosen(entries, CLINICS, DAY, at(10)) is None
    assert offered(entries, CLINICS) is NORTH


def test_a_clinic_is_in_use_on_the_days_of_its_choices_and_of_its_cases() -> None:
    night = date(2026, 11, 21)
    found = used([MORNING, NOON], {"KN": [night], "KX": [night]})
    assert found == {"KN": {night, DAY}, "KS": {DAY}, "KX": {night}}


@given(st.permutations([MORNING, NOON, said(3, Counter(1, "no")), said(4, ChooseClinic("KN"), 15)]))
def test_the_order_in_which_entries_are_given_changes_nothing(entries: list[Entry]) -> None:
    assert [choice(entries, DAY, at(hour)) for hour in (8, 13, 16)] == [None, "KS", "KN"]
    assert used(entries) == {"KN": {DAY}, "KS": {DAY}}


def test_a_kit_that_travels_counts_wherever_the_work_is_and_another_where_it_stands() -> None:
    kits = [Kit(name="Taske", travels=True), Kit(name="Vogn Nord", clinics=("KN",))]
    assert places(NORTH, kits) == ("KN", "Taske", "Vogn Nord")
    assert places(SOUTH, kits) == ("KS", "Taske")


def test_an_unknown_clinic_is_refused_with_those_that_are_known() -> None:
    assert refusal(CLINICS, ChooseClinic("KX")) == "no clinic 'KX': choose one of KN, KS"
    assert refusal(CLINICS, ChooseClinic("KS")) is None


def test_a_gas_is_ordered_by_agreement_unless_it_is_said_who_does() -> None:
    clinic = Clinic(name="A", code="A", orders=Orders(o2=Responsible.CLINIC))
    assert clinic.orderer(Gas.OXYGEN) is Responsible.CLINIC
    assert clinic.orderer(Gas.NITROUS_OXIDE) is Responsible.AGREEMENT
    assert clinic.room is Responsible.CLINIC


def test_what_does_not_fit_of_clinics_and_kits_is_named_row_by_row() -> None:
    clinics = {
        1: Clinic(name="A", code="KN", gases=(Gas.OXYGEN,), orders=Orders(n2o=Responsible.CLINIC)),
        3: Clinic(name="B", code="KS"),
    }
    kits = {
        1: Kit(name="KS", clinics=("KN", "KX")),
        2: Kit(name="Vogn"),
        4: Kit(name="Taske", travels=True, clinics=("KN",)),
    }
    assert list(faults(clinics, kits, ["KN", "KS"])) == [
        "[[clinic]] 1: orders.n2o: n2o is not among its gases: add it there, or remove this",
        "[[kit]] 1: name: 'KS' is the code of a clinic too: give the kit another name",
        "[[kit]] 1: clinics: 'KX' is no code of a clinic: use one of KN, KS",
        "[[kit]] 2: clinics: is missing: name where it is, or write travels = true",
        "[[kit]] 4: clinics: it travels to all of them: remove this, or `travels`",
    ]
    assert not list(faults({1: NORTH}, {1: Kit(name="Taske", travels=True)}, ["KN"]))


def test_a_clinic_to_which_no_kit_comes_is_named() -> None:
    kits = [Kit(name="Vogn", clinics=("KN",))]
    assert list(bare(CLINICS, kits)) == [
        "[[clinic]] KS: no [[kit]] is there: name it in `clinics` of one, or let one travel"
    ]
    assert not list(bare(CLINICS, [*kits, Kit(name="Taske", travels=True)]))
