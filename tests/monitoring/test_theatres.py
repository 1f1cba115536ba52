"""Whatever happens at a bed, over the real detectors: what must hold of its alarms all the time."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from standing import again, run, standing
from theatres import KINDS, Monitor, Theatre
from truths import due, unended, unseen

from monitoring.alarms import Alarms, Change, Key
from monitoring.signals import Cue
from vitals.sounding import SoundProfile
from vitals.vocabulary import Airway, AlarmKind, DeviceState, Modality, Phase, SignalState

SHOWN = (SignalState.ON, SignalState.ACKNOWLEDGED)
NAMES = ("oximeter", "capnograph", "ecg", "cuff")
MODALITIES = (Modality.PULSE_OXIMETRY, Modality.CAPNOGRAPHY, Modality.ECG, Modality.NIBP)
MODALITY = dict(zip(NAMES, MODALITIES, strict=True))
STEPS = st.sampled_from([0.0, 2.5, 5.0, 10.0, 15.0, 30.0, 60.0, 130.0])
BREATH = ("apnoea", "co2_lost")


class Bed(RuleBasedStateMachine):
    """Every rule is something that happens to the patient, to a monitor, or that a person does."""

    def __init__(self) -> None:
        super().__init__()
        self.bed = Theatre()

    @initialize(
        early=st.booleans(),
        emergency=st.booleans(),
        profile=st.sampled_from([SoundProfile.THEATRE, SoundProfile.FULL]),
    )
    def a_case_begins(self, profile: SoundProfile, *, early: bool, emergency: bool) -> None:
        bed = self.bed
        bed.profile, bed.said.emergency = profile, emergency
        bed.begun = 0.0 if early else -600.0
        bed.monitors = {name: Monitor(MODALITY[name]) for name in NAMES[:2]}
        self.happen(5.0)

    def happen(self, seconds: float) -> None:
        """Let what has just changed be seen, and time pass."""
        self.bed.touched = self.bed.seconds
        self.look()
        self.time_passes(seconds)

    def look(self) -> None:
        before, seen, changes = self.bed.look()
        self.judge(before, changes)
        raised = [one.key for one in changes if one.cue in (Cue.ONSET, Cue.ESCALATED)]
        assert not [key for key in raised if unseen(key, seen)], "made more urgent by nothing"
        wrong = [key for key in self.ended(before) if unended(self.bed, key, before, seen)]
        assert not wrong, f"ended with nothing to show for it: {wrong}"
        missing = list(due(self.bed))
        assert not missing, f"nobody is told of {missing}"

    def judge(self, before: Alarms, changes: list[Change]) -> None:
        was, now = standing(before), standing(self.bed.alarms)
        changed = {key for key in was.keys() | now.keys() if was.get(key) != now.get(key)}
        assert {change.key for change in changes} >= changed
        for change in changes:
            assert change.at == self.bed.now
            if change.cue in (Cue.ONSET, Cue.ESCALATED, Cue.LAPSED):
                assert self.bed.alarms[change.key].signal is SignalState.ON
        told = [change.key for change in changes if change.cue is not Cue.LAPSED]
        assert len(set(told)) == len(told)
        self.judge_priority(before)

    def judge_priority(self, before: Alarms) -> None:
        for key, alarm in self.bed.alarms.items():
            was = before.get(key)
            if was is not None and was.condition.alarming and alarm.condition.alarming:
                assert alarm.priority.rank >= was.priority.rank

    def ended(self, before: Alarms) -> list[Key]:
        now = self.bed.alarms
        return [
            key
            for key, alarm in before.items()
            if alarm.condition.alarming
            and not (key in now and now[key].condition.alarming)
            and KINDS[key.condition] is AlarmKind.PHYSIOLOGICAL
        ]

    @rule(seconds=STEPS)
    def time_passes(self, seconds: float) -> None:
        for _ in self.bed.passing(seconds):
            self.look()

    @rule(
        spo2=st.sampled_from([98.0, 98.0, 93.0, 91.0, 85.0, 84.0, None]),
        rate=st.sampled_from([100.0, 100.0, 65.0, 60.0, 40.0, 170.0, 190.0, None]),
        breathing=st.booleans(),
        seconds=STEPS,
    )
    def the_patient_changes(
        self, spo2: float | None, rate: float | None, seconds: float, *, breathing: bool
    ) -> None:
        patient = self.bed.patient
        patient.spo2, patient.rate, patient.breathing = spo2, rate, breathing
        self.happen(seconds)

    @rule(
        name=st.sampled_from(NAMES),
        state=st.sampled_from([*DeviceState, DeviceState.RECEIVING]),
        on=st.booleans(),
        seconds=STEPS,
    )
    def a_monitor_changes(self, name: str, state: DeviceState, seconds: float, *, on: bool) -> None:
        known = next((n for n in self.bed.monitors if n.rstrip("'") == name), name)
        monitor = self.bed.monitors.setdefault(known, Monitor(MODALITY[name]))
        monitor.state, monitor.on = state, on
        self.happen(seconds)

    @precondition(lambda self: self.bed.monitors)
    @rule(data=st.data(), seconds=STEPS)
    def a_monitor_is_taken_away(self, data: st.DataObject, seconds: float) -> None:
        del self.bed.monitors[data.draw(st.sampled_from(sorted(self.bed.monitors)))]
        self.happen(seconds)

    @rule(
        systolic=st.sampled_from([95.0, 65.0, 40.0, 130.0, None]),
        begins=st.booleans(),
        seconds=STEPS,
    )
    def a_cuff_fills_or_has_measured(
        self, systolic: float | None, seconds: float, *, begins: bool
    ) -> None:
        self.time_passes(2.5)
        self.bed.cuff = self.bed.seconds if begins else None
        if not begins:
            self.bed.measure(systolic)
        self.happen(seconds)

    @rule(airway=st.sampled_from([*Airway]), seconds=STEPS)
    def an_airway_is_entered(self, airway: Airway, seconds: float) -> None:
        self.bed.place(airway)
        self.happen(seconds)

    @rule(
        what=st.sampled_from(["recovery", "again", "move", "jump", "jump back", "journal"]),
        seconds=STEPS,
    )
    def something_else_happens(self, what: str, seconds: float) -> None:
        match what:
            case "recovery":
                self.bed.turn(Phase.RECOVERY)
            case "again":
                self.bed.turn(Phase.DURING)
            case "move":
                self.bed.move()
            case "journal":
                self.bed.recording = not self.bed.recording
            case _:
                self.bed.jump(3600.0 if what == "jump" else -3600.0)
        self.happen(seconds)

    @precondition(lambda self: self.bed.alarms)
    @rule(data=st.data())
    def somebody_acknowledges(self, data: st.DataObject) -> None:
        bed, before = self.bed, self.bed.alarms
        key = data.draw(st.sampled_from(sorted(before, key=str)))
        change = bed.acknowledge(key)
        waited = before[key].signal in (SignalState.ON, SignalState.LATCHED)
        assert (change is not None) == waited
        if waited and before[key].condition.alarming:
            assert bed.alarms[key].signal is SignalState.ACKNOWLEDGED
        elif waited:
            assert key not in bed.alarms
        others = before.keys() - {key}
        assert {k: bed.alarms[k] for k in others} == {k: before[k] for k in others}

    @rule(twice=st.booleans(), seconds=STEPS)
    def somebody_asks_for_silence(self, seconds: float, *, twice: bool) -> None:
        """Also as the sound is turned on in between, all in one moment."""
        self.bed.press()
        if twice:
            self.bed.resume()
            self.bed.press()
        self.time_passes(seconds)

    @rule()
    def somebody_turns_the_sound_on(self) -> None:
        self.bed.resume()
        assert self.bed.pause is None or not self.bed.pause.left_s(self.bed.now)

    @rule(seconds=STEPS)
    def the_daemon_starts_again(self, seconds: float) -> None:
        self.bed.restart()
        self.happen(seconds)

    @invariant()
    def what_is_alarming_is_shown_and_nothing_else(self) -> None:
        for alarm in self.bed.alarms.values():
            assert alarm.condition.alarming == (alarm.signal in SHOWN)

    @invariant()
    def when_no_pause_lasts_what_is_on_and_wanted_sounds(self) -> None:
        bed = self.bed
        if bed.pause is None or not bed.pause.left_s(bed.now):
            on = {key for key, one in bed.alarms.items() if one.signal is SignalState.ON}
            assert set(bed.heard()) <= on
            if bed.profile is SoundProfile.FULL:
                assert set(bed.heard()) == on

    @invariant()
    def no_high_that_nobody_has_acknowledged_is_silent_for_longer_than_a_pause(self) -> None:
        assert self.bed.silent_s() <= 0.0

    @invariant()
    def no_breath_is_one_event(self) -> None:
        found = [k for k, one in self.bed.alarms.items() if one.condition.alarming]
        assert len([key for key in found if key.condition in BREATH]) <= 1

    @invariant()
    def the_record_alone_gives_the_same_state(self) -> None:
        assert standing(self.bed.read_back) == standing(self.bed.alarms)

    def teardown(self) -> None:
        assert again(self.bed.record) == standing(self.bed.alarms)


@pytest.mark.timeout(280)
def test_a_thousand_histories_of_a_bed_keep_the_invariants() -> None:
    run(Bed, 1_000, steps=15)


@pytest.mark.proof
@pytest.mark.timeout(3600)
def test_ten_thousand_histories_of_a_bed_keep_the_invariants() -> None:
    run(Bed, 10_000, steps=15)
