"""The tables of the practice: clinics, kits, plans, terminals, PINs, and lists of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

from msgspec import Meta, Struct
from msgspec.structs import replace

from checklists import clinic, plan
from checklists.clinic import Clinic, Kit
from checklists.plan import Plan
from daemon import peers
from daemon.peers import Terminal
from daemon.tables import Tables, twice
from vitals.practice import Country
from vitals.role import Role

Roles = Annotated[tuple[Role, ...], Meta(min_length=1)]
TABLES = frozenset({"clinic", "kit", "plan", "terminal", "pins", "checklists"})
KIT = Kit(name="kit", travels=True)
"""Where no kit is named there is one, and it is wherever the work is."""


class Signing(Struct, frozen=True, forbid_unknown_fields=True):
    """Who signs with a PIN."""

    required: bool = False
    """Nobody signs without one; otherwise initials are enough until a person sets one."""


class Checklists(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a clinic keeps checklists of its own."""

    dir: Path | None = None
    """Absent: the lists are what ships. A relative path begins where the configuration lies."""
    signers: Mapping[str, Roles] = {}
    """Who signs a list, by its id, instead of whom the list names."""


class Practice(Struct, frozen=True, kw_only=True):
    """How a practice works, over all its clinics."""

    clinics: tuple[Clinic, ...] = ()
    """One at least, once it is read from a configuration."""
    kits: tuple[Kit, ...] = (KIT,)
    plans: tuple[Plan, ...] = ()
    terminals: tuple[Terminal, ...] = ()
    """None: every terminal may do everything."""
    pins: Signing = Signing()
    checklists: Checklists = Checklists()
    kept: bool = False
    """Clinics, kits or lists are written down: before a start it is asked where the work is."""


class Home(NamedTuple):
    """What of a configuration stands in for what clinics do not say."""

    name: str
    code: str
    country: Country
    beds: tuple[str, ...]


def practice(gathered: Tables, home: Home, folder: Path) -> tuple[Practice, list[str]]:
    """Return what the tables say, and what their rows have against each other.

    What does not fit of a row is added to the errors of `gathered`. A relative path begins at
    `folder`. Without a clinic, `home` is the only one, with every bed.
    """
    clinics = gathered.rows("clinic", Clinic)
    kits = gathered.rows("kit", Kit)
    plans = gathered.rows("plan", Plan)
    terminals = gathered.rows("terminal", Terminal)
    lists = gathered.table("checklists", Checklists) or Checklists()
    told = Practice(
        clinics=_clinics(gathered, clinics, home),
        kits=tuple(kits.values()) if gathered.written("kit") else (KIT,),
        plans=tuple(plans.values()),
        terminals=tuple(terminals.values()),
        pins=gathered.table("pins", Signing) or Signing(),
        checklists=lists if lists.dir is None else replace(lists, dir=folder / lists.dir),
        kept=bool(gathered.written("clinic") or gathered.written("kit") or lists.dir),
    )
    codes = _codes(gathered, home)
    whole = codes and len(kits) == len(gathered.written("kit"))
    faults = [
        *_placed(gathered, clinics, home),
        *clinic.faults(clinics, kits, codes),
        *(clinic.bare(told.clinics, told.kits) if whole else ()),
        *plan.faults(plans, [*gathered.texts("person", "initials").values()]),
        *peers.faults(terminals),
    ]
    return told, faults


def _clinics(gathered: Tables, rows: Mapping[int, Clinic], home: Home) -> tuple[Clinic, ...]:
    """Return the clinics with what they leave to the rest of the configuration filled in."""
    if not gathered.written("clinic"):
        at = home.country
        return (Clinic(name=home.name, code=home.code, beds=home.beds, country=at),)
    said = gathered.texts("clinic", "country")
    return tuple(
        replace(
            row,
            beds=row.beds or home.beds,
            country=row.country if number in said else home.country,
        )
        for number, row in rows.items()
    )


def _codes(gathered: Tables, home: Home) -> Sequence[str]:
    """Return the code of every clinic as it is written; none where the site does not fit."""
    if gathered.written("clinic"):
        return list(gathered.texts("clinic", "code").values())
    return [home.code] if home.code else []


def _placed(gathered: Tables, rows: Mapping[int, Clinic], home: Home) -> Iterator[str]:
    """Yield names that stand twice, and beds that are nowhere."""
    for name, key in (("clinic", "code"), ("clinic", "name"), ("kit", "name")):
        yield from twice(gathered.texts(name, key).values(), f"[[{name}]] {key}")
    for number, row in rows.items():
        where = f"[[clinic]] {number}: beds"
        yield from twice(row.beds, where)
        for bed in row.beds if home.beds else ():
            if bed not in home.beds:
                yield f"{where}: {bed!r} is no [[bed]]: use one of {', '.join(home.beds)}"
