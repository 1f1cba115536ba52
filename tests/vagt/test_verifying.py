"""`vagt report verify`: whatever of a filed report was altered is told, beside its tables too."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from filed import filed, place_of, report
from months import Journal, Made, moment

from daemon.journal.store import FILE

pytestmark = pytest.mark.timeout(120)
MONDAY = date(2026, 11, 2)
Alter = Callable[[dict[str, Any]], Any]


def written() -> Journal:
    journal = Journal()
    journal.start(moment(MONDAY, "06:00"))
    journal.case(moment(MONDAY, "08:05"), Made(held=("live pulse_oximetry",), explained="græd"))
    return journal


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return place_of(tmp_path_factory.mktemp("clinic"), written())


@pytest.fixture(scope="module")
def whole(place: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(filed(place, "whole.json", "--cases").read_text("utf-8"))
    return found


def verdict(place: Path, document: dict[str, Any]) -> tuple[int, str, str]:
    """Return what comes of a report that is written down as the product writes it."""
    file = place / "altered.json"
    file.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return report(place, "verify", str(file))


def without(document: dict[str, Any], name: str) -> None:
    for kept in (document, document["stamp"]):
        kept["tables"] = [one for one in kept["tables"] if one["name"] != name]


@pytest.mark.parametrize(
    ("alter", "said"),
    [
        (lambda one: one.update(practice="Klinik Falsk"), "different: pages"),
        (lambda one: one["sheets"][0].update(code="3025"), "different: pages"),
        (lambda one: one["tables"].append({"name": "x", "columns": [], "rows": []}), "pages"),
        (lambda one: one.pop("sheets"), "different: pages"),
        (lambda one: one.update(sheets=[1, None]), "different: pages"),
        (lambda one: without(one, "waivers"), "different: waivers"),
        (lambda one: one["stamp"].update(at="2026-11-02T12:00:00Z"), "different: stamp"),
    ],
)
def test_what_json_says_beside_its_tables_and_what_it_leaves_out_is_told(
    place: Path, whole: dict[str, Any], alter: Alter, said: str
) -> None:
    document = json.loads(json.dumps(whole))
    alter(document)
    code, told, _ = verdict(place, document)
    assert (code, said in told) == (1, True), told


def test_a_report_that_names_no_table_is_not_the_journals(
    place: Path, whole: dict[str, Any]
) -> None:
    document = whole | {"tables": [], "stamp": whole["stamp"] | {"tables": [], "made_by": "v"}}
    assert verdict(place, document)[0] == 1


def test_json_of_another_version_is_held_to_by_its_tables_alone_and_that_is_said(
    place: Path, whole: dict[str, Any]
) -> None:
    assert verdict(place, whole)[1].strip().endswith(f"as of event {whole['stamp']['last']}")
    document = whole | {"stamp": whole["stamp"] | {"made_by": "vagt 0.0.1"}}
    code, told, _ = verdict(place, document)
    assert (code, "its pages were not read" in told) == (0, True)


def test_a_stamp_that_cannot_be_read_is_one_line(place: Path, whole: dict[str, Any]) -> None:
    code, told, wrong = verdict(place, whole | {"stamp": whole["stamp"] | {"at": "soon"}})
    assert (code, told, wrong.count("\n")) == (2, "", 1)
    assert "its stamp was altered" in wrong


def test_what_was_put_into_a_zip_is_named(place: Path) -> None:
    file = filed(place, "more.zip")
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("notes.csv", "a\r\n")
    code, told, _ = report(place, "verify", str(file))
    assert (code, "different: notes.csv" in told) == (1, True)


def test_a_journal_that_is_broken_where_no_figure_rests_on_it_is_told_too(tmp_path: Path) -> None:
    place = place_of(tmp_path, written())
    file = filed(place, "sound.json")
    with closing(sqlite3.connect(place / FILE)) as connection, connection:
        connection.execute("UPDATE event SET body = replace(body, '}', ' }') WHERE seq = 1")
    code, told, _ = report(place, "verify", str(file))
    assert (code, "the journal is broken at event 1" in told) == (0, True)
    assert json.loads(report(place, "verify", str(file), "--json")[1])["broken"] == 1
