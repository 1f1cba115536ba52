"""The latest events of the bed: one a row where there is room, else in one row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from rich.cells import cell_len

from daemon.protocol.messages import Event
from tui.entry import entry_text, event_word
from tui.order import MARKS
from tui.sight import Sight
from tui.span import Row, Span, Tone, fit
from vitals.vocabulary import Priority

ENTRIES = 3
"""So many lines are looked for at least, from the entries of the case where events are few."""


def events(sight: Sight, width: int, height: int) -> list[Row]:
    """Return the newest events first."""
    texts = list(_texts(sight, max(height, ENTRIES)))
    title = f" {sight.words.text('events.title')}  "
    if height == 1:
        return [fit((Span(title, Tone.QUIET), Span(_whole(texts, width - len(title)))), width)]
    rows = []
    for number in range(height):
        lead = Span(title if number == 0 else " " * len(title), Tone.QUIET)
        text = texts[number] if number < len(texts) else ""
        rows.append(fit((lead, Span(text)), width))
    return rows


def _texts(sight: Sight, wanted: int) -> Iterator[str]:
    """Yield the newest events; where few are at hand, what was entered in the case before them."""
    events = list(reversed(sight.bed.events))
    yield from (event_text(sight, event) for event in events)
    told = {event.at for event in events}
    entries = sight.case.entries if sight.case else ()
    older = sorted((one for one in entries if one.entered not in told), key=lambda one: -one.number)
    for one in older[: max(0, wanted - len(events))]:
        yield " · ".join((entry_text(sight, one), one.by))


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
