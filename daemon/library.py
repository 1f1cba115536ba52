"""A set of rule files: texts in, checked rows out; every fault of every file is named."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from importlib import resources
from typing import Any, TypeVar

from msgspec import Struct, structs

from daemon.agreement import disagreements
from daemon.approval import APPROVED, stands
from daemon.protocol.rules import RulesState
from monitoring.alarmrules import AlarmRules, alarm_rules
from monitoring.bursts import ToneRules
from monitoring.competence import CompetenceRules, competence_rules
from monitoring.courserules import CourseRules, course_rules
from monitoring.delegation import DelegationRules, delegation_rules
from monitoring.durations import Durations, durations
from monitoring.gaterules import GateRules, gate_rules
from monitoring.injectionrules import InjectionRules, injection_rules
from monitoring.limits import LimitSet, limit_set
from monitoring.obligations import Book
from monitoring.procedures import Procedures, procedures
from monitoring.reach import ReachRules, reach_rules
from monitoring.rolerules import RoleRules, role_rules
from monitoring.services import ServiceRules, service_rules
from monitoring.signalrules import SignalRules, signal_rules
from monitoring.steroids import SteroidRules, steroid_rules
from monitoring.thresholds import Thresholds, thresholds
from monitoring.tonerules import tone_rules
from monitoring.treatmentrules import TreatmentRules, treatment_rules
from monitoring.typed import TypedRules, typed_rules
from monitoring.withdrawn import Withdrawn, withdrawn
from vitals.rows import RowsError, parsed

Rules = TypeVar("Rules")


def _limits(text: str, file: str) -> LimitSet:
    """Return the limits; a name that is not under these very rows is nobody's."""
    found = limit_set(text, file)
    return found if stands(parsed(text, file)) else structs.replace(found, approved_by="")


SERVICES = "service_"
"""What the name of each file of a service begins with."""
PROCEDURES = "procedures"
"""What the name of each file of a specialty begins with."""
SINGLE: dict[str, Callable[[str, str], Any]] = {
    "durations": durations,
    "withdrawn": withdrawn,
    "limits": _limits,
    "alarms": alarm_rules,
    "treatments": treatment_rules,
    "steroids": steroid_rules,
    "competence": competence_rules,
    "gate": gate_rules,
    "coverage": thresholds,
    "injection": injection_rules,
    "delegation": delegation_rules,
    "tones": tone_rules,
    "signals": signal_rules,
    "course": course_rules,
    "roles": role_rules,
    "typed": typed_rules,
    "reach": reach_rules,
}
"""What reads each file of which there is one, by its name and that of its rows in a library."""
FAMILIES = (SERVICES, PROCEDURES)
"""A clinic may add files whose names begin so; any other file takes the place of one that ships."""


class RuleFile(Struct, frozen=True):
    """One file of a set."""

    text: str
    place: str
    """What its faults are told under: the whole path of a file that a clinic can mend."""


Files = Mapping[str, RuleFile]
"""A set of rule files by their names."""


class Library(Struct, frozen=True, kw_only=True):
    """Every rule of a set of files, and the hash that names this set."""

    editions: dict[str, ServiceRules]
    """By file; of one service there may be several, each from a day of its own on."""
    durations: Durations
    withdrawn: dict[str, Withdrawn]
    tables: dict[str, Procedures]
    """By file; of one specialty there is one."""
    limits: LimitSet
    alarms: AlarmRules
    signals: SignalRules
    """What becomes of an alarm's sound."""
    treatments: TreatmentRules
    """Of pain, and of blocks."""
    steroids: SteroidRules
    competence: CompetenceRules
    """What is asked of those who give them."""
    gate: GateRules
    """What is made sure of before a start."""
    coverage: Thresholds
    """How much of what is required must have been watched."""
    injection: InjectionRules
    delegation: DelegationRules
    tones: ToneRules
    course: CourseRules
    """How late, how early and how quiet."""
    roles: RoleRules
    """Who may say what of a patient."""
    typed: TypedRules
    """What a number that a person types can be."""
    reach: ReachRules
    """How long an anaesthetist counts as callable."""
    hash: str
    files: Files
    state: RulesState = RulesState.IN_ORDER
    errors: tuple[str, ...] = ()
    """Why the set that the clinic wants is not this one; none while it is in order."""

    def book(self, day: date) -> Book:
        """Return what is in force on a day: of each service the newest edition that has begun.

        Rows that have not begun are left out. A clock that stands before the rules began, as that
        of a machine without a battery may, counts as the day on which they did.
        """
        day = max(day, self.durations.valid_from)
        begun = self.in_force(day).items()
        return Book({c: _begun(self.editions[name], day) for c, name in begun}, self.durations)

    def in_force(self, day: date) -> dict[str, str]:
        """Return, by code, the file of each service's newest edition that has begun on a day."""
        begun = [(one.service, name) for name, one in self.editions.items()]
        begun.sort(key=lambda one: one[0].valid_from)
        return {service.code: name for service, name in begun if service.valid_from <= day}

    @property
    def days(self) -> tuple[date, ...]:
        """Return every day on which rows of a service begin, none before the durations do."""
        begin: set[date] = set()
        for one in self.editions.values():
            begin |= {one.service.valid_from, *(ban.valid_from for ban in one.bans)}
            begin |= {row.valid_from for row in one.requirements}
        return tuple(sorted({max(day, self.durations.valid_from) for day in begin}))

    def place(self, name: str) -> str:
        """Return what the faults of a file are told under."""
        return self.files[name].place

    @property
    def procedures(self) -> dict[str, Procedures]:
        """Return the tables by specialty."""
        return {table.specialty: table for table in self.tables.values()}

    def early(self, day: date) -> list[str]:
        """Return an error line for each file that as a whole is not valid yet."""
        begins = {
            "durations.toml": self.durations.valid_from,
            "treatments.toml": self.treatments.valid_from,
            "steroids.toml": self.steroids.valid_from,
            "competence.toml": self.competence.valid_from,
            "gate.toml": self.gate.valid_from,
            "coverage.toml": self.coverage.valid_from,
            "injection.toml": self.injection.valid_from,
            "delegation.toml": self.delegation.valid_from,
            "course.toml": self.course.valid_from,
            "roles.toml": self.roles.valid_from,
            "typed.toml": self.typed.valid_from,
            "reach.toml": self.reach.valid_from,
            **{name: table.valid_from for name, table in self.tables.items()},
        }
        late = "has not come yet: put the file there on that day"
        return [
            f"{self.place(name)}: valid_from: {begin} {late}"
            for name, begin in begins.items()
            if begin > day
        ]

    @property
    def unapproved(self) -> tuple[str, ...]:
        """Return the files with anything in them that nobody has approved."""
        tables = {name: parsed(file.text, name) for name, file in self.files.items()}
        return tuple(
            sorted(
                name
                for name, table in tables.items()
                if (not stands(table) if name in APPROVED else _unapproved(table))
            )
        )


def load() -> Library:
    """Return the rows that ship with the product, or raise RowsError with every fault found."""
    return library(shipped())


def shipped() -> dict[str, RuleFile]:
    """Return the rule files of `monitoring/rules`."""
    return {
        entry.name: RuleFile(entry.read_text("utf-8"), entry.name)
        for entry in resources.files("monitoring").joinpath("rules").iterdir()
        if entry.name.endswith(".toml")
    }


def library(files: Files) -> Library:
    """Return the rows of a set of files, or raise RowsError with every fault of every file."""
    found, errors = read(files)
    if errors := [*errors, *disagreements(found)]:
        raise RowsError(errors)
    return found


def read(files: Files, spare: Files | None = None) -> tuple[Library, list[str]]:
    """Return the rows of a set of files, each sound by itself, and every fault of every file.

    In the place of a file that has faults stands the one of its name in `spare`, so that what the
    others have to say of each other comes to light too. Raises RowsError where there is none.
    """
    reader = _Reader(files, spare or {})
    editions, tables = reader.each(SERVICES, service_rules), reader.each(PROCEDURES, procedures)
    single = {name: reader.one(f"{name}.toml", rows) for name, rows in SINGLE.items()}
    if not all(single.values()):
        raise RowsError(reader.errors)
    found = Library(
        editions=editions,
        tables=tables,
        **{name: rows[0] for name, rows in single.items()},
        hash=digest(files),
        files=files,
    )
    return found, reader.errors


def digest(files: Files) -> str:
    """Return the SHA-256 over the names and texts of a set, wherever its files lie."""
    found = hashlib.sha256()
    for name, file in sorted(files.items()):
        found.update(f"{name}\0{file.text}\0".encode())
    return found.hexdigest()


class _Reader:
    """Reads files by name, and keeps every fault that is found on the way."""

    def __init__(self, files: Files, spare: Files) -> None:
        self._files = files
        self._spare = spare
        self.errors: list[str] = []

    def one(self, name: str, read: Callable[[str, str], Rules]) -> list[Rules]:
        """Return the rules of the one file of a name; nothing, but its faults, without them."""
        if name not in self._files:
            self.errors.append(f"{name}: is missing from the rule files: put it back")
            return []
        return list(self.each(name, read).values())

    def each(self, prefix: str, read: Callable[[str, str], Rules]) -> dict[str, Rules]:
        """Return the rules of every file whose name begins so, by its name."""
        names = sorted(name for name in self._files if name.startswith(prefix))
        found = {name: self._read(name, read) for name in names}
        return {name: rules for name, rules in found.items() if rules is not None}

    def _read(self, name: str, read: Callable[[str, str], Rules]) -> Rules | None:
        file = self._files[name]
        try:
            return read(file.text, file.place)
        except RowsError as error:
            self.errors += error.errors
        other = self._spare.get(name)
        return None if other is None or other == file else read(other.text, other.place)


def _begun(edition: ServiceRules, day: date) -> ServiceRules:
    """Return an edition without its rows that are not valid yet."""
    return ServiceRules(
        edition.service,
        tuple(row for row in edition.requirements if row.valid_from <= day),
        tuple(ban for ban in edition.bans if ban.valid_from <= day),
    )


def _unapproved(table: Any) -> bool:  # noqa: ANN401 - whatever TOML can hold
    """Tell whether a table, or anything in it, is a proposal that nobody has signed."""
    if isinstance(table, list):
        return any(_unapproved(one) for one in table)
    if not isinstance(table, dict):
        return False
    unsigned = table.get("approved_by") == "" and table.get("proposal", True) is not False
    return unsigned or any(_unapproved(one) for one in table.values())
