"""Where a table of steroids calls a drug weaker, or far stronger, than the one it stands in for."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from monitoring.steroids import Equivalent, SteroidRules
from monitoring.unaltered import changed


def dilutions(theirs: SteroidRules, ours: SteroidRules) -> Iterator[str]:
    """Yield a line for each equivalent of `theirs` that `ours` does not let stand as it is.

    More mg than in `ours` count as little only where a doctor has signed, and so does a drug that
    `ours` does not have: without a row its dose holds. Beyond the bound nobody's name helps. What
    `ours` has as the contract is not asked for here.
    """
    yield from (f"[bound]: {line}" for line in changed(theirs.bound, ours.bound))
    for row in theirs.drugs.values():
        where = f"[[steroid]] {row.drug}: mg"
        shipped = _shipped(row, ours)
        if shipped is not None and shipped.drug == row.drug and not shipped.proposal:
            continue
        if shipped is not None and not _within(row, shipped, ours):
            yield f"{where}: {_beyond(row, shipped, ours)}"
        elif not row.approved_by and (shipped is None or row.strength < shipped.strength):
            yield f"{where}: {_laxer(row, shipped)}"


def _shipped(row: Equivalent, ours: SteroidRules) -> Equivalent | None:
    """Return the row of the same drug; by its ATC code where it goes by another name."""
    same = (one for one in ours.drugs.values() if one.atc == row.atc)
    return ours.drugs.get(row.drug) or next(same, None)


def _within(row: Equivalent, shipped: Equivalent, ours: SteroidRules) -> bool:
    least, most = (Fraction(str(one)) for one in (ours.bound.least, ours.bound.most))
    return least <= row.strength / shipped.strength <= most


def _beyond(row: Equivalent, shipped: Equivalent, ours: SteroidRules) -> str:
    ends = [shipped.strength * Fraction(str(one)) for one in (ours.bound.least, ours.bound.most)]
    low, high = (f"{float(row.corresponds_mg / float(end)):.4g}" for end in reversed(ends))
    return f"{_said(row)}, which nobody may sign: write {low} to {high} mg"


def _laxer(row: Equivalent, shipped: Equivalent | None) -> str:
    if shipped is None:
        return f"{_said(row)}, and the drug does not ship: sign in approved_by, or take it out"
    return f"{_said(row)}, weaker than as it ships ({_said(shipped)}): sign in approved_by"


def _said(row: Equivalent) -> str:
    return f"{row.mg:g} mg count as {row.corresponds_mg:g} mg"
