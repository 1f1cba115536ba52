"""CO2 that stops through an airway device: whether it was removed then is two keys."""

from __future__ import annotations

import patients
import pytest
import ringing
import scenes
from dashboards import sight_of
from msgspec import structs
from patients import deed_of, keyed

from daemon.protocol.commands import Enter
from daemon.protocol.sound import SoundState
from tui.alarmbar import alarmbar
from tui.caseline import caseline, more
from tui.keys import promptrow
from tui.prompt import Ask
from tui.sheet import sheet
from tui.sight import Sight
from vitals import deeds
from vitals.vocabulary import Airway
from words.catalogue import Language

WAITED_S, LATER_S = 21.0, 2.0
ASKED = structs.replace(patients.RUNNING, notices=("airway_removed",), breathless_s=WAITED_S)


def bed(language: Language = Language.DANISH) -> Sight:
    told = ringing.greeting(*scenes.IDLE, ASKED, ringing.QUIET)
    return sight_of(*told, later_s=LATER_S, language=language)


@pytest.mark.parametrize("language", list(Language))
def test_the_bar_asks_whether_the_device_was_removed(language: Language) -> None:
    last = "".join(span.text for span in alarmbar(bed(language), 80, 3)[-1])
    assert bed(language).words.text("notice.airway_removed") in last
    assert "[L]" in last


@pytest.mark.parametrize("language", list(Language))
def test_the_question_is_whole_whatever_else_is_said_of_the_sound(language: Language) -> None:
    for sound in SoundState:
        told = ringing.greeting(*scenes.IDLE, ASKED, ringing.PAUSED, sound=sound)
        sight = sight_of(*told, language=language)
        last = "".join(span.text for span in alarmbar(sight, 80, 3)[-1])
        assert sight.words.text("notice.airway_removed") in last
        assert "…" not in last


def test_its_removal_is_recorded_at_the_time_at_which_the_co2_stopped() -> None:
    outcome = keyed(bed(), "l", "f")
    assert deed_of(outcome) == deeds.SetAirway(airway=Airway.NONE)
    assert isinstance(outcome, Enter)
    assert outcome.ago_s == pytest.approx(WAITED_S + LATER_S)


def test_every_other_airway_is_still_entered_as_of_now() -> None:
    for key, airway in (("m", Airway.MASK), ("t", Airway.TUBE), ("r", Airway.NONE)):
        outcome = keyed(bed(), "l", key)
        assert deed_of(outcome) == deeds.SetAirway(airway=airway)
        assert isinstance(outcome, Enter)
        assert outcome.ago_s == 0.0


def test_where_nothing_is_asked_nothing_is_offered() -> None:
    for case in (
        structs.replace(ASKED, notices=()),
        structs.replace(ASKED, breathless_s=None),
        structs.replace(ASKED, notices=("airway_placed",)),
    ):
        assert keyed(patients.bed(case), "l", "f") is None


@pytest.mark.parametrize("language", list(Language))
def test_the_offer_is_whole_with_the_time_in_a_narrow_window(language: Language) -> None:
    sight = patients.asked(bed(language), Ask("airway"))
    rows = sheet(sight, Ask("airway"), 80, 7) or promptrow(sight, 80, 1)
    shown = "".join(span.text for row in rows for span in row)
    assert "10:41:46" in shown
    assert "…" not in shown


def test_what_is_worth_knowing_and_asks_for_no_key_stands_with_the_case() -> None:
    odd = structs.replace(patients.RUNNING, notices=("unusual_patient", "no_breath_yet"))
    sight = patients.bed(odd)
    rows = (caseline(sight, 120, 1)[0], more(sight, 120))
    told = "".join(span.text for row in rows for span in row)
    assert "uden for normalt patientgrundlag" in told
    assert "[L]" not in told
