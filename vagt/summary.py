"""A case as a text to paste into the patient's own journal: what was done when, and by whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from daemon.protocol.cases import Case, Entry
from tui.balance import lines as balance
from tui.sight import Tongue
from vagt.telling import told
from vitals import deeds
from vitals.vocabulary import CaseKind
from words.catalogue import Language, Words
from words.forms import Forms

LATE_S = 60.0
"""An entry that was typed in longer after it happened than this is shown with both times."""


def lines(case: Case, language: Language) -> Iterator[str]:
    """Yield the summary in a language; times and days are the clinic's own."""
    tongue = Tongue(Words(language), Forms(language))
    words = tongue.words
    yield _head(words, case)
    if case.procedures:
        yield words.text("summary.procedures", numbers=" ".join(case.procedures))
    if case.emergency:
        yield words.text("event.emergency")
    yield from _entries(tongue, case)
    for asked in case.asks:
        block = f"{asked}.block" if case.case_kind is CaseKind.BLOCK else asked
        yield words.text("summary.asks", what=words.named("asks", block))
    yield from balance(tongue, case, _clock)
    yield words.text("use.intended")


def _head(words: Words, case: Case) -> str:
    """Return number, day, code, age and bed."""
    planned = case.planned not in ("", case.code)
    parts = (
        case.case,
        _day(case).isoformat(),
        case.code or words.text("summary.uncoded"),
        words.text("case.was_planned", code=case.planned) if planned else "",
        words.named("band", case.band),
        case.bed,
    )
    return "  ".join(part for part in parts if part)


def _day(case: Case) -> date:
    """Return the day of its number, or else that on which the first thing is known to have been."""
    known = [case.at, *(entry.at for entry in case.entries)]
    return _local(case.opened or min(known, key=_local)).date()


def _entries(tongue: Tongue, case: Case) -> Iterator[str]:
    """Yield what was said, a line for each; a correction stands where it strikes something."""
    day = _day(case)
    strikes = {
        one.deed.entry: one
        for one in sorted(case.entries, key=lambda one: one.number)
        if isinstance(one.deed, deeds.Correct) and not one.struck
    }
    for entry in case.entries:
        if isinstance(entry.deed, deeds.Correct) and not entry.struck:
            continue
        if (today := _local(entry.at).date()) != day:
            day = today
            yield day.isoformat()
        struck = strikes.get(entry.number) if entry.struck else None
        yield f"{_clock(entry.at)}  {_entry(tongue, case, entry, struck)}"


def _entry(tongue: Tongue, case: Case, entry: Entry, struck: Entry | None) -> str:
    words = tongue.words
    flags = (words.named("flag", flag) for flag in entry.flags)
    parts = [f"{told(tongue, entry, case.held)}  {entry.by}", *_late(words, entry), *flags]
    if entry.struck and struck is not None:
        reason = getattr(struck.deed, "reason", "")
        at = _other(struck.entered, entry.at)
        parts.append(words.text("summary.struck", at=at, by=struck.by, reason=reason))
    return "  · ".join(parts)


def _late(words: Words, entry: Entry) -> Iterator[str]:
    """Yield when an entry was typed in where that is another time, and why."""
    if (_local(entry.entered) - _local(entry.at)).total_seconds() >= LATE_S:
        entered = words.text("summary.entered", at=_other(entry.entered, entry.at))
        yield f"{entered}: {entry.reason}" if entry.reason else entered


def _other(at: str, than: str) -> str:
    """Return a time, with its day where that is another than that of `than`."""
    day = _local(at).date()
    return _clock(at) if day == _local(than).date() else f"{day.isoformat()} {_clock(at)}"


def _clock(at: str) -> str:
    """Return a time by the clinic's own clock."""
    return f"{_local(at):%H:%M:%S}"


def _local(at: str) -> datetime:
    """Return an RFC 3339 moment in the clinic's own zone."""
    return datetime.fromisoformat(at).astimezone()
