"""What an injection and the readings around it add up to, by the entries of a block.

Services 2620, 2622, 2626, 2635 and 2637: Modernisering af anæstesiologisk speciallægepraksis (FAPS,
RLTN), chapter 8. Nothing here refuses; what is asked before an injection is given is the same as
after: the case with the entry added.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from monitoring.case import Case, Entry
from monitoring.competence import CompetenceRules, service_findings
from monitoring.delegation import DelegationRules, delegation_findings
from monitoring.findings import Finding, finding, heaviest
from monitoring.injectionrules import InjectionRules, Pace, Pairs
from monitoring.judgement import judged
from monitoring.steroids import SteroidRules
from monitoring.treatmentrules import TreatmentRules, of
from monitoring.treatments import Apparatus, Dose, Setting, Treatment
from vitals import deeds
from vitals.competence import Certificate
from vitals.measure import Measure
from vitals.practice import Country
from vitals.series import History
from vitals.vocabulary import CaseKind, CaseState, Weight


class BlockRules(Struct, frozen=True, kw_only=True):
    """Every row that a block is held to."""

    injection: InjectionRules
    treatments: TreatmentRules
    steroids: SteroidRules
    competence: CompetenceRules
    delegation: DelegationRules


class Circumstances(Struct, frozen=True, kw_only=True):
    """What is so on the day of a block, beside the case itself."""

    day: date
    """By the practice's calendar."""
    country: Country
    patient: str = ""
    """The opaque key of the patient; empty: there is none, and no series is known."""
    past: tuple[Treatment, ...] = ()
    """Treatments given before, of whatever patients; without those of this case."""
    history: History = History.UNKNOWN
    ready: frozenset[Apparatus] | None = None
    """What was checked today; None: nobody can say."""
    held: tuple[Certificate, ...] | None = None
    """The documents of who injects; None: nobody's are on file."""


def block_findings(rules: BlockRules, case: Case, scene: Circumstances) -> tuple[Finding, ...]:
    """Return everything that the rules say of a block, holds first; nothing of an anaesthetic.

    Of a thought injection: what they say of the case with that entry added.
    """
    if case.kind is not CaseKind.BLOCK:
        return ()
    found = (
        *readings(rules.injection, case),
        *_around(rules, case, scene),
        *_given(rules, case, scene),
    )
    return heaviest(dict.fromkeys(found))


def violations(rules: BlockRules, case: Case, scene: Circumstances) -> tuple[Finding, ...]:
    """Return what was given against a text: place, dose, series, guidance and delegation.

    Where `approved` is false it rests on a reading that nobody has signed. Readings are not among
    them, nor are people's documents and what stood ready: those were held, and overridden.
    """
    if case.kind is not CaseKind.BLOCK:
        return ()
    found = [one for one in _given(rules, case, scene) if one.weight is Weight.HOLD]
    asked = {row.id for row in rules.delegation.asked} - rules.delegation.binding
    return tuple(dict.fromkeys(one for one in found if one.rule not in asked))


def treatment(case: Case, give: deeds.Give, scene: Circumstances) -> Treatment:
    """Return an injection as the rules of treatments see it."""
    return injected(case.code, give, scene.patient, scene.day)


def injected(code: str, give: deeds.Give, patient: str, day: date) -> Treatment:
    """Return the same from its parts, as it is kept for later ones."""
    steroid = give.steroid or give.steroid_mg is not None
    return Treatment(
        patient=patient,
        day=day,
        code=code,
        site=give.site,
        side=give.side,
        part=give.part,
        steroid=Dose(give.steroid, give.steroid_mg) if steroid else None,
        diagnostic=give.diagnostic,
        choice=give.series,
        by_specialist=give.by_specialist,
    )


def readings(rules: InjectionRules, case: Case) -> Iterator[Finding]:
    """Yield the readings that are missing around the injections of a block.

    Those before count as missing once something was given, those after once it was observed.
    """
    given = [one for one in case.told if isinstance(one.deed, deeds.Give)]
    if not given:
        return
    pairs = [one for one in case.told if isinstance(one.deed, deeds.Pair)]
    before = [one for one in pairs if _sooner(one, given[0])]
    after = [one for one in pairs if _sooner(given[-1], one)]
    observed = case.state in (CaseState.OBSERVED, CaseState.LEFT)
    for row in of(rules.pairs, case.code):
        yield from _few(row, before if row.when == "before" else after, observed=observed)
    for pace in of(rules.paces, case.code):
        if observed:
            yield from _slow(pace, given[-1], after)
    for wanted in of(rules.during, case.code):
        if wanted.measure not in _read(case):
            yield finding(wanted)


def _few(row: Pairs, pairs: list[Entry], *, observed: bool) -> Iterator[Finding]:
    if len(pairs) < row.least and (observed or row.when == "before"):
        yield finding(row, value=len(pairs), limit=row.least)


def _slow(row: Pace, given: Entry, after: Iterable[Entry]) -> Iterator[Finding]:
    """Yield a finding where a stretch after the injection has no pair; its end belongs to it."""
    ages = [one.at.seconds_since(given.at) for one in after]
    full = [
        number
        for number in range(row.least)
        if any(number * row.every_s < age_s <= (number + 1) * row.every_s for age_s in ages)
    ]
    if len(full) < row.least:
        yield finding(row, value=len(full), limit=row.least)


def _sooner(one: Entry, other: Entry) -> bool:
    return (one.at.monotonic, one.number) < (other.at.monotonic, other.number)


def _read(case: Case) -> frozenset[Measure]:
    """Return what had a number in a case, from a monitor or typed in."""
    said = [one.deed for one in case.told]
    typed = {deed.measure for deed in said if isinstance(deed, deeds.Measured)}
    paired = {Measure.SPO2} if any(isinstance(deed, deeds.Pair) for deed in said) else set()
    return case.seen | typed | paired


def _around(rules: BlockRules, case: Case, scene: Circumstances) -> Iterator[Finding]:
    """Yield what is not as it should be on the day, or not known, whatever is given."""
    unknown = rules.injection.unknown
    for row in of(rules.treatments.equipment, case.code):
        if scene.ready is None:
            yield finding(unknown["equipment"])
        elif not scene.ready.issuperset(row.needs):
            yield finding(row)
    if scene.held is not None:
        yield from service_findings(rules.competence, scene.held, case.code, scene.day)
    elif any(row.code == case.code for row in rules.competence.demands):
        yield finding(unknown["competence"])
    if not scene.patient and any(treatment(case, one, scene).steroid for one in _gives(case)):
        yield finding(unknown["key"])


def _given(rules: BlockRules, case: Case, scene: Circumstances) -> Iterator[Finding]:
    """Yield what the rules say of each injection in the light of those before it."""
    past = list(scene.past) if scene.patient else []
    setting = Setting(history=scene.history if scene.patient else History.UNKNOWN)
    for give in _gives(case):
        new = treatment(case, give, scene)
        yield from judged(rules.treatments, rules.steroids, past, new, setting).findings
        past.append(new)
        if not give.guided:
            yield from (finding(row) for row in of(rules.injection.guided, case.code))
        yield from delegation_findings(rules.delegation, scene.country, case.code, give)


def _gives(case: Case) -> Iterator[deeds.Give]:
    return (one.deed for one in case.told if isinstance(one.deed, deeds.Give))
