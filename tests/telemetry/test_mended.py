"""What an outbox comes through: broken files, a stop in the middle, sinks that come and go."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from manual import ManualClock
from tides import BEGIN, outbox, series, tide

from telemetry import history
from telemetry.history import Asked
from telemetry.schema import FILE, PAGE_BYTES, Sink
from telemetry.series import Message, Point, WaveSecond
from telemetry.settings import History
from telemetry.store import Owed

EVENT = Message("event/alarm", BEGIN, b"{}")
SECOND = WaveSecond(series(), BEGIN, 75.0, 1.0, 0.0, b"\0\0" * 75)


def broken(file: Path) -> None:
    """Write nonsense over every page but the first."""
    data = bytearray(file.read_bytes())
    for page in range(PAGE_BYTES, len(data), PAGE_BYTES):
        data[page : page + 200] = b"\xff" * 200
    file.write_bytes(data)


async def test_a_file_broken_behind_its_head_is_set_aside_at_the_start(tmp_path: Path) -> None:
    async with outbox(tmp_path) as box:
        for point in tide(900):
            box.put(point)
    broken(tmp_path / FILE)
    async with outbox(tmp_path) as box:
        box.put(next(tide(1)))
        await box.flush()
        assert (len(await box.points(9)), box.state.failing) == (1, "")
    assert (tmp_path / "outbox-damaged.sqlite").exists()


async def test_a_file_that_breaks_while_it_is_open_is_set_aside_and_nothing_new_is_lost(
    tmp_path: Path,
) -> None:
    async with outbox(tmp_path, history=History(quota_mib=16)) as box:
        for point in tide(20_000):
            box.put(point)
        await box.flush()
        with closing(sqlite3.connect(tmp_path / FILE)) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        broken(tmp_path / FILE)
        new = Point(series("etco2"), BEGIN, 5.0)
        box.put(new)
        for _ in range(3):
            await box.flush()
        assert new in [row.item for row in await box.points(999_999)]


async def test_what_waits_when_the_daemon_stops_in_the_middle_of_a_commit_is_kept(
    tmp_path: Path,
) -> None:
    hold = threading.Event()
    async with outbox(tmp_path, set(Sink)) as box:
        held = asyncio.create_task(box._thread_run(hold.wait))
        box.put(EVENT)
        flushing = asyncio.create_task(box.flush())
        await asyncio.sleep(0.05)
        flushing.cancel()
        await asyncio.wait([flushing])
        hold.set()
        await held
    async with outbox(tmp_path, set(Sink)) as box:
        assert [row.item for row in await box.messages(9)] == [EVENT]


async def test_a_sink_that_is_new_is_owed_what_comes_from_then_on(tmp_path: Path) -> None:
    before, after = list(tide(4))[:24], list(tide(8))[24:]
    async with outbox(tmp_path, ()) as box:
        for point in before:
            box.put(point)
    async with outbox(tmp_path, {Sink.INFLUXDB}) as box:
        assert await box.owed(Sink.INFLUXDB) == Owed(0, None)
        for point in after:
            box.put(point)
        await box.flush()
        assert [row.item for row in await box.points(999)] == after
    async with outbox(tmp_path, {Sink.INFLUXDB}) as box:
        assert len(await box.points(999)) == len(after), "a restart is no new sink"


async def test_a_broker_that_is_removed_is_owed_nothing(tmp_path: Path) -> None:
    big = Message("event/alarm", BEGIN, b"x" * (1 << 20))
    history_ = History(quota_mib=16)
    async with outbox(tmp_path, {Sink.MQTT}, history_) as box:
        for _ in range(9):
            box.put(big)
        await box.flush()
        assert box.state.fill > 0.5
    async with outbox(tmp_path, (), history_) as box:
        assert (box.state.fill, await box.owed(Sink.MQTT)) == (0.0, Owed(0, None))
    async with outbox(tmp_path, {Sink.MQTT}, history_) as box:
        assert await box.messages(9) == [], "no event of an earlier month is told"


async def test_a_commit_is_written_once_whatever_fails_behind_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = ManualClock()
    async with outbox(tmp_path, clock=clock) as box:

        def fails() -> None:
            raise sqlite3.OperationalError("disk I/O error")

        monkeypatch.setattr(box._own, "span", fails)
        box.put(next(tide(1)))
        for _ in range(3):
            clock.seconds += 61
            await box.flush()
        assert len(await box.points(9)) == 1


async def test_waves_are_found_again_after_all_of_them_had_gone(tmp_path: Path) -> None:
    async with outbox(tmp_path, ()) as box:
        for _ in range(50):
            box.put(SECOND)
    with closing(sqlite3.connect(tmp_path / FILE)) as db:
        db.execute("DELETE FROM wave")
        db.commit()
    async with outbox(tmp_path, ()) as box:
        for _ in range(50):
            box.put(SECOND)
    async with outbox(tmp_path, ()) as box:
        asked = Asked(BEGIN - 9999, BEGIN + 9999)
        assert await box.ask(lambda db: len(list(history.waves(db, asked)))) == 50
