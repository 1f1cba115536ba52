from __future__ import annotations

from typing import Any

import pytest
from asking import BOOK, asked, contract, rule, violations

from monitoring.age import age
from monitoring.facts import Facts
from monitoring.obligations import Answer, Origin, obligations
from monitoring.services import Kind
from vitals.vocabulary import Airway, Basis, Phase, Technique

OBSERVED = "clinical_observation"
SPO2 = "pulse_oximetry"
CO2 = "capnography"
BARE = {OBSERVED: "required", SPO2: "required"}
FULL = {**BARE, "ecg": "required", "nibp": "required"}
EVT = {**BARE, "ecg": "optional", "nibp": "optional"}
ANAESTHETICS = ["3021", "3022", "3023", "3024", "3025"]
FROM_TWO = ANAESTHETICS[1:]
DEVICES = [Airway.LMA, Airway.TUBE]


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("3021", BARE),
        ("3022", {**EVT, CO2: "conditional"}),
        ("3023", {**FULL, CO2: "conditional"}),
        ("3024", {**FULL, CO2: "conditional"}),
        ("3025", {**FULL, CO2: "required"}),
    ],
    ids=["LVL-3021", "LVL-3022", "LVL-3023", "LVL-3024", "LVL-3025"],
)
def test_the_contract_of_an_anaesthetic_is_what_its_text_names_and_nothing_else(
    code: str, says: dict[str, str]
) -> None:
    answer = asked(code)
    assert contract(answer) == says
    assert {row.phase for row in answer.obligations} == {Phase.DURING}
    assert all(row.rule.startswith(f"{code}.") for row in answer.obligations)
    assert answer.level == code
    assert answer.violations == ()


@pytest.mark.parametrize("code", ["3022", "3023", "3024"])
@pytest.mark.parametrize("airway", DEVICES)
def test_capnography_is_required_once_a_device_is_in_the_airway(code: str, airway: Airway) -> None:
    assert rule(asked(code, airway=airway), CO2) == (f"{code}.capnography", Origin.CODE)


@pytest.mark.parametrize("code", ["3022", "3023", "3024"])
@pytest.mark.parametrize(
    "known",
    [{"airway": Airway.MASK}, {"airway": Airway.NONE}, {"technique": Technique.MASK_GA}],
    ids=["mask", "none", "mask_ga"],
)
def test_capnography_falls_away_once_no_device_is_in_the_airway(
    code: str, known: dict[str, Any]
) -> None:
    assert CO2 not in contract(asked(code, **known))


@pytest.mark.parametrize("airway", [*Airway, None])
def test_3025_asks_for_capnography_throughout(airway: Airway | None) -> None:
    assert contract(asked("3025", airway=airway)) == {**FULL, CO2: "required"}


@pytest.mark.parametrize("airway", DEVICES)
def test_a_device_in_3021_is_no_violation_and_asks_for_capnography_by_the_rule_of_3022(
    airway: Airway,
) -> None:
    answer = asked("3021", airway=airway, age=age("1y"))
    assert rule(answer, CO2) == ("3022.capnography", Origin.TECHNIQUE)
    assert rule(answer, SPO2) == ("3021.oximetry", Origin.CODE)
    assert (answer.level, answer.violations) == ("3022", ())


def test_what_a_longer_case_adds_is_contract_and_says_that_the_time_asks_for_it() -> None:
    answer = asked("3021", elapsed_s=30 * 60.0)
    assert rule(answer, "ecg") == ("3023.ecg", Origin.DURATION)
    assert rule(answer, "nibp") == ("3023.nibp", Origin.DURATION)
    assert rule(answer, SPO2) == ("3021.oximetry", Origin.CODE)
    assert answer.level == "3023"
    assert answer.violations == ()


@pytest.mark.parametrize("code", ["3021", "3022"])
def test_a_second_before_30_minutes_nothing_asks_for_ecg_and_blood_pressure(code: str) -> None:
    answer = asked(code, elapsed_s=30 * 60 - 1.0)
    assert rule(answer, "ecg") is None
    assert rule(answer, "nibp") is None


def test_a_3021_of_15_minutes_is_watched_as_a_3022() -> None:
    assert asked("3021", elapsed_s=899.9).level == "3021"
    assert asked("3021", elapsed_s=900.0).level == "3022"


def test_technique_and_time_each_add_under_the_rule_of_their_own_code() -> None:
    answer = asked("3021", airway=Airway.LMA, elapsed_s=35 * 60.0)
    assert rule(answer, CO2) == ("3022.capnography", Origin.TECHNIQUE)
    assert rule(answer, "ecg") == ("3023.ecg", Origin.DURATION)


def test_a_short_case_is_held_to_its_own_code() -> None:
    assert asked("3024", elapsed_s=60.0).level == "3024"
    assert contract(asked("3024", elapsed_s=60.0)) == contract(asked("3024"))


@pytest.mark.parametrize("code", FROM_TWO)
@pytest.mark.parametrize("airway", DEVICES)
def test_a_device_before_the_second_birthday_is_a_finding_and_no_obstacle(
    code: str, airway: Airway
) -> None:
    answer = asked(code, airway=airway, age=age("23m"))
    assert violations(answer) == [f"{code}.age"]
    assert rule(answer, CO2) is not None


@pytest.mark.parametrize("code", FROM_TWO)
@pytest.mark.parametrize(
    "known",
    [
        {"airway": Airway.TUBE, "age": age("2y")},
        {"airway": Airway.TUBE, "age": age("24m")},
        {"airway": Airway.TUBE},
        {"airway": Airway.MASK, "age": age("20d")},
        {"age": age("1y")},
    ],
    ids=["2y", "24m", "no age", "mask", "no airway"],
)
def test_the_age_rule_speaks_only_of_a_known_device_in_a_child_known_to_be_younger(
    code: str, known: dict[str, Any]
) -> None:
    assert violations(asked(code, **known)) == []


def test_sedation_is_a_violation_in_3025_alone() -> None:
    found = {code: violations(asked(code, technique=Technique.SEDATION)) for code in ANAESTHETICS}
    assert {code: rules for code, rules in found.items() if rules} == {"3025": ["3025.sedation"]}


@pytest.mark.parametrize(
    "known",
    [
        {"technique": Technique.GA, "airway": Airway.NONE},
        {"technique": Technique.SEDATION, "contact": False},
        {"technique": Technique.SEDATION, "contact": False, "airway": Airway.MASK},
    ],
    ids=["ga none", "no contact", "no contact, mask"],
)
def test_intravenous_anaesthesia_is_a_violation_in_3021_alone(known: dict[str, Any]) -> None:
    assert violations(asked("3021", **known)) == ["3021.intravenous"]
    assert asked("3021", **known).level == "3022"
    assert all(violations(asked(code, **known)) == [] for code in FROM_TWO)


@pytest.mark.parametrize(
    "known",
    [
        {"technique": Technique.MASK_GA},
        {"technique": Technique.GA, "airway": Airway.MASK},
        {"technique": Technique.GA, "airway": Airway.LMA},
        {"technique": Technique.GA},
        {"technique": Technique.SEDATION},
        {"technique": Technique.SEDATION, "contact": True},
        {"technique": Technique.SEDATION, "contact": False, "airway": Airway.TUBE},
    ],
    ids=["mask_ga", "ga mask", "ga lma", "ga", "sedation", "contact", "no contact, tube"],
)
def test_what_is_or_may_be_no_intravenous_anaesthesia_is_no_violation_in_3021(
    known: dict[str, Any],
) -> None:
    assert violations(asked("3021", **known)) == []


def test_a_different_duration_is_never_a_finding() -> None:
    known: dict[str, Any] = {"technique": Technique.SEDATION, "elapsed_s": 7201.0}
    assert asked("3021", **known).level == "3025"
    assert violations(asked("3021", **known)) == []


@pytest.mark.parametrize("code", ANAESTHETICS)
def test_a_block_with_an_anaesthetic_is_watched_as_that(code: str) -> None:
    known: dict[str, Any] = {"airway": Airway.LMA, "age": age("1y"), "elapsed_s": 2000.0}
    assert asked("5000", beside=code, **known) == asked(code, **known)


def test_2622_asks_for_oximetry_while_the_block_is_given() -> None:
    answer = asked("2622")
    assert contract(answer) == {SPO2: "required"}
    assert [row.rule for row in answer.obligations if row.phase is Phase.AFTER] == [
        "2622.oximetry.after"
    ]
    assert contract(answer, Phase.AFTER) == {}


@pytest.mark.parametrize("code", ["2635", "2637"])
def test_2635_and_2637_ask_for_saturation_and_blood_pressure_before_and_after(code: str) -> None:
    answer = asked(code)
    pair = {SPO2: "required", "nibp": "required"}
    assert contract(answer, Phase.BEFORE) == {OBSERVED: "required", **pair}
    assert contract(answer, Phase.AFTER) == {OBSERVED: "required", **pair}
    assert contract(answer, Phase.DURING) == {}


MAYBE = {CO2: "conditional", "nibp": "conditional"}


def test_recovery_asks_for_observation_and_oximetry_and_maybe_for_more() -> None:
    assert contract(asked("recovery"), Phase.RECOVERY) == {**BARE, **MAYBE}


@pytest.mark.parametrize(("given", "says"), [(True, "required"), (False, None)])
def test_blood_pressure_in_recovery_hangs_on_analgesics_that_lower_it(
    *, given: bool, says: str | None
) -> None:
    answer = asked("recovery", bp_lowering=given)
    assert contract(answer, Phase.RECOVERY).get("nibp") == says


def test_a_device_left_in_for_recovery_keeps_capnography_required() -> None:
    answer = asked("recovery", airway=Airway.LMA)
    assert rule(answer, CO2) == ("recovery.capnography", Origin.CODE)
    for airway in (Airway.NONE, Airway.MASK):
        assert CO2 not in contract(asked("recovery", airway=airway), Phase.RECOVERY)


@pytest.mark.parametrize(
    "code",
    ["2265", "2266", "2620", "2623", "2624", "2626", "2638", "2639", "2640", "2641"],
)
def test_services_without_monitoring_ask_for_none(code: str) -> None:
    assert asked(code, airway=Airway.LMA, elapsed_s=9000.0) == Answer(None, (), ())


@pytest.mark.parametrize("code", ANAESTHETICS)
def test_peers_advise_the_same_whatever_the_code(code: str) -> None:
    advised = {
        row.rule: (row.modality.value, row.obligation.value, row.proposal, row.origin)
        for row in asked(code).obligations
        if row.basis is Basis.ADVISORY
    }
    assert advised == {
        f"{code}.capnography.peer": (CO2, "required", True, Origin.PEER),
        f"{code}.ecg.peer": ("ecg", "required", True, Origin.PEER),
        f"{code}.nibp.peer": ("nibp", "required", True, Origin.PEER),
        f"{code}.neuromuscular.peer": ("neuromuscular", "conditional", True, Origin.PEER),
    }


@pytest.mark.parametrize("code", ["2622", "2635", "2637"])
def test_peers_advise_ecg_and_blood_pressure_during_a_block(code: str) -> None:
    answer = asked(code)
    assert rule(answer, "ecg", Basis.ADVISORY) == (f"{code}.ecg.peer", Origin.PEER)
    assert f"{code}.nibp.peer" in [row.rule for row in answer.obligations]


@pytest.mark.parametrize("code", ["2635", "2637"])
def test_peers_advise_oximetry_while_a_central_block_is_given(code: str) -> None:
    assert f"{code}.oximetry.peer" in [row.rule for row in asked(code).obligations]


@pytest.mark.parametrize("code", ANAESTHETICS)
def test_a_relaxant_asks_for_the_nerve_stimulator_as_advice_and_never_by_the_contract(
    code: str,
) -> None:
    answer = asked(code, relaxant=True)
    assert rule(answer, "neuromuscular", Basis.ADVISORY) is not None
    assert contract(answer) == contract(asked(code))
    without = asked(code, relaxant=False).obligations
    assert "neuromuscular" not in {row.modality.value for row in without}


def test_one_phase_may_be_asked_for_alone() -> None:
    answer = obligations(BOOK, "2635", Facts(), phase=Phase.BEFORE)
    assert {row.phase for row in answer.obligations} == {Phase.BEFORE}
    assert len(answer.obligations) == 3


def test_a_book_without_the_higher_codes_raises_no_level_and_no_error() -> None:
    alone = type(BOOK)({"3021": BOOK.services["3021"]}, BOOK.durations)
    answer = obligations(alone, "3021", Facts(airway=Airway.TUBE, elapsed_s=8000.0))
    assert answer.level == "3021"


def test_the_contract_rows_are_no_proposals_and_the_advice_is() -> None:
    for code, rules in BOOK.services.items():
        for row in rules.requirements:
            assert row.proposal is (row.basis is Basis.ADVISORY), row.id
            assert row.id.startswith(f"{code}.")
        assert (rules.service.kind is Kind.ANAESTHESIA) is (code in ANAESTHETICS)
