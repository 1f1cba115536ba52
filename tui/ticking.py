"""Keys of one checklist: rows looked at one by one, or a group at once after it was shown; pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from daemon.protocol.practice import Checklist
from daemon.protocol.row import ListRow
from tui.acting import Spoken, asking, said
from tui.checklist import barring, groups, lists, rows_of
from tui.commands import Asker
from tui.morning import shown
from tui.prompt import Morning, Opened, Part, Prompt, note
from tui.sight import Sight
from vitals.acts import Counter, Mark, Sign
from vitals.practice import Outcome


def opened(listed: Checklist, name: str = "") -> Opened | None:
    """Return a list at the group `name`, or else at the first with something to look at."""
    names = groups(listed)
    waits = [row.group for row in listed.rows if row.open]
    first = name or next((one for one in names if one in waits), names[0] if names else "")
    return Opened(listed.id, listed.target, first) if first else None


def begun(sight: Sight, prompt: Morning) -> Morning:
    """Return the list that is chosen, opened."""
    found = lists(sight)
    return enter(prompt, found[min(prompt.at, len(found) - 1)]) if found else prompt


def enter(prompt: Morning, listed: Checklist, row: str = "") -> Morning:
    """Return a list, opened where something is to be looked at, or at one row of it."""
    found = next((one for one in listed.rows if one.id == row), None)
    inside = opened(listed, found.group if found else "")
    rows = [one.id for one in listed.asked if inside and one.group == inside.group]
    at = rows.index(row) if row in rows else 0
    return replace(prompt, part=Part.LISTS, opened=inside, at=at)


def left(sight: Sight, prompt: Morning) -> Morning:
    """Return the lists, with the one that was worked on chosen."""
    inside = prompt.opened
    here = (inside.list, inside.target) if inside else None
    names = [(one.id, one.target) for one in lists(sight)]
    at = names.index(here) if here in names else 0
    return replace(prompt, opened=None, at=at)


def turned(sight: Sight, prompt: Morning, by: int) -> Morning:
    """Return the group before or behind; it does not go round."""
    inside = prompt.opened
    listed = sight.practice.list(inside.list, inside.target) if inside else None
    if inside is None or listed is None:
        return prompt
    names = groups(listed)
    here = names.index(inside.group) if inside.group in names else 0
    there = names[max(0, min(len(names) - 1, here + by))]
    if there == inside.group:
        return prompt
    return replace(prompt, opened=Opened(inside.list, inside.target, there), at=0)


def looked(sight: Sight, width: int, height: int) -> Prompt:
    """Return the prompt once it was drawn in so many cells: what was whole on it was shown."""
    prompt = sight.prompt
    if not isinstance(prompt, Morning) or prompt.opened is None:
        return prompt
    if sight.helping or not width * height:
        return prompt
    inside = prompt.opened
    seen = inside.seen | shown(sight, prompt, width, height).whole
    since = sight.now.monotonic if inside.since is None else inside.since
    return replace(prompt, opened=replace(inside, seen=seen, since=since))


def pressed(
    sight: Sight, prompt: Morning, sign: str, asker: Asker, at: float | None
) -> Spoken | None:
    """Return what a key says of the list that is open; None for one it has no use for."""
    keyed = _KEYS.get(sign.lower())
    return None if keyed is None else keyed(sight, prompt, asker, at)


def _all(sight: Sight, prompt: Morning, asker: Asker, at: float | None) -> Spoken:
    """Return everything of the group that waits as in order, once all of it was shown."""
    inside, rows = prompt.opened, rows_of(sight, prompt.opened)
    waiting = [row.id for row in rows if row.open]
    if inside is None or not waiting:
        return turned(sight, prompt, 1)
    if any(row.id not in inside.seen for row in rows):
        return replace(prompt, line=note("morning.unseen", sight.now))
    return _marked(sight, prompt, tuple(waiting), asker, at)


def _one(sight: Sight, prompt: Morning, asker: Asker, at: float | None) -> Spoken:
    row = _chosen(sight, prompt)
    return prompt if row is None else _marked(sight, prompt, (row.id,), asker, at)


def _marked(
    sight: Sight, prompt: Morning, rows: tuple[str, ...], asker: Asker, at: float | None
) -> Spoken:
    """Return rows as in order, with the time since the group was shown."""
    inside = prompt.opened
    if inside is None:
        return prompt
    took_s = None if inside.since is None else round(sight.now.monotonic - inside.since, 1)
    act = Mark(list=inside.list, rows=rows, target=inside.target, took_s=took_s)
    return said(sight, act, prompt, (asker.id, asker.by), at)


def _otherwise(form: str, outcome: Outcome) -> Keyed:
    """Return what asks why a row is not in order."""

    def ask(sight: Sight, prompt: Morning, _: Asker, at: float | None) -> Spoken:
        row, inside = _chosen(sight, prompt), prompt.opened
        if row is None or inside is None:
            return prompt
        act = Mark(list=inside.list, rows=(row.id,), target=inside.target, outcome=outcome)
        return asking(form, act, prompt, at)

    return ask


def signed(sight: Sight, prompt: Morning, asker: Asker, at: float | None) -> Spoken:
    """Return the list that is chosen or open as signed, or what stands in the way of that.

    It is said before anybody is asked for a PIN, and the first row in the way is gone to.
    """
    listed = _listed(sight, prompt)
    if listed is None:
        return prompt
    if rows := barring(listed):
        there = _gone(sight, prompt, listed, rows[0])
        return replace(there, line=note("morning.unfinished", sight.now))
    if listed.signed_by:
        return replace(prompt, line=note("morning.signed_already", sight.now))
    return said(sight, Sign(listed.id, listed.target), prompt, (asker.id, asker.by), at)


def _listed(sight: Sight, prompt: Morning) -> Checklist | None:
    """Return the list that is open, or else the one that is chosen."""
    if prompt.opened is not None:
        return sight.practice.list(prompt.opened.list, prompt.opened.target)
    found = lists(sight)
    return found[min(prompt.at, len(found) - 1)] if found else None


def _gone(sight: Sight, prompt: Morning, listed: Checklist, row: ListRow) -> Morning:
    """Return the view at a row; in its own group nothing of what was seen is forgotten."""
    inside = prompt.opened
    if inside is None or inside.group != row.group:
        return enter(prompt, listed, row.id)
    return replace(prompt, at=[one.id for one in rows_of(sight, inside)].index(row.id))


def _countered(sight: Sight, prompt: Morning, asker: Asker, at: float | None) -> Spoken:
    """Return the question why the last mark of the row that is chosen was wrong."""
    del asker
    row = _chosen(sight, prompt)
    if row is None or row.entry is None:
        return replace(prompt, line=note("note.nothing", sight.now))
    return asking("unmarked", Counter(row.entry, "-"), prompt, at)


def _next(sight: Sight, prompt: Morning, asker: Asker, at: float | None) -> Spoken:
    """Return the next group, or behind the last one the lists."""
    del asker, at
    further = turned(sight, prompt, 1)
    return left(sight, prompt) if further is prompt else further


def _chosen(sight: Sight, prompt: Morning) -> ListRow | None:
    rows = rows_of(sight, prompt.opened)
    return rows[min(prompt.at, len(rows) - 1)] if rows else None


Keyed = Callable[[Sight, Morning, Asker, float | None], Spoken]
_KEYS: Mapping[str, Keyed] = {
    "f": _all,
    " ": _one,
    "x": _otherwise("failed", Outcome.FAILED),
    "i": _otherwise("unneeded", Outcome.NOT_APPLICABLE),
    "r": _countered,
    "u": signed,
    "enter": _next,
}
