"""Which set of rule files is in force: the one that is wanted, the last good one, or what ships."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from msgspec import structs

from daemon import shelf
from daemon.config import Config
from daemon.library import FAMILIES, Files, Library, library, shipped
from daemon.protocol.rules import RulesState
from monitoring.rows import RowsError


def wanted(config: Config, day: date) -> Library:
    """Return the set that is wanted on a day, or raise RowsError with every fault of every file.

    It is what ships, with each file of the clinic's folder in the place of the one of its name.
    """
    ours, folder = shipped(), config.rules.dir
    theirs, errors = ({}, []) if folder is None else shelf.gathered(folder)
    strangers = [name for name in theirs if name not in ours and not name.startswith(FAMILIES)]
    for name in strangers:
        known = ", ".join(sorted(ours))
        errors.append(f"{theirs.pop(name).place}: no rule file has this name: use one of {known}")
    try:
        found = library({**ours, **theirs})
    except RowsError as error:
        raise RowsError([*errors, *error.errors]) from error
    if errors := [*errors, *found.early(day)]:
        raise RowsError(errors)
    return found


def chosen(config: Config, day: date) -> Library:
    """Return the set that is wanted; where it has errors, the last good one, else what ships.

    The errors go with it. Raises RowsError only where not even what ships can be used.
    """
    try:
        return wanted(config, day)
    except RowsError as error:
        errors = list(error.errors)
    for state, files in _instead(config.data.dir):
        try:
            found = files()
            if found is not None:
                return structs.replace(library(found), state=state, errors=tuple(errors))
        except RowsError as error:
            errors += error.errors
    raise RowsError(errors)


def _instead(data: Path) -> Iterator[tuple[RulesState, Callable[[], Files | None]]]:
    yield RulesState.KEPT, lambda: shelf.kept(data)
    yield RulesState.SHIPPED, shipped
