from __future__ import annotations

import math

import pytest
from beds import alarms_shipped, at
from hypothesis import given
from hypothesis import strategies as st

from monitoring.breaths import Breaths, heard
from vitals.measure import Channel, Measure
from vitals.reading import Note, Notes, Quality, Reading, WaveBlock

ROW = alarms_shipped().allowances.breathing
RATE_HZ = 25.0


def wave(seconds: float, rate: float, peak: float = 5.0) -> list[float | None]:
    """Return CO2 in kPa: half of each breath low, half of it high."""
    period = 60.0 / rate
    times = (n / RATE_HZ for n in range(math.ceil(seconds * RATE_HZ)))
    return [peak if time % period >= period / 2 else 0.0 for time in times]


def listened(samples: list[float | None], portion: int = 25, unit: str = "kPa") -> Breaths:
    breaths = Breaths()
    for start in range(0, len(samples), portion):
        part = tuple(samples[start : start + portion])
        end = at((start + len(part)) / RATE_HZ)
        block = WaveBlock(Channel.CO2, RATE_HZ, unit, part, end)
        breaths = heard(breaths, block, ROW)
    return breaths


@given(st.integers(1, 60), st.integers(4, 60))
def test_breaths_are_counted_alike_in_whatever_portions_the_wave_comes(
    portion: int, rate: int
) -> None:
    whole, parts = listened(wave(20, rate), 500), listened(wave(20, rate), portion)
    assert len(whole.recent) == len(parts.recent) == min(ROW.breaths, round(20 * rate / 60))
    pairs = zip(whole.recent, parts.recent, strict=True)
    assert all(abs(one.monotonic - other.monotonic) < 1e-6 for one, other in pairs)


def test_a_breath_is_where_the_wave_rises() -> None:
    breaths = listened(wave(3, 20))
    assert breaths.last is not None
    assert breaths.last.monotonic == pytest.approx(at(1.5).monotonic, abs=2 / RATE_HZ)


@pytest.mark.parametrize("level", [0.0, 0.7, 5.0])
def test_a_flat_wave_at_any_height_has_one_breath_at_the_most(level: float) -> None:
    assert len(listened([level] * 500).recent) <= 1


def test_a_ripple_that_does_not_fall_far_enough_is_no_breath() -> None:
    ripple: list[float | None] = [1.2 if n % 10 < 5 else 0.6 for n in range(500)]
    assert len(listened(ripple).recent) == 1


def test_samples_that_are_missing_are_neither_breath_nor_wave() -> None:
    breaths = listened([None] * 100)
    assert (breaths.recent, breaths.wave) == ((), None)


def test_a_wave_without_a_pressure_tells_of_no_breath() -> None:
    assert listened(wave(20, 20), unit="count") == Breaths()


def rated(rate: float, seconds: int) -> Breaths:
    breaths = Breaths()
    for second in range(seconds):
        reading = Reading(Measure.RESPIRATORY_RATE, rate, Quality.VALID, at(second))
        breaths = heard(breaths, reading, ROW)
    return breaths


def test_a_rate_stands_for_breaths_where_no_wave_comes() -> None:
    assert len(rated(20, 3).recent) == 1
    assert [one.monotonic for one in rated(20, 7).recent] == [at(n).monotonic for n in (0, 3, 6)]


def test_a_rate_of_none_is_no_breath() -> None:
    assert rated(0, 30) == Breaths()


def test_a_rate_that_is_kept_up_while_the_device_says_that_no_breath_comes_is_no_breath() -> None:
    denied = heard(rated(20, 1), Notes(frozenset({Note.NO_BREATH}), at(1)), ROW)
    reading = Reading(Measure.RESPIRATORY_RATE, 20, Quality.VALID, at(9))
    assert heard(denied, reading, ROW) == denied
    allowed = heard(denied, Notes(frozenset(), at(10)), ROW)
    assert heard(allowed, reading, ROW).last == at(9)


def test_a_rate_that_is_kept_up_beside_a_flat_wave_is_no_breath() -> None:
    flat = listened([0.0] * 50)
    reading = Reading(Measure.RESPIRATORY_RATE, 20, Quality.VALID, at(3))
    assert heard(flat, reading, ROW) == flat


def test_co2_that_is_breathed_in_again_hides_no_breath() -> None:
    wave_up: list[float | None] = [(one and max(one, 1.4)) or 1.4 for one in wave(20, 20)]
    assert len(listened(wave_up).recent) == ROW.breaths
    assert listened(wave_up).last == listened(wave(20, 20)).last


@pytest.mark.parametrize("floor", [1.4, 3.0])
def test_the_beat_of_the_heart_on_a_wave_that_stays_up_is_no_breath(floor: float) -> None:
    beats: list[float | None] = [floor + (0.9 if n % 14 < 7 else 0.0) for n in range(500)]
    assert len(listened(beats).recent) == 1
