"""A bed at which anything may happen, held to what must hold of its alarms at every moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from beds import AGES, FRESH_S, REQUIRED, alarms_shipped, at, case_view
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from standing import standing

from monitoring.alarms import Alarm, Change, Key, acknowledge, advance, replayed
from monitoring.signals import Cue
from monitoring.view import BedView, DeviceView, Sample
from vitals.measure import Measure
from vitals.reading import Quality
from vitals.vocabulary import DeviceState, Modality, SignalState

ROWS = alarms_shipped().conditions
NAMES = ("a", "b")
SHOWN = (SignalState.ON, SignalState.ACKNOWLEDGED)
PROVED_BY = {
    "spo2_low": Measure.SPO2,
    "hr_low": Measure.PULSE_RATE,
    "hr_high": Measure.PULSE_RATE,
    "no_pulse": Measure.PULSE_RATE,
}
VALUES = {
    Measure.SPO2: st.sampled_from([40, 84, 85, 86, 91, 92, 93, 98, 100]),
    Measure.PULSE_RATE: st.sampled_from([18, 59, 60, 61, 69, 70, 100, 155, 156, 184, 185, 300]),
}
STEPS = st.sampled_from([0.0, 0.1, 0.1, 0.3, 1.0, 2.9, 3.1, 4.9, 5.1, 10.0, 19.9, 60.0])


class Bed(RuleBasedStateMachine):
    """One bed with up to two oximeters; every happening is one evaluation."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds = 0.0
        self.last: dict[str, dict[Measure, tuple[float | None, Quality, float]]] = {}
        self.states: dict[str, DeviceState] = {}
        self.required: frozenset[Modality] = REQUIRED
        self.seen: frozenset[Measure] = frozenset()
        self.recording = True
        self.alarms: dict[Key, Alarm] = {}
        self.read_back: dict[Key, Alarm] = {}

    def view(self) -> BedView:
        case = case_view(elapsed_s=self.seconds, required=self.required, seen=self.seen)
        devices = tuple(
            DeviceView(
                name,
                (Modality.PULSE_OXIMETRY,),
                state,
                AGES,
                {
                    measure: Sample(value, quality, self.seconds - read)
                    for measure, (value, quality, read) in self.last.get(name, {}).items()
                },
            )
            for name, state in self.states.items()
        )
        return BedView(case, devices, self.recording)

    def evaluate(self) -> None:
        before, view = self.alarms, self.view()
        self.alarms, changes = advance(before, view, ROWS, at(self.seconds))
        self.record(changes)
        self.seen |= {measure for measure in Measure if any(view.numbers(measure))}
        self.judge_changes(before, changes)
        self.judge_ends(before, view)

    def record(self, changes: Iterable[Change]) -> None:
        for change in changes:
            self.read_back = replayed(self.read_back, change)

    def judge_changes(self, before: Mapping[Key, Alarm], changes: list[Change]) -> None:
        was, now = standing(before), standing(self.alarms)
        changed = {key for key in was.keys() | now.keys() if was.get(key) != now.get(key)}
        assert len({change.key for change in changes}) == len(changes)
        assert {change.key for change in changes} == changed
        assert all(change.at == at(self.seconds) for change in changes)

    def judge_ends(self, before: Mapping[Key, Alarm], view: BedView) -> None:
        for key, alarm in before.items():
            if not alarm.condition.alarming:
                continue
            after = self.alarms.get(key)
            if after is not None and after.condition.alarming:
                assert after.priority.rank >= alarm.priority.rank
            elif key.condition in PROVED_BY:
                assert any(view.numbers(PROVED_BY[key.condition]))
            elif key.condition == "probe_off":
                unasked = not view.case.required and Measure.SPO2 not in view.case.seen
                assert unasked or self.says_on(key.device)

    def says_on(self, device: str | None) -> bool:
        """Tell whether a device is gone from the bed, or says just now that its probe is on."""
        if device not in self.states:
            return True
        _, quality, read = self.last[device][Measure.SPO2]
        current = self.seconds - read <= FRESH_S
        return (
            self.states[device] is DeviceState.RECEIVING
            and current
            and quality is not Quality.INVALID
        )

    @rule(seconds=STEPS)
    def time_passes(self, seconds: float) -> None:
        self.seconds += seconds
        self.evaluate()

    @rule(name=st.sampled_from(NAMES), data=st.data(), quality=st.sampled_from(Quality))
    def a_device_speaks(self, name: str, data: st.DataObject, quality: Quality) -> None:
        said = self.last.setdefault(name, {})
        for measure, values in VALUES.items():
            value = data.draw(values) if quality.usable else None
            said[measure] = (value, quality, self.seconds)
        self.states[name] = DeviceState.RECEIVING
        self.evaluate()

    @rule(
        name=st.sampled_from(NAMES),
        measure=st.sampled_from(sorted(VALUES)),
        quality=st.sampled_from([quality for quality in Quality if not quality.usable]),
    )
    def a_device_says_why_it_has_no_number(
        self, name: str, measure: Measure, quality: Quality
    ) -> None:
        self.last.setdefault(name, {})[measure] = (None, quality, self.seconds)
        self.states[name] = DeviceState.RECEIVING
        self.evaluate()

    @rule(name=st.sampled_from(NAMES), spo2=VALUES[Measure.SPO2], rate=VALUES[Measure.PULSE_RATE])
    def a_value_stays_for_a_while(self, name: str, spo2: float, rate: float) -> None:
        self.states[name] = DeviceState.RECEIVING
        for _ in range(7):
            now = (spo2, Quality.VALID, self.seconds), (rate, Quality.VALID, self.seconds)
            self.last[name] = dict(zip(VALUES, now, strict=True))
            self.evaluate()
            self.seconds += 1.0

    @rule(name=st.sampled_from(NAMES), state=st.sampled_from(DeviceState))
    def a_connection_changes(self, name: str, state: DeviceState) -> None:
        self.states[name] = state
        self.evaluate()

    @rule(name=st.sampled_from(NAMES))
    def a_device_is_taken_away(self, name: str) -> None:
        self.states.pop(name, None)
        self.evaluate()

    @rule(required=st.sampled_from([REQUIRED, frozenset[Modality]()]))
    def the_requirements_change(self, required: frozenset[Modality]) -> None:
        self.required = required
        self.evaluate()

    @rule(recording=st.booleans())
    def the_journal_falls_behind_or_catches_up(self, *, recording: bool) -> None:
        self.recording = recording
        self.evaluate()

    @precondition(lambda self: self.alarms)
    @rule(data=st.data())
    def somebody_acknowledges(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(sorted(self.alarms, key=str)))
        before = self.alarms
        change = acknowledge(before, key, at(self.seconds))
        shown = before[key].signal in (SignalState.ON, SignalState.LATCHED)
        assert (change is not None) == shown
        if change is not None:
            self.alarms = replayed(before, change)
            self.record([change])
        others = before.keys() - {key}
        assert {other: self.alarms.get(other) for other in others} == {
            other: before[other] for other in others
        }

    @rule()
    def the_daemon_starts_again(self) -> None:
        """Go on from the record alone: what only waited is forgotten, what was shown is not."""
        self.alarms = dict(self.read_back)
        self.evaluate()

    @invariant()
    def every_alarm_is_shown_and_nothing_else(self) -> None:
        for alarm in self.alarms.values():
            assert alarm.condition.alarming == (alarm.signal in SHOWN)

    @invariant()
    def the_record_and_the_live_state_agree(self) -> None:
        assert standing(self.read_back) == standing(self.alarms)

    @invariant()
    def nothing_idle_is_kept(self) -> None:
        assert all(
            alarm.condition.alarming or alarm.signal is SignalState.LATCHED or self.waits(alarm)
            for alarm in self.alarms.values()
        )

    @staticmethod
    def waits(alarm: Alarm) -> bool:
        return alarm.condition.state == "pending"


TestBed = Bed.TestCase
TestBed.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)


def test_a_bed_can_be_led_to_every_cue() -> None:
    found: set[Cue] = set()

    class Collecting(Bed):
        def record(self, changes: Iterable[Change]) -> None:
            changes = list(changes)
            found.update(change.cue for change in changes)
            super().record(changes)

    led = Collecting()
    led.a_value_stays_for_a_while("a", 91, 65)
    led.record([change for key in led.alarms if (change := acknowledge(led.alarms, key, at(7)))])
    led.a_value_stays_for_a_while("a", 84, 59)
    led.a_value_stays_for_a_while("a", 98, 100)
    assert found == set(Cue) - {Cue.LAPSED}  # only of a condition that a row names
