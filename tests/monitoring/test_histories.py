"""The invariants of alarm signals, held over drawn histories of one bed."""

from __future__ import annotations

import pytest
from beds import at
from hearing import UNHEARD_S, Hearing
from histories import CONDITIONS, PAUSE_S, SIGNALS, History
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
)
from standing import again, run, standing

from monitoring.alarms import Key
from monitoring.conditions import Presence
from monitoring.detectors import Finding
from monitoring.signals import Cue
from vitals.instant import Instant
from vitals.vocabulary import Priority, SignalState

SHOWN = (SignalState.ON, SignalState.ACKNOWLEDGED)
STEPS = st.sampled_from([0.0, 0.125, 1.0, 2.875, 5.125, 10.0, 20.0, 61.0, 119.0, 121.0])
"""Eighths of a second, which add up without rounding."""
BEGINS = (Cue.ONSET, Cue.ESCALATED, Cue.LAPSED)
ENDS = (Cue.ENDED, Cue.ENDED_LATCHING)
LAPSE_S = SIGNALS.lapses["link_lost"].after_s


class Histories(RuleBasedStateMachine):
    """Every rule is something that is seen, or something that a person does."""

    def __init__(self) -> None:
        super().__init__()
        self.history = History()
        self.hearing = Hearing()
        self.raised: dict[Key, Instant] = {}
        """When each last began, became more urgent or was acknowledged for too long."""

    def evaluate(self) -> None:
        before = standing(self.history.alarms)
        changes = self.history.evaluate()
        after = standing(self.history.alarms)
        changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
        assert {change.key for change in changes} == changed
        for change in changes:
            if change.cue in ENDS:
                seen = self.history.seen[change.key.condition]
                assert seen.presence is Presence.ABSENT
            if change.cue in BEGINS:
                self.raised[change.key] = change.at
                assert self.history.alarms[change.key].signal is SignalState.ON

    def hear(self, since: float) -> None:
        """Hold what nobody has acknowledged to being heard, whatever is paused and resumed."""
        history, now = self.history, self.history.seconds
        on = {k for k, alarm in history.alarms.items() if alarm.signal is SignalState.ON}
        history.seconds = since
        heard = set(history.heard())
        history.seconds = now
        self.hearing.pass_s(on, heard, since, now)
        assert all(now - last <= UNHEARD_S for last in self.hearing.heard.values())

    @rule(
        name=st.sampled_from(CONDITIONS),
        presence=st.sampled_from(Presence),
        extreme=st.booleans(),
        seconds=STEPS,
    )
    def something_is_seen(
        self, name: str, presence: Presence, seconds: float, *, extreme: bool
    ) -> None:
        self.history.seen[name] = Finding(None, presence, extreme=extreme)
        self.evaluate()
        self.time_passes(seconds)

    @rule(seconds=STEPS)
    def time_passes(self, seconds: float) -> None:
        since = self.history.seconds
        for stop in self.history.until(seconds):
            self.hear(since)
            self.evaluate()
            since = stop

    @precondition(lambda self: self.history.alarms)
    @rule(data=st.data())
    def somebody_acknowledges(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(sorted(self.history.alarms, key=str)))
        before = self.history.alarms
        change = self.history.acknowledge(key)
        waited = before[key].signal in (SignalState.ON, SignalState.LATCHED)
        assert (change is not None) == waited
        if change is not None:
            assert change.latency_s == at(self.history.seconds).seconds_since(before[key].onset)
        others = before.keys() - {key}
        assert {k: self.history.alarms[k] for k in others} == {k: before[k] for k in others}

    @rule(seconds=STEPS)
    def somebody_asks_for_silence(self, seconds: float) -> None:
        left = 0.0 if self.history.pause is None else self.history.pause.left_s(self.now)
        self.history.press()
        assert self.history.pause is not None
        assert self.history.pause.left_s(self.now) == (left or PAUSE_S)
        self.time_passes(seconds)

    @rule()
    def somebody_ends_the_silence(self) -> None:
        self.history.resume()

    @rule()
    def the_daemon_starts_again(self) -> None:
        self.history.restart()
        self.evaluate()

    @property
    def now(self) -> Instant:
        return at(self.history.seconds)

    @invariant()
    def what_is_alarming_is_shown_and_nothing_else(self) -> None:
        for alarm in self.history.alarms.values():
            assert alarm.condition.alarming == (alarm.signal in SHOWN)

    @invariant()
    def without_a_pause_every_alarm_that_is_on_sounds(self) -> None:
        pause, alarms = self.history.pause, self.history.alarms
        if pause is None or not pause.left_s(self.now):
            on = {key for key, alarm in alarms.items() if alarm.signal is SignalState.ON}
            assert set(self.history.heard()) == on

    @invariant()
    def a_high_that_is_newer_than_the_pause_sounds(self) -> None:
        pause = self.history.pause
        if pause is not None:
            for key, alarm in self.history.alarms.items():
                high = alarm.priority is Priority.HIGH and alarm.signal is SignalState.ON
                if high and self.raised[key].seconds_since(pause.since) > 0:
                    assert key in self.history.heard()

    @invariant()
    def no_acknowledgement_of_a_lost_monitor_counts_for_ever(self) -> None:
        for key, alarm in self.history.alarms.items():
            if key.condition == "link_lost" and alarm.acknowledged is not None:
                assert self.now.seconds_since(alarm.acknowledged) <= LAPSE_S

    @invariant()
    def the_record_alone_gives_the_same_state(self) -> None:
        assert standing(self.history.read_back) == standing(self.history.alarms)

    def teardown(self) -> None:
        assert again(self.history.record) == standing(self.history.alarms)


@pytest.mark.timeout(120)
def test_a_thousand_histories_keep_the_invariants() -> None:
    run(Histories, 1_000, steps=20)


@pytest.mark.proof
@pytest.mark.timeout(1800)
def test_ten_thousand_histories_keep_the_invariants() -> None:
    run(Histories, 10_000, steps=20)
