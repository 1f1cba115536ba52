"""Why a mark or a signature cannot be taken: one line that says what is wrong, and the way on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from checklists.days import Day, Target
from checklists.due import Due, due
from checklists.entry import Entry
from checklists.lists import Lists
from checklists.runs import Run, current, runs
from checklists.template import Ask, Template
from checklists.unmet import stale, unanswered, unmet
from vitals.acts import Mark, Sign
from vitals.against import Line
from vitals.practice import Outcome, Scope


def objection(
    act: Mark | Sign, by: str, *, day: Day, lists: Lists, entries: Iterable[Entry]
) -> Line | None:
    """Return why what somebody says cannot be taken, or None where it can.

    A mark: an unknown list, row or target, a row that is about something else, no reason where it
    is not done. A signature: by somebody who is not of the practice that day, where the people are
    known; with nothing answered; with rows that are open, or that must be done and are not.
    """
    template = lists.find(act.list)
    if template is None:
        known = ", ".join(one.id for one in lists.templates)
        line = f"there is no list {act.list!r}: expected {known}"
        expected = [one.label for one in lists.templates]
        return Line.of(line, "no_list", what=act.list, expected=expected)
    if isinstance(act, Mark):
        return next(_marking(act, template, day), None)
    return next(_signing(act, by, template, day, (lists, tuple(entries))), None)


def _marking(mark: Mark, template: Template, day: Day) -> Iterator[Line]:
    asks = {one.id: one for one in template.asks}
    for row in mark.rows:
        if row not in asks:
            known = ", ".join(asks)
            line = f"there is no row {row!r} in {template.id}: expected {known}"
            yield Line.of(line, "no_row", list=template.label, what=row)
        else:
            yield from _astray(asks[row], mark.target, day)
    if len(set(mark.rows)) < len(mark.rows):
        yield Line.of("a row stands twice: name each once", "row_twice")
    yield from _unexplained(mark, [asks[row] for row in mark.rows if row in asks])


def _unexplained(mark: Mark, asks: Sequence[Ask]) -> Iterator[Line]:
    if mark.outcome is not Outcome.DONE and not mark.reason.strip():
        said = mark.outcome.replace("_", " ")
        line = f"{', '.join(mark.rows)}: {said} without a reason: write why"
        yield Line.of(line, "unexplained", rows=[one.label for one in asks])
    for ask in asks:
        if ask.row.always and mark.outcome is Outcome.NOT_APPLICABLE:
            line = f"{ask.id} always applies: mark it done or failed"
            yield Line.of(line, "always", rows=ask.label)


def _astray(ask: Ask, name: str, day: Day) -> Iterator[Line]:
    """Yield why a row cannot be about a target."""
    scope = ask.row.scope
    here = [one for one in day.targets if one.name == name]
    if any(one.concerned(ask) for one in here):
        return
    fit = sorted(one.name for one in day.targets if one.concerned(ask))
    way = f"expected {', '.join(fit)}" if fit else "there is none here"
    if not here:
        line = f"{ask.id} is about a {scope}, and {name!r} is unknown here: {way}"
    elif all(one.scope is not scope for one in here):
        line = f"{ask.id} is about a {scope}, and {name!r} is a {here[0].scope}: {way}"
    else:
        line = f"{ask.id} is not about the {scope} {name!r}: {way}"
    word = "row_astray" if fit else "row_nowhere"
    yield Line.of(line, word, rows=ask.label, what=name, expected=fit)


def _signing(
    sign: Sign, by: str, template: Template, day: Day, told: tuple[Lists, Sequence[Entry]]
) -> Iterator[Line]:
    people = day.named(Scope.PERSON)
    if people and by not in people:
        line = f"{by} is not of the practice on {day.day}: expected {', '.join(people)}"
        yield Line.of(line, "stranger", by=by, day=day.day, expected=people)
    targets = [one for one in day.targets if one.name == sign.target]
    if not any(one.concerned(ask) for ask in template.asks for one in targets):
        yield _nothing(sign, template, day.targets)
        return
    run = current(runs(*told), sign.list, sign.target, day.day)
    if run is None:
        line = f"nothing of {template.id} was answered for {sign.target}: mark its rows first"
        yield Line.of(line, "unmarked", list=template.label, what=sign.target)
    elif run.signed is not None:
        line = f"{template.id} for {sign.target} was signed by {run.signed.by}: nothing is new"
        by = run.signed.by
        yield Line.of(line, "signed", list=template.label, what=sign.target, by=by)
    else:
        yield from _unready([one for one in due(*told, day) if _same(one, sign)], run)


def _unready(rows: Sequence[Due], run: Run) -> Iterator[Line]:
    """Yield which rows are open, and which must be done and are not."""
    labels = {one.ask.id: one.ask.label for one in rows}
    if again := stale(rows, run):
        line = f"failed on an earlier day: {', '.join(again)}: look again, and mark each anew"
        yield Line.of(line, "stale", rows=[labels[one] for one in again])
    if left := [one for one in unanswered(rows, run) if one not in again]:
        line = f"not answered yet: {', '.join(left)}: mark each done, failed or not applicable"
        yield Line.of(line, "unanswered", rows=[labels[one] for one in left])
    if amiss := unmet(rows):
        line = f"not done: {', '.join(amiss)}: nobody signs before they are"
        yield Line.of(line, "unmet", rows=[labels[one] for one in amiss])


def _same(one: Due, sign: Sign) -> bool:
    return (one.ask.list, one.target) == (sign.list, sign.target)


def _nothing(sign: Sign, template: Template, targets: Iterable[Target]) -> Line:
    """Return that a list is not about a target, with what it is about."""
    fit = sorted({one.name for one in targets for ask in template.asks if one.concerned(ask)})
    way = f"expected {', '.join(fit)}" if fit else "there is nothing here that it is about"
    line = f"nothing in {template.id} is about {sign.target!r}: {way}"
    word = "list_astray" if fit else "list_nowhere"
    return Line.of(line, word, list=template.label, what=sign.target, expected=fit)
