"""What one case uses of a gas: learned from two readings of a cylinder and the cases between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from math import ceil
from statistics import median

from msgspec import Struct

from checklists.gasrules import Compressed, Liquefied, UsageRow
from checklists.ledger import Read


class Usage(Struct, frozen=True):
    """What a case uses, in l."""

    median_l: float
    high_l: float
    """What is reckoned with: few cases use more."""
    pairs: int
    """How many pairs of readings it was learned from; 0: it is the row's."""


def usage(
    reads: Iterable[Read],
    begun: Sequence[datetime],
    row: UsageRow,
    kept: Compressed | Liquefied,
) -> Usage:
    """Return what a case uses of a gas at a place, by what people read of it there.

    `reads` are of one gas at one place, in any order, `begun` when cases began there. What a panel
    reads by itself is left out. Until there is enough to learn from, it is the row's.
    """
    found = sorted(_shares([one for one in reads if not one.sensed and one.alone], begun))
    if len(found) < row.pairs:
        return Usage(kept.case_l, kept.case_l, 0)
    return Usage(median(found), found[ceil(row.high_share * len(found)) - 1], len(found))


def _shares(reads: Iterable[Read], begun: Sequence[datetime]) -> Iterator[float]:
    """Yield what a case used between each two readings that may be compared."""
    for before, after in pairwise(sorted(reads, key=lambda one: (one.cylinder, one.epoch, one.at))):
        if (before.cylinder, before.epoch) != (after.cylinder, after.epoch):
            continue
        cases = sum(before.at < moment <= after.at for moment in begun)
        used_l = before.litres - after.litres
        if cases and used_l >= 0:
            yield used_l / cases
