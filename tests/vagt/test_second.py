"""A report is reckoned again, figure by figure, by a program that knows the documents alone."""

from __future__ import annotations

import ast
import copy
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import busyday
import oddday
import pytest
from checkout import ROOT
from clinics import VAGT
from second.figures import UNSAID, Figures
from second.held import differences

OURS = ROOT / "tests" / "support" / "second"
STANDARD = {*sys.stdlib_module_names, "second"}
BUSY = pytest.param("busy", marks=[pytest.mark.slow, pytest.mark.timeout(600)])
Report = dict[str, Any]


def ran(*words: str) -> str:
    """Run the command line, and return what it prints."""
    done = subprocess.run(
        [*VAGT, *words], env=os.environ, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module", params=["odd", BUSY])
def kept(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, date]:
    """Return the configuration by which the journal of a day is read, and the day."""
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "odd":
        return oddday.written(folder), oddday.DAY
    return busyday.played(folder), busyday.DAY


@pytest.fixture(scope="module")
def report(kept: tuple[Path, date]) -> Report:
    settings, day = kept
    file = settings.parent / "report.json"
    words = ("--from", str(day), "--to", str(day), "--cases", "--format", "json", "-o", str(file))
    ran("report", "--config", str(settings), *words)
    found: Report = json.loads(file.read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def reckoned(kept: tuple[Path, date]) -> Figures:
    settings, day = kept
    return Figures(ran("journal", "export", "--config", str(settings)).splitlines(), day, day)


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


def test_every_figure_is_what_the_journal_says(report: Report, reckoned: Figures) -> None:
    assert differences(report, reckoned) == []
    told = {one["name"] for one in report["tables"] if one["rows"]}
    assert told >= {"cases", "codes", "waivers", "alarms", "coverage", "gaps", "entries", "stages"}


def test_a_figure_that_is_another_is_named_whichever_it_is(
    report: Report, reckoned: Figures
) -> None:
    unnamed = []
    for number, one in enumerate(report["tables"]):
        for row, place in product(range(len(one["rows"])), range(len(one["columns"]))):
            rows = [list(each) for each in one["rows"]]
            rows[row][place] = altered(rows[row][place])
            tables = [*report["tables"]]
            tables[number] = {**one, "rows": rows}
            found = differences({**report, "tables": tables}, reckoned)
            if not any(line.startswith(f"{one['name']} ") for line in found):
                unnamed.append((one["name"], row, one["columns"][place]))
    assert unnamed == []


def test_a_row_too_few_or_too_many_and_another_verdict_or_lane_are_named(
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
    wider = copy.deepcopy(report)
    wider["term"]["sums"]["anaesthetics"] += 1
    wider["sheets"][0]["lanes"][0]["required"][0]["end"] = "planted"
    lane, sums = differences(wider, reckoned)
    assert lane.startswith(f"lane {wider['sheets'][0]['case']} ")
    assert sums.startswith("sums: anaesthetics is ")
    other = copy.deepcopy(report)
    other["sheets"][0]["verdicts"][0]["result"] = "planted"
    (line,) = differences(other, reckoned)
    assert line.startswith(f"verdict {other['sheets'][0]['case']} contract: ")
