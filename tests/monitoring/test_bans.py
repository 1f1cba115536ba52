"""DUR-13 and nitrous oxide: what the text of a code does not allow, told and never an obstacle."""

from __future__ import annotations

from typing import Any

import pytest
from asking import asked, contract, rule, violations

from monitoring.age import age
from vitals.vocabulary import Airway, Technique

CO2 = "capnography"
FROM_TWO = ["3022", "3023", "3024", "3025"]


@pytest.mark.parametrize("code", FROM_TWO)
def test_beyond_15_minutes_an_infant_may_breathe_gas_by_mask_and_a_device_is_only_told(
    code: str,
) -> None:
    known: dict[str, Any] = {"age": age("8m"), "elapsed_s": 20 * 60.0}
    by_mask = asked(code, technique=Technique.MASK_GA, airway=Airway.MASK, **known)
    assert violations(by_mask) == []
    by_tube = asked(code, technique=Technique.GA, airway=Airway.TUBE, **known)
    assert violations(by_tube) == [f"{code}.age"]
    assert by_tube.level == code
    assert rule(by_tube, CO2) is not None
    grown = asked(code, technique=Technique.GA, airway=Airway.TUBE, age=age("2y"))
    assert {row.rule for row in by_tube.obligations} == {row.rule for row in grown.obligations}


def test_an_infant_asleep_by_mask_for_20_minutes_is_watched_as_3022_and_nothing_is_found() -> None:
    known: dict[str, Any] = {"technique": Technique.MASK_GA, "age": age("8m")}
    answer = asked("3021", elapsed_s=20 * 60.0, **known)
    assert (answer.level, answer.violations) == ("3022", ())
    assert CO2 not in contract(answer)


@pytest.mark.parametrize("known", [True, False, None])
def test_sedation_with_nitrous_oxide_belongs_to_3021_and_3022_alone(*, known: bool | None) -> None:
    said: dict[str, Any] = {"technique": Technique.SEDATION, "nitrous_oxide": known}
    found = {code: violations(asked(code, **said)) for code in ("3021", "3022", "3023", "3024")}
    barred = ["3023", "3024"] if known else []
    assert {code: rules for code, rules in found.items() if rules} == {
        code: [f"{code}.nitrous_oxide"] for code in barred
    }


def test_nitrous_oxide_in_an_anaesthetic_is_no_finding() -> None:
    for code in ("3023", "3024"):
        known: dict[str, Any] = {"technique": Technique.GA, "airway": Airway.LMA}
        assert violations(asked(code, nitrous_oxide=True, **known)) == []


@pytest.mark.parametrize("code", ["3023", "3024"])
def test_that_nitrous_oxide_is_barred_is_a_proposal_and_what_the_text_says_is_none(
    code: str,
) -> None:
    sedated = asked(code, technique=Technique.SEDATION, nitrous_oxide=True)
    assert [(one.proposal, one.approved_by) for one in sedated.violations] == [(True, "")]
    infant = asked(code, technique=Technique.GA, airway=Airway.TUBE, age=age("8m"))
    assert [(one.rule, one.proposal) for one in infant.violations] == [(f"{code}.age", False)]


@pytest.mark.parametrize("airway", [None, Airway.MASK, Airway.NONE])
def test_nitrous_oxide_without_contact_is_an_anaesthetic_by_mask_and_nothing_intravenous(
    airway: Airway | None,
) -> None:
    known: dict[str, Any] = {"technique": Technique.SEDATION, "contact": False, "airway": airway}
    answer = asked("3021", nitrous_oxide=True, **known)
    assert (violations(answer), answer.level) == ([], "3021")
    assert violations(asked("3021", nitrous_oxide=False, **known)) == ["3021.intravenous"]
    by_tube = asked("3021", nitrous_oxide=True, **{**known, "airway": Airway.TUBE})
    assert (violations(by_tube), by_tube.level) == ([], "3022")
