"""A case as a text to paste into the patient's own journal: what was done when, and by whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec import structs

from daemon.protocol.cases import Case, CaseVerdict, Entry, Ground


def lines(case: Case) -> Iterator[str]:
    """Yield the summary; times are the clinic's own."""
    code = case.code or "code not named"
    planned = "" if case.planned in ("", case.code) else f" (planned {case.planned})"
    yield f"{case.case}  {code}{planned}  {case.band}  {case.bed}"
    if case.procedures:
        yield f"Procedures: {' '.join(case.procedures)}"
    if case.emergency:
        yield "Begun as an emergency"
    for entry in case.entries:
        if not entry.struck:
            yield _entry(entry)
    for found in case.verdicts:
        yield from _verdict(found)
    yield "Supplementary record; not CE-marked as a medical device."


def _entry(entry: Entry) -> str:
    words = [entry.deed.name().replace("_", " "), *_values(entry)]
    flags = f"  [{', '.join(entry.flags)}]" if entry.flags else ""
    return f"{_clock(entry.at)}  {' '.join(words)}  {entry.by}{flags}"


def _values(entry: Entry) -> Iterator[str]:
    """Yield what a deed says, as far as it says anything beyond its name."""
    for field in structs.fields(entry.deed):
        value = getattr(entry.deed, field.name)
        if value in (None, "", (), False) or value == field.default:
            continue
        if value is True:
            yield field.name.replace("_", " ")
        elif isinstance(value, tuple):
            yield ", ".join(str(one) for one in value)
        else:
            yield f"{value:g}" if isinstance(value, float) else str(value)


def _verdict(found: CaseVerdict) -> Iterator[str]:
    yield f"{found.basis}: {found.result}"
    yield from (f"  {_ground(one)}" for one in found.reasons)


def _ground(found: Ground) -> str:
    what = found.modality or "rule"
    times = ""
    if found.covered_s is not None and found.required_s is not None:
        times = f" {found.covered_s:.0f} of {found.required_s:.0f} s"
    return f"{what}{times}: {found.why.replace('_', ' ')} ({found.rule})"


def _clock(at: str) -> str:
    return datetime.fromisoformat(at).astimezone().strftime("%H:%M:%S")
