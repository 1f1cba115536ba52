"""A day's list as it is typed or pasted: one patient a line; all of it, or none of it.

A line is `3005 4 h note`, `20m 3005` or `ent:3022 4å`: `4`, `4å` and `4y` are years.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date

from msgspec import Struct

from monitoring.note import names_person
from monitoring.planned import Planned, SlipError, Tables, Typed, planned
from vitals.listing import Slip
from vitals.vocabulary import Side

SIDES = {
    **dict.fromkeys(("h", "højre", "høyre", "r", "right"), Side.RIGHT),
    **dict.fromkeys(("v", "venstre", "l", "left"), Side.LEFT),
    **dict.fromkeys(("b", "begge", "both"), Side.BOTH),
    **dict.fromkeys(("m", "midt", "middle"), Side.MIDDLE),
}
"""What people type for a side, in the three languages."""
NOTE = "#"
"""What follows it is the note, whatever it looks like."""
_PIECE = re.compile(r"[^\s;,+]+")
_CODE = re.compile(r"(?:[a-z]+:)?[0-9]{4}")
_AGE = re.compile(r"[0-9]{1,4}(?:[dmyå]|år)")
_YEARS = re.compile(r"([0-9]{1,3})(å|år)?")
_EITHER = ("0", "1")
"""Bare, they may be months as well as years."""


class BadLine(Struct, frozen=True):
    """A line that cannot be taken; `detail` says why and how to mend it, without the note."""

    line: int
    """Counted from 1, blank lines too."""
    slip: Slip
    detail: str


def pasted(tables: Tables, text: str, day: date) -> tuple[tuple[Planned, ...], tuple[BadLine, ...]]:
    """Return what every line plans, and every line that cannot be taken.

    Codes, age, side and site stand in any order; the note stands last. Blank lines are passed over.
    """
    plans: list[Planned] = []
    bad: list[BadLine] = []
    for number, line in enumerate(text.splitlines(), 1):
        try:
            if line.strip():
                plans.append(planned(tables, _typed(line, tables.procedures.sites), day))
        except SlipError as error:
            bad.append(BadLine(number, error.slip, error.detail))
    return tuple(plans), tuple(bad)


def _typed(line: str, sites: Collection[str]) -> Typed:
    if names_person(line):
        raise SlipError(Slip.PATIENT_NUMBER, "this looks like a person's number: take it out")
    codes: list[str] = []
    found: dict[str, str] = {}
    rest = ""
    for piece, at in _pieces(line):
        kind = _kind(piece, sites, aged="age" in found)
        if kind == "note":
            rest = line[at:].removeprefix(NOTE)
            break
        if kind == "code":
            codes.append(piece)
        elif kind in found:
            detail = f"a second {kind}, {piece!r}: take one out, or write {NOTE} before the note"
            raise SlipError(Slip.TWICE, detail)
        else:
            found[kind] = piece
    side = SIDES[found["side"]] if "side" in found else None
    site = found.get("site", "")
    return Typed(
        codes=tuple(codes), age=_age(found.get("age", "")), side=side, site=site, note=rest
    )


def _age(piece: str) -> str:
    """Return an age as it is read everywhere: years are `4y`, however they were typed."""
    match = _YEARS.fullmatch(piece)
    if match is None:
        return piece
    if match[2] is None and match[1] in _EITHER:
        detail = f"age {piece!r} may be months or years: write {piece}m or {piece}y"
        raise SlipError(Slip.EITHER_AGE, detail)
    return f"{int(match[1])}y"


def _pieces(line: str) -> Iterator[tuple[str, int]]:
    for match in _PIECE.finditer(line):
        yield match[0].lower(), match.start()


def _kind(piece: str, sites: Collection[str], *, aged: bool) -> str:
    """Return what a piece is; where the age is missing, whatever else begins with a digit is it."""
    if piece.startswith(NOTE):
        return "note"
    if _CODE.fullmatch(piece):
        return "code"
    if _AGE.fullmatch(piece) or (piece[0].isdigit() and not aged):
        return "age"
    if piece in SIDES:
        return "side"
    return "site" if piece in sites else "note"
