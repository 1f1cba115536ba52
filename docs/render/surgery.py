"""The procedures of another specialty: which anaesthesia service may be requested for which."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from obligations import birthday
from sheets import UNAPPROVED, Shelf, day, joined, label, mark
from taken import Taken
from terms import LATERALITIES, term

HOW = (
    "Each row: the numbers as printed, the anaesthesia service, the procedure in English and as "
    "printed. Whether it is *in the airway* is Vagt's reading of chapter 3 until a doctor has "
    "confirmed it. Where rows share their numbers the site decides. What is in no row maps to "
    "nothing: a person decides."
)
ANY_SITE = {"combination": "combination, any site", "unspecified": "any site"}


def procedures(tables: Taken, shelf: Shelf) -> Iterator[str]:
    """Yield the chapter of the procedures."""
    tables.take("schema")
    tables.take("specialty")
    approved_by = tables.text("approved_by")
    status = f"approved by {approved_by}" if approved_by else UNAPPROVED
    yield from (f"{HOW} The list is {day(tables)}. Source: {shelf.cited(tables)}.", "")
    services = ", ".join(tables.take("services"))
    yield f"Only {services} may be requested for these procedures."
    yield f"What was decided where the list leaves a place open: {status}."
    sites = {name: given["en"] for name, given in tables.take("sites").items()}
    sections = tables.take("sections")
    found: dict[str, list[str]] = {name: [] for name in sections}
    for row in tables.rows("procedure"):
        found[row.take("section")].append(_procedure(row, sites, shelf))
    for name, given in sections.items():
        yield from _section(name, given, found[name])
    yield from _sides(tables.take("contralateral"))
    yield from _hold(tables.table("hold"), shelf)
    tables.done()


def _section(name: str, given: dict[str, Any], rows: list[str]) -> Iterator[str]:
    yield from ("", f"### {name}. {given['en']}", "", f"*{given['da']}*", "", *rows)


def _procedure(row: Taken, sites: dict[str, str], shelf: Shelf) -> str:
    number, (english, danish) = row.take("row"), label(row)
    head = f"- **{number}. {row.take('codes')} → {row.take('code')}** {english}"
    notes = [_site(row.take("site"), sites), term(LATERALITIES, row.take("laterality"))]
    notes += [_airway(row), "needs a stated medical judgement" if row.take("needs_reason") else ""]
    notes += [_needed(row), row.text("decision").rstrip(".")]
    shelf.cited(row)
    row.done()
    return f"{head}\\\n  *{danish}*\\\n  {joined(*notes)}."


def _airway(row: Taken) -> str:
    airway, confirmed_by = row.take("in_airway"), row.take("confirmed_by")
    said = "in the airway" if airway else "not in the airway"
    return f"{said} ({f'confirmed by {confirmed_by}' if confirmed_by else 'NOT CONFIRMED'})"


def _needed(row: Taken) -> str:
    """Return what the row takes where the printed codes alone do not say it."""
    row.take("required")
    row.maybe("optional")
    some = row.maybe("any_of")
    return f"at least one of {', '.join(some)}" if some else ""


def _site(name: str, sites: dict[str, str]) -> str:
    return sites[name].lower() if name in sites else term(ANY_SITE, name)


def _sides(pairs: dict[str, str]) -> Iterator[str]:
    told = ", ".join(f"{one} with {base}" for one, base in pairs.items())
    yield from ("", f"The number of the other side needs that of the first beside it: {told}.", "")


def _hold(row: Taken, shelf: Shelf) -> Iterator[str]:
    row.take("id")
    row.take("weight")
    english, danish = label(row)
    yield f"**Held when it is planned**, before {birthday(row.take('under'))}: {english}."
    yield f"*{danish}*. {joined(mark(row))}. Source: {shelf.cited(row)}."
    row.done()
