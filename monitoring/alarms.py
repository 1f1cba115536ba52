"""Alarms of one bed: conditions are advanced by what is seen, signals by what becomes of them.

`advance` and `acknowledge` return changes; `apply` is how a change alters an alarm, here and when
the journal is replayed, so that the record and the live state cannot part.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import inf

from monitoring import conditions, signals
from monitoring.alarmrules import ConditionRow
from monitoring.conditions import Condition, Delays, Presence
from monitoring.detectors import DETECTORS, Detector, Finding
from monitoring.signals import Cue
from monitoring.view import BedView
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.vocabulary import ConditionState, Priority, SignalState


@dataclass(frozen=True, slots=True)
class Key:
    """Which alarm of a bed: the condition, and the device if it is a technical one."""

    condition: str
    device: str | None = None


@dataclass(frozen=True, slots=True)
class Alarm:
    """One condition, and what the operator is shown of it."""

    condition: Condition
    signal: SignalState
    priority: Priority
    onset: Instant
    """When it became an alarm; before that, when it was first seen."""
    measure: Measure | None
    value: float | None
    """The newest value beyond the limit."""
    limit: float | None
    extreme_s: float | None = None
    """How long it has been at or beyond the outer limit; None when it was not when last known."""
    raised: Instant | None = None
    """Since when it has had its priority; absent in a record that did not keep it."""
    acknowledged: Instant | None = None
    """When it was acknowledged, while that counts."""
    lapsed: Instant | None = None
    """When an acknowledgement of it had counted for as long as it may."""

    @property
    def raised_at(self) -> Instant:
        """Return since when it has had its priority."""
        return self.raised or self.onset


Alarms = Mapping[Key, Alarm]


@dataclass(frozen=True, slots=True)
class Change:
    """What became of an alarm: exactly one record of each is kept."""

    cue: Cue
    key: Key
    at: Instant
    priority: Priority
    measure: Measure | None
    value: float | None
    limit: float | None
    latency_s: float | None = None
    """Of an acknowledgement: seconds from the onset."""


def advance(
    alarms: Alarms,
    bed: BedView,
    rows: Mapping[str, ConditionRow],
    now: Instant,
    detectors: Mapping[str, Detector] = DETECTORS,
) -> tuple[dict[Key, Alarm], list[Change]]:
    """Return the alarms after what is seen at `now`, and every change in the order it happened."""
    result = dict(alarms)
    changes: list[Change] = []
    for name, row in rows.items():
        for finding in _findings(name, detectors[name](bed), result):
            if not result and finding.presence is not Presence.PRESENT:
                continue  # nothing would be kept of it: most of what is asked ten times a second
            key = Key(name, finding.device)
            if key not in result and finding.presence is not Presence.PRESENT:
                continue
            before = result.get(key) or _unseen(finding, row, now)
            after, change = _advanced(before, key, finding, row, now)
            changes += [] if change is None else [change]
            _put(result, key, after)
    return result, changes


def acknowledge(alarms: Alarms, key: Key, now: Instant) -> Change | None:
    """Return the acknowledgement of an alarm that is on or latched; None when there is none."""
    alarm = alarms.get(key)
    if alarm is None or alarm.signal not in (SignalState.ON, SignalState.LATCHED):
        return None
    change = _change(Cue.ACKNOWLEDGED, key, alarm, now)
    return replace(change, latency_s=now.seconds_since(alarm.onset))


def replayed(alarms: Alarms, change: Change) -> dict[Key, Alarm]:
    """Return the alarms after a change that happened, or that was read back."""
    result = dict(alarms)
    _put(result, change.key, apply(result.get(change.key), change))
    return result


def apply(alarm: Alarm | None, change: Change) -> Alarm | None:
    """Return the alarm after a change; None where there was none to change."""
    alarming = alarm is not None and alarm.condition.alarming
    if change.cue is Cue.ONSET or (change.cue is Cue.ESCALATED and not alarming):
        return _begun(SignalState.OFF if alarm is None else alarm.signal, change)
    if alarm is None:
        return None
    return _moved(replace(alarm, signal=signals.after(alarm.signal, change.cue)), change)


def _moved(alarm: Alarm, change: Change) -> Alarm:
    """Return an alarm whose signal has moved, with what else the change alters."""
    match change.cue:
        case Cue.ESCALATED:
            raised = replace(alarm, raised=change.at, acknowledged=None)
            return replace(raised, priority=change.priority, value=change.value, limit=change.limit)
        case Cue.ACKNOWLEDGED:
            counts = alarm.signal is SignalState.ACKNOWLEDGED
            return replace(alarm, acknowledged=change.at if counts else None)
        case Cue.LAPSED:
            return replace(alarm, acknowledged=None, lapsed=change.at)
        case Cue.ENDED | Cue.ENDED_LATCHING:
            return replace(alarm, condition=conditions.inactive(change.at), acknowledged=None)
        case Cue.ONSET:
            return alarm


def _begun(signal: SignalState, change: Change) -> Alarm:
    """Return an alarm that begins; also one whose onset is missing from the record."""
    return Alarm(
        Condition(ConditionState.ACTIVE, change.at, change.at),
        signals.after(signal, change.cue),
        change.priority,
        change.at,
        change.measure,
        change.value,
        change.limit,
        raised=change.at,
    )


def _advanced(
    alarm: Alarm, key: Key, finding: Finding, row: ConditionRow, now: Instant
) -> tuple[Alarm, Change | None]:
    was = alarm.condition
    seen = _with_value(alarm, finding, row, now)
    condition = conditions.step(was, finding.presence, _delays(seen, finding, row), now)
    cue = _cue(was, condition, seen, finding, row, now) or _deeper(alarm, seen, row)
    if cue is None:
        return replace(seen, condition=condition), None
    urgent = _urgency(seen, finding, row, now) if cue in (Cue.ONSET, Cue.ESCALATED) else None
    change = _change(cue, key, replace(seen, priority=urgent or seen.priority), now)
    changed = apply(seen, change) or seen
    return replace(changed, condition=condition, extreme_s=seen.extreme_s), change


def _cue(
    was: Condition,
    condition: Condition,
    alarm: Alarm,
    finding: Finding,
    row: ConditionRow,
    now: Instant,
) -> Cue | None:
    if condition.alarming and not was.alarming:
        return Cue.ONSET
    if was.alarming and not condition.alarming:
        return Cue.ENDED_LATCHING if row.latched(alarm.priority) else Cue.ENDED
    present = condition.alarming and finding.presence is Presence.PRESENT
    if present and _urgency(alarm, finding, row, now).rank > alarm.priority.rank:
        return Cue.ESCALATED
    return None


def _deeper(before: Alarm, seen: Alarm, row: ConditionRow) -> Cue | None:
    """Return that an acknowledgement lapses, once: what is seen has become extreme since.

    What has not been seen since the acknowledgement, as after a restart, was not less before.
    """
    told = before.acknowledged
    if told is None or before.lapsed is not None or before.condition.known.seconds_since(told) <= 0:
        return None
    return Cue.LAPSED if _extreme(seen, row) and not _extreme(before, row) else None


def _urgency(alarm: Alarm, finding: Finding, row: ConditionRow, now: Instant) -> Priority:
    lasted_s = row.onset_s + now.seconds_since(alarm.onset) if alarm.condition.alarming else 0.0
    grown_s = inf if row.escalate_s is None or finding.steady else row.escalate_s
    if _extreme(alarm, row) or lasted_s >= grown_s:
        return Priority.HIGH
    return finding.priority or row.priority


def _extreme(alarm: Alarm, row: ConditionRow) -> bool:
    if alarm.extreme_s is None or row.extreme_s is None:
        return False
    return alarm.extreme_s >= row.extreme_s


def _delays(alarm: Alarm, finding: Finding, row: ConditionRow) -> Delays:
    onset_s = 0.0 if _extreme(alarm, row) else max(row.onset_s, finding.wait_s)
    return Delays(onset_s, row.off_s, row.forget_s)


def _with_value(alarm: Alarm, finding: Finding, row: ConditionRow, now: Instant) -> Alarm:
    if finding.presence is Presence.UNKNOWN:
        return alarm
    alarm = replace(alarm, extreme_s=_extreme_s(alarm, finding, row, now))
    if finding.presence is Presence.ABSENT:
        return alarm
    return replace(alarm, measure=finding.measure, value=finding.value, limit=finding.limit)


def _extreme_s(alarm: Alarm, finding: Finding, row: ConditionRow, now: Instant) -> float | None:
    """Return how long it has been extreme; the wait begins anew after too long unknown."""
    if not finding.extreme:
        return None
    since_s = now.seconds_since(alarm.condition.known)
    if alarm.extreme_s is None or since_s > row.forget_s:
        return 0.0
    return alarm.extreme_s + since_s


def _change(cue: Cue, key: Key, alarm: Alarm, now: Instant) -> Change:
    return Change(cue, key, now, alarm.priority, alarm.measure, alarm.value, alarm.limit)


def _unseen(finding: Finding, row: ConditionRow, now: Instant) -> Alarm:
    return Alarm(
        conditions.inactive(now),
        SignalState.OFF,
        row.priority,
        now,
        finding.measure,
        finding.value,
        finding.limit,
    )


def _findings(condition: str, found: Iterable[Finding], alarms: Alarms) -> Iterable[Finding]:
    """Return what is seen, and `absent` for alarms whose device no longer stands at the bed."""
    if not alarms:
        return found
    seen = list(found)
    devices = {finding.device for finding in seen}
    gone = [k.device for k in alarms if k.condition == condition and k.device not in devices]
    return [*seen, *(Finding(device, Presence.ABSENT) for device in gone)]


def _put(alarms: dict[Key, Alarm], key: Key, alarm: Alarm | None) -> None:
    """Keep an alarm while its condition is under way or its note stays."""
    idle = alarm is None or (
        alarm.condition.state is ConditionState.INACTIVE and alarm.signal is SignalState.OFF
    )
    if alarm is None or idle:
        alarms.pop(key, None)
    else:
        alarms[key] = alarm
