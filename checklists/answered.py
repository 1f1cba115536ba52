"""Rows as findings: what a row comes to by where it stands, and what `not applicable` is worth.

It settles a row that holds nothing, and one whose data say that it may be so. Of another it is a
reason that stands with whoever said it; of what saves a life it holds as if nothing was said.
"""

from __future__ import annotations

from checklists.due import Due, DueState
from checklists.readiness import Finding, State, What
from vitals.rows import Label
from vitals.vocabulary import Weight

_STATES = {
    DueState.DUE: State.UNCHECKED,
    DueState.OVERDUE: State.UNCHECKED,
    DueState.FAILED: State.FAILED,
    DueState.DONE: State.SOUND,
    DueState.NOT_APPLICABLE: State.SOUND,
    DueState.NOT_YET: State.SOUND,
}


def row_finding(one: Due) -> Finding:
    """Return how a row stands; of an answer that leaves it out, with why and by whom."""
    row, excused = one.ask.row, unsettled(one)
    holds = row.hold if not excused else still(one) is Weight.HOLD
    return Finding(
        what=What.ROW,
        id=one.ask.id,
        target=one.target,
        weight=Weight.HOLD if holds else Weight.NOTICE,
        state=State.MISSING if excused else _STATES[one.state],
        responsible=row.responsible,
        label=_excused(one) if excused else one.ask.label,
        source=str(row.source),
        document=row.source.document,
        approved=row.approved,
        since=one.next if one.state in {DueState.DUE, DueState.OVERDUE} else None,
        vital=row.vital,
    )


def unsettled(one: Due) -> bool:
    """Tell whether a row was said not to apply that may not simply be left out."""
    row = one.ask.row
    return one.state is DueState.NOT_APPLICABLE and row.hold and not row.may_na


def still(one: Due) -> Weight | None:
    """Return what a row comes to that was said not to apply all the same; None: it is settled."""
    if not unsettled(one):
        return None
    return Weight.HOLD if one.ask.row.vital else Weight.NOTICE


def _excused(one: Due) -> Label:
    label, mark = one.ask.label, one.mark
    why = "" if mark is None else f"{mark.reason.strip()}, {mark.by}"
    return Label(
        f"{label.en}: not applicable: {why}",
        f"{label.da}: ikke relevant: {why}",
        f"{label.nb}: ikke aktuelt: {why}",
    )
