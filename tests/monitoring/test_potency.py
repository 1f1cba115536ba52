"""AM-03: what a clinic may call a steroid equivalent to, and under whose name."""

from __future__ import annotations

import pytest
from blocks import steroids
from msgspec import structs

from monitoring.potency import dilutions

OURS = steroids()
TRIAM = OURS.drugs["triamcinolone"]
SIGNED = "AS"


def told(mg: float, by: str = "", *, drug: str = "triamcinolone", atc: str = TRIAM.atc) -> str:
    """Return what is said of a clinic that lets so many mg of a drug count as 40."""
    row = structs.replace(TRIAM, drug=drug, atc=atc, mg=mg, approved_by=by)
    theirs = structs.replace(OURS, drugs={**OURS.drugs, drug: row})
    return "; ".join(dilutions(theirs, OURS))


def test_the_shipped_table_says_nothing_against_itself() -> None:
    assert list(dilutions(OURS, OURS)) == []


@pytest.mark.parametrize("mg", [41, 80])
def test_a_weaker_equivalent_needs_a_signature(mg: float) -> None:
    assert told(mg) == (
        f"[[steroid]] triamcinolone: mg: {mg} mg count as 40 mg, weaker than as it ships"
        " (40 mg count as 40 mg): sign in approved_by"
    )
    assert told(mg, SIGNED) == ""


@pytest.mark.parametrize("mg", [20, 39, 40])
def test_a_stronger_equivalent_needs_none(mg: float) -> None:
    assert told(mg) == ""


@pytest.mark.parametrize("by", ["", SIGNED])
@pytest.mark.parametrize("mg", [19.9, 80.1, 1000])
def test_beyond_the_bound_nobodys_name_helps(mg: float, by: str) -> None:
    assert told(mg, by) == (
        f"[[steroid]] triamcinolone: mg: {mg:g} mg count as 40 mg, which nobody may sign:"
        " write 20 to 80 mg"
    )


def test_the_ends_of_the_bound_are_within_it() -> None:
    assert (OURS.bound.least, OURS.bound.most) == (0.5, 2)
    assert [told(mg, SIGNED) for mg in (20, 80)] == ["", ""]


def test_the_same_drug_by_another_name_is_bounded_too() -> None:
    assert "which nobody may sign" in told(400, SIGNED, drug="kenalog")
    assert "which nobody may sign" in told(400, SIGNED, drug="depo", atc="H02AB04")


def test_a_drug_that_does_not_ship_is_signed() -> None:
    assert told(6, drug="dexamethasone", atc="H02AB02").endswith(
        "6 mg count as 40 mg, and the drug does not ship: sign in approved_by, or take it out"
    )
    assert told(6, SIGNED, drug="dexamethasone", atc="H02AB02") == ""


def test_a_clinic_does_not_move_the_bound() -> None:
    theirs = structs.replace(OURS, bound=structs.replace(OURS.bound, least=0.01))
    assert list(dilutions(theirs, OURS)) == [
        "[bound]: least: is 0.01, and 0.5 in the contract: write that"
    ]
