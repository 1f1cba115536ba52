from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest
from beds import LIMITS, Watch, bed, cues, oximeter
from hypothesis import given
from hypothesis import strategies as st
from monitors import ecg

from monitoring.alarms import replayed
from monitoring.conditions import Presence
from monitoring.detectors import DETECTORS
from monitoring.limits import Range
from monitoring.notices import notices
from monitoring.signals import Cue
from monitoring.view import BedView, DeviceView
from vitals.measure import Measure
from vitals.reading import Quality
from vitals.vocabulary import DeviceState, Phase, Priority, SignalState

SEARCHING = oximeter(Quality.UNAVAILABLE, Quality.UNAVAILABLE)
SILENT = oximeter(Quality.UNAVAILABLE, Quality.UNAVAILABLE, age_s=8, state=DeviceState.SILENT)
AWAKE = {**LIMITS, Measure.PULSE_RATE: Range(lo=70, hi=155, ext_lo=60)}
RECOVERY: dict[str, Any] = {"phase": Phase.RECOVERY, "limits": AWAKE}


def found(condition: str, *devices: DeviceView, **known: Any) -> tuple[Presence, Measure | None]:
    (finding,) = DETECTORS[condition](bed(*devices, **known))
    return finding.presence, finding.measure


def test_a_monitor_that_stops_while_the_pulse_is_gone_still_reaches_high() -> None:
    watch = Watch()
    watch.see(bed(SEARCHING))
    watch.pass_s(2, bed(SEARCHING))
    assert watch.pass_s(2.9, bed(SILENT)) == []
    (onset,) = watch.pass_s(0.1, bed(SILENT))
    assert (onset.key.condition, onset.priority) == ("no_pulse", Priority.HIGH)


@pytest.mark.parametrize("state", [DeviceState.SILENT, DeviceState.LOST, DeviceState.DEFECTIVE])
def test_a_monitor_that_stops_ends_no_alarm_of_a_pulse_that_is_gone(state: DeviceState) -> None:
    watch = Watch()
    watch.pass_s(6, bed(SEARCHING))
    watch.pass_s(300, bed(replace(SILENT, state=state)))
    assert "no_pulse" in watch.alarming()


def test_a_cardiac_arrest_on_an_oximeter_alone_is_high_within_six_seconds() -> None:
    watch = Watch()
    watch.pass_s(30, bed(oximeter()))
    onsets = watch.pass_s(6, bed(SEARCHING))
    assert [(one.key.condition, one.priority) for one in onsets] == [("no_pulse", Priority.HIGH)]


def test_a_heart_that_an_ecg_counts_is_no_pulse_that_is_gone() -> None:
    watch = Watch()
    watch.pass_s(60, bed(SEARCHING, ecg()))
    assert "no_pulse" not in watch.alarming()


@pytest.mark.parametrize(("age_s", "gone"), [(10.0, False), (10.1, True)])
def test_an_ecg_proves_a_pulse_for_ten_seconds(age_s: float, gone: bool) -> None:  # noqa: FBT001 - a parameter of a table
    seen = found("no_pulse", SEARCHING, ecg(age_s=age_s))[0]
    assert (seen is Presence.PRESENT) == gone


@pytest.mark.parametrize("rate", [0, Quality.INVALID, Quality.UNAVAILABLE, None])
def test_a_flat_or_missing_ecg_proves_no_pulse(rate: Any) -> None:
    assert found("no_pulse", SEARCHING, ecg(rate))[0] is Presence.PRESENT


def test_a_flat_ecg_is_a_slow_heart_at_once_beyond_the_outer_limit() -> None:
    watch = Watch()
    watch.see(bed(ecg(0)))
    (onset,) = [c for c in watch.pass_s(5.1, bed(ecg(0))) if c.key.condition == "hr_low"][-1:]
    assert watch.alarm("hr_low").priority is Priority.HIGH
    assert onset.measure is Measure.HEART_RATE


def test_the_heart_rate_is_the_ecg_s_where_there_is_one() -> None:
    assert found("hr_low", ecg(100), oximeter(pulse=65)) == (Presence.ABSENT, Measure.HEART_RATE)
    assert found("hr_low", ecg(65), oximeter(pulse=100)) == (Presence.PRESENT, Measure.HEART_RATE)
    assert found("hr_high", ecg(100), oximeter(pulse=160)) == (Presence.ABSENT, Measure.HEART_RATE)
    assert found("hr_low", ecg(None), oximeter(pulse=65)) == (Presence.PRESENT, Measure.PULSE_RATE)


def test_a_pulse_at_the_outer_limit_counts_whatever_the_ecg_says() -> None:
    assert found("hr_low", ecg(100), oximeter(pulse=60)) == (Presence.PRESENT, Measure.PULSE_RATE)


@given(st.floats(1, 300), st.floats(1, 300))
def test_no_rate_beyond_its_outer_limit_goes_unseen(heart: float, pulse: float) -> None:
    deep = min(heart, pulse) <= 60
    assert not deep or found("hr_low", ecg(heart), oximeter(pulse=pulse))[0] is Presence.PRESENT


def fast(value: float, seconds: float, **known: Any) -> list[tuple[str, Cue]]:
    watch, seen = Watch(), bed(oximeter(pulse=value), **known)
    watch.see(seen)
    return cues(watch.pass_s(seconds, seen))


def test_a_fast_heart_in_recovery_is_an_alarm_after_a_minute_and_never_high() -> None:
    assert fast(200, 59.9, **RECOVERY) == []
    assert fast(200, 300, **RECOVERY) == [("hr_high", Cue.ONSET)]


def carried(told_s: float) -> tuple[Watch, BedView]:
    """Return an alarm that was high under anaesthesia, and the same heart in recovery."""
    watch = Watch()
    watch.pass_s(20, bed(oximeter(pulse=190)))
    assert watch.alarm("hr_high").priority is Priority.HIGH
    return watch, bed(oximeter(pulse=190), phase_s=300.0, told_s=told_s, **RECOVERY)


def test_a_fast_heart_that_was_high_ends_with_the_anaesthetic_and_its_minute_begins() -> None:
    watch, awake = carried(0.1)
    assert cues(watch.pass_s(1.1, awake)) == [("hr_high", Cue.ENDED)]
    assert watch.pass_s(59.9, awake) == []
    (onset,) = watch.pass_s(0.3, awake)
    assert (onset.cue, onset.priority) == (Cue.ONSET, Priority.MEDIUM)
    assert watch.pass_s(300, replace(awake, case=replace(awake.case, told_s=400.0))) == []


def test_a_fast_heart_that_was_high_does_not_end_where_no_number_comes() -> None:
    watch, awake = carried(0.1)
    watch.pass_s(60, replace(awake, devices=(oximeter(None, None),)))
    assert "hr_high" in watch.alarming()


def test_a_fast_heart_that_began_in_recovery_goes_on_there() -> None:
    watch, awake = carried(500.0)
    assert watch.pass_s(60, awake) == []


def test_a_child_that_is_marked_as_crying_has_no_fast_heart() -> None:
    assert fast(200, 300, upset=True, **RECOVERY) == []


def test_the_mark_ends_an_alarm_and_its_end_begins_the_minute_anew() -> None:
    watch, plain = Watch(), bed(oximeter(pulse=200), **RECOVERY)
    watch.see(plain)
    watch.pass_s(60, plain)
    marked = bed(oximeter(pulse=200), upset=True, **RECOVERY)
    assert cues(watch.pass_s(1.2, marked)) == [("hr_high", Cue.ENDED)]
    assert watch.pass_s(60, plain) == []
    assert cues(watch.pass_s(0.1, plain)) == [("hr_high", Cue.ONSET)]


def test_the_mark_counts_in_recovery_alone_and_for_no_slow_heart() -> None:
    assert fast(200, 5.1, upset=True)[-1:] == [("hr_high", Cue.ONSET)]
    assert fast(65, 5, upset=True, **RECOVERY) == [("hr_low", Cue.ONSET)]


def squeezed(seconds: float, every_s: float = math.inf) -> Watch:
    """Return what has become of a pulse that went as a cuff began, and one began so often."""
    watch = Watch()
    for tenths in range(round(seconds * 10) + 1):
        gone_s = tenths / 10
        watch.pass_s(0.1, bed(SEARCHING, cuff_s=math.fmod(gone_s, every_s), pulse_s=gone_s))
    return watch


def test_a_cuff_on_the_limb_of_the_probe_holds_the_pulse_for_a_minute_and_no_longer() -> None:
    assert squeezed(60).changes == []
    assert squeezed(65).changes == []
    assert cues(squeezed(65.1).changes) == [("no_pulse", Cue.ONSET)]


@pytest.mark.parametrize("every_s", [20.0, 45.0, 58.0])
def test_cuffs_that_follow_each_other_hold_the_pulse_for_a_minute_since_it_was_found(
    every_s: float,
) -> None:
    assert squeezed(65, every_s).changes == []
    watch = squeezed(65.1, every_s)
    assert [(one.key.condition, one.priority) for one in watch.changes] == [
        ("no_pulse", Priority.HIGH)
    ]


def test_a_cuff_that_has_let_go_holds_nothing() -> None:
    watch = Watch()
    watch.pass_s(25, bed(SEARCHING, cuff_s=25.0, pulse_s=25.0))
    watch.see(bed(SEARCHING, cuff_s=None, pulse_s=25.1))
    assert cues(watch.pass_s(5, bed(SEARCHING, cuff_s=None, pulse_s=30.0))) == [
        ("no_pulse", Cue.ONSET)
    ]


def test_a_cuff_holds_nothing_where_nobody_knows_when_the_pulse_was_found() -> None:
    watch = Watch()
    watch.pass_s(6, bed(SEARCHING, cuff_s=5.0, pulse_s=None))
    assert watch.alarming() == {"no_pulse"}


def test_a_monitor_that_says_once_that_it_searches_does_so_until_a_number_comes() -> None:
    watch = Watch()
    for tenths in range(61):
        word = oximeter(Quality.UNAVAILABLE, Quality.UNAVAILABLE, age_s=tenths / 10)
        watch.pass_s(0.1, bed(word, pulse_s=tenths / 10 + 1))
    assert watch.alarming() == {"no_pulse"}
    assert cues(watch.pass_s(2, bed(oximeter(), pulse_s=0.3))) == [("no_pulse", Cue.ENDED_LATCHING)]


def test_a_pulse_that_another_monitor_found_since_ends_a_search_that_was_said_before() -> None:
    word = oximeter(Quality.UNAVAILABLE, Quality.UNAVAILABLE, age_s=30.0)
    off = oximeter(Quality.INVALID, Quality.INVALID, name="other")
    assert found("no_pulse", word, off, pulse_s=10.0)[0] is Presence.UNKNOWN
    assert found("no_pulse", word, off, pulse_s=31.0)[0] is Presence.PRESENT
    assert found("no_pulse", SEARCHING, off, pulse_s=0.1)[0] is Presence.PRESENT


def test_without_a_word_of_a_cuff_nothing_is_held() -> None:
    watch = Watch()
    watch.pass_s(6, bed(SEARCHING, cuff_s=None))
    assert watch.alarming() == {"no_pulse"}


def test_a_cuff_ends_no_alarm_that_was_there_before() -> None:
    watch = Watch()
    watch.pass_s(6, bed(SEARCHING))
    watch.pass_s(30, bed(SEARCHING, cuff_s=1.0, pulse_s=10.0))
    assert watch.alarming() == {"no_pulse"}


@pytest.mark.parametrize("spo2", [91, 86, 85])
def test_a_cuff_holds_no_number_that_is_low(spo2: float) -> None:
    assert found("spo2_low", oximeter(spo2), cuff_s=20.0, pulse_s=0.3)[0] is Presence.PRESENT


def test_a_low_number_becomes_high_while_cuffs_follow_each_other() -> None:
    watch = Watch()
    watch.pass_s(20.2, bed(oximeter(88), cuff_s=20.0, pulse_s=0.3))
    assert watch.alarm("spo2_low").priority is Priority.HIGH


@pytest.mark.parametrize("quality", [Quality.INVALID, Quality.UNAVAILABLE])
def test_a_cuff_explains_a_probe_that_finds_nothing(quality: Quality) -> None:
    watch = Watch()
    watch.pass_s(50, bed(oximeter(quality, quality), cuff_s=50.0, pulse_s=50.0))
    assert watch.changes == []


@pytest.mark.parametrize(("rate", "shown"), [(100, []), (99, ["infant_rate"])])
def test_a_young_infant_s_slow_heart_is_shown_and_no_alarm(rate: float, shown: list[str]) -> None:
    infant = {Measure.PULSE_RATE: Range(90, 180, 70, 210, notice_lo=100)}
    seen = bed(oximeter(pulse=rate), limits=infant)
    assert list(notices(seen)) == shown
    watch = Watch()
    watch.pass_s(30, seen)
    assert watch.changes == []


def test_a_patient_younger_than_usual_is_said_to_be() -> None:
    assert list(notices(bed(oximeter(), unusual=True))) == ["unusual_patient"]
    assert list(notices(bed(oximeter()))) == []


def test_an_acknowledged_low_spo2_sounds_again_once_when_it_falls_to_the_deep_limit() -> None:
    watch = Watch()
    watch.pass_s(30, bed(oximeter(88)))
    assert watch.alarm("spo2_low").priority is Priority.HIGH
    watch.acknowledge("spo2_low")
    watch.pass_s(30, bed(oximeter(87)))
    assert watch.alarm("spo2_low").signal is SignalState.ACKNOWLEDGED
    watch.pass_s(0.1, bed(oximeter(80)))
    assert watch.alarm("spo2_low").signal is SignalState.ON
    watch.acknowledge("spo2_low")
    watch.pass_s(5, bed(oximeter(88)))
    watch.pass_s(5, bed(oximeter(80)))
    assert watch.alarm("spo2_low").signal is SignalState.ACKNOWLEDGED


def test_a_search_that_turns_into_a_fault_and_back_is_a_lost_pulse() -> None:
    watch = Watch()
    watch.pass_s(5, bed(oximeter()))
    for _ in range(3):
        watch.pass_s(4, bed(oximeter(Quality.UNAVAILABLE, Quality.UNAVAILABLE)))
        watch.pass_s(4, bed(oximeter(Quality.INVALID, Quality.INVALID)))
    assert watch.alarm("no_pulse").priority is Priority.HIGH


def test_an_oximeter_without_a_pulse_rate_searches_for_spo2() -> None:
    sought = bed(oximeter(Quality.UNAVAILABLE, None))
    watch = Watch()
    watch.pass_s(6, sought)
    assert watch.alarm("no_pulse").priority is Priority.HIGH
    unseen = bed(oximeter(Quality.UNAVAILABLE, None), seen=())
    assert not any(one.presence is Presence.PRESENT for one in DETECTORS["no_pulse"](unseen))


def test_what_was_extreme_when_it_was_acknowledged_stays_so_after_a_restart() -> None:
    watch = Watch()
    watch.pass_s(10, bed(oximeter(80)))
    watch.acknowledge("spo2_low")
    back = Watch(tenths=watch.tenths)
    for change in watch.changes:
        back.alarms = replayed(back.alarms, change)
    back.pass_s(5, bed(oximeter(80)))
    assert back.alarm("spo2_low").signal is SignalState.ACKNOWLEDGED
