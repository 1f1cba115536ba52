from __future__ import annotations

from itertools import pairwise

import pytest

from devices.simulated.patient import Patient
from devices.simulated.pleth import beat
from devices.simulated.rows import (
    Motion,
    PatientEvent,
    PatientRow,
    Perfusion,
    Probe,
    Pulse,
    Wrap,
)

CHILD = PatientRow("Stue 1", "4y", 98, 118)
SEEDS = range(5)


def wave(patient: Patient, since_s: float, until_s: float) -> list[float]:
    samples = [patient.pleth(frame / 75) for frame in range(int(since_s * 75), int(until_s * 75))]
    return [sample for sample in samples if sample is not None]


@pytest.mark.parametrize("seed", SEEDS)
def test_values_vary_gently_around_where_they_are(seed: int) -> None:
    states = [Patient(CHILD, seed=seed).at(second) for second in range(600)]
    assert all(97 < state.spo2 < 99 for state in states)
    assert all(115.5 < state.pulse_rate < 120.5 for state in states)
    assert len({state.pulse_rate for state in states}) > 500
    assert all(abs(a.pulse_rate - b.pulse_rate) < 1 for a, b in pairwise(states))


def test_a_saturation_never_exceeds_full() -> None:
    patient = Patient(PatientRow("Stue 1", "4y", 100, 118), seed=1)
    assert max(patient.at(second).spo2 for second in range(300)) == 100


def test_the_same_seed_is_the_same_patient_in_any_order() -> None:
    one, other = Patient(CHILD, seed=7), Patient(CHILD, seed=7)
    forward = [one.at(second) for second in range(20)]
    backward = [other.at(second) for second in reversed(range(20))]
    assert forward == backward[::-1]
    assert one.at(3) != Patient(CHILD, seed=8).at(3)


def test_events_move_values_and_change_states() -> None:
    events = [
        PatientEvent(at_s=6, spo2=90, over_s=2),
        PatientEvent(at_s=6, pulse_rate=140),
        PatientEvent(at_s=9, probe=Probe.OFF),
        PatientEvent(at_s=10, pulse=Pulse.LOST, motion=Motion.ON),
    ]
    patient = Patient(CHILD, events, seed=1)
    assert patient.at(5.9).spo2 == pytest.approx(98, abs=0.6)
    assert patient.at(7).spo2 == pytest.approx(94, abs=0.6)
    assert patient.at(8).spo2 == pytest.approx(90, abs=0.6)
    assert patient.at(6).pulse_rate == pytest.approx(140, abs=2)
    assert [patient.at(t).probe for t in (8.9, 9)] == [Probe.ON, Probe.OFF]
    assert [patient.at(t).measurable for t in (8.9, 9)] == [True, False]
    assert (patient.at(10).pulse, patient.at(10).motion) == (Pulse.LOST, Motion.ON)
    assert (patient.at(9.9).pulse, patient.at(9.9).motion) == (Pulse.FOUND, Motion.OFF)


@pytest.mark.parametrize("period_s", [None, 20.0])
def test_beats_accumulate_at_the_pulse_rate_and_never_jump(period_s: float | None) -> None:
    patient = Patient(CHILD, [PatientEvent(at_s=5, pulse_rate=150)], seed=1, period_s=period_s)
    beats = [patient.beats(step / 100) for step in range(6000)]
    assert beats[0] == 0
    for step, (earlier, later) in enumerate(pairwise(beats)):
        middle = patient.at((step + 0.5) / 100).pulse_rate
        assert later - earlier == pytest.approx(middle / 60 / 100, abs=0.006)
    mean = sum(patient.at((step + 0.5) / 100).pulse_rate for step in range(5999)) / 5999
    assert beats[-1] == pytest.approx(mean * 59.99 / 60, abs=0.02)


def test_the_pleth_peaks_once_a_beat() -> None:
    patient = Patient(CHILD, seed=1)
    samples = wave(patient, 0, 60)
    low, high = sorted(samples)[len(samples) // 4], sorted(samples)[len(samples) * 4 // 5]
    peaks, risen = 0, False
    for sample in samples:
        peaks += sample >= high and not risen
        risen = sample >= high or (risen and sample > low)
    assert peaks == pytest.approx(patient.beats(60), abs=2)


def test_a_beat_rises_steeply_and_has_a_notch() -> None:
    shape = [beat(step / 200) for step in range(200)]
    peaks = [i for i in range(1, 199) if shape[i - 1] < shape[i] >= shape[i + 1]]
    assert len(peaks) == 2
    systole, dicrotic = peaks
    assert shape[systole] == pytest.approx(1, abs=0.01)
    assert systole / 200 < 0.2
    notch = min(shape[systole:dicrotic])
    assert notch + 0.01 < shape[dicrotic] < 0.7
    assert shape[0] == pytest.approx(shape[-1], abs=0.01)


def test_breathing_swings_the_pleth() -> None:
    patient = Patient(CHILD, seed=1)
    feet = [min(wave(patient, second / 2, second / 2 + 0.6)) for second in range(60)]
    assert 0.03 < max(feet) - min(feet) < 0.25


def test_a_weak_pulse_and_a_lost_one_are_smaller() -> None:
    spans = []
    for perfusion in Perfusion:
        patient = Patient(PatientRow("Stue 1", "4y", 98, 118, perfusion), seed=1)
        samples = wave(patient, 0, 10)
        spans.append(max(samples) - min(samples))
    lost = wave(Patient(CHILD, [PatientEvent(at_s=0, pulse=Pulse.LOST)], seed=1), 0, 10)
    spans.append(max(lost) - min(lost))
    assert spans == sorted(spans, reverse=True)
    assert spans[0] > 0.5
    assert spans[-1] < 0.15


def test_movement_shakes_the_pleth_within_its_scale() -> None:
    still = Patient(CHILD, seed=1)
    moving = Patient(CHILD, [PatientEvent(at_s=0, motion=Motion.ON)], seed=1)
    shaken = wave(moving, 0, 20)
    assert max(abs(a - b) for a, b in zip(shaken, wave(still, 0, 20), strict=True)) > 0.2
    assert 0 <= min(shaken) <= max(shaken) <= 1


def test_there_is_no_pleth_without_a_probe() -> None:
    patient = Patient(CHILD, [PatientEvent(at_s=1, probe=Probe.OFF)], seed=1)
    assert patient.pleth(0.99) is not None
    assert patient.pleth(1) is None


def test_a_cuff_on_the_limb_of_the_probe_takes_its_pulse_while_it_measures() -> None:
    row = PatientRow(bed="Stue 1", age="7y", spo2=98, pulse_rate=98, same_limb=True)
    patient = Patient(row)
    measuring = [second for second in range(400) if patient.inflating(second)]
    assert measuring
    lost = [second for second in range(400) if not patient.at(second).measurable]
    assert lost == measuring
    flat = {patient.pleth(measuring[0] + step / 50) for step in range(100)}
    beating = {patient.pleth(step / 50) for step in range(100)}
    assert max(map(float, filter(None, flat))) < max(map(float, filter(None, beating)))


def test_a_cuff_that_is_off_measures_nothing_and_keeps_its_last_number() -> None:
    events = [PatientEvent(at_s=100, cuff=Wrap.OFF), PatientEvent(at_s=500, cuff=Wrap.ON)]
    patient = Patient(CHILD, events)
    first = patient.cuff(50)
    assert first is not None
    assert not any(patient.inflating(second) for second in range(100, 500))
    assert patient.cuff(499) == first
    later = patient.cuff(700)
    assert later is not None
    assert (later.number > first.number, later.at_s > 500) == (True, True)


def test_a_cuff_that_was_never_on_has_no_number() -> None:
    assert Patient(CHILD, [PatientEvent(at_s=0, cuff=Wrap.OFF)]).cuff(4000) is None
