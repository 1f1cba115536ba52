"""A second of samples comes back as it was, within half a step; what is missing stays missing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from telemetry.samples import packed, unpacked

NUMBERS = st.floats(-1e6, 1e6, allow_nan=False)


@given(st.lists(st.none() | NUMBERS, max_size=120))
def test_samples_come_back_within_half_a_step(samples: list[float | None]) -> None:
    scale, offset, data = packed(samples)
    assert len(data) == 2 * len(samples)
    found = unpacked(scale, offset, data)
    for was, now in zip(samples, found, strict=True):
        assert (was is None) == (now is None)
        if was is not None and now is not None:
            assert abs(was - now) <= scale * 0.5001 + 1e-9 * abs(was)


@given(st.lists(st.none() | st.integers(-30_000, 30_000), min_size=1, max_size=120))
def test_whole_numbers_are_exact(samples: list[int | None]) -> None:
    assert unpacked(*packed(samples)) == samples


@given(NUMBERS, st.integers(1, 100))
def test_a_wave_that_stands_still_is_exact(value: float, count: int) -> None:
    assert unpacked(*packed([value] * count)) == [value] * count


def test_nothing_is_nothing() -> None:
    assert unpacked(*packed([])) == []
    assert unpacked(*packed([None, None])) == [None, None]
