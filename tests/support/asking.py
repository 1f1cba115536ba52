"""What the shipped rules say, asked of them with what is known of a case."""

from __future__ import annotations

from typing import Any

from beds import book_shipped

from monitoring.facts import Facts
from monitoring.obligations import Answer, Origin, obligations
from vitals.vocabulary import Basis, Obligation, Phase

BOOK = book_shipped()


def asked(code: str, beside: str = "", **known: Any) -> Answer:
    return obligations(BOOK, code, Facts(**known), beside=beside)


def contract(answer: Answer, phase: Phase = Phase.DURING) -> dict[str, str]:
    """Return what the contract says, by modality."""
    return {
        row.modality.value: row.obligation.value
        for row in answer.obligations
        if row.basis is Basis.CONTRACT and row.phase is phase
    }


def rule(answer: Answer, modality: str, basis: Basis = Basis.CONTRACT) -> tuple[str, Origin] | None:
    """Return the rule and the origin of what is required of a modality."""
    for row in answer.obligations:
        wanted = (modality, basis, Obligation.REQUIRED)
        if (row.modality.value, row.basis, row.obligation) == wanted:
            return row.rule, row.origin
    return None


def violations(answer: Answer) -> list[str]:
    return [one.rule for one in answer.violations]
