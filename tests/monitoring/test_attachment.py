from __future__ import annotations

from typing import Any

import pytest
from beds import REQUIRED, SEEN, Watch, bed, oximeter
from monitors import capnograph, cuff, ecg

from monitoring.view import Breathed, DeviceView
from vitals.measure import Measure
from vitals.reading import Note, Quality
from vitals.vocabulary import DeviceState, Modality, Priority

ALL = frozenset({Modality.PULSE_OXIMETRY, Modality.CAPNOGRAPHY, Modality.ECG, Modality.NIBP})
NOBODY: frozenset[Modality] = frozenset()
STUCK = Breathed(last_s=2.0, proof_s=9.0)
"""It sends numbers and no wave."""
OFF = {
    "lead_off": ecg(Quality.INVALID),
    "co2_off": capnograph(
        Quality.INVALID, breathed=Breathed(), notes=frozenset({Note.CHECK_SAMPLING_LINE})
    ),
}
GONE = {"stale_ecg": ecg(None), "stale_co2": capnograph(None, breathed=STUCK)}
UNSEEN = {
    "never_seen": Measure.SPO2,
    "never_seen_co2": Measure.ETCO2,
    "never_seen_ecg": Measure.HEART_RATE,
    "never_seen_nibp": Measure.NIBP_SYSTOLIC,
}
WELL = (oximeter(), capnograph(), ecg(), cuff())


def passed(device: DeviceView, seconds: float, **known: Any) -> Watch:
    watch = Watch()
    watch.see(bed(device, **known))
    watch.pass_s(seconds, bed(device, **known))
    return watch


def test_four_monitors_at_work_are_no_alarm() -> None:
    watch = Watch()
    watch.pass_s(60, bed(*WELL, required=ALL))
    assert watch.changes == []


@pytest.mark.parametrize("condition", OFF)
def test_what_is_off_is_medium_where_it_is_required_and_low_elsewhere(condition: str) -> None:
    device = OFF[condition]
    assert condition not in passed(device, 4.9, required=ALL).alarming()
    found = passed(device, 5.0, required=ALL).alarm(condition, device.name)
    assert found.priority is Priority.MEDIUM
    assert passed(device, 5.0, required=NOBODY).alarm(condition, device.name).priority is (
        Priority.LOW
    )


@pytest.mark.parametrize("condition", OFF)
@pytest.mark.parametrize("known", [{"elapsed_s": 119.9}, {"seen": ()}])
def test_what_is_off_is_silent_in_the_grace_and_before_its_first_number(
    condition: str, known: dict[str, Any]
) -> None:
    assert condition not in passed(OFF[condition], 60, required=ALL, **known).alarming()


def test_a_lead_that_the_monitor_calls_off_is_off_though_a_number_stands() -> None:
    device = ecg()
    said = DeviceView(
        *(device.name, device.modalities, device.state, device.ages, device.samples),
        frozenset({Note.LEADS_OFF}),
    )
    assert "lead_off" in passed(said, 5.0, required=ALL).alarming()


@pytest.mark.parametrize("condition", GONE)
def test_a_required_number_that_stays_away_is_stale_and_an_optional_one_is_not(
    condition: str,
) -> None:
    assert condition not in passed(GONE[condition], 6.9, required=ALL).alarming()
    assert condition in passed(GONE[condition], 7.0, required=ALL).alarming()
    assert condition not in passed(GONE[condition], 60, required=NOBODY).alarming()


@pytest.mark.parametrize("condition", UNSEEN)
def test_each_required_modality_that_gave_nothing_has_an_alarm_of_its_own(condition: str) -> None:
    seen = tuple(measure for measure in Measure if measure is not UNSEEN[condition])
    watch = Watch()
    assert watch.see(bed(required=ALL, seen=seen, elapsed_s=119.9)) == []
    watch.see(bed(required=ALL, seen=seen, elapsed_s=120.0))
    assert watch.alarming() == {condition}
    assert Watch().see(bed(required=NOBODY, seen=seen, elapsed_s=120.0)) == []


@pytest.mark.parametrize("quality", [Quality.INVALID, Quality.UNAVAILABLE])
@pytest.mark.parametrize(
    ("breathed", "notes"),
    [
        (Breathed(last_s=30.0, proof_s=40.0, waving=True), frozenset()),
        (STUCK, frozenset({Note.NO_BREATH})),
    ],
)
def test_co2_without_breath_is_no_fault_of_the_line(
    quality: Quality, breathed: Breathed, notes: frozenset[Note]
) -> None:
    watch = passed(capnograph(quality, breathed=breathed, notes=notes), 60, required=ALL)
    assert {"co2_off", "stale_co2"} & watch.alarming() == set()


def test_co2_whose_wave_goes_on_without_its_number_is_stale() -> None:
    assert "stale_co2" in passed(capnograph(None), 10, required=ALL).alarming()


def test_nothing_is_missed_from_a_monitor_that_never_gave_it_where_another_does() -> None:
    able = DeviceView("gas", (Modality.PULSE_OXIMETRY,), ecg().state, cuff().ages, {})
    watch = Watch()
    watch.pass_s(60, bed(oximeter(None, 100), able, required=ALL, cuffed_s=1.0))
    assert "stale" in watch.alarming()
    watch = Watch()
    watch.pass_s(60, bed(oximeter(Quality.INVALID, Quality.INVALID), able))
    assert watch.alarming() == {"probe_off"}


def test_one_monitor_of_everything_has_an_alarm_for_each_that_is_lost() -> None:
    whole = DeviceView(
        "bedside",
        tuple(sorted(ALL)),
        oximeter().state,
        cuff().ages,
        {**ecg(None).samples, **oximeter(None, 100).samples},
    )
    watch = passed(whole, 8, required=ALL)
    assert {"stale", "stale_ecg"} <= watch.alarming()
    watch.acknowledge("stale", "bedside")
    assert watch.alarm("stale_ecg", "bedside").signal == "on"


def moved(device: DeviceView, seconds: float, **known: Any) -> Watch:
    """Return what has become of it so long after the patient came from another bed."""
    watch = Watch()
    for step in range(round(seconds * 10)):
        watch.pass_s(0.1, bed(device, arrived_s=step / 10, **known))
    return watch


@pytest.mark.parametrize("condition", [*OFF, *GONE])
def test_a_patient_who_was_moved_is_given_time_until_the_probes_are_on(condition: str) -> None:
    device = {**OFF, **GONE}[condition]
    grace_s = bed().case.allowances.arrival.grace_s
    assert moved(device, grace_s + 4.9, required=ALL).alarming() == set()
    assert condition in moved(device, grace_s + 10.0, required=ALL).alarming()


def test_a_case_that_began_at_its_bed_is_given_nothing() -> None:
    device = OFF["lead_off"]
    assert passed(device, 5.0, required=ALL, arrived_s=None).alarming() == {"lead_off"}


LATE = frozenset({Modality.ECG, Modality.CAPNOGRAPHY})
"""Required since a moment ago."""


def test_what_came_to_be_required_later_may_be_unseen_until_its_own_grace_ends() -> None:
    known: dict[str, Any] = {"required": ALL, "elapsed_s": 1800.0, "seen": (Measure.SPO2,)}
    watch = Watch()
    watch.pass_s(60, bed(oximeter(), attaching=ALL - REQUIRED, **known))
    assert watch.changes == []
    watch.see(bed(oximeter(), attaching=frozenset({Modality.NIBP}), **known))
    assert watch.alarming() == {"never_seen_co2", "never_seen_ecg"}


@pytest.mark.parametrize("condition", [*OFF, *GONE])
def test_what_was_lost_before_it_was_required_is_no_medium_alarm_until_its_grace_ends(
    condition: str,
) -> None:
    device = {**OFF, **GONE}[condition]
    watch = passed(device, 60, required=ALL, attaching=LATE)
    found = {key.condition: alarm.priority for key, alarm in watch.alarms.items()}
    assert found.get(condition, Priority.LOW) is Priority.LOW
    watch.pass_s(8, bed(device, required=ALL))
    assert watch.alarm(condition, device.name).priority is Priority.MEDIUM


AWAY = {
    "stale": (Modality.PULSE_OXIMETRY, oximeter()),
    "stale_co2": (Modality.CAPNOGRAPHY, capnograph()),
    "stale_ecg": (Modality.ECG, ecg()),
}


@pytest.mark.parametrize("condition", AWAY)
def test_a_required_number_whose_monitor_left_the_bed_is_stale_until_it_comes_again(
    condition: str,
) -> None:
    modality, device = AWAY[condition]
    known: dict[str, Any] = {"required": frozenset({modality})}
    watch = Watch()
    watch.pass_s(5, bed(device, **known))
    watch.see(bed(cuff(), **known))
    assert watch.pass_s(9.9, bed(cuff(), **known)) == []
    (onset,) = watch.pass_s(0.1, bed(cuff(), **known))
    assert (onset.key.condition, onset.key.device) == (condition, None)
    assert onset.priority is Priority.MEDIUM
    watch.see(bed(device, **known))
    assert watch.alarming() == set()


def test_a_patient_who_was_moved_to_a_bed_without_a_monitor_is_given_time_and_then_missed() -> None:
    grace_s, watch = bed().case.allowances.arrival.grace_s, Watch()
    for step in range(round((grace_s + 9.9) * 10)):
        watch.pass_s(0.1, bed(arrived_s=step / 10))
    assert watch.alarming() == set()
    watch.pass_s(0.2, bed(arrived_s=grace_s + 10))
    assert watch.alarming() == {"stale"}


TYPED = {Measure.SPO2: 10.0, Measure.NIBP_SYSTOLIC: 10.0}
BLOCK: dict[str, Any] = {"required": frozenset({Modality.PULSE_OXIMETRY, Modality.NIBP})}


@pytest.mark.parametrize("seen", [(), SEEN])
def test_numbers_that_are_typed_stand_for_monitors_that_the_bed_has_none_of(seen: Any) -> None:
    watch = Watch()
    watch.pass_s(30, bed(typed_s=TYPED, seen=seen, **BLOCK))
    assert watch.changes == []


@pytest.mark.parametrize(("seen", "missed"), [((), "never_seen"), (SEEN, "stale")])
def test_a_number_that_is_typed_stands_for_a_monitor_as_long_as_its_row_says(
    seen: Any, missed: str
) -> None:
    within_s, watch = bed().case.allowances.typed.within_s, Watch()
    for age_s in (within_s, within_s + 0.1):
        watch.pass_s(11, bed(typed_s={**TYPED, Measure.SPO2: age_s}, seen=seen, **BLOCK))
        assert watch.alarming() == (set() if age_s == within_s else {missed})


@pytest.mark.parametrize("state", DeviceState)
def test_a_number_that_is_typed_silences_no_monitor_that_stands_at_the_bed(
    state: DeviceState,
) -> None:
    watch = Watch()
    watch.pass_s(30, bed(oximeter(None, None, state=state), typed_s=TYPED))
    owned = {DeviceState.RECEIVING: "stale", DeviceState.DEFECTIVE: "driver_defect"}
    assert watch.alarming() == {owned.get(state, "link_lost")}
    watch = Watch()
    watch.see(bed(oximeter(None, None), typed_s=TYPED, seen=()))
    assert watch.alarming() == {"never_seen"}
