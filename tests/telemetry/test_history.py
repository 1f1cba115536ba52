"""What is asked of history is found, whatever the clock did and however often it was restarted."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from manual import ManualClock
from tides import BEGIN, outbox, series

from telemetry import history
from telemetry.history import Asked, Column
from telemetry.samples import packed
from telemetry.schema import FILE, reader
from telemetry.series import Point, Series, WaveSecond

HOUR = 3_600_000
SPO2, PULSE = series("spo2"), series("pulse_rate")
PLETH = Series("wave", "pleth", "1", (("bed", "1"), ("device", "d")))


async def kept(folder: Path, times: list[int], kind: Series = SPO2) -> None:
    """Keep a point at each time; a minute passes between two, so that many spans are made."""
    clock = ManualClock()
    async with outbox(folder, (), clock=clock) as box:
        for number, at in enumerate(times):
            box.put(Point(kind, at, float(number)))
            clock.seconds += 61
            await box.flush()


async def asked(folder: Path, question: Asked) -> list[float]:
    async with outbox(folder, ()) as box:
        return await box.ask(lambda db: [point.value for point in history.points(db, question)])


async def test_a_stretch_has_its_points_and_no_other(tmp_path: Path) -> None:
    await kept(tmp_path, [BEGIN + n * HOUR for n in range(10)])
    assert await asked(tmp_path, Asked(BEGIN + 2 * HOUR, BEGIN + 5 * HOUR)) == [2, 3, 4]
    assert await asked(tmp_path, Asked(0, BEGIN)) == []


async def test_a_clock_that_jumps_a_day_back_hides_nothing(tmp_path: Path) -> None:
    times = [BEGIN + n * HOUR for n in range(30)]
    await kept(tmp_path, times[24:] + times[:6])
    found = await asked(tmp_path, Asked(BEGIN, BEGIN + 3 * HOUR))
    assert found == [6, 7, 8]


async def test_a_span_that_is_written_while_one_reads_hides_nothing(tmp_path: Path) -> None:
    await kept(tmp_path, [BEGIN + n * HOUR for n in range(6)])
    path = tmp_path / FILE
    with closing(sqlite3.connect(path)) as writer:
        writer.execute("DELETE FROM span WHERE last_point > 3")
        writer.commit()
        with closing(reader(path)) as reading:
            asked_of_span: list[str] = []

            def meanwhile(said: str) -> None:
                asked_of_span.extend([said] if "FROM span" in said else [])
                if len(asked_of_span) == 2:
                    span = (BEGIN, BEGIN + 6 * HOUR, 4, 6, 1, 0)
                    writer.execute("INSERT INTO span VALUES (99, ?, ?, ?, ?, ?, ?)", span)
                    writer.commit()
                    asked_of_span.append("once")

            reading.set_trace_callback(meanwhile)
            found = [one.value for one in history.points(reading, Asked(0, 1 << 62))]
            assert reading.execute("SELECT count(*) FROM span WHERE id = 99").fetchone() == (1,)
    assert found == [0, 1, 2, 3, 4, 5]


async def test_a_bed_and_a_measure_are_chosen(tmp_path: Path) -> None:
    async with outbox(tmp_path, ()) as box:
        for kind in (SPO2, PULSE, series("spo2", "2")):
            box.put(Point(kind, BEGIN, 1.0))
        await box.flush()

        async def count(**other: object) -> int:
            question = Asked(0, 1 << 62, **other)  # type: ignore[arg-type]  # by name
            return await box.ask(lambda db: len(list(history.points(db, question))))

        assert await count() == 3
        assert await count(bed="1") == 2
        assert await count(bed="1", fields=frozenset({"spo2"})) == 1


async def test_a_second_of_a_wave_that_the_stretch_touches_is_there(tmp_path: Path) -> None:
    scale, offset, data = packed([1.0, 2.0])
    async with outbox(tmp_path, ()) as box:
        for second in range(5):
            box.put(WaveSecond(PLETH, BEGIN + 1000 * second, 2.0, scale, offset, data))
        await box.flush()
        question = Asked(BEGIN + 1500, BEGIN + 3000)
        found = await box.ask(lambda db: [one.at for one in history.waves(db, question)])
    assert found == [BEGIN + 1000, BEGIN + 2000]


async def test_a_trend_has_no_column_where_there_was_no_number(tmp_path: Path) -> None:
    values = {0: 90.0, 500: 94.0, 2500: 80.0}
    async with outbox(tmp_path, ()) as box:
        for at, value in values.items():
            box.put(Point(SPO2, BEGIN + at, value))
        await box.flush()
        question = Asked(BEGIN, BEGIN + 4000)
        found = await box.ask(lambda db: history.trend(db, question, 4))
    low = Column(80.0, 80.0, 80.0)
    assert found == {SPO2: [Column(90.0, 94.0, 92.0), None, low, None]}
