from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitals.flash import FLASH_HZ, lit, phase
from vitals.vocabulary import Priority

BANDS = {Priority.HIGH: (1.4, 2.8), Priority.MEDIUM: (0.4, 0.8)}
"""Hz, by IEC 60601-1-8, table 2."""
SECONDS = 20.0


def moments(begin: float, rate_hz: float, jitter: list[float]) -> list[float]:
    """Return when frames are drawn: none of them on time, none a whole period late."""
    count = int(SECONDS * rate_hz)
    late = [jitter[n % len(jitter)] / rate_hz for n in range(count)]
    return [begin + n / rate_hz + by for n, by in enumerate(late)]


@pytest.mark.parametrize("priority", BANDS)
@given(
    begin=st.floats(0, 1e7),
    rate_hz=st.floats(10, 120),
    jitter=st.lists(st.floats(0, 0.4), min_size=1, max_size=7),
)
def test_a_flash_keeps_its_pace_at_any_frame_rate(
    priority: Priority, begin: float, rate_hz: float, jitter: list[float]
) -> None:
    shown = [lit(at, priority) for at in moments(begin, rate_hz, jitter)]
    rises = sum(now and not before for before, now in pairwise(shown))
    low, high = BANDS[priority]
    assert low * SECONDS - 1 <= rises <= high * SECONDS + 1
    assert 0.2 <= sum(shown) / len(shown) <= 0.6


@pytest.mark.parametrize("priority", BANDS)
def test_the_pace_itself_lies_in_the_band_of_its_priority(priority: Priority) -> None:
    low, high = BANDS[priority]
    assert low <= FLASH_HZ[priority] <= high


@given(st.floats(0, 1e7))
def test_low_is_constant(at: float) -> None:
    assert lit(at, Priority.LOW)
    assert phase(at, Priority.LOW) is None


@given(st.floats(0, 1e6), st.sampled_from(sorted(BANDS)))
def test_what_is_shown_depends_on_the_moment_alone(at: float, priority: Priority) -> None:
    period_s = 1 / FLASH_HZ[priority]
    there = phase(at, priority)
    assert there is not None
    assert 0 <= there < 1
    assert lit(at, priority) is (there < 0.5)
    assert lit(round(at / period_s) * period_s + 0.25 * period_s, priority)
    assert not lit(round(at / period_s) * period_s + 0.75 * period_s, priority)
