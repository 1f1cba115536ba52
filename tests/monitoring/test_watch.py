from __future__ import annotations

import pytest
from beds import AGES, STALE_S, at
from courses import CO2, NIBP, SPO2
from followed import Followed, device

from monitoring.detectors import PROVES
from monitoring.gaps import Closed, Opened, Turned
from monitoring.view import Ages, DeviceView
from monitoring.watch import begun, moved
from vitals.measure import Measure
from vitals.reading import Note, Quality
from vitals.vocabulary import DeviceState, GapCause

VALID, QUESTIONABLE = Quality.VALID, Quality.QUESTIONABLE
SILENT = [quality for quality in Quality if not quality.usable]
FILLING = (Note.CUFF_INFLATING,)


def test_at_the_start_every_modality_without_a_reading_has_a_gap_from_the_start() -> None:
    bed = Followed()
    bed.see(0, {SPO2: (-2, VALID)})
    assert bed.gaps(SPO2) == []
    others = [modality for modality in PROVES if modality is not SPO2]
    assert all(bed.gaps(one) == [(0, None, GapCause.NOT_ATTACHED)] for one in others)


@pytest.mark.parametrize("quality", [VALID, QUESTIONABLE])
def test_a_number_covers_also_one_that_the_device_warns_of(quality: Quality) -> None:
    bed = Followed()
    bed.see(0, {SPO2: (0, quality)})
    assert bed.gaps(SPO2) == []


@pytest.mark.parametrize("quality", SILENT)
def test_what_is_no_number_covers_nothing(quality: Quality) -> None:
    bed = Followed()
    bed.see(0, {SPO2: (0, quality)})
    assert [until for _, until, _ in bed.gaps(SPO2)] == [None]


def test_a_gap_opens_when_the_last_reading_is_stale_at_the_time_of_that_reading() -> None:
    bed = Followed()
    bed.see(5, {SPO2: (5, VALID)})
    assert bed.see(5 + STALE_S, {SPO2: (5, VALID)}) == ()
    bed.see(5.1 + STALE_S, {SPO2: (5, VALID)})
    bed.see(30, {SPO2: (30, VALID)})
    assert bed.gaps(SPO2)[1:] == [(5, 30, GapCause.STALE)]


def test_a_reading_before_the_last_is_stale_leaves_no_gap_whatever_the_probe_said_between() -> None:
    bed = Followed()
    bed.see(0, {SPO2: (0, VALID)})
    bed.see(4, {SPO2: (4, Quality.INVALID)})
    bed.see(STALE_S, {SPO2: (STALE_S, VALID)})
    assert bed.gaps(SPO2) == []


def test_two_readings_too_far_apart_leave_a_gap_though_nobody_looked_between() -> None:
    bed = Followed()
    bed.see(0, {SPO2: (0, VALID)})
    changes = [one for one in bed.see(40, {SPO2: (40, VALID)}) if not isinstance(one, Turned)]
    assert [type(one) for one in changes] == [Opened, Closed]
    assert bed.gaps(SPO2) == [(0, 40, GapCause.STALE)]


def test_a_cuff_reading_covers_for_its_interval_and_no_longer() -> None:
    bed = Followed()
    bed.see(0, {NIBP: (0, VALID)})
    bed.see(360, {NIBP: (0, VALID)})
    assert bed.gaps(NIBP) == []
    bed.see(360.1, {NIBP: (0, VALID)})
    assert bed.gaps(NIBP) == [(0, None, GapCause.STALE)]


def test_a_cuff_reading_from_before_the_record_may_be_of_the_patient_before() -> None:
    bed = Followed()
    bed.see(1, {NIBP: (-60, VALID)})
    assert bed.gaps(NIBP) == [(0, None, GapCause.STALE)]


@pytest.mark.parametrize(
    ("quality", "state", "cause"),
    [
        (Quality.INVALID, DeviceState.RECEIVING, GapCause.NOT_ATTACHED),
        (Quality.UNAVAILABLE, DeviceState.RECEIVING, GapCause.INVALID),
        (Quality.CALIBRATING, DeviceState.RECEIVING, GapCause.INVALID),
        (Quality.VALID, DeviceState.LOST, GapCause.DEVICE_LOST),
    ],
)
def test_a_gap_says_why(quality: Quality, state: DeviceState, cause: GapCause) -> None:
    bed = Followed()
    bed.see(0, {SPO2: (0, VALID)})
    taken = 0 if quality.usable else 11
    bed.look(11, device({SPO2: (taken, quality)}, 11, state=state))
    assert bed.gaps(SPO2) == [(0, None, cause)]


def test_a_gap_keeps_its_name_and_takes_each_later_cause_once() -> None:
    bed = Followed()
    bed.see(0, {SPO2: (0, Quality.INVALID)})
    lost = device({SPO2: (0, Quality.INVALID)}, 1, state=DeviceState.LOST)
    assert Turned(SPO2, GapCause.DEVICE_LOST) in bed.look(1, lost)
    assert bed.look(2, lost) == ()
    assert bed.see(3, {SPO2: (3, Quality.INVALID)}) == ()
    record = bed.record
    assert record is not None
    (gap,) = record.of(SPO2)
    assert gap.causes == (GapCause.NOT_ATTACHED, GapCause.DEVICE_LOST)


def test_one_device_of_two_is_enough() -> None:
    bed = Followed()
    bed.look(0, device({}, 0), device({SPO2: (0, VALID)}, 0))
    bed.look(11, device({SPO2: (11, VALID)}, 11), device({SPO2: (0, VALID)}, 11))
    assert bed.gaps(SPO2) == [(0, 11, GapCause.STALE)]


def test_a_device_that_is_slower_by_itself_covers_for_longer() -> None:
    bed = Followed()
    slow = {**AGES, Measure.ETCO2: Ages(20, 40)}
    for now in (0, 39):
        seen = device({CO2: (0, VALID)}, now)
        bed.look(now, DeviceView("slow", seen.modalities, seen.state, slow, seen.samples))
    assert bed.gaps(CO2) == []


def test_a_device_that_does_not_watch_a_modality_proves_none_of_it() -> None:
    bed = Followed()
    bed.look(0, device({SPO2: (0, VALID)}, 0, modalities=(CO2,)))
    assert bed.gaps(SPO2) == [(0, None, GapCause.NOT_ATTACHED)]


def squeezed(*, same_limb: bool) -> list[tuple[float, float | None, GapCause]]:
    """Return the gap that a cuff makes which fills 3 s after the last reading."""
    bed = Followed(same_limb=same_limb)
    bed.see(0, {SPO2: (0, VALID)})
    bed.see(3, {SPO2: (0, VALID)}, notes=FILLING)
    for now in (9, 11):
        bed.see(now, {SPO2: (now, Quality.INVALID)})
    bed.see(45, {SPO2: (45, VALID)})
    return bed.gaps(SPO2)


def test_a_cuff_that_fills_on_the_limb_of_the_probe_is_what_the_gap_is_called_by() -> None:
    assert squeezed(same_limb=True) == [(0, 45, GapCause.CUFF_SAME_LIMB)]


def test_a_cuff_on_another_limb_explains_nothing() -> None:
    assert squeezed(same_limb=False) == [(0, 45, GapCause.NOT_ATTACHED)]


def test_without_cuff_status_from_the_device_nothing_is_excused() -> None:
    bed = Followed(same_limb=True)
    bed.see(0, {SPO2: (0, VALID)})
    bed.see(11, {SPO2: (11, Quality.INVALID)})
    assert bed.gaps(SPO2) == [(0, None, GapCause.NOT_ATTACHED)]


def test_a_cuff_that_had_emptied_before_the_last_reading_explains_nothing() -> None:
    bed = Followed(same_limb=True)
    bed.see(0, {SPO2: (0, VALID)}, notes=FILLING)
    bed.see(5, {SPO2: (5, VALID)})
    bed.see(16, {SPO2: (16, Quality.INVALID)})
    assert bed.gaps(SPO2) == [(5, None, GapCause.NOT_ATTACHED)]


def test_a_cuff_explains_neither_a_probe_that_was_never_on_nor_one_unplugged_nor_co2() -> None:
    bed = Followed(same_limb=True)
    bed.see(0, {CO2: (0, VALID)}, notes=FILLING)
    bed.see(11, {CO2: (0, VALID)}, notes=FILLING)
    assert [cause for _, _, cause in bed.gaps(SPO2)] == [GapCause.NOT_ATTACHED]
    assert [cause for _, _, cause in bed.gaps(CO2)] == [GapCause.STALE]
    gone = Followed(same_limb=True)
    gone.see(0, {SPO2: (0, VALID)}, notes=FILLING)
    gone.look(11, device({SPO2: (0, VALID)}, 11, state=DeviceState.LOST))
    assert [cause for _, _, cause in gone.gaps(SPO2)] == [GapCause.DEVICE_LOST]


def test_while_the_recorder_was_down_nothing_is_documented_of_any_modality() -> None:
    bed = Followed()
    bed.see(0, {SPO2: (0, VALID)})
    bed.see(5, {SPO2: (5, VALID)})
    bed.restart(mark=6, now=20)
    bed.see(20, {})
    bed.see(22, {SPO2: (22, VALID)})
    down = GapCause.RECORDER_DOWN
    assert bed.gaps(SPO2) == [(6, 20, down), (20, 22, GapCause.NOT_ATTACHED)]
    missing = GapCause.NOT_ATTACHED
    assert bed.gaps(CO2) == [(0, 6, missing), (6, 20, down), (20, None, missing)]


def test_a_case_of_which_nothing_was_recorded_begins_when_the_recorder_does() -> None:
    bed = Followed()
    bed.changes.clear()
    bed.restart(mark=6, now=20)
    record = bed.record
    assert record is not None
    assert (record.since, record.gaps) == (bed.watch.since, ())


def test_a_case_that_is_followed_again_has_no_gap_left_open_from_before() -> None:
    bed = Followed()
    bed.see(0, {})
    bed.watch, changes = begun(at(50), bed.record)
    bed.changes += changes
    bed.see(50, {SPO2: (50, VALID)})
    assert bed.gaps(SPO2) == [(0, 50, GapCause.NOT_ATTACHED)]
    assert bed.gaps(CO2) == [
        (0, 50, GapCause.NOT_ATTACHED),
        (50, None, GapCause.NOT_ATTACHED),
    ]


def test_a_clock_that_went_back_over_a_restart_makes_no_gap_of_less_than_nothing() -> None:
    bed = Followed()
    bed.see(50, {SPO2: (50, VALID)})
    bed.restart(mark=60, now=40)
    assert bed.gaps(SPO2)[-1] == (60, 60, GapCause.RECORDER_DOWN)


def test_what_was_read_at_another_bed_before_the_patient_came_is_not_theirs() -> None:
    bed = Followed()
    bed.see(0, {})
    bed.watch = moved(bed.watch, at(100))
    bed.see(100, {NIBP: (60, VALID), SPO2: (97, VALID)})
    assert [until for _, until, _ in (*bed.gaps(NIBP), *bed.gaps(SPO2))] == [None, None]
    bed.see(102, {NIBP: (101, VALID), SPO2: (102, VALID)})
    assert [until for _, until, _ in (*bed.gaps(NIBP), *bed.gaps(SPO2))] == [101, 102]


def test_what_was_read_before_a_move_covers_for_as_long_as_it_would_have() -> None:
    bed = Followed()
    bed.see(0, {NIBP: (0, VALID)})
    bed.watch = moved(bed.watch, at(100))
    bed.see(200, {NIBP: (90, VALID)})
    bed.see(300, {})
    assert bed.gaps(NIBP) == []


def test_a_cuff_that_filled_at_the_bed_before_explains_nothing() -> None:
    bed = Followed(same_limb=True)
    bed.see(0, {SPO2: (0, VALID)}, notes=FILLING)
    bed.watch = moved(bed.watch, at(5))
    bed.see(20, {})
    assert [cause for _, _, cause in bed.gaps(SPO2)] == [GapCause.NOT_ATTACHED]
