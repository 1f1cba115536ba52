"""What an analyser says of itself, and what that makes of its numbers.

Document: "Anesthetic Gas Sensor Communication Protocol" (compatible with Phasein), sections "Status
summary" and A.3.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from devices.phasein.slow import Adapter, Mode, Range, Registers, Service, Work
from devices.phasein.wire import Status
from vitals.reading import Note, Quality


@dataclass(frozen=True, slots=True)
class Condition:
    """The status of the newest frame, and the newest registers as long as they are fresh."""

    status: Status
    registers: Registers | None = None
    service: Service | None = None

    @property
    def notes(self) -> frozenset[Note]:
        """Return what a person should be told."""
        return frozenset(row.note for row in self._findings() if row.note)

    @property
    def quality(self) -> Quality:
        """Return what gas values are worth: the worst of all that applies."""
        found = {row.quality for row in self._findings()}
        for quality in (Quality.INVALID, Quality.QUESTIONABLE):
            if quality in found:
                return quality
        return Quality.VALID

    @property
    def apnoea(self) -> bool:
        """Tell whether there are no breaths that an end-tidal value could belong to."""
        return Status.APNOEA in self.status

    def _findings(self) -> Iterator[Finding]:
        return (row for row in FINDINGS if row.applies(self))

    def mode(self) -> int:
        """Return the mode; measurement where nothing else was said."""
        return Mode.MEASUREMENT if self.registers is None else self.registers.mode

    def adapter(self) -> Adapter:
        """Return the adapter register; no bit where there is none."""
        return Adapter(0) if self.registers is None else self.registers.adapter

    def error(self) -> bool:
        """Tell whether the error register has any bit."""
        return self.registers is not None and self.registers.error > 0

    def outside(self) -> Range:
        """Return the data valid register; without one, that something is outside if STS says so."""
        if self.registers is not None:
            return self.registers.range
        return SOMETHING if Status.UNSPECIFIED_ACCURACY in self.status else Range(0)

    def zeroing(self) -> bool:
        """Tell whether a zero calibration runs."""
        return self.service is not None and Work.ZERO_RUNNING in self.service.work


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that an analyser can say."""

    applies: Callable[[Condition], bool]
    note: Note | None
    quality: Quality
    """What gas values are worth at best while it applies."""


INVALID, QUESTIONABLE, VALID = Quality.INVALID, Quality.QUESTIONABLE, Quality.VALID
SOMETHING = ~Range.ZERO_REQUIRED
WORN = Status.O2_LOW | Status.O2_REPLACE | Status.O2_CALIBRATE

FINDINGS = (
    Finding(lambda c: Status.CHECK_ADAPTER in c.status, Note.CHECK_ADAPTER, INVALID),
    Finding(lambda c: Status.SENSOR_ERROR in c.status, Note.SENSOR_FAULT, INVALID),
    Finding(lambda c: c.error(), Note.SENSOR_FAULT, INVALID),
    Finding(lambda c: c.mode() == Mode.SELF_TEST, Note.WARMING_UP, INVALID),
    Finding(lambda c: c.mode() == Mode.SLEEP, Note.SLEEPING, INVALID),
    Finding(lambda c: c.mode() == Mode.DEMO, None, INVALID),
    Finding(lambda c: c.zeroing(), Note.ZEROING, INVALID),
    Finding(lambda c: Status.UNSPECIFIED_ACCURACY in c.status, None, QUESTIONABLE),
    Finding(lambda c: bool(c.status & WORN), None, QUESTIONABLE),
    Finding(lambda c: Range.ZERO_REQUIRED in c.outside(), Note.ZERO_REQUIRED, QUESTIONABLE),
    Finding(lambda c: bool(c.outside() & SOMETHING), Note.OUT_OF_RANGE, QUESTIONABLE),
    Finding(lambda c: bool(c.adapter() & ~Adapter.O2_CLOGGED), Note.CHECK_ADAPTER, QUESTIONABLE),
    Finding(lambda c: Adapter.O2_CLOGGED in c.adapter(), Note.CHECK_SAMPLING_LINE, QUESTIONABLE),
    # Oxygen and anaesthetic are measured without breaths too; CO2 and rate are not.
    Finding(lambda c: c.apnoea, Note.NO_BREATH, VALID),
)
"""Every row that applies gives its note; the worst quality wins."""
