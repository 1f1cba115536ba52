"""`vagt case say give` as a person types it: the patient's number goes by the standard input."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from clinics import BED, VAGT, Clinic, daemon
from injections import CPR, exported, key, practice

from daemon.protocol.commands import Enter
from vagt import said
from vitals import deeds
from vitals.duties import Duty
from vitals.series import Choice, History
from vitals.vocabulary import Part, Side

GIVE = "give ropivacaine L4/L5 left lumbar"
STEROID = f"{GIVE} steroid=methylprednisolone_acetate steroid_mg=40"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Clinic]:
    made = practice(tmp_path)
    with daemon(made):
        yield made


def typed(place: Clinic, *words: str, typed_in: str = "") -> subprocess.CompletedProcess[str]:
    who = ["--bed", BED, "--by", "AS", "--socket", str(place.socket)]
    line = [*VAGT, "case", words[0], *who, *words[1:]]
    while True:  # until the daemon listens; a test has its own limit
        done = subprocess.run(line, input=typed_in, capture_output=True, text=True, check=False)
        if "start the daemon" not in done.stderr:
            return done


def test_an_injection_is_told_with_the_patient_by_standard_input(place: Clinic) -> None:
    planned = typed(place, "plan", "--block", "--code", "2635", "--age", "50y")
    assert planned.returncode == 0, planned.stdout + planned.stderr
    assert typed(place, "say", *["pair", "98", "120", "70"]).returncode == 0
    held = typed(place, "say", *STEROID.split())
    assert (held.returncode, held.stderr) == (1, "")
    assert held.stdout.splitlines()[1].startswith("  steroid without the patient's number (")
    given = typed(place, "say", *STEROID.split(), "--patient-from-stdin", typed_in=CPR + "\n")
    assert (given.returncode, given.stdout) == (0, planned.stdout)
    (entry,) = [one for one in exported(place, "case_entry") if one["deed"]["do"] == "give"]
    assert entry["patient"] == key(CPR)
    assert entry["deed"]["steroid_mg"] == 40


def test_every_field_of_an_injection_has_a_word() -> None:
    more = "guided=yes by_specialist=no delegated_to=FT confirmed=consent,kit series=new"
    found = said.deed(f"{GIVE} {more} history=denied anyway=yes".split())
    assert found == deeds.Give(
        drug="ropivacaine",
        site="L4/L5",
        side=Side.LEFT,
        part=Part.LUMBAR,
        guided=True,
        by_specialist=False,
        delegated_to="FT",
        confirmed=(Duty.CONSENT, Duty.KIT),
        series=Choice.NEW,
        history=History.DENIED,
        anyway=True,
    )


def test_the_number_is_no_argument_that_other_programs_see() -> None:
    assert "patient" in Enter.__struct_fields__
    assert "patient" not in deeds.Give.__struct_fields__
