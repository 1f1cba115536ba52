"""What monitors gave stands beside the figures of a case, and is no part of them."""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import msgspec
import pytest
from monitored import cuff, kept, point, seconds, series
from months import BED, RECOVERS, Journal, Made, moment
from reports import Filed, busy, place

from daemon.journal.events import CaseEntered
from daemon.report.document import Document
from daemon.report.making import made
from daemon.report.scope import Scope
from daemon.report.sheet import Kept, Sheet
from daemon.report.traced import MOST
from telemetry.schema import FILE, writer
from telemetry.series import Point
from vitals import deeds
from vitals.instant import Instant
from vitals.measure import Measure

pytestmark = pytest.mark.timeout(300)
MONDAY = date(2026, 11, 2)
BEGIN = moment(MONDAY, "08:00")
LASTS_S = (10.0 + RECOVERS) * 60 + 30
WITHIN_S = 12.0
"""1.5 on a development machine; a busy one takes several times that."""
SCOPE = Scope(MONDAY, MONDAY, sheets=True)


def filed(folder: Path, points: Iterable[Point] | None) -> Filed:
    journal = Journal()
    journal.start(moment(MONDAY, "06:00"))
    journal.case(BEGIN, Made(lasts=10.0))
    if points is not None:
        kept(folder, points)
    return place(folder, journal)


def sheet(of: Filed) -> Sheet:
    (one,) = made(of.place, SCOPE).sheets
    return one


def whole(*, before: float = 600.0) -> list[Point]:
    """Return a day that began with another patient and went on with one."""
    found = [*seconds(BEGIN - before, before), *seconds(BEGIN, LASTS_S)]
    found += [*cuff(BEGIN + 90, 101, 61), *cuff(BEGIN + 390, 104, 64)]
    found += cuff(BEGIN + 400, 99, 55, origin="manual")
    return [*found, *seconds(BEGIN + LASTS_S + 60, 600)]


def test_a_curve_has_a_point_a_minute_with_the_lowest_and_the_highest(tmp_path: Path) -> None:
    one = sheet(filed(tmp_path, whole()))
    assert one.history is Kept.WHOLE
    assert [curve.measure for curve in one.curves][:2] == [Measure.SPO2, Measure.PULSE_RATE]
    spo2 = one.curves[0]
    assert (spo2.device, len(spo2.points)) == ("monitor", int(LASTS_S // 60))
    first, last = spo2.points[0], spo2.points[-1]
    assert (first.at, first.low, first.high) == (one.begun, 90, 91)
    assert last.high == 90 + LASTS_S // 60
    assert all(point.low <= point.mean <= point.high for point in spo2.points)


def test_what_was_measured_before_the_patient_came_or_after_it_left_is_anothers(
    tmp_path: Path,
) -> None:
    one = sheet(filed(tmp_path, whole(before=110.0)))
    assert one.begun is not None
    for curve in one.curves:
        assert all(one.begun <= point.at < (one.over or "") for point in curve.points)
    assert one.curves[0].points[0].mean < 91
    elsewhere = filed(_folder(tmp_path), seconds(BEGIN - 60, 3600, bed="Stue 9"))
    assert sheet(elsewhere).curves == ()


def test_a_curve_goes_with_the_patient_to_another_bed_and_leaves_who_lay_there_before(
    tmp_path: Path,
) -> None:
    journal = Journal()
    journal.start(moment(MONDAY, "06:00"))
    journal.case(BEGIN, Made(lasts=10.0, home=False))
    number = "KN-261102-001"
    journal.add(BEGIN + 900, CaseEntered(number, BED, 9, deeds.Move("Stue 2"), 0.0, "AS"))
    journal.start(BEGIN + 1500)
    here, there = seconds(BEGIN - 60, 3600), seconds(BEGIN - 60, 3600, bed="Stue 2")
    kept(tmp_path, (one for pair in zip(here, there, strict=True) for one in pair))
    one = sheet(place(tmp_path, journal))
    assert [(stay.bed, stay.end) for stay in one.stays][-1] == ("Stue 2", None)
    assert (one.history, len(one.curves)) == (Kept.WHOLE, 6)
    assert len(one.curves[0].points) == 25


def test_of_a_case_that_nobody_closed_a_day_is_told_in_so_many_points(tmp_path: Path) -> None:
    journal = Journal()
    journal.start(moment(MONDAY, "06:00"))
    journal.case(BEGIN, Made(lasts=10.0, home=False))
    journal.start(BEGIN + 3 * 86_400)
    one = series("spo2")
    kept(tmp_path, (point(BEGIN + at, 97.0, one) for at in range(-60, 2 * 86_400, 30)))
    found = sheet(place(tmp_path, journal))
    assert found.history is Kept.PART
    (curve,) = found.curves
    assert len(curve.points) == MOST
    assert curve.points[-1].at < Instant(0.0, BEGIN + 86_400).rfc3339()


def test_pressures_of_a_cuff_have_its_monitor_and_what_was_typed_is_not_among_them(
    tmp_path: Path,
) -> None:
    one = sheet(filed(tmp_path, whole()))
    told = [(r.systolic, r.diastolic, r.manual, r.device, r.by) for r in one.readings]
    assert told == [(101, 61, False, "monitor", ""), (104, 64, False, "monitor", "")]
    assert one.pressures == ()
    assert not {c.measure for c in one.curves} & {Measure.NIBP_SYSTOLIC, Measure.NIBP_DIASTOLIC}


def test_a_minute_without_a_number_has_no_point(tmp_path: Path) -> None:
    points = [*seconds(BEGIN - 60, 180), *seconds(BEGIN + 600, LASTS_S - 600)]
    one = sheet(filed(tmp_path, points))
    assert len(one.curves[0].points) < LASTS_S // 60 - 6


def test_a_history_that_is_not_there_is_pruned_or_damaged_is_told_and_no_error(
    tmp_path: Path,
) -> None:
    states = {
        Kept.ABSENT: None,
        Kept.GONE: list(seconds(BEGIN + 7200, 60)),
        Kept.PART: list(seconds(BEGIN + 300, 600)),
    }
    for state, points in states.items():
        one = sheet(filed(_folder(tmp_path), points))
        assert one.history is state
        assert bool(one.curves) == (state is Kept.PART)
    assert sheet(filed(_folder(tmp_path), [])).history is Kept.GONE


@pytest.mark.parametrize("how", ["text", "cut", "tags", "schema", "folder", "pages"])
def test_a_damaged_history_takes_nothing_from_the_sheet(tmp_path: Path, how: str) -> None:
    of = filed(tmp_path, whole())
    _damage(tmp_path / FILE, how)
    one = sheet(of)
    if how == "folder":
        assert one.history is Kept.ABSENT
    else:
        assert one.history is Kept.UNREADABLE
    assert (one.curves, one.readings) == ((), ())
    assert one.lanes


def test_no_figure_rests_on_it_and_a_report_is_verified_when_it_has_been_thrown_away(
    tmp_path: Path,
) -> None:
    of = filed(tmp_path, whole())
    with_it = made(of.place, SCOPE)
    for file in tmp_path.glob(f"{FILE}*"):
        file.unlink()
    without = made(of.place, SCOPE)
    assert with_it.sheets[0].curves
    assert with_it.stamp == without.stamp
    assert with_it.tables == without.tables
    text = msgspec.json.encode(with_it)
    assert msgspec.json.decode(text, type=Document) == with_it


def test_the_sheets_of_a_month_with_their_curves_come_soon_enough(tmp_path: Path) -> None:
    of = place(tmp_path, busy())
    bare = _took(of)
    begins = sorted(_wall(one.begun or "") for one in of.month(sheets=True).sheets)
    kept(tmp_path, (one for begin in begins for one in seconds(begin, 2400)), each=360)
    took = _took(of)
    assert took - bare < WITHIN_S


def _took(of: Filed) -> float:
    begin = time.perf_counter()
    of.month(sheets=True)
    return time.perf_counter() - begin


def _wall(moment_of: str) -> float:
    return datetime.fromisoformat(moment_of).timestamp()


def _folder(root: Path) -> Path:
    made_here = root / f"{len(list(root.iterdir()))}"
    made_here.mkdir()
    return made_here


def _damage(path: Path, how: str) -> None:
    match how:
        case "text":
            path.write_bytes(b"no database " * 900)
        case "cut":
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])
        case "pages":
            sound = path.read_bytes()
            path.write_bytes(sound[:4096] + b"\x55" * (len(sound) - 4096))
        case "folder":
            path.unlink()
            path.mkdir()
        case _:
            with closing(writer(path, 1 << 20)) as connection:
                connection.executescript(_SPOILS[how])


_SPOILS = {
    "schema": "ALTER TABLE series RENAME TO streams; PRAGMA user_version = 9",
    "tags": "UPDATE series SET tags = substr(tags, 2)",
}
