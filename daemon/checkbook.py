"""The rows of checklists, stock, gases, equipment and papers in force.

They are what is wanted, the last good ones, or what ships: a wrong file never stops the daemon.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct, structs

from checklists.atc import Codes, atc_codes
from checklists.devicerules import DeviceRules, device_rules
from checklists.gasrules import GasRules, gas_rules
from checklists.lists import Lists, lists
from checklists.paperrules import PaperRules, paper_rules
from checklists.supplies import Supplies, supplies, uncoded
from daemon import shelf
from daemon.config import Config
from daemon.lessening import lessened
from daemon.library import Files, RuleFile, digest
from daemon.protocol.rules import RulesState
from vitals.rows import RowsError

Rules = TypeVar("Rules")

FOLDER = "checklists"
"""Beside the journal: the sets of a clinic's own files that were in order."""
SINGLE: dict[str, Callable[[str, str], Any]] = {
    "supplies": supplies,
    "codes": atc_codes,
    "gases": gas_rules,
    "devices": device_rules,
    "papers": paper_rules,
}
NAMES = {
    "supplies": "supplies.toml",
    "codes": "atc.toml",
    "gases": "gases.toml",
    "devices": "equipment.toml",
    "papers": "papers.toml",
}
"""A clinic's own file of one of these names takes its place; any other is a checklist."""


class Checkbook(Struct, frozen=True, kw_only=True):
    """Every row, and the hash that names the files."""

    lists: Lists
    supplies: Supplies
    codes: Codes
    gases: GasRules
    devices: DeviceRules
    papers: PaperRules
    hash: str
    own: Files
    """The clinic's own files among them."""
    state: RulesState = RulesState.IN_ORDER
    errors: tuple[str, ...] = ()
    """Why the set that the clinic wants is not this one; none while it is in order."""

    def early(self, day: date) -> Iterator[str]:
        """Yield an error line for each file that is not valid yet on a day."""
        yield from self.lists.early(day)
        for name, file in NAMES.items():
            begins = getattr(self, name).valid_from
            if begins > day and file in self.own:
                way = "has not come yet: put the file there on that day"
                yield f"{self.own[file].place}: valid_from: {begins} {way}"


def load() -> Checkbook:
    """Return the rows that ship with the product."""
    return read({})


def wanted(config: Config, day: date) -> Checkbook:
    """Return the set that is wanted on a day, or raise RowsError with every fault found."""
    folder = config.practice.checklists.dir
    own, errors = ({}, []) if folder is None else shelf.gathered(folder, FOLDER)
    try:
        found = read(own)
    except RowsError as error:
        raise RowsError([*errors, *error.errors]) from error
    # Of a clock that stands before the rows began, as that of a machine without a battery may,
    # nothing is to be held against the files that ship.
    if errors := [*errors, *(found.early(day) if own else ())]:
        raise RowsError(errors)
    return found


def chosen(config: Config, day: date) -> Checkbook:
    """Return the set that is wanted; where it has errors, the last good one, else what ships."""
    try:
        return wanted(config, day)
    except RowsError as error:
        errors = list(error.errors)
    try:
        files = shelf.kept(config.data.dir, FOLDER)
        found = None if files is None else read(files)
    except RowsError as error:
        found, errors = None, [*errors, *error.errors]
    state = RulesState.SHIPPED if found is None else RulesState.KEPT
    return structs.replace(found or load(), state=state, errors=tuple(errors))


def keep(book: Checkbook, data: Path) -> None:
    """Make a clinic's own files the last good ones, where there are any; OSError as the shelf."""
    if book.own and book.state is RulesState.IN_ORDER:
        shelf.keep(book.own, digest(book.own), data, FOLDER)


def read(own: Files) -> Checkbook:
    """Return the rows of what ships and of a clinic's own files, or raise RowsError."""
    ours, errors = shipped(), list[str]()
    single: dict[str, Any] = {}
    for name, rows in SINGLE.items():
        file = own.get(NAMES[name], ours[NAMES[name]])
        single[name] = _tried(partial(rows, file.text, file.place), errors)
    found = _tried(partial(lists, _texts(ours), _texts(own)), errors)
    if not errors:
        place = own.get(NAMES["supplies"], ours[NAMES["supplies"]]).place
        errors += uncoded(single["supplies"], single["codes"], place)
        errors += _lessened(single, ours, own)
    if errors or found is None:
        raise RowsError(errors)
    return Checkbook(lists=found, **single, hash=digest({**ours, **own}), own=own)


def _lessened(single: Mapping[str, Any], ours: Files, own: Files) -> Iterator[str]:
    """Yield an error line for each of a clinic's own rows that silently asks for less."""
    for name, file in NAMES.items():
        if file in own:
            shipped = SINGLE[name](ours[file].text, file)
            lines = lessened({name: single[name]}, {name: shipped})
            yield from (f"{own[file].place}: {line}" for line in lines)


def _tried(make: Callable[[], Rules], errors: list[str]) -> Rules | None:
    try:
        return make()
    except RowsError as error:
        errors += error.errors
        return None


def _texts(files: Files) -> Mapping[str, str]:
    """Return the texts of the checklists of a set, by what their faults are told under."""
    singles = set(NAMES.values())
    return {file.place: file.text for name, file in files.items() if name not in singles}


def shipped() -> dict[str, RuleFile]:
    """Return the files of `checklists` and its templates, by name."""
    home = resources.files("checklists")
    entries = [*home.iterdir(), *home.joinpath("templates").iterdir()]
    return {
        entry.name: RuleFile(entry.read_text("utf-8"), entry.name)
        for entry in entries
        if entry.name.endswith(".toml")
    }
