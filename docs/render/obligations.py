"""The chapters of the services: what each one obliges to watch, and the codes that are gone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rowset import RULES
from sheets import Shelf, anchor, day, either, label, mark, shared, sourced
from taken import Taken
from watched import Cells, Watched, watched

KINDS = {
    "anaesthesia": "Anaesthesia",
    "supplement": "Supplement to an anaesthesia service; watched as that one is",
    "addition": "Goes with an anaesthesia service",
    "treatment": "Treatment of pain without anaesthesia",
    "recovery": "After every anaesthesia service",
}
ORDER = ("anaesthesia", "supplement", "recovery", "treatment", "addition")
HOW = (
    "An anaesthetic is watched as the highest of three services asks: the one that is planned, "
    "the one whose time has been reached, and the first whose text allows what is done. Nothing "
    "here stops an airway from being recorded. Where no number of readings is told, it is watched "
    "all through."
)
QUIET = "Services whose text asks for no monitoring"
LIMITS = "Treatments of pain and blocks"
"""The title of the chapter that tells what the treatments limit."""
HEADS = ("What", "When", "How binding", "")


def services(documents: dict[str, dict[str, Any]], shelf: Shelf) -> list[str]:
    """Return the chapter of the services; advice that several share is told once, after them."""
    files = [Taken(tables, f"{RULES.name}/{file}") for file, tables in documents.items()]
    found = [watched(file, shelf) for file in files]
    found.sort(key=lambda one: (ORDER.index(one.kind), one.code))
    common = _common(found)
    lines = [HOW, ""]
    for one in found:
        lines += [] if _quiet(one) else _service(one, common)
    for advice, title in common.items():
        lines += [f"### {title}", *_table("They advise, beyond the texts", advice)]
    return [*lines, *_listed([one for one in found if _quiet(one)])]


def withdrawn(tables: Taken, shelf: Shelf) -> list[str]:
    """Return the chapter of the codes that are refused by name."""
    tables.take("schema")
    rows = [_withdrawn(row, shelf) for row in tables.rows("withdrawn")]
    tables.done()
    return sourced(("Code", "Was", "Danish, as printed", "Now part of", ""), rows)


def _quiet(one: Watched) -> bool:
    """Tell whether there is nothing to say of a service but its name."""
    return one.kind in ("treatment", "addition") and not (one.asked or one.advised or one.banned)


def _common(found: Sequence[Watched]) -> dict[Cells, str]:
    """Return the advice that several services share, and the title that it is told under."""
    codes: dict[Cells, list[str]] = {}
    for one in found:
        codes.setdefault(one.advised, []).append(one.code)
    several = {advice: given for advice, given in codes.items() if advice and len(given) > 1}
    return {rows: f"What peers advise in {either(given, 'and')}" for rows, given in several.items()}


def _service(one: Watched, common: dict[Cells, str]) -> Iterator[str]:
    yield f"### {one.english}" if one.code == one.kind else f"### {one.code}: {one.english}"
    yield from ("", f"*{one.danish}*", "")
    asleep = one.kind == "anaesthesia"
    yield f"{KINDS[one.kind]}." + (f" Its text allows {either(one.allows)}." if asleep else "")
    yield from (f"Source: {one.source}.", "")
    if one.asked:
        yield from _table("The service's text asks for", one.asked)
    if title := common.get(one.advised):
        yield from ("", f"Peers advise besides: [{title}](#{anchor(title)}).")
    elif one.advised:
        yield from _table("Peers advise besides", one.advised)
    if one.banned:
        yield from ("", "Its text does not allow (a finding, never an obstacle):", "", *one.banned)
    yield ""


def _table(title: str, rows: Cells) -> Iterator[str]:
    said, told = shared(rows, 3)
    yield from ("", f"{title}{said and f' ({said})'}:")
    yield from sourced(HEADS, told)


def _listed(found: Sequence[Watched]) -> Iterator[str]:
    """Yield the services of which nothing is watched, in one table."""
    if not found:
        return
    yield from (f"### {QUIET}", "")
    yield f"What their texts limit stands under [{LIMITS}](#{anchor(LIMITS)})."
    rows = [[one.code, one.english, one.danish, KINDS[one.kind], one.source] for one in found]
    yield from sourced(("Code", "Service", "Danish, as printed", "What it is"), rows)


def _withdrawn(row: Taken, shelf: Shelf) -> list[str]:
    english, danish = label(row)
    cells = [row.take("code"), english, danish, row.text("contained_in"), mark(row)]
    cells.append(shelf.cited(row))
    day(row)
    row.done()
    return cells
