"""The quota reached on a real file, with no sink, one and two: the right rows are gone."""

from __future__ import annotations

from pathlib import Path

import pytest
from tides import BEGIN, outbox, series

from telemetry.outbox import MIB, Outbox
from telemetry.schema import FILE, Sink
from telemetry.series import Message, Point, WaveSecond
from telemetry.settings import History

QUOTA = History(quota_mib=16)
FULL = 16 * MIB
POINTS = 900_000
PAYLOAD = b"x" * 2000
SECOND = b"\0\1" * 2000
pytestmark = pytest.mark.timeout(120)


async def filled(box: Outbox, points: int = POINTS, first: int = 0) -> None:
    kind = series()
    for number in range(first, first + points):
        box.put(Point(kind, BEGIN + number, 90.125))
        if number % 20_000 == 0:
            await box.flush()
    await box.flush()
    await box.flush()


async def left(box: Outbox, table: str) -> tuple[int, int]:
    """Return how many rows there are, and when the oldest was, in ms since the beginning."""
    said = f"SELECT count(*), coalesce(min(at), 0) FROM {table}"  # noqa: S608 - our own word
    count, at = await box.ask(lambda db: db.execute(said).fetchone())
    return count, at - BEGIN


def small(folder: Path) -> bool:
    return (folder / FILE).stat().st_size <= FULL + 5 * MIB


async def test_with_no_sink_history_is_a_ring_and_nothing_is_lost(tmp_path: Path) -> None:
    async with outbox(tmp_path, (), QUOTA) as box:
        await filled(box)
        count, oldest = await left(box, "point")
        assert 500_000 < count < POINTS
        assert oldest == POINTS - count, "the oldest went"
        assert (box.state.lost, box.state.fill) == (0, 0.0)
        assert small(tmp_path)


async def test_with_one_sink_what_it_has_goes_first_and_what_it_is_owed_is_counted(
    tmp_path: Path,
) -> None:
    async with outbox(tmp_path, {Sink.INFLUXDB}, QUOTA) as box:
        for number in range(1000):
            box.put(WaveSecond(series(), BEGIN + number, 75.0, 1.0, 0.0, SECOND))
        await filled(box, 300_000)
        await box.taken(Sink.INFLUXDB, 100_000)
        assert 0.2 < box.state.fill < 0.9
        await filled(box, 250_000, 300_000)
        assert await left(box, "wave") != (1000, 0), "waves are owed to nobody"
        assert box.state.lost == 0
        rows = await box.points(1)
        assert rows[0].id == 100_001, "everything that is owed is there still"
        await filled(box, 450_000, 550_000)
        assert await left(box, "wave") == (0, -BEGIN)
        count, oldest = await left(box, "point")
        (owed, lost) = (await box.owed(Sink.INFLUXDB)).count, box.state.lost
        assert (owed, lost) == (count, 1_000_000 - 100_000 - count)
        assert oldest == 100_000 + lost
        assert box.state.fill >= 0.9
        assert small(tmp_path)


async def test_with_two_sinks_the_oldest_of_both_goes_and_each_keeps_its_place(
    tmp_path: Path,
) -> None:
    both = frozenset(Sink)
    async with outbox(tmp_path, both, QUOTA) as box:
        for number in range(3000):
            box.put(Message("event/alarm", BEGIN - 3000 + number, PAYLOAD))
        await filled(box, 100_000)
        await box.taken(Sink.MQTT, 500)
        assert (await left(box, "message"))[0] == 2500, "what the broker has is kept no longer"
        await filled(box, 600_000, 100_000)
        messages, _ = await left(box, "message")
        points, oldest = await left(box, "point")
        assert messages < 2500
        assert (box.state.lost, oldest) == (2500 - messages + 700_000 - points, 700_000 - points)
        await box.taken(Sink.INFLUXDB, 700_000)
        assert (await box.owed(Sink.MQTT)).count == messages
    async with outbox(tmp_path, both, QUOTA) as box:
        assert box.state.lost > 0, "what was lost is known after a restart"
        assert small(tmp_path)
