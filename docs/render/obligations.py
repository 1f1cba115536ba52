"""The services: what each one obliges to watch, what its text allows, and what it does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rowset import RULES
from sheets import Shelf, day, either, joined, label, mark, shared, sourced
from taken import RenderError, Taken
from terms import AIRWAYS, MANNERS, MODALITIES, OBLIGATIONS, PHASES, term

KINDS = {
    "anaesthesia": "Anaesthesia",
    "supplement": "Supplement to an anaesthesia service; watched as that one is",
    "addition": "Goes with an anaesthesia service; asks for no watching of its own",
    "treatment": "Treatment of pain without anaesthesia; watched as its text says, if it says so",
    "recovery": "After every anaesthesia service",
}
ORDER = ("anaesthesia", "supplement", "recovery", "treatment", "addition")
HOW = (
    "An anaesthetic is watched as the highest of three services asks: the one that is planned, "
    "the one whose time has been reached, and the first whose text allows what is done. Nothing "
    "here stops an airway from being recorded."
)
BASES = {
    "contract": "The service's text asks for",
    "advisory": "Peers advise besides",
}


def services(documents: dict[str, dict[str, Any]], shelf: Shelf) -> list[str]:
    """Return the chapter of the services."""
    given = [Taken(tables, f"{RULES.name}/{file}") for file, tables in documents.items()]
    heads = [(file, file.table("service")) for file in given]
    told = [(service.take("kind"), service.take("code"), file, service) for file, service in heads]
    told.sort(key=lambda one: (ORDER.index(one[0]), one[1]))
    return [HOW, "", *(line for one in told for line in _service(*one, shelf))]


def condition(when: Taken) -> str:
    """Return a condition as the end of a sentence."""
    found = list(_conditions(when))
    when.done()
    return ", ".join(found)


def birthday(age: str) -> str:
    """Return an age of a rule as the day on which it is reached."""
    count, unit = int(age[:-1]), age[-1]
    return f"the birthday that makes the patient {count} years" if unit == "y" else f"age {age}"


def withdrawn(tables: Taken, shelf: Shelf) -> list[str]:
    """Return the chapter of the codes that are refused by name."""
    tables.take("schema")
    rows = [_withdrawn(row, shelf) for row in tables.rows("withdrawn")]
    tables.done()
    return sourced(("Code", "Was", "Danish, as printed", "Now part of", ""), rows)


def _service(kind: str, code: str, file: Taken, service: Taken, shelf: Shelf) -> Iterator[str]:
    english, danish = label(service)
    if service.maybe("level") and kind != "anaesthesia":
        raise RenderError(f"{service.where}: a level without anaesthesia")
    allows = [term(MANNERS, manner) for manner in service.maybe("allows") or ()]
    yield f"### {english}" if code == kind else f"### {code}: {english}"
    yield ""
    yield f"*{danish}*"
    yield ""
    asleep = kind == "anaesthesia"
    yield f"{KINDS[kind]}." + (f" Its text allows {either(allows)}." if asleep else "")
    yield f"Source: {joined(shelf.cited(service), day(service), mark(service))}."
    service.done()
    file.take("schema")
    yield from _requirements(file.rows("requirement"), shelf)
    yield from _bans(file.rows("ban"), shelf)
    file.done()


def _requirements(rows: Sequence[Taken], shelf: Shelf) -> Iterator[str]:
    found: dict[str, list[list[str]]] = {}
    for row in rows:
        basis = row.take("basis")
        found.setdefault(basis, []).append(_requirement(row, basis, shelf))
    for basis, title in BASES.items():
        if basis in found:
            said, told = shared(found[basis], 3)
            yield from ("", f"{title}: {said}".strip())
            yield from sourced(("What", "When", "How binding", ""), told)


def _requirement(row: Taken, basis: str, shelf: Shelf) -> list[str]:
    row.take("id")
    what, when = term(MODALITIES, row.take("modality")), term(PHASES, row.take("phase"))
    binding = term(OBLIGATIONS, row.take("obligation"))
    if basis == "advisory":
        binding = binding.replace("required", "advised")
    if given := row.maybe("when"):
        binding = f"{binding} {condition(Taken(given, row.where))}"
    cells = [what, when, binding, joined(mark(row)), shelf.cited(row)]
    day(row)
    row.done()
    return cells


def _bans(rows: Sequence[Taken], shelf: Shelf) -> Iterator[str]:
    if not rows:
        return
    yield from ("Its text does not allow (a finding, never an obstacle):", "")
    for row in rows:
        row.take("id")
        said = condition(row.table("when")).removeprefix("with ").removeprefix("in ")
        day(row)
        yield f"- {joined(said, mark(row))}. Source: {shelf.cited(row)}."
        row.done()
    yield ""


def _conditions(when: Taken) -> Iterator[str]:
    if manners := when.maybe("technique"):
        yield f"in {either([term(MANNERS, one) for one in manners])}"
    if airways := when.maybe("airway"):
        yield f"with {either([term(AIRWAYS, one) for one in airways])}"
    if breathing := when.maybe("ventilation"):
        yield f"with {either(list(breathing))} ventilation"
    relaxant, combined = when.maybe("relaxant"), when.maybe("bp_lowering")
    if relaxant is not None:
        yield f"when {'a' if relaxant else 'no'} muscle relaxant is given"
    if combined is not None:
        yield (
            f"when an anaesthetic was {'' if combined else 'not '}combined with an analgesic that "
            "lowers blood pressure"
        )
    if below := when.maybe("below"):
        yield f"before {birthday(below)}"


def _withdrawn(row: Taken, shelf: Shelf) -> list[str]:
    english, danish = label(row)
    cells = [row.take("code"), english, danish, row.text("contained_in"), mark(row)]
    cells.append(shelf.cited(row))
    day(row)
    row.done()
    return cells
