"""SR-050, SR-072, SR-074, SR-078: a fee is a notice and never keeps anybody from anything."""

from __future__ import annotations

import pytest
from blocks import KNOWN, found, given, only, shipped
from msgspec.structs import replace

from monitoring.treatments import Activation, Setting
from vitals.vocabulary import Side, Weight

ONCE = ("2620", "2622", "2623", "2635", "2637", "2639", "2640")
PRINTED = {
    **dict.fromkeys((*ONCE, "2638", "5000"), (1, "consultation")),
    "2624": (1, "day"),
    "2626": (2, "consultation"),
    "2641": (1, "course"),
}
"""How often each text has its fee paid, and within what."""
ACTIVE = Activation("5000", "Region Syddanmark", given("5000").day, "letter of 1 March 2026")


def test_no_rule_of_fees_is_more_than_a_notice() -> None:
    assert {row.weight for row in (*shipped().fees, *shipped().exclusions)} == {Weight.NOTICE}


def test_each_fee_is_limited_as_its_text_says() -> None:
    assert {row.code: (row.most, row.per) for row in shipped().fees} == PRINTED


def test_acupuncture_is_paid_once_a_day_whatever_it_is_given_for() -> None:
    paid = given("2624", course="knee", site="knee", fee=True)
    again = only([paid], given("2624", course="back", site="back", fee=True))
    assert (again.weight, again.rule, again.limit) == (Weight.NOTICE, "2624.fee", 1)
    assert found([paid], given("2624", 1, course="knee", fee=True)) == []


@pytest.mark.parametrize("code", ONCE)
def test_a_second_fee_in_one_consultation_is_a_notice(code: str) -> None:
    paid = given(code, site="there", fee=True)
    assert found([], paid) == []
    again = only([paid], given(code, fee=True))
    assert (again.weight, again.rule) == (Weight.NOTICE, f"{code}.fee")
    assert (again.value, again.limit) == (2, 1)
    assert found([paid], given(code)) == []


def test_a_lidocaine_patch_is_paid_once_a_consultation() -> None:
    past = [given("2638", site="there", fee=True)]
    assert found(past, given("2638", fee=True)) == ["notice 2638.fee"]


def test_5000_is_paid_once_a_consultation() -> None:
    setting: Setting = replace(KNOWN, activations=(ACTIVE,))
    past = [given("3023"), given("5000", site="there", fee=True)]
    assert found(past, given("5000", fee=True), setting) == ["notice 5000.fee"]


def test_2626_is_paid_twice_at_different_sites_whatever_the_number_of_injections() -> None:
    knee = given("2626", site="knee", side=Side.LEFT, fee=True)
    other = replace(knee, side=Side.RIGHT)
    assert found([knee], other) == []
    assert found([knee, replace(knee, fee=False)], other) == []
    assert found([knee], knee) == ["notice 2626.fee"]
    third = only([knee, other], replace(knee, site="hip"))
    assert (third.rule, third.value, third.limit) == ("2626.fee", 3, 2)


def test_2641_is_paid_once_a_course() -> None:
    scan = given("2641", course="shoulder", fee=True)
    assert found([scan], given("2641", 30, course="shoulder", fee=True)) == ["notice 2641.fee"]
    assert found([scan], given("2641", 30, course="knee", fee=True)) == []


def test_the_interpreter_of_2265_is_ordered_by_the_doctor_who_operates() -> None:
    day = [given("3021"), given("2265", fee=True)]
    assert found(day, given("2161", fee=True)) == ["notice 2265.without"]
    assert found(day, given("2161", fee=False)) == []
    assert found([given("3021"), given("2161", fee=True)], day[1]) == ["notice 2265.without"]


def test_2266_says_nothing_of_2161() -> None:
    day = [given("3021"), given("2266", fee=True)]
    assert found(day, given("2161", fee=True)) == []


def test_another_days_fee_is_no_matter() -> None:
    assert found([given("2635", fee=True)], given("2635", 21, fee=True)) == []
