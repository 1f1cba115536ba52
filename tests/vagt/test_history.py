"""`vagt history export` as a process, on the files of a daemon that watched a child."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import subprocess
from pathlib import Path
from typing import Any

import edfio
import pytest
from clinics import BED, VAGT, clinic, daemon, ear, oximeter
from tides import BEGIN, outbox, series

from devices.simulated.patient import Patient
from devices.simulated.rows import PatientRow
from telemetry.series import Point

pytestmark = pytest.mark.timeout(90)
INITIALS = "QZX"


def exported(*words: str) -> tuple[int, Any, str]:
    command = [*VAGT, "history", "export", *words]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    return (
        run.returncode,
        json.loads(run.stdout) if run.stdout[:1] == "{" else run.stdout,
        run.stderr,
    )


async def kept(folder: Path, *points: Point) -> None:
    async with outbox(folder, ()) as box:
        for point in points:
            box.put(point)


async def test_a_watched_case_becomes_a_table_and_a_recording_that_name_nobody(
    tmp_path: Path,
) -> None:
    place = clinic(tmp_path, extra="[history]\nwaves = true\n")
    well = Patient(PatientRow(bed=BED, age="4y", spo2=98, pulse_rate=112))
    async with oximeter(place, well, protocol="nonin-df2"):
        with daemon(place):
            async with ear(place) as hears:
                started = await hears.ask("start", code="3021", age="4y", by=INITIALS)
                await hears.hear(lambda: hears.of("reading", measure="spo2", value=98))
                beats = len(hears.of("beat"))
                await hears.hear(lambda: len(hears.of("beat")) > beats + 5)
                await hears.ask("end", by=INITIALS)
    where = ("--config", str(place.config), "--json", "--case", started["case"])
    table, recording = tmp_path / "a.csv", tmp_path / "a.edf"
    code, told, _ = await asyncio.to_thread(exported, "--format", "csv", "-o", str(table), *where)
    rows = list(csv.DictReader(io.StringIO(table.read_text("utf-8"))))
    assert (code, told["points"]) == (0, len(rows))
    numbers = {(row["measure"], row["value"], row["unit"], row["origin"]) for row in rows}
    assert ("spo2", "98", "%", "simulated") in numbers
    code, told, _ = await asyncio.to_thread(
        exported, "--format", "edf", "-o", str(recording), *where
    )
    assert code == 0
    assert told["waves"] >= 4
    file = edfio.read_edf(recording)
    assert {"SaO2", "pulse_rate", "pleth"} <= {signal.label for signal in file.signals}
    assert "case end" in {note.text for note in file.annotations}
    for written in (table, recording):
        assert INITIALS.encode() not in written.read_bytes()
        assert started["case"].encode() not in written.read_bytes()


async def test_a_range_a_bed_and_what_cannot_be_are_said(tmp_path: Path) -> None:
    points = [Point(series("spo2", bed), BEGIN + n * 1000, 97.5) for n in range(9) for bed in "12"]
    await kept(tmp_path, *points)
    file, place = tmp_path / "out", ("--data", str(tmp_path))

    def asked(kind: str, *words: str) -> tuple[int, Any, str]:
        return exported("--format", kind, "-o", str(file), *place, *words)

    code, text, _ = await asyncio.to_thread(asked, "csv", "--from", "2026-11-18T11:06:43Z")
    assert (code, text) == (0, f"{file}: 12 points, 0 waves, 0 events\n")
    code, text, _ = await asyncio.to_thread(asked, "csv", "--from", "2027-01-01")
    assert (code, text) == (1, "nothing was recorded then\n")
    assert await asyncio.to_thread(asked, "edf") == (
        2,
        "",
        "vagt history: a recording is of one bed: choose by --bed: 1, 2\n",
    )
    code, told, _ = await asyncio.to_thread(asked, "edf", "--bed", "2", "--json")
    assert (code, told["points"]) == (0, 9)
    for wrong in (
        ("--from", "yesterday"),
        ("--from", "2026-11-19", "--to", "2026-11-18"),
        ("-o", str(tmp_path / "none" / "a.csv")),
        ("--data", str(tmp_path / "none")),
    ):
        code, text, error = await asyncio.to_thread(asked, "csv", *wrong)
        assert (code, text, error.count("\n")) == (2, "", 1), wrong
        assert error.startswith("vagt history: ")
