from __future__ import annotations

import pytest
from beds import at
from courses import Told, told

from monitoring.bedside import Bedside, bedside
from vitals import deeds
from vitals.measure import Measure
from vitals.vocabulary import Airway, CaseKind, Phase, Ventilation

LMA, OUT = deeds.SetAirway(airway=Airway.LMA), deeds.SetAirway(airway=Airway.NONE)
SYSTOLIC = Measure.NIBP_SYSTOLIC


def after(*entries: Told) -> Bedside:
    return bedside(told((0.0, deeds.Begin()), *entries), at(5000))


def test_nothing_said_is_nothing_known() -> None:
    assert after() == Bedside(phase=Phase.DURING)


def test_an_airway_is_known_with_the_time_at_which_it_was_placed() -> None:
    said = after((60.0, LMA), (90.0, deeds.Relax()))
    assert (said.airway, said.airway_at) == (Airway.LMA, at(60))
    assert said.ventilation is Ventilation.CONTROLLED
    said = after((60.0, LMA), (300.0, OUT))
    assert (said.airway, said.airway_at) == (Airway.NONE, at(300))


def test_an_airway_that_is_entered_late_is_known_from_its_true_time() -> None:
    said = after((300.0, deeds.Ventilate(ventilation=Ventilation.SPONTANEOUS)), (60.0, LMA))
    assert said.airway_at == at(60)


@pytest.mark.parametrize(("in_place", "since"), [(False, at(700)), (True, at(60))])
def test_moving_to_recovery_without_the_device_is_its_removal(
    in_place: bool,  # noqa: FBT001 - a parameter of a table
    since: object,
) -> None:
    recover = deeds.Recover(device_in_place=in_place, reason="dyb")
    assert after((60.0, LMA), (600.0, deeds.Finish()), (700.0, recover)).airway_at == since


def test_a_second_anaesthetic_begins_without_airway_and_without_the_mark() -> None:
    entries: list[Told] = [
        (60.0, LMA),
        (600.0, deeds.Finish()),
        (700.0, deeds.Recover()),
        (710.0, deeds.Upset()),
        (800.0, deeds.Resume(code="3022")),
    ]
    said = after(*entries)
    assert (said.airway, said.airway_at, said.upset_at) == (None, None, None)


def test_an_interval_counts_from_when_it_was_set_to_what_it_is() -> None:
    five, three = deeds.Repeat(minutes=5), deeds.Repeat(minutes=3)
    assert after((60.0, five), (90.0, five)).every_at == at(60)
    assert after((60.0, five), (90.0, three)).every_at == at(90)
    assert after((60.0, five), (70.0, deeds.Repeat(minutes=0)), (90.0, five)).every_at == at(90)


def test_a_pair_that_is_read_by_hand_is_typed_and_one_of_the_monitors_is_not() -> None:
    pair = {"spo2": 98.0, "systolic": 120.0, "diastolic": 70.0}
    for manual in (True, False):
        entries = (50.0, deeds.Begin()), (60.0, deeds.Pair(**pair, manual=manual))
        found = bedside(told(*entries, kind=CaseKind.BLOCK, code="2635"), at(100)).typed
        assert found.get(Measure.SPO2) == (at(60) if manual else None)


def test_a_phase_turns_where_there_was_another_before_it() -> None:
    said = after((600.0, deeds.Finish()), (700.0, deeds.Recover()))
    assert (said.phase, said.turned, said.told) == (Phase.RECOVERY, at(700), at(700))
    assert after((600.0, deeds.Finish())).turned is None
    again = after((600.0, deeds.Finish()), (700.0, deeds.Resume(code="3022")))
    assert (again.phase, again.turned) == (Phase.DURING, None)


def test_a_correction_takes_an_airway_back() -> None:
    said = after((60.0, LMA), (70.0, deeds.Correct(entry=2, reason="forkert")))
    assert (said.airway, said.airway_at) == (None, None)


def test_the_last_interval_of_blood_pressure_holds_and_none_is_said_as_well() -> None:
    assert after((60.0, deeds.Repeat(minutes=3))).every_s == 180
    assert after((60.0, deeds.Repeat(minutes=3)), (90.0, deeds.Repeat(minutes=0))).every_s == 0


def test_a_mark_and_a_number_that_was_typed_have_their_times() -> None:
    said = after(
        (60.0, deeds.Upset()),
        (70.0, deeds.Measured(measure=SYSTOLIC, value=88)),
        (80.0, deeds.Measured(measure=SYSTOLIC, value=90)),
    )
    assert (said.upset_at, said.typed) == (at(60), {SYSTOLIC: at(80)})
