"""SR-120 to SR-134: an injection that somebody else than the specialist gives."""

from __future__ import annotations

from functools import cache

import pytest
from beds import text
from msgspec.structs import replace
from told import LOCAL

from monitoring.delegation import DelegationRules, delegation_findings, delegation_rules
from vitals.deeds import Give
from vitals.duties import Duty
from vitals.practice import Country
from vitals.rows import RowsError

INJECTIONS = ("2620", "2622", "2626", "2635", "2637")
DENMARK, NORWAY = Country
ALL = replace(LOCAL, by_specialist=False, delegated_to="FT", confirmed=tuple(Duty))
LAW = {"no.delegation", "no.ultrasound", "no.training", "no.presence"}


@cache
def rules() -> DelegationRules:
    return delegation_rules(text("delegation.toml"), "delegation.toml")


def found(country: Country, give: Give, code: str = "2637") -> list[str]:
    """Return what was found as `weight rule`."""
    told = delegation_findings(rules(), country, code, give)
    return [f"{one.weight} {one.rule}" for one in told]


@pytest.mark.parametrize("country", Country)
def test_what_the_specialist_gives_is_asked_nothing(country: Country) -> None:
    assert found(country, LOCAL) == []


@pytest.mark.parametrize("code", INJECTIONS)
def test_the_danish_services_delegate_no_injection_whatever_was_confirmed(code: str) -> None:
    (one,) = delegation_findings(rules(), DENMARK, code, ALL)
    assert (one.weight, one.rule, one.approved) == ("hold", "dk.delegation", True)
    assert "Klinikpersonale" in one.source


def test_a_norwegian_injection_with_everything_confirmed_may_be_delegated() -> None:
    assert found(NORWAY, ALL) == []


@pytest.mark.parametrize("duty", [one for one in Duty if one is not Duty.DELEGATION])
def test_each_thing_that_was_not_confirmed_holds_with_its_source(duty: Duty) -> None:
    without = replace(ALL, confirmed=tuple(one for one in Duty if one is not duty))
    (one,) = delegation_findings(rules(), NORWAY, "2637", without)
    assert (one.weight, one.rule) == ("hold", f"no.{duty}")
    assert "PFF" in one.source


def test_who_it_is_delegated_to_is_confirmed_by_naming_them_and_not_otherwise() -> None:
    assert found(NORWAY, replace(ALL, delegated_to="")) == ["hold no.delegation"]
    others = tuple(one for one in Duty if one is not Duty.DELEGATION)
    assert found(NORWAY, replace(ALL, confirmed=others)) == []


def test_naming_somebody_is_delegating_whoever_is_said_to_have_injected() -> None:
    named = replace(LOCAL, delegated_to="FT")
    assert found(DENMARK, named) == ["hold dk.delegation"]
    assert len(found(NORWAY, named)) == len(Duty) - 1


def test_a_norwegian_row_is_a_recommendation_but_where_the_law_speaks_of_assistants() -> None:
    law = {row.id for row in rules().asked if row.basis == "law"}
    assert law == LAW
    assert rules().binding == {"dk.delegation", *LAW}


def test_every_row_has_its_words_in_three_languages() -> None:
    labels = [one.label for one in rules().refused] + [one.label for one in rules().asked]
    assert len(labels) == 1 + len(Duty)
    assert all(all((one.en, one.da, one.nb)) for one in labels)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('duty = "consent"', 'duty = "order"', "'no order' stands twice"),
        ('duty = "consent"', 'duty = "order"', "[[asked]] 'consent' is missing: add it"),
        ('duty = "consent"', 'duty = "wish"', "[[asked]] 3: duty"),
        ('country = "no"', 'country = "se"', "[[asked]] 1: country"),
        ('"delegation"\nbasis = "law"', '"delegation"\nbasis = "habit"', "[[asked]] 5: basis"),
        ('id = "no.order"', 'id = "no.consent"', "'no.consent' stands twice"),
        ('codes = ["2620", "2622", "2626", "2635", "2637"]', "codes = []", "[[refused]] 1: codes"),
        ("[[refused]]", "[[refuse]]", "refuse: is unknown: remove it"),
        ("valid_from = 2019-04-01", "", "valid_from: is missing"),
    ],
)
def test_a_fault_of_a_row_about_delegation_is_named(old: str, new: str, said: str) -> None:
    assert old in text("delegation.toml")
    with pytest.raises(RowsError) as refused:
        delegation_rules(text("delegation.toml").replace(old, new, 1), "delegation.toml")
    assert all(error.startswith("delegation.toml: ") for error in refused.value.errors)
    assert any(said in error for error in refused.value.errors)
