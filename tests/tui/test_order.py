from __future__ import annotations

from itertools import pairwise, permutations

import msgspec
import pytest
import scenes
from hypothesis import given
from hypothesis import strategies as st

from daemon.protocol.alarms import AlarmState
from daemon.protocol.messages import Alarm
from tui.mirror import Held
from tui.order import acknowledgeable, flashing, lit, ordered
from vitals.instant import Instant
from vitals.vocabulary import Priority, SignalState

BANDS = {Priority.HIGH: (1.4, 2.8), Priority.MEDIUM: (0.4, 0.8)}
"""Flashes a second, IEC 60601-1-8, table 2."""


def held(*alarms: Alarm) -> list[Held[Alarm]]:
    return [Held(alarm, scenes.NOW) for alarm in alarms]


def test_the_more_urgent_alarm_is_first_in_whatever_order_they_came() -> None:
    low = msgspec.structs.replace(scenes.LINK_LOST, priority=Priority.LOW)
    for alarms in permutations((low, scenes.FAST, scenes.DESATURATION)):
        names = [one.message.id for one in ordered(held(*alarms))]
        assert names == ["spo2_low", "hr_high", "link_lost"]


def test_an_acknowledged_alarm_goes_behind_one_that_still_waits() -> None:
    acknowledged = msgspec.structs.replace(
        scenes.LINK_LOST, state=AlarmState.ACKNOWLEDGED, signal=SignalState.ACKNOWLEDGED
    )
    assert ordered(held(acknowledged, scenes.FAST))[0].message.id == "hr_high"


def test_an_acknowledged_high_stays_above_a_medium() -> None:
    high = msgspec.structs.replace(scenes.DESATURATION, signal=SignalState.ACKNOWLEDGED)
    assert ordered(held(scenes.FAST, high))[0].message.id == "spo2_low"


def test_what_is_acknowledged_is_the_uppermost_alarm_that_is_on_or_latched() -> None:
    high = msgspec.structs.replace(scenes.DESATURATION, signal=SignalState.ACKNOWLEDGED)
    latched = msgspec.structs.replace(
        scenes.PROBE_OFF, state=AlarmState.ENDED, signal=SignalState.LATCHED
    )
    assert acknowledgeable(held(high, latched, scenes.FAST)) == scenes.FAST
    assert acknowledgeable(held(high, latched)) == latched
    assert acknowledgeable(held(high)) is None


def test_only_an_existing_and_unacknowledged_alarm_flashes() -> None:
    change = msgspec.structs.replace
    assert flashing(scenes.DESATURATION)
    assert not flashing(change(scenes.DESATURATION, signal=SignalState.ACKNOWLEDGED))
    assert not flashing(
        change(scenes.DESATURATION, state=AlarmState.ENDED, signal=SignalState.LATCHED)
    )


def test_no_note_stands_before_an_alarm_that_is_on_however_urgent_it_was() -> None:
    note = msgspec.structs.replace(
        scenes.DESATURATION, state=AlarmState.ENDED, signal=SignalState.LATCHED
    )
    low = msgspec.structs.replace(scenes.LINK_LOST, priority=Priority.LOW)
    for alarms in permutations((note, low, scenes.FAST)):
        assert acknowledgeable(held(*alarms)) == scenes.FAST
        names = [one.message.id for one in ordered(held(*alarms))]
        assert names == ["hr_high", "link_lost", "spo2_low"]
    assert acknowledgeable(held(note, low)) == low
    assert acknowledgeable(held(note)) == note


def frames(priority: Priority, rate_hz: float, start: float, seconds: float) -> list[bool]:
    count = round(seconds * rate_hz)
    return [lit(priority, Instant(start + n / rate_hz, 0.0)) for n in range(count)]


@pytest.mark.parametrize("priority", list(BANDS))
@given(
    rate_hz=st.floats(min_value=10.0, max_value=120.0),
    start=st.floats(min_value=0.0, max_value=1e7),
)
def test_the_flash_is_within_its_band_at_any_frame_rate_from_10_hz(
    priority: Priority, rate_hz: float, start: float
) -> None:
    seconds = 20.0
    seen = frames(priority, rate_hz, start, seconds)
    onsets = sum(after and not before for before, after in pairwise(seen))
    least, most = BANDS[priority]
    assert least * seconds - 1 <= onsets <= most * seconds + 1
    assert 0.2 <= sum(seen) / len(seen) <= 0.6


def test_low_does_not_flash() -> None:
    assert all(frames(Priority.LOW, 25.0, 0.0, 10.0))
