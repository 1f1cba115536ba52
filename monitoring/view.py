"""What the rules see of one bed at one moment: ages in seconds instead of clocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from monitoring.allowances import Allowances
from monitoring.limits import Range
from vitals.measure import Measure
from vitals.practice import Gas
from vitals.reading import Note, Quality
from vitals.vocabulary import Airway, DeviceState, Modality, Phase, Ventilation


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
class Breathed:
    """What a capnograph has had of this patient's breath; ages in s."""

    last_s: float | None = None
    """Since the last breath; None before the first."""
    proof_s: float | None = None
    """Since the first of as many breaths as show that the patient breathes into it."""
    waving: bool = False
    """Its wave comes, flat or not."""
    wave_s: float | None = None
    """Since it came last; None from one that never sent one."""


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
    breathed: Breathed = Breathed()

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


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """The running case."""

    elapsed_s: float
    grace_s: float
    """Until then nothing is asked of probes that are not on yet."""
    limits: Mapping[Measure, Range]
    """In force just now."""
    required: frozenset[Modality]
    seen: frozenset[Measure]
    """Measures that had a number at least once in this case."""
    allowances: Allowances
    attaching: frozenset[Modality] = frozenset()
    """What came to be required after the start, so short a while ago that it may still be off."""
    arrived_s: float | None = None
    """Since the patient came from another bed, in s; None where the case began at this one."""
    phase: Phase = Phase.DURING
    phase_s: float | None = None
    """Since it began, in s; None where there was no other before it."""
    told_s: float | None = None
    """Since somebody said so, in s: later where it was entered late."""
    former: Mapping[Measure, Range] = field(default_factory=dict)
    """What the patient was held to in the phase before this one."""
    emergency: bool = False
    airway: Airway | None = None
    """None until one was recorded."""
    airway_s: float | None = None
    """Since it was last recorded, in s."""
    airway_said_s: float | None = None
    """Since somebody said so, in s: a removal may have been earlier than it was told of."""
    ventilation: Ventilation | None = None
    breathed: bool = False
    """As many breaths were seen on CO2 in this case as show that the patient breathes."""
    listened_s: float | None = None
    """From when silence on CO2 is taken for no breath, in s; None where nobody kept it."""
    apnoea_s: float | None = None
    """So long without a breath is an apnoea; None where no limit was set."""
    unusual: bool = False
    """Younger than the patients whom the practice usually has."""
    upset: bool = False
    """Marked as crying just now."""
    every_s: float | None = None
    """How often blood pressure is to be measured; None where nobody asks for it."""
    every_since_s: float | None = None
    """Since when it is, in s; None where that is not known."""
    cuffed_s: float | None = None
    """Since a cuff last measured, in s: also where it has failed since."""
    typed_s: Mapping[Measure, float] = field(default_factory=dict)
    """Since a person read a measure and typed it in: no number of a device."""
    cuff_s: float | None = None
    """Since a cuff on the limb of the probe began to fill; None while none does."""
    pulse_s: float | None = None
    """Since a pulse was last found at this bed, in s; None where it never was."""
    onsets: Mapping[str, float] = field(default_factory=dict)
    """By condition: since when an alarm of it lasts, in s."""

    @property
    def in_grace(self) -> bool:
        """Tell whether probes may still be off: in the induction grace, and after a move."""
        return self.elapsed_s < self.grace_s or self.arriving

    @property
    def arriving(self) -> bool:
        """Tell whether the patient came from another bed a moment ago."""
        return self.arrived_s is not None and self.arrived_s < self.allowances.arrival.grace_s

    @property
    def squeezed(self) -> bool:
        """Tell whether a cuff explains that the probe finds nothing.

        So long at most since a pulse was last found, however often a cuff has begun since.
        """
        if self.cuff_s is None or self.pulse_s is None:
            return False
        return max(self.cuff_s, self.pulse_s) <= self.allowances.cuff.hold_s

    def held(self, measure: Measure, age_s: float) -> Range | None:
        """Return what a number of such an age is held to: of the phase in which it was taken."""
        before = self.phase_s is not None and age_s > self.phase_s
        return (self.former if before else self.limits).get(measure)


@dataclass(frozen=True, slots=True)
class BedView:
    """One bed with a running case."""

    case: CaseView
    devices: tuple[DeviceView, ...]
    recording: bool
    """Whether the journal is keeping up."""
    ruled: bool = True
    """Whether the rules in force are the ones that the clinic wants."""
    jumped: bool = False
    """Whether the wall clock has jumped a moment ago."""
    sounding: bool = True
    """Whether there is a device that alarms can be sounded on."""
    gases: Mapping[Gas, float | None] = field(default_factory=dict)
    """For how many minutes what is in use is enough, of each gas that flows; None: not known."""
    owed: float = 0.0
    """Share of the outbox's quota that servers are owed."""

    def numbers(self, measure: Measure) -> Iterator[tuple[DeviceView, float]]:
        """Yield every current number of a measure, in the order of the devices."""
        for device in self.devices:
            sample = device.current(measure)
            if sample is not None and sample.value is not None:
                yield device, sample.value
