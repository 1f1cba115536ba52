"""`vagt report`: figures of days counted by hand, filed, and held to the journal again later."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import zipfile
from contextlib import closing
from datetime import date
from pathlib import Path

import msgspec
import pytest
from checkout import ROOT
from documents import PAGE, report_page
from filed import DAYS, filed, place_of, report, rows, whole
from months import OXYGEN, Journal, Made, moment, morning

from daemon.journal.store import FILE
from daemon.report.document import Document
from daemon.report.scope import Scope
from daemon.report.stamp import Stamp, Summed
from daemon.report.table import Table
from vagt.report.archive import cut
from vitals import acts
from vitals.practice import Outcome

pytestmark = pytest.mark.timeout(120)
MONDAY, TUESDAY = date(2026, 11, 2), date(2026, 11, 3)


def written() -> Journal:
    """Return two days of one clinic: four cases, a list, a defibrillator that failed, oxygen."""
    journal = Journal()
    for day in (MONDAY, TUESDAY):
        journal.start(moment(day, "06:00"))
        morning(journal, moment(day, "07:00"))
    journal.act(moment(MONDAY, "07:10"), OXYGEN)
    for hour, bar in ((8, 200.0), (12, 150.0), (16, 120.0)):
        journal.act(moment(MONDAY, f"{hour:02d}:00"), acts.Gauge("ilt", bar))
    journal.act(moment(MONDAY, "16:10"), acts.OrderGas(OXYGEN.gas, "KN"))
    failed = acts.Mark("emergency", ("em-01",), "Taske", Outcome.FAILED, "batteri fladt")
    journal.act(moment(TUESDAY, "07:30"), failed)
    journal.case(moment(MONDAY, "08:05"), Made(alarms=("spo2_low", "spo2_low")))
    journal.case(moment(MONDAY, "09:05"), Made(off=5.0))
    journal.case(moment(TUESDAY, "08:05"), Made(held=("live pulse_oximetry",), explained="græd"))
    journal.case(moment(TUESDAY, "09:05"), Made(code="3022", off=60.0))
    return journal


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return place_of(tmp_path_factory.mktemp("clinic"), written())


def test_the_figures_of_two_days_are_those_that_were_written(place: Path) -> None:
    found = whole(filed(place, "figures.json"))
    results = [one["result"] for one in rows(found, "cases")]
    assert sorted(results) == ["fail", "pass", "pass", "review"]
    (contract,) = (one for one in rows(found, "totals") if one["basis"] == "contract")
    assert [contract[one] for one in ("passed", "review", "failed", "open")] == [2, 1, 1, 0]
    for part in ("passed", "review", "failed", "open", "unjudged"):
        by_code = sum(one[part] for one in rows(found, "codes"))
        bases = (one for one in rows(found, "totals") if one["basis"] != "advisory")
        assert by_code == sum(one[part] for one in bases), part
    assert [(one["code"], one["cases"]) for one in rows(found, "codes")] == [
        ("3021", 3),
        ("3022", 1),
    ]
    (waiver,) = rows(found, "waivers")
    assert (waiver["what"], waiver["reason"], waiver["by"]) == ("begin", "græd", "AS")
    (alarm,) = rows(found, "alarms")
    assert (alarm["alarm"], alarm["count"]) == ("spo2_low", 2)
    assert [one["cases"] for one in rows(found, "performed")] == [3, 1]
    assert [(one["day"], one["cases"]) for one in rows(found, "days")][:2] == [
        ("2026-11-02", 2),
        ("2026-11-03", 2),
    ]


def test_gas_is_used_by_the_readings_and_the_defibrillator_has_its_history(place: Path) -> None:
    found = whole(filed(place, "practice.json"))
    (oxygen,) = rows(found, "gases")
    assert oxygen["used_l"] == 10.0 * (200 - 120)
    assert [oxygen[one] for one in ("readings", "orders", "received")] == [3, 1, 1]
    history = rows(found, "defibrillator")
    (failed,) = (one for one in history if one["outcome"] == "failed")
    assert (failed["row"], failed["by"], failed["reason"]) == ("em-01", "AS", "batteri fladt")
    checked = [one for one in rows(found, "checked") if one["row"] == "em-01"]
    assert [(one["done"], one["failed"]) for one in checked] == [(2, 1)]


def test_every_row_says_who_answers_for_it(place: Path) -> None:
    found = whole(filed(place, "answers.json"))
    sums = {"codes", "totals", "days", "lists", "alarms", "watched", "downtime"}
    for table in found["tables"]:
        if table["name"] not in sums:
            assert "responsible" in table["columns"], table["name"]


@pytest.mark.parametrize("kind", ["json", "csv"])
def test_the_same_report_is_the_same_bytes_and_its_figures_are_the_journals(
    place: Path, kind: str
) -> None:
    file = filed(place, f"one.{kind}", "--format", kind)
    again = filed(place, f"two.{kind}", "--format", kind)
    assert file.read_bytes() == again.read_bytes()
    code, said, _ = report(place, "verify", str(file))
    assert (code, said.split(":")[0]) == (0, "same")


def test_a_report_still_verifies_when_the_journal_has_gone_on(tmp_path: Path) -> None:
    journal = written()
    place_of(tmp_path, journal)
    file = filed(tmp_path, "early.json")
    (tmp_path / FILE).unlink()
    journal.case(moment(date(2026, 11, 4), "08:05"))
    journal.write(tmp_path)
    assert report(tmp_path, "verify", str(file))[0] == 0
    assert len(rows(whole(filed(tmp_path, "late.json")), "cases")) == 5


def test_a_report_of_a_version_with_fewer_columns_and_tables_still_verifies(place: Path) -> None:
    document = whole(filed(place, "new.json"))
    tables = [msgspec.convert(one, Table) for one in document["tables"]]
    older = [one.of(one.columns[:-1]) for one in tables if len(one.columns) > 1][:-2]
    sums = tuple(Summed(one.name, one.columns, len(one.rows), one.digest) for one in older)
    stamp = msgspec.structs.replace(
        msgspec.convert(document["stamp"], Stamp), tables=sums, made_by="vagt 0.0.1"
    )
    file = place / "older.json"
    file.write_bytes(msgspec.json.encode({"stamp": stamp, "tables": older}))
    assert report(place, "verify", str(file))[0] == 0


def test_a_figure_that_was_altered_is_named(place: Path) -> None:
    file = filed(place, "altered.json")
    file.write_text(file.read_text("utf-8").replace("batteri fladt", "i orden"), "utf-8")
    code, said, _ = report(place, "verify", str(file), "--json")
    found = json.loads(said)
    assert (code, found["report"], found["different"]) == (1, "different", ["defibrillator"])


def test_a_word_of_a_page_that_was_altered_is_told(place: Path) -> None:
    file = filed(place, "page.html")
    assert report(place, "verify", str(file))[0] == 0
    file.write_text(file.read_text("utf-8").replace("OPFYLDT", "opfyldt", 1), "utf-8")
    code, said, _ = report(place, "verify", str(file), "--json")
    assert (code, json.loads(said)["different"]) == (1, ["pages"])


def test_a_table_of_a_zip_that_was_altered_is_named(place: Path) -> None:
    file = filed(place, "tables.zip")
    assert report(place, "verify", str(file))[0] == 0
    with zipfile.ZipFile(file) as archive:
        texts = {name: archive.read(name) for name in archive.namelist()}
    texts["defibrillator.csv"] = texts["defibrillator.csv"].replace(b"batteri fladt", b"i orden")
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in texts.items():
            archive.writestr(name, text)
    code, said, _ = report(place, "verify", str(file), "--json")
    assert (code, json.loads(said)["different"]) == (1, ["defibrillator"])


def test_a_journal_that_was_altered_is_told_of_in_the_report_and_when_it_is_verified(
    tmp_path: Path,
) -> None:
    path = place_of(tmp_path, written()) / FILE
    file = filed(tmp_path, "sound.json")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE event SET body = replace(body, 'fladt', 'nyt')")
    code, _, wrong = report(tmp_path, *DAYS, "-o", str(tmp_path / "broken.json"))
    assert (code, "the journal is broken at event" in wrong) == (0, True)
    assert whole(tmp_path / "broken.json")["stamp"]["broken"] is not None
    code, said, _ = report(tmp_path, "verify", str(file))
    assert code == 1
    assert "defibrillator" in said


def test_a_clinic_gets_its_own_rows_and_nothing_of_a_case_or_a_person(place: Path) -> None:
    file = filed(place, "clinic.json", "--for", "clinic", "--clinic", "KN")
    text = file.read_text("utf-8")
    for secret in ("KN-261102", "græd", '"AS"', 'waived":[{', "batteri"):
        assert secret not in text, secret
    found = whole(file)
    assert {one["name"] for one in found["tables"]} == {
        *("days", "readiness", "checked", "gases", "devices")
    }
    own = {"operating_clinic", "by_agreement", None}
    for name in ("readiness", "checked", "gases", "devices"):
        assert {one["responsible"] for one in rows(found, name)} <= own
    assert rows(found, "checked")
    assert report(place, "verify", str(file))[0] == 0


def test_a_clinic_gets_no_gas_of_another_and_no_number_of_cases(place: Path) -> None:
    for clinic, places in (("KN", ["KN"]), ("KS", [])):
        found = whole(filed(place, f"{clinic}.json", "--for", "clinic", "--clinic", clinic))
        assert [one["place"] for one in rows(found, "gases")] == places
        assert {one["cases"] for one in rows(found, "days")} == {None}


def test_each_table_is_a_csv_in_which_absence_is_empty_and_no_text_is_a_formula(
    place: Path,
) -> None:
    with zipfile.ZipFile(filed(place, "tables.zip", "--format", "csv")) as archive:
        names = {one.removesuffix(".csv") for one in archive.namelist() if one.endswith(".csv")}
        text = archive.read("days.csv").decode("utf-8-sig")
        stamp = msgspec.json.decode(archive.read("stamp.json"), type=Stamp)
    assert names == {one.name for one in stamp.tables}
    head, *days = csv.reader(io.StringIO(text))
    assert head == ["day", "state", "cases"]
    assert days[0][0] == "2026-11-02"
    odd = Table("odd", ("a", "b", "c"), (("=1+1", None, True), ("-", 'a"b,c', -2.5)))
    assert cut(odd).decode("utf-8-sig") == 'a,b,c\r\n\'=1+1,,true\r\n\'-,"a""b,c",-2.5\r\n'


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "say which days"),
        (("--month", "2026-11", "--last-month"), "not allowed with argument"),
        (("--month", "2026-11", "--case", "KN-261102-001"), "not allowed with argument"),
        (("--month", "2026-11", "--to", "2026-11-02"), "--to goes with --from"),
        (("--month", "9999-12"), "no calendar here has those days"),
        (("--from", "0001-01-01"), "no calendar here has those days"),
        (("--month", "2026-11", "--for", "clinic"), "say for which clinic: --clinic with one of"),
        (
            ("--month", "2026-11", "--for", "clinic", "--clinic", "KN", "--cases"),
            "--for clinic has days alone",
        ),
        (("--case", "KN-261102-001", "--clinic", "KN"), "leave out --clinic"),
        (("--month", "2026-11", "--filed", "--cases"), "--filed takes days alone"),
        (("--month", "2026-11", "--filed", "--for", "clinic"), "--filed takes days alone"),
        (("--month", "2026-13"), "is no month as 2026-11"),
        (("--from", "2026-11-31"), "is no day as 2026-11-01"),
        (("--from", "2026-11-04", "--to", "2026-11-02"), "--to is before --from"),
        (("--month", "2025-03"), "the journal begins 2026-11-02: nothing is known"),
        (("--month", "2027-03"), "those days are not in it yet"),
        (("--month", "2026-11", "--clinic", "XX"), "there is no clinic XX; there are: KN"),
        (("--month", "2026-11", "--data", "/nowhere"), "name the folder that holds"),
        (("verify",), "say what to check"),
        (("verify", "/etc/hostname"), "is no report of vagt"),
        (("verify", "/nowhere"), "no such file"),
    ],
)
def test_wrong_use_is_one_line_that_says_how_to_mend_it(
    place: Path, words: tuple[str, ...], said: str
) -> None:
    aside = () if {"verify", "--filed"} & {*words} else ("-o", "/dev/null")
    code, out, wrong = report(place, *words, *aside)
    assert (code, out, wrong.count("\n")) == (2, "", 1)
    assert said in wrong


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "c.toml", FILE])
def test_a_file_that_would_not_be_what_its_name_says_is_not_written(place: Path, name: str) -> None:
    before = [(one.name, one.read_bytes()) for one in sorted(place.glob("*.*"))]
    code, out, wrong = report(place, *DAYS, "-o", str(place / name))
    assert (code, out, wrong.count("\n")) == (2, "", 1)
    assert "no report ends so: name it by .html" in wrong
    assert before == [(one.name, one.read_bytes()) for one in sorted(place.glob("*.*"))]


@pytest.mark.parametrize("name", ["c.toml", FILE])
def test_a_report_takes_the_place_of_nothing_that_it_is_made_from(place: Path, name: str) -> None:
    before = (place / name).read_bytes()
    code, _, wrong = report(place, *DAYS, "-o", str(place / name), "--format", "json")
    assert (code, "is what a report is made from" in wrong) == (2, True)
    assert (place / name).read_bytes() == before


def test_a_report_is_verified_by_the_clock_on_the_wall_that_it_was_made_by(place: Path) -> None:
    file = filed(place, "zone.json")
    code, _, wrong = report(place, "verify", str(file), TZ="Asia/Tokyo")
    assert code == 2
    assert "set TZ to that place" in wrong


@pytest.mark.parametrize(("day", "zone"), [("2026-07-06", "CEST"), ("2026-11-02", "CET")])
def test_summer_and_winter_do_not_alter_a_report_of_the_other(
    tmp_path: Path, day: str, zone: str
) -> None:
    journal = Journal()
    journal.start(moment(date.fromisoformat(day), "09:00"))
    place, wall = place_of(tmp_path, journal), {"TZ": "Europe/Copenhagen"}
    file = place / "year.json"
    code, _, wrong = report(place, "--from", day, "-o", str(file), **wall)
    assert (code, whole(file)["stamp"]["zone"]) == (0, zone), wrong
    assert report(place, "verify", str(file), **wall)[0] == 0


def test_a_report_of_another_configuration_says_so(place: Path) -> None:
    file = filed(place, "mine.json")
    code, said, _ = report(place, "verify", str(file), "--data", str(place))
    assert code == 1
    assert "the configuration is another" in said


def test_the_schema_in_the_documents_is_that_of_the_report_that_is_made(place: Path) -> None:
    assert (ROOT / "docs" / PAGE).read_text("utf-8") == report_page(), "run `make docs`"
    text = filed(place, "schema.json").read_bytes()
    document = msgspec.json.decode(text, type=Document)
    assert msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n" == text
    schema = json.loads(report_page())
    assert set(json.loads(text)) == set(schema["$defs"]["Document"]["properties"])


def test_a_table_is_known_again_by_the_columns_that_it_had() -> None:
    table = Table("one", ("a", "b"), ((1, "x"), (2, None)))
    assert table.of(("b",)).rows == (("x",), (None,))
    assert table.of(("a",)).digest == Table("other", ("a",), ((1,), (2,))).digest
    assert table.digest != Table("one", ("a", "b"), ((1, "x"), (2, ""))).digest
    assert Scope() == msgspec.json.decode(msgspec.json.encode(Scope()), type=Scope)
