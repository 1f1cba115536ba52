"""Which requirement is held by which rule row and by which test, and what no program can check."""

from __future__ import annotations

import re
import subprocess
import sysconfig
import tomllib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct
from rowset import ROOT, RuleRow

DATA = ROOT / "docs" / "traceability.toml"
ELSEWHERE = {"signals.toml", "alarms.toml", "limits.toml", "tones.toml"}
"""Their rows are no service's: ARCHITECTURE.md names the tests of the alarms."""
PYTEST = Path(sysconfig.get_path("scripts"), "pytest")
Text = Annotated[str, Meta(min_length=1)]
SPANS = (
    ("SR", 3, 40, 50),
    ("SR", 3, 60, 68),
    ("SR", 3, 70, 83),
    ("SR", 3, 90, 96),
    ("SR", 3, 135, 135),
    ("AM", 2, 1, 17),
    ("DUR", 2, 1, 14),
    ("B2", 2, 1, 57),
)
"""Kind, digits, first and last number."""
DECIDED = {
    "M": (1, 4, 8, 10, 13, 14),
    "C": (4, 5, 6, 7),
    "A": (*range(1, 10), 11, *range(16, 25)),
    "R": (1, 3, 5, 8),
}
"""What was decided where the report leaves room, by number; the others concern no case."""
LEVELS = ("3021", "3022", "3023", "3024", "3025", "5000", "2622", "2635", "2637", "recovery")
PARTICULAR = ("B2-VALID", "B2-INVALID", "B2-UNPRINTED", "B2-REASON", "B2-AIRWAY")
AMBIGUOUS, UNLISTED = 3, 8


class TraceError(Exception):
    """The traces do not hold; `errors` has one line each: what to mend in traceability.toml."""

    def __init__(self, errors: Sequence[str]) -> None:
        super().__init__("\n".join(errors))
        self.errors = tuple(errors)


class Trace(Struct, frozen=True, forbid_unknown_fields=True):
    """One requirement: the rows that state it and the tests that hold it, or why there is none."""

    id: Text
    says: Text
    rows: list[Text] = []
    tests: list[Text] = []
    reason: str = ""
    """Why the product cannot check it, or what of it it cannot."""


class Outside(Struct, frozen=True, forbid_unknown_fields=True):
    """What the documents ask and the product leaves alone on purpose."""

    what: Text
    source: Text
    why: Text


class Traces(Struct, frozen=True, forbid_unknown_fields=True):
    """Everything of traceability.toml."""

    trace: list[Trace]
    outside: list[Outside]


def traces(path: Path = DATA) -> Traces:
    """Return the traces of a file, or raise TraceError."""
    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8")), Traces)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise TraceError([f"{path.name}: {error}"]) from error


def expected() -> list[str]:
    """Return every id that must be traced, in order."""
    spans = [f"{kind}-{n:0{wide}}" for kind, wide, lo, hi in SPANS for n in range(lo, hi + 1)]
    ambiguous = [f"B2-AMBIGUOUS-{n}" for n in range(1, AMBIGUOUS + 1)]
    unlisted = [f"B2-UNLISTED-{n}" for n in range(1, UNLISTED + 1)]
    decided = [f"{kind}-{n:02}" for kind, numbers in DECIDED.items() for n in numbers]
    levels = [f"LVL-{code}" for code in LEVELS]
    return [*spans, *levels, *PARTICULAR, *ambiguous, *unlisted, *decided]


def in_scope(rows: Iterable[RuleRow]) -> list[RuleRow]:
    """Return the rows that some id must name: all but those of the alarms and their limits."""
    return [row for row in rows if row.file not in ELSEWHERE]


def faults(given: Sequence[Trace], rows: Iterable[RuleRow], tests: Collection[str]) -> list[str]:
    """Return a line for each thing that does not hold; nothing when all of it does."""
    names = Counter(row.name for row in in_scope(rows))
    known = set(names)
    named = {row for trace in given for row in trace.rows}
    return [
        *_ids(given),
        *(f"{row}: two rule rows have this name" for row, times in names.items() if times > 1),
        *(f"{row}: no id names this rule row" for row in sorted(known - named)),
        *(fault for trace in given for fault in _trace(trace, known, tests)),
    ]


def collected(given: Iterable[Trace]) -> set[str]:
    """Return the node ids that pytest collects, each with and without its parameters."""
    files = sorted({test.partition("::")[0] for trace in given for test in trace.tests})
    there = [file for file in files if (ROOT / file).is_file()]
    options = ["--collect-only", "-q", "--no-header", "-p", "no:cacheprovider"]
    run = subprocess.run(
        [PYTEST, *options, *there], cwd=ROOT, capture_output=True, text=True, check=False
    )
    nodes = {line for line in run.stdout.splitlines() if "::" in line}
    if run.returncode or not nodes:
        raise TraceError([f"pytest did not collect: {run.stdout[-1500:]}{run.stderr[-500:]}"])
    return nodes | {re.sub(r"\[.*", "", node) for node in nodes}


def _ids(given: Sequence[Trace]) -> list[str]:
    counted = Counter(trace.id for trace in given)
    wanted = expected()
    return [
        *(f"{one}: is missing: trace it" for one in wanted if one not in counted),
        *(f"{one}: stands twice: keep one" for one, times in counted.items() if times > 1),
        *(f"{one}: is no id that is asked for" for one in counted if one not in wanted),
    ]


def _trace(trace: Trace, known: Collection[str], tests: Collection[str]) -> list[str]:
    errors = [f"{trace.id}: no rule row {row!r}" for row in trace.rows if row not in known]
    errors += [f"{trace.id}: no test {test!r}" for test in trace.tests if test not in tests]
    if not trace.tests and not trace.reason:
        errors.append(f"{trace.id}: name a test, or say why there is none")
    if trace.rows and not trace.tests:
        errors.append(f"{trace.id}: its rows have no test: name one")
    return errors
