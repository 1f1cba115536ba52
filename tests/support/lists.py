"""Lists of a day on the shipped rows, and patients who are to come."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from daemon.library import load
from monitoring.planned import Planned, Tables, Typed, planned
from vitals.vocabulary import CaseKind

DAY = date(2026, 11, 22)
MORROW = DAY + timedelta(1)
CPR = "010120-1234"
"""Composed: it looks like a person's number, and is nobody's."""


@cache
def tables() -> Tables:
    """Return what plans are held to."""
    rules = load()
    book = rules.book(DAY)
    return Tables(
        services=book.services,
        withdrawn=rules.withdrawn,
        procedures=rules.procedures["ent"],
        limits=rules.limits,
    )


def plan(*codes: str, age: str = "4y", **fields: str) -> Planned:
    """Return what is planned by what is typed, or raise SlipError."""
    site, note = fields.get("site", ""), fields.get("note", "")
    return planned(tables(), Typed(codes=codes, age=age, site=site, note=note), DAY)


SIMPLE = Planned(
    code="3021", kind=CaseKind.ANAESTHETIC, band="y2_5", two_years=True, aged_on=DAY, note="tubes"
)
