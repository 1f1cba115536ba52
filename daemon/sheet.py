"""The list of a day as clients see it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from daemon.protocol.daylist import DayList, ListRow, Phrase, RowHold
from monitoring import daylist
from monitoring.planned import Held


def sheets(lists: Mapping[date, daylist.DayList]) -> tuple[DayList, ...]:
    """Return the lists of every day."""
    return tuple(sheet(listed) for listed in lists.values())


def changed(
    before: Mapping[date, daylist.DayList], after: Mapping[date, daylist.DayList]
) -> Iterator[DayList]:
    """Yield each list that is not as it was; an empty one where there is none any more."""
    if before is not after:
        for day in sorted({*before, *after}):
            if before.get(day) != after.get(day):
                yield sheet(after.get(day, daylist.DayList(day)))


def sheet(listed: daylist.DayList) -> DayList:
    """Return the list of a day."""
    return DayList(listed.day, tuple(_row(row) for row in listed.rows))


def _row(row: daylist.Row) -> ListRow:
    plan = row.plan
    return ListRow(
        number=row.number,
        state=row.state,
        code=plan.code,
        case_kind=plan.kind,
        procedures=plan.procedures,
        site=plan.site,
        side=plan.side,
        band=plan.band,
        two_years=plan.two_years,
        aged_on=plan.aged_on,
        note=plan.note,
        holds=tuple(_hold(held) for held in plan.holds),
        by=row.by,
        case=row.case or None,
        why=row.why,
        moved_to=row.moved_to,
    )


def _hold(held: Held) -> RowHold:
    label = Phrase(held.label.en, held.label.da, held.label.nb)
    return RowHold(held.rule, held.source, held.approved, label)
