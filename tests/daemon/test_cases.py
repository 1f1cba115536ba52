"""Cases over the real socket: opened, told of, moved, judged; nobody stands in the way."""

from __future__ import annotations

import asyncio
import json
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from clinics import BED, READY, VAGT, Clinic, Ear, clinic, daemon, ear, oximeter

from devices.simulated.patient import Patient
from devices.simulated.rows import PatientEvent, PatientRow, Probe
from vitals.vocabulary import Word

RECOVERY = "Opvågning 1"
SHORT_GRACE = "[monitoring]\ninduction_grace_s = 1\n"


def two_beds(root: Path, extra: str = "") -> Clinic:
    return clinic(root, extra=f'[[bed]]\nname = "{RECOVERY}"\n{extra}')


def child(*turns: PatientEvent) -> Patient:
    return Patient(PatientRow(bed=BED, age="4y", spo2=98, pulse_rate=110), list(turns))


@pytest.fixture
async def hears(tmp_path: Path) -> AsyncIterator[Ear]:
    place = two_beds(tmp_path, SHORT_GRACE)
    with daemon(place):
        async with oximeter(place, child()), ear(place) as found:
            await found.hear(lambda: found.of("reading", measure="spo2"))
            yield found


async def said(hears: Ear, do: str, bed: str = BED, **fields: Any) -> dict[str, Any]:
    answer = await hears.ask("enter", bed=bed, deed={"do": do, **fields})
    assert answer["result"] == "recorded", answer
    return hears.of("case", case=answer["case"])[-1]


async def moved(hears: Ear) -> None:
    """Move the case of the theatre to recovery."""
    answer = await hears.ask("enter", deed={"do": "move", "bed": RECOVERY})
    assert answer["result"] == "recorded", answer


async def refused(hears: Ear, do: str, bed: str = BED, **fields: Any) -> str:
    answer = await hears.ask("enter", bed=bed, deed={"do": do, **fields})
    assert answer["result"] == "refused", answer
    return f"{answer['reason']}: {answer['detail']}"


async def test_a_start_is_held_until_all_is_made_sure_of_and_anyway_is_never_refused(
    hears: Ear,
) -> None:
    await hears.ask("plan", code="3022", age="4y")
    gate = {item["id"]: item for item in hears.of("case")[-1]["gate"]}
    assert {"identity", "examination", "asa", "kit", "live"} <= gate.keys()
    assert (gate["kit"]["state"], gate["kit"]["weight"]) == ("unknown", "notice")
    assert (gate["live"]["state"], gate["live"]["detail"]) == ("done", "pulse_oximetry")
    assert "held by identity" in await refused(hears, "begin")
    await said(hears, "check", checks=READY["checks"])
    assert (await refused(hears, "begin")) == "held: held by asa: see to it, or start anyway"
    await said(hears, "asa", asa=3)
    assert "held by asa" in await refused(hears, "begin")
    case = await said(hears, "begin", anyway=True)
    assert (case["state"], case["gate"]) == ("anaesthesia", [])


async def test_an_emergency_is_refused_by_nothing_and_asks_nothing(hears: Ear) -> None:
    answer = await hears.ask("emergency", by="whoever")
    assert answer["result"] == "recorded"
    case = hears.of("case")[-1]
    assert (case["state"], case["band"], case["code"]) == ("anaesthesia", "unknown", "")
    limits = {one["measure"]: one for one in case["limits"]}
    assert (limits["spo2"]["lo"], limits["pulse_rate"]["hi"]) == (92, 200)
    await hears.ask("aged", age="8m")
    assert hears.of("case")[-1]["band"] == "infant"
    named = await said(hears, "procedure", code="3022", reason="nu kendt")
    assert (named["code"], named["planned"]) == ("3022", "3022")


async def test_a_case_goes_to_recovery_and_back_and_each_anaesthetic_has_its_own_code(
    hears: Ear,
) -> None:
    await hears.ask("start", code="3021", age="4y")
    await said(hears, "airway", airway="lma")
    await said(hears, "end")
    await said(hears, "recover")
    again = await said(hears, "resume", code="3023", reason="blødning")
    assert (again["state"], again["code"], again["planned"]) == ("anaesthesia", "3023", "3021")
    assert again["age_s"] < 5
    await said(hears, "end")
    await said(hears, "recover")
    late = await said(hears, "hand_over", to="MK", instruction="ilt", bp_lowering=True)
    assert late["state"] == "late_recovery"
    assert "nibp" in {cell["modality"] for cell in late["cells"]}
    gone = await said(hears, "transfer", to="Rigshospitalet", reason="blødning")
    assert gone["state"] == "transferred"
    assert {one["basis"] for one in gone["verdicts"]} == {"contract", "advisory"}


async def test_a_patient_moves_with_the_devices_that_are_named_and_frees_the_bed(
    hears: Ear,
) -> None:
    answer = await hears.ask("start", code="3021", age="4y")
    await said(hears, "end")
    await said(hears, "recover")
    deed = {"do": "move", "bed": RECOVERY, "devices": ["nonin"]}
    assert (await hears.ask("enter", deed=deed))["result"] == "recorded"
    await hears.hear(lambda: hears.of("reading", bed=RECOVERY, measure="spo2"))
    assert hears.of("case", case=answer["case"])[-1]["bed"] == RECOVERY
    second = await hears.ask("start", code="3021", age="4y", anyway=True)
    assert second["result"] == "recorded"
    back = {"do": "move", "bed": BED}
    held = await hears.ask("enter", bed=RECOVERY, deed=back)
    assert held["reason"] == "case_running"


async def test_an_airway_an_end_and_a_call_are_taken_wherever_the_case_stands(
    hears: Ear,
) -> None:
    await hears.ask("plan", code="3021", age="4y")
    for do, fields in (("airway", {"airway": "tube"}), ("end", {}), ("call", {})):
        entry = (await said(hears, do, **fields))["entries"][-1]
        assert entry["deed"]["do"] == do
        assert (entry["flags"] == ["out_of_order"]) is (do != "call")
    assert hears.of("case")[-1]["state"] == "planned"


async def test_a_call_for_a_patient_who_has_gone_home_is_taken_and_flagged(hears: Ear) -> None:
    await hears.ask("start", code="3021", age="4y")
    await said(hears, "end")
    await hears.home()
    called = await said(hears, "call")
    assert (called["state"], called["entries"][-1]["flags"]) == ("discharged", ["out_of_order"])
    assert (await refused(hears, "observation")).startswith("no_case")


async def test_a_correction_strikes_an_entry_and_what_follows_is_computed_anew(
    hears: Ear,
) -> None:
    await hears.ask("start", code="3021", age="4y")
    placed = await said(hears, "airway", airway="lma")
    assert "capnography" in {c["modality"] for c in placed["cells"] if c["basis"] == "contract"}
    number = placed["entries"][-1]["number"]
    mended = await said(hears, "correct", entry=number, reason="forkert barn")
    assert [one["struck"] for one in mended["entries"] if one["number"] == number] == [True]
    wanted = [c for c in mended["cells"] if c["modality"] == "capnography"]
    assert all(c["basis"] == "advisory" or c["obligation"] != "required" for c in wanted)


async def test_two_terminals_at_once_give_one_case_and_both_are_told(tmp_path: Path) -> None:
    place = two_beds(tmp_path)
    with daemon(place):
        async with ear(place) as one, ear(place) as other:
            answers = await asyncio.gather(
                one.ask("start", code="3021", age="4y"), other.ask("start", code="3022", age="4y")
            )
            assert sorted(answer["result"] for answer in answers) == ["recorded", "refused"]
            await one.hear(lambda: one.of("case", state="anaesthesia"))
            await other.hear(lambda: other.of("case", state="anaesthesia"))
            assert one.of("case")[-1]["code"] == other.of("case")[-1]["code"]
            assert len({found["case"] for found in one.of("case") + other.of("case")}) == 1


@pytest.mark.timeout(60)
async def test_a_probe_that_fell_off_is_a_gap_in_the_journal_and_the_verdict_says_so(
    tmp_path: Path,
) -> None:
    place = two_beds(tmp_path, SHORT_GRACE)
    off = PatientEvent(at_s=8, probe=Probe.OFF)
    with daemon(place):
        async with oximeter(place, child(off)), ear(place) as hears:
            await hears.hear(lambda: hears.of("reading", measure="spo2"))
            await hears.ask("start", code="3021", age="4y")
            await hears.hear(lambda: hears.of("alarm", id="probe_off"), 20)
            await asyncio.sleep(9)
            await said(hears, "end")
            await said(hears, "recover")
            done = await said(hears, "conclude", words=list(Word))
    found = [one for one in exported(place) if one["kind"] == "coverage"]
    gaps = [one["body"]["change"] for one in found if one["body"]["change"]["what"] == "opened"]
    spo2 = [gap for gap in gaps if gap["modality"] == "pulse_oximetry"]
    assert [(gap["cause"], gap["at_reading"]) for gap in spo2] == [("not_attached", True)]
    contract = next(one for one in done["verdicts"] if one["basis"] == "contract")
    assert contract["result"] == "review"
    assert "pulse_oximetry" in {reason["modality"] for reason in contract["reasons"]}


@pytest.mark.timeout(60)
async def test_after_a_power_cut_what_was_not_recorded_is_not_documented(tmp_path: Path) -> None:
    place = two_beds(tmp_path, SHORT_GRACE)
    async with oximeter(place, child()):
        with daemon(place) as running:
            async with ear(place) as hears:
                await hears.hear(lambda: hears.of("reading", measure="spo2"))
                await hears.ask("start", code="3021", age="4y")
                await asyncio.sleep(2)
                running.kill()
        with daemon(place):
            async with ear(place) as hears:
                await hears.hear(lambda: hears.of("reading", measure="spo2"))
                await said(hears, "end")
    down = [
        one["body"]["change"]
        for one in exported(place)
        if one["kind"] == "coverage" and one["body"]["change"].get("cause") == "recorder_down"
    ]
    assert {gap["modality"] for gap in down} >= {"pulse_oximetry", "capnography", "nibp"}


def exported(place: Clinic) -> list[dict[str, Any]]:
    done = subprocess.run(
        [*VAGT, "journal", "export", "--data", str(place.data)], capture_output=True, check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


async def test_a_correction_that_would_put_two_cases_at_one_bed_is_refused(hears: Ear) -> None:
    first = (await hears.ask("start", code="3021", age="4y"))["case"]
    await said(hears, "end")
    await said(hears, "recover")
    await moved(hears)
    number = hears.of("case", case=first)[-1]["entries"][-1]["number"]
    await hears.ask("plan", code="3021", age="4y")
    back = {"do": "correct", "entry": number, "reason": "forkert seng"}
    answer = await hears.ask("enter", bed=RECOVERY, case=first, deed=back)
    assert (answer["result"], answer["reason"]) == ("refused", "case_running")


async def test_what_later_steps_follow_from_is_not_corrected_away(hears: Ear) -> None:
    begun = (await hears.ask("start", code="3021", age="4y")) and hears.of("case")[-1]
    number = next(e["number"] for e in begun["entries"] if e["deed"]["do"] == "begin")
    await said(hears, "end")
    detail = await refused(hears, "correct", entry=number, reason="x")
    assert "(end) would hang in the air" in detail


async def test_an_airway_device_is_out_before_a_nurse_takes_over_or_signs(hears: Ear) -> None:
    await hears.ask("start", code="3022", age="4y")
    await said(hears, "airway", airway="lma")
    await said(hears, "end")
    assert (await refused(hears, "recover", device_in_place=True)).startswith("reason_missing")
    await said(hears, "recover", device_in_place=True, reason="blødning")
    handed: dict[str, Any] = {"to": "MK", "instruction": "ilt", "bp_lowering": False}
    assert "still in place" in await refused(hears, "hand_over", **handed)
    assert "still in place" in await refused(hears, "conclude", words=list(Word))
    await said(hears, "airway", airway="none")
    await said(hears, "hand_over", **handed)


async def test_who_starts_is_asked_about_the_patients_that_are_not_handed_over(
    hears: Ear,
) -> None:
    await hears.ask("start", code="3021", age="4y")
    await said(hears, "end")
    await said(hears, "recover")
    await moved(hears)
    plan = await hears.ask("plan", code="3021", age="4y", by="MK")
    assert plan["result"] == "recorded"
    await said(hears, "check", checks=READY["checks"])
    await said(hears, "asa", asa=1)
    assert f"held by recovery {RECOVERY}" in await refused(hears, "begin", unattached=True)


async def test_an_emergency_keeps_the_anaesthetist_and_ends_a_block_that_was_under_way(
    hears: Ear,
) -> None:
    planned = await hears.ask("plan", code="3021", age="4y")
    assert (await hears.ask("emergency", by="bedside"))["case"] == planned["case"]
    case = hears.of("case")[-1]
    assert (case["by"], case["emergency"], case["state"]) == ("AS", True, "anaesthesia")
    block = await hears.ask("plan", code="2622", age="40y", case_kind="block", bed=RECOVERY)
    await hears.ask("emergency", bed=RECOVERY)
    assert hears.of("case", case=block["case"])[-1]["state"] == "abandoned"
    assert hears.of("case", bed=RECOVERY)[-1]["state"] == "anaesthesia"
