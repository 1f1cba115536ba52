"""docs/traceability.md: each requirement, the rule rows that state it, the tests that hold it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from rowset import rule_rows
from traces import Trace, TraceError, Traces, collected, faults, traces

PAGE = "traceability.md"
KINDS = {
    "SR": "What the report asks (SR)",
    "LVL": "What each service obliges to watch (LVL)",
    "DUR": "Durations (DUR)",
    "B2": "Procedures of Bilag 2 (B2)",
    "AM": "Open places and errors of the report (AM)",
    "M": "Where the report is easily misread (M)",
    "C": "Where two sentences meet (C)",
    "A": "As an anaesthesiologist works (A)",
    "R": "As recovery works (R)",
}
HEAD = """# Traceability

*Made by `make docs` from `docs/traceability.toml` and the rule files; a change belongs there.*

The report: *Modernisering af anæstesiologisk speciallægepraksis* (FAPS, RLTN). What it asks, in our
words; the rule rows that state it ([rules.md](rules.md) has them in full); the tests that hold it.
`make proof` takes each row out in turn and expects, for each id that names it, one of its tests to
fail. Rows of alarms and their limits are not the report's: `ARCHITECTURE.md` names their tests.
M, C, A and R are how the product reads it and is used; a number that is missing concerns no case.
"""


def tracing_page() -> str:
    """Return the page, or raise TraceError with every trace that does not hold."""
    given = traces()
    if found := faults(given.trace, rule_rows(), collected(given.trace)):
        raise TraceError(found)
    return page(given)


def page(given: Traces) -> str:
    """Return the traces as a page."""
    lines = [HEAD, *_counted(given.trace)]
    for kind, title in KINDS.items():
        lines += [f"## {title}", ""]
        lines += [line for one in given.trace if _kind(one) == kind for line in _trace(one)]
    lines += ["## Outside on purpose", ""]
    lines += [f"- **{one.what}** ({one.source}). {one.why}" for one in given.outside]
    return "\n".join(lines).rstrip() + "\n"


def _kind(trace: Trace) -> str:
    return trace.id.partition("-")[0]


def _counted(given: Sequence[Trace]) -> list[str]:
    held = sum(bool(one.tests) for one in given)
    rest = len(given) - held
    return [f"{len(given)} requirements: {held} held by tests, {rest} beyond any program.", ""]


def _trace(trace: Trace) -> Iterator[str]:
    yield f"**{trace.id}** {trace.says}"
    yield ""
    if trace.rows:
        yield f"- Rows: {', '.join(f'`{row}`' for row in trace.rows)}"
    for file, tests in groupby(trace.tests, key=lambda test: test.partition("::")[0]):
        names = ", ".join(f"`{test.partition('::')[2]}`" for test in tests)
        yield f"- Tests in `{Path(file)}`: {names}"
    if trace.reason:
        lead = "Besides, not" if trace.tests else "Not"
        yield f"- {lead} checkable by this product: {trace.reason[0].lower()}{trace.reason[1:]}"
    yield ""
