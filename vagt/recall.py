"""One case by its number, or by the end of it: told by the daemon, or read from its journal."""

from __future__ import annotations

import argparse
from enum import StrEnum
from typing import NamedTuple

import msgspec

from daemon import config as configuration
from daemon.config import ConfigError
from daemon.protocol.cases import Case
from daemon.protocol.recall import Recall, ending
from daemon.protocol.request import Name
from daemon.protocol.rules import RULES_DIGITS
from vagt import output, past, summary
from vagt.journal import folder
from vagt.main import UsageError
from vagt.visit import visit
from words.catalogue import Language, Words

ID = "recall"
"""Of the one request of a visit, and who asks."""


class Remark(StrEnum):
    """What is to be known of a verdict; `summary.<remark>` are its words."""

    NONE = ""
    UNJUDGED = "unjudged"
    """The rules that the case was opened under are not at hand."""
    UNSETTLED = "unsettled"
    """What the clinic's configuration sets of the rules is not known."""


class Found(NamedTuple):
    """What was found."""

    case: Case | None
    """None unless there is one alone."""
    numbers: tuple[str, ...]
    """Of all whose number ends so."""
    where: str
    remark: Remark = Remark.NONE


def shown(arguments: argparse.Namespace) -> int:
    """Print one case, or which there are; 1 unless there is one alone."""
    kept = arguments.data is not None or arguments.config is not None
    text = _text(arguments.case)
    found = _read(arguments, text) if kept else _asked(arguments, text)
    if found.case is None:
        return _several(found, text, json=arguments.json)
    if arguments.json:
        output.json_line({**msgspec.to_builtins(found.case), "remark": found.remark})
        return 0
    language = Language(arguments.lang)
    for line in summary.lines(found.case, language):
        output.line(line)
    if found.remark:
        rules = found.case.rules[:RULES_DIGITS]
        output.line(Words(language).text(f"summary.{found.remark}", rules=rules))
    return 0


def _text(typed: str) -> str:
    try:
        return msgspec.convert(typed, Name)
    except msgspec.ValidationError as error:
        raise UsageError(f"CASE {typed!r}: write its number, or the end of it: 014") from error


def _asked(arguments: argparse.Namespace, text: str) -> Found:
    with visit(arguments.socket) as daemon:
        told = daemon.recall(Recall(ID, ID, text))
    return Found(told.case, told.numbers, "at hand")


def _read(arguments: argparse.Namespace, text: str) -> Found:
    place = folder(arguments)
    numbers = ending([one.case for one in past.found(place, text)], text)
    known = past.whole(place, numbers[0]) if len(numbers) == 1 else None
    if known is None:
        return Found(None, numbers, "in the journal")
    from daemon import hindsight  # what judges is much, and is loaded by who asks for it alone

    settings = None if arguments.config is None else _settings(arguments)
    rules = hindsight.ruling(known.case, place, settings)
    case = hindsight.told(known.case, known.at, known, rules, settings)
    return Found(
        case,
        numbers,
        "in the journal",
        _remark(case, judged=rules is not None, settled=settings is not None),
    )


def _settings(arguments: argparse.Namespace) -> configuration.Config:
    try:
        return configuration.read(arguments.config)
    except ConfigError as error:
        raise UsageError(str(error)) from error


def _remark(case: Case, *, judged: bool, settled: bool) -> Remark:
    if not judged:
        return Remark.UNJUDGED
    return Remark.NONE if settled or not case.verdicts else Remark.UNSETTLED


def _several(found: Found, text: str, *, json: bool) -> int:
    """Print which cases there are, or that there is none; 1."""
    if json:
        output.json_line({"case": None, "numbers": found.numbers})
    elif found.numbers:
        output.line(f"{len(found.numbers)} cases {found.where} end in {text!r}: write more of it")
        for number in found.numbers:
            output.line(number)
    else:
        remedy = f"`vagt case find {text}` looks in all of the journal"
        output.line(f"no case {found.where} ends in {text!r}: {remedy}")
    return 1
