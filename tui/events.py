"""The latest events of the bed: one a row where there is room, else in one row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from rich.cells import cell_len

from daemon.protocol.cases import Entry
from daemon.protocol.lately import DEVICE_STATE
from daemon.protocol.messages import Event
from tui.entry import entry_text, event_word, typed_in
from tui.order import MARKS
from tui.sight import Sight
from tui.span import Row, Span, Tone, fit
from vitals.vocabulary import Priority

ENTRIES = 3
"""So many lines are looked for at least, from the entries of the case where events are few."""
MOST = 8
"""More rows than these say nothing that is still news."""


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


def rows_for_events(sight: Sight, least: int, spare: int) -> int:
    """Return the rows for the events: of those to spare as many as there is something to tell in.

    What is read in the place of the wave has all of them.
    """
    if sight.reading:
        return least
    most = min(MOST, least + max(0, spare))
    return max(least, min(most, sum(1 for _ in _happened(sight, most))))


def _texts(sight: Sight, wanted: int) -> Iterator[str]:
    """Yield what to read, what happened to the patient first."""
    for one in _happened(sight, wanted):
        told = entry_text(sight, one) if isinstance(one, Entry) else event_text(sight, one)
        yield " · ".join((told, one.by)) if isinstance(one, Entry) else told


def _happened(sight: Sight, wanted: int) -> Iterator[Event | Entry]:
    """Yield the newest events; where few are at hand, what was entered in the case before them.

    How the connections of monitors stand comes last: it takes no place from the patient.
    """
    events = list(reversed(sight.bed.events))
    happened = [one for one in events if one.event != DEVICE_STATE]
    yield from happened
    told = {event.at for event in events}
    entries = sight.case.entries if sight.case else ()
    older = sorted((one for one in entries if one.entered not in told), key=lambda one: -one.number)
    yield from older[: max(0, wanted - len(happened))]
    yield from (one for one in events if one.event == DEVICE_STATE)


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
    if _typed(event) and event.measure is not None and event.value is not None:
        return typed_in(sight, event.measure, event.value)
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
    if event.measure is None or event.value is None or _typed(event):
        return ""
    return sight.forms.number(event.value, event.measure.form.decimals)


def _typed(event: Event) -> bool:
    return event.event == "entry_reading"
