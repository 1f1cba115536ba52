"""The latest events of the bed: one a row where there is room, else in one row."""

from __future__ import annotations

from datetime import timedelta

from rich.cells import cell_len

from daemon.protocol.messages import Event
from tui.entry import event_word
from tui.order import MARKS
from tui.sight import Sight
from tui.span import Row, Span, Tone, fit
from vitals.vocabulary import Priority


def events(sight: Sight, width: int, height: int) -> list[Row]:
    """Return the newest events first."""
    newest = list(reversed(sight.bed.events))
    title = f" {sight.words.text('events.title')}  "
    if height == 1:
        texts = [event_text(sight, event) for event in newest]
        return [fit((Span(title, Tone.QUIET), Span(_whole(texts, width - len(title)))), width)]
    rows = []
    for number in range(height):
        lead = Span(title if number == 0 else " " * len(title), Tone.QUIET)
        text = event_text(sight, newest[number]) if number < len(newest) else ""
        rows.append(fit((lead, Span(text)), width))
    return rows


def _whole(texts: list[str], room: int) -> str:
    """Return the first of `texts` and as many more as have room, none of them cut short."""
    joined = texts[0] if texts else ""
    for text in texts[1:]:
        longer = f"{joined}  ·  {text}"
        if cell_len(longer) > room:
            break
        joined = longer
    return joined


def event_text(sight: Sight, event: Event) -> str:
    """Return `10:41:55 !!! alarm SpO2 lav 83 · AS`."""
    moment = f"{sight.local_text(event.at) - timedelta(seconds=event.ago_s):%H:%M:%S}"
    mark = MARKS[event.priority] if event.priority else ""
    parts = [moment, mark, _name(sight, event), _alarm(sight, event), _value(sight, event)]
    text = " ".join(part for part in parts if part)
    flags = (sight.words.named("flag", flag.value) for flag in event.flags)
    return " · ".join(part for part in (text, event.by or "", *flags) if part)


def _name(sight: Sight, event: Event) -> str:
    if event.event == _ESCALATED:
        priority = sight.words.named("priority", (event.priority or Priority.LOW).value)
        return sight.words.text(f"event.{_ESCALATED}", priority=priority)
    if event.event in _ABOUT_DEVICES:
        beds = {"came_from": event.came_from or "", "moved_to": event.moved_to or ""}
        return sight.words.text(f"event.{event.event}", device=event.device or "", **beds)
    if event.state is not None:
        return f"{event.device or ''} {sight.words.named('device', event.state.value)}".strip()
    return event_word(sight, event.event, event.detail)


_ESCALATED = "alarm_escalated"
_ABOUT_DEVICES = ("device_assigned", "device_replugged", "assignment_ended")


def _alarm(sight: Sight, event: Event) -> str:
    if event.alarm is None:
        return ""
    name = sight.words.named("alarm", event.alarm)
    return f"{name} · {event.device}" if event.device else name


def _value(sight: Sight, event: Event) -> str:
    if event.measure is None or event.value is None:
        return ""
    return sight.forms.number(event.value, event.measure.form.decimals)
