"""Through the real daemon: what a monitor sent around an alarm is on file, and stays as it was."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from clinics import BED, VAGT, Clinic, Ear, clinic, daemon, ear, oximeter

from daemon.journal.store import FILE
from devices.simulated.patient import Patient
from devices.simulated.rows import PatientEvent, PatientRow


def falling() -> Patient:
    """Return a patient whose saturation is low from the third second on."""
    row = PatientRow(bed=BED, age="4y", spo2=97, pulse_rate=118)
    return Patient(row, [PatientEvent(at_s=3, over_s=0, spo2=80)])


def vagt(place: Clinic, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*VAGT, *words, "--data", str(place.data)], capture_output=True, check=False, text=True
    )


def verified(place: Clinic) -> tuple[int, dict[str, Any]]:
    done = vagt(place, "journal", "verify", "--json")
    return done.returncode, json.loads(done.stdout)


def shown(place: Clinic, case: str, *words: str) -> dict[str, Any]:
    done = vagt(place, "alarms", "show", case, *words, "--json")
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


async def desaturated(hears: Ear) -> str:
    """Start a case and wait for the alarm; return the case's number."""
    wanted = {"id": "spo2_low", "priority": "high", "state": "active"}
    before = len(hears.of("alarm", **wanted))  # of the case before, whose alarms are ended
    answer = await hears.ask("start", code="3021", age="4y")
    await hears.hear(lambda: len(hears.of("alarm", **wanted)) > before, 20)
    return str(answer["case"])


async def home(hears: Ear) -> None:
    await hears.ask("end")
    await hears.home()
    told = len(hears.of("beat"))
    await hears.hear(lambda: len(hears.of("beat")) > told + 1)


async def test_a_desaturation_is_on_file_as_the_monitor_sent_it(tmp_path: Path) -> None:
    place = clinic(tmp_path)
    with daemon(place):
        async with ear(place) as hears, oximeter(place, falling()):
            case = await desaturated(hears)
            onset = hears.of("alarm", id="spo2_low")[0]
            told = len(hears.of("beat"))
            await hears.hear(lambda: len(hears.of("beat")) > told + 3)
            await home(hears)
    found = shown(place, case, "spo2_low")["alarms"]
    strip = found[0]["strip"]
    assert (found[0]["at"], found[0]["case"], found[0]["bed"]) == (onset["at"], case, BED)
    assert found[0]["from"] < onset["at"] < found[0]["to"]
    numbers_are_those_told(strip, hears)
    wave_is_that_told(strip, hears)
    assert verified(place) == (0, {**verified(place)[1], "journal": "clean", "bad_files": []})


def numbers_are_those_told(strip: dict[str, Any], hears: Ear) -> None:
    for measure in ("spo2", "pulse_rate"):
        (kept,) = [one for one in strip["numbers"] if one["measure"] == measure]
        points = [(at, value) for at, value, _ in kept["points"]]
        told = [(one["at"], one["value"]) for one in hears.of("reading", measure=measure)]
        span = strip["from"], strip["to"]
        assert set(points) == {one for one in told if span[0] <= one[0] <= span[1]}
        assert points == sorted(points)
        assert kept["origin"] == "simulated"
    assert {97, 80} <= {value for one in strip["numbers"] for _, value, _ in one["points"]}


def wave_is_that_told(strip: dict[str, Any], hears: Ear) -> None:
    (wave,) = strip["waves"]
    assert (wave["device"], wave["channel"], wave["rate_hz"]) == ("nonin", "pleth", 75.0)
    kept = [one for _, samples in wave["pieces"] for one in samples]
    told = [one for block in hears.of("wave") for one in block["samples"]]
    assert len(kept) > 75 * 4
    assert any(told[n : n + len(kept)] == kept for n in range(len(told) - len(kept) + 1))


async def test_what_is_on_file_outlives_a_kill_and_what_was_not_yet_is_not_claimed(
    tmp_path: Path,
) -> None:
    place = clinic(tmp_path)
    async with oximeter(place, falling()):
        with daemon(place) as running:
            async with ear(place) as hears:
                first = await desaturated(hears)
                running.kill()  # before: half a minute was not over
        assert vagt(place, "alarms", "show", first).returncode == 1
        with daemon(place) as running:
            async with ear(place) as hears:
                await hears.hear(lambda: len(hears.of("beat")) >= 2)
                await home(hears)  # an alarm of the new life may have come in the meantime
                second = await desaturated(hears)
                await home(hears)
                while vagt(place, "alarms", "show", second).returncode:  # its patient is home
                    await asyncio.sleep(0.1)
                running.kill()
    again = shown(place, second)["alarms"]
    assert [one["alarm"] for one in again][:1] == ["spo2_low"]
    assert first != second
    status, verdict = verified(place)
    assert (status, verdict["journal"], verdict["first_bad"]) == (0, "clean", None)
    assert verdict["files"] == len(digests(place, first) | digests(place, second))


def digests(place: Clinic, case: str) -> set[str]:
    """Return the digests of what is on file for a case, of which there may be none."""
    if vagt(place, "alarms", "show", case).returncode:
        return set()
    return {str(one["sha256"]) for one in shown(place, case)["alarms"]}


async def recorded(place: Clinic) -> str:
    with daemon(place):
        async with ear(place) as hears, oximeter(place, falling()):
            case = await desaturated(hears)
    return case


async def test_a_file_with_one_flipped_bit_or_none_is_named(tmp_path: Path) -> None:
    place = clinic(tmp_path)
    case = await recorded(place)  # told to stop, the daemon keeps what there is
    name = shown(place, case)["alarms"][0]["file"]
    with closing(sqlite3.connect(place.data / FILE)) as connection, connection:
        digest, body = connection.execute(
            "SELECT sha256, body FROM file WHERE name = ? LIMIT 1", (name,)
        ).fetchone()
        harmed = bytes([body[0] ^ 1]) + body[1:]
        connection.execute("UPDATE file SET body = ? WHERE sha256 = ?", (harmed, digest))
    is_named(place, case, name)
    with closing(sqlite3.connect(place.data / FILE)) as connection, connection:
        connection.execute("DELETE FROM file WHERE sha256 = ?", (digest,))
    is_named(place, case, name)


def is_named(place: Clinic, case: str, name: str) -> None:
    status, verdict = verified(place)
    assert (status, verdict["journal"], verdict["first_bad"]) == (1, "broken", None)
    assert verdict["bad_files"] == [name]
    told = vagt(place, "journal", "verify")
    assert told.stdout == f"broken: file {name} is not there as it was written\n"
    done = vagt(place, "alarms", "show", case)
    assert (done.returncode, done.stdout) == (1, "")
    assert name in done.stderr
    doctor = [*VAGT, "doctor", "--config", str(place.config)]
    said = subprocess.run(doctor, capture_output=True, check=False, text=True).stdout
    assert f"file {name} is not there as it was written" in said


async def test_the_text_has_every_alarm_its_numbers_and_one_line_a_wave(tmp_path: Path) -> None:
    place = clinic(tmp_path)
    case = await recorded(place)
    lines = vagt(place, "alarms", "show", case, "spo2_low").stdout.splitlines()
    head = lines.index(next(line for line in lines if line.startswith("TIME")))
    assert lines[0].split() == ["AT", "ALARM", "DEVICE", "PRIORITY", "FROM", "TO", "BYTES"]
    assert lines[1].split()[1] == "spo2_low"
    assert {"spo2", "%", "pulse_rate", "/min"} <= set(lines[head].split())
    wave = next(n for n, line in enumerate(lines) if line.startswith("pleth nonin, 75 Hz"))
    assert any(row.split()[1] == "80" for row in lines[head + 1 : wave] if len(row.split()) > 1)
    assert set(lines[wave + 1].strip()) <= set("▁▂▃▄▅▆▇█ ")
    assert len(set(lines[wave + 1].strip())) > 1


def test_a_case_of_which_nothing_is_recorded_is_a_negative_answer() -> None:
    place = Clinic(Path("/nowhere"))
    kept = Path(__file__).parents[1] / "schemas" / "1"
    done = subprocess.run(
        [*VAGT, "alarms", "show", "KN-261121-002", "--data", str(kept)],
        capture_output=True,
        check=False,
        text=True,
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("nothing is recorded around alarms of KN-261121-002")
    assert vagt(place, "alarms", "show", "x").returncode == 2
