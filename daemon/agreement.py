"""Whether the files of a set agree with each other: what no file can know by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from monitoring.services import Kind

if TYPE_CHECKING:
    from daemon.library import Library


def disagreements(found: Library) -> list[str]:
    """Return an error line for each place where two files do not go together."""
    one, other = [*_twice(found), *_rivals(found)], [*_withdrawn(found), *_unmatched(found)]
    return [*one, *other, *_lapses(found)]


def _twice(found: Library) -> Iterator[str]:
    """Yield each service with two editions from the same day on."""
    files = defaultdict(list)
    for name, one in found.editions.items():
        files[one.service.code, one.service.valid_from].append(name)
    for (code, day), names in files.items():
        for name in names[1:]:
            other = found.place(names[0])
            yield (
                f"{found.place(name)}: [service] code: {code} stands from {day} on in"
                f" {other} too: keep one, or write another valid_from"
            )


def _rivals(found: Library) -> Iterator[str]:
    """Yield each specialty with two tables."""
    files = defaultdict(list)
    for name, table in found.tables.items():
        files[table.specialty].append(name)
    for specialty, names in files.items():
        for name in names[1:]:
            other = found.place(names[0])
            yield (
                f"{found.place(name)}: specialty: {specialty!r} stands in {other} too:"
                " keep one, or write another specialty"
            )


def _withdrawn(found: Library) -> Iterator[str]:
    """Yield each service whose code the catalogue no longer has."""
    for name, one in found.editions.items():
        gone = found.withdrawn.get(one.service.code)
        if gone is not None:
            into = f"; {gone.contained_in} has taken it up" if gone.contained_in else ""
            yield (
                f"{found.place(name)}: [service] code: {gone.code} ({gone.label.en}) is withdrawn"
                f" and may not be used{into}: take the file away"
            )


def _unmatched(found: Library) -> Iterator[str]:
    """Yield each code of a duration or a procedure that no anaesthetic has.

    The services are those of the day on which the durations begin.
    """
    rows = [("durations.toml", "[[band]] " + one.id, one.code) for one in found.durations.bands]
    for name, table in found.tables.items():
        rows += [(name, f"[[procedure]] {one.row}", one.code) for one in table.rows]
    known, wrong = _anaesthetics(found), defaultdict(list)
    for name, row, code in rows:
        if code and code not in known:
            wrong[name, code].append(row)
    for (name, code), named in wrong.items():
        yield f"{found.place(name)}: {', '.join(named)}: code: {_unknown(found, code)}"


def _lapses(found: Library) -> Iterator[str]:
    """Yield each acknowledgement that is limited for a condition that there is not."""
    for name in found.signals.lapses:
        if name not in found.alarms.conditions:
            yield f"{found.place('signals.toml')}: [[lapse]] {name!r} is no condition: remove it"


def _anaesthetics(found: Library) -> set[str]:
    """Return the anaesthetics that there are as early as the durations are valid."""
    begun = found.in_force(found.durations.valid_from)
    return {c for c, name in begun.items() if found.editions[name].service.kind is Kind.ANAESTHESIA}


def _unknown(found: Library, code: str) -> str:
    """Return what is wrong with a code, and which files come nearest to having it."""
    day = found.durations.valid_from
    named = [
        f"in {found.place(name)} it is of kind {one.service.kind} from {one.service.valid_from} on"
        for name, one in found.editions.items()
        if one.service.code == code
    ]
    near = "; ".join(named) or "no file has it"
    known = ", ".join(sorted(_anaesthetics(found))) or "none"
    return f"no anaesthetic has {code!r} on {day} ({near}): mend that file, or name one of {known}"
