from __future__ import annotations

from dataclasses import replace

import pytest
from beds import at
from histories import KINDS, SIGNALS, History
from hypothesis import given
from hypothesis import strategies as st

from monitoring.alarms import Alarm, Key
from monitoring.arbiter import Burst, Played, audible, next_burst, ringing
from monitoring.calls import Call
from monitoring.conditions import Condition, Presence
from monitoring.detectors import Finding
from monitoring.pause import pressed
from vitals.sounding import SoundProfile
from vitals.vocabulary import ConditionState, Priority, SignalState

LOW, MEDIUM, HIGH = Priority.LOW, Priority.MEDIUM, Priority.HIGH
INTERVALS = {HIGH: 5.0, MEDIUM: 10.0, LOW: 30.0}
PULSE, LINK = Key("no_pulse"), Key("link_lost", "nonin")
THEATRE, RECOVERY, FULL = SoundProfile


def alarm(priority: Priority, *, signal: SignalState = SignalState.ON, since: float = 0) -> Alarm:
    return Alarm(
        Condition(ConditionState.ACTIVE, at(since), at(since)),
        signal,
        priority,
        at(since),
        None,
        None,
        None,
        raised=at(since),
    )


def heard(alarms: dict[Key, Alarm], seconds: float, profile: SoundProfile = FULL) -> list[str]:
    row = SIGNALS.profiles[profile]
    return [key.condition for key in audible(alarms, None, row, KINDS, at(seconds))]


@pytest.mark.parametrize("signal", SignalState)
def test_only_an_alarm_that_is_on_sounds(signal: SignalState) -> None:
    found = heard({PULSE: alarm(HIGH, signal=signal)}, 60)
    assert found == (["no_pulse"] if signal is SignalState.ON else [])


def test_the_most_urgent_comes_first() -> None:
    alarms = {LINK: alarm(MEDIUM), PULSE: alarm(HIGH), Key("probe_off"): alarm(LOW)}
    assert heard(alarms, 60) == ["no_pulse", "link_lost", "probe_off"]


@pytest.mark.parametrize(
    ("profile", "priority", "seconds", "sounds"),
    [
        (THEATRE, HIGH, 9.9, False),
        (THEATRE, HIGH, 10, True),
        (THEATRE, MEDIUM, 600, False),
        (THEATRE, LOW, 600, False),
        (RECOVERY, LOW, 0, True),
        (RECOVERY, HIGH, 0, True),
        (FULL, MEDIUM, 0, True),
    ],
)
def test_an_alarm_about_the_patient_sounds_by_the_profile_of_the_bed(
    profile: SoundProfile, priority: Priority, seconds: float, *, sounds: bool
) -> None:
    assert bool(heard({PULSE: alarm(priority)}, seconds, profile)) is sounds


@pytest.mark.parametrize("profile", SoundProfile)
@pytest.mark.parametrize("key", [LINK, Key("probe_off", "nonin"), Key("of_another_version")])
def test_technical_alarms_and_unknown_ones_sound_at_once_in_every_profile(
    profile: SoundProfile, key: Key
) -> None:
    assert heard({key: alarm(LOW)}, 0, profile) == [key.condition]


def test_in_a_theatre_an_alarm_sounds_once_it_has_been_high_for_so_long() -> None:
    escalated = replace(alarm(HIGH), raised=at(20))
    assert heard({PULSE: escalated}, 29, THEATRE) == []
    assert heard({PULSE: escalated}, 30, THEATRE) == ["no_pulse"]


def test_an_escalation_under_a_pause_sounds() -> None:
    history = History()
    history.seen["spo2_low"] = Finding(None, Presence.PRESENT)
    for _ in range(8):
        history.evaluate()
        history.seconds += 1
    history.press()
    assert history.alarms[Key("spo2_low")].priority is MEDIUM
    assert history.heard() == ()
    for _ in range(20):
        history.evaluate()
        history.seconds += 1
    assert history.alarms[Key("spo2_low")].priority is HIGH
    assert history.heard() == (Key("spo2_low"),)


def test_an_acknowledged_high_that_becomes_extreme_sounds_through_an_earlier_pause() -> None:
    history, key = History(), Key("spo2_low")
    history.seen["spo2_low"] = Finding(None, Presence.PRESENT)
    for _ in range(30):
        history.evaluate()
        history.seconds += 1
    assert history.alarms[key].priority is HIGH
    assert history.acknowledge(key) is not None
    history.press()
    history.seconds += 1
    assert history.evaluate() == []
    history.seen["spo2_low"] = Finding(None, Presence.PRESENT, extreme=True)
    history.seconds += 1
    assert [change.cue for change in history.evaluate()] == ["lapsed"]
    assert history.heard() == (key,)
    history.press()
    assert history.heard() == ()


def test_an_acknowledged_lost_monitor_sounds_again_after_two_minutes_through_an_earlier_pause() -> (
    None
):
    history, key = History(), Key("link_lost")
    history.seen["link_lost"] = Finding(None, Presence.PRESENT)
    for _ in range(10):
        history.evaluate()
        history.seconds += 1
    assert history.acknowledge(key) is not None
    history.seconds += 119
    history.press()
    assert history.evaluate() == []
    history.seconds += 1
    assert [change.cue for change in history.evaluate()] == ["lapsed"]
    assert history.heard() == (key,)
    history.press()
    assert history.heard() == ()


def test_a_call_sounds_through_a_pause_that_was_asked_for_before_it_and_when_it_is_repeated() -> (
    None
):
    call = Call("001", "Stue 1", 5, at(10), at(10), "LN")
    before, after = (pressed(None, "LN", at(when), SIGNALS.pause) for when in (5, 20))
    assert ringing(call, None, at(30))
    assert ringing(call, before, at(30))
    assert not ringing(call, after, at(30))
    assert ringing(replace(call, raised=at(25)), after, at(30))


def test_where_nothing_is_audible_nothing_sounds() -> None:
    assert next_burst([], Played(HIGH, at(0)), at(60), INTERVALS) is None


@pytest.mark.parametrize("first", Priority)
def test_the_first_burst_sounds_at_once(first: Priority) -> None:
    assert next_burst([first], None, at(3), INTERVALS) == Burst(first, at(3))


@pytest.mark.parametrize("priority", Priority)
def test_the_same_priority_sounds_again_after_its_own_interval(priority: Priority) -> None:
    found = next_burst([priority], Played(priority, at(2)), at(2), INTERVALS)
    assert found == Burst(priority, at(2 + INTERVALS[priority]))


def test_what_is_more_urgent_waits_for_the_end_of_the_burst_and_for_no_interval() -> None:
    playing = Played(LOW, at(5))
    assert next_burst([LOW, HIGH], playing, at(3), INTERVALS) == Burst(HIGH, at(5))
    assert next_burst([LOW, HIGH], playing, at(6), INTERVALS) == Burst(HIGH, at(6))


def test_what_is_less_urgent_follows_after_the_interval_of_the_burst_before_it() -> None:
    assert next_burst([LOW], Played(HIGH, at(2)), at(3), INTERVALS) == Burst(LOW, at(7))


@given(
    st.lists(
        st.tuples(st.floats(0, 12), st.lists(st.sampled_from(Priority), max_size=3)), max_size=60
    )
)
def test_no_burst_begins_before_the_one_before_it_is_over_and_the_most_urgent_always_wins(
    given_: list[tuple[float, list[Priority]]],
) -> None:
    seconds, last = 0.0, None
    for wait, priorities in given_:
        seconds += wait
        burst = next_burst(priorities, last, at(seconds), INTERVALS)
        assert (burst is None) == (not priorities)
        if burst is None:
            continue
        assert burst.priority.rank == max(one.rank for one in priorities)
        assert burst.at.seconds_since(at(seconds)) >= 0
        if last is not None:
            assert burst.at.seconds_since(last.ends) >= -1e-6
            assert burst.at.seconds_since(at(seconds)) <= 30 + 2 + 1e-6
        if burst.at.seconds_since(at(seconds)) <= 0:
            last = Played(burst.priority, at(seconds + 2))
