"""`vagt limits` as a person types it: offline, on a clinic's own file, and on a real daemon."""

from __future__ import annotations

import json
import stat
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
from clinics import BED, VAGT, Clinic, clinic, daemon

from daemon.approval import stands
from daemon.library import load, shipped

PEOPLE = """
[rules]
dir = "own"

[[person]]
initials = "AS"
roles = ["anaesthesiologist"]

[[person]]
initials = "MK"
roles = ["recovery"]

[[person]]
initials = "OLD"
roles = ["anaesthesiologist"]
valid_to = 2020-01-01
"""
WHY = ("--reason", "cyanotic heart disease")
Done = subprocess.CompletedProcess[str]


@pytest.fixture
def place(tmp_path: Path) -> Clinic:
    return clinic(tmp_path, extra=PEOPLE)


def vagt(*words: str) -> Done:
    line = [*VAGT, *words]
    while True:  # until the daemon listens; a test has its own limit
        done = subprocess.run(line, capture_output=True, text=True, check=False)
        if "start the daemon" not in done.stderr:
            return done


def limits(*words: str) -> Done:
    return vagt("limits", *words)


def document(done: Done) -> dict[str, Any]:
    assert done.stdout.count("\n") == 1, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def approve(place: Clinic, *words: str, by: str = "AS") -> Done:
    return limits("approve", "--by", by, "--config", str(place.config), *words)


def test_the_limits_of_an_age_are_shown_without_a_daemon() -> None:
    shown = limits("show", "--age", "4y")
    assert (shown.returncode, shown.stderr) == (0, "")
    rows = [line.split() for line in shown.stdout.splitlines()]
    assert ["y2_5", "anaesthesia", "nibp_systolic", "69", "115", "-", "-", "mm[Hg]"] in rows
    assert ["y2_5", "recovery", "spo2", "94", "-", "85", "-", "%"] in rows
    assert shown.stdout.splitlines()[-1] == f"NOT APPROVED; rules {load().hash[:12]}"
    assert shown.stdout.splitlines()[-2] == "apnoea: y2_5 20 s"
    told = document(limits("show", "--json"))
    assert told["apnoea_s"]["infant"] == 15
    assert {row["band"] for row in told["limits"]} == {band.id for band in load().limits.bands}
    assert (told["approved_by"], told["rules"]) == ("", load().hash)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("show", "--age", "4"), "age '4' cannot be read"),
        (("show", "--age", "4y", "--bed", BED), "not allowed with argument"),
        (("set", "--bed", BED, "--by", "AS", "--measure", "spo2", "--lo", "x", *WHY), "above 0"),
        (("set", "--bed", BED, "--by", "AS", "--measure", "spo2", "--lo", "nan", *WHY), "above 0"),
        (("set", "--bed", BED, "--by", "AS", "--measure", "spo2", "--lo", "-5", *WHY), "above 0"),
        (
            ("set", "--bed", BED, "--by", "AS", "--measure", "spo2", "--lo", "9", "--reason", " "),
            "why",
        ),
        (("set", "--bed", BED, "--by", "AS", "--measure", "spo2", "--off", "low", *WHY), "ext_hi"),
        (
            ("set", "--bed", BED, "--by", "AS", "--measure", "spo2", "--profile", "x", *WHY),
            "controlled",
        ),
        (("set", "--bed", BED, "--by", "AS", "--measure", "spo2", "--lo", "900", *WHY), "above 0"),
        (
            ("set", "--bed", BED, "--by", "AS", "--measure", "pain", "--lo", "9", *WHY),
            "one of spo2, ",
        ),
        (("set", "--bed", BED, "--by", "AS", "--measure", "spo2", "--lo", "90"), "--reason"),
        (("band", "--bed", BED, "--by", "AS", "infant"), "--reason"),
        ((), "deed"),
    ],
)
def test_what_cannot_be_understood_gets_one_line_and_exit_2(
    words: tuple[str, ...], says: str
) -> None:
    done = limits(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr or not words
    assert done.stderr.count("\n") == 1
    assert "<" not in done.stderr
    assert "Expected" not in done.stderr


def test_limits_are_set_shown_and_undone_at_a_bed(place: Clinic) -> None:
    (place.root / "own").mkdir()
    at_bed = ("--socket", str(place.socket), "--bed", BED)
    with daemon(place):
        none = limits("show", *at_bed)
        assert (none.returncode, none.stdout) == (1, f"no case is open at {BED}\n")
        planned = vagt("case", "plan", *at_bed, "--by", "AS", "--age", "4y", "--code", "3021")
        number = planned.stdout.strip()
        by = (*at_bed, "--by", "AS")
        low = ("--measure", "spo2", "--lo", "82", "--ext-lo", "78")
        once = limits("set", *by, *low, *WHY)
        assert (once.returncode, once.stderr) == (1, "")
        assert once.stdout.startswith("refused: spo2 78 is below the floor of 85 %")
        twice = limits("set", *by, *low, *WHY, "--confirmed")
        assert (twice.returncode, twice.stdout) == (0, f"set: {number}, until the case ends\n")
        hers = limits("set", *at_bed, "--by", "MK", *low, *WHY, "--confirmed", "--json")
        told = document(hers)
        assert (told["result"], told["reason"]) == ("refused", "wrong_role")
        shown = limits("show", *at_bed).stdout
        assert f"{number}  {BED}  y2_5  NOT APPROVED" in shown
        assert "lo EXTREME, ext_lo EXTREME" in shown
        assert "cyanotic heart disease" in shown
        found = document(limits("show", *at_bed, "--json"))
        assert [(one["bound"], one["value"]) for one in found["altered"]] == [
            ("lo", 82),
            ("ext_lo", 78),
        ]


def test_a_band_is_chosen_and_every_limit_is_taken_back_at_a_bed(place: Clinic) -> None:
    (place.root / "own").mkdir()
    at_bed = ("--socket", str(place.socket), "--bed", BED)
    by = (*at_bed, "--by", "AS")
    with daemon(place):
        vagt("case", "plan", *by, "--age", "4y", "--code", "3021")
        limits("set", *by, "--measure", "spo2", "--lo", "90", *WHY)
        banded = limits("band", *by, "infant", "--reason", "weighs 7 kg")
        assert (banded.returncode, banded.stderr) == (0, "")
        assert "infant (weighs 7 kg)" in limits("show", *at_bed).stdout
        back = limits("reset", *by, "--measure", "spo2")
        assert back.returncode == 0
        assert ", as chosen by age; now in force\n" in back.stdout
        assert ["spo2", "92", "-", "85", "-", "%"] in [
            row.split() for row in back.stdout.splitlines()
        ]
        assert "apnoea: infant 15 s" in limits("show", *at_bed).stdout
        assert document(limits("show", *at_bed, "--json"))["altered"] == []
        assert limits("reset", *by).returncode == 1


def test_an_anaesthesiologist_approves_the_limits_and_no_case_says_not_approved_any_more(
    place: Clinic,
) -> None:
    done = approve(place)
    assert (done.returncode, done.stderr) == (0, "")
    file = place.root / "own" / "limits.toml"
    head = tomllib.loads(file.read_text())
    assert stands(head)
    assert f"{file}: rows {head['approved_hash']}" in done.stdout
    told = [line.split()[:4] for line in done.stdout.splitlines()]
    assert ["y5_12", "anaesthesia", "nibp_systolic", "72"] in told
    assert "oxygen given in recovery: spo2 92" in done.stdout
    assert stat.S_IMODE(file.stat().st_mode) == 0o644
    assert [one.name for one in file.parent.iterdir()] == ["limits.toml"]
    given, kept = ([*t.splitlines()] for t in (shipped()["limits.toml"].text, file.read_text()))
    assert [line for line in given if line.startswith("#")] == [
        line for line in kept if line.startswith("#")
    ]
    with daemon(place):
        at_bed = ("--socket", str(place.socket), "--bed", BED)
        plan = vagt("case", "plan", *at_bed, "--by", "AS", "--age", "4y", "--code", "3021")
        assert plan.returncode == 0, plan.stdout
        assert document(limits("show", *at_bed, "--json"))["approved_by"] == "AS"
        assert "approved by AS" in limits("show", *at_bed).stdout
    shown = limits("show", "--config", str(place.config)).stdout.splitlines()[-1]
    assert shown.startswith(f"approved by AS on {head['approved_on']}; rules ")


def test_a_row_that_is_edited_later_is_approved_by_nobody(place: Clinic) -> None:
    approve(place)
    file = place.root / "own" / "limits.toml"
    text = file.read_text()
    file.write_text(text.replace("spo2 = { lo = 92,", "spo2 = { lo = 91,", 1))
    shown = limits("show", "--config", str(place.config)).stdout
    assert "NOT APPROVED: rows were altered after AS approved them" in shown
    check = vagt("check", str(place.config))
    assert "limits.toml" in check.stdout
    assert approve(place).returncode == 0
    assert "limits.toml" not in vagt("check", str(place.config)).stdout


@pytest.mark.parametrize(
    ("by", "says"),
    [
        ("MK", "MK is no anaesthesiologist: approving is for AS"),
        ("XX", "XX is nobody of the practice: approving is for AS"),
        ("OLD", "OLD is nobody of the practice: approving is for AS"),
    ],
)
def test_nobody_else_approves_and_nothing_is_written(place: Clinic, by: str, says: str) -> None:
    done = approve(place, by=by)
    assert (done.returncode, done.stdout, done.stderr) == (1, f"refused: {says}\n", "")
    assert document(approve(place, "--json", by=by)) == {"result": "refused", "detail": says}
    assert not (place.root / "own").exists()


def test_the_alarm_rows_are_approved_likewise(place: Clinic) -> None:
    done = approve(place, "--alarms", "--json")
    told = document(done)
    assert (told["result"], told["approved_by"]) == ("approved", "AS")
    assert Path(told["file"]) == place.root / "own" / "alarms.toml"
    unapproved = json.loads(vagt("check", str(place.config), "--json").stdout)["not_approved"]
    assert "alarms.toml" not in unapproved
    assert "limits.toml" in unapproved


def test_a_clinic_without_a_folder_of_its_own_is_told_to_name_one(tmp_path: Path) -> None:
    done = approve(clinic(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert "add [rules]" in done.stderr


def test_a_file_with_faults_is_approved_by_nobody(place: Clinic) -> None:
    own = place.root / "own"
    own.mkdir()
    bad = shipped()["limits.toml"].text.replace("apnoea_s = 15", "apnoea_s = -1")
    (own / "limits.toml").write_text(bad)
    done = approve(place)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("apnoea_s") == done.stderr.count("\n") == 2
    assert (own / "limits.toml").read_text() == bad
