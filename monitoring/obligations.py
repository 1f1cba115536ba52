"""What a service obliges to watch, given what is known: rows in, obligations and findings out.

The level is the highest of three: the code that was asked for, the code whose duration the elapsed
time has reached, and the lowest code whose text allows the technique. What a higher code adds
stands beside the rows of the code asked for, each under the rule that asks for it. What the text
of the code does not allow is a finding: nothing here refuses, and an airway can always be recorded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from msgspec import Struct

from monitoring.durations import Durations
from monitoring.facts import Facts
from monitoring.services import Ban, Kind, Requirement, Service, ServiceRules, ladder
from monitoring.technique import Manner
from vitals.vocabulary import Basis, Modality, Obligation, Phase


class Book(Struct, frozen=True):
    """The rules of every service by its code, and the durations that lead from one to the next."""

    services: Mapping[str, ServiceRules]
    durations: Durations

    def rank(self, code: str) -> int:
        """Return how much an anaesthetic is watched; 0 for what is none or unknown."""
        rules = self.services.get(code)
        return 0 if rules is None else rules.service.level or 0


class Origin(StrEnum):
    """Why a row obliges in this case."""

    CODE = "code"
    TECHNIQUE = "technique"
    """The text of the code does not name it; the technique or the airway asks for a higher one."""
    DURATION = "duration"
    """The time elapsed has reached a higher code. At worst this makes a case one to look at."""
    PEER = "peer"


class Obliged(Struct, frozen=True):
    """One modality in one phase on one basis, and the row that says so."""

    modality: Modality
    obligation: Obligation
    phase: Phase
    basis: Basis
    origin: Origin
    rule: str
    source: str
    proposal: bool
    approved_by: str
    readings: int | None
    """The least number of readings in the phase; none: watched throughout it."""
    every_s: float | None
    """From one reading to the next; none where no interval is asked for."""


class Violation(Struct, frozen=True):
    """What the text of the code does not allow; a finding, never an obstacle."""

    rule: str
    source: str
    proposal: bool
    """True: the product's reading of the text; at worst it makes a case one to look at."""
    approved_by: str


class Answer(Struct, frozen=True):
    """What a code obliges to in one case; `level` is the anaesthetic it is watched as, if any."""

    level: str | None
    obligations: tuple[Obliged, ...]
    violations: tuple[Violation, ...]


def obligations(
    book: Book, code: str, facts: Facts, *, beside: str = "", phase: Phase | None = None
) -> Answer:
    """Return what `code` obliges to; `beside` is the anaesthetic that a supplement goes with.

    Both are codes of the book. With a phase, only what obliges in it.
    """
    rules = book.services[code]
    base = book.services[beside] if rules.service.kind is Kind.SUPPLEMENT else rules
    found = {_place(row): row for row in _standing(base, facts, Origin.CODE)}
    for higher, origin in _higher(book, base.service, facts):
        _raise(found, _standing(book.services[higher], facts, origin))
    bans = dict.fromkeys((*base.bans, *rules.bans))
    return Answer(
        level(book, base.service.code, facts),
        tuple(sorted((r for r in found.values() if phase in (None, r.phase)), key=_order)),
        tuple(_violation(ban) for ban in bans if ban.when.met(facts)),
    )


def _violation(ban: Ban) -> Violation:
    return Violation(ban.id, str(ban.source), ban.proposal, ban.approved_by)


def level(book: Book, code: str, facts: Facts) -> str | None:
    """Return the anaesthetic that a code is watched as; None where the code is no anaesthetic.

    It never falls as time passes.
    """
    service = book.services[code].service
    if service.level is None:
        return None
    return max((code, *(higher for higher, _ in _higher(book, service, facts))), key=book.rank)


def _higher(book: Book, service: Service, facts: Facts) -> Iterator[tuple[str, Origin]]:
    """Yield the anaesthetics above the one asked for, and what asks for each."""
    if service.level is None:
        return
    reasons = [(allowing(book.services, facts), Origin.TECHNIQUE)]
    if facts.elapsed_s is not None:
        reasons.append((book.durations.level(facts.elapsed_s), Origin.DURATION))
    yield from ((code, origin) for code, origin in reasons if book.rank(code) > service.level)


def allowing(services: Mapping[str, ServiceRules], facts: Facts) -> str:
    """Return the lowest anaesthetic whose text allows what is known of technique and airway."""
    steps = ladder(services)
    asked = [facts.manners, *([frozenset({Manner.GA_AIRWAY})] if facts.device else [])]
    lowest = [
        next((n for n, step in enumerate(steps) if set(step.allows) & manners), 0)
        for manners in asked
    ]
    return steps[max(lowest)].code


def _standing(rules: ServiceRules, facts: Facts, origin: Origin) -> Iterable[Obliged]:
    for row in rules.requirements:
        obligation = _obligation(row, facts)
        if obligation is not None:
            yield Obliged(
                row.modality,
                obligation,
                row.phase,
                row.basis,
                _origin(row, origin),
                row.id,
                str(row.source),
                row.proposal,
                row.approved_by,
                row.readings,
                row.every_s,
            )


def _origin(row: Requirement, asked: Origin) -> Origin:
    """Return why a row obliges; one that stands only while its condition is met is in no text."""
    if row.basis is Basis.ADVISORY:
        return Origin.PEER
    unnamed = row.when is not None and row.obligation is not Obligation.CONDITIONAL
    return Origin.TECHNIQUE if unnamed else asked


def _obligation(row: Requirement, facts: Facts) -> Obligation | None:
    """Return what a row says once what is known has been put in; None where it falls away."""
    if row.when is None:
        return row.obligation
    met = row.when.met(facts)
    if row.obligation is Obligation.CONDITIONAL:
        return Obligation.CONDITIONAL if met is None else Obligation.REQUIRED if met else None
    return row.obligation if met else None


def _raise(found: dict[tuple[str, ...], Obliged], rows: Iterable[Obliged]) -> None:
    """Add what binds more than what stands there."""
    for row in rows:
        here = found.get(_place(row))
        if here is None or BINDING.index(row.obligation) > BINDING.index(here.obligation):
            found[_place(row)] = row


BINDING = (Obligation.OPTIONAL, Obligation.CONDITIONAL, Obligation.REQUIRED)
"""From the one that binds least."""


def _place(row: Obliged) -> tuple[str, ...]:
    return (row.modality, row.phase, row.basis)


def _order(row: Obliged) -> tuple[int, ...]:
    """Contract first, then by phase, then in the order of the vocabulary."""
    return (
        list(Basis).index(row.basis),
        list(Phase).index(row.phase),
        list(Modality).index(row.modality),
    )
