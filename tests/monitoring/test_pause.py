from __future__ import annotations

from beds import at
from histories import PAUSE_S
from hypothesis import given
from hypothesis import strategies as st

from monitoring.pause import Pause, pressed, silences

BEGUN = pressed(None, "AS", at(0), PAUSE_S)


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
    again = pressed(BEGUN, "MK", at(50), PAUSE_S)
    assert again == Pause(at(50), 70, "MK")
    assert silences(again, at(40), at(119))
    assert not silences(again, at(40), at(120))


def test_after_its_end_a_new_one_has_its_whole_length() -> None:
    assert pressed(BEGUN, "AS", at(120), PAUSE_S).left_s(at(120)) == PAUSE_S


@given(st.lists(st.floats(0.01, 60), min_size=1, max_size=40))
def test_however_often_it_is_asked_for_something_sounds_every_two_minutes(
    waits: list[float],
) -> None:
    pause, seconds, began = pressed(None, "AS", at(0), PAUSE_S), 0.0, 0.0
    for wait in waits:
        seconds += wait
        if not silences(pause, None, at(seconds)):
            began = seconds
        pause = pressed(pause, "AS", at(seconds), PAUSE_S)
        assert seconds + pause.left_s(at(seconds)) <= began + PAUSE_S + 1e-6


def test_a_clock_that_went_back_makes_no_pause_longer_than_a_whole_one() -> None:
    assert BEGUN.left_s(at(-30)) <= PAUSE_S
