"""One alarm in words: urgency, what, which limit, how long, and what a person has done with it."""

from __future__ import annotations

from daemon.protocol.messages import Alarm
from tui.aging import Standing
from tui.mirror import Held
from tui.order import MARKS, over
from tui.sight import Sight
from vitals.vocabulary import SignalState
from words.forms import lasting

Number = float | int


def alarm_text(sight: Sight, held: Held[Alarm]) -> str:
    """Return `!!! HØJ  SpO2 lav 83 %  under 85 · i 6 s`, and the word of its signal's state."""
    alarm = held.message
    urgency = f"{MARKS[alarm.priority]} {sight.words.named('priority', alarm.priority.value)}"
    parts = [urgency, what(sight, alarm), _bounds(sight, held), _signal(sight, alarm)]
    return "  ".join(part for part in parts if part)


def what(sight: Sight, alarm: Alarm) -> str:
    """Return the alarm's name, with its value or else its device."""
    name = sight.words.named("alarm", alarm.id)
    value = current(sight, alarm)
    if alarm.measure is not None and value is not None:
        form = alarm.measure.form
        unit = f" {form.unit}" if form.unit == "%" else form.unit
        return f"{name} {sight.forms.number(value, form.decimals)}{unit}"
    return f"{name} · {alarm.device}" if alarm.device else name


def current(sight: Sight, alarm: Alarm) -> Number | None:
    """Return the measure's value just now where it is fresh, else the value of the alarm."""
    if alarm.measure is None or over(alarm):
        return alarm.value
    shown = sight.best(alarm.measure)
    if shown is None or shown.standing is not Standing.FRESH or shown.value is None:
        return alarm.value
    return shown.value


def _bounds(sight: Sight, held: Held[Alarm]) -> str:
    alarm = held.message
    age_s = held.age_s(sight.now) or 0.0
    if over(alarm):
        return ""
    lasts = sight.words.text("alarm.lasting", age=lasting(age_s))
    limit = _limit(sight, alarm)
    return f"{limit} · {lasts}" if limit else lasts


def _limit(sight: Sight, alarm: Alarm) -> str:
    """Return which side of its limit the value is on; only the limit where that is not so."""
    if alarm.limit is None:
        return ""
    decimals = alarm.measure.form.decimals if alarm.measure else 0
    limit = sight.forms.number(alarm.limit, decimals)
    value = current(sight, alarm)
    if value is None or value == alarm.limit:
        return sight.words.text("alarm.limit", limit=limit)
    side = "alarm.under" if value < alarm.limit else "alarm.over"
    return sight.words.text(side, limit=limit)


def _signal(sight: Sight, alarm: Alarm) -> str:
    if alarm.signal is SignalState.ACKNOWLEDGED:
        return sight.words.text("alarm.acknowledged")
    if over(alarm):
        return sight.words.text("alarm.latched")
    return ""
