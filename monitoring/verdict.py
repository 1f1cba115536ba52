"""What a case comes to on each basis, and why: a verdict on what is on record, not on the patient.

The contract fails only where a required modality gave nothing at all, or a rule of the text was
broken; everything between that and enough is for a person to look at. What rests on the time
elapsed alone, or on a proposal that nobody has approved, is never more than that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from msgspec import Struct

from monitoring.coverage import ROUNDING_S, Account, Covered, single
from monitoring.findings import Finding
from monitoring.moments import Standing
from monitoring.stretch import total_s
from monitoring.thresholds import Thresholds
from vitals.vocabulary import Basis, Modality, Phase, Verdict, Weight

_ORDER = tuple(Verdict)
_SIGNED = "product: a start in spite of a hold is explained before monitoring is signed off"
_LEAVING = "product: an injection in spite of a hold is explained before the patient leaves"


class Why(StrEnum):
    """What a reason rests on."""

    NEVER_SEEN = "never_seen"
    """Nothing was on record in the whole time in which it was required."""
    NO_READING = "no_reading"
    """The reading that a block asks for was not taken, or not where it was asked for."""
    GAPS = "gaps"
    TOO_SHORT = "too_short"
    """There was no time to attach it."""
    WAIVED = "waived"
    NOT_DOCUMENTED = "not_documented"
    """The recorder was down: not the same as not monitored."""
    NOT_ATTESTED = "not_attested"
    """Nobody said who observed the patient."""
    RULE_BROKEN = "rule_broken"
    NOT_APPROVED = "not_approved"
    """A rule was broken that nobody has approved."""
    UNEXPLAINED = "unexplained"
    """It was started in spite of something, and nobody has said why."""
    UNGROUNDED = "ungrounded"
    """Something was injected in spite of a rule, and nobody has said why."""


class Reason(Struct, frozen=True, kw_only=True):
    """Why a case does not simply pass; times in s, None for what is not timed."""

    result: Verdict
    why: Why
    rule: str
    source: str
    modality: Modality | None = None
    phase: Phase | None = None
    nth: int = 0
    """Which span of the phase, from 1; 0 where there is one alone."""
    covered_s: float | None = None
    required_s: float | None = None


class Judged(Struct, frozen=True):
    """What a case comes to on one basis; without a reason it passes."""

    basis: Basis
    reasons: tuple[Reason, ...]
    """The gravest first."""

    @property
    def result(self) -> Verdict:
        """Return the gravest of its reasons."""
        return self.reasons[0].result if self.reasons else Verdict.PASS


def verdicts(
    account: Account,
    rules: Thresholds,
    *,
    findings: Iterable[Finding] = (),
    in_spite: frozenset[Modality] | None = None,
) -> tuple[Judged, ...]:
    """Return what a case comes to, the contract first; nothing where nothing was begun.

    `findings` are what other rules found broken: holds count, the rest is for the doctor.
    `in_spite` is what a start in spite of holds left out; None where that is not known, so that
    such a start waives everything.
    """
    if not account.begun:
        return ()
    waived = _waived(account, in_spite)
    contract = [
        *(_broken(account)),
        *(_found(findings)),
        *(_moments(account)),
        *(_unattested(account)),
        *(_unexplained(account)),
        *_timed(account, rules, Basis.CONTRACT, waived),
    ]
    advisory = _timed(account, rules, Basis.ADVISORY, waived)
    return (
        Judged(Basis.CONTRACT, _gravest(contract)),
        Judged(Basis.ADVISORY, _gravest(advisory)),
    )


def enough(row: Covered, rules: Thresholds) -> bool:
    """Tell whether so much was watched that nothing is to be said."""
    limit = rules.enough
    missing_s = row.required_s - row.covered_s
    share = row.covered_s + ROUNDING_S >= limit.share * row.required_s
    little = missing_s <= limit.unwatched_s + ROUNDING_S
    return share or (little and row.longest_s <= limit.longest_s + ROUNDING_S)


def _gravest(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    return tuple(sorted(reasons, key=lambda one: -_ORDER.index(one.result)))


def _waived(
    account: Account, in_spite: frozenset[Modality] | None
) -> frozenset[tuple[Modality, Phase]]:
    """Return what was done without in which phase; a start waives nothing of recovery."""
    named = {one.modality for one in account.waivers if one.modality is not None}
    found = {(modality, phase) for modality in named for phase in Phase}
    if any(one.what == "begin" for one in account.waivers):
        started = frozenset(Modality) if in_spite is None else in_spite
        found |= {(modality, Phase.DURING) for modality in started}
    return frozenset(found)


def _timed(
    account: Account,
    rules: Thresholds,
    basis: Basis,
    waived: frozenset[tuple[Modality, Phase]],
) -> Iterator[Reason]:
    """Yield a reason for each row of a basis that was not watched enough."""
    for row in account.rows:
        found = _judged(row, rules, account.grace_s) if row.due.basis is basis else None
        if found is None:
            continue
        result, why = found
        if (row.due.modality, row.due.phase) in waived:
            result = Verdict.REVIEW
            why = why if why is Why.NOT_DOCUMENTED else Why.WAIVED
        yield _reason(row, result, why)


def _judged(row: Covered, rules: Thresholds, grace_s: float) -> tuple[Verdict, Why] | None:
    """Return how grave it is and what is to be said of a row; None where enough was watched."""
    advice = row.due.basis is Basis.ADVISORY
    if row.seen:
        return None if enough(row, rules) else _gapped(row, rules, advice=advice)
    if row.lost:
        return Verdict.REVIEW, Why.NOT_DOCUMENTED
    if not row.required_s or total_s(row.due.asked) <= grace_s + ROUNDING_S:
        return Verdict.REVIEW, Why.TOO_SHORT
    return Verdict.FAIL if advice or row.due.firm else Verdict.REVIEW, Why.NEVER_SEEN


def _gapped(row: Covered, rules: Thresholds, *, advice: bool) -> tuple[Verdict, Why]:
    if advice and _missed(row, rules):
        return Verdict.FAIL, Why.GAPS
    return Verdict.REVIEW, Why.NOT_DOCUMENTED if row.lost else Why.GAPS


def _missed(row: Covered, rules: Thresholds) -> bool:
    """Tell whether what is on record falls short of what peers ask; single readings by interval."""
    always = single(row.due, rules) is None
    long = always and row.unwatched_s > rules.advice.longest_s + ROUNDING_S
    known_s = row.required_s - row.undocumented_s
    return long or row.covered_s + ROUNDING_S < rules.advice.share * known_s


def _reason(row: Covered, result: Verdict, why: Why) -> Reason:
    named = row.due.named
    return Reason(
        result=result,
        why=why,
        rule=named.rule,
        source=named.source,
        modality=row.due.modality,
        phase=row.due.phase,
        nth=row.due.nth,
        covered_s=row.covered_s if row.required_s else None,
        required_s=row.required_s or None,
    )


def _broken(account: Account) -> Iterator[Reason]:
    for one in account.broken:
        yield _rule(one.rule, one.source, approved=one.approved)


def _found(findings: Iterable[Finding]) -> Iterator[Reason]:
    for one in findings:
        if one.weight is Weight.HOLD:
            yield _rule(one.rule, one.source, approved=one.approved)


def _rule(rule: str, source: str, *, approved: bool) -> Reason:
    result = Verdict.FAIL if approved else Verdict.REVIEW
    why = Why.RULE_BROKEN if approved else Why.NOT_APPROVED
    return Reason(result=result, why=why, rule=rule, source=source)


_STANDINGS = {
    Standing.PARTLY: (Verdict.REVIEW, Why.NO_READING),
    Standing.UNDOCUMENTED: (Verdict.REVIEW, Why.NOT_DOCUMENTED),
    Standing.MISSING: (Verdict.FAIL, Why.NO_READING),
}


def _moments(account: Account) -> Iterator[Reason]:
    """Yield a reason for each reading that a block asks for and has not, unless it was waived."""
    waived = {one.modality for one in account.waivers}
    for one in account.singles:
        if one.standing is Standing.MET:
            continue
        result, why = _STANDINGS[one.standing]
        if one.modality in waived or not one.approved:
            result = Verdict.REVIEW
        yield Reason(
            result=result,
            why=Why.WAIVED if one.modality in waived else why,
            rule=one.rule,
            source=one.source,
            modality=one.modality,
            phase=one.phase,
        )


def _unattested(account: Account) -> Sequence[Reason]:
    return [
        Reason(
            result=Verdict.REVIEW,
            why=Why.NOT_ATTESTED,
            rule=one.rule,
            source=one.source,
            modality=Modality.CLINICAL_OBSERVATION,
            phase=one.phase,
            nth=one.nth,
        )
        for one in account.attested
        if not one.by
    ]


def _unexplained(account: Account) -> Sequence[Reason]:
    """Return a reason for each thing that was overridden, while nobody has said why."""
    overridden = (
        (Why.UNEXPLAINED, _SIGNED, account.unexplained),
        (Why.UNGROUNDED, _LEAVING, account.ungrounded),
    )
    return [
        Reason(result=Verdict.REVIEW, why=why, rule=one, source=source)
        for why, source, held in overridden
        for one in held
    ]
