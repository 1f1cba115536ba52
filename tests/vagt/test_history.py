"""`vagt history export` as a process, on the files of a daemon that watched a child."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import edfio
import pytest
from clinics import BED, VAGT, clinic, daemon, ear, oximeter
from tides import BEGIN, outbox, series

from daemon.journal.event import Event
from daemon.journal.events import CaseEntered, CaseOpened
from daemon.journal.store import FILE as JOURNAL
from daemon.journal.writer import Journal
from devices.simulated.patient import Patient
from devices.simulated.rows import PatientRow
from telemetry.series import Point
from vitals import deeds
from vitals.deeds import Said
from vitals.instant import Instant
from vitals.vocabulary import CaseKind, Word

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


def minute(number: int) -> Instant:
    return Instant(1000.0 + 60 * number, BEGIN / 1000 + 60 * number)


def opened(case: str, bed: str) -> CaseOpened:
    who = {"limits_approved_by": INITIALS, "by": INITIALS}
    what = {"rules": "", "band": "", "two_years": False, "limits": {}}
    kind = CaseKind.ANAESTHETIC
    return CaseOpened(case, "2026-11-18", 1, bed, kind, "3021", **what, **who)  # type: ignore[arg-type]  # by name


def entered(bed: str, number: int, deed: Said, ago_s: float = 0.0) -> CaseEntered:
    return CaseEntered("KN-1", bed, number, deed, ago_s, INITIALS, reason=INITIALS)


async def journalled(folder: Path, events: dict[int, Event]) -> None:
    """Write a journal: an event at a minute."""
    journal = Journal(folder / JOURNAL, "boot")
    await journal.open(minute(0))
    await asyncio.gather(*(journal.append(event, minute(at)) for at, event in events.items()))
    await journal.close()


MOVED: dict[int, Event] = {
    0: opened("KN-1", "1"),
    1: entered("1", 1, deeds.Begin()),
    10: entered("1", 2, deeds.Finish()),
    11: entered("1", 3, deeds.Recover()),
    12: entered("1", 4, deeds.Move("2")),
    13: opened("KN-2", "1"),
}
"""In the theatre until minute 12, then in recovery; another child lies in the theatre at once."""
WENT: dict[int, Event] = {
    20: entered("2", 5, deeds.Conclude(tuple(Word))),
    22: entered("2", 6, deeds.Discharge(), ago_s=60.0),
    23: opened("KN-3", "2"),
    40: entered("2", 7, deeds.Explain(INITIALS)),
}
"""Home at minute 21, which was said later; a third child has the bed, and a reason follows."""


def of_case(folder: Path, kind: str, *words: str) -> tuple[int, Any, str]:
    file = str(folder / f"out.{kind}")
    where = ("--data", str(folder), "--json", "--case", "KN-1")
    return exported("--format", kind, "-o", file, *where, *words)


async def test_a_case_is_what_its_patient_had_at_each_bed_and_of_nobody_else(
    tmp_path: Path,
) -> None:
    await journalled(tmp_path, MOVED | WENT)
    every = [(n, bed) for n in range(60) for bed in "12"]
    await kept(
        tmp_path, *(Point(series("spo2", b), BEGIN + 60_000 * n, float(n)) for n, b in every)
    )
    code, told, _ = await asyncio.to_thread(of_case, tmp_path, "csv")
    assert (code, told["points"], told["events"]) == (0, 23, 0)
    assert (told["from"], told["to"]) == ("2026-11-18T11:06:40.000Z", "2026-11-18T11:27:40.000Z")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text("utf-8"))))
    of = {bed: [int(row["value"]) for row in rows if row["bed"] == bed] for bed in "12"}
    assert of == {"1": list(range(13)), "2": list(range(12, 22))}

    code, _, error = await asyncio.to_thread(of_case, tmp_path, "edf")
    assert (code, error) == (2, "vagt history: a recording is of one bed: choose by --bed: 1, 2\n")
    code, told, _ = await asyncio.to_thread(of_case, tmp_path, "edf", "--bed", "2")
    assert (code, told["points"], told["events"]) == (0, 10, 2)
    file = edfio.read_edf(tmp_path / "out.edf")
    assert file.duration == 9 * 60 + 1
    notes = {(note.onset, note.text) for note in file.annotations}
    assert notes == {(8 * 60.0, "case conclude"), (9 * 60.0, "case discharge")}


async def test_a_case_that_lasts_goes_on_to_the_last_that_is_known(tmp_path: Path) -> None:
    await journalled(tmp_path, MOVED)
    await kept(tmp_path, *(Point(series("spo2", "2"), BEGIN + 60_000 * n, 97.0) for n in range(60)))
    code, told, _ = await asyncio.to_thread(of_case, tmp_path, "csv")
    assert (code, told["points"]) == (0, 48)
    code, told, _ = await asyncio.to_thread(
        of_case, tmp_path, "csv", "--to", "2026-11-18T11:10:00Z"
    )
    nothing = {"points": 0, "waves": 0, "events": 0, "from": None, "to": None}
    assert (code, {**told, **nothing}) == (1, told)


async def test_what_is_not_there_is_said_and_leaves_an_older_file_alone(tmp_path: Path) -> None:
    await journalled(tmp_path, MOVED)
    await kept(tmp_path)
    for kind in ("csv", "edf"):
        (tmp_path / f"out.{kind}").write_text("older")
        code, told, _ = await asyncio.to_thread(of_case, tmp_path, kind, "--case", "KN-9")
        assert (code, told["points"], told["from"]) == (1, 0, None)
        code, told, _ = await asyncio.to_thread(of_case, tmp_path, kind)
        assert (code, told["points"], told["from"]) == (1, 0, None)
        assert (tmp_path / f"out.{kind}").read_text() == "older"
    assert {one.name for one in tmp_path.iterdir() if one.name.startswith(".")} == set()


async def test_a_recording_of_many_days_is_refused_and_a_jump_back_is_in_the_table(
    tmp_path: Path,
) -> None:
    day = 86_400_000
    times = [BEGIN, BEGIN + 1000, BEGIN - 3 * day, BEGIN - 3 * day + 1000]
    await kept(tmp_path, *(Point(series(), at, float(n)) for n, at in enumerate(times)))
    where = ("--data", str(tmp_path), "-o", str(tmp_path / "out"))
    code, text, error = await asyncio.to_thread(exported, "--format", "edf", *where)
    assert (code, text) == (2, "")
    assert error == ("vagt history: more than 2 days: choose by --from and --to, or --case\n")
    code, _, _ = await asyncio.to_thread(exported, "--format", "csv", *where)
    assert code == 0
    rows = csv.DictReader(io.StringIO((tmp_path / "out").read_text("utf-8")))
    assert {row["value"] for row in rows} == {"0", "1", "2", "3"}


async def test_without_its_extra_edf_says_what_to_install(tmp_path: Path) -> None:
    await kept(tmp_path, Point(series(), BEGIN, 97.0))
    words = ["history", "export", "--format", "edf", "-o", str(tmp_path / "a.edf")]
    code = (
        "import sys; sys.modules['edfio'] = None; from vagt.main import main; "
        f"sys.exit(main({[*words, '--data', str(tmp_path)]!r}))"
    )
    command = [sys.executable, "-c", code]
    run = await asyncio.to_thread(
        subprocess.run, command, capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == "vagt history: EDF+ needs an extra: pip install 'vagt[edf]'\n"


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


async def test_nothing_but_a_file_takes_the_place_of_a_file_and_only_its_owner_reads_it(
    tmp_path: Path,
) -> None:
    await kept(tmp_path, Point(series(), BEGIN, 97.5))
    link, pipe, file = tmp_path / "link", tmp_path / "pipe", tmp_path / "file"
    link.symlink_to(tmp_path / "elsewhere")
    os.mkfifo(pipe)
    words = ("--format", "csv", "--data", str(tmp_path), "-o")
    for place in ("/", ".", str(pipe), str(link)):
        code, text, error = await asyncio.to_thread(exported, *words, place)
        assert (code, text) == (2, ""), place
        assert "is no file: name one by -o" in error
    assert (link.is_symlink(), pipe.is_fifo()) == (True, True)
    file.write_text("before")
    assert (await asyncio.to_thread(exported, *words, str(file)))[0] == 0
    assert file.read_text().startswith("at,bed,")
    assert file.stat().st_mode & 0o777 == 0o600
