"""`vagt service-code`: the anaesthesia service for an operation's numbers, as Bilag 2 prints it."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from typing import Any

from monitoring.mapping import Ambiguous, Invalid, Mapped, Outcome, Unmapped, service
from monitoring.procedures import Procedure, Procedures
from vagt import age, output, planning, rules
from vagt.main import UsageError

SPECIALTY = "ent"
_NUMBER = re.compile(r"(?:ent:)?([0-9]{4})")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the numbers and the site."""
    many = "a number of the ENT services: 3015 or ent:3015"
    parser.add_argument("numbers", nargs="+", metavar="ENT", help=many)
    parser.add_argument("--site", metavar="S", help="where, if the numbers alone do not say it")
    age.arguments(parser)
    rules.arguments(parser)
    parser.add_argument("--json", action="store_true", help="one JSON document")


def run(arguments: argparse.Namespace) -> int:
    """Print the service, or why there is none."""
    numbers = [_number(word) for word in arguments.numbers]
    patient, library = age.given(arguments), rules.chosen(arguments)
    table = library.procedures[SPECIALTY]
    site = _site(table, arguments.site)
    outcome = service(table, numbers, site)
    holds = planning.found(table, outcome, site, patient)
    rules.warn("service-code", library)
    if arguments.json:
        held = {} if patient is None else planning.document(table, holds)
        output.json_line(_document(table, outcome, site) | held | rules.document(library))
    else:
        told = (*_lines(outcome, table.approved_by), *planning.lines(table, holds))
        for line in (*told, rules.line(library)):
            output.line(line)
    return 0 if isinstance(outcome, Mapped) else 1


def _site(table: Procedures, site: str | None) -> str | None:
    """Return the site, or raise UsageError naming those that there are."""
    if site is not None and site not in table.sites:
        raise UsageError(f"there is no site {site!r}; the sites are {', '.join(table.sites)}")
    return site


def _number(word: str) -> str:
    """Return the four digits, or raise UsageError."""
    if (match := _NUMBER.fullmatch(word)) is not None:
        return match[1]
    if word.startswith("ana:"):
        raise UsageError(f"{word!r} is an anaesthesia service; give the operation's, as ent:3015")
    raise UsageError(f"{word!r} is no ENT number; write four digits, 3015 or ent:3015")


def _document(table: Procedures, outcome: Outcome, site: str | None) -> dict[str, Any]:
    match outcome:
        case Mapped(row=row):
            found = {"result": "mapped", "code": row.code, "row": row.row}
            reason = {"needs_reason": True} if row.needs_reason else {}
            more = {"source": str(row.source), "decision": row.decision}
            return {**found, **reason, "in_airway": table.in_airway(row, site), **more}
        case Ambiguous(rows=rows):
            found = {"result": "ambiguous", "candidates": outcome.candidates}
            return {**found, "rows": [row.row for row in rows], "needs": "site"}
        case Unmapped(near=near):
            return {"result": "unmapped", "near": [row.row for row in near]}
        case Invalid(reason=reason):
            return {"result": "invalid", "reason": reason}


def _lines(outcome: Outcome, approved_by: str) -> list[str]:
    match outcome:
        case Mapped(row=row):
            return _mapped(row, approved_by)
        case Ambiguous(rows=rows):
            named = " or ".join(outcome.candidates)
            return [f"{named}: the site decides; add --site", *_table(rows)]
        case Unmapped(near=()):
            return ["no code: a number that Bilag 2 does not print: a person decides"]
        case Unmapped(near=near):
            return ["no code: Bilag 2 does not print this: a person decides; near", *_table(near)]
        case Invalid(reason=reason):
            return [f"no code: the numbers cannot stand so: {reason}"]


def _mapped(row: Procedure, approved_by: str) -> list[str]:
    lines = [f"{row.code}: {row.label.en}", f"  {row.source}"]
    if row.needs_reason:
        lines.append(
            "  only on a medical judgement, to be stated: the service names no anaesthesia"
        )
    if row.decision:
        standing = f"approved by {approved_by}" if approved_by else "NOT APPROVED"
        lines.append(f"  decided here ({standing}): {row.decision}")
    return lines


def _table(rows: Sequence[Procedure]) -> list[str]:
    return [f"  row {r.row:2}  {r.site:17}  {r.codes} -> {r.code}  {r.label.en}" for r in rows]
