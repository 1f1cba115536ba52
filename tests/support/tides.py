"""Points as a clinic's monitors give them, and an outbox to put them in."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

from daemon.clock import SystemClock
from telemetry.outbox import Outbox
from telemetry.schema import FILE, Sink
from telemetry.series import Point, Series
from telemetry.settings import History
from vitals.clock import Clock

MEASURES = ("spo2", "pulse_rate", "etco2", "respiratory_rate", "heart_rate", "nibp_systolic")
BEGIN = 1_795_000_000_000
"""In milliseconds; near 2026-11-18, which every server takes."""


def series(measure: str = "spo2", bed: str = "1") -> Series:
    tags = (("bed", bed), ("device", f"monitor {bed}"), ("origin", "simulated"))
    return Series("vitals", measure, "%", tags)


def tide(seconds: int, beds: int = 2, begin: int = BEGIN) -> Iterator[Point]:
    """Yield so many seconds of every measure of every bed, once a second."""
    kinds = [series(measure, str(bed + 1)) for bed in range(beds) for measure in MEASURES]
    for second in range(seconds):
        for number, kind in enumerate(kinds):
            yield Point(kind, begin + 1000 * second, 60.0 + number + second % 37 / 4)


@asynccontextmanager
async def outbox(
    folder: Path,
    sinks: Collection[Sink] = (Sink.INFLUXDB,),
    history: History | None = None,
    clock: Clock | None = None,
) -> AsyncIterator[Outbox]:
    """Yield an open outbox in a folder, and close it."""
    settings, ticks = history or History(), clock or SystemClock()
    made = Outbox(folder / FILE, settings, sinks, ticks)
    await made.open()
    try:
        yield made
    finally:
        await made.close()
