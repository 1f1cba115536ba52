from __future__ import annotations

import sys
from collections.abc import Sequence

import pytest
from manual import at
from msgspec import structs

from daemon.journal.strip import VERSION, Strip, StripError, packed, unpacked
from daemon.ring import HORIZON_S, NUMBERS, RUN_S, SAMPLES, SLACK_S, Ring, Run
from daemon.strips import strip
from monitoring.stretch import Stretch
from vitals.measure import Channel, Measure
from vitals.reading import Origin, Quality, Reading, WaveBlock

RATE_HZ = 10.0


def block(
    seconds: float, samples: Sequence[float | None], channel: Channel = Channel.PLETH
) -> WaveBlock:
    return WaveBlock(channel, RATE_HZ, "count", tuple(samples), at(seconds))


def reading(seconds: float, value: float | None = 97) -> Reading:
    quality = Quality.INVALID if value is None else Quality.VALID
    return Reading(Measure.SPO2, value, quality, at(seconds))


def hear(ring: Ring, item: Reading | WaveBlock) -> None:
    ring.hear("nonin", Origin.MEASURED, item, item.at)


def cut(ring: Ring, begin: float, end: float) -> Strip:
    return strip("KN-1", "bed 1", (), ring.cut(Stretch(at(begin), at(end))))


def waved(seconds: int) -> Ring:
    """Return a ring that heard a wave whose samples are tenths of seconds since its start."""
    ring = Ring(at(0))
    for number in range(seconds * 10):
        hear(ring, block(number / RATE_HZ, [float(number)]))
    return ring


def samples(kept: Strip) -> list[float | None]:
    return [one for wave in kept.waves for piece in wave.pieces for one in piece.samples]


def test_what_was_received_is_what_is_cut_sample_for_sample() -> None:
    ring = Ring(at(0))
    hear(ring, block(1.0, [0.1, None, 0.3]))
    hear(ring, reading(1.0, 96.5))
    hear(ring, block(1.2, [-4.0, 5.0]))
    hear(ring, reading(1.3, None))
    kept = cut(ring, 0, 2)
    (wave,) = kept.waves
    assert (wave.device, wave.channel, wave.rate_hz, wave.unit, wave.origin) == (
        "nonin",
        Channel.PLETH,
        RATE_HZ,
        "count",
        Origin.MEASURED,
    )
    (piece,) = wave.pieces
    assert (piece.start, piece.samples) == (at(0.8).rfc3339(), (0.1, None, 0.3, -4.0, 5.0))
    (numbers,) = kept.numbers
    assert [(p.at, p.value, p.quality) for p in numbers.points] == [
        (at(1.0).rfc3339(), 96.5, Quality.VALID),
        (at(1.3).rfc3339(), None, Quality.INVALID),
    ]


def test_a_gap_in_a_wave_is_between_two_pieces_and_is_not_filled() -> None:
    ring = Ring(at(0))
    hear(ring, block(1.0, [1.0]))
    hear(ring, block(1.1 + SLACK_S - 0.01, [2.0]))
    hear(ring, block(2.0, [3.0]))
    (wave,) = cut(ring, 0, 3).waves
    assert [piece.samples for piece in wave.pieces] == [(1.0, 2.0), (3.0,)]
    assert wave.pieces[1].start == at(2.0).rfc3339()


def test_a_wave_is_cut_at_the_sample_that_lies_on_the_edge() -> None:
    kept = cut(waved(10), 2.5, 4.5)
    assert samples(kept) == [float(number) for number in range(25, 46)]
    assert (kept.begin, kept.end) == (at(2.5).rfc3339(), at(4.5).rfc3339())


def test_what_comes_after_a_cut_is_not_in_it() -> None:
    ring = waved(1)
    before = ring.cut(Stretch(at(0), at(60)))
    hear(ring, block(1.0, [99.0]))
    assert 99.0 not in samples(strip("KN-1", "bed 1", (), before))


def test_numbers_outside_of_the_span_are_not_in_it() -> None:
    ring = Ring(at(0))
    for seconds in range(10):
        hear(ring, reading(seconds, 90 + seconds))
    (numbers,) = cut(ring, 3, 5).numbers
    assert [point.value for point in numbers.points] == [93, 94, 95]


def test_a_unit_that_changes_begins_another_wave() -> None:
    ring = Ring(at(0))
    hear(ring, block(1.0, [1.0]))
    hear(ring, WaveBlock(Channel.PLETH, RATE_HZ, "mV", (2.0,), at(1.1)))
    assert [(one.unit, one.pieces[0].samples) for one in cut(ring, 0, 2).waves] == [
        ("count", (1.0,)),
        ("mV", (2.0,)),
    ]


def test_two_devices_that_send_one_channel_are_two_waves() -> None:
    ring = Ring(at(0))
    for name in ("left", "right"):
        ring.hear(name, Origin.SIMULATED, block(1.0, [1.0]), at(1.0))
    assert [one.device for one in cut(ring, 0, 2).waves] == ["left", "right"]


def test_what_is_older_than_the_horizon_is_gone() -> None:
    ring = waved(200)
    kept = samples(cut(ring, 0, 200))
    assert HORIZON_S * RATE_HZ <= len(kept) <= (HORIZON_S + RUN_S) * RATE_HZ + 1
    assert kept[-1] == 1999.0


def test_a_flood_is_bounded_and_what_is_cut_begins_where_all_of_it_is_there() -> None:
    ring = Ring(at(0))
    for second in range(60):
        flood = WaveBlock(Channel.ECG, 8_000.0, "mV", (0.5,) * 8_000, at(second))
        ring.hear("fast", Origin.MEASURED, flood, at(second))
    kept = cut(ring, 0, 60)
    assert SAMPLES - 8_000 < len(samples(kept)) <= SAMPLES
    assert kept.begin == ring.since.rfc3339() == at(42).rfc3339()


def test_numbers_without_end_are_bounded_too() -> None:
    ring = Ring(at(0))
    for number in range(NUMBERS + 100):
        hear(ring, reading(number / 100))
    kept = cut(ring, 0, 60)
    assert len(kept.numbers[0].points) == NUMBERS
    assert kept.begin == at(0.99).rfc3339()


def test_a_ring_that_begins_late_says_since_when_it_knows() -> None:
    assert cut(Ring(at(20)), 0, 40).begin == at(20).rfc3339()


def test_seventy_seconds_of_a_large_monitor_fit_into_three_mebibytes() -> None:
    ring = Ring(at(0))
    for tenth in range(750):
        for channel, rate_hz in ((Channel.ECG, 500.0), (Channel.PLETH, 75.0), (Channel.CO2, 100.0)):
            count = round(rate_hz / 10)
            wave = WaveBlock(channel, rate_hz, "mV", (tenth / 7,) * count, at(tenth / 10))
            ring.hear("large", Origin.MEASURED, wave, at(tenth / 10))
        for measure in list(Measure)[:4]:
            number = Reading(measure, tenth / 7, Quality.VALID, at(tenth / 10))
            ring.hear("large", Origin.MEASURED, number, at(tenth / 10))
    assert _size(ring) < 3 * 2**20


def _size(ring: Ring) -> int:
    """Return the bytes of everything that only the ring holds."""
    found = ring.cut(Stretch(at(0), at(80)))
    runs = sum(_deep(run) + sys.getsizeof(run.values) for run in found.heard)
    return runs + sum(_deep(one.reading) + sys.getsizeof(one) for one in found.told)


def _deep(one: Run | Reading) -> int:
    """Return the bytes of a slotted object with its moment and, of a reading, its number."""
    moment = sys.getsizeof(one.at) + 2 * sys.getsizeof(0.5)
    return sys.getsizeof(one) + moment + sys.getsizeof(0.5)


def test_a_strip_is_read_back_as_it_was_packed() -> None:
    kept = cut(waved(5), 1, 4)
    assert unpacked(packed(kept)) == kept


@pytest.mark.parametrize("harm", [b"", b"nonsense", b"\x00" * 40])
def test_what_is_no_strip_is_refused(harm: bytes) -> None:
    with pytest.raises(StripError, match="it is no strip"):
        unpacked(harm)


def test_a_strip_of_a_newer_version_is_refused_by_its_version() -> None:
    newer = structs.replace(cut(waved(2), 0, 1), version=VERSION + 1)
    with pytest.raises(StripError, match="it has version 2 and this version reads 1"):
        unpacked(packed(newer))
