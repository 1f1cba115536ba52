from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from clinics import BED, Clinic, clinic, daemon, ear
from lists import CPR

from vagt.main import main


@pytest.fixture
def place(tmp_path: Path) -> Clinic:
    return clinic(tmp_path)


@pytest.fixture
async def ready(place: Clinic) -> None:
    async with ear(place) as hears:
        await hears.hear(lambda: hears.of("beat"))


@pytest.fixture
def running(place: Clinic) -> Iterator[None]:
    with daemon(place):
        yield


def run(place: Clinic, *words: str) -> int:
    return main(["list", *words, "--socket", str(place.socket)])


def deed(place: Clinic, *words: str) -> int:
    return run(place, *words, "--by", "AS")


@pytest.mark.usefixtures("running", "ready")
def test_a_list_is_added_to_shown_and_taken_from(
    place: Clinic, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(place) == 0
    assert capsys.readouterr().out.startswith("nobody is on the list of 2")
    added = ("3015", "--age", "23m", "--side", "both", "--note", "mor med")
    assert deed(place, "add", *added) == 0
    assert deed(place, "add", "3021", "--age", "4y") == 0
    assert deed(place, "move", "2", "--before", "1") == 0
    assert capsys.readouterr().out == "row 1\nrow 2\nrow 2\n"
    assert run(place, "show") == 0
    heading, second, first = capsys.readouterr().out.splitlines()
    assert heading.split()[:5] == ["ROW", "STATE", "CODE", "PROCEDURES", "AGE"]
    assert second.split() == ["2", "waiting", "3021", "-", "y2_5", "-", "-", "-"]
    assert first.startswith(
        "1    waiting  3023  3015        y1_2  both  mor med  HELD: A procedure"
    )
    assert first.endswith("(NOT APPROVED)")
    assert deed(place, "next", "--bed", BED) == 0
    assert capsys.readouterr().out.endswith("-001 is planned\n")
    assert deed(place, "cancel", "1", "--why", "fasting") == 0
    assert run(place, "--json") == 0
    document = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert [(row["number"], row["state"], row["why"]) for row in document["rows"]] == [
        (2, "taken", None),
        (1, "cancelled", "fasting"),
    ]
    assert document["others"] == []


@pytest.mark.usefixtures("running", "ready")
def test_what_is_pasted_is_listed_or_every_fault_is_told_on_a_line(
    place: Clinic, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "list.txt"
    file.write_text(f"3005 4y h\n3005 4y {CPR}\n3022 4y\n")
    assert deed(place, "paste", str(file)) == 1
    told = capsys.readouterr()
    assert told.out.splitlines() == [
        "refused: 2 lines cannot be taken, so none was",
        "line 2: this looks like a person's number: take it out",
        "line 3: 3022 is an anaesthesia code and a procedure: write ana:3022 or ent:3022",
    ]
    assert told.err == ""
    assert deed(place, "paste", str(file), "--json") == 1
    document = json.loads(capsys.readouterr().out)
    assert (document["result"], document["reason"]) == ("refused", "bad_lines")
    assert [(one["line"], one["slip"]) for one in document["lines"]] == [
        (2, "patient_number"),
        (3, "either_code"),
    ]
    file.write_text("3005 4y h\nana:3022 4y\n")
    assert deed(place, "paste", str(file)) == 0
    assert capsys.readouterr().out == "row 1, 2\n"


@pytest.mark.usefixtures("running", "ready")
def test_a_list_comes_by_the_input_and_rows_go_to_another_day(
    place: Clinic, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = io.TextIOWrapper(io.BytesIO("3005 4y høyre\n3006 4y\n".encode()))
    monkeypatch.setattr("sys.stdin", text)
    assert deed(place, "paste", "--json") == 0
    assert json.loads(capsys.readouterr().out)["rows"] == [1, 2]
    assert run(place, "--json") == 0
    day = json.loads(capsys.readouterr().out)["day"]
    later = f"{int(day[:4]) + 1}{day[4:8]}01"
    assert deed(place, "move", "1", "--to", later) == 0
    assert deed(place, "done", "2") == 0
    assert run(place) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[-1] == f"{later}: 1 waits"
    assert f"to {later}" in shown[-3]
    assert run(place, "show", "--day", later) == 0
    assert f"age of {day}" in capsys.readouterr().out
    assert deed(place, "move", "1", "--last", "--day", later) == 0


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["add", "3005", "--age", "4y"], "required: --by"),
        (["add", "3005", "--by", "AS"], "required: --age"),
        (["add", "3005", "--age", "", "--by", "AS"], "age: expected `str` matching"),
        (["add", "3005", "--age", "4y", "--by", "A S"], "--by 'A S'"),
        (["add", "3005", "--age", "4y", "--by", "AS", "--day", "1/12"], "day: invalid"),
        (["cancel", "1", "--by", "AS", "--why", "late"], "invalid choice: 'late'"),
        (["cancel", "0", "--by", "AS", "--why", "other"], "row: expected `int` >= 1"),
        (["move", "1", "--by", "AS"], "--before --last --to"),
        (["move", "1", "--by", "AS", "--last", "--age", "4y"], "--age goes with --to"),
        (["next", "--by", "AS"], "required: --bed"),
        (["paste", "/nowhere", "--by", "AS"], "name a readable file"),
        (["--day", "monday"], "--day 'monday': is no day"),
        (["done", "1", "--by", "AS"], "start the daemon, or name its socket"),
        (["tidy"], "invalid choice: 'tidy'"),
    ],
)
def test_what_cannot_be_asked_is_one_line_and_nothing_on_stdout(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], problem: str
) -> None:
    assert main(["list", "--socket", str(tmp_path / "none"), *words]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("vagt list")
    assert problem in told.err
    assert told.err.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "problem"),
    [(b"", "has no line"), (b"\xff", "is no text in UTF-8"), (b"x" * 20_001, "in parts")],
)
def test_what_cannot_be_pasted_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: bytes, problem: str
) -> None:
    file = tmp_path / "list.txt"
    file.write_bytes(text)
    assert main(["list", "paste", str(file), "--by", "AS"]) == 2
    assert problem in capsys.readouterr().err
