"""`vagt requirements`: what a code obliges to watch, and what its text does not allow."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from msgspec import structs

from daemon.codes import codes
from monitoring.codes import CodeError, Codes
from monitoring.elapsed import ElapsedError, elapsed
from monitoring.facts import Facts
from monitoring.obligations import Answer, Book, Obliged, Origin, Violation, obligations
from monitoring.services import Kind, Service
from monitoring.technique import DEVICES, TechniqueError
from vagt import age, output, rules
from vagt.main import UsageError
from vitals.vocabulary import Airway, Technique, Ventilation

HEADINGS = ("BASIS", "PHASE", "MODALITY", "OBLIGATION", "RULE", "BECAUSE OF")
ANSWERS = {"yes": True, "no": False}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the code and what is known of the case; what is not said is not known."""
    parser.add_argument("code", metavar="CODE", help="3021-3025, 5000, 2622, ..., or recovery")
    parser.add_argument("--with", dest="beside", metavar="CODE", help="the anaesthetic of a 5000")
    parser.add_argument(
        "--technique", choices=[one.value for one in Technique], help="how the patient sleeps"
    )
    parser.add_argument(
        "--airway", choices=[one.value for one in Airway], help="what keeps the airway"
    )
    age.arguments(parser)
    parser.add_argument("--minutes", metavar="M", help="since induction: 60.5 or 60:30")
    parser.add_argument("--contact", choices=[*ANSWERS], help="answers to voice or touch")
    parser.add_argument("--relaxant", action="store_true", help="a muscle relaxant was given")
    parser.add_argument(
        "--bp-lowering", action="store_true", help="with analgesics that lower blood pressure"
    )
    parser.add_argument(
        "--nitrous-oxide", action="store_true", help="the sedation is with nitrous oxide"
    )
    parser.add_argument(
        "--ventilation", choices=[one.value for one in Ventilation], help="who breathes"
    )
    rules.arguments(parser)
    parser.add_argument("--json", action="store_true", help="one JSON document")


def run(arguments: argparse.Namespace) -> int:
    """Print the obligations; 1 where the text does not allow what was said."""
    library = rules.chosen(arguments)
    known = codes(library, rules.today())
    service, beside = _services(known, arguments)
    facts = _facts(arguments)
    _refuse_mismatch(service, facts)
    answer = obligations(known.book, service.code, facts, beside=beside)
    rules.warn("requirements", library)
    if arguments.json:
        output.json_line(_document(service, beside, answer) | rules.document(library))
    else:
        _print(known.book, service, beside, answer)
        output.line(rules.line(library))
    return 1 if answer.violations else 0


def _services(known: Codes, given: argparse.Namespace) -> tuple[Service, str]:
    """Return the service that was asked for, and the code of the anaesthetic beside it."""
    try:
        service = known.known(given.code.strip())
        return service, _beside(known, service, given.beside)
    except CodeError as error:
        raise UsageError(str(error)) from error


def _beside(known: Codes, service: Service, typed: str | None) -> str:
    """Return the code of the anaesthetic that goes with the service, where one belongs to it."""
    if service.kind is not Kind.SUPPLEMENT:
        if typed is None:
            return ""
        raise UsageError(f"--with: {service.code} stands alone: leave --with out")
    if typed is None:
        raise UsageError(
            f"{service.code} ({service.label.en}) is watched as the anaesthetic it goes with:"
            f" write {service.code} --with 3022"
        )
    return known.anaesthetic(typed.strip()).code


def _facts(given: argparse.Namespace) -> Facts:
    try:
        return Facts(
            technique=None if given.technique is None else Technique(given.technique),
            airway=None if given.airway is None else Airway(given.airway),
            ventilation=None if given.ventilation is None else Ventilation(given.ventilation),
            contact=ANSWERS.get(given.contact),
            age=age.given(given),
            elapsed_s=None if given.minutes is None else elapsed(given.minutes),
            relaxant=given.relaxant or None,
            bp_lowering=given.bp_lowering or None,
            nitrous_oxide=given.nitrous_oxide or None,
        )
    except (ElapsedError, TechniqueError) as error:
        raise UsageError(str(error)) from error


def _refuse_mismatch(service: Service, facts: Facts) -> None:
    """Refuse a block where an anaesthetic was asked for, and the other way about."""
    named = f"{service.code} ({service.label.en})"
    if service.kind is Kind.ANAESTHESIA and facts.technique is Technique.BLOCK:
        raise UsageError(f"{named} is no block: write 5000 --with {service.code}, or another code")
    if service.kind is Kind.TREATMENT:
        if facts.technique not in (None, Technique.BLOCK):
            raise UsageError(f"{named} is no anaesthetic: write --technique block, or another code")
        if facts.airway in DEVICES:
            raise UsageError(f"{named} is no anaesthetic: leave --airway {facts.airway} out")


def _document(service: Service, beside: str, answer: Answer) -> dict[str, object]:
    return {
        "code": service.code,
        "name": service.label.en,
        "with": beside or None,
        "level": answer.level,
        "obligations": [structs.asdict(row) for row in answer.obligations],
        "violations": [structs.asdict(one) for one in answer.violations],
    }


def _print(book: Book, service: Service, beside: str, answer: Answer) -> None:
    output.line(f"{service.code}  {service.label.en}")
    if beside:
        output.line(f"with  {_named(book, beside)}")
    if answer.level not in (None, beside or service.code):
        output.line(f"watched as  {_named(book, str(answer.level))}")
    output.line("")
    if answer.obligations:
        output.table([HEADINGS, *map(_row, answer.obligations)])
    else:
        output.line("its text asks for no monitoring")
    for line in _findings(answer):
        output.line(line)
    for line in _sources(service, answer):
        output.line(line)


def _named(book: Book, code: str) -> str:
    return f"{code}  {book.services[code].service.label.en}"


def _row(row: Obliged) -> tuple[str, ...]:
    because = "" if row.origin in (Origin.CODE, Origin.PEER) else str(row.origin)
    return (
        str(row.basis),
        str(row.phase),
        str(row.modality),
        f"{row.obligation}{_often(row)}",
        row.rule,
        because or _standing(row).strip(),
    )


def _standing(row: Obliged | Violation) -> str:
    return " NOT APPROVED" if row.proposal and not row.approved_by else ""


def _often(row: Obliged) -> str:
    """Return how many readings are asked for; nothing where it is watched throughout the phase."""
    if row.readings is None:
        return ""
    apart = "" if row.every_s is None else f", every {row.every_s:g} s"
    return f" ({row.readings} at least{apart})"


def _findings(answer: Answer) -> Iterator[str]:
    if answer.violations:
        yield "\nNOT ALLOWED by the text of the code (a finding; it stops nothing):"
        yield from (f"  {one.rule}{_standing(one)}  {one.source}" for one in answer.violations)


def _sources(service: Service, answer: Answer) -> Iterator[str]:
    """Yield each source once, with the rules that rest on it."""
    rules: dict[str, list[str]] = {str(service.source): [service.code]}
    for row in answer.obligations:
        rules.setdefault(row.source, []).append(row.rule)
    yield "\nsources:"
    for source, names in rules.items():
        yield f"  {', '.join(names)}:"
        yield f"    {source}"
