"""What a set of rule files takes away of the contract: what ships says it, and a clinic keeps it.

A clinic may add rows and advice, ask for more, sign proposals and word labels otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct, structs

from daemon.ladder import falls
from daemon.library import Library
from monitoring.bounds import loosened
from monitoring.departure import departures
from monitoring.findings import Rule
from monitoring.limits import sunken
from monitoring.potency import dilutions
from monitoring.shortfall import shortfalls
from monitoring.signalrules import quieter
from monitoring.steroids import Equivalent
from monitoring.unaltered import altered, unsigned

Proposed = Equivalent | Rule
"""A row that says whether the document has it so."""


def breaches(theirs: Library, ours: Library) -> list[str]:
    """Return an error line for each thing that the contract (`ours`) says and `theirs` does not."""
    services = list(_services(theirs, ours)) or list(falls(theirs, ours))
    return list(dict.fromkeys([*services, *_rows(theirs, ours), *_tables(theirs, ours)]))


def _services(theirs: Library, ours: Library) -> Iterator[str]:
    """Yield what a service is no longer watched by, on each day on which anything changes."""
    for day in sorted({*theirs.days, *ours.days}):
        there = theirs.in_force(day)
        for code, name in ours.in_force(day).items():
            if code not in there:
                yield _gone(theirs, ours, name)
                continue
            lines = shortfalls(theirs.editions[there[code]], ours.editions[name], day)
            yield from (f"{theirs.place(there[code])}: service {code}: {line}" for line in lines)


def _gone(theirs: Library, ours: Library, name: str) -> str:
    """Return why a service has no rules: which file took the place of its own."""
    own = ours.editions[name].service
    found = theirs.editions.get(name)
    if found is None:
        return f"{name}: service {own.code} is missing from the rule files: put it back"
    return (
        f"{theirs.place(name)}: [service]: is {found.service.code} from"
        f" {found.service.valid_from} on, in the place of {own.code} from {own.valid_from} on:"
        " write that, or give the file a name of its own"
    )


def _rows(theirs: Library, ours: Library) -> Iterator[str]:
    """Yield what is missing or changed in the files of which there is one."""
    gone = theirs.withdrawn.values(), ours.withdrawn.values()
    drugs = theirs.steroids.drugs.values(), ours.steroids.drugs.values()
    found = {
        "durations": altered("band", theirs.durations.bands, ours.durations.bands, "id"),
        "withdrawn": altered("withdrawn", *gone, "code"),
        "steroids": [
            *_kept("steroid", *drugs, "drug"),
            *dilutions(theirs.steroids, ours.steroids),
        ],
        "limits": sunken(theirs.limits, ours.limits),
        "treatments": _ruled(theirs.treatments, ours.treatments),
        "competence": _ruled(theirs.competence, ours.competence),
        "gate": _ruled(theirs.gate, ours.gate),
        "injection": _ruled(theirs.injection, ours.injection),
        "delegation": _ruled(theirs.delegation, ours.delegation),
        "tones": loosened(theirs.tones, ours.tones),
        "signals": quieter(theirs.signals, ours.signals),
        "roles": _ruled(theirs.roles, ours.roles),
    }
    for name, lines in found.items():
        yield from (f"{theirs.place(f'{name}.toml')}: {line}" for line in lines)


def _ruled(theirs: Struct, ours: Struct) -> Iterator[str]:
    """Yield what is wrong kind by kind; a kind of row is a struct named as its table is."""
    sets = list(_rules(theirs)), list(_rules(ours))
    for kind in dict.fromkeys(type(row) for rows in sets for row in rows):
        given, wanted = ([row for row in rows if type(row) is kind] for rows in sets)
        yield from _kept(kind.__name__.lower(), given, wanted, "id")


def _kept(
    name: str, theirs: Iterable[Proposed], ours: Iterable[Proposed], key: str
) -> Iterator[str]:
    """Yield what is missing or changed of the contract, and what beyond it nobody has signed."""
    rows = list(theirs)
    contract = {getattr(row, key): row for row in ours if not row.proposal}
    yield from altered(name, rows, contract.values(), key)
    yield from unsigned(name, [row for row in rows if getattr(row, key) not in contract], key)


def _rules(rules: Struct) -> Iterator[Rule]:
    """Yield every row that findings rest on."""
    for value in structs.asdict(rules).values():
        rows = value.values() if isinstance(value, dict) else value
        found = rows if isinstance(rows, Iterable) else [rows]
        yield from (row for row in found if isinstance(row, Rule))


def _tables(theirs: Library, ours: Library) -> Iterator[str]:
    """Yield what a specialty's table no longer says."""
    names = {table.specialty: name for name, table in theirs.tables.items()}
    for file, table in ours.tables.items():
        if (name := names.get(table.specialty)) is None:
            where = theirs.place(file) if file in theirs.files else file
            yield f"{where}: specialty: {table.specialty!r} has no table any more: put it back"
        else:
            lines = departures(theirs.tables[name], table)
            yield from (f"{theirs.place(name)}: {line}" for line in lines)
