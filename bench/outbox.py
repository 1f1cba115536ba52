"""The outbox beside SQLite at its fastest, and what it does to a reading and to a card."""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Coroutine, Iterator
from pathlib import Path
from statistics import median, quantiles

from bench.row import Row
from daemon.clock import SystemClock
from telemetry import schema
from telemetry.outbox import Outbox
from telemetry.schema import FILE, Sink
from telemetry.series import Point, Series, WaveSecond
from telemetry.settings import History

MEASURES = 12
"""Numbers a second of a bed with four monitors."""
WAVES = ((75.0, "pleth"), (100.0, "co2"), (250.0, "ecg"))
BEGIN = 1_795_000_000_000
BATCH = 5_000
POINTS = 400_000
TICK_S = 0.001
MINUTES = 10
DAY_S = 86_400
CARD_BYTES, CYCLES, AMPLIFIED = 32e9, 1_000, 10
"""A card of 32 GB of the cheap kind; that it writes ten times what it is given is an estimate."""
YEAR_DAYS = 365
COMMITS = 500
BUILT = Path("build")
"""A folder for temporary files may be memory, and nothing is written to a disk there."""


async def outbox(seconds: float) -> list[Row]:
    """Return the rows of the outbox alone."""
    BUILT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="vagt-bench-", dir=BUILT) as folder:
        root = Path(folder)
        floor = _raw(root / "raw.sqlite")
        intake = await _intake(root / FILE)
        still, busy = await _stalled(root, seconds)
        idle, stalled = await _stalls(root / "stalls.sqlite")
        bare = await _written(root / "bare.sqlite", waves=False)
        waves = await _written(root / "waves.sqlite", waves=True)
    per_point = bare / (MINUTES * 60 * MEASURES)
    day, day_waves = (of / (MINUTES * 60) * DAY_S for of in (bare, waves))
    years = CARD_BYTES * CYCLES / AMPLIFIED / day / YEAR_DAYS
    return [
        Row("outbox: intake", intake, "points/s", 20_000, at_least=True, floor=floor),
        Row(
            "outbox: latency added to a reading, p99",
            max(0.0, busy - still),
            "ms",
            1,
            at_least=False,
            floor=still,
        ),
        Row(
            "outbox: event loop stalled by a commit, p50",
            max(0.0, stalled - idle),
            "ms",
            1,
            at_least=False,
            floor=idle,
        ),
        Row("outbox: written for a point, 12 a second", per_point, "bytes", 2_000, at_least=False),
        Row("outbox: written a bed-day", day / 1e9, "GB", 1.5, at_least=False),
        Row("outbox: written a bed-day with waves", day_waves / 1e9, "GB", 3, at_least=False),
        Row("outbox: a card of 32 GB lasts, 24 h a day", years, "years", 5, at_least=True),
    ]


def points(count: int) -> Iterator[Point]:
    """Yield so many points of a bed."""
    tags = (("bed", "bench"), ("device", "bench"), ("origin", "simulated"))
    kinds = [Series("vitals", f"measure{n}", "%", tags) for n in range(MEASURES)]
    for number in range(count):
        at = BEGIN + 1000 * (number // MEASURES)
        yield Point(kinds[number % MEASURES], at, 90 + number % 37 / 8)


def _raw(path: Path) -> float:
    """Return how fast rows go into the same table with nothing around it."""
    db = schema.writer(path, 1 << 20)
    rows = [(n, n % MEASURES, BEGIN + n, 90 + n % 37 / 8) for n in range(POINTS)]
    begun = time.monotonic()
    for first in range(0, POINTS, BATCH):
        db.execute("BEGIN IMMEDIATE")
        db.executemany("INSERT INTO point VALUES (?, ?, ?, ?)", rows[first : first + BATCH])
        db.execute("COMMIT")
    took = time.monotonic() - begun
    db.close()
    return POINTS / took


async def _intake(path: Path) -> float:
    box = Outbox(path, History(), {Sink.INFLUXDB}, SystemClock())
    await box.open()
    made = list(points(POINTS))
    begun = time.monotonic()
    for number, point in enumerate(made, 1):
        box.put(point)
        if number % BATCH == 0:
            await box.flush()
    took = time.monotonic() - begun
    await box.close()
    return POINTS / took


async def _stalled(root: Path, seconds: float) -> tuple[float, float]:
    """Return how late the event loop is, p99 in ms: with nothing, and with an outbox that lives."""
    still = await _late(seconds / 2, None)
    box = Outbox(root / "late.sqlite", History(), {Sink.INFLUXDB}, SystemClock())
    await box.open()
    life = asyncio.create_task(box.live())
    busy = await _late(seconds / 2, box)
    life.cancel()
    await asyncio.wait([life])
    await box.close()
    return still, busy


async def _late(seconds: float, box: Outbox | None) -> float:
    """Tick as a reading comes, put what a bed says, and return how much later than meant it was."""
    late: list[float] = []
    source = points(1 << 30)
    end = time.monotonic() + seconds
    due = time.monotonic()
    while due < end:
        due += TICK_S * 10
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        if box is not None:
            box.put(next(source))
        late.append(1000 * (time.monotonic() - due))
    return quantiles(late, n=100)[98]


async def _stalls(path: Path) -> tuple[float, float]:
    """Return the longest turn of the loop beside a thread, p50 in ms: one at rest, one commits."""
    box = Outbox(path, History(), {Sink.INFLUXDB}, SystemClock())
    await box.open()
    source = points(1 << 30)
    idle, busy = [], []
    for _ in range(COMMITS):
        idle.append(await _longest(asyncio.to_thread(time.sleep, TICK_S)))
        for _ in range(MEASURES):
            box.put(next(source))
        busy.append(await _longest(box.flush()))
    await box.close()
    return median(idle), median(busy)


async def _longest(work: Coroutine[None, None, None]) -> float:
    """Return the longest turn of the loop in ms while it has nothing else to do than some work."""
    task = asyncio.ensure_future(work)
    worst, last = 0.0, time.monotonic()
    while not task.done():
        await asyncio.sleep(0)
        now = time.monotonic()
        worst, last = max(worst, now - last), now
    return 1000 * worst


async def _written(path: Path, *, waves: bool) -> int:
    """Return the bytes that go to the disk in some minutes of a bed.

    Each second is committed, and taken by a server.
    """
    box = Outbox(path, History(), {Sink.INFLUXDB}, SystemClock())
    await box.open()
    source, before = points(1 << 30), _bytes()
    for second in range(MINUTES * 60):
        for _ in range(MEASURES):
            box.put(next(source))
        for rate_hz, name in WAVES if waves else ():
            kind = Series("wave", name, "1", (("bed", "bench"),))
            data = bytes(range(256)) * 2
            at = BEGIN + 1000 * second
            box.put(WaveSecond(kind, at, rate_hz, 1.0, 0.0, data[: 2 * int(rate_hz)]))
        await box.flush()
        await box.taken(Sink.INFLUXDB, (await box.points(BATCH))[-1].id)
    await box.close()
    if (written := _bytes() - before) == 0:
        raise OSError(f"{path.parent} is no disk: run the bench in a folder on one")
    return written


def _bytes() -> int:
    """Return what this process has had written to disks."""
    for line in Path("/proc/self/io").read_text().splitlines():
        if line.startswith("write_bytes"):
            return int(line.split()[1])
    raise sqlite3.OperationalError("the kernel does not say what was written")
