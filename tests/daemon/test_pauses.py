"""Pauses and calls over the socket of a real daemon, and over its death."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from clinics import BED, VAGT, Clinic, Ear, clinic, daemon, ear, oximeter

from devices.simulated.patient import Patient
from devices.simulated.rows import PatientRow

LOW = Patient(PatientRow(bed=BED, age="4y", spo2=80, pulse_rate=118))


def loud(root: Path) -> Clinic:
    """Return a clinic at whose bed everything sounds at once."""
    place = clinic(root)
    text = place.config.read_text().replace(
        f'name = "{BED}"\n', f'name = "{BED}"\nprofile = "full"\n'
    )
    place.config.write_text(text.replace('code = "KN"', 'code = "KN"\nphone = "+45 12 34 56 78"'))
    return place


def journalled(place: Clinic, kind: str) -> list[dict[str, Any]]:
    done = subprocess.run(
        [*VAGT, "journal", "export", "--data", str(place.data)], capture_output=True, check=True
    )
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return [row["body"] for row in rows if row["kind"] == kind]


def sound(hears: Ear) -> dict[str, Any]:
    return hears.of("sounding", bed=BED)[-1]


async def alarmed(hears: Ear) -> None:
    assert (await hears.ask("start", code="3021", age="4y"))["result"] == "recorded"
    await hears.hear(lambda: hears.of("alarm", id="spo2_low", priority="high"))
    await hears.hear(lambda: sound(hears)["audible"] == "high")


@pytest.mark.parametrize("order", ["", "acknowledge", "pause"])
async def test_after_a_power_cut_an_alarm_sounds_as_it_did_before(
    tmp_path: Path, order: str
) -> None:
    place = loud(tmp_path)
    async with oximeter(place, LOW):
        with daemon(place) as running:
            async with ear(place) as hears:
                await alarmed(hears)
                if order:
                    alarm = {"alarm": "spo2_low"} if order == "acknowledge" else {}
                    assert (await hears.ask(order, **alarm))["result"] == "recorded"
                    await hears.hear(lambda: sound(hears)["audible"] is None)
                before, signal = sound(hears), hears.of("alarm", id="spo2_low")[-1]["signal"]
                running.kill()
        with daemon(place):
            async with ear(place) as hears:
                await hears.hear(lambda: hears.of("snapshot"))
                after = sound(hears)
                await hears.hear(lambda: len(hears.of("beat")) >= 2)
                assert hears.of("alarm", id="spo2_low")[-1]["signal"] == signal
                assert {s["audible"] for s in hears.of("sounding", bed=BED)} == {before["audible"]}
    assert after["audible"] == ("high" if not order else None)
    assert after["paused_by"] == before["paused_by"] == ("AS" if order == "pause" else None)
    if order == "pause":
        assert 100 < after["pause_s"] < before["pause_s"] <= 120


async def test_a_pause_is_told_ended_by_hand_and_refused_to_nobody(tmp_path: Path) -> None:
    place = loud(tmp_path)
    place.config.write_text(
        place.config.read_text() + '[[person]]\ninitials = "AS"\nroles = ["anaesthesiologist"]\n'
    )
    with daemon(place):
        async with oximeter(place, LOW), ear(place) as hears:
            await alarmed(hears)
            assert (await hears.ask("pause", by="anybody"))["result"] == "recorded"
            assert (sound(hears)["audible"], sound(hears)["paused_by"]) == (None, "anybody")
            assert (await hears.ask("unpause", by="MK"))["result"] == "recorded"
            assert (sound(hears)["audible"], sound(hears)["pause_s"]) == ("high", None)
            assert [e["by"] for e in hears.of("event", event="audio_resumed")] == ["MK"]
            assert hears.of("alarm", id="spo2_low")[-1]["signal"] == "on"
    assert [one["by"] for one in journalled(place, "audio_paused")] == ["anybody"]


async def test_an_acknowledgement_is_kept_with_who_and_how_late(tmp_path: Path) -> None:
    place = loud(tmp_path)
    with daemon(place):
        async with oximeter(place, LOW), ear(place) as hears:
            await alarmed(hears)
            begun = hears.of("alarm", id="spo2_low")[-1]["age_s"]
            await hears.ask("acknowledge", alarm="spo2_low", by="recovery")
    (kept,) = [one for one in journalled(place, "alarm") if one["cue"] == "acknowledged"]
    assert kept["by"] == "recovery"
    assert begun <= kept["latency_s"] < begun + 10


async def test_a_call_is_high_in_every_profile_until_somebody_answers_also_after_a_power_cut(
    tmp_path: Path,
) -> None:
    place = clinic(tmp_path)  # a theatre, where little sounds
    with daemon(place) as running:
        async with ear(place) as hears:
            case = (await hears.ask("plan", code="3021", age="4y"))["case"]
            assert (await hears.say("call"))["result"] == "recorded"
            await hears.hear(lambda: sound(hears)["audible"] == "high")
            (call,) = sound(hears)["calls"]
            assert (call["case"], call["by"], call["step"]) == (case, "AS", "anaesthetist")
            running.kill()
    with daemon(place):
        async with ear(place) as hears:
            await hears.hear(lambda: hears.of("snapshot"))
            assert [one["case"] for one in sound(hears)["calls"]] == [case]
            assert (await hears.ask("answer_call", by="MK"))["result"] == "recorded"
            assert (sound(hears)["audible"], sound(hears)["calls"]) == (None, [])
            again = await hears.ask("answer_call", by="LN")
            assert (again["result"], again["reason"]) == ("refused", "no_call")
    (kept,) = journalled(place, "call_answered")
    assert (kept["case"], kept["by"]) == (case, "MK")
    assert 0 < kept["latency_s"] < 60


async def test_a_call_that_is_put_on_record_later_or_was_a_slip_does_not_ring(
    tmp_path: Path,
) -> None:
    place = clinic(tmp_path)
    with daemon(place):
        async with ear(place) as hears:
            await hears.ask("plan", code="3021", age="4y")
            await hears.say("call", ago_s=60)
            assert sound(hears)["calls"] == []
            await hears.say("call")
            await hears.hear(lambda: len(sound(hears)["calls"]) == 1)
            struck = await hears.say("correct", entry=2, reason="slip")
            assert struck["result"] == "recorded"
            await hears.hear(lambda: sound(hears)["calls"] == [])


async def test_a_call_goes_with_its_patient_to_another_bed(tmp_path: Path) -> None:
    place = clinic(tmp_path, extra='[[bed]]\nname = "Opvågning 1"\nprofile = "recovery"\n')
    with daemon(place):
        async with ear(place) as hears:
            await hears.ask("plan", code="3021", age="4y")
            await hears.say("call")
            assert (await hears.say("move", bed="Opvågning 1"))["result"] == "recorded"
            await hears.hear(lambda: hears.of("sounding", bed="Opvågning 1", audible="high"))
            await hears.hear(lambda: sound(hears)["calls"] == [])
            answer = await hears.ask("answer_call", bed="Opvågning 1")
            assert answer["result"] == "recorded"
