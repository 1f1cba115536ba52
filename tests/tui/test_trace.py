from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.player import Sample
from tui.raster import Raster
from tui.scale import STANDING_S, Scale, Stepped
from tui.trace import DOTS_PER_S, ERASE_DOTS, Trace

RATE_HZ = 75.0


def columns(raster: Raster) -> list[int]:
    """Return for each dot column how many of its dots are set."""
    counts = [0] * raster.dots_wide
    for row in range(raster.height):
        for cell, sign in enumerate(raster.line(row)):
            pattern = ord(sign) - 0x2800 if sign != " " else 0
            counts[2 * cell] += (pattern & 0b0100_0111).bit_count()
            counts[2 * cell + 1] += (pattern & 0b1011_1000).bit_count()
    return counts


def swept(values: list[float | None], width: int = 40, height: int = 5) -> Trace:
    """Return a trace over which `values` were drawn at RATE_HZ from time 0."""
    trace = Trace(width, height)
    for value in values:
        if value is not None:
            trace.scale.see(value, RATE_HZ)
    for number, value in enumerate(values):
        due = number / RATE_HZ
        trace.advance(due)
        trace.draw(Sample(due, value, joined=True))
    return trace


@given(
    width=st.integers(1, 200),
    height=st.integers(1, 40),
    plots=st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)), max_size=50),
)
def test_every_row_is_exactly_as_wide_as_the_raster(
    width: int, height: int, plots: list[tuple[float, float, float]]
) -> None:
    raster = Raster(width, height)
    for x, top, bottom in plots:
        rows = sorted(int(share * (raster.dots_tall - 1)) for share in (top, bottom))
        raster.plot(int(x * (raster.dots_wide - 1)), *rows)
    assert {len(raster.line(row)) for row in range(height)} == {width}


@given(x=st.integers(0, 19), y=st.integers(0, 11))
def test_one_dot_is_one_dot_and_clearing_its_column_takes_it_away(x: int, y: int) -> None:
    raster = Raster(10, 3)
    raster.plot(x, y, y)
    assert columns(raster) == [int(column == x) for column in range(20)]
    raster.clear(x)
    assert sum(columns(raster)) == 0


@given(values=st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=150))
def test_a_wave_without_gaps_has_no_gap(values: list[float]) -> None:
    trace = swept([*values])
    last = int((len(values) - 1) / RATE_HZ * DOTS_PER_S)
    assert all(count > 0 for count in columns(trace.raster)[: last + 1])


@given(
    before=st.integers(30, 60),
    missing=st.integers(10, 40),
    values=st.lists(st.integers(0, 255), min_size=160, max_size=160),
)
def test_a_gap_stays_a_gap(before: int, missing: int, values: list[int]) -> None:
    wave: list[float | None] = [*values]
    wave[before : before + missing] = [None] * missing
    counts = columns(swept(wave, width=60).raster)
    first = int((before - 1) / RATE_HZ * DOTS_PER_S) + 1
    next_ = int((before + missing) / RATE_HZ * DOTS_PER_S)
    assert sum(counts[first:next_]) == 0
    assert counts[first - 1] > 0
    assert counts[next_] > 0


def test_samples_that_do_not_follow_each_other_are_not_joined() -> None:
    trace = Trace(20, 5)
    for value in (0.0, 100.0):
        trace.scale.see(value, RATE_HZ)
    trace.advance(0.5)
    trace.draw(Sample(0.1, 0.0, joined=True))
    trace.draw(Sample(0.5, 100.0, joined=False))
    assert sum(columns(trace.raster)) == 2


def test_the_erase_bar_runs_before_the_head() -> None:
    seconds = 6.0
    values: list[float | None] = [
        100 + 100 * math.sin(n / 5) for n in range(round(seconds * RATE_HZ))
    ]
    trace = swept(values, width=30)
    head = int((len(values) - 1) / RATE_HZ * DOTS_PER_S)
    counts = columns(trace.raster)
    blank = [counts[(head + 1 + n) % len(counts)] for n in range(ERASE_DOTS)]
    assert blank == [0] * ERASE_DOTS
    assert sum(count > 0 for count in counts) == len(counts) - ERASE_DOTS


def test_time_without_samples_leaves_nothing_standing_after_one_sweep() -> None:
    trace = swept([50.0, 60.0] * 75)
    trace.advance(2.0 + trace.raster.dots_wide / DOTS_PER_S)
    assert sum(columns(trace.raster)) == 0


@given(values=st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=200), rows=st.integers(1, 80))
def test_the_scale_never_leaves_its_rows(values: list[float], rows: int) -> None:
    scale = Scale()
    for value in values:
        scale.see(value, RATE_HZ)
        assert 0 <= scale.row(value, rows) < rows


def test_the_scale_takes_a_larger_wave_at_once_and_closes_in_slowly() -> None:
    scale = Scale()
    for value in (0.0, 200.0):
        scale.see(value, RATE_HZ)
    assert (scale.row(200.0, 21), scale.row(0.0, 21)) == (0, 20)
    for number in range(round(RATE_HZ)):
        scale.see(90.0 + 20.0 * (number % 2), RATE_HZ)
    assert scale.row(200.0, 21) == 0
    assert scale.row(110.0, 21) in (8, 9, 10)
    for number in range(round(60 * RATE_HZ)):
        scale.see(90.0 + 20.0 * (number % 2), RATE_HZ)
    assert scale.row(110.0, 21) <= 1


@pytest.mark.parametrize("value", [0.0, 128.0, 65_535.0])
def test_a_flat_line_is_in_the_middle_and_its_noise_is_not_blown_up(value: float) -> None:
    scale = Scale()
    for noise in (0.0, 0.02, 0.0):
        scale.see(value + noise, RATE_HZ)
    assert abs(scale.row(value, 41) - 20) <= 1


STEPS = (6.0, 10.0, 15.0)


def test_a_scale_with_steps_starts_at_nothing_so_that_heights_can_be_read() -> None:
    scale = Stepped(STEPS)
    for value in (0.0, 5.1):
        scale.see(value, RATE_HZ)
    assert scale.marks == (0.0, 6.0)
    assert (scale.row(0.0, 13), scale.row(6.0, 13), scale.row(3.0, 13)) == (12, 0, 6)


@pytest.mark.parametrize(("value", "top"), [(6.0, 6.0), (6.1, 10.0), (10.1, 15.0), (99.0, 15.0)])
def test_a_higher_wave_takes_the_next_step_at_once(value: float, top: float) -> None:
    scale = Stepped(STEPS)
    scale.see(value, RATE_HZ)
    assert scale.marks == (0.0, top)
    assert scale.row(value, 9) >= 0


def test_a_step_is_left_only_when_the_wave_has_long_been_lower() -> None:
    scale = Stepped(STEPS)
    scale.see(9.0, RATE_HZ)
    for _ in range(round(5 * RATE_HZ)):
        scale.see(5.0, RATE_HZ)
    assert scale.marks == (0.0, 10.0)
    for _ in range(round(STANDING_S * RATE_HZ)):
        scale.see(5.0, RATE_HZ)
    assert scale.marks == (0.0, 6.0)


def test_a_trace_may_be_slower_so_that_more_of_it_stands_side_by_side() -> None:
    slow = Trace(20, 2, dots_per_s=10.0)
    slow.advance(1.0)
    for tenth in range(10):
        slow.draw(Sample(tenth / 10, 1.0, joined=True))
    assert sum(count > 0 for count in columns(slow.raster)) == 10
