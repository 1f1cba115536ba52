"""What people answer for in a case: clinical observation, and what they did without.

Clinical observation is the anaesthetist's by being there, and handed on by name (Modernisering af
anæstesiologisk speciallægepraksis, FAPS, RLTN, chapter 3, pp. 14-15): it is attested, never timed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from monitoring.case import Case, Entry
from monitoring.due import Due
from monitoring.moments import course, witnesses
from monitoring.obligations import Book
from monitoring.overridden import holding
from monitoring.spite import explanation, overridden_start
from vitals import deeds
from vitals.instant import Instant
from vitals.vocabulary import Basis, Modality, Phase

_OBSERVATION = Modality.CLINICAL_OBSERVATION


class Attested(Struct, frozen=True):
    """Who had the patient under clinical observation; nobody said so where `by` is empty."""

    phase: Phase
    rule: str
    source: str
    by: tuple[str, ...]
    nth: int = 0
    """Which span of the phase, from 1; 0 where there is one alone."""


class Waiver(Struct, frozen=True):
    """What was done without, or in spite of something."""

    what: str
    """The word of the entry: `waive`, `begin`, `recover` or `give`."""
    modality: Modality | None
    """None: in spite of `holds`, or of a move with a device."""
    reason: str
    """Empty while none was given."""
    by: str
    at: Instant
    holds: tuple[str, ...] = ()
    """In spite of what it was started or injected, by name."""


def attested(case: Case, book: Book, asked: Iterable[Due]) -> tuple[Attested, ...]:
    """Return who observed in each span and phase in which the contract asks for it."""
    anaesthetic = (
        Attested(one.phase, one.named.rule, one.named.source, tuple(_observers(case, one)), one.nth)
        for one in asked
        if one.modality is _OBSERVATION and one.basis is Basis.CONTRACT
    )
    return (*anaesthetic, *_after(case, book))


def waivers(case: Case) -> tuple[Waiver, ...]:
    """Return what was waived, in the order in which it happened."""
    told = case.told
    why = [one.deed.reason for one in told if isinstance(one.deed, deeds.Explain)]
    return tuple(waiver for entry in told for waiver in _waived(case, entry, "; ".join(why)))


def _after(case: Case, book: Book) -> Iterator[Attested]:
    block = course(case)
    if block is None:
        return
    for row in block.rows(book):
        if row.modality is _OBSERVATION:
            yield Attested(row.phase, row.rule, row.source, witnesses(block, row.phase))


def _observers(case: Case, one: Due) -> Iterable[str]:
    """Return whose observation is attested in a span, each once."""
    names = [_observer(entry) for entry in case.told if one.span.holds(entry.at)]
    return dict.fromkeys(name for name in names if name)


def _observer(entry: Entry) -> str:
    match entry.deed:
        case deeds.Begin() | deeds.Resume() | deeds.Recover() | deeds.Attest():
            return entry.by
        case deeds.Relieve(to=to) | deeds.HandOver(to=to):
            return to
        case _:
            return ""


def _waived(case: Case, entry: Entry, explained: str) -> Iterator[Waiver]:
    name, by = entry.deed.name(), (entry.by, entry.at)
    match entry.deed:
        case deeds.Waive(modality=modality, reason=reason):
            yield Waiver(name, modality, reason, *by)
        case deeds.Begin(anyway=True, reason=reason):
            yield Waiver(name, None, reason or explained, *by, overridden_start(case))
        case deeds.Give() if holds := holding(case.overridden, entry.number):
            yield Waiver(name, None, explanation(case, entry), *by, holds)
        case deeds.Recover(device_in_place=True, reason=reason):
            yield Waiver(name, None, reason, *by)
        case _:
            pass
