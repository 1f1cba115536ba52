"""How ready the place is, in words, and what keeps it from being ready; pure."""

from __future__ import annotations

from datetime import date

from daemon.protocol.practice import Clinic, Reason
from tui.listrow import label
from tui.page import Block, block
from tui.prompt import Morning
from tui.sight import Sight
from tui.span import Row, Span, Tone
from vitals.practice import Readiness
from words.headed import headed

_MARKS = {
    Readiness.READY: "✓",
    Readiness.NOTICES: "✓ !",
    Readiness.HELD: "✗",
    Readiness.UNCHECKED: "?",
    Readiness.UNUSED: "·",
}


def banner(sight: Sight, clinic: Clinic) -> Row:
    """Return ` ✗ HOLDT ` and `3 punkter mangler`."""
    state = sight.words.named("readiness", clinic.readiness.value)
    ribbon = Span(f" {_MARKS[clinic.readiness]} {state} ", Tone.RIBBON)
    told = counted(sight, clinic)
    return (ribbon, Span(f"  {told} " if told else " ", Tone.STRONG))


def counted(sight: Sight, clinic: Clinic) -> str:
    """Return how many points hold it or were not looked at, or else how many are to be known."""
    if clinic.readiness is Readiness.NOTICES:
        return _number(sight, "notices", len(clinic.reasons))
    return _number(sight, "missing", len(clinic.holding)) if clinic.holding else ""


def reasons(sight: Sight, width: int, at: int | None = None) -> list[Block]:
    """Return an entry for each thing that is not as it is to be, the worst first."""
    clinic = sight.practice.clinic
    if clinic is None:
        return []
    found = enumerate(clinic.reasons)
    return [entry(sight, one, clinic.day, width, marked=number == at) for number, one in found]


def foot(sight: Sight, prompt: Morning) -> str:
    """Return who answers for the chosen reason, and the document that it stands in.

    Where in it, and what of it is the product's own reading, is told in English: the command line
    tells that, and here it is not approved.
    """
    clinic = sight.practice.clinic
    found = clinic.reasons if clinic else ()
    if not found:
        return ""
    one = found[min(prompt.at, len(found) - 1)]
    who = sight.words.named("answers", one.responsible.value)
    doubt = "" if one.approved else sight.words.text("morning.unapproved")
    return " · ".join(part for part in (who, one.document or one.source, doubt) if part)


def entry(sight: Sight, one: Reason, day: date, width: int, *, marked: bool) -> Block:
    """Return what a reason is about and how that stands, as it was on a day."""
    tone = Tone.STRONG if marked else Tone.PLAIN
    mark = "✗" if one.holds(day) else "!"
    until = _until(sight, one)
    state = " ".join(part for part in (sight.words.named("ready", one.state), until) if part)
    lead = f" {'▸' if marked else ' '}{mark} "
    target = f" · {one.target}" if one.target else ""
    return block(
        f"{one.what} {one.id} {one.target}",
        lead,
        headed(label(sight, one.label)) + target,
        state,
        width,
        tone,
    )


def _until(sight: Sight, one: Reason) -> str:
    """Return the day of a reason, with the time of day where a clock ends it."""
    if one.until_at:
        then = sight.local_text(one.until_at)
        return f"{sight.forms.day(then)} {then:%H:%M}"
    return sight.forms.day(one.until) if one.until else ""


def _number(sight: Sight, word: str, count: int) -> str:
    return sight.words.text(f"morning.{word}_one" if count == 1 else f"morning.{word}", count=count)
