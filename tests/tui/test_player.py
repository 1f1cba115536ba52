from __future__ import annotations

import itertools

import msgspec
import pytest
import scenes

from daemon.protocol.messages import Wave
from tui.player import DELAY_S, Player
from vitals.instant import Instant

BLOCK_S = 25 / 75.0


def block(number: float, samples: int = 25) -> Wave:
    """Return the block that ends `number` blocks after the start."""
    wave = scenes.waves(BLOCK_S)[0]
    at = Instant(0.0, scenes.WALL + number * BLOCK_S).rfc3339()
    return msgspec.structs.replace(wave, at=at, samples=wave.samples[:samples])


def test_samples_wait_a_little_and_then_leave_at_their_own_rate() -> None:
    player = Player()
    player.feed(block(0), 0.0)
    assert player.due(DELAY_S - 0.01) == []
    assert len(player.due(DELAY_S + 0.1001)) == 8
    assert len(player.due(DELAY_S + BLOCK_S)) == 17


def test_blocks_that_come_unevenly_are_played_evenly() -> None:
    player = Player()
    for number, late_s in enumerate((0.0, 0.2, 0.05, 0.3, 0.0)):
        player.feed(block(number), number * BLOCK_S + late_s)
    due = [sample.due for sample in player.due(1e9)]
    steps = [after - before for before, after in itertools.pairwise(due)]
    assert min(steps) == pytest.approx(1 / 75, rel=0.05)
    assert max(steps) == pytest.approx(1 / 75, rel=0.05)


def test_adjacent_blocks_are_joined() -> None:
    player = Player()
    player.feed(block(0), 0.0)
    player.feed(block(1), BLOCK_S)
    assert [sample.joined for sample in player.due(1e9)].count(False) == 1


def test_a_missing_block_is_a_gap_of_its_length() -> None:
    player = Player()
    player.feed(block(0), 0.0)
    player.feed(block(2), 2 * BLOCK_S)
    samples = player.due(1e9)
    assert not samples[25].joined
    assert samples[25].due - samples[24].due == pytest.approx(BLOCK_S + 1 / 75, abs=0.005)


def test_after_running_dry_the_stream_starts_afresh() -> None:
    player = Player()
    player.feed(block(0), 0.0)
    player.due(10.0)
    player.feed(block(30), 30 * BLOCK_S)
    first = player.due(1e9)[0]
    assert not first.joined
    assert first.due == 30 * BLOCK_S + DELAY_S


def test_a_jump_of_the_wall_clock_never_lets_time_run_backwards() -> None:
    player = Player()
    player.feed(block(0), 0.0)
    player.feed(block(-9000), BLOCK_S)
    due = [sample.due for sample in player.due(1e9)]
    assert due == sorted(due)


@pytest.mark.parametrize("true_rate_hz", [74.0, 76.0])
def test_a_device_whose_clock_drifts_neither_runs_dry_nor_piles_up(true_rate_hz: float) -> None:
    player = Player()
    joined = late = 0
    for number in range(600):
        now = number * 25 / true_rate_hz
        at = Instant(0.0, scenes.WALL + now).rfc3339()
        player.feed(msgspec.structs.replace(block(0), at=at), now)
        taken = player.due(now)
        joined += sum(sample.joined for sample in taken)
        late = max(late, len(player.due(1e9)) if number == 599 else 0)
    assert joined >= 598 * 25 - 1 - 75
    assert late < 150


def test_cleared_is_empty_and_the_next_block_starts_afresh() -> None:
    player = Player()
    player.feed(block(0), 0.0)
    player.clear()
    assert player.due(1e9) == []
    player.feed(block(1), BLOCK_S)
    assert player.due(1e9)[0].joined is False
