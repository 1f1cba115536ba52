from __future__ import annotations

from typing import Any

import pytest
from beds import LIMITS, Watch, bed, cues, oximeter
from hypothesis import given
from hypothesis import strategies as st
from monitors import cuff

from monitoring.detectors import DETECTORS
from monitoring.limits import Range
from monitoring.signals import Cue
from monitoring.view import BedView, DeviceView
from vitals.measure import Measure
from vitals.reading import Quality
from vitals.vocabulary import Modality, Phase, Priority

LOW, DEEP = 80, 63
PRESSED = {
    **LIMITS,
    Measure.NIBP_SYSTOLIC: Range(lo=LOW, hi=130),
    Measure.NIBP_MEAN: Range(lo=45),
}
NIBP = frozenset({Modality.NIBP})


def read(systolic: Any = 95, mean: Any = 60, *, age_s: float = 0.0, **known: Any) -> BedView:
    given = {"limits": PRESSED, "required": NIBP, "every_s": 300.0, **known}
    return bed(cuff(systolic, mean, age_s=age_s), oximeter(), **given)


def told(watch: Watch, seen: BedView) -> list[tuple[str, Cue, Priority]]:
    return [(one.key.condition, one.cue, one.priority) for one in watch.see(seen)]


@pytest.mark.parametrize(
    ("systolic", "mean", "expected"),
    [
        (LOW, 45, []),
        (LOW - 1, 45, [("nibp_low", Cue.ONSET, Priority.MEDIUM)]),
        (LOW, 44, [("map_low", Cue.ONSET, Priority.MEDIUM)]),
        (LOW - 1, 44, [("nibp_low", Cue.ONSET, Priority.MEDIUM)]),
        (64, 45, [("nibp_low", Cue.ONSET, Priority.MEDIUM)]),
        (63.9, 45, [("nibp_low", Cue.ONSET, Priority.HIGH)]),
        (130, 90, []),
        (131, 90, [("nibp_high", Cue.ONSET, Priority.LOW)]),
    ],
)
def test_a_reading_is_held_to_its_limits_at_once(
    systolic: float, mean: float, expected: list[tuple[str, Cue, Priority]]
) -> None:
    assert told(Watch(), read(systolic, mean)) == expected


def test_the_second_low_reading_is_high_and_the_same_reading_is_not_the_second() -> None:
    watch = Watch()
    watch.see(read(LOW - 5))
    for tenths in range(1, 1800):
        watch.pass_s(0.1, read(LOW - 5, age_s=tenths / 10 + 0.001))
    assert watch.alarm("nibp_low").priority is Priority.MEDIUM
    assert told(watch, read(LOW - 4, age_s=0.2)) == [("nibp_low", Cue.ESCALATED, Priority.HIGH)]


def test_a_normal_reading_between_two_low_ones_begins_the_count_anew() -> None:
    watch = Watch()
    watch.see(read(LOW - 5))
    watch.pass_s(180, read(LOW - 5, age_s=180))
    assert told(watch, read(LOW)) == [("nibp_low", Cue.ENDED, Priority.MEDIUM)]
    watch.pass_s(180, read(LOW, age_s=180))
    assert told(watch, read(LOW - 5)) == [("nibp_low", Cue.ONSET, Priority.MEDIUM)]


def test_a_low_mean_and_then_a_low_systolic_pressure_are_two_low_readings_and_one_alarm() -> None:
    watch = Watch()
    watch.see(read(LOW, 44))
    watch.pass_s(180, read(LOW, 44, age_s=180))
    assert ("nibp_low", Cue.ONSET, Priority.HIGH) in told(watch, read(LOW - 1, 44))
    assert watch.alarming() == {"nibp_low"}


@pytest.mark.parametrize("missing", [Quality.INVALID, Quality.UNAVAILABLE, None])
def test_it_stays_until_the_next_reading(missing: Quality | None) -> None:
    watch = Watch()
    watch.see(read(LOW - 5))
    watch.pass_s(30, read(missing, missing))
    assert "nibp_low" in watch.alarming()
    watch.see(read(LOW - 5, age_s=601))
    assert "nibp_low" in watch.alarming()


@pytest.mark.parametrize("name", ["nibp_low", "map_low", "nibp_high"])
@pytest.mark.parametrize("numbers", [(LOW - 5, 40), (95, 60), (140, 90)])
def test_a_reading_that_is_gone_says_nothing_either_way(
    name: str, numbers: tuple[int, int]
) -> None:
    (kept,) = DETECTORS[name](read(*numbers, age_s=600))
    (gone,) = DETECTORS[name](read(*numbers, age_s=600.1))
    assert (kept.presence != "unknown", gone.presence) == (True, "unknown")


def test_the_newest_of_two_cuffs_counts() -> None:
    old = DeviceView("other", *_parts(cuff(60, 40, age_s=100)))
    seen = bed(old, cuff(95, 60, age_s=5), limits=PRESSED, required=NIBP)
    assert Watch().see(seen) == []


def _parts(view: DeviceView) -> tuple[Any, ...]:
    return view.modalities, view.state, view.ages, view.samples


@pytest.mark.parametrize(
    ("age_s", "priority"),
    [(360, None), (360.1, Priority.LOW), (599.9, Priority.LOW), (600.1, Priority.MEDIUM)],
)
def test_a_pressure_is_overdue_a_minute_after_its_interval_and_medium_after_two(
    age_s: float, priority: Priority | None
) -> None:
    seen = read(age_s=age_s, elapsed_s=2000.0, cuffed_s=age_s)
    found = [one.priority for one in Watch().see(seen) if one.key.condition == "nibp_overdue"]
    assert found == ([] if priority is None else [priority])


@given(st.integers(1, 60), st.floats(0, 10_000))
def test_a_pressure_is_overdue_by_the_interval_that_was_set(minutes: int, age_s: float) -> None:
    every_s = 60.0 * minutes
    seen = read(age_s=age_s, elapsed_s=20_000.0, every_s=every_s)
    (finding,) = DETECTORS["nibp_overdue"](seen)
    late = age_s > every_s + 60 or age_s > 2 * every_s
    assert (finding.presence == "present") == late or age_s > 600


def test_it_escalates_as_the_second_interval_passes() -> None:
    watch = Watch()
    watch.see(read(age_s=400, elapsed_s=2000.0))
    late = read(age_s=601, elapsed_s=2201.0, cuffed_s=601.0)
    assert told(watch, late) == [("nibp_overdue", Cue.ESCALATED, Priority.MEDIUM)]


def test_where_nobody_asks_for_it_nothing_is_overdue_and_absent_is_nothing() -> None:
    nobody: frozenset[Modality] = frozenset()
    seen = read(age_s=9000, elapsed_s=9000.0, every_s=None, required=nobody)
    assert Watch().see(seen) == []
    bare = bed(oximeter(), limits=PRESSED, required=nobody, seen=(), elapsed_s=9000.0)
    watch = Watch()
    watch.pass_s(60, bare)
    assert watch.changes == []


def test_an_interval_that_somebody_set_counts_where_nothing_is_required() -> None:
    nobody: frozenset[Modality] = frozenset()
    seen = bed(oximeter(), required=nobody, every_s=300.0, elapsed_s=361.0)
    assert cues(Watch().see(seen)) == [("nibp_overdue", Cue.ONSET)]


def test_what_was_never_measured_though_required_is_one_event_and_never_seen_owns_it() -> None:
    watch = Watch()
    never = read(None, None, seen=(Measure.SPO2, Measure.PULSE_RATE), elapsed_s=5000.0)
    watch.see(never)
    assert watch.alarming() == {"never_seen_nibp"}


def test_a_measurement_that_failed_does_not_forget_the_one_before() -> None:
    failed = read(Quality.INVALID, Quality.INVALID, elapsed_s=5000.0, cuffed_s=100.0)
    assert Watch().see(failed) == []


def test_a_pressure_that_a_person_types_counts_without_a_cuff_and_never_beside_one() -> None:
    known: dict[str, Any] = {
        "limits": PRESSED,
        "required": NIBP,
        "every_s": 300.0,
        "elapsed_s": 5000.0,
        "typed_s": {Measure.NIBP_SYSTOLIC: 10.0},
        "seen": (Measure.SPO2, Measure.PULSE_RATE),
    }
    assert Watch().see(bed(oximeter(), **known)) == []
    assert cues(Watch().see(bed(oximeter(), cuff(None, None), **known))) == [
        ("never_seen_nibp", Cue.ONSET)
    ]
    old = {**known, "seen": tuple(Measure)}
    connected = bed(oximeter(), cuff(95, 60, age_s=700), **old)
    assert cues(Watch().see(connected)) == [("nibp_overdue", Cue.ONSET)]


@pytest.mark.parametrize(
    ("since_s", "priority"),
    [(0.0, None), (360.0, None), (361.0, Priority.LOW), (601.0, Priority.MEDIUM)],
)
def test_an_interval_counts_from_when_it_was_set_at_the_earliest(
    since_s: float, priority: Priority | None
) -> None:
    nobody: frozenset[Modality] = frozenset()
    known: dict[str, Any] = {"every_s": 300.0, "elapsed_s": 2400.0 + since_s, "required": nobody}
    for devices in ([], [cuff(95, 60, age_s=1200 + since_s)]):
        found = Watch().see(bed(oximeter(), *devices, every_since_s=since_s, **known))
        assert [one.priority for one in found] == ([] if priority is None else [priority])


def awake(systolic: float, age_s: float, phase_s: float | None) -> BedView:
    """Return a patient in recovery, where more is asked of the pressure, and a reading."""
    stricter = {**PRESSED, Measure.NIBP_SYSTOLIC: Range(lo=90, hi=130)}
    known: dict[str, Any] = {"phase": Phase.RECOVERY, "phase_s": phase_s, "former": PRESSED}
    return read(systolic, age_s=age_s, **{**known, "limits": stricter})


@pytest.mark.parametrize(
    ("systolic", "age_s", "phase_s", "expected"),
    [
        (85, 200.0, 100.0, set()),
        (79, 200.0, 100.0, {"nibp_low"}),
        (85, 50.0, 100.0, {"nibp_low"}),
        (85, 200.0, None, {"nibp_low"}),
    ],
)
def test_a_reading_is_held_to_the_limits_of_the_phase_in_which_it_was_taken(
    systolic: float, age_s: float, phase_s: float | None, expected: set[str]
) -> None:
    watch = Watch()
    watch.see(awake(systolic, age_s, phase_s))
    assert watch.alarming() == expected


def test_the_next_reading_in_recovery_is_held_to_what_holds_there() -> None:
    watch = Watch()
    watch.see(read(85))
    watch.pass_s(100, awake(85, 200.0, 100.0))
    assert watch.changes == []
    assert told(watch, awake(85, 0.0, 101.0)) == [("nibp_low", Cue.ONSET, Priority.MEDIUM)]
