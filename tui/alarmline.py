"""One alarm in words: urgency, what, which limit, how long, and what a person has done with it."""

from __future__ import annotations

from rich.cells import cell_len

from daemon.protocol.messages import Alarm
from tui.aging import Standing, last
from tui.mirror import Held
from tui.order import MARKS, over
from tui.overdue import OVERDUE, overdue, waited_s
from tui.sight import Sight
from tui.value import ABSENT, figure
from vitals.measure import Measure
from vitals.vocabulary import SignalState
from words.forms import lasting

Number = float | int


def alarm_text(sight: Sight, held: Held[Alarm], room: int) -> str:
    """Return `!!! HØJ  SpO2 lav 83 %  under 85 · i 6 s`, and the word of its signal's state.

    Where `room` cells are too few, that nobody has acknowledged what is over yields first, then
    for how long it has been, then its limit.
    """
    alarm = held.message
    urgency = f"{MARKS[alarm.priority]} {sight.words.named('priority', alarm.priority.value)}"
    name, signals = what(sight, alarm), _signals(sight, alarm)
    limit, lasts = _limit(sight, alarm), _lasting(sight, held)
    both = " · ".join(part for part in (limit, lasts) if part)
    told = [(both, signal) for signal in signals]
    told += [(limit, signals[-1]), ("", signals[-1])]
    texts = ["  ".join(part for part in (urgency, name, *parts) if part) for parts in told]
    return next((text for text in texts if cell_len(text) <= room), texts[-1])


def what(sight: Sight, alarm: Alarm) -> str:
    """Return the alarm's name, with its value where it is about one, or else its device."""
    if alarm.id == OVERDUE:
        return overdue(sight)
    name = sight.words.named("alarm", alarm.id)
    if alarm.measure is not None and alarm.value is not None:
        return f"{name} {_value(sight, alarm, alarm.measure)}"
    return f"{name} · {alarm.device}" if alarm.device else name


def current(sight: Sight, alarm: Alarm) -> Number | None:
    """Return the measure's value just now, None unless it is fresh; of a note, its own value."""
    if alarm.measure is None or over(alarm):
        return alarm.value
    shown = sight.best(alarm.measure)
    fresh = shown is not None and shown.standing is Standing.FRESH
    return shown.value if shown is not None and fresh else None


def _value(sight: Sight, alarm: Alarm, measure: Measure) -> str:
    """Return `83 %`, or `--- · sidst 84 (12 s)` where nothing current says how it is now."""
    value = current(sight, alarm)
    if value is None:
        return f"{ABSENT} · {_last(sight, alarm, measure)}"
    unit = measure.form.written
    return f"{figure(sight, measure, value)}{unit if unit.startswith('/') else f' {unit}'}"


def _last(sight: Sight, alarm: Alarm, measure: Measure) -> str:
    """Return the last number with its age; that of the alarm, of unknown age, without one."""
    found = last(sight.bed, measure, sight.now)
    value, age = (alarm.value, "") if found is None else (found[0], sight.forms.age(found[1]))
    text = sight.words.text("alarm.last", value=figure(sight, measure, value))
    return f"{text} ({age})" if age else text


def _lasting(sight: Sight, held: Held[Alarm]) -> str:
    """Return for how long it has been; of what says itself since when, nothing."""
    if over(held.message) or (held.message.id == OVERDUE and waited_s(sight) is not None):
        return ""
    return sight.words.text("alarm.lasting", age=lasting(held.age_s(sight.now) or 0.0))


def _limit(sight: Sight, alarm: Alarm) -> str:
    """Return which side of its limit the value is on now; only the limit where it is on it."""
    value = current(sight, alarm)
    if alarm.limit is None or value is None or over(alarm):
        return ""
    decimals = alarm.measure.form.decimals if alarm.measure else 0
    limit = sight.forms.number(alarm.limit, decimals)
    if value == alarm.limit:
        return sight.words.text("alarm.limit", limit=limit)
    side = "alarm.under" if value < alarm.limit else "alarm.over"
    return sight.words.text(side, limit=limit)


def _signals(sight: Sight, alarm: Alarm) -> list[str]:
    """Return what became of its signal, in many words and in few."""
    if alarm.signal is SignalState.ACKNOWLEDGED:
        return [sight.words.text("alarm.acknowledged")]
    if over(alarm):
        return [sight.words.text("alarm.latched"), sight.words.text("alarm.ended")]
    return [""]
