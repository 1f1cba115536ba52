"""Acknowledgements that have counted for as long as they may: what they silenced sounds again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from monitoring.alarms import Alarms, Change
from monitoring.signalrules import LapseRow
from monitoring.signals import Cue
from vitals.instant import Instant
from vitals.vocabulary import SignalState


def lapsed(alarms: Alarms, rows: Mapping[str, LapseRow], now: Instant) -> Iterator[Change]:
    """Yield the end of each acknowledgement that has lasted as long as its row allows."""
    for key, alarm in alarms.items():
        row, since = rows.get(key.condition), alarm.acknowledged
        if row is None or alarm.signal is not SignalState.ACKNOWLEDGED:
            continue
        # An older record does not say when: then it has counted for long enough.
        if since is None or now.seconds_since(since) >= row.after_s:
            numbers = alarm.measure, alarm.value, alarm.limit
            yield Change(Cue.LAPSED, key, now, alarm.priority, *numbers)
