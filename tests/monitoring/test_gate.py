"""SR-042 to SR-044, SR-060: what is made sure of before an anaesthetic, and what holds it."""

from __future__ import annotations

from functools import cache

import pytest
from beds import AGES, at, book_shipped, oximeter, text
from msgspec.structs import replace
from told import case, course, tell

from monitoring.case import Case
from monitoring.gate import Item, Scene, Stand, gate, holds
from monitoring.gaterules import GateRules, gate_rules
from monitoring.procedures import procedures
from monitoring.view import DeviceView, Sample
from vitals import deeds
from vitals.deeds import Said
from vitals.measure import Measure
from vitals.practice import Readiness
from vitals.reading import Quality
from vitals.rows import RowsError
from vitals.vocabulary import (
    CaseKind,
    CaseState,
    Check,
    DeviceState,
    Modality,
    Technique,
    Weight,
)

DONE, MISSING, UNKNOWN = Stand
HOLD, NOTICE, _ = Weight
ANAESTHETICS = ("3021", "3022", "3023", "3024", "3025")
ANSWERED: tuple[Said, ...] = (deeds.Checked(checks=tuple(Check)), deeds.Assess(asa=1))
SCENE = Scene(
    book=book_shipped(), at=at(600), by="AS", devices=(oximeter(),), ready=Readiness.READY
)
TONSILS, GROMMETS, ABSCESS = ("3015",), ("3009",), ("3034",)
MEASURES = {
    Modality.CAPNOGRAPHY: Measure.ETCO2,
    Modality.ECG: Measure.HEART_RATE,
    Modality.NIBP: Measure.NIBP_SYSTOLIC,
}


@cache
def rules() -> GateRules:
    return gate_rules(text("gate.toml"), "gate.toml")


def monitor(modality: Modality, value: float | None = 100, age_s: float = 0.3) -> DeviceView:
    quality = Quality.UNAVAILABLE if value is None else Quality.VALID
    samples = {MEASURES[modality]: Sample(value, quality, age_s)}
    return DeviceView(modality.value, (modality,), DeviceState.RECEIVING, AGES, samples)


def items(of: Case, scene: Scene = SCENE) -> dict[str, Item]:
    """Return the items by what is asked, with the detail where there is one."""
    found = gate(rules(), of, scene)
    named = {f"{one.id} {one.detail}".strip(): one for one in found}
    assert len(named) == len(found)
    return named


def held(of: Case, scene: Scene = SCENE) -> list[str]:
    return [f"{one.id} {one.detail}".strip() for one in holds(gate(rules(), of, scene))]


def seen(spo2: float | None, quality: Quality, age_s: float) -> DeviceView:
    samples = {Measure.SPO2: Sample(spo2, quality, age_s)}
    return DeviceView("nonin", (Modality.PULSE_OXIMETRY,), DeviceState.RECEIVING, AGES, samples)


def test_a_case_with_everything_in_order_is_held_by_nothing() -> None:
    told = course(case(), ANSWERED)
    assert held(told) == []
    assert {one.state for one in items(told).values()} == {DONE}


def test_of_a_new_case_every_question_is_missing_and_holds() -> None:
    asked = ["identity", "history", "condition", "fasting", "consent", "asa"]
    assert held(case()) == asked


@pytest.mark.parametrize("code", ANAESTHETICS)
@pytest.mark.parametrize("check", [one for one in Check if one is not Check.EXAMINATION])
def test_each_question_is_asked_of_every_anaesthetic_and_holds(code: str, check: Check) -> None:
    others = tuple(one for one in Check if one is not check)
    told = tell(case(code=code), deeds.Checked(checks=others), at(0))
    item = items(told)[check]
    assert (item.state, item.weight, item.held) == (MISSING, HOLD, True)
    assert not items(tell(told, deeds.Checked(checks=(check,)), at(60)))[check].held


@pytest.mark.parametrize("code", ANAESTHETICS)
def test_an_examination_is_required_from_3022_on_and_a_notice_in_3021(code: str) -> None:
    item = items(case(code=code))["examination"]
    assert (item.state, item.weight) == (MISSING, NOTICE if code == "3021" else HOLD)
    assert item.rule == ("gate.examination.3021" if code == "3021" else "gate.examination")


def test_a_question_that_was_answered_by_mistake_is_open_again() -> None:
    told = course(case(), [*ANSWERED, deeds.Correct(entry=1, reason="the wrong child")])
    assert held(told) == ["identity", "history", "condition", "fasting", "consent"]


@pytest.mark.parametrize("code", ANAESTHETICS)
@pytest.mark.parametrize(("asa", "held_by"), [(1, []), (2, []), (3, ["asa 3"]), (5, ["asa 5"])])
def test_asa_one_and_two_pass_and_three_holds(code: str, asa: int, held_by: list[str]) -> None:
    told = tell(case(code=code), deeds.Assess(asa=asa), at(0))
    assert [one for one in held(told) if one.startswith("asa")] == held_by


def test_the_last_asa_counts() -> None:
    told = course(case(), [*ANSWERED, deeds.Assess(asa=3)])
    assert held(told) == ["asa 3"]
    assert held(tell(told, deeds.Assess(asa=2), at(300))) == []


@pytest.mark.parametrize("code", ANAESTHETICS)
def test_the_kit_is_asked_for_also_with_a_mask_and_unknown_is_a_notice(code: str) -> None:
    told = tell(case(code=code), deeds.Sleep(technique=Technique.MASK_GA), at(0))
    expected = {
        Readiness.READY: (DONE, HOLD),
        Readiness.NOTICES: (DONE, HOLD),
        Readiness.UNCHECKED: (MISSING, HOLD),
        Readiness.HELD: (MISSING, HOLD),
        Readiness.UNUSED: (UNKNOWN, NOTICE),
        None: (UNKNOWN, NOTICE),
    }
    assert {*Readiness, None} == set(expected)
    for ready, stands in expected.items():
        item = items(told, replace(SCENE, ready=ready))["kit"]
        assert (item.state, item.weight) == stands
        assert item.held == (ready in {Readiness.UNCHECKED, Readiness.HELD})


def test_what_is_wrong_of_the_kit_is_named_worst_first() -> None:
    told = course(case(), ANSWERED)
    bad = replace(SCENE, ready=Readiness.HELD, reasons=("em-04 Kit A", "mc-05 KN"))
    assert held(told, bad) == ["kit em-04 Kit A; mc-05 KN"]
    noted = replace(SCENE, ready=Readiness.NOTICES, reasons=("em-03 Kit A",))
    assert held(told, noted) == []
    assert items(told, noted)["kit em-03 Kit A"].state is DONE


@pytest.mark.parametrize(
    ("device", "done"),
    [
        (seen(98, Quality.VALID, 10.0), True),
        (seen(98, Quality.VALID, 10.1), False),
        (seen(98, Quality.QUESTIONABLE, 1.0), False),
        (seen(None, Quality.INVALID, 1.0), False),
        (oximeter(state=DeviceState.LOST), False),
        (monitor(Modality.ECG), False),
    ],
)
def test_a_required_monitor_has_had_a_valid_number_in_ten_seconds(
    device: DeviceView, *, done: bool
) -> None:
    item = items(case(), replace(SCENE, devices=(device,)))["live pulse_oximetry"]
    assert (item.state, item.weight, item.held) == (DONE if done else MISSING, HOLD, not done)
    assert item.rule == "gate.live.pulse_oximetry"
    assert "service 3021" in item.source
    assert "10 s" in item.source


def test_any_one_of_two_monitors_will_do() -> None:
    off = seen(None, Quality.INVALID, 1.0)
    two = replace(SCENE, devices=(off, oximeter(name="masimo"), off))
    assert items(case(), two)["live pulse_oximetry"].state is DONE


def test_what_the_code_leaves_open_or_peers_advise_is_not_asked_for() -> None:
    asked = [one for one in items(case(code="3021")) if one.startswith("live")]
    assert asked == ["live pulse_oximetry"]


@pytest.mark.parametrize("code", ["3024", "3025"])
def test_every_monitor_that_a_code_requires_is_asked_for(code: str) -> None:
    asked = {one for one in items(case(code=code)) if one.startswith("live")}
    assert {"live pulse_oximetry", "live ecg", "live nibp"} <= asked
    assert ("live capnography" in asked) == (code == "3025")


def test_a_capnograph_need_only_speak_before_the_first_breath() -> None:
    for value, age_s in ((None, 0.3), (5.0, 300.0)):
        there = replace(SCENE, devices=(monitor(Modality.CAPNOGRAPHY, value, age_s),))
        assert items(case(code="3025"), there)["live capnography"].state is DONE
    assert items(case(code="3025"))["live capnography"].state is MISSING


@pytest.mark.parametrize(("age_s", "state"), [(600.0, DONE), (600.1, MISSING)])
def test_a_blood_pressure_may_be_ten_minutes_old(age_s: float, state: Stand) -> None:
    there = replace(SCENE, devices=(monitor(Modality.NIBP, 110, age_s),))
    assert items(case(code="3023"), there)["live nibp"].state is state


def test_a_child_that_does_not_bear_the_probe_is_a_notice_that_closes_by_itself() -> None:
    told = course(case(), ANSWERED)
    bare = replace(SCENE, devices=(), unattached=True)
    item = items(told, bare)["live pulse_oximetry"]
    assert (item.state, item.weight) == (MISSING, NOTICE)
    assert held(told, bare) == []
    begun = tell(told, deeds.Begin(unattached=True), at(300))
    attached = replace(bare, devices=(oximeter(),))
    assert items(begun, attached)["live pulse_oximetry"].state is DONE


def test_a_procedure_in_the_airway_holds_before_the_second_birthday() -> None:
    table = procedures(text("procedures.toml"), "procedures.toml")
    scene = replace(SCENE, table=table)
    told = course(case(procedures=TONSILS), ANSWERED)
    assert held(told, scene) == []
    young = replace(told, two_years=False)
    assert held(young, scene) == ["planned"]
    item = items(young, scene)["planned"]
    assert (item.rule, item.source) == (table.hold.id, str(table.hold.source))
    assert item.label == table.hold.label
    assert held(young) == []
    assert held(replace(young, procedures=()), scene) == []
    rebooked = deeds.Rebook(code="3021", reason="ears alone", procedures=GROMMETS)
    assert held(tell(young, rebooked, at(300)), scene) == []


@pytest.mark.parametrize(
    ("site", "held_by"),
    [
        (None, ["ent.in_airway.unsaid"]),
        ("mouth_throat", ["ent.in_airway.age"]),
        ("face_neck", []),
    ],
)
def test_where_the_site_decides_it_is_asked_for(site: str | None, held_by: list[str]) -> None:
    table = procedures(text("procedures.toml"), "procedures.toml")
    young = course(case(two_years=False, procedures=ABSCESS), ANSWERED)
    scene = replace(SCENE, table=table, site=site)
    assert [one.rule for one in holds(gate(rules(), young, scene))] == held_by


def test_of_numbers_that_are_not_printed_together_each_is_asked_about() -> None:
    table = procedures(text("procedures.toml"), "procedures.toml")
    numbers = ("5001", *TONSILS)
    assert frozenset(numbers) not in table.sets
    young = course(case(two_years=False, procedures=numbers), ANSWERED)
    assert held(young, replace(SCENE, table=table)) == ["planned"]


def test_what_is_planned_against_the_text_of_the_code_holds() -> None:
    told = tell(case(code="3025"), deeds.Sleep(technique=Technique.SEDATION), at(0))
    item = items(told)["text"]
    assert (item.weight, item.held, item.rule) == (HOLD, True, "3025.sedation")
    assert "service 3025" in item.source
    assert "text" not in items(case(code="3025"))
    assert "text" not in items(replace(told, code="3023", planned="3023"))


def other(state: CaseState, **fields: str) -> Case:
    told = {"number": "KN-261121-012", "bed": "bed 2", **fields}
    return replace(case(state=state), **told)


@pytest.mark.parametrize("state", CaseState)
def test_a_patient_in_early_recovery_who_was_not_handed_over_holds(state: CaseState) -> None:
    told = course(case(), ANSWERED)
    beside = replace(SCENE, others=(told, other(state)))
    early = state in {CaseState.ENDED, CaseState.RECOVERY}
    assert held(told, beside) == (["recovery bed 2 KN-261121-012"] if early else [])


def test_recovery_counts_per_anaesthetist_and_names_each_patient() -> None:
    told = course(case(), ANSWERED)
    theirs = other(CaseState.RECOVERY, by="MK")
    assert held(told, replace(SCENE, others=(theirs,))) == []
    assert held(told, replace(SCENE, others=(theirs,), by="MK")) == ["recovery bed 2 KN-261121-012"]
    third = other(CaseState.ENDED, number="KN-261121-013", bed="bed 3")
    both = replace(SCENE, others=(other(CaseState.RECOVERY), third))
    assert held(told, both) == ["recovery bed 2 KN-261121-012", "recovery bed 3 KN-261121-013"]


def test_the_case_itself_is_no_other_patient() -> None:
    again = replace(course(case(), ANSWERED), state=CaseState.RECOVERY)
    assert held(again, replace(SCENE, others=(again,))) == []


def test_an_anaesthetic_that_runs_elsewhere_is_a_notice() -> None:
    told = course(case(), ANSWERED)
    beside = replace(SCENE, others=(other(CaseState.ANAESTHESIA),))
    item = items(told, beside)["running bed 2 KN-261121-012"]
    assert (item.weight, item.approved, item.held) == (NOTICE, False, False)


def test_an_emergency_is_asked_nothing() -> None:
    emergency = case(code="", emergency=True)
    assert gate(rules(), emergency, replace(SCENE, devices=(), ready=Readiness.HELD)) == ()
    assert gate(rules(), replace(emergency, code="3023"), SCENE) == ()


def test_a_block_has_no_start_check() -> None:
    assert gate(rules(), case(CaseKind.BLOCK), SCENE) == ()


def test_how_long_to_fast_stands_beside_the_question_and_is_not_approved() -> None:
    found = items(case())
    minutes = {one.id: (one.minutes, one.approved_by) for one in found["fasting"].fasting}
    assert minutes == {
        "fasting.solids": (360, ""),
        "fasting.formula": (240, ""),
        "fasting.breast": (180, ""),
        "fasting.clear.child": (60, ""),
        "fasting.clear.adult": (120, ""),
    }
    assert all(one.fasting == () for name, one in found.items() if name != "fasting")


def test_every_item_has_its_source_and_its_words() -> None:
    for code in ANAESTHETICS:
        for one in items(case(code=code)).values():
            assert "Modernisering" in one.source
            assert all((one.label.en, one.label.da, one.label.nb))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('check = "consent"', 'check = "history"', "'history of 3021' stands twice"),
        ('check = "consent"', 'check = "history"', "[[question]] 'consent' is missing: add it"),
        ('check = "consent"', 'check = "wish"', "[[question]] 7: check"),
        ("most = 2", "most = 6", "asa.most"),
        ('unknown = "notice"', 'unknown = "maybe"', "kit.unknown"),
        ('modality = "ecg"', 'modality = "nibp"', "[[live]] 'nibp' stands twice"),
        ('modality = "ecg"', 'modality = "nibp"', "[[live]] 'ecg' is missing: add it"),
        ('modality = "ecg"', 'modality = "clinical_observation"', "no device proves it"),
        ("within_s = 10.0", "within_s = inf", "[[live]] 1: within_s"),
        ("minutes = 360", "minutes = 0", "[[fasting]] 1: minutes"),
        ('id = "gate.running"', 'id = "gate.recovery"', "'gate.recovery' stands twice"),
        ('states = ["anaesthesia"]', "states = []", "[[beside]] 2: states"),
        ("[text]", "[texts]", "text: is missing: add it"),
        ("schema = 1", "schema = 2", "schema"),
    ],
)
def test_a_fault_of_the_start_check_is_named(old: str, new: str, said: str) -> None:
    assert old in text("gate.toml")
    with pytest.raises(RowsError) as refused:
        gate_rules(text("gate.toml").replace(old, new, 1), "gate.toml")
    assert all(error.startswith("gate.toml: ") for error in refused.value.errors)
    assert any(said in error for error in refused.value.errors)


def test_no_row_of_the_start_check_loads_without_its_source() -> None:
    parts = text("gate.toml").split("source = ")
    for row in range(1, len(parts)):
        cut = parts[row].partition("\n")[2]
        bad = "source = ".join([*parts[:row], ""])[: -len("source = ")] + "source = ".join(
            [cut, *parts[row + 1 :]]
        )
        with pytest.raises(RowsError, match=r"source(: is missing|`)"):
            gate_rules(bad, "gate.toml")
