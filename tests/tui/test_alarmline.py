from __future__ import annotations

import msgspec
import pytest
import scenes
from dashboards import sight_of

from daemon.protocol.message import Message
from daemon.protocol.messages import Alarm, AlarmState
from tui.alarmbar import alarmbar
from tui.alarmline import alarm_text, what
from tui.mirror import Held
from tui.sight import Sight
from tui.span import clip
from vitals.vocabulary import CaseState, SignalState
from words.catalogue import Language

OFF = scenes.with_value(scenes.SPO2, None)
LOW = scenes.with_value(scenes.SPO2, 84)


def line(sight: Sight, alarm: Alarm = scenes.DESATURATION) -> str:
    return alarm_text(sight, Held(alarm, scenes.NOW))


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


def test_no_alarms_is_said_only_while_alarms_are_looked_for() -> None:
    ended = msgspec.structs.replace(scenes.CASE, state=CaseState.MONITORING_ENDED)
    assert "ingen alarmer" in bar(*scenes.RUNNING)
    for unwatched in (scenes.IDLE, (*scenes.IDLE, ended)):
        shown = bar(*unwatched)
        assert "ingen alarmer" not in shown
        assert "alarmer kun under anæstesi" in shown
