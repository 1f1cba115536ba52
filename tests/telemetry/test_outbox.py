"""The outbox on a real file: what was committed is there, in order, whatever came between."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from checkout import ROOT, plain_environment
from manual import ManualClock
from tides import BEGIN, outbox, series, tide

from daemon.clock import SystemClock
from telemetry import outbox as room
from telemetry import store as rows
from telemetry.outbox import Outbox
from telemetry.schema import FILE, SCHEMA, Sink, StoreError, reader
from telemetry.series import Message, Point, WaveSecond
from telemetry.settings import History
from telemetry.store import POINT_BYTES, Dead, Owed

BOTH = frozenset(Sink)
EVENT = Message("event/alarm", BEGIN, b"{}")
DEAD = Dead(BEGIN, Sink.INFLUXDB, "a line", "400 no")


def put(box: Outbox, points: int) -> None:
    """Put so many points, and an event."""
    for point in islice(tide(5), points):
        box.put(point)
    box.put(EVENT)


async def test_what_was_put_is_owed_in_order_once_it_is_committed(tmp_path: Path) -> None:
    points = list(tide(20))
    async with outbox(tmp_path, BOTH) as box:
        for point in points:
            box.put(point)
        box.put(EVENT)
        assert (await box.points(999), box.state.waiting) == ([], len(points) + 1)
        await box.flush()
        rows = await box.points(999)
        assert [row.item for row in rows] == points
        assert [row.id for row in rows] == list(range(1, len(points) + 1))
        assert [row.item for row in await box.messages(9)] == [EVENT]
        assert await box.owed(Sink.INFLUXDB) == Owed(len(points), points[0].at)
        await box.taken(Sink.INFLUXDB, 5)
        assert (await box.points(1))[0].id == 6
        await box.taken(Sink.MQTT, 1)
        assert await box.owed(Sink.MQTT) == Owed(0, None)


async def test_numbers_and_positions_go_on_after_a_restart_also_of_an_empty_file(
    tmp_path: Path,
) -> None:
    async with outbox(tmp_path, BOTH) as box:
        put(box, 7)
        await box.flush()
        await box.taken(Sink.INFLUXDB, 7)
        await box.taken(Sink.MQTT, 1)
        await box.buried(Sink.INFLUXDB, [DEAD])
    with closing(sqlite3.connect(tmp_path / FILE)) as db:
        db.execute("DELETE FROM point")
        db.commit()
    async with outbox(tmp_path, BOTH) as box:
        put(box, 2)
        await box.flush()
        assert [row.id for row in await box.points(9)] == [8, 9]
        assert [row.id for row in await box.messages(9)] == [2]
        assert await box.dead(9) == [DEAD]


async def test_without_a_broker_no_event_is_kept_and_without_a_server_nothing_is_owed(
    tmp_path: Path,
) -> None:
    async with outbox(tmp_path, ()) as box:
        put(box, 3)
        await box.flush()
        assert await box.owed(Sink.INFLUXDB) == Owed(0, None)
        assert (box.state.fill, await box.messages(9)) == (0.0, [])


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
async def test_what_is_no_number_is_refused(tmp_path: Path, value: float) -> None:
    async with outbox(tmp_path) as box:
        with pytest.raises(ValueError, match="no finite number"):
            box.put(Point(series(), BEGIN, value))


async def test_while_the_disk_fails_everything_waits_in_order_and_a_bound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(room, "WAITING_LIMIT", 10)
    points = list(islice(tide(9), 15))
    async with outbox(tmp_path) as box:
        with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as other:
            other.execute(
                "CREATE TRIGGER no BEFORE INSERT ON point BEGIN SELECT RAISE(ABORT,'full'); END"
            )
            for point in points[:6]:
                box.put(point)
            await box.flush()
            await box.flush()
            assert (box.state.waiting, "full" in box.state.failing) == (6, True)
            for point in points[6:]:
                box.put(point)
            assert (box.state.waiting, box.state.lost) == (10, 5)
            other.execute("DROP TRIGGER no")
        await box.flush()
        rows = await box.points(99)
        assert [(row.id, row.item) for row in rows] == list(enumerate(points[5:], 1))
        assert (box.state.failing, box.state.waiting) == ("", 0)
    assert caplog.text.count("outbox: ") == 1


async def test_a_damaged_file_is_set_aside_and_a_new_one_begun(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database at all, but long enough to be looked at" * 99)
    async with outbox(tmp_path) as box:
        box.put(next(tide(1)))
        await box.flush()
        assert len(await box.points(9)) == 1
    assert (tmp_path / "outbox-damaged.sqlite").read_bytes().startswith(b"no database")


async def test_what_a_newer_version_only_added_to_is_gone_on_with(tmp_path: Path) -> None:
    async with outbox(tmp_path):
        pass
    with closing(sqlite3.connect(tmp_path / FILE)) as db:
        db.executescript(f"CREATE TABLE later (n INTEGER); PRAGMA user_version = {SCHEMA + 1}")
    async with outbox(tmp_path) as box:
        box.put(next(tide(1)))
        await box.flush()
        assert len(await box.points(9)) == 1


async def test_what_a_newer_version_made_otherwise_is_left_alone(tmp_path: Path) -> None:
    async with outbox(tmp_path):
        pass
    with closing(sqlite3.connect(tmp_path / FILE)) as db:
        db.executescript(
            f"ALTER TABLE series RENAME TO streams; PRAGMA user_version = {SCHEMA + 1}"
        )
    before = (tmp_path / FILE).read_bytes()
    box = Outbox(tmp_path / FILE, History(), BOTH, SystemClock())
    with pytest.raises(StoreError, match=f"has schema {SCHEMA + 1}, .* knows {SCHEMA}: use"):
        await box.open()
    await box.close()
    assert (tmp_path / FILE).read_bytes() == before


async def test_a_folder_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    box = Outbox(tmp_path / "none" / FILE, History(), BOTH, SystemClock())
    with pytest.raises(StoreError, match="no such file or directory: mend"):
        await box.open()
    await box.close()


@pytest.mark.parametrize("schema", range(1, SCHEMA + 1))
async def test_the_file_of_every_schema_up_to_this_one_is_read(tmp_path: Path, schema: int) -> None:
    kept = ROOT / "tests" / "schemas" / str(schema) / FILE
    (tmp_path / FILE).write_bytes(kept.read_bytes())
    async with outbox(tmp_path, BOTH) as box:
        assert [row.item for row in await box.points(999)] == list(tide(10))[3:]
        assert [row.item for row in await box.messages(9)] == [EVENT]
        assert await box.dead(9) == [DEAD]


async def test_it_commits_once_a_second_and_a_question_is_answered_beside(tmp_path: Path) -> None:
    clock = ManualClock()
    async with outbox(tmp_path, clock=clock) as box:
        life = asyncio.create_task(box.live())
        await clock.move(0)
        box.put(next(tide(1)))
        await clock.move(1.0)
        while not await box.points(1):
            await asyncio.sleep(0.01)
        count = await box.ask(lambda db: db.execute("SELECT count(*) FROM point").fetchone())
        assert (count, set(clock.sleeps)) == ((1,), {1.0})
        life.cancel()
        await asyncio.wait([life])


async def test_a_point_takes_no_more_of_the_card_than_it_is_counted_for(tmp_path: Path) -> None:
    points = list(tide(4000))
    async with outbox(tmp_path) as box:
        before = (tmp_path / FILE).stat().st_size
        for point in points:
            box.put(point)
        await box.flush()
        used = await box.ask(lambda db: db.execute("PRAGMA page_count").fetchone()[0]) * 4096
        assert 0.7 * POINT_BYTES < (used - before) / len(points) <= POINT_BYTES


async def test_killed_at_any_moment_what_was_said_to_be_committed_is_there(tmp_path: Path) -> None:
    program = ROOT / "tests" / "support" / "putter.py"
    said = 0
    for life in range(5):
        command = [sys.executable, str(program), str(tmp_path), str(said)]
        process = await asyncio.create_subprocess_exec(
            *command, cwd=ROOT, env=plain_environment(), stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        for _ in range(3 + 11 * life):
            said = int(await process.stdout.readline())
        process.send_signal(signal.SIGKILL)
        await process.wait()
        with closing(reader(tmp_path / FILE)) as db:
            (there,) = db.execute("SELECT max(value) FROM point").fetchone()
            assert there >= said
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        said = int(there)


async def test_waves_are_owed_to_nobody(tmp_path: Path) -> None:
    async with outbox(tmp_path, BOTH) as box:
        box.put(WaveSecond(series(), BEGIN, 75.0, 1.0, 0.0, b"\0\0" * 75))
        await box.flush()
        assert (await box.owed(Sink.INFLUXDB), box.state.fill) == (Owed(0, None), 0.0)


async def test_of_very_many_dead_letters_the_newest_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "DEAD_LIMIT", 3)
    async with outbox(tmp_path) as box:
        for number in range(9):
            await box.buried(Sink.INFLUXDB, [replace(DEAD, what=str(number))])
        assert [one.what for one in await box.dead(99)] == ["8", "7", "6"]
