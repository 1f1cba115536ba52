"""What the rules see of one bed at one moment: ages in seconds instead of clocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from monitoring.limits import Range
from vitals.measure import Measure
from vitals.reading import Note, Quality
from vitals.vocabulary import DeviceState, Modality


@dataclass(frozen=True, slots=True)
class Sample:
    """The newest reading of one measure."""

    value: float | None
    quality: Quality
    age_s: float


@dataclass(frozen=True, slots=True)
class Ages:
    """How old a number may be, in s."""

    fresh_s: float
    """Current up to this age."""
    stale_s: float
    """No longer shown beyond this age."""


@dataclass(frozen=True, slots=True)
class DeviceView:
    """One device at the bed."""

    name: str
    modalities: tuple[Modality, ...]
    state: DeviceState
    ages: Mapping[Measure, Ages]
    """How old its numbers may be, for everything it can measure."""
    samples: Mapping[Measure, Sample]
    notes: frozenset[Note] = frozenset()
    """What it says of itself just now."""

    @property
    def receiving(self) -> bool:
        """Tell whether good frames are coming."""
        return self.state is DeviceState.RECEIVING

    def current(self, measure: Measure) -> Sample | None:
        """Return the sample if it is fresh, with or without a number."""
        sample = self.samples.get(measure)
        if sample is None or sample.age_s > self.ages[measure].fresh_s:
            return None
        return sample


@dataclass(frozen=True, slots=True)
class CaseView:
    """The running anaesthetic."""

    elapsed_s: float
    grace_s: float
    """Until then nothing is asked of probes that are not on yet."""
    limits: Mapping[Measure, Range]
    required: frozenset[Modality]
    seen: frozenset[Measure]
    """Measures that had a number at least once in this case."""

    @property
    def in_grace(self) -> bool:
        """Tell whether the induction grace still runs."""
        return self.elapsed_s < self.grace_s


@dataclass(frozen=True, slots=True)
class BedView:
    """One bed with a running case."""

    case: CaseView
    devices: tuple[DeviceView, ...]
    recording: bool
    """Whether the journal is keeping up."""
    ruled: bool = True
    """Whether the rules in force are the ones that the clinic wants."""

    def numbers(self, measure: Measure) -> Iterator[tuple[DeviceView, float]]:
        """Yield every current number of a measure, in the order of the devices."""
        for device in self.devices:
            sample = device.current(measure)
            if sample is not None and sample.value is not None:
                yield device, sample.value
