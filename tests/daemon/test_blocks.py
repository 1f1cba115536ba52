"""Blocks over the real socket: readings, guidance, competence and delegation, held and judged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from clinics import BED, oximeter
from injections import GIVE, PAIR, TRAINED, exported, practice, room, rules

from devices.simulated.patient import Patient
from devices.simulated.rows import PatientRow
from vitals.duties import Duty


async def test_2635_with_a_pair_before_and_one_after_passes(tmp_path: Path) -> None:
    async with room(practice(tmp_path)) as at:
        await at.planned("2635")
        before = await at.said("pair", **PAIR)
        assert rules(before, "notice") == ["injection.equipment"]
        assert (await at.given())["state"] == "given"
        await at.said("pair", **PAIR)
        observed = await at.said("observe")
        assert rules(observed, "advice") == ["2635.pairs.pace"]
        left = await at.said("leave")
        assert left["findings"] == []
        (contract,) = [one for one in left["verdicts"] if one["basis"] == "contract"]
        assert contract == {"basis": "contract", "result": "pass", "reasons": []}


async def test_without_a_pair_before_it_is_held_with_rule_and_source(tmp_path: Path) -> None:
    async with room(practice(tmp_path)) as at:
        await at.planned("2635")
        detail = await at.held()
        assert detail.startswith("held by 2635.pairs.before (Modernisering af")
        assert "service 2635, Undersøgelse/behandling, p. 76)" in detail
        assert at.hears.of("case")[-1]["state"] == "planned"
        assert rules(await at.given(anyway=True), "hold") == ["2635.pairs.before"]


async def test_without_a_pair_after_the_end_of_observation_is_no_hold_and_the_contract_fails(
    tmp_path: Path,
) -> None:
    async with room(practice(tmp_path)) as at:
        await at.planned("2635")
        await at.said("pair", **PAIR)
        await at.given()
        observed = await at.said("observe")
        assert rules(observed, "hold") == []
        assert "2635.pairs.after" in rules(observed, "notice")
        left = await at.said("leave")
        (contract,) = [one for one in left["verdicts"] if one["basis"] == "contract"]
        assert contract["result"] == "fail"
        assert {one["why"] for one in contract["reasons"]} == {"no_reading"}


async def test_2637_without_ultrasound_is_held_and_given_anyway_it_is_a_violation(
    tmp_path: Path,
) -> None:
    place = practice(tmp_path, TRAINED)
    async with room(place) as at:
        await at.planned("2637")
        await at.said("pair", **PAIR)
        assert (await at.held()).startswith("held by 2637.guided (")
        await at.given(anyway=True)
        await at.said("pair", **PAIR)
        contract = await at.gone()
    assert (contract["result"], [one["rule"] for one in contract["reasons"]]) == (
        "fail",
        ["2637.guided"],
    )
    (kept,) = exported(place, "injection_held")
    assert (kept["number"], kept["holds"], kept["by"]) == (2, ["2637.guided"], "AS")


async def test_who_leaves_after_an_injection_in_spite_of_a_hold_owes_the_reason_first(
    tmp_path: Path,
) -> None:
    async with room(practice(tmp_path, TRAINED)) as at:
        await at.planned("2637")
        await at.said("pair", **PAIR)
        given = await at.given(anyway=True)
        assert given["asks"] == ["explain"]
        assert given["entries"][-1]["held"] == ["2637.guided"]
        await at.said("pair", **PAIR)
        await at.said("observe")
        answer = await at.told("leave")
        assert (answer["reason"], answer["detail"]) == (
            "reason_missing",
            "given in spite of 2637.guided: say why first (explain), then leave",
        )
        await at.said("explain", reason="scanner is broken")
        left = await at.said("leave")
        (waived,) = left["account"]["waived"]
        assert (waived["what"], waived["holds"]) == ("give", ["2637.guided"])
        assert waived["reason"] == "scanner is broken"


@pytest.mark.parametrize("way", ["abandon", "transfer"])
async def test_nobody_is_kept_from_giving_up_or_going_to_hospital_by_a_reason_that_is_owed(
    tmp_path: Path, way: str
) -> None:
    async with room(practice(tmp_path, TRAINED)) as at:
        await at.planned("2637")
        await at.given(anyway=True)
        words = {"to": "Rigshospitalet"} if way == "transfer" else {}
        gone = await at.said(way, reason="fainted", **words)
        contract = next(one for one in gone["verdicts"] if one["basis"] == "contract")
        unsaid = [one["rule"] for one in contract["reasons"] if one["why"] == "ungrounded"]
        assert "2637.guided" in unsaid


async def test_competence_is_that_of_who_injects_and_none_on_file_is_a_hold(
    tmp_path: Path,
) -> None:
    async with room(practice(tmp_path, TRAINED)) as at:
        await at.planned("2637")
        await at.said("pair", **PAIR)
        unknown = await at.told("give", **GIVE, guided=True, delegated_to="XX")
        assert unknown["reason"] == "unknown_initials"
        detail = await at.held(guided=True, delegated_to="MK")
        assert "2637.competence" in detail
        assert rules(await at.given(guided=True), "hold") == []


async def test_where_nobody_is_configured_competence_is_a_notice(tmp_path: Path) -> None:
    async with room(practice(tmp_path)) as at:
        await at.planned("2622")
        assert (await at.held(guided=True)).startswith("held by 2622.during (")
        await at.said("reading", measure="spo2", value=97)
        notices = rules(await at.given(guided=True), "notice")
        assert {"injection.competence", "series.history"} <= set(notices)


async def test_a_monitor_that_gives_spo2_is_enough_for_2622(tmp_path: Path) -> None:
    place = practice(tmp_path)
    well = Patient(PatientRow(bed=BED, age="50y", spo2=98, pulse_rate=70))
    async with oximeter(place, well), room(place) as at:
        await at.hears.hear(lambda: at.hears.of("reading", measure="spo2"))
        await at.planned("2622")
        assert rules(await at.given(guided=True), "hold") == []


async def test_a_delegated_injection_is_held_in_denmark_and_given_it_is_a_violation(
    tmp_path: Path,
) -> None:
    async with room(practice(tmp_path)) as at:
        await at.planned("2635")
        await at.said("pair", **PAIR)
        detail = await at.held(delegated_to="FT", by_specialist=False)
        assert detail.startswith("held by dk.delegation (")
        await at.given(delegated_to="FT", by_specialist=False, anyway=True)
        await at.said("pair", **PAIR)
        contract = await at.gone()
        assert contract["result"] == "fail"
        assert [one["rule"] for one in contract["reasons"]] == ["dk.delegation"]


async def test_who_is_no_anaesthesiologist_injects_as_a_delegate_whether_that_is_said_or_not(
    tmp_path: Path,
) -> None:
    async with room(practice(tmp_path, TRAINED)) as at:
        await at.planned("2620")
        deed = {"do": "give", **GIVE}
        answer = await at.hears.ask("enter", deed=deed, by="MK")
        assert (answer["result"], answer["reason"]) == ("refused", "held")
        assert "dk.delegation" in answer["detail"]


async def test_in_norway_every_item_of_a_delegated_injection_is_confirmed(
    tmp_path: Path,
) -> None:
    async with room(practice(tmp_path, country="no")) as at:
        await at.planned("2635")
        await at.said("pair", **PAIR)
        delegated = dict[str, Any](delegated_to="FT", by_specialist=False)
        detail = await at.held(**delegated)
        asked = [duty for duty in Duty if duty is not Duty.DELEGATION]
        assert all(f"no.{duty} (" in detail for duty in asked)
        most = [duty for duty in asked if duty is not Duty.INFORMED_GP]
        assert (await at.held(**delegated, confirmed=most)).startswith("held by no.informed_gp (")
        case = await at.given(**delegated, confirmed=asked, patient="690264 12345")
        assert rules(case, "hold") == []
