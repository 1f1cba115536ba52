"""`vagt duration-code`: the service whose duration an anaesthetic fits; never what to request."""

from __future__ import annotations

import argparse

from msgspec import structs

from monitoring.durations import Answer, Reason
from monitoring.elapsed import ElapsedError, elapsed
from monitoring.technique import TechniqueError
from vagt import output, rules
from vagt.main import UsageError
from vitals.vocabulary import Airway, Technique

SAID = {
    Reason.WITHIN_BAND: "the service's text says so long",
    Reason.TITLE_BODY_CONFLICT: "by the service's text; its title asks for more than the text",
    Reason.HUMAN_DECIDES: "no service's text allows this for so long: a person decides",
    Reason.NO_DURATION: "the services for a block state no duration",
    Reason.AIRWAY_NEEDED: "the airway decides: add --airway",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the facts."""
    parser.add_argument("--minutes", required=True, metavar="M", help="60, 60.5 or 60:30")
    techniques, airways = [*map(str, Technique)], [*map(str, Airway)]
    parser.add_argument("--technique", required=True, choices=techniques, help="how it was given")
    parser.add_argument("--airway", choices=airways, help="what kept the airway")
    rules.arguments(parser)
    parser.add_argument("--json", action="store_true", help="one JSON document")


def run(arguments: argparse.Namespace) -> int:
    """Print the code and why, or why there is none."""
    airway = None if arguments.airway is None else Airway(arguments.airway)
    library = rules.chosen(arguments)
    try:
        seconds = elapsed(arguments.minutes)
        answer = library.durations.code(seconds, Technique(arguments.technique), airway)
    except (ElapsedError, TechniqueError) as error:
        raise UsageError(str(error)) from error
    rules.warn("duration-code", library)
    if arguments.json:
        output.json_line(structs.asdict(answer) | rules.document(library))
    else:
        _tell(answer, library.durations.approved_by)
        output.line(rules.line(library))
    return 0 if answer.code else 1


def _tell(answer: Answer, approved_by: str) -> None:
    output.line(f"{answer.code or 'no code'}: {SAID[answer.reason]}")
    standing = f"approved by {approved_by}" if approved_by else "NOT APPROVED"
    for decision in answer.decisions:
        output.line(f"  decided here ({standing}): {decision}")
    for source in answer.source.split("; "):
        output.line(f"  {source}")
