"""`vagt people`: what the people of the practice have on paper, and until when; and their PINs."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from checklists.paperrules import PaperRules
from checklists.papers import OnFile, paper_findings
from checklists.readiness import Finding, State
from daemon import checkbook, config, rulebook
from daemon.config import DEFAULT_PATH, Config, ConfigError
from daemon.protocol.practice import Clinic
from daemon.protocol.saying import SetPin
from vagt import documents, kept, output, phrase, rules, secret
from vagt.doing import ID, answered, looking, shared
from vagt.main import UsageError
from vagt.phrase import headings
from vagt.show import initials
from vagt.visit import visit
from vitals.competence import Competence
from words.catalogue import Language, Words

Months = Mapping[Competence, int]
Columns = tuple[str, ...]
Rows = list[tuple[str, ...]]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare whose people, and how one sets a PIN."""
    shared(parser, top=True)
    whose = f"of the practice (default: {DEFAULT_PATH})"
    parser.add_argument("--config", type=Path, default=DEFAULT_PATH, help=whose)
    parser.add_argument("--day", metavar="YYYY-MM-DD", help="default: today")
    deeds = parser.add_subparsers(dest="deed", metavar="pin").add_parser
    pin = looking(deeds, "pin", "set the PIN that you sign with; asked twice")
    pin.add_argument("--by", metavar="INITIALS", required=True, help="whose it is")
    pin.add_argument("--pin-file", metavar="F", help=f"the new one: {secret.LISTED}")
    pin.add_argument("--old-file", metavar="F", help="the one that there is, likewise")


def run(arguments: argparse.Namespace) -> int:
    """Show what is on paper, or set a PIN: 1 when the daemon refuses."""
    return _set(arguments) if arguments.deed == "pin" else _shown(arguments)


def _shown(arguments: argparse.Namespace) -> int:
    day = _day(arguments.day)
    settings = _settings(arguments.config)
    on_paper = found(settings, _papers(settings, day), _months(settings, day), day)
    if arguments.json:
        told = {"people": settings.people, "plans": settings.practice.plans}
        output.json_line({"day": day, **told, "papers": on_paper})
        return 0
    words = Words(Language(arguments.lang))
    if not settings.people:
        output.line(phrase.said("nobody", words, file=arguments.config))
        return 0
    for names, rows in _tables(settings, day, words):
        if rows:
            output.table([headings(names, words), *rows])
    for one in on_paper:
        if one.state is not State.SOUND:
            output.line(documents.lacking(one, words))
    return 0


def _tables(settings: Config, day: date, words: Words) -> Iterator[tuple[Columns, Rows]]:
    """Yield the columns and the rows of people, of their certificates, and of plans."""
    people, plans = settings.people, settings.practice.plans
    yield documents.PEOPLE, [documents.person(one, day, words) for one in people]
    held = (row for one in people for row in documents.certificates(one, words))
    yield documents.CERTIFICATES, list(held)
    yield documents.PLANS, [documents.plan(one, words) for one in plans]


def found(settings: Config, rows: PaperRules, months: Months, day: date) -> tuple[Finding, ...]:
    """Return how each paper that is asked for stands on a day, wherever the practice works.

    Each is told once, also where clinics lie in two countries. `months`: after how many a course
    is old.
    """
    told: dict[tuple[str, str], Finding] = {}
    for country in dict.fromkeys(one.country for one in settings.practice.clinics):
        held = OnFile(
            people=settings.people, plans=settings.practice.plans, country=country, months=months
        )
        told |= {(one.id, one.target): one for one in paper_findings(rows, held, day)}
    return tuple(told.values())


def _settings(path: Path) -> Config:
    try:
        return config.read(path)
    except ConfigError as error:
        raise UsageError(str(error)) from error


def _papers(settings: Config, day: date) -> PaperRules:
    """Return the rows in force: the clinic's own, or those that ship."""
    return checkbook.chosen(settings, day).papers


def _months(settings: Config, day: date) -> Months:
    rows = rulebook.chosen(settings, day).competence.refreshers
    return {one.competence: one.months for one in rows}


def _day(text: str | None) -> date:
    try:
        return rules.today() if text is None else date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--day {text!r}: is no day: write it as 2026-11-22") from error


def _set(arguments: argparse.Namespace) -> int:
    """Give somebody a PIN; the old one is asked for where there is one."""
    by = initials(arguments.by)
    with visit(arguments.socket) as daemon:
        has = by in kept.only(daemon.snapshot, Clinic).pins
    old = secret.pin(arguments.old_file, f"old PIN of {by}") if has else ""
    order = SetPin(ID, by, secret.twice(arguments.pin_file), old)
    with visit(arguments.socket) as daemon:
        return answered(daemon.ask(order), arguments)
