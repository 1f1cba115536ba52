from __future__ import annotations

import msgspec
import pytest
import scenes
from dashboards import sight_of

from daemon.protocol.alarms import AlarmState
from daemon.protocol.message import Message
from daemon.protocol.messages import Alarm
from tui.alarmbar import alarmbar
from tui.alarmline import alarm_text, what
from tui.items import UNBOUND
from tui.mirror import Held
from tui.sight import Sight
from tui.span import clip
from vitals.measure import Measure
from vitals.vocabulary import CaseState, Priority, SignalState
from words.catalogue import Language

OFF = scenes.with_value(scenes.SPO2, None)
LOW = scenes.with_value(scenes.SPO2, 84)


def line(sight: Sight, alarm: Alarm = scenes.DESATURATION) -> str:
    return alarm_text(sight, Held(alarm, scenes.NOW), UNBOUND)


def bar(*messages: Message) -> str:
    rows = alarmbar(sight_of(*scenes.greeting(*messages)), 80, 3)
    return "\n".join("".join(span.text for span in row) for row in rows)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (Language.DANISH, "SpO2 lav --- · sidst 84 (2,3 s)  varet 8 s"),
        (Language.NORWEGIAN, "SpO2 lav --- · sist 84 (2,3 s)  vart 8 s"),
        (Language.ENGLISH, "SpO2 low --- · last 84 (2.3 s)  for 8 s"),
    ],
)
def test_a_number_that_is_no_longer_measured_is_called_the_last_with_its_age(
    language: Language, expected: str
) -> None:
    told = [*scenes.greeting(scenes.DEVICE, LOW, scenes.DESATURATION), OFF]
    sight = sight_of(*told, language=language, later_s=2.0)
    assert line(sight).endswith(expected)
    assert "85" not in line(sight)


@pytest.mark.parametrize("age_s", [2.1, 9.0, 11.0])
def test_an_old_number_is_not_the_value_of_just_now(age_s: float) -> None:
    old = scenes.with_value(scenes.SPO2, 84, age_s)
    shown = line(sight_of(*scenes.greeting(scenes.DEVICE, old)))
    assert "SpO2 lav --- · sidst 84 (" in shown
    assert "%" not in shown


def test_the_last_number_is_the_newest_of_any_monitor() -> None:
    other = msgspec.structs.replace(scenes.DEVICE, name="aaa")
    rivals = [msgspec.structs.replace(LOW, device="aaa", value=77, age_s=9.0), LOW]
    ends = [msgspec.structs.replace(OFF, device="aaa"), OFF]
    sight = sight_of(*scenes.greeting(scenes.DEVICE, other, *rivals), *ends)
    assert "sidst 84 (0,3 s)" in line(sight)


def test_a_dashboard_that_never_saw_the_number_has_that_of_the_alarm_without_an_age() -> None:
    shown = line(sight_of(*scenes.greeting(scenes.DEVICE, OFF)))
    assert "SpO2 lav --- · sidst 83  varet" in shown


def test_a_number_that_comes_back_stands_against_its_limit_again() -> None:
    sight = sight_of(*scenes.greeting(scenes.DEVICE, OFF), LOW)
    assert "SpO2 lav 84 %  under 85 · varet 6 s" in line(sight)


def test_a_note_keeps_the_value_of_its_alarm_whatever_is_measured_now() -> None:
    note = msgspec.structs.replace(
        scenes.DESATURATION, state=AlarmState.ENDED, signal=SignalState.LATCHED
    )
    assert "SpO2 lav 83 %" in line(sight_of(*scenes.greeting(*scenes.RUNNING)), note)


def test_an_alarm_that_is_not_about_a_number_names_its_monitor_and_shows_none() -> None:
    alarm = msgspec.structs.replace(scenes.PROBE_OFF, measure=scenes.SPO2.measure)
    assert what(sight_of(*scenes.greeting(*scenes.RUNNING)), alarm) == "Sensor af · nonin"


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("alarm", [scenes.DESATURATION, scenes.FAST])
def test_a_last_number_has_room_beside_the_key_in_80_columns(
    language: Language, alarm: Alarm
) -> None:
    told = scenes.greeting(scenes.DEVICE, OFF, msgspec.structs.replace(alarm, age_s=600.0))
    rows = alarmbar(sight_of(*told, LOW, OFF, language=language, later_s=2.0), 80, 3)
    shown = "".join(span.text for span in rows[0])
    assert "---" in shown
    assert clip(shown, 80) == shown
    assert "…" not in shown


NOTES = tuple(
    msgspec.structs.replace(
        scenes.DESATURATION, id=name, state=AlarmState.ENDED, signal=SignalState.LATCHED
    )
    for name in ("hr_low", "no_pulse", "recorder_failure")
)
LOW_ON = msgspec.structs.replace(scenes.LINK_LOST, priority=Priority.LOW)


def test_no_note_of_something_high_is_hidden_while_what_is_less_urgent_has_a_row() -> None:
    shown = bar(*scenes.RUNNING, scenes.FAST, LOW_ON, *NOTES[:2]).splitlines()
    assert ["MIDDEL" in shown[0], "HØJ" in shown[1], "HØJ" in shown[2]] == [True] * 3
    assert "+ 1 mere" in shown[2]
    few = bar(*scenes.RUNNING, LOW_ON, *NOTES[:2]).splitlines()
    assert ["LAV" in few[0], "HØJ" in few[1], "HØJ" in few[2]] == [True] * 3


def test_what_the_key_acknowledges_keeps_its_row_among_notes() -> None:
    seen = msgspec.structs.replace(scenes.DESATURATION, signal=SignalState.ACKNOWLEDGED)
    shown = bar(*scenes.RUNNING, seen, scenes.FAST, *NOTES).splitlines()
    assert "[A] kvittér" in shown[1]
    assert "Puls høj" in shown[1]


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("name", ["sound_unusable", "recorder_failure", "driver_defect"])
def test_a_note_with_the_key_and_a_count_beside_it_is_whole_in_80_columns(
    name: str, language: Language
) -> None:
    note = msgspec.structs.replace(NOTES[0], id=name, measure=None, value=None, limit=None)
    sight = sight_of(*scenes.greeting(*scenes.RUNNING, note, *NOTES), language=language)
    rows = ["".join(span.text for span in row) for row in alarmbar(sight, 80, 1)]
    assert "…" not in rows[0]
    assert sight.words.text("alarm.ended") in rows[0]


def test_a_pressure_is_written_in_mmhg() -> None:
    low = msgspec.structs.replace(
        scenes.DESATURATION, id="nibp_high", measure=Measure.NIBP_SYSTOLIC, value=92, limit=90
    )
    cuff = msgspec.structs.replace(scenes.SPO2, measure=Measure.NIBP_SYSTOLIC, value=92)
    assert " 92 mmHg  over 90" in line(sight_of(*scenes.greeting(scenes.DEVICE, cuff)), low)


def test_no_alarms_is_said_only_while_alarms_are_looked_for() -> None:
    ended = msgspec.structs.replace(scenes.CASE, state=CaseState.MONITORING_ENDED)
    assert "ingen alarmer" in bar(*scenes.RUNNING)
    for unwatched in (scenes.IDLE, (*scenes.IDLE, ended)):
        shown = bar(*unwatched)
        assert "ingen alarmer" not in shown
        assert "alarmer kun under anæstesi" in shown


def test_what_is_high_and_has_no_row_is_named() -> None:
    lost = msgspec.structs.replace(scenes.DESATURATION, id="apnoea")
    gone = msgspec.structs.replace(scenes.DESATURATION, id="no_pulse")
    slow = msgspec.structs.replace(scenes.DESATURATION, id="hr_low")
    shown = bar(scenes.DEVICE, LOW, scenes.DESATURATION, lost, gone, slow)
    for name in ("SpO2 lav", "Apnø", "Ingen puls fundet", "Puls lav"):
        assert name in shown
