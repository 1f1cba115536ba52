"""What is so, put into the messages that clients read."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from msgspec import structs

from daemon.journal import alarming, events, limiting
from daemon.journal.calls import BedCalled
from daemon.journal.event import Event
from daemon.journal.reach import CallableLost
from daemon.picture import Station
from daemon.protocol import messages
from daemon.protocol.alarms import AlarmState
from daemon.protocol.message import Message
from monitoring.alarms import Alarm, Key
from monitoring.signals import Cue
from vitals import deeds
from vitals.deed import Deed
from vitals.detail import detail
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.reading import Item, Notes, Reading, WaveBlock
from vitals.vocabulary import SignalState


def item(station: Station, found: Item, now: Instant) -> Message:
    """Return what a driver handed up."""
    match found:
        case Reading():
            return reading(station, found, now)
        case WaveBlock():
            return wave(station, found)
        case Notes():
            return device(station, now)


def reading(station: Station, found: Reading, now: Instant) -> messages.Reading:
    """Return one value of a station."""
    return messages.Reading(
        at=found.at.rfc3339(),
        age_s=round(now.seconds_since(found.at), 3),
        bed=station.bed,
        device=station.device.name,
        measure=found.measure,
        value=found.measure.rounded(found.value),
        unit=found.measure.form.unit,
        quality=found.quality,
        origin=station.origin,
        fresh_s=station.ages_of(found).fresh_s,
        stale_s=station.ages_of(found).stale_s,
        agent=found.agent,
        site=found.site,
        live=found.live,
    )


def wave(station: Station, block: WaveBlock) -> messages.Wave:
    """Return a block of samples of a station."""
    return messages.Wave(
        at=block.at.rfc3339(),
        bed=station.bed,
        device=station.device.name,
        channel=block.channel,
        rate_hz=block.rate_hz,
        unit=block.unit,
        origin=station.origin,
        samples=block.samples,
    )


def device(station: Station, now: Instant) -> messages.Device:
    """Return where a station's connection stands."""
    counts = station.totals()
    heard = station.heard
    return messages.Device(
        at=station.since.rfc3339(),
        age_s=None if heard is None else round(now.seconds_since(heard), 3),
        bed=station.bed,
        name=station.device.name,
        protocol=station.device.protocol,
        origin=station.origin,
        state=station.state,
        reason=station.complaint(now),
        fault=station.fault(now),
        notes=tuple(sorted(station.said)),
        checked=station.entry.checked,
        frames=counts.frames,
        bad_frames=counts.bad_frames,
        discarded_bytes=counts.discarded_bytes,
        port=station.port,
    )


def alarm(bed: str, key: Key, found: Alarm, now: Instant) -> messages.Alarm:
    """Return an alarm as it stands at `now`."""
    return messages.Alarm(
        at=now.rfc3339(),
        age_s=round(now.seconds_since(found.onset), 3),
        id=key.condition,
        bed=bed,
        device=key.device,
        state=_standing(found),
        signal=found.signal,
        priority=found.priority,
        measure=found.measure,
        value=_rounded(found.measure, found.value),
        limit=_rounded(found.measure, found.limit),
    )


_ALARM_EVENTS = {
    Cue.ONSET: "alarm_onset",
    Cue.ESCALATED: "alarm_escalated",
    Cue.ACKNOWLEDGED: "alarm_acknowledged",
    Cue.LAPSED: "alarm_lapsed",
    Cue.ENDED: "alarm_ended",
    Cue.ENDED_LATCHING: "alarm_ended",
}


def lines(found: Event, at: Instant) -> tuple[messages.Event, ...]:
    """Return the lines for the last events: none for what people need not see there.

    A device that was moved has one at each of its two beds.
    """
    if isinstance(found, events.DeviceAssigned):
        return tuple(_moved(found, at))
    line = _line(found, at)
    return () if line is None else (line,)


def _moved(found: events.DeviceAssigned, at: Instant) -> Iterator[messages.Event]:
    here, before = found.place.bed, found.came_from
    at_bed = partial(messages.Event, at.rfc3339(), device=found.device, by=found.by)
    if here != before:
        moved = partial(at_bed, event=found.kind(), came_from=before, moved_to=here)
        yield moved(bed=before)
        yield moved(bed=here)
    elif found.place.port != found.came_off:
        yield at_bed(bed=here, event="device_replugged")


def _line(found: Event, at: Instant) -> messages.Event | None:
    at_bed = partial(messages.Event, at.rfc3339())
    match found:
        case alarming.AlarmChanged():
            return at_bed(
                found.bed,
                _ALARM_EVENTS[found.cue],
                found.device,
                found.alarm,
                found.priority,
                found.measure,
                _rounded(found.measure, found.value),
                found.by,
            )
        case events.DeviceChanged():
            return at_bed(found.bed, "device_state", found.device, state=found.state)
        case events.AssignmentEnded():
            return at_bed(found.bed, found.kind(), found.device)
        case BedCalled():
            return at_bed(found.bed, found.kind(), by=found.by)
        case _:
            return _sounded(found, at) or _limited(found, at) or _course(found, at)


def _sounded(found: Event, at: Instant) -> messages.Event | None:
    """Return the line of a pause or a call; None of anything else."""
    at_bed = partial(messages.Event, at.rfc3339())
    match found:
        case alarming.AudioPaused() | alarming.AudioResumed():
            return at_bed(found.bed, found.kind(), by=found.by)
        case alarming.CallAnswered():
            return at_bed(found.bed, found.kind(), by=found.by, case=found.case or None)
        case alarming.CallEscalated():
            return at_bed(found.bed, found.kind(), case=found.case or None, detail=found.step)
        case _:
            return None


def _limited(found: Event, at: Instant) -> messages.Event | None:
    """Return the line of limits that were set, taken back or restored, or of a band."""
    if not isinstance(found, limiting.Limiting):
        return None
    line = partial(messages.Event, at.rfc3339(), found.bed, found.kind(), case=found.case)
    match found:
        case limiting.LimitChanged(measures=(measure, *_), values=values):
            value = measure.rounded(next(iter(values.values())))
            return line(measure=measure, value=value, by=found.by, detail=measure)
        case limiting.BandChosen():
            return line(by=found.by, detail=found.band)
        case limiting.LimitsRestored(count=count):
            return line(detail=str(count))
        case _:
            return line(by=found.by)


def _course(found: Event, at: Instant) -> messages.Event | None:
    """Return the line of what happens to a case."""
    at_bed = partial(messages.Event, at.rfc3339())
    match found:
        case events.CaseEntered():
            return _entered(found, at)
        case events.CaseStarted() | events.CaseEnded() | CallableLost():
            return at_bed(found.bed, found.kind(), by=found.by, case=found.case)
        case events.CaseOpened(emergency=True):
            return at_bed(found.bed, "emergency", by=found.by, case=found.case)
        case events.DurationReached() | events.CaseQuiet():
            detail = str(found.minutes) if isinstance(found, events.DurationReached) else ""
            return at_bed(found.bed, found.kind(), case=found.case, detail=detail)
        case _:
            return None


def _entered(found: events.CaseEntered, at: Instant) -> messages.Event | None:
    """Return the line of an entry; none of what is made sure of before the start."""
    deed = found.deed
    if isinstance(deed, deeds.Checked | deeds.Assess | deeds.Prepare):
        return None
    name = _STEPS.get(type(deed), f"entry_{deed.name()}")
    line = messages.Event(
        at.rfc3339(),
        found.bed,
        name,
        by=found.by,
        case=found.case,
        detail=detail(deed),
        ago_s=found.ago_s,
        flags=found.flags,
    )
    if not isinstance(deed, deeds.Measured):
        return line
    value = deed.measure.rounded(deed.value)
    return structs.replace(line, measure=deed.measure, value=value)


_STEPS: dict[type[Deed], str] = {deeds.Begin: "case_started", deeds.Finish: "case_ended"}


def _standing(found: Alarm) -> AlarmState:
    if not found.condition.alarming:
        return AlarmState.ENDED
    if found.signal is SignalState.ACKNOWLEDGED:
        return AlarmState.ACKNOWLEDGED
    return AlarmState.ACTIVE


def _rounded(measure: Measure | None, value: float | None) -> float | int | None:
    return None if measure is None else measure.rounded(value)
