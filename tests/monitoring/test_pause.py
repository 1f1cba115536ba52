from __future__ import annotations

import pytest
from beds import at, text
from histories import PAUSE_S, SIGNALS
from hypothesis import given
from hypothesis import strategies as st

from monitoring.bursts import Tone
from monitoring.pause import Pause, pressed, silences
from monitoring.tonerules import tone_rules
from monitoring.tones import length_s

TONES = tone_rules(text("tones.toml"), "tones.toml")
HIGH = TONES.bursts[Tone.HIGH]
BURST_S, INTERVAL_S = length_s(HIGH, TONES.pulse), HIGH.interval_s
ROW = SIGNALS.pause
BEGUN = pressed(None, "AS", at(0), ROW)


def test_a_pause_lasts_two_minutes_and_ends_by_itself() -> None:
    assert PAUSE_S == 120
    assert silences(BEGUN, None, at(119.9))
    assert not silences(BEGUN, None, at(120))
    assert BEGUN.left_s(at(500)) == 0


def test_without_a_pause_nothing_is_silenced() -> None:
    assert not silences(None, None, at(0))


def test_what_was_high_when_the_pause_was_asked_for_is_silent_and_what_came_after_is_not() -> None:
    assert silences(BEGUN, at(-5), at(10))
    assert silences(BEGUN, at(0), at(10))
    assert not silences(BEGUN, at(0.1), at(10))


def test_asked_for_again_it_silences_what_has_come_since_and_ends_when_it_would_have() -> None:
    again = pressed(BEGUN, "MK", at(50), ROW)
    assert again == Pause(at(50), 70, "MK")
    assert silences(again, at(40), at(119))
    assert not silences(again, at(40), at(120))


@pytest.mark.parametrize("ended", [None, 120.0])
def test_after_its_end_a_new_one_has_its_whole_length_and_begins_once_enough_was_heard(
    ended: float | None,
) -> None:
    before = BEGUN if ended is None else BEGUN.over(at(ended))
    new = pressed(before, "AS", at(125), ROW)
    assert (new.left_s(at(125)), new.spares_s) == (PAUSE_S, ROW.heard_s - 5)
    assert not silences(new, at(-5), at(132.9))
    assert silences(new, at(-5), at(133))
    assert pressed(before, "AS", at(133), ROW).spares_s == 0


def test_one_that_was_ended_by_hand_is_over_at_once_and_its_first_end_counts() -> None:
    ended = BEGUN.over(at(20))
    assert (ended.left_s(at(20)), silences(ended, at(-5), at(20))) == (0, False)
    assert ended.over(at(30)) == ended
    at_once = pressed(ended, "AS", at(20), ROW)
    assert at_once.spares_s == ROW.heard_s
    assert not silences(at_once, at(-5), at(32.9))
    assert silences(at_once, at(-5), at(33))


def test_asked_for_again_and_again_it_does_not_silence_before_enough_was_heard() -> None:
    pause = BEGUN.over(at(20))
    for tenth in range(130):
        pause = pressed(pause, "AS", at(20 + tenth / 10), ROW)
        assert not silences(pause, at(-5), at(20 + tenth / 10))
    assert silences(pause, at(-5), at(33.1))


@pytest.mark.parametrize("tone", [Tone.HIGH, Tone.MEDIUM])
def test_what_is_heard_between_two_pauses_holds_a_whole_burst_whenever_it_begins(
    tone: Tone,
) -> None:
    row = TONES.bursts[tone]
    assert ROW.heard_s >= 2 * length_s(row, TONES.pulse) + row.interval_s


@given(st.lists(st.tuples(st.sampled_from(["ask", "end"]), st.floats(0.01, 60)), max_size=60))
def test_whatever_is_asked_for_and_ended_a_whole_burst_is_heard_every_two_minutes(
    presses: list[tuple[str, float]],
) -> None:
    pause, tenths, sounding, since = BEGUN, 0, 0, 0
    for what, wait in presses:
        now = at(tenths / 10)
        pause = pressed(pause, "AS", now, ROW) if what == "ask" else pause.over(now)
        for tenth in range(tenths, tenths + round(wait * 10)):
            sounding = 0 if silences(pause, at(-5), at(tenth / 10)) else sounding + 1
            since = tenth if sounding >= BURST_S * 10 else since
            assert tenth - since <= (PAUSE_S + INTERVAL_S) * 10
        tenths += round(wait * 10)


def test_a_clock_that_went_back_makes_no_pause_longer_than_a_whole_one() -> None:
    assert BEGUN.left_s(at(-30)) <= PAUSE_S
