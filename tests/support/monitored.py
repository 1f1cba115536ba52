"""A local history as the daemon keeps it, of one bed: what its monitors gave, second by second."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from months import BED

from telemetry.schema import FILE, writer
from telemetry.series import Point, Series
from telemetry.store import Store

PAGES = 1 << 20
LIVE = ("spo2", "pulse_rate", "etco2", "respiratory_rate", "heart_rate", "temperature")


def kept(folder: Path, points: Iterable[Point], each: int = 600) -> Path:
    """Write points as the daemon does, `each` so many in a transaction with its span."""
    path = folder / FILE
    with closing(writer(path, PAGES)) as connection:
        store, batch = Store(connection, ()), list[Point]()
        for one in points:
            batch.append(one)
            if len(batch) >= each:
                _write(store, batch)
        _write(store, batch)
    return path


def seconds(begin: float, lasts: float, *, bed: str = BED) -> Iterator[Point]:
    """Yield what a monitor gives each second of so many: SpO2 is 90 and rises by 1 each minute."""
    every = [series(name, bed) for name in LIVE]
    for second in range(int(lasts)):
        for place, one in enumerate(every):
            yield point(begin + second, 90.0 + second // 60 + 10 * place, one)


def cuff(at: float, high: float, low: float, *, origin: str = "measured") -> list[Point]:
    """Return one blood pressure of a cuff."""
    of = {"nibp_systolic": high, "nibp_diastolic": low}
    return [point(at, value, series(name, BED, origin)) for name, value in of.items()]


def series(name: str, bed: str = BED, origin: str = "measured") -> Series:
    tags = (("bed", bed), ("device", "monitor"), ("origin", origin))
    return Series("vitals", name, "1", tags)


def point(at: float, value: float, of: Series) -> Point:
    return Point(of, round(at * 1000), value)


def _write(store: Store, batch: list[Point]) -> None:
    if batch:
        store.commit(batch)
        store.span()
        batch.clear()
