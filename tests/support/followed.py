"""A bed's watch in a test: looked at when the test says, its changes folded as a journal would."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from beds import AGES, at
from courses import rows

from monitoring.detectors import PROVES
from monitoring.gaps import Changed, Gap, Record, folded
from monitoring.view import DeviceView, Sample
from monitoring.watch import Watch, begun, resumed, watched
from vitals.measure import Measure
from vitals.reading import Note, Quality
from vitals.vocabulary import DeviceState, GapCause, Modality

Given = Mapping[Modality, tuple[float, Quality]]
"""By modality: when the newest sample was taken, and its quality."""


def device(
    given: Given,
    now: float,
    *,
    modalities: Iterable[Modality] = PROVES,
    state: DeviceState = DeviceState.RECEIVING,
    notes: Iterable[Note] = (),
) -> DeviceView:
    """Return a monitor as the rules see it at `now`."""
    samples: dict[Measure, Sample] = {
        PROVES[modality]: Sample(97.0 if quality.usable else None, quality, now - taken)
        for modality, (taken, quality) in given.items()
    }
    return DeviceView("monitor", tuple(modalities), state, AGES, samples, frozenset(notes))


@dataclass
class Followed:
    """A case that is watched from `since` on, and what the journal holds of it."""

    since: float = 0.0
    same_limb: bool = False
    changes: list[Changed] = field(default_factory=list)
    watch: Watch = field(init=False)

    def __post_init__(self) -> None:
        self.watch, changes = begun(at(self.since))
        self.changes += changes

    @property
    def record(self) -> Record | None:
        record = None
        for change in self.changes:
            record = folded(record, change)
        return record

    def look(self, now: float, *devices: DeviceView) -> tuple[Changed, ...]:
        """Look at the bed's devices once."""
        self.watch, changes = watched(
            self.watch, devices, at(now), rows(), same_limb=self.same_limb
        )
        self.changes += changes
        return changes

    def see(self, now: float, given: Given, notes: Iterable[Note] = ()) -> tuple[Changed, ...]:
        """Look at one monitor with these samples."""
        return self.look(now, device(given, now, notes=notes))

    def restart(self, mark: float, now: float) -> None:
        """Start again, with what the journal holds and nothing else."""
        self.watch, changes = resumed(self.record, at(mark), at(now))
        self.changes += changes

    def gaps(self, modality: Modality) -> list[tuple[float, float | None, GapCause]]:
        """Return the gaps of a modality in seconds, with what each is called by."""
        record = self.record
        return [] if record is None else [_told(gap) for gap in record.of(modality)]


def _told(gap: Gap) -> tuple[float, float | None, GapCause]:
    zero = at(0).monotonic
    until = None if gap.until is None else round(gap.until.monotonic - zero, 3)
    return round(gap.since.monotonic - zero, 3), until, gap.cause
