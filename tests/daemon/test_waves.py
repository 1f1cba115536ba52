from __future__ import annotations

from manual import at

from daemon.waves import joined
from vitals.measure import Channel, Measure
from vitals.reading import Item, Quality, Reading, WaveBlock

SPO2 = Reading(Measure.SPO2, 97, Quality.VALID, at(1))


def block(channel: Channel, *samples: float | None, rate_hz: float = 100) -> WaveBlock:
    return WaveBlock(channel, rate_hz, "count", samples, at(1))


def test_the_blocks_of_one_read_are_told_as_one_a_channel() -> None:
    items: list[Item] = [
        block(Channel.CO2, 1),
        block(Channel.ECG, 7, 8, rate_hz=200),
        SPO2,
        block(Channel.CO2, None),
        block(Channel.CO2, 3),
    ]
    assert list(joined(items)) == [
        SPO2,
        block(Channel.CO2, 1, None, 3),
        block(Channel.ECG, 7, 8, rate_hz=200),
    ]


def test_blocks_of_another_rate_are_not_joined() -> None:
    items = [block(Channel.CO2, 1), block(Channel.CO2, 2, rate_hz=25)]
    assert list(joined(items)) == items


def test_nothing_is_nothing() -> None:
    assert list(joined([])) == []
