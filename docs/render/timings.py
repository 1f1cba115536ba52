"""The durations: which service an anaesthetic of so many minutes fits."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_uppercase

from sheets import UNAPPROVED, Shelf, day, either
from taken import Taken
from terms import MANNERS, term

REASONS = {
    "within_band": "",
    "title_body_conflict": "although title and text of the service differ",
    "human_decides": "a person decides",
    "no_duration": "the services for it state no duration",
}
DECIDED = "What Vagt decides where the texts leave it open"
DEVICES = {None: "", True: ", with a tube or laryngeal mask", False: ", nothing in the airway"}
HOW = (
    "For a procedure of Bilag 2 the code follows the procedure: a different duration is "
    "information, never a finding. What is watched rises as the minutes reach the band of a longer "
    "service and never falls; what only the time adds is asked for by the contract, is named as "
    "such, and can at worst make a case one to look at."
)


def durations(tables: Taken, shelf: Shelf) -> Iterator[str]:
    """Yield the chapter of the durations."""
    tables.take("schema")
    approved_by = tables.text("approved_by")
    mark = f"approved by {approved_by}" if approved_by else UNAPPROVED
    yield from (
        f"{HOW} The bands are {day(tables)}.",
        f"That it rises is Vagt's reading, and so is each place that the texts leave open: {mark}.",
    )
    found: dict[str, list[str]] = {}
    decided: dict[str, str] = {}
    for row in tables.rows("band"):
        row.take("id")
        manner = term(MANNERS, row.take("manner")) + DEVICES[row.maybe("device")]
        found.setdefault(manner, []).append(_band(row, decided, shelf))
    tables.done()
    for manner, rows in found.items():
        yield from ("", f"### {manner[0].upper()}{manner[1:]}", "", *rows)
    yield from ("", f"### {DECIDED}", "")
    yield from (f"- {letter}: {decision}" for decision, letter in decided.items())


def _band(row: Taken, decided: dict[str, str], shelf: Shelf) -> str:
    """Return a band as a line; its decisions are named by letters, and told once, below."""
    code, reason = row.text("code") or "no service", term(REASONS, row.take("reason"))
    for decision in (decisions := row.maybe("decisions") or []):
        decided.setdefault(decision, ascii_uppercase[len(decided)])
    told = f"- {_span(row)}: **{code}**{reason and f', {reason}'}."
    told += f" Decided: {either([decided[one] for one in decisions], 'and')}." if decisions else ""
    told += f" Source: {shelf.cited(row)}."
    row.done()
    return told


def _span(row: Taken) -> str:
    lo, lo_incl = int(row.take("lo")), row.take("lo_incl")
    hi, hi_incl = row.maybe("hi"), row.maybe("hi_incl")
    begins = f"{'from' if lo_incl else 'over'} {_minutes(lo)}" if lo else ""
    if hi is None:
        return begins or "any"
    ends = f"{'up to and including' if hi_incl else 'under'} {_minutes(hi)}"
    return f"{begins}, {ends}" if begins else ends


def _minutes(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes}:{rest:02} min" if rest else f"{minutes} min"
