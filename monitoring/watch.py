"""What a case is watched by, followed as it happens: the gaps in every modality, wanted or not.

A late entry may make required what nobody asked for at the time, so that all are followed. A gap is
told once the last reading that covered has gone stale, and begins at the time of that reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, structs

from monitoring.cells import cause
from monitoring.detectors import PROVES
from monitoring.gaps import Begun, Changed, Closed, Opened, Record, Turned
from monitoring.stretch import later, latest
from monitoring.thresholds import Thresholds
from monitoring.view import DeviceView
from vitals.instant import Instant
from vitals.reading import Note
from vitals.vocabulary import GapCause, Modality


class Thread(Struct, frozen=True):
    """One modality: its last reading, until when it is covered, and why not since."""

    good: float
    """On the monotonic clock: no gap until then."""
    last: Instant | None = None
    """None until there was a reading."""
    causes: tuple[GapCause, ...] = ()
    """Of the open gap; empty while none is open."""


class Watch(Struct, frozen=True):
    """What is followed of one case; nothing of it need be kept, the record is enough."""

    since: Instant
    threads: Mapping[Modality, Thread]
    inflating: Instant | None = None
    """When a cuff was last seen to fill."""
    came: Instant | None = None
    """When the patient came from another bed; None where the case began at this one."""

    @property
    def arrived(self) -> Instant:
        """Return since when what is read at the bed is read of this patient."""
        return self.came or self.since


class Reading(Struct, frozen=True):
    """A number that covers, and until when by itself."""

    at: Instant
    good: float


def begun(now: Instant, record: Record | None = None) -> tuple[Watch, tuple[Changed, ...]]:
    """Return the watch of a case that is followed from now on, and what is to be journalled.

    Where a case was followed before and let go of, what is on record of it keeps no gap open.
    """
    gaps = [] if record is None else [record.standing(modality) for modality in PROVES]
    left = [gap for gap in gaps if gap is not None]
    ends = (Closed(gap.modality, latest(gap.since, now), at_reading=False) for gap in left)
    return _fresh(now), (Begun(now), *ends)


def resumed(
    record: Record | None, mark: Instant, now: Instant
) -> tuple[Watch, tuple[Changed, ...]]:
    """Return the watch after a restart, and the gap in which nothing was recorded.

    `mark` is the last moment of which the journal knows that the recorder ran.
    """
    if record is None:
        return begun(now)
    end, changes = latest(mark, now), list[Changed]()
    for modality in PROVES:
        gap = record.standing(modality)
        if gap is not None:
            changes.append(Closed(modality, latest(gap.since, mark), at_reading=False))
        changes += [
            Opened(modality, mark, GapCause.RECORDER_DOWN, at_reading=False),
            Closed(modality, end, at_reading=False),
        ]
    return _fresh(now), tuple(changes)


def moved(watch: Watch, now: Instant) -> Watch:
    """Return the watch of a patient who came to another bed: what was read there is not theirs."""
    return structs.replace(watch, came=now, inflating=None)


def watched(
    watch: Watch,
    devices: Sequence[DeviceView],
    now: Instant,
    rules: Thresholds,
    *,
    same_limb: bool = False,
) -> tuple[Watch, tuple[Changed, ...]]:
    """Return the watch once a bed's devices were looked at, and what is to be journalled, in order.

    Asked at every reading and ten times a second. `same_limb`: probe and cuff sit on one limb.
    """
    filling = any(Note.CUFF_INFLATING in device.notes for device in devices)
    watch = structs.replace(watch, inflating=now if filling else watch.inflating)
    threads: dict[Modality, Thread] = {}
    changes: list[Changed] = []
    for modality, thread in watch.threads.items():
        told = [device for device in devices if modality in device.modalities]
        look = _Look(watch, modality, told, now, rules, same_limb)
        threads[modality], found = look.follow(thread)
        changes += found
    return structs.replace(watch, threads=threads), tuple(changes)


class _Look(Struct, frozen=True):
    """One modality at one moment."""

    watch: Watch
    modality: Modality
    devices: Sequence[DeviceView]
    at: Instant
    rules: Thresholds
    same_limb: bool

    def follow(self, thread: Thread) -> tuple[Thread, list[Changed]]:
        changes: list[Changed] = []
        for reading in sorted(self._readings(), key=lambda one: one.at.monotonic):
            changes += self._ended(thread, reading)
            thread = _covered(thread, reading)
        causes = thread.causes
        if causes:
            causes = (*causes, *(one for one in [self._cause()] if one not in causes))
            changes += [Turned(self.modality, one) for one in causes[len(thread.causes) :]]
        elif self.at.monotonic > thread.good or thread.last is None:
            opened = self._opened(thread)
            causes, changes = (opened.cause,), [*changes, opened]
        return structs.replace(thread, causes=causes), changes

    def _readings(self) -> Iterator[Reading]:
        """Yield what covers: a number of this patient that is not stale."""
        measure = PROVES[self.modality]
        single_s = self.rules.interval_s(self.modality)
        for device in self.devices:
            sample = device.samples.get(measure)
            if sample is None or sample.value is None or not sample.quality.usable:
                continue
            stale_s = device.ages[measure].stale_s if single_s is None else single_s
            at = later(self.at, -sample.age_s)
            if sample.age_s <= stale_s and not self._others(at, single=single_s is not None):
                yield Reading(at, at.monotonic + stale_s)

    def _others(self, at: Instant, *, single: bool) -> bool:
        """Tell whether a reading may be that of the patient who was at the bed before."""
        watch = self.watch
        if watch.came is not None and at.monotonic < watch.came.monotonic:
            return True
        return single and at.monotonic < watch.since.monotonic

    def _ended(self, thread: Thread, reading: Reading) -> list[Changed]:
        """Return the end of the gap that a reading closes, also of one that nobody saw open."""
        since = thread.last or self.watch.since
        if reading.at.monotonic <= since.monotonic:
            return []
        if not thread.causes and reading.at.monotonic <= thread.good:
            return []
        missed: list[Changed] = [] if thread.causes else [self._opened(thread)]
        return [*missed, Closed(self.modality, reading.at, at_reading=True)]

    def _opened(self, thread: Thread) -> Opened:
        since = thread.last or self.watch.since
        found = GapCause.CUFF_SAME_LIMB if self._squeezed(thread) else self._cause()
        return Opened(self.modality, since, found, at_reading=thread.last is not None)

    def _cause(self) -> GapCause:
        """Return why nothing covers just now; stale where something has come meanwhile."""
        return cause(self.modality, self.devices) or GapCause.STALE

    def _squeezed(self, thread: Thread) -> bool:
        """Tell whether a cuff that fills explains why SpO2 stopped at its last reading."""
        filled = self.watch.inflating
        return (
            self.same_limb
            and self.modality is Modality.PULSE_OXIMETRY
            and thread.last is not None
            and filled is not None
            and filled.monotonic >= thread.last.monotonic
            and any(device.receiving for device in self.devices)
        )


def _fresh(now: Instant) -> Watch:
    return Watch(now, {modality: Thread(now.monotonic) for modality in PROVES})


def _covered(thread: Thread, reading: Reading) -> Thread:
    """Return the thread after a reading; one that is older than the last only adds to its time."""
    good = max(thread.good, reading.good)
    if thread.last is not None and reading.at.monotonic <= thread.last.monotonic:
        return structs.replace(thread, good=good)
    return Thread(good, reading.at)
