"""Reports of days on which something is odd: each is honest about it, or refused in one line."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from filed import filed, place_of, report, rows, whole
from months import Journal, Made, moment
from odd import BLOCK, EMERGENCY, course, crashed
from practices import SITE, TWO

from daemon.journal.store import FILE
from vitals.vocabulary import CaseKind

pytestmark = pytest.mark.timeout(120)
MONDAY = date(2026, 11, 2)
DAY = ("--from", "2026-11-02")


@dataclass(frozen=True)
class Filed:
    """A day, its report with every case, and what is odd about which."""

    place: Path
    names: dict[str, str]
    document: dict[str, Any]

    def of(self, table: str, name: str) -> list[dict[str, Any]]:
        number = self.names[name]
        return [one for one in rows(self.document, table) if one["case"] == number]

    def sheet(self, name: str) -> dict[str, Any]:
        (found,) = (s for s in self.document["sheets"] if s["case"] == self.names[name])
        return dict(found)


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Filed:
    journal = Journal()
    journal.start(moment(MONDAY, "06:00"))
    block, given = CaseKind.BLOCK, CaseKind.ANAESTHETIC
    names = {
        "emergency": course(journal, moment(MONDAY, "08:00"), EMERGENCY, "", kind=given, serial=51),
        "epidural": course(journal, moment(MONDAY, "09:00"), BLOCK, "2635", kind=block, serial=52),
        "unread": course(
            journal, moment(MONDAY, "10:00"), BLOCK[1:2], "2635", kind=block, serial=53
        ),
        "open": journal.case(moment(MONDAY, "13:05"), Made(home=False)),
    }
    names["crashed"], again = crashed(journal, moment(MONDAY, "12:05"), died=4.0, back=7.0)
    place = tmp_path_factory.mktemp("clinic")
    journal.write(place, boots=(again,))
    (place / "c.toml").write_text(f'{SITE}{TWO}\n[data]\ndir = "{place}"\n', "utf-8")
    return Filed(place, names, whole(filed(place, "odd.json", "--cases", days=DAY)))


def test_an_emergency_without_a_code_has_none_and_what_its_duration_fits_is_named(
    day: Filed,
) -> None:
    sheet = day.sheet("emergency")
    assert (sheet["code"], sheet["planned"], sheet["emergency"]) == ("", "", True)
    assert sheet["by_duration"] == "3021"
    (waived,) = day.of("waivers", "emergency")
    assert (waived["holds"], waived["reason"]) == ("emergency", "kejsersnit i gang")
    assert ("", 1) in {(one["code"], one["cases"]) for one in rows(day.document, "codes")}


def test_a_block_is_judged_by_its_readings_and_fits_no_duration(day: Filed) -> None:
    sheet = day.sheet("epidural")
    assert (sheet["kind"], sheet["code"], sheet["by_duration"]) == ("block", "2635", "")
    (contract,) = (one for one in day.of("verdicts", "epidural") if one["basis"] == "contract")
    assert contract["result"] == "pass"
    read = [(one["systolic"], one["manual"]) for one in day.of("pressures", "epidural")]
    assert read == [(121.0, True), (118.0, False)]
    assert day.of("verdicts", "unread") == []
    assert day.sheet("unread")["over"] is None


def test_what_a_dead_machine_did_not_record_is_not_documented_and_nobody_is_blamed(
    day: Filed,
) -> None:
    during = [
        one
        for one in day.of("coverage", "crashed")
        if (one["basis"], one["phase"], one["modality"]) == ("contract", "during", "pulse_oximetry")
    ]
    (one,) = during
    assert (one["undocumented_s"], one["uncovered_s"]) == (180.0, 0.0)
    gaps = day.of("gaps", "crashed")
    assert gaps
    assert {(gap["causes"], gap["documented"]) for gap in gaps} == {("recorder_down", False)}
    (contract,) = (one for one in day.of("verdicts", "crashed") if one["basis"] == "contract")
    assert contract["result"] == "review"
    (hole,) = rows(day.document, "downtime")
    assert hole["cases"] >= 1


def test_a_case_that_is_open_is_told_as_that(day: Filed) -> None:
    sheet = day.sheet("open")
    assert (sheet["over"], sheet["verdicts"]) == (None, [])
    (line,) = day.of("cases", "open")
    assert (line["result"], line["open"]) == (None, True)
    (totals,) = (one for one in rows(day.document, "totals") if one["basis"] == "contract")
    assert totals["open"] == 1


def test_the_odd_day_is_verified_as_any(day: Filed) -> None:
    assert report(day.place, "verify", str(day.place / "odd.json"))[0] == 0


def test_a_month_in_which_nothing_was_done_has_no_figure_that_looks_like_one(
    tmp_path: Path,
) -> None:
    journal = Journal()
    journal.start(moment(MONDAY, "06:00"))
    place_of(tmp_path, journal)
    file = filed(tmp_path, "empty.json", "--cases", days=("--month", "2026-11"))
    found = whole(file)
    assert (found["sheets"], rows(found, "cases"), rows(found, "alarms")) == ([], [], [])
    (watched,) = rows(found, "watched")
    assert (watched["case_hours"], watched["per_hour"]) == (0.0, None)
    assert {one["state"] for one in rows(found, "days")} <= {None, "unused"}
    assert report(tmp_path, "verify", str(file))[0] == 0


def test_a_journal_that_is_no_database_or_is_cut_short_is_refused_in_one_line(
    tmp_path: Path,
) -> None:
    journal = Journal()
    for hour in range(6, 20):
        journal.case(moment(MONDAY, f"{hour:02d}:00"))
    place_of(tmp_path, journal)
    path = tmp_path / FILE
    sound = path.read_bytes()
    for bad in (b"no database at all " * 400, sound[: len(sound) // 2], b""):
        for beside in tmp_path.glob(f"{FILE}*"):
            beside.unlink()
        path.write_bytes(bad)
        code, out, wrong = report(tmp_path, *DAY, "--cases", "-o", str(tmp_path / "bad.json"))
        assert (code, out, wrong.count("\n")) == (2, "", 1), wrong
        assert "Traceback" not in wrong
        assert not (tmp_path / "bad.json").exists()


def test_a_row_that_was_taken_out_is_told_of_as_broken(tmp_path: Path) -> None:
    journal = Journal()
    journal.case(moment(MONDAY, "08:05"))
    path = place_of(tmp_path, journal) / FILE
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM event WHERE seq = 5")
    code, _, wrong = report(tmp_path, *DAY, "--cases", "-o", str(tmp_path / "cut.json"))
    assert code == 0
    assert "broken at event" in wrong
    assert whole(tmp_path / "cut.json")["stamp"]["broken"] is not None


def test_a_row_that_no_longer_can_be_read_is_refused_or_told_of(tmp_path: Path) -> None:
    journal = Journal()
    journal.case(moment(MONDAY, "08:05"))
    path = place_of(tmp_path, journal) / FILE
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE event SET body = '{' WHERE seq = 4")
    code, _, wrong = report(tmp_path, *DAY, "--cases", "-o", str(tmp_path / "cut.json"))
    assert "Traceback" not in wrong
    assert wrong.count("\n") == 1
    assert code == 2 or "broken at event" in wrong
