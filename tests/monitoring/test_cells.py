from __future__ import annotations

import pytest
from beds import AGES, FRESH_S, bed, book_shipped, oximeter
from monitors import capnograph

from monitoring.cells import Cell, cells
from monitoring.facts import Facts
from monitoring.obligations import Obliged, obligations
from monitoring.view import DeviceView
from vitals.reading import Note, Quality
from vitals.vocabulary import Basis, DeviceState, GapCause, Modality, Phase


def rows(code: str) -> tuple[Obliged, ...]:
    """Return what a code obliges to while neither technique nor airway is known."""
    return obligations(book_shipped(), code, Facts()).obligations


ROWS = rows("3021")
DOWN = [state for state in DeviceState if state is not DeviceState.RECEIVING]


def cell(modality: Modality, *devices: DeviceView) -> Cell:
    found = cells(ROWS, bed(*devices), Phase.DURING)
    return next(one for one in found if one.obliged.modality is modality)


def oximetry(*devices: DeviceView) -> tuple[bool | None, GapCause | None]:
    found = cell(Modality.PULSE_OXIMETRY, *devices)
    return found.met, found.cause


def test_there_is_a_cell_for_each_obligation_of_the_phase_in_their_order() -> None:
    found = cells(ROWS, bed(), Phase.DURING)
    asked = [row for row in ROWS if row.modality is not Modality.NEUROMUSCULAR]
    assert [one.obliged for one in found] == [row for row in asked if row.phase is Phase.DURING]


def test_advice_that_hangs_on_a_relaxant_is_no_cell_before_one_is_recorded() -> None:
    shown = {one.obliged.modality for one in cells(ROWS, bed(), Phase.DURING)}
    assert Modality.NEUROMUSCULAR not in shown


def test_what_the_text_makes_conditional_is_a_cell() -> None:
    shown = {one.obliged.rule for one in cells(rows("3022"), bed(), Phase.DURING)}
    assert "3022.capnography" in shown


def test_in_recovery_capnography_is_a_cell_until_the_airway_is_known() -> None:
    shown = {one.obliged.rule for one in cells(rows("recovery"), bed(), Phase.RECOVERY)}
    assert shown == {
        f"recovery.{one}" for one in ("observation", "oximetry", "capnography", "nibp")
    }


def test_a_phase_without_rows_has_no_cells() -> None:
    assert cells(ROWS, bed(), Phase.RECOVERY) == ()


def test_a_current_number_meets_oximetry() -> None:
    assert oximetry(oximeter()) == (True, None)


@pytest.mark.parametrize(
    ("devices", "cause"),
    [
        ((), GapCause.NOT_ATTACHED),
        ((oximeter(None, None),), GapCause.NOT_ATTACHED),
        ((oximeter(Quality.INVALID),), GapCause.NOT_ATTACHED),
        ((oximeter(Quality.UNAVAILABLE),), GapCause.INVALID),
        ((oximeter(Quality.CALIBRATING),), GapCause.INVALID),
        ((oximeter(age_s=FRESH_S + 0.1),), GapCause.STALE),
        ((oximeter(state=DeviceState.LOST),), GapCause.DEVICE_LOST),
    ],
)
def test_oximetry_that_is_not_met_says_why(
    devices: tuple[DeviceView, ...], cause: GapCause
) -> None:
    assert oximetry(*devices) == (False, cause)


def test_a_number_is_current_up_to_its_age_and_no_further() -> None:
    assert oximetry(oximeter(age_s=FRESH_S)) == (True, None)
    assert oximetry(oximeter(age_s=FRESH_S + 0.1))[0] is False


@pytest.mark.parametrize("state", DOWN)
def test_a_device_from_which_nothing_comes_is_lost_whatever_it_said_last(
    state: DeviceState,
) -> None:
    assert oximetry(oximeter(state=state)) == (False, GapCause.DEVICE_LOST)
    assert oximetry(oximeter(None, None, state=state)) == (False, GapCause.DEVICE_LOST)


def test_a_pulse_alone_does_not_meet_oximetry() -> None:
    assert oximetry(oximeter(None, 100))[0] is False


@pytest.mark.parametrize("first", [oximeter(Quality.INVALID), oximeter(state=DeviceState.LOST)])
def test_one_device_that_gives_the_number_is_enough(first: DeviceView) -> None:
    good = oximeter(name="other")
    assert oximetry(first, good) == oximetry(good, first) == (True, None)


INVALID, OFF = oximeter(Quality.UNAVAILABLE, name="a"), oximeter(Quality.INVALID, name="b")
STALE = oximeter(age_s=FRESH_S + 0.1, name="c")
LOST = oximeter(state=DeviceState.LOST, name="d")
NEVER, GONE = oximeter(None, None, name="e"), oximeter(None, None, state=DeviceState.LOST, name="f")
MOST_TELLING = [
    (INVALID, GapCause.INVALID),
    (STALE, GapCause.STALE),
    (LOST, GapCause.DEVICE_LOST),
    (OFF, GapCause.NOT_ATTACHED),
    (GONE, GapCause.DEVICE_LOST),
    (NEVER, GapCause.NOT_ATTACHED),
]


def test_of_many_devices_the_most_telling_says_why_in_whatever_order_they_stand() -> None:
    for place, (device, cause) in enumerate(MOST_TELLING):
        others = [one for one, _ in MOST_TELLING[place:]]
        assert oximetry(*others) == oximetry(*reversed(others)) == (False, cause), device.name


def test_observation_is_attested_by_a_person_and_never_a_gap() -> None:
    for devices in ((), (oximeter(),)):
        found = cell(Modality.CLINICAL_OBSERVATION, *devices)
        assert (found.met, found.cause) == (None, None)


@pytest.mark.parametrize("modality", [Modality.CAPNOGRAPHY, Modality.ECG, Modality.NIBP])
def test_what_peers_advise_has_its_cell_and_is_marked_as_advice(modality: Modality) -> None:
    found = cell(modality, oximeter())
    assert found.obliged.basis is Basis.ADVISORY
    assert (found.met, found.cause) == (False, GapCause.NOT_ATTACHED)


def test_a_device_whose_work_cannot_be_proved_yet_meets_nothing() -> None:
    view = DeviceView("ecg", (Modality.ECG,), DeviceState.RECEIVING, AGES, {})
    assert cell(Modality.ECG, view).met is False


def test_what_is_not_on_yet_is_not_due_before_the_grace_is_over() -> None:
    found = []
    for elapsed_s in (0.0, 119.9, 120.0):
        asked = cells(ROWS, bed(elapsed_s=elapsed_s), Phase.DURING)
        one = next(one for one in asked if one.obliged.modality is Modality.PULSE_OXIMETRY)
        found.append((one.met, one.due))
    assert found == [(False, False), (False, False), (False, True)]


def test_what_came_to_be_required_later_is_not_due_before_its_own_grace_is_over() -> None:
    for attaching, due in [(frozenset({Modality.PULSE_OXIMETRY}), False), (frozenset(), True)]:
        asked = cells(ROWS, bed(attaching=attaching), Phase.DURING)
        found = [one.due for one in asked if one.obliged.modality is Modality.PULSE_OXIMETRY]
        assert set(found) == {due}


def test_a_connection_that_is_lost_is_due_at_once() -> None:
    lost = oximeter(state=DeviceState.LOST)
    found = cells(ROWS, bed(lost, elapsed_s=0.0), Phase.DURING)
    asked = [one for one in found if one.obliged.modality is Modality.PULSE_OXIMETRY]
    assert [(one.cause, one.due) for one in asked] == [(GapCause.DEVICE_LOST, True)]


def test_co2_is_due_at_once_with_a_device_in_the_airway() -> None:
    for device in (False, True):
        found = cells(rows("3024"), bed(elapsed_s=0.0), Phase.DURING, device=device)
        asked = {one.due for one in found if one.obliged.modality is Modality.CAPNOGRAPHY}
        assert asked == {device}


@pytest.mark.parametrize(
    ("notes", "cause"),
    [
        (frozenset(), GapCause.NOT_ATTACHED),
        (frozenset({Note.NO_BREATH}), GapCause.INVALID),
    ],
)
def test_a_capnograph_that_sees_no_breath_is_attached(
    notes: frozenset[Note], cause: GapCause
) -> None:
    device = capnograph(Quality.INVALID, notes=notes)
    found = cells(rows("3022"), bed(device), Phase.DURING)
    asked = next(one for one in found if one.obliged.rule == "3022.capnography")
    assert (asked.met, asked.cause) == (False, cause)
