"""What every page is made of: tables, sources by number, marks of what nobody has approved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from taken import Taken

UNAPPROVED = "**PROPOSAL, NOT APPROVED**"
A_MINUTE_S = 60


class Shelf:
    """The documents that rows cite, numbered as they are first cited, and the services' names."""

    def __init__(self, names: Mapping[str, str] | None = None) -> None:
        self._documents: list[str] = []
        self._names = names or {}

    def titled(self, code: str) -> str:
        """Return a service's code, and its name where one of the files tells it."""
        return f"{code}: {self._names[code]}" if code in self._names else code

    def cited(self, row: Taken) -> str:
        """Return the source of a row as a number and a place."""
        source = row.table("source")
        document, place = str(source.take("document")), str(source.take("place"))
        source.done()
        if document not in self._documents:
            self._documents.append(document)
        return f"[{self._documents.index(document) + 1}] {place}"

    def listed(self) -> list[str]:
        """Return the documents, a line each."""
        return [f"- [{n}] {document}" for n, document in enumerate(self._documents, 1)]


def mark(row: Taken) -> str:
    """Return whether a row is the product's proposal, and who approved it; else nothing."""
    proposal, approved_by = row.maybe("proposal"), row.text("approved_by")
    if approved_by:
        return f"approved by {approved_by}"
    return UNAPPROVED if proposal else ""


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return a Markdown table without the columns that are empty in every row."""
    cells = [[cell.replace("|", "\\|") for cell in row] for row in rows]
    kept = [n for n in range(len(heads)) if any(row[n] for row in cells)]
    lines = [[heads[n] for n in kept], ["---"] * len(kept)]
    lines += [[row[n] for n in kept] for row in cells]
    return ["", *(f"| {' | '.join(line)} |" for line in lines), ""]


def shared(rows: Sequence[Sequence[str]], column: int) -> tuple[str, list[list[str]]]:
    """Return what a column has in common, and the rows with it empty; else nothing and the rows."""
    found = {row[column] for row in rows}
    if len(found) != 1:
        return "", [list(row) for row in rows]
    empty = [[*row[:column], "", *row[column + 1 :]] for row in rows]
    return found.pop(), empty


def sourced(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return a table, and below it the sources: the last cell of each row, not among the heads."""
    by_source: dict[str, dict[str, None]] = {}
    for row in rows:
        several = len({other[-1] for other in rows if other[0] == row[0]}) > 1
        by_source.setdefault(row[-1], {})[" ".join(row[:2]) if several else row[0]] = None
    found = table(heads, [row[:-1] for row in rows])
    if len(by_source) == 1:
        return [*found, f"Source: {', '.join(by_source)}.", ""]
    lines = (f"- {', '.join(of)}: {source}." for source, of in by_source.items())
    return [*found, "Sources:", "", *lines, ""]


def either(words: Sequence[str], joint: str = "or") -> str:
    """Return words as people list them."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {joint} {words[-1]}"


def anchor(title: str) -> str:
    """Return what a link to a heading names."""
    return re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")


def label(row: Taken) -> tuple[str, str]:
    """Return a row's English and its Danish; the Norwegian is a translation of the Danish."""
    given = row.table("label")
    english, danish = str(given.take("en")), str(given.take("da"))
    given.take("nb")
    given.done()
    return english, danish


def day(row: Taken) -> str:
    """Return the day from which a row holds."""
    given = row.maybe("valid_from")
    return f"in force from {given.isoformat()}" if given else ""


def lasting(seconds: float) -> str:
    """Return a length of time as people say it."""
    whole_minutes = seconds > A_MINUTE_S and seconds % A_MINUTE_S == 0
    return f"{seconds / A_MINUTE_S:g} min" if whole_minutes else f"{seconds:g} s"


def joined(*parts: str) -> str:
    """Return the parts that say something, with `; ` between them."""
    return "; ".join(part for part in parts if part)
