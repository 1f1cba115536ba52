"""The outbox's trunk where it breaks: a full disk, a backlog, a broken file, a kill."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path

import pytest
from checkout import ROOT, plain_environment
from tides import BEGIN, outbox, series, tide

from telemetry import history
from telemetry.history import Asked
from telemetry.outbox import LUMP, MIB
from telemetry.schema import FILE, PAGE_BYTES, Sink, StoreError, reader, writer
from telemetry.series import Message, Point, WaveSecond
from telemetry.settings import History
from telemetry.store import Dead, Owed, Store

SMALL = History(quota_mib=16)
BOTH = frozenset(Sink)
SECOND = WaveSecond(series(), BEGIN, 250.0, 1.0, 0.0, b"\0\1" * 250)
NEW = Point(series("etco2"), BEGIN, 5.0)
EVER = Asked(0, 1 << 62)
LEAF = 13
"""The first byte of a page with rows: file format 1.6, `b-tree page type`."""


@contextmanager
def refused(file: Path, table: str) -> Iterator[None]:
    """Let no row into a table."""
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        said = f"CREATE TRIGGER no BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'no'); END"
        db.execute(said)
        yield
        db.execute("DROP TRIGGER no")


def checkpointed(file: Path) -> None:
    with closing(sqlite3.connect(file)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def broken(file: Path, pages: range, kinds: range = range(256)) -> None:
    """Write nonsense over the head of pages."""
    data = bytearray(file.read_bytes())
    for page in pages:
        if page * PAGE_BYTES < len(data) and data[page * PAGE_BYTES] in kinds:
            data[page * PAGE_BYTES : page * PAGE_BYTES + 200] = b"\xff" * 200
    file.write_bytes(data)


def in_the_way(folder: Path) -> Path:
    """Put a folder where a damaged file is set aside."""
    made = folder / "outbox-damaged.sqlite"
    (made / "of somebody else").mkdir(parents=True)
    return made


def test_a_commit_that_the_disk_refuses_leaves_nothing_of_itself(tmp_path: Path) -> None:
    with closing(writer(tmp_path / FILE, 40)) as db:
        store = Store(db, BOTH)
        store.commit([NEW])
        with pytest.raises(sqlite3.OperationalError, match="full"):
            store.commit([Message("event/alarm", BEGIN, b"{}"), *tide(2000)])
        counted = "SELECT (SELECT count(*) FROM series), (SELECT count(*) FROM message)"
        assert db.execute(counted).fetchone() == (1, 0)
        points = list(tide(1))
        store.commit(points)
        again = Store(db, BOTH)
    assert again.last == store.last
    with closing(writer(tmp_path / FILE, 40)) as db:
        rows = Store(db, BOTH).points(99)
    assert [(row.id, row.item) for row in rows] == list(enumerate([NEW, *points], 1))


async def test_a_backlog_bigger_than_the_spare_room_is_written_when_the_disk_is_well_again(
    tmp_path: Path,
) -> None:
    many = 12 * MIB // 550
    async with outbox(tmp_path, (), SMALL) as box:
        for number in range(2 * many):
            box.put(SECOND)
            if number % LUMP == 0:
                await box.flush()
        with refused(tmp_path / FILE, "wave"):
            for _ in range(many):
                box.put(SECOND)
            await box.flush()
            assert box.state.waiting >= many
        for _ in range(3):
            await box.flush()
        assert (box.state.waiting, box.state.failing, box.state.lost) == (0, "", 0)
        assert (tmp_path / FILE).stat().st_size <= 16 * MIB + 5 * MIB


async def test_what_a_broken_file_held_is_never_taken_for_what_the_new_one_holds(
    tmp_path: Path,
) -> None:
    async with outbox(tmp_path, history=SMALL) as box:
        for point in tide(8_000):
            box.put(point)
        await box.flush()
        in_hand = await box.points(1000)
        checkpointed(tmp_path / FILE)
        broken(tmp_path / FILE, range(1, 9999))
        box.put(NEW)
        await box.flush()
        await box.taken(Sink.INFLUXDB, in_hand[-1].id)
        assert [(row.id, row.item) for row in await box.points(9)] == [(96_001, NEW)]
        assert await box.owed(Sink.INFLUXDB) == Owed(1, BEGIN)
        assert box.state.lost == 96_000, "what went with the file was owed"


async def test_a_page_that_breaks_among_what_is_owed_holds_up_no_server(tmp_path: Path) -> None:
    async with outbox(tmp_path) as box:
        for point in tide(8_000):
            box.put(point)
    broken(tmp_path / FILE, range(30, 500), range(LEAF, LEAF + 1))
    async with outbox(tmp_path) as box:
        await box.taken(Sink.INFLUXDB, 10_000)
        assert await box.points(9) == [], "the file is another from here"
        box.put(NEW)
        await box.flush()
        assert [row.item for row in await box.points(9)] == [NEW]


async def test_a_broken_file_that_cannot_be_set_aside_is_told_once_and_tried_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with outbox(tmp_path, history=SMALL) as box:
        for point in tide(8_000):
            box.put(point)
        await box.flush()
        checkpointed(tmp_path / FILE)
        broken(tmp_path / FILE, range(1, 9999))
        way = in_the_way(tmp_path)
        box.put(NEW)
        for _ in range(3):
            await box.flush()
        assert box.state.failing.endswith("is a directory: move both away")
        assert caplog.text.count("outbox: ") == 1
        way.rename(tmp_path / "elsewhere")
        await box.flush()
        assert ([row.item for row in await box.points(9)], box.state.failing) == ([NEW], "")


async def test_at_the_start_too_what_is_in_the_way_of_a_broken_file_is_one_line(
    tmp_path: Path,
) -> None:
    (tmp_path / FILE).write_bytes(b"no database at all, but long enough to be looked at" * 99)
    in_the_way(tmp_path)
    with pytest.raises(StoreError, match=r"damaged, outbox-damaged.sqlite: is a directory: move"):
        async with outbox(tmp_path):
            pass


async def test_events_of_a_broker_that_was_away_do_not_count_as_owed_to_it(tmp_path: Path) -> None:
    for sinks in (BOTH, (), BOTH):
        async with outbox(tmp_path, sinks, SMALL) as box:
            for _ in range(0 if box.state.fill else 4 * len(sinks)):
                box.put(Message("event/alarm", BEGIN, b"x" * MIB))
            await box.flush()
            owed = await box.owed(Sink.MQTT)
            assert (box.state.fill > 0.4) == bool(sinks)
            assert owed.count == 4 * len(sinks), "eight at a time, and never those of before"


async def test_a_position_never_goes_back_when_the_quota_has_passed_over_it(
    tmp_path: Path,
) -> None:
    async with outbox(tmp_path) as box:
        for point in tide(5):
            box.put(point)
        await box.flush()
        await box.taken(Sink.INFLUXDB, 20)
        await box.taken(Sink.INFLUXDB, 10)
        assert (await box.points(1))[0].id == 21


async def test_a_question_is_answered_while_a_commit_is_running(tmp_path: Path) -> None:
    hold, inside = threading.Event(), threading.Event()

    def slow() -> None:
        inside.set()
        hold.wait(30)

    async with outbox(tmp_path) as box:
        for point in tide(3):
            box.put(point)
        await box.flush()
        running = asyncio.create_task(box._thread_run(slow))
        await asyncio.to_thread(inside.wait, 30)
        found = await box.ask(lambda db: len(list(history.points(db, EVER))))
        box.put(NEW)
        assert (found, running.done(), box.state.waiting) == (36, False, 1)
        hold.set()
        await running


async def test_dead_letters_and_positions_outlive_a_kill_as_soon_as_they_are_said(
    tmp_path: Path,
) -> None:
    letter = Dead(BEGIN, Sink.MQTT, "event/alarm", "0x90 no")
    async with outbox(tmp_path, BOTH) as box:
        for point in islice(tide(9), 9):
            box.put(point)
        await box.flush()
        await box.buried(Sink.MQTT, [letter])
        await box.taken(Sink.INFLUXDB, 4)
        with closing(reader(tmp_path / FILE)) as beside:
            position = "SELECT position FROM sink WHERE name = 'influxdb'"
            assert beside.execute(position).fetchone() == (4,)
            assert beside.execute("SELECT what, reason FROM dead").fetchone() == (
                letter.what,
                letter.reason,
            )


async def test_history_of_a_life_that_was_killed_is_found_in_the_next(tmp_path: Path) -> None:
    program = ROOT / "tests" / "support" / "putter.py"
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(program), str(tmp_path), "0",
        cwd=ROOT, env=plain_environment(), stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    said = 0
    for _ in range(4):
        said = int(await process.stdout.readline())
    process.send_signal(signal.SIGKILL)
    await process.wait()
    asked = Asked(BEGIN + said - 99, BEGIN + said + 1)
    for life in range(2):
        async with outbox(tmp_path) as box:
            box.put(Point(series(), BEGIN - 1 - life, 1.0))
            await box.flush()
            found = await box.ask(lambda db: list(history.points(db, asked)))
        assert [point.value for point in found] == [float(n) for n in range(said - 99, said + 1)]
