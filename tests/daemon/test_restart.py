from __future__ import annotations

import json
import subprocess
import time
from pathlib import Path
from typing import Any

from clinics import BED, VAGT, Clinic, Ear, clinic, daemon, ear, oximeter, unmeasured

from devices.simulated.patient import Patient
from devices.simulated.rows import PatientEvent, PatientRow, Pulse


def patient(spo2: float) -> Patient:
    return Patient(PatientRow(bed=BED, age="4y", spo2=spo2, pulse_rate=118))


def verified(place: Clinic) -> dict[str, object]:
    done = subprocess.run(
        [*VAGT, "journal", "verify", "--data", str(place.data), "--json"],
        capture_output=True,
        check=False,
    )
    found: dict[str, object] = json.loads(done.stdout)
    return found


def exported(place: Clinic) -> list[dict[str, Any]]:
    done = subprocess.run(
        [*VAGT, "journal", "export", "--data", str(place.data)], capture_output=True, check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


async def alarmed(hears: Ear) -> None:
    answer = await hears.ask("start", code="3021", age="4y")
    assert answer["result"] == "recorded"
    await hears.hear(lambda: hears.of("alarm", id="spo2_low", priority="high"))


async def test_after_a_power_cut_case_alarm_and_acknowledgement_are_back(tmp_path: Path) -> None:
    place = clinic(tmp_path)
    async with oximeter(place, patient(spo2=80)):
        with daemon(place) as running:
            async with ear(place) as hears:
                await alarmed(hears)
                answer = await hears.ask("acknowledge", alarm="spo2_low")
                assert answer["result"] == "recorded"
                before = hears.of("case")[-1]
                running.kill()
        begun = time.monotonic()
        with unmeasured(place):
            async with ear(place) as hears:
                await hears.hear(lambda: hears.of("snapshot"))
                assert time.monotonic() - begun < 2
                await all_is_back(hears, before)
    found = verified(place)
    assert (found["journal"], found["first_bad"]) == ("clean", None)


async def all_is_back(hears: Ear, before: dict[str, Any]) -> None:
    case, alarm = hears.of("case")[0], hears.of("alarm", id="spo2_low")[0]
    same = ("case", "bed", "state", "code", "band", "limits", "by", "rules")
    assert {key: case[key] for key in same} == {key: before[key] for key in same}
    assert case["age_s"] >= before["age_s"]
    standing = (alarm["state"], alarm["signal"], alarm["priority"])
    assert standing == ("acknowledged", "acknowledged", "high")
    # Live data agree with what was kept: the alarm goes on and does not begin anew.
    await hears.hear(lambda: hears.of("reading", value=80))
    await hears.hear(lambda: len(hears.of("beat")) >= 3)
    assert not hears.of("alarm", id="spo2_low", state="ended")
    assert not hears.of("alarm", id="spo2_low", signal="on")


async def test_an_alarm_without_data_after_a_restart_stays(tmp_path: Path) -> None:
    place = clinic(tmp_path)
    with daemon(place) as running:
        async with oximeter(place, patient(spo2=80)), ear(place) as hears:
            await alarmed(hears)
            shown = len(hears.of("beat"))
            await hears.hear(lambda: len(hears.of("beat")) > shown + 1)
            running.kill()
    with daemon(place):
        async with ear(place) as hears:
            await hears.hear(lambda: len(hears.of("beat")) >= 2)
            assert hears.of("alarm", id="spo2_low")[-1]["state"] == "active"


async def test_a_killed_daemon_confirms_nothing_that_it_did_not_keep(tmp_path: Path) -> None:
    place = clinic(tmp_path)
    confirmed = []
    for _ in range(3):
        with daemon(place) as running:
            async with ear(place) as hears:
                answer = await hears.ask("start", code="3021", age="8m")
                confirmed.append(answer["case"])
                assert (await hears.ask("end"))["result"] == "recorded"
                await hears.home()
                running.kill()
    rows = exported(place)
    assert [row["body"]["case"] for row in rows if row["kind"] == "case_opened"] == confirmed
    assert len(set(confirmed)) == 3
    assert verified(place)["journal"] == "clean"


async def test_a_latched_note_goes_when_its_patient_is_watched_no_longer(tmp_path: Path) -> None:
    place = clinic(tmp_path)
    row = PatientRow(bed=BED, age="4y", spo2=97, pulse_rate=118)
    lost = [
        PatientEvent(at_s=3, pulse=Pulse.LOST),
        PatientEvent(at_s=10, pulse=Pulse.FOUND),
    ]
    with daemon(place):
        async with oximeter(place, Patient(row, lost)), ear(place) as hears:
            await hears.ask("start", code="3021", age="4y")
            await hears.hear(lambda: hears.of("alarm", id="no_pulse", signal="latched"), 15)
            await hears.ask("end")
            assert hears.of("alarm", id="no_pulse")[-1]["signal"] == "latched"
            await hears.home()
            last = hears.of("alarm", id="no_pulse")[-1]
            assert (last["state"], last["signal"]) == ("ended", "off")
        async with ear(place) as again:
            await again.hear(lambda: again.of("snapshot"))
            assert again.of("alarm") == []
