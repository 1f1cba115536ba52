"""What a block is watched by: readings before and after an injection, and while it is given.

The texts of 2622, 2635 and 2637 name no interval (Modernisering af anæstesiologisk
speciallægepraksis, FAPS, RLTN, chapter 8), so that what the contract asks for is a reading there,
not a share of the time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

from msgspec import Struct

from monitoring.case import Case, Entry
from monitoring.course import facts
from monitoring.due import Due, Part, agreed, code_at
from monitoring.gaps import Record
from monitoring.obligations import Book, Obliged, obligations
from monitoring.stretch import Stretch, earliest, later, total_s, without
from monitoring.thresholds import Thresholds
from vitals import deeds
from vitals.instant import Instant
from vitals.measure import Measure
from vitals.vocabulary import Basis, CaseKind, Modality, Obligation, Phase

_LEFT = (deeds.Leave, deeds.Transfer, deeds.Abandon)


class Standing(StrEnum):
    """Whether there was the reading that a block asks for."""

    MET = "met"
    PARTLY = "partly"
    """There was one, not where it was asked for."""
    MISSING = "missing"
    UNDOCUMENTED = "undocumented"


class Single(Struct, frozen=True):
    """A reading that the contract asks for in one phase of a block."""

    modality: Modality
    phase: Phase
    rule: str
    source: str
    approved: bool
    standing: Standing


class Course(Struct, frozen=True):
    """A block in which something was injected."""

    case: Case
    entries: Sequence[Entry]
    """In the order in which they happened."""
    given: Sequence[int]
    """The places of the injections among them; at least one."""

    @property
    def moments(self) -> tuple[Instant, ...]:
        """Return when something was injected."""
        return tuple(self.entries[place].at for place in self.given)

    @property
    def code(self) -> str:
        """Return the code that it was given under."""
        return code_at(self.case, self.moments[0])

    def visit(self, now: Instant) -> Stretch:
        """Return from when it was opened until the patient left; until now while that is not."""
        left = [one.at for one in self.entries if isinstance(one.deed, _LEFT)]
        return Stretch(self.case.opened, earliest(now, *left))

    def rows(self, book: Book) -> tuple[Obliged, ...]:
        """Return what its service asks for; nothing where the rules lack the code."""
        if self.code not in book.services:
            return ()
        found = obligations(book, self.code, facts(self.case, self.moments[0])).obligations
        return tuple(row for row in found if row.obligation is Obligation.REQUIRED)


def course(case: Case) -> Course | None:
    """Return the course of a block in which something was injected; None for any other case."""
    told = case.told
    given = [n for n, one in enumerate(told) if isinstance(one.deed, deeds.Give)]
    return Course(case, told, given) if case.kind is CaseKind.BLOCK and given else None


def singles(block: Course, book: Book, record: Record | None, now: Instant) -> Iterator[Single]:
    """Yield every reading that the contract asks for; clinical observation is none."""
    for row in block.rows(book):
        if row.basis is Basis.CONTRACT and row.modality is not Modality.CLINICAL_OBSERVATION:
            found = _during(block, row, record, now) if row.phase is Phase.DURING else None
            yield Single(
                row.modality,
                row.phase,
                row.rule,
                row.source,
                agreed(row),
                found or _paired(block, row),
            )


def advised(block: Course, book: Book, now: Instant, rules: Thresholds) -> Iterator[Due]:
    """Yield what peers would watch: from the first injection until some time after the last.

    Readings by the clock are asked for as long as their number takes, from the last injection on.
    """
    first, last = block.moments[0], block.moments[-1]
    for row in block.rows(book):
        paced_s = None if row.every_s is None else (row.readings or 1) * row.every_s
        lasts_s = rules.after_s(block.code) if paced_s is None else paced_s
        end = earliest(block.visit(now).end, later(last, lasts_s))
        span = Stretch(first if paced_s is None else last, end)
        if row.basis is Basis.ADVISORY and span.seconds:
            part = Part(row.rule, row.source, row.origin, agreed(row), (span,), (span,))
            yield Due(row.basis, row.modality, row.phase, span, (part,), row.every_s)


def witnesses(block: Course, phase: Phase) -> tuple[str, ...]:
    """Return who observed the patient: whoever gives it until then, and afterwards who says so."""
    first, last = block.given[0], block.given[-1]
    after = phase is Phase.AFTER
    side = block.entries[last:] if after else block.entries[: first + 1]
    said = (deeds.Attest, deeds.Observe) if after else (deeds.Attest, deeds.Give)
    return tuple(dict.fromkeys(one.by for one in side if isinstance(one.deed, said)))


def _paired(block: Course, row: Obliged) -> Standing:
    """Tell whether there are pairs enough before the first injection, or after the last."""
    first, last, before = block.given[0], block.given[-1], row.phase is Phase.BEFORE
    pairs = [n for n, one in enumerate(block.entries) if isinstance(one.deed, deeds.Pair)]
    there = [n for n in pairs if (n < first if before else n > last)]
    if len(there) >= (row.readings or 1):
        return Standing.MET
    some = there or (not before and any(n > first for n in pairs))
    return Standing.PARTLY if some else Standing.MISSING


def _during(block: Course, row: Obliged, record: Record | None, now: Instant) -> Standing:
    """Tell whether a reading covered each injection, or there was any during the visit."""
    visit = block.visit(now)
    gaps = () if record is None else record.of(row.modality)
    off = [gap.stretch(visit.end) for gap in gaps]
    begin = visit.end if record is None else record.since
    on = without([Stretch(begin, visit.end)], off)
    if all(any(one.holds(at) for one in on) for at in block.moments):
        return Standing.MET
    if total_s(on) or _typed(block, row.modality):
        return Standing.PARTLY
    down = record is None or any(not gap.documented for gap in gaps)
    return Standing.UNDOCUMENTED if down else Standing.MISSING


def _typed(block: Course, modality: Modality) -> bool:
    """Tell whether a person read a number of the modality and typed it in."""
    oximetry = modality is Modality.PULSE_OXIMETRY
    return oximetry and any(
        isinstance(one.deed, deeds.Pair)
        or (isinstance(one.deed, deeds.Measured) and one.deed.measure is Measure.SPO2)
        for one in block.entries
    )
