"""Limits of a case on the screen: listed with what was changed, and changed by keys."""

from __future__ import annotations

import patients
import pytest
from msgspec import structs
from patients import keyed

from daemon.protocol.cases import Limit
from daemon.protocol.limits import Altered, ChooseBand, ResetLimits, SetLimit
from daemon.protocol.messages import Answer, Refusal, Result
from tui.prompt import Ask
from tui.replied import replied
from tui.sending import awaiting, written
from tui.sheet import asking, sheet
from tui.sight import Sight
from vitals.limits import Bound, Profile
from vitals.measure import Measure
from words.catalogue import Language

WHY = "cyanotisk hjertefejl"
LIMITS = (
    Limit(Measure.SPO2, 82, None, 78, None, (Bound.LO, Bound.EXT_LO), (Bound.LO,)),
    Limit(Measure.PULSE_RATE, 70, 155, 60, 185),
    Limit(Measure.HEART_RATE, 70, 155, 60, 185),
    Limit(Measure.ETCO2, 3.3, None, None, None, (Bound.HI,), (Bound.HI,)),
    Limit(Measure.FICO2, None, 0.7, None, None),
    Limit(Measure.NIBP_SYSTOLIC, 69, 115, None, None),
    Limit(Measure.NIBP_MEAN, 42, 88, None, None),
)
ALTERED = tuple(
    Altered(Profile.ANAESTHESIA, measure, bound, value, preset, "AS", WHY, "")
    for measure, bound, value, preset in (
        (Measure.SPO2, Bound.LO, 82, 92),
        (Measure.SPO2, Bound.EXT_LO, 78, 85),
        (Measure.ETCO2, Bound.HI, None, 7.5),
    )
)
CASE = structs.replace(patients.RUNNING, limits=LIMITS, altered=ALTERED)
CHANGED = patients.bed(CASE)
SET = SetLimit("c7", "AS", "Stue 1", measure=Measure.SPO2, reason=WHY, lo=80.0)
TYPED = ("xs11", "80", "enter", WHY, "enter")


def shown(sight: Sight, prompt: Ask, height: int = 7) -> str:
    sight = patients.asked(sight, prompt)
    rows = sheet(sight, prompt, 80, height) or [asking(sight, prompt, 80)]
    assert len(rows) <= height
    return "\n".join("".join(span.text for span in row) for row in rows)


def test_a_limit_is_set_with_a_number_a_reason_and_who_says_so() -> None:
    assert keyed(CHANGED, *TYPED, "enter") == SET
    assert keyed(CHANGED, *TYPED, "LN", "enter") == structs.replace(SET, by="LN")


def test_a_limit_is_turned_off_and_a_comma_is_a_point() -> None:
    high = SetLimit("c7", "AS", "Stue 1", measure=Measure.ETCO2, reason="maske", hi=7.8)
    assert keyed(CHANGED, "xs3", "2", "7,8", "enter", "maske", "enter", "enter") == high
    off = structs.replace(SET, lo=None, off=(Bound.LO,))
    assert keyed(CHANGED, "xs11", "-", "enter", WHY, "enter", "enter") == off


def test_what_was_chosen_by_age_is_one_key_away_for_one_measure_and_for_all() -> None:
    of_one = ResetLimits("c7", "AS", "Stue 1", measure=Measure.SPO2)
    assert keyed(CHANGED, "xs1rj") == of_one
    assert keyed(CHANGED, "xsrj") == structs.replace(of_one, measure=None)
    assert keyed(patients.bed(structs.replace(CASE, altered=())), "xsr") is None


def test_another_age_band_is_chosen_with_its_reason() -> None:
    band = ChooseBand("c7", "AS", "Stue 1", band="infant", reason="vejer 7 kg")
    assert keyed(CHANGED, "xsb2", "vejer 7 kg", "enter", "enter") == band


@pytest.mark.parametrize("typed", ["0", "900", "abc", "", "88,555"])
def test_a_number_that_no_limit_can_be_is_asked_back(typed: str) -> None:
    outcome = keyed(CHANGED, "xs11", typed, "enter")
    assert isinstance(outcome, Ask)
    assert outcome.unclear


def test_everything_in_force_is_listed_in_the_units_of_the_screen_with_what_was_changed() -> None:
    listed = shown(CHANGED, Ask("limits"))
    for text in (
        "SpO2 ≥ 82* · HØJ ≤ 78* %",
        "puls 70-155 · HØJ ≤ 60 ≥ 185 /min",
        "etCO2 3,3-FRA* kPa",
        "FiCO2 ≤ 0,7 kPa",
        "BT sys 69-115 mmHg",
    ):
        assert text in listed
    assert listed.count("70-155") == 1
    of_one = shown(CHANGED, Ask("limit_spo2"))
    assert "under 82 % * (efter alder 92)" in of_one
    assert "HØJ ved eller under 78 % * (efter alder 85)" in of_one
    assert f"AS: {WHY}." in of_one
    assert "over FRA * (efter alder 7,5)" in shown(CHANGED, Ask("limit_etco2"))


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("form", ["limits", "limit_spo2", "limit_etco2", "limit_pulse_rate"])
def test_nothing_of_the_list_is_cut_beside_a_low_wave(form: str, language: Language) -> None:
    assert "…" not in shown(patients.bed(CASE, language=language), Ask(form))


def refused(reason: Refusal, sight: Sight = CHANGED) -> Ask:
    """Return what is asked once the daemon has refused a limit that was typed."""
    last = keyed(sight, *TYPED)
    assert isinstance(last, Ask)
    waits = awaiting(SET, sight, written(last, SET))
    answer = Answer("c7", Result.REFUSED, reason, "spo2 80 is below the floor of 85 %")
    after = replied(answer, waits, patients.asked(sight, waits))
    assert isinstance(after, Ask)
    return after


@pytest.mark.parametrize(
    ("language", "says"),
    [
        (Language.DANISH, "SpO2 først under 80 %"),
        (Language.NORWEGIAN, "SpO2 først under 80 %"),
        (Language.ENGLISH, "SpO2 only below 80 %"),
    ],
)
def test_what_wants_to_be_said_twice_is_asked_in_full_and_is_one_key(
    language: Language, says: str
) -> None:
    again = refused(Refusal.UNCONFIRMED)
    sight = patients.asked(patients.bed(CASE, language=language), again)
    assert says in " ".join(shown(sight, again).split())
    assert keyed(sight, "j") == structs.replace(SET, confirmed=True)
    back = keyed(sight, "n")
    assert isinstance(back, Ask)
    assert (back.form, back.answers[:2]) == ("limit_spo2_lo", ("80", WHY))


def test_a_limit_that_is_refused_stays_where_it_was_typed() -> None:
    after = refused(Refusal.WRONG_ROLE)
    assert (after.form, after.answers) == ("limit_spo2_lo", ("80", WHY))
    assert after.told is not None


def test_a_limit_that_is_turned_off_is_said_so_in_full() -> None:
    off = structs.replace(SET, lo=None, off=(Bound.LO,))
    assert "SpO2 under FRA: intet alarmerer" in shown(CHANGED, Ask("limit_confirm", again=off))


def test_without_a_case_there_is_nothing_to_set() -> None:
    bare = patients.bed(structs.replace(CASE, limits=(), altered=()))
    assert not isinstance(keyed(bare, "xs"), Ask)
