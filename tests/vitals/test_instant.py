from __future__ import annotations

from vitals.instant import Instant


def test_a_duration_is_of_the_monotonic_half_alone() -> None:
    before, after = Instant(10.0, 2_000_000_000.0), Instant(12.5, 0.0)
    assert after.seconds_since(before) == 2.5


def test_a_moment_is_written_in_utc_with_milliseconds() -> None:
    assert Instant(0.0, 1_795_000_000.1234).rfc3339() == "2026-11-18T11:06:40.123Z"
    assert Instant(0.0, 0.0).rfc3339() == "1970-01-01T00:00:00.000Z"
