"""What was measured at a bed is told from the history: in parts, with gaps, and soon enough."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import pytest
from beds import at
from clinics import BED, clinic, daemon, ear
from courses import placed, told
from dashboards import FrozenClock
from msgspec import structs
from talkers import talking
from tides import outbox, series

from daemon.clock import local_time
from daemon.protocol.message import Message
from daemon.protocol.messages import Answer, Refusal
from daemon.protocol.trend import Span, Track, Trend, Trended, Trouble
from daemon.state import State
from daemon.trending import Trending
from monitoring.case import Case
from telemetry.schema import FILE
from telemetry.series import Point, Series
from vitals import deeds
from vitals.measure import Measure
from vitals.vocabulary import Priority

NOW_S = 7200.0
"""It is two hours after the zero of `at`."""
SPO2 = series("spo2")
DOUBTED = Series(SPO2.measurement, SPO2.field, SPO2.unit, (*SPO2.tags, ("quality", "questionable")))
ALARM = Series("alarm", "priority", "1", (("bed", "1"), ("device", "d"), ("id", "spo2_low")))
ASKED = Trended("t1", "AS", "1")
Asking = Callable[..., Awaitable[Message]]


class Ward:
    """Holds a state, as the ward does."""

    def __init__(self, *cases: Case) -> None:
        self.state = State({case.number: case for case in cases})


async def nobody(_: object) -> NoReturn:
    raise AssertionError("asked of others")


def point(seconds: float, value: float, of: Series = SPO2) -> Point:
    return Point(of, round(at(seconds).wall * 1000), value)


def rfc(seconds: float) -> str:
    return at(seconds).rfc3339()


@asynccontextmanager
async def kept(folder: Path, *points: Point, cases: tuple[Case, ...] = ()) -> AsyncIterator[Asking]:
    """Yield what answers, at NOW_S, from what is kept."""
    clock = FrozenClock(at(NOW_S))
    async with outbox(folder, ()) as box:
        for one in points:
            box.put(one)
        await box.flush()
        trending = Trending(("1", "2"), Ward(*cases), box, clock, nobody)
        yield lambda **other: trending.answer(structs.replace(ASKED, **other))


async def trend(ask: Asking, **other: object) -> Trend:
    answer = await ask(**other)
    assert isinstance(answer, Trend), answer
    assert answer.trouble is None
    return answer


def drawn(track: Track) -> list[tuple[float, float, float] | None]:
    return [None if one is None else (one.low, one.high, one.mean) for one in track.columns]


async def test_an_hour_is_told_in_parts_and_a_gap_is_no_number(tmp_path: Path) -> None:
    numbers = (point(3700, 98), point(3800, 90), point(3900, 99), point(7199, 97))
    async with kept(tmp_path, *numbers) as ask:
        answer = await trend(ask, columns=6)
    (track,) = answer.tracks
    assert (answer.since, answer.until, answer.at) == (rfc(3600), rfc(7200), rfc(7200))
    assert (track.measure, track.device, track.unit) == (Measure.SPO2, "monitor 1", "%")
    assert drawn(track) == [(90, 99, 96), None, None, None, None, (97, 97, 97)]


async def test_numbers_of_one_device_are_one_track_whatever_their_quality(tmp_path: Path) -> None:
    numbers = (point(3700, 98), point(3710, 98), point(3720, 89, DOUBTED))
    async with kept(tmp_path, *numbers) as ask:
        (track,) = (await trend(ask, columns=1)).tracks
    assert drawn(track) == [(89, 98, 95)]


async def test_half_an_hour_ago_is_one_step_back(tmp_path: Path) -> None:
    async with kept(tmp_path, point(1900, 98), point(7000, 91)) as ask:
        answer = await trend(ask, columns=2, back=1)
    assert (answer.since, answer.until) == (rfc(1800), rfc(5400))
    assert drawn(answer.tracks[0]) == [(98, 98, 98), None]


async def test_another_bed_and_a_measure_not_asked_for_are_left_out(tmp_path: Path) -> None:
    others = (point(3700, 88, series("spo2", "2")), point(3700, 70, series("pulse_rate")))
    async with kept(tmp_path, point(3700, 98), *others) as ask:
        everything = await trend(ask)
        some = await trend(ask, measures=(Measure.PULSE_RATE,))
    assert [track.measure for track in everything.tracks] == [Measure.SPO2, Measure.PULSE_RATE]
    assert [track.measure for track in some.tracks] == [Measure.PULSE_RATE]


async def test_no_part_is_shorter_than_ten_seconds(tmp_path: Path) -> None:
    since, until = (datetime.fromtimestamp(at(s).wall, UTC) for s in (3600, 3720))
    async with kept(tmp_path, point(3700, 98)) as ask:
        answer = await trend(ask, columns=400, since=since, until=until)
    assert len(answer.tracks[0].columns) == 12


CASE = told((-120.0, deeds.Begin()), (60.0, placed()), (1200.0, deeds.Finish()))
LATER = structs.replace(
    told((4800.0, deeds.Begin())), number="KN-261122-002", opened=at(4700), bed="1"
)


async def test_a_case_is_told_from_its_opening_and_the_one_before_it_a_step_back(
    tmp_path: Path,
) -> None:
    over = told((0.0, deeds.Begin()), (1200.0, deeds.Transfer(to="Aalborg", reason="bleeding")))
    async with kept(tmp_path, point(3700, 98), cases=(over, LATER)) as ask:
        now = await trend(ask, span=Span.CASE)
        before = await trend(ask, span=Span.CASE, back=1)
        refused = await ask(span=Span.CASE, back=2)
    assert (now.case, now.since, now.until) == ("KN-261122-002", rfc(4700), rfc(7200))
    assert (before.case, before.since, before.until) == ("KN-261122-001", rfc(-300), rfc(1200))
    assert isinstance(refused, Answer)
    assert refused.reason is Refusal.NO_CASE


async def test_a_case_that_went_to_another_bed_is_told_at_both(tmp_path: Path) -> None:
    moved = told((0.0, deeds.Begin()), (1200.0, deeds.Finish()), (1300.0, deeds.Move(bed="2")))
    async with kept(tmp_path, cases=(moved,)) as ask:
        first = await trend(ask, span=Span.CASE)
        second = await trend(ask, span=Span.CASE, bed="2")
    assert (first.since, first.until) == (rfc(-300), rfc(1300))
    assert (second.since, second.until) == (rfc(1300), rfc(7200))
    assert [mark.event for mark in first.marks] == ["case_started", "case_ended"]
    assert second.marks == ()


async def test_steps_of_a_case_and_where_alarms_began_are_marked(tmp_path: Path) -> None:
    ranks = ((100, 1), (110, 3), (160, 0), (300, 3))
    alarms = [point(seconds, rank, ALARM) for seconds, rank in ranks]
    async with kept(tmp_path, *alarms, cases=(CASE,)) as ask:
        answer = await trend(ask, span=Span.CASE)
    assert [(mark.at, mark.event, mark.detail, mark.priority) for mark in answer.marks] == [
        (rfc(-120), "case_started", "", None),
        (rfc(60), "entry_airway", "lma", None),
        (rfc(100), "alarm_onset", "spo2_low", Priority.LOW),
        (rfc(300), "alarm_onset", "spo2_low", Priority.HIGH),
        (rfc(1200), "case_ended", "", None),
    ]
    assert answer.tracks == ()


async def test_a_day_has_only_the_hours_in_which_something_was_measured(tmp_path: Path) -> None:
    async with kept(tmp_path, point(100, 98), point(86_000, 97)) as ask:
        answer = await trend(ask, span=Span.DAY, columns=400)
    midnight = local_time(at(0)).replace(hour=0, minute=0, second=0).timestamp()
    since, until = (datetime.fromisoformat(one).timestamp() for one in (answer.since, answer.until))
    assert (since - midnight) % 3600 == 0
    assert at(100).wall - 3600 < since <= at(100).wall
    assert NOW_S <= until - at(0).wall <= NOW_S + 3600
    assert sum(one is not None for one in answer.tracks[0].columns) == 1


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"bed": "7"}, Refusal.UNKNOWN_BED),
        ({"since": datetime(2026, 1, 1, tzinfo=UTC)}, Refusal.BAD_TIME),
        (
            {"since": datetime(2026, 1, 2, tzinfo=UTC), "until": datetime(2026, 1, 1, tzinfo=UTC)},
            Refusal.BAD_TIME,
        ),
        (
            {"since": datetime(2025, 1, 1, tzinfo=UTC), "until": datetime(2026, 1, 1, tzinfo=UTC)},
            Refusal.BAD_TIME,
        ),
        ({"span": Span.CASE}, Refusal.NO_CASE),
    ],
)
async def test_what_cannot_be_is_refused_in_one_line(
    tmp_path: Path, other: dict[str, object], reason: Refusal
) -> None:
    async with kept(tmp_path) as ask:
        answer = await ask(**other)
    assert isinstance(answer, Answer)
    assert answer.reason is reason
    assert answer.detail
    assert "\n" not in answer.detail


async def test_a_history_that_cannot_be_read_is_said_and_steps_are_told_all_the_same(
    tmp_path: Path,
) -> None:
    async with kept(tmp_path, point(3700, 98), cases=(CASE,)) as ask:
        for name in (FILE, f"{FILE}-wal"):
            (tmp_path / name).rename(tmp_path / f"gone-{name}")
        answer = await ask(span=Span.CASE)
        for name in (FILE, f"{FILE}-wal"):
            (tmp_path / f"gone-{name}").rename(tmp_path / name)
    assert isinstance(answer, Trend)
    assert (answer.trouble, answer.tracks) == (Trouble.UNREADABLE, ())
    assert answer.marks


A_DAY = """
WITH RECURSIVE second(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM second WHERE n < 86399)
INSERT INTO point (series, at, value)
SELECT series.id, ? + 1000 * n, 60 + n % 40 FROM second, series ORDER BY n, series.id
"""


@pytest.mark.timeout(60)
async def test_a_day_of_eight_measures_a_second_is_told_in_less_than_a_second(
    tmp_path: Path,
) -> None:
    kinds = [series(name) for name in list(Measure)[:8]]
    begun = local_time(at(NOW_S)).replace(hour=0, minute=0, second=0).timestamp() - 86_400
    async with kept(tmp_path, *(point(0, 60, kind) for kind in kinds)) as ask:
        with closing(sqlite3.connect(tmp_path / FILE)) as db:
            db.execute(A_DAY, (round(begun * 1000),))
            db.commit()
        answers, took = [], []
        for _ in range(3):
            started = time.process_time()
            answers.append(await trend(ask, span=Span.DAY, back=1, columns=400))
            took.append(time.process_time() - started)
    tracks = answers[-1].tracks
    assert len(tracks) == 8
    assert all(None not in track.columns for track in tracks)
    assert min(took) < 1.0


@pytest.mark.timeout(60)
async def test_a_client_asks_the_daemon_and_is_answered(tmp_path: Path) -> None:
    place = clinic(tmp_path)
    async with talking([(place.port, "nonin-df2")]):
        with daemon(place):
            async with ear(place) as hears:
                await hears.hear(lambda: hears.of("reading", measure="spo2"), 30.0)

                async def told_tracks() -> list[str]:
                    number = f"trend-{len(hears.heard)}"
                    asked = f'{{"kind":"trend","id":"{number}","by":"AS","bed":"{BED}"}}\n'
                    hears.writer.write(asked.encode())
                    await hears.hear(lambda: hears.of("trend", id=number), 30.0)
                    return [one["measure"] for one in hears.of("trend", id=number)[0]["tracks"]]

                async with asyncio.timeout(30):
                    while "spo2" not in await told_tracks():
                        await asyncio.sleep(0.2)
