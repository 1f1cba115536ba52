"""The samples of bursts, listened to; the standard's windows are written here anew."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from beds import text
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from pulses import RATE_HZ, Burst

from monitoring import tones
from monitoring.bounds import outside
from monitoring.bursts import Tone, ToneRules
from monitoring.tonerules import tone_rules
from monitoring.tones import length_s, samples

RULES = tone_rules(text("tones.toml"), "tones.toml")
LOOK_S = 0.0025
"""What the ear can tell apart."""
LENGTHS_S = {"high": (0.075, 0.200), "medium": (0.125, 0.250), "low": (0.125, 0.250)}
GAPS_S = {"high": (0.050, 0.125), "medium": (0.125, 0.250), "low": (0.125, 0.250)}
INTERVALS_S = {"high": (2.5, 15), "medium": (2.5, 30), "low": (15, 3600)}
HIGH_GAPS = "xxbxaxxbx"
"""Between ten pulses: x a gap, b two gaps and a pulse, a the two halves apart."""


@pytest.fixture(scope="module")
def heard() -> dict[Tone, Burst]:
    return {tone: Burst(samples(RULES, row, 100)) for tone, row in RULES.bursts.items()}


def test_it_is_played_at_the_rate_at_which_it_was_made() -> None:
    assert tones.RATE_HZ == RATE_HZ


@pytest.mark.parametrize(
    ("tone", "pulses"), [("high", 10), ("call", 10), ("medium", 3), ("low", 2)]
)
def test_each_burst_has_the_pulses_of_its_priority(
    heard: dict[Tone, Burst], tone: str, pulses: int
) -> None:
    assert len(heard[Tone(tone)].pulses()) == pulses


@pytest.mark.parametrize("tone", list(Tone))
@pytest.mark.parametrize("above", [0.1, 0.5, 0.9])
def test_lengths_and_gaps_lie_in_their_windows_however_high_a_pulse_is_counted_from(
    heard: dict[Tone, Burst], tone: Tone, above: float
) -> None:
    priority = RULES.bursts[tone].priority
    (shortest, longest), (least, most) = LENGTHS_S[priority], GAPS_S[priority]
    assert all(shortest <= p.length_s <= longest for p in heard[tone].pulses(above))
    gaps = heard[tone].gaps_s(above)
    kinds = HIGH_GAPS if priority == "high" else "x" * len(gaps)
    short = [gap for gap, kind in zip(gaps, kinds, strict=True) if kind == "x"]
    assert all(least <= gap <= most for gap in short)


@pytest.mark.parametrize("tone", [Tone.HIGH, Tone.CALL])
def test_a_high_burst_is_three_and_two_and_three_and_two(
    heard: dict[Tone, Burst], tone: Tone
) -> None:
    gaps, length_s = heard[tone].gaps_s(), heard[tone].pulses()[0].length_s
    by_kind = {k: [g for g, one in zip(gaps, HIGH_GAPS, strict=True) if one == k] for k in "xba"}
    left_out = 2 * by_kind["x"][0] + length_s
    assert by_kind["b"] == pytest.approx([left_out] * 2, abs=2 * LOOK_S)
    assert 0.35 <= by_kind["a"][0] <= 1.3


@pytest.mark.parametrize("tone", list(Tone))
def test_a_pulse_rises_neither_as_a_click_nor_slowly(heard: dict[Tone, Burst], tone: Tone) -> None:
    lengths = [pulse.length_s for pulse in heard[tone].pulses()]
    for rise_s, length in zip(heard[tone].rises_s(), lengths, strict=True):
        assert 0.10 <= rise_s / length <= 0.20


@pytest.mark.parametrize("tone", list(Tone))
def test_between_two_pulses_there_is_silence(heard: dict[Tone, Burst], tone: Tone) -> None:
    assert len(heard[tone].pulses(0.001)) == len(heard[tone].pulses(0.9))


@pytest.mark.parametrize("tone", list(Tone))
def test_at_least_four_components_are_about_as_loud_as_the_loudest(
    heard: dict[Tone, Burst], tone: Tone
) -> None:
    peaks = heard[tone].peaks()
    within = [hz for hz, level in peaks.items() if 300 <= hz <= 4000 and level >= -15]
    assert len(within) >= 4
    assert 150 <= min(peaks) <= 1000
    assert all(hz / min(peaks) == pytest.approx(round(hz / min(peaks)), abs=0.06) for hz in within)


def test_a_call_has_a_pitch_of_its_own(heard: dict[Tone, Burst]) -> None:
    pitch = {tone: min(burst.peaks()) for tone, burst in heard.items()}
    assert abs(pitch[Tone.CALL] - pitch[Tone.HIGH]) > 100
    assert pitch[Tone.HIGH] == pitch[Tone.MEDIUM] == pitch[Tone.LOW]


def test_the_more_urgent_is_the_louder_and_nothing_is_cut_off(heard: dict[Tone, Burst]) -> None:
    loudness = [heard[tone].loudness() for tone in (Tone.HIGH, Tone.MEDIUM, Tone.LOW)]
    assert loudness == sorted(loudness, reverse=True)
    assert loudness[0] > loudness[-1]
    assert all(30_000 < heard[tone].peak <= 32_767 for tone in (Tone.HIGH, Tone.CALL))


def test_all_pulses_of_a_burst_are_equally_loud(heard: dict[Tone, Burst]) -> None:
    for burst in heard.values():
        tops = [max(map(abs, _part(burst, number))) for number in range(len(burst.pulses()))]
        assert max(tops) / min(tops) < 10 ** (10 / 20)


def _part(burst: Burst, number: int) -> tuple[int, ...]:
    pulse = burst.pulses()[number]
    return burst.samples[round(pulse.begin_s * RATE_HZ) : round(pulse.end_s * RATE_HZ)]


def test_the_volume_scales_everything() -> None:
    row = RULES.bursts[Tone.LOW]
    full, half = (Burst(samples(RULES, row, volume)) for volume in (100, 50))
    assert half.peak == pytest.approx(full.peak / 2, abs=1)


@pytest.mark.parametrize("tone", list(Tone))
def test_a_burst_comes_again_within_its_window(tone: Tone) -> None:
    row = RULES.bursts[tone]
    least, most = INTERVALS_S[row.priority]
    assert least <= row.interval_s <= most


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_whatever_the_rows_say_is_what_is_heard(data: st.DataObject) -> None:
    window = RULES.windows[RULES.bursts[Tone.HIGH].priority]
    assert window.apart_s is not None
    pulse_s = data.draw(st.floats(window.pulse_s.least, window.pulse_s.most))
    gap_s = data.draw(st.floats(window.gap_s.least, window.gap_s.most))
    apart_s = data.draw(st.floats(window.apart_s.least, window.apart_s.most))
    rise = data.draw(st.floats(0.1, 0.2))
    changed = {"pulse_s": pulse_s, "gap_s": gap_s, "apart_s": apart_s}
    row = replace(RULES.bursts[Tone.HIGH], **changed)
    rules = ToneRules(
        replace(RULES.pulse, rise=rise),
        RULES.volume,
        RULES.bounds,
        RULES.windows,
        {**RULES.bursts, Tone.HIGH: row},
    )
    assert list(outside(rules)) == []
    raw = samples(rules, row, 100)
    burst = Burst(raw)
    kinds = {"x": gap_s, "b": 2 * gap_s + pulse_s, "a": apart_s}
    assert burst.gaps_s() == pytest.approx([kinds[k] for k in HIGH_GAPS], abs=LOOK_S)
    lengths = [pulse.length_s for pulse in burst.pulses()]
    assert lengths == pytest.approx([pulse_s] * 10, abs=LOOK_S)
    assert list(_late(burst.rises_s(), rise * pulse_s)) == []
    assert len(raw) / 2 / RATE_HZ == pytest.approx(length_s(row, rules.pulse), abs=1e-4)


def _late(rises_s: list[float], wanted_s: float) -> Iterator[float]:
    return (rise_s for rise_s in rises_s if abs(rise_s - wanted_s) > LOOK_S)
