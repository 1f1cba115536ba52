"""SR-070, SR-072, SR-081, AM-03, AM-04: how much in one consultation."""

from __future__ import annotations

import pytest
from beds import text
from blocks import FIVE, found, given, judge, only, steroids
from hypothesis import given as given_by
from hypothesis import strategies as st

from monitoring.steroids import steroid_rules
from monitoring.treatments import Dose
from vitals.rows import RowsError
from vitals.vocabulary import Weight

MEDROL, BETA = "methylprednisolone_acetate", "betamethasone"


@pytest.mark.parametrize("code", FIVE)
def test_forty_mg_are_allowed_and_more_is_held(code: str) -> None:
    assert found([], given(code, dose=Dose(MEDROL, 40))) == []
    over = only([], given(code, dose=Dose(MEDROL, 40.1)))
    assert (over.weight, over.rule) == (Weight.HOLD, f"{code}.steroid")
    assert (over.value, over.limit, over.approved) == (40.1, 40, True)


def test_the_ceiling_is_of_the_patient_over_all_codes_and_sites_of_the_day() -> None:
    past = [
        given("2626", site="left knee", dose=Dose(MEDROL, 20)),
        given("2635", dose=Dose(MEDROL, 15)),
        given("2620", patient="b2", dose=Dose(MEDROL, 40)),
        given("2620", -1, site="neck", dose=Dose(MEDROL, 40)),
    ]
    assert found(past, given("2637", dose=Dose(MEDROL, 5))) == []
    over = only(past, given("2637", dose=Dose(MEDROL, 6)))
    assert (over.rule, over.value) == ("2637.steroid", 41)


def test_one_without_steroid_adds_nothing_to_a_day_that_has_its_forty_mg() -> None:
    past = [given("2626", site="left knee", dose=Dose(MEDROL, 60))]
    assert found(past, given("2637")) == []


@pytest.mark.parametrize(("drug", "mg"), [(MEDROL, 40), ("triamcinolone", 40), (BETA, 7.5)])
def test_each_steroid_has_its_equivalent_of_forty_mg(drug: str, mg: float) -> None:
    assert steroids().total((Dose(drug, mg),)).mg == 40
    assert found([], given("2626", dose=Dose(drug, mg))) == []
    assert found([], given("2626", dose=Dose(drug, mg + 0.1))) == ["hold 2626.steroid"]


def test_thirds_add_up_to_the_whole() -> None:
    past = [given("2620", site=site, dose=Dose(BETA, 2.5)) for site in ("neck", "back")]
    assert found(past, given("2620", site="hip", dose=Dose(BETA, 2.5))) == []


def test_what_rests_on_an_equivalent_that_nobody_confirmed_says_so() -> None:
    assert not only([], given("2626", dose=Dose(BETA, 8))).approved
    signed = text("steroids.toml").replace('approved_by = ""', 'approved_by = "AS"')
    rules = steroid_rules(signed, "steroids.toml")
    (over,) = judge([], given("2626", dose=Dose(BETA, 8)), steroids=rules).findings
    assert over.approved


def test_nobody_has_confirmed_the_shipped_equivalents_but_the_one_that_is_printed() -> None:
    assert [drug for drug, row in steroids().drugs.items() if row.approved] == [MEDROL]


@pytest.mark.parametrize("dose", [Dose("dexamethasone", 4), Dose(MEDROL, None)])
def test_a_dose_that_cannot_be_added_up_is_held_and_not_guessed(dose: Dose) -> None:
    past = [given("2635", dose=dose)]
    assert found([], given("2626", dose=dose)) == ["hold steroid.unknown"]
    unsure = only(past, given("2626", dose=Dose(MEDROL, 1)))
    assert (unsure.rule, unsure.value, unsure.limit) == ("steroid.unknown", None, 40)


@pytest.mark.parametrize("mg", [0.0, -1.0, float("nan"), float("inf")])
def test_an_amount_that_is_none_is_no_dose(mg: float) -> None:
    with pytest.raises(ValueError, match="is no dose"):
        Dose(MEDROL, mg)


@given_by(st.lists(st.integers(1, 400), min_size=1, max_size=6))
def test_exactly_what_is_above_forty_mg_is_held(tenths: list[int]) -> None:
    *before, last = [
        given("2626", site=f"site {n}", dose=Dose(MEDROL, mg / 10)) for n, mg in enumerate(tenths)
    ]
    assert ("hold 2626.steroid" in found(before, last)) is (sum(tenths) > 400)


def test_four_points_in_one_consultation_and_no_fifth() -> None:
    assert found([], given("2620", amount=4)) == []
    over = only([given("2620", amount=3)], given("2620", site="neck", amount=2))
    assert (over.weight, over.rule, over.value) == (Weight.HOLD, "2620.points", 5)
    assert found([given("2620", amount=4)], given("2620", 21, amount=4)) == []


def test_three_lidocaine_patches_at_once_and_no_fourth() -> None:
    assert found([], given("2638", amount=3)) == []
    assert found([], given("2638", amount=4)) == ["hold 2638.patches"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('atc = "H02AB04"', 'atc = "N01AB08"', "[[steroid]] 1: atc"),
        ('drug = "triamcinolone"', f'drug = "{BETA}"', f"{BETA!r} stands twice"),
        ("mg = 7.5", "mg = nan", "[[steroid]] 3: mg"),
        ("mg = 7.5", "mg = 0", "[[steroid]] 3: mg"),
        ('approved_by = ""', "", "[[steroid]] 1: approved_by: is missing"),
        ("valid_from = 2019-04-01", "", "valid_from: is missing"),
        ("[bound]", "[bond]", "bound: is missing: add it"),
        ("least = 0.5", "least = 1.5", "bound.least: "),
    ],
)
def test_a_fault_of_a_steroid_is_named(old: str, new: str, said: str) -> None:
    shipped = text("steroids.toml")
    assert old in shipped
    with pytest.raises(RowsError, match=r"steroids\.toml: ") as refused:
        steroid_rules(shipped.replace(old, new, 1), "steroids.toml")
    assert any(said in error for error in refused.value.errors)
