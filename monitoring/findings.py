"""What a rule has to say of something that is planned or was done, and the row it says it by."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from vitals.rows import Grounds, Text
from vitals.vocabulary import Weight


class Rule(Grounds, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What every row has that findings rest on."""

    id: Text
    weight: Weight


class Finding(Struct, frozen=True, kw_only=True):
    """One finding; it holds nothing back by itself."""

    weight: Weight
    rule: str
    source: str
    approved: bool
    """False: rests on a proposal that nobody has approved."""
    earliest: date | None = None
    """The first day on which this rule would have nothing to say; none where no day helps."""
    value: float | None = None
    """What was counted or summed; none where nothing was."""
    limit: float | None = None


def finding(
    rule: Rule,
    *,
    earliest: date | None = None,
    value: float | None = None,
    limit: float | None = None,
    approved: bool = True,
) -> Finding:
    """Return what a row finds; `approved` false where it also rests on something unapproved."""
    return Finding(
        weight=rule.weight,
        rule=rule.id,
        source=str(rule.source),
        approved=rule.approved and approved,
        earliest=earliest,
        value=value,
        limit=limit,
    )


def heaviest(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings, holds first."""
    order = list(Weight)
    return tuple(sorted(findings, key=lambda one: order.index(one.weight)))
