"""Checklists as clients are told of them: one message a list and target of here and now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime

from msgspec import structs

from checklists.answered import still
from checklists.due import Due
from checklists.entry import Entry
from checklists.lists import Lists
from checklists.marks import Key
from checklists.runs import Run, current, runs, taken_s
from checklists.template import Template
from checklists.undone import undone
from checklists.unmet import unanswered, unmet
from daemon.protocol.daylist import Phrase
from daemon.protocol.practice import Checklist
from daemon.protocol.row import ListRow, Undone
from vitals.acts import Counter, Mark, Sign
from vitals.rows import Label


def checklists(
    lists: Lists,
    rows: Iterable[Due],
    said: Sequence[Entry],
    day: date,
    evidence: Mapping[str, str],
) -> Iterator[Checklist]:
    """Yield each list for each target of which it asks anything, list by list.

    `said` also has what was countered; `evidence` is what devices say, by row.
    """
    found: dict[tuple[str, str], list[Due]] = {}
    for one in rows:
        found.setdefault((one.ask.list, one.target), []).append(one)
    struck = undone(said, day)
    told = runs(lists, _recent(said, day, {target for _, target in found}))
    order = {template.id: template for template in lists.templates}
    for (name, target), asked in found.items():
        run = current(told, name, target, day)
        shown = tuple(_row(one, evidence, struck) for one in asked)
        listed = _checklist(order[name], target, asked, run, shown)
        yield structs.replace(listed, took_s=taken_s(told, name, target, day))


def phrase(label: Label) -> Phrase:
    """Return the words of a row as clients read them."""
    return Phrase(en=label.en, da=label.da, nb=label.nb)


def stamp(at: datetime | None) -> str:
    """Return a moment in RFC 3339 in UTC with milliseconds; empty for none."""
    if at is None:
        return ""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _recent(said: Iterable[Entry], day: date, targets: set[str]) -> list[Entry]:
    """Return what runs of a day can be of: of that day or, of a case, of any; and every counter."""
    return [
        one
        for one in said
        if isinstance(one.act, Counter)
        or (isinstance(one.act, Mark | Sign) and one.act.target in targets and one.day <= day)
    ]


def _checklist(
    template: Template,
    target: str,
    asked: Sequence[Due],
    run: Run | None,
    rows: tuple[ListRow, ...],
) -> Checklist:
    groups = [one for one in template.groups if any(due.ask.row.group == one.id for due in asked)]
    signed = run.signed if run else None
    return Checklist(
        id=template.id,
        target=target,
        label=phrase(template.label),
        groups=tuple(one.id for one in groups),
        titles=tuple(phrase(one.label) for one in groups),
        rows=rows,
        signed_by=signed.by if signed else "",
        signed_at=stamp(signed.at) if signed else "",
        awaits=tuple(dict.fromkeys((*unanswered(asked, run), *unmet(asked)))),
    )


def _row(due: Due, evidence: Mapping[str, str], struck: Mapping[Key, Entry]) -> ListRow:
    row, mark = due.ask.row, due.mark
    counter = struck.get((due.ask.list, due.ask.id, due.target))
    return ListRow(
        id=due.ask.id,
        label=phrase(due.ask.label),
        group=row.group,
        interval=due.ask.interval,
        hold=row.hold,
        responsible=row.responsible,
        source=str(row.source),
        approved=row.approved,
        state=due.state.value,
        outcome=mark.outcome if mark else None,
        by=due.by,
        on=mark.day if mark else None,
        at=stamp(mark.at) if mark else "",
        reason=mark.reason if mark else "",
        next=due.next,
        evidence=evidence.get(row.id, ""),
        entry=mark.number if mark else None,
        still=still(due),
        undone=Undone(counter.by, counter.day, stamp(counter.at)) if counter else None,
    )
