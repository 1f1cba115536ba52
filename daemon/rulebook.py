"""Which set of rule files is in force: the one that is wanted, the last good one, or what ships."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec import structs

from daemon import shelf
from daemon.agreement import disagreements
from daemon.config import Config
from daemon.contract import breaches
from daemon.library import FAMILIES, Files, Library, library, load, read, shipped
from daemon.protocol.rules import RulesState
from vitals.rows import RowsError


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
    return _sound({**ours, **theirs}, errors, day)


def chosen(config: Config, day: date) -> Library:
    """Return the set that is wanted; where it has errors, the last good one, else what ships.

    The errors go with it. Raises RowsError only where not even what ships can be used.
    """
    try:
        return wanted(config, day)
    except RowsError as error:
        errors = list(error.errors)
    try:
        found = kept(config.data.dir)
    except RowsError as error:
        found, errors = None, [*errors, *error.errors]
    state = RulesState.SHIPPED if found is None else RulesState.KEPT
    return structs.replace(found or load(), state=state, errors=tuple(errors))


def kept(data: Path) -> Library | None:
    """Return the last good set, or None where none was ever kept.

    Raises RowsError, with one line, when it is damaged or no longer in order: a later version of
    the product may ask for more than the one that kept it.
    """
    files = shelf.kept(data)
    if files is None:
        return None
    try:
        return _sound(files, [])
    except RowsError as error:
        first, count = error.errors[0], len(error.errors)
        where = f"{data / shelf.FOLDER}: the last good set is no longer in order"
        raise RowsError([f"{where} ({count} to mend, {first}): {shelf.ANEW}"]) from error


def _sound(files: Files, errors: list[str], day: date | None = None) -> Library:
    """Return a set without errors, that says no less than what ships, and is valid on a day."""
    ours = shipped()
    if files == ours and not errors:
        return library(files)
    found, faults = read(files, ours)
    contract = library(ours)
    errors = [*errors, *faults, *breaches(found, contract), *disagreements(found)]
    errors += [] if day is None else found.early(day)
    if errors:
        raise RowsError(errors)
    return found
