"""A part of a page: a heading, who answers for it, and rows under heads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vagt.report.speech import Speech
from vitals.practice import Responsible


@dataclass(frozen=True, slots=True)
class Section:
    """Rows of texts; without any, `none` says so."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    none: str = ""
    right: frozenset[int] = frozenset()
    """Places of the columns that hold numbers."""


def section(
    speech: Speech,
    name: str,
    heads: str,
    rows: Iterable[Sequence[str]],
    who: Sequence[Responsible] = (),
) -> Section:
    """Return a section; a head that begins with `+` is of numbers.

    `who` answers for the rows, one for each, or one for all: what is the same for all stands
    under the heading, else it has a column.
    """
    found, names = [tuple(row) for row in rows], heads.split()
    right = frozenset(place for place, one in enumerate(names) if one.startswith("+"))
    titles = [head(speech, one.lstrip("+")) for one in names]
    note = ""
    if len(set(who)) == 1:
        note = speech.text("responsible", who=speech.responsible(who[0]))
    elif who:
        titles.append(speech.text("head.responsible"))
        found = [(*row, speech.responsible(one)) for row, one in zip(found, who, strict=True)]
    none = "" if found else speech.text("none")
    title = speech.text(f"table.{name}")
    return Section(title, tuple(titles), tuple(found), note if found else "", none, right)


def head(speech: Speech, name: str) -> str:
    """Return the head of a column; what screens have a word for is called so here too."""
    return speech.words.text(_SHOWN.get(name, f"report.head.{name}"))


_SHOWN = {
    "pass": "verdict.pass",
    "review": "verdict.review",
    "fail": "verdict.fail",
    "running": "owner.running",
    "unjudged": "owner.unjudged",
}
