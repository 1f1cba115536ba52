"""The streams to servers, in the first row: by name, with what waits."""

from __future__ import annotations

from daemon.protocol.telemetry import Sink, Telemetry
from vitals.outward import Link
from words.catalogue import Words
from words.forms import Forms

LATE_S = 5.0
"""A sink whose oldest row waits less long is not behind."""


def sinks(told: Telemetry | None, words: Words, forms: Forms) -> list[str]:
    """Return what is said of each configured stream: `influx 12 s`, `mqtt ✓`."""
    if told is None:
        return []
    failing = [words.text("history.failing")] if told.failing else []
    return [*failing, *(_sink(sink, words, forms) for sink in told.sinks)]


def troubled(told: Telemetry | None, words: Words, forms: Forms) -> list[str]:
    """Return what is said of the streams that are not as they should be."""
    if told is None:
        return []
    behind = tuple(one for one in told.sinks if not _well(one))
    return sinks(Telemetry(told.at, behind, told.fill, told.lost, told.failing), words, forms)


def _sink(sink: Sink, words: Words, forms: Forms) -> str:
    name = words.named("sink", sink.name)
    if sink.link is Link.REFUSED:
        return words.text("sink.refused", name=name)
    if _well(sink):
        return words.text("sink.well", name=name)
    if sink.oldest_s is None:
        return words.text("sink.down", name=name)
    return words.text("sink.behind", name=name, age=forms.age(sink.oldest_s))


def _well(sink: Sink) -> bool:
    late = sink.oldest_s is not None and sink.oldest_s >= LATE_S
    return sink.link is Link.UP and not late
