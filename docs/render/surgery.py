"""The procedures of another specialty: which anaesthesia service may be requested for which."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from conditions import birthday
from sheets import UNAPPROVED, Shelf, day, joined, label, mark, sourced
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
    yield from _airways(tables, sites, shelf)
    yield from _sought(tables, shelf)
    for name in ("hold", "unsaid"):
        yield from _hold(tables.table(name), shelf)
    tables.done()


def _section(name: str, given: dict[str, Any], rows: list[str]) -> Iterator[str]:
    yield from ("", f"### {name}. {given['en']}", "", f"*{given['da']}*", "", *rows)


def _procedure(row: Taken, sites: dict[str, str], shelf: Shelf) -> str:
    number, (english, danish) = row.take("row"), label(row)
    head = f"- **{number}. {row.take('codes')} → {row.take('code')}** {english}"
    notes = [_site(row.take("site"), sites), term(LATERALITIES, row.take("laterality"))]
    notes += [_airway(row), "needs a stated medical judgement" if row.take("needs_reason") else ""]
    decision = row.text("decision")
    said = joined(*notes, _needed(row)) + (f". Decided: {decision.rstrip('.')}" if decision else "")
    shelf.cited(row)
    row.done()
    return f"{head}\\\n  *{danish}*\\\n  {said}."


def _airway(row: Taken) -> str:
    airway, confirmed_by = row.take("in_airway"), row.take("confirmed_by")
    if airway == "by_site":
        return f"in the airway as the site is that is stated ({_confirmed(confirmed_by)})"
    return f"{'' if airway else 'not '}in the airway ({_confirmed(confirmed_by)})"


def _confirmed(initials: str) -> str:
    return f"confirmed by {initials}" if initials else "NOT CONFIRMED"


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


def _airways(tables: Taken, sites: dict[str, str], shelf: Shelf) -> Iterator[str]:
    """Yield whether a site is in the airway, for the procedures that may be at any."""
    yield "A procedure that may be at any site is in the airway as the site is that is stated:"
    rows = []
    for row in tables.rows("airway"):
        row.take("id")
        said = "yes" if row.take("in_airway") else "no"
        cells = [sites[row.take("site")], said, _confirmed(row.take("confirmed_by"))]
        rows.append([*cells, shelf.cited(row)])
        row.done()
    yield from sourced(("Site", "In the airway", ""), rows)


def _sought(tables: Taken, shelf: Shelf) -> Iterator[str]:
    """Yield what is done most often: an order to look procedures up in."""
    yield "Whoever looks a procedure up finds these first, by the words that people say too:"
    rows = []
    for row in sorted(tables.rows("sought"), key=lambda one: one.take("rank")):
        row.take("id")
        called = row.take("called")
        cells = [row.take("number"), called["da"], mark(row)]
        rows.append([*cells, shelf.cited(row)])
        row.done()
    yield from sourced(("Number", "Called", ""), rows)


def _hold(row: Taken, shelf: Shelf) -> Iterator[str]:
    row.take("id")
    row.take("weight")
    english, danish = label(row)
    yield f"**Held when it is planned**, before {birthday(row.take('under'))}: {english}."
    yield f"*{danish}*. {joined(mark(row))}. Source: {shelf.cited(row)}."
    yield ""
    row.done()
