"""Numbers that a person typed are on the screen, and blood pressure says how long it is awaited."""

from __future__ import annotations

import patients
import pytest
import ringing
import scenes
from dashboards import sight_of
from msgspec import structs
from patients import entry

from daemon.protocol.cases import Entry, Limit
from daemon.protocol.message import Message
from tui.alarmbar import alarmbar
from tui.board import board
from tui.byhand import typed
from tui.sight import Sight
from vitals import deeds
from vitals.measure import Measure
from vitals.reading import Note
from vitals.vocabulary import CaseState
from words.catalogue import Language

READ = entry(3, deeds.Measured(measure=Measure.SPO2, value=97.0), 36)
PRESSURE = (
    entry(4, deeds.Measured(measure=Measure.NIBP_SYSTOLIC, value=92.0), 38),
    entry(5, deeds.Measured(measure=Measure.NIBP_DIASTOLIC, value=52.0), 38),
)
OFF = scenes.with_value(scenes.SPO2, None)


def bed(
    *entries: Entry, told: Message = OFF, language: Language = Language.DANISH, later_s: float = 0.0
) -> Sight:
    case = structs.replace(patients.RUNNING, entries=entries)
    said = scenes.greeting(scenes.DEVICE, told, case)
    return sight_of(*said, language=language, later_s=later_s)


def screen(sight: Sight, width: int = 80, height: int = 10) -> str:
    return "\n".join("".join(span.text for span in row) for row in board(sight, width, height))


@pytest.mark.parametrize("size", [(80, 10), (42, 24), (48, 24)])
def test_a_number_read_by_hand_is_marked_m_with_its_time_and_age(size: tuple[int, int]) -> None:
    shown = screen(bed(READ), *size)
    assert "SpO2 M 97 % 10:36 (6 min)" in shown


def test_two_numbers_of_one_pressure_are_one_tile() -> None:
    assert "BT M 92/52 mmHg 10:38 (4 min)" in screen(bed(*PRESSURE))
    high, low = PRESSURE
    later = structs.replace(low, at=high.at.replace("00.000Z", "00.007Z"))
    assert later.at > high.at
    assert "BT M 92/52 mmHg 10:38 (4 min)" in screen(bed(high, later))


def test_a_current_number_of_a_monitor_stands_alone() -> None:
    assert " M " not in screen(bed(READ, told=scenes.SPO2))


def test_what_was_struck_or_is_older_is_not_shown() -> None:
    newer = entry(6, deeds.Measured(measure=Measure.SPO2, value=95.0), 40)
    assert typed(bed(newer, READ))[Measure.SPO2].value == 95.0
    struck = structs.replace(newer, struck=True)
    assert typed(bed(READ, struck))[Measure.SPO2].value == 97.0
    over = structs.replace(patients.JUDGED, state=CaseState.DISCHARGED, entries=(READ,))
    assert typed(patients.bed(over)) == {}


REPEAT = entry(3, deeds.Repeat(minutes=5), 30)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (Language.DANISH, "Blodtryk ikke målt i 6 min (interval 5 min)"),
        (Language.NORWEGIAN, "Blodtrykk ikke målt på 6 min (intervall 5 min)"),
        (Language.ENGLISH, "Blood pressure not measured for 6 min (interval 5 min)"),
    ],
)
def test_an_overdue_pressure_says_for_how_long_and_the_interval_that_was_set(
    language: Language, expected: str
) -> None:
    cuff = structs.replace(scenes.SPO2, measure=Measure.NIBP_SYSTOLIC, value=92, age_s=370.0)
    case = structs.replace(patients.RUNNING, entries=(REPEAT,))
    told = scenes.greeting(scenes.DEVICE, cuff, case, ringing.LOW)
    rows = alarmbar(sight_of(*told, language=language), 80, 3)
    shown = "".join(span.text for span in rows[0])
    assert expected in shown
    assert "02:04" not in shown
    assert "…" not in shown


def test_without_any_pressure_it_is_since_the_start_and_without_an_interval_none_is_said() -> None:
    rows = alarmbar(ringing.bed(ringing.LOW), 80, 3)
    shown = "".join(span.text for span in rows[0])
    assert "Blodtryk ikke målt i 12 min  " in shown
    assert "interval" not in shown


@pytest.mark.parametrize("language", list(Language))
def test_a_cuff_that_is_inflated_is_told_beside_a_pressure_with_its_time_and_age_uncut(
    language: Language,
) -> None:
    cuff = structs.replace(scenes.DEVICE, notes=(Note.CUFF_INFLATING,))
    numbers = ((Measure.NIBP_SYSTOLIC, 92), (Measure.NIBP_DIASTOLIC, 52), (Measure.NIBP_MEAN, 65))
    told = [
        structs.replace(
            scenes.SPO2, measure=one, value=value, age_s=31.0, fresh_s=600.0, stale_s=900.0
        )
        for one, value in numbers
    ]
    limits = (*scenes.CASE.limits, Limit(Measure.NIBP_SYSTOLIC, 69, 115, None, None))
    case = structs.replace(scenes.CASE, limits=limits)
    sight = sight_of(*scenes.greeting(cuff, *told, case), language=language)
    for size in ((42, 24), (48, 24), (80, 12)):
        shown = screen(sight, *size)
        assert "92/52 (65)" in shown
        assert "10:42 (31 s)" in shown
        assert sight.words.text("note.cuff") in shown
        assert "…" not in shown
