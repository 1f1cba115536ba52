"""What `vagt list` says: the list of a day, and what became of an order."""

from __future__ import annotations

from datetime import date

import msgspec

from daemon.protocol.daylist import DayList, ListRow
from daemon.protocol.messages import Answer, Result, Snapshot
from vagt import output
from vitals.listing import RowState

HEADINGS = ("ROW", "STATE", "CODE", "PROCEDURES", "AGE", "SIDE", "NOTE", "REMARKS")
NOTHING = "-"


def shown(snapshot: Snapshot, day: date | None, *, json: bool) -> int:
    """Print the list of a day, of today where none is named; 0."""
    wanted = day or snapshot.day
    lists = {one.day: one for one in snapshot.lists}
    rows = lists[wanted].rows if wanted in lists else ()
    waiting = {one.day: _waiting(one) for one in snapshot.lists if one.day != wanted}
    if json:
        others = [{"day": one, "waiting": count} for one, count in waiting.items() if count]
        output.json_line({"day": wanted, "rows": rows, "others": others})
        return 0
    if rows:
        output.table([HEADINGS, *(_row(row, wanted) for row in rows)])
    else:
        output.line(f"nobody is on the list of {wanted}")
    for other, count in waiting.items():
        if count:
            output.line(f"{other}: {count} {'waits' if count == 1 else 'wait'}")
    return 0


def answered(answer: Answer, *, json: bool) -> int:
    """Print what became of an order; 1 where it was refused."""
    refused = answer.result is Result.REFUSED
    if json:
        told = msgspec.structs.asdict(answer)
        output.json_line({name: told[name] for name in told if name != "id"})
    elif refused:
        output.line(f"refused: {answer.detail}")
        for bad in answer.lines:
            output.line(f"line {bad.line}: {bad.detail}")
    else:
        output.line(_done(answer))
        if answer.detail:
            output.line(f"note: {answer.detail}")
    return 1 if refused else 0


def _done(answer: Answer) -> str:
    rows = ", ".join(map(str, answer.rows))
    case = f": {answer.case} is planned" if answer.case else ""
    late = "" if answer.result is Result.RECORDED else " (not yet recorded)"
    return f"row {rows}{case}{late}"


def _waiting(listed: DayList) -> int:
    return sum(row.state is RowState.WAITING for row in listed.rows)


def _row(row: ListRow, day: date | None) -> tuple[str, ...]:
    cells = (
        str(row.number),
        row.state,
        row.code,
        " ".join(row.procedures),
        row.band,
        " ".join(filter(None, (row.side, row.site))),
        row.note,
        "; ".join(_remarks(row, day)),
    )
    return tuple(cell or NOTHING for cell in cells)


def _remarks(row: ListRow, day: date | None) -> list[str]:
    told = row.case, row.why, f"to {row.moved_to}" if row.moved_to else ""
    aged = f"age of {row.aged_on}" if row.aged_on != day else ""
    unapproved = {True: "", False: " (NOT APPROVED)"}
    held = [f"HELD: {one.label.en}{unapproved[one.approved]}" for one in row.holds]
    return [*filter(None, told), *(() if row.state.over else (*filter(None, [aged]), *held))]
