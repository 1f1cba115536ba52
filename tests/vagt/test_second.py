"""The report of the busy day, reckoned again by a program that knows the documents alone."""

from __future__ import annotations

import ast
import copy
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from busyday import DAY, kept
from checkout import ROOT
from clinics import VAGT
from second.figures import UNSAID, Figures
from second.held import differences

OURS = ROOT / "tests" / "support" / "second"
STANDARD = {*sys.stdlib_module_names, "second"}
DAYS = date.fromisoformat(DAY), date.fromisoformat(DAY)
Report = dict[str, Any]


def ran(*words: str) -> str:
    """Run the command line, and return what it prints."""
    done = subprocess.run(
        [*VAGT, *words], env=os.environ, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return kept(tmp_path_factory.mktemp("busy"))


@pytest.fixture(scope="module")
def report(settings: Path) -> Report:
    file = settings.parent / "report.json"
    words = ("--from", DAY, "--to", DAY, "--cases", "--format", "json", "-o", str(file))
    ran("report", "--config", str(settings), *words)
    found: Report = json.loads(file.read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def reckoned(settings: Path) -> Figures:
    return Figures(ran("journal", "export", "--config", str(settings)).splitlines(), *DAYS)


def imported(file: Path) -> Iterator[str]:
    """Yield the first word of every module that a file imports."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from (one.name.partition(".")[0] for one in names)
            case ast.ImportFrom(module=str(module)):
                yield module.partition(".")[0]
            case ast.Name(id="__import__") | ast.Attribute(attr="import_module"):
                yield "anything"
            case _:
                pass


def table(report: Report, name: str) -> Report:
    (found,) = (one for one in report["tables"] if one["name"] == name)
    return dict(found)


def altered(value: object) -> object:
    """Return another figure of the same kind."""
    match value:
        case bool():
            return not value
        case int() | float():
            return value + 1
        case _:
            return f"{value} planted"


def test_it_knows_nothing_of_the_program_that_it_checks() -> None:
    files = sorted(OURS.rglob("*.py"))
    found = {one.name: set(imported(one)) - STANDARD for one in files}
    assert len(files) > 5
    assert found == {one.name: set() for one in files}


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_every_figure_of_the_busy_day_is_what_the_journal_says(
    report: Report, reckoned: Figures
) -> None:
    assert differences(report, reckoned) == []
    assert len(table(report, "sheets")["rows"]) == 10
    assert len(table(report, "coverage")["rows"]) == 69


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_figure_that_is_another_is_named_whichever_it_is(
    report: Report, reckoned: Figures
) -> None:
    passed = []
    for number, one in enumerate(report["tables"]):
        for row in range(len(one["rows"])):
            for place, column in enumerate(one["columns"]):
                planted = {**report, "tables": copy.copy(report["tables"])}
                rows = copy.deepcopy(one["rows"])
                rows[row][place] = altered(rows[row][place])
                planted["tables"][number] = {**one, "rows": rows}
                found = differences(planted, reckoned)
                if not any(line.startswith(f"{one['name']} ") for line in found):
                    passed.append((one["name"], row, column))
    assert passed == []


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_row_too_few_or_too_many_and_another_verdict_are_named(
    report: Report, reckoned: Figures
) -> None:
    filled = [one["name"] for one in report["tables"] if one["rows"]]
    for name in filled:
        fewer = copy.deepcopy(report)
        table(fewer, name)["rows"].pop()
        assert any(line.startswith(f"{name}: ") for line in differences(fewer, reckoned)), name
    for name in UNSAID:
        more = copy.deepcopy(report)
        table(more, name)["rows"].append([None] * len(table(more, name)["columns"]))
        assert f"{name}: 1 rows, reckoned 0" in differences(more, reckoned)
    other = copy.deepcopy(report)
    other["sheets"][0]["verdicts"][0]["result"] = "review"
    (line,) = differences(other, reckoned)
    assert line.startswith("verdict KN-261123-001 contract: ")
