"""SR-068, SR-070 to SR-076, SR-092: what an injection and the readings around it add up to."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest
from beds import at, text
from blocks import shipped, steroids
from msgspec.structs import replace
from told import LOCAL, PAIR, case, course, entry, tell

from monitoring.case import Case, with_entry
from monitoring.competence import competence_rules
from monitoring.delegation import delegation_rules
from monitoring.injection import (
    BlockRules,
    Circumstances,
    block_findings,
    treatment,
    violations,
)
from monitoring.injectionrules import injection_rules
from monitoring.treatments import Apparatus, Dose, Treatment
from vitals import deeds
from vitals.competence import Certificate, Competence
from vitals.deeds import Give, Said
from vitals.duties import Duty
from vitals.measure import Measure
from vitals.practice import Country
from vitals.rows import RowsError
from vitals.series import History
from vitals.vocabulary import CaseKind, CaseState, Part, Side

DAY = date(2026, 11, 20)
BEFORE = DAY - timedelta(days=400)
TRAINED = tuple(
    Certificate(one, course_on=BEFORE, approved_on=BEFORE, sent_on=BEFORE)
    for one in (Competence.US_BLOCKS, Competence.MUSCULOSKELETAL)
)
SCENE = Circumstances(
    day=DAY,
    country=Country.DENMARK,
    patient="a1",
    history=History.KNOWN,
    ready=frozenset(Apparatus),
    held=TRAINED,
)
GUIDED = replace(LOCAL, guided=True, side=Side.LEFT)
MEDROL = {"steroid": "methylprednisolone_acetate", "steroid_mg": 40.0}
STEROID = replace(GUIDED, **MEDROL)
PAIRED = ("2635", "2637")
GIVEN: tuple[Said, ...] = (PAIR, GUIDED, PAIR)
DONE: tuple[Said, ...] = (deeds.Observe(), deeds.Leave())
PACE = {code: f"advice {code}.pairs.pace" for code in PAIRED}


@cache
def rules() -> BlockRules:
    return BlockRules(
        injection=injection_rules(text("injection.toml"), "injection.toml"),
        treatments=shipped(),
        steroids=steroids(),
        competence=competence_rules(text("competence.toml"), "competence.toml"),
        delegation=delegation_rules(text("delegation.toml"), "delegation.toml"),
    )


def block(code: str, *said: Said, **fields: Any) -> Case:
    return course(case(CaseKind.BLOCK, code=code, **fields), said)


def found(of: Case, scene: Circumstances = SCENE) -> list[str]:
    """Return what was found as `weight rule`, holds first."""
    return [f"{one.weight} {one.rule}" for one in block_findings(rules(), of, scene)]


def broken(of: Case, scene: Circumstances = SCENE) -> list[str]:
    return [one.rule for one in violations(rules(), of, scene)]


def before(days: int, code: str = "2635", **fields: Any) -> Treatment:
    given = treatment(block(code), STEROID, SCENE)
    return replace(given, day=DAY - timedelta(days=days), **fields)


@pytest.mark.parametrize("code", PAIRED)
def test_a_block_with_a_pair_before_and_one_after_is_as_the_text_asks(code: str) -> None:
    told = block(code, *GIVEN, *DONE)
    assert found(told) == [PACE[code]]
    assert broken(told) == []


@pytest.mark.parametrize("code", PAIRED)
def test_without_a_pair_before_an_injection_is_held(code: str) -> None:
    asked = with_entry(block(code), entry(block(code), GUIDED, at(0)))
    assert found(asked) == [f"hold {code}.pairs.before"]
    assert found(block(code, PAIR, GUIDED)) == []


@pytest.mark.parametrize("code", PAIRED)
def test_without_a_pair_after_it_the_end_of_the_observation_is_held(code: str) -> None:
    assert found(block(code, PAIR, GUIDED)) == []
    told = block(code, PAIR, GUIDED, deeds.Observe())
    assert found(told) == [f"hold {code}.pairs.after", PACE[code]]
    assert found(tell(told, PAIR, at(400))) == [PACE[code]]


def test_a_pair_between_two_injections_is_not_after_them() -> None:
    told = block("2635", PAIR, GUIDED, PAIR, GUIDED, deeds.Observe())
    assert "hold 2635.pairs.after" in found(told)
    assert "hold 2635.pairs.before" not in found(told)


def test_a_pair_that_was_entered_late_counts_where_it_was_taken() -> None:
    told = block("2635", PAIR, GUIDED, *DONE)
    late = entry(told, PAIR, at(90), entered=at(500))
    assert "hold 2635.pairs.after" not in found(with_entry(told, late))
    early = with_entry(block("2635", GUIDED), entry(block("2635", GUIDED), PAIR, at(-60)))
    assert "hold 2635.pairs.before" not in found(early)


def test_a_pair_that_was_struck_is_none() -> None:
    told = tell(block("2635", PAIR, GUIDED), deeds.Correct(entry=1, reason="slip"), at(300))
    assert found(told) == ["hold 2635.pairs.before"]


def test_nothing_is_missing_after_an_injection_of_a_patient_who_went_to_hospital() -> None:
    gone = block("2635", PAIR, GUIDED, deeds.Transfer(to="Aalborg", reason="convulsions"))
    assert gone.state is CaseState.TRANSFERRED
    assert found(gone) == []


@pytest.mark.parametrize(
    ("minutes", "advised"),
    [
        ((5, 10, 15, 20), False),
        ((0.1, 9, 10.1, 19), False),
        ((5.1, 10, 15, 20), True),
        ((5, 10, 15), True),
        ((5, 10, 15, 20.1), True),
        ((1, 2, 3, 4), True),
    ],
)
def test_a_pair_in_each_five_minutes_for_twenty_is_advice(
    minutes: tuple[float, ...], *, advised: bool
) -> None:
    told = block("2635", PAIR, GUIDED)
    for minute in minutes:
        told = tell(told, PAIR, at(60 + 60 * minute))
    told = tell(told, deeds.Observe(), at(2000))
    advice = block_findings(rules(), told, SCENE)
    assert [one.rule for one in advice] == (["2635.pairs.pace"] if advised else [])
    assert not any(one.approved for one in advice)


@pytest.mark.parametrize("code", ["2620", "2622", "2626"])
def test_other_blocks_ask_for_no_pair(code: str) -> None:
    told = block(code, GUIDED, *DONE, seen=frozenset({Measure.SPO2}))
    assert found(told) == []


def test_2622_is_given_with_a_number_of_spo2_from_a_monitor_or_typed_in() -> None:
    assert found(block("2622", GUIDED)) == ["hold 2622.during"]
    assert found(block("2622", GUIDED, seen=frozenset({Measure.PULSE_RATE}))) != []
    assert found(block("2622", GUIDED, seen=frozenset({Measure.SPO2}))) == []
    assert found(block("2622", deeds.Measured(measure=Measure.SPO2, value=97), GUIDED)) == []
    assert found(block("2622", PAIR, GUIDED)) == []


@pytest.mark.parametrize("part", Part)
def test_2635_is_lumbar_or_sacral_alone_and_given_elsewhere_it_is_a_violation(part: Part) -> None:
    told = block("2635", PAIR, replace(GUIDED, part=part), PAIR, *DONE)
    allowed = part in {Part.LUMBAR, Part.SACRAL}
    assert broken(told) == ([] if allowed else ["2635.place"])
    assert ("hold 2635.place" in found(told)) is not allowed


@pytest.mark.parametrize("code", ["2620", "2622", "2626", "2635", "2637"])
def test_ultrasound_guides_2622_2626_and_2637_and_not_2635(code: str) -> None:
    unguided = replace(GUIDED, guided=False)
    told = block(code, PAIR, unguided)
    asked = code in {"2622", "2626", "2637"}
    assert found(told) == ([f"hold {code}.guided"] if asked else [])
    assert broken(told) == ([f"{code}.guided"] if asked else [])


@pytest.mark.parametrize("code", ["2620", "2622", "2626", "2635", "2637"])
def test_who_injects_is_trained_where_the_text_asks_and_2635_asks_for_none(code: str) -> None:
    asked = code in {"2622", "2626", "2637"}
    told = block(code, PAIR, GUIDED)
    assert found(told, replace(SCENE, held=())) == ([f"hold {code}.competence"] if asked else [])
    unknown = ["notice injection.competence"] if asked else []
    assert found(told, replace(SCENE, held=None)) == unknown
    assert broken(told, replace(SCENE, held=())) == []


@pytest.mark.parametrize("code", ["2635", "2637"])
def test_the_kit_for_complications_stands_ready_for_2635_and_2637(code: str) -> None:
    without = replace(SCENE, ready=frozenset(Apparatus) - {Apparatus.COMPLICATIONS})
    assert found(block(code), without) == [f"hold {code}.equipment"]
    assert found(block(code), replace(SCENE, ready=None)) == ["notice injection.equipment"]
    assert broken(block(code, PAIR, GUIDED), without) == []


def test_a_fourth_treatment_of_a_series_is_held_and_given_anyway_a_violation() -> None:
    past = tuple(before(days) for days in (84, 56, 28))
    told = block("2635", PAIR, STEROID, PAIR, *DONE)
    assert broken(told, replace(SCENE, past=past[1:])) == []
    assert broken(told, replace(SCENE, past=past)) == ["2635.series"]
    others = tuple(replace(one, patient="b2") for one in past)
    assert broken(told, replace(SCENE, past=others)) == []


def test_steroid_sooner_than_two_weeks_and_too_much_of_it_are_violations() -> None:
    told = block("2635", PAIR, STEROID)
    assert broken(told, replace(SCENE, past=(before(13),))) == ["2635.interval"]
    assert broken(block("2635", PAIR, replace(STEROID, steroid_mg=40.5))) == ["2635.steroid"]


def test_two_injections_of_one_visit_are_added_up() -> None:
    half = replace(STEROID, steroid_mg=25.0)
    assert broken(block("2626", half)) == []
    assert broken(block("2626", half, replace(half, site="knee"))) == ["2626.steroid"]


def test_without_a_key_the_series_is_unknown_and_steroid_is_held() -> None:
    anyone = replace(SCENE, patient="", past=tuple(before(days) for days in (84, 56, 28)))
    assert found(block("2635", PAIR, GUIDED), anyone) == ["notice series.history"]
    told = block("2635", PAIR, STEROID)
    assert found(told, anyone) == ["hold injection.key", "notice series.history"]
    assert broken(told, anyone) == []


def test_a_dose_that_cannot_be_added_up_rests_on_a_reading_that_nobody_signed() -> None:
    odd = block("2635", PAIR, replace(STEROID, steroid="prednicone"))
    (one,) = violations(rules(), odd, SCENE)
    assert (one.rule, one.approved) == ("steroid.unknown", False)
    unnamed = block("2635", PAIR, replace(STEROID, steroid=""))
    assert broken(unnamed) == ["steroid.unknown"]


def test_a_delegated_injection_is_a_violation_in_denmark() -> None:
    told = block("2637", PAIR, replace(GUIDED, by_specialist=False, delegated_to="FT"))
    assert found(told) == ["hold dk.delegation"]
    assert broken(told) == ["dk.delegation"]


def test_in_norway_what_the_law_asks_is_a_violation_and_a_recommendation_is_not() -> None:
    norway = replace(SCENE, country=Country.NORWAY)
    asked = {Duty.PRESENCE, Duty.INFORMED_GP}
    confirmed = tuple(one for one in Duty if one not in asked)
    give = replace(GUIDED, delegated_to="FT", confirmed=confirmed)
    told = block("2637", PAIR, give)
    assert found(told, norway) == ["hold no.presence", "hold no.informed_gp"]
    assert broken(told, norway) == ["no.presence"]


def test_an_injection_that_was_struck_says_nothing() -> None:
    told = block("2635", PAIR, replace(STEROID, part=Part.ARM, delegated_to="FT"))
    assert len(broken(told)) == 2
    told = tell(told, deeds.Correct(entry=2, reason="never given"), at(300))
    assert (found(told), broken(told)) == ([], [])


def test_an_anaesthetic_is_no_block() -> None:
    told = course(case(), [deeds.Begin()])
    assert (found(told), broken(told)) == ([], [])


def test_an_injection_is_kept_as_the_next_ones_will_be_held_to_it() -> None:
    give: Give = replace(STEROID, diagnostic=True, site="L4", by_specialist=False)
    kept = treatment(block("2637"), give, SCENE)
    assert kept == Treatment(
        patient="a1",
        day=DAY,
        code="2637",
        site="L4",
        side=Side.LEFT,
        part=Part.LUMBAR,
        steroid=Dose("methylprednisolone_acetate", 40.0),
        diagnostic=True,
        by_specialist=False,
    )
    assert treatment(block("2637"), GUIDED, SCENE).steroid is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("least = 1", "least = 0", "[[pairs]] 1: least"),
        ('when = "before"', 'when = "soon"', "[[pairs]] 1: when"),
        ("every_s = 300", "every_s = inf", "[[pace]] 1: every_s"),
        ('measure = "spo2"', 'measure = "spo3"', "[[during]] 1: measure"),
        ('id = "2637.guided"', 'id = "2622.guided"', "'2622.guided' stands twice"),
        ('of = "key"', 'of = "equipment"', "[[unknown]] of 'key' is missing: add it"),
        ('of = "key"', 'of = "equipment"', "[[unknown]] 'equipment' stands twice"),
        ("[[guided]]", "[[guide]]", "guide: is unknown: remove it"),
        ("schema = 1", "schema = 2", "schema"),
    ],
)
def test_a_fault_of_a_row_about_injections_is_named(old: str, new: str, said: str) -> None:
    assert old in text("injection.toml")
    with pytest.raises(RowsError) as refused:
        injection_rules(text("injection.toml").replace(old, new, 1), "injection.toml")
    assert all(error.startswith("injection.toml: ") for error in refused.value.errors)
    assert any(said in error for error in refused.value.errors)
