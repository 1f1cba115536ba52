"""Blocks of any length become seconds; no sample is lost, doubled, or moved over a gap."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from manual import WALL, at

from telemetry.gathering import Gathering
from telemetry.samples import unpacked
from telemetry.series import WaveSecond
from vitals.instant import Instant
from vitals.measure import Channel
from vitals.reading import Origin, WaveBlock

RATE = 25.0


def block(samples: list[float | None], end: float, rate_hz: float = RATE) -> WaveBlock:
    return WaveBlock(Channel.PLETH, rate_hz, "1", tuple(samples), at(end))


def heard(blocks: list[WaveBlock], bed: str = "1") -> list[WaveSecond]:
    gathering = Gathering()
    found = [one for each in blocks for one in gathering.hear(bed, "d", Origin.MEASURED, each)]
    return [*found, *gathering.rest(at(1e6))]


def samples(seconds: list[WaveSecond]) -> list[float | None]:
    return [s for one in seconds for s in unpacked(one.scale, one.offset, one.samples)]


@given(st.lists(st.integers(1, 60), min_size=1, max_size=30))
def test_blocks_of_any_length_become_seconds_with_their_times(lengths: list[int]) -> None:
    blocks, count = [], 0
    for length in lengths:
        values: list[float | None] = [float(count + n) for n in range(length)]
        count += length
        blocks.append(block(values, count / RATE))
    found = heard(blocks)
    assert samples(found) == [float(n) for n in range(count)]
    assert [len(one.samples) // 2 for one in found[:-1]] == [25] * (len(found) - 1)
    assert [one.at for one in found] == [round(1000 * (WALL + n)) for n in range(len(found))]


def test_a_gap_is_never_joined() -> None:
    found = heard([block([1.0] * 10, 1.0), block([2.0] * 10, 3.0)])
    assert [unpacked(o.scale, o.offset, o.samples) for o in found] == [[1.0] * 10, [2.0] * 10]
    assert [one.at for one in found] == [round(1000 * (WALL + s)) for s in (0.6, 2.6)]


def test_another_rate_another_bed_or_another_origin_begins_anew() -> None:
    first, second = block([1.0] * 10, 1.0), block([2.0] * 10, 1.2, 50.0)
    assert [one.rate_hz for one in heard([first, second])] == [25.0, 50.0]
    gathering = Gathering()
    assert not list(gathering.hear("1", "d", Origin.MEASURED, first))
    (kept,) = gathering.hear("2", "d", Origin.MEASURED, block([2.0] * 10, 1.4))
    assert kept.series.tag("bed") == "1"


def test_a_step_of_the_wall_clock_begins_anew_on_the_new_time() -> None:
    day = 86_400.0
    moments = [Instant(n + 1.0, WALL + n + 1 - (day if n >= 2 else 0.0)) for n in range(4)]
    blocks = [WaveBlock(Channel.PLETH, RATE, "1", (1.0,) * 25, moment) for moment in moments]
    found = [(one.at / 1000 - WALL) for one in heard(blocks)]
    assert found == [0.0, 1.0, 2.0 - day, 3.0 - day]


def test_what_nothing_follows_is_kept_after_a_while_and_missing_stays_missing() -> None:
    gathering = Gathering()
    assert not list(gathering.hear("1", "d", Origin.MEASURED, block([1.0, None], 1.0)))
    assert not list(gathering.rest(at(2.5)))
    (kept,) = gathering.rest(at(3.5))
    assert unpacked(kept.scale, kept.offset, kept.samples) == [1.0, None]
    assert not list(gathering.rest(at(9)))
    assert not list(gathering.hear("1", "d", Origin.MEASURED, block([], 10.0)))
