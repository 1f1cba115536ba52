from __future__ import annotations

import patients
import pytest
import scenes
from hypothesis import given
from hypothesis import strategies as st
from patients import deed_of, keyed

from daemon.protocol.commands import Enter
from tui.keys import promptrow
from tui.moment import LONGEST, RECENT_S, SIGNS, moment, typed
from tui.prompt import IDLE, When
from vitals import deeds
from vitals.vocabulary import Airway
from words.catalogue import Language

RUNNING = patients.bed(patients.RUNNING)
"""It is 10:42:07 on its clock."""


@pytest.mark.parametrize(
    ("text", "ago_s"),
    [
        ("-2", 120.0),
        ("-0", 0.0),
        ("-90", 5400.0),
        ("10:31", 667.0),
        ("1031", 667.0),
        ("10.31", 667.0),
        ("9:42", 3607.0),
        ("10:42", 7.0),
        ("23:50", 39127.0),
    ],
)
def test_minutes_ago_and_the_time_of_day_are_understood(text: str, ago_s: float) -> None:
    found = moment(RUNNING, text)
    assert found is not None
    assert scenes.NOW.monotonic - found == pytest.approx(ago_s)


@pytest.mark.parametrize("text", ["", "-", "10", "10:4", "25:00", "10:61", "10:43", "--2", "12:00"])
def test_what_is_no_time_or_has_not_been_is_not_taken(text: str) -> None:
    assert moment(RUNNING, text) is None


@given(st.text(alphabet=SIGNS, max_size=8))
def test_a_time_is_never_ahead_nor_long_ago(text: str) -> None:
    found = moment(RUNNING, text)
    if found is not None and not text.startswith("-"):
        assert 0.0 <= scenes.NOW.monotonic - found <= RECENT_S


@pytest.mark.parametrize(("time", "ago_s"), [("-2", 120.0), ("10:31", 667.0)])
def test_a_time_before_a_key_is_when_it_happened(time: str, ago_s: float) -> None:
    outcome = keyed(RUNNING, time, "l", "l")
    assert isinstance(outcome, Enter)
    assert deed_of(outcome) == deeds.SetAirway(airway=Airway.LMA)
    assert outcome.ago_s == pytest.approx(ago_s)
    attested = keyed(RUNNING, time, "o")
    assert isinstance(attested, Enter)
    assert attested.ago_s == pytest.approx(ago_s)


def test_an_end_some_time_ago_is_still_asked_twice() -> None:
    outcome = keyed(RUNNING, "-3", "ss")
    assert isinstance(outcome, Enter)
    assert outcome.deed == deeds.Finish()
    assert outcome.ago_s == pytest.approx(180.0)


def test_a_time_that_has_not_been_is_asked_back_before_anything_is_said() -> None:
    assert keyed(RUNNING, "10:59", "l") == When("10:59", unclear=True)
    assert keyed(RUNNING, "10:59", "backspace") == When("10:5")
    assert keyed(RUNNING, "10:59", "escape") == IDLE
    assert len(typed(When("10:31"), "1").typed) == LONGEST


def test_without_a_patient_a_digit_means_nothing() -> None:
    assert keyed(patients.bed(), "1") is None


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("prompt", [When("10:31"), When("10:59", unclear=True)])
def test_the_time_has_room_in_80_columns(language: Language, prompt: When) -> None:
    sight = patients.bed(patients.RUNNING, prompt=prompt, language=language)
    shown = "".join(span.text for span in promptrow(sight, 80, 1)[0])
    assert prompt.typed in shown
    assert "…" not in shown
