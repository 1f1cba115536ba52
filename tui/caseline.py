"""The case: which, by which code, whose limits, how long it has lasted."""

from __future__ import annotations

from daemon.protocol.cases import Case
from tui.mirror import Held
from tui.sight import Reach, Sight
from tui.span import Row, Span, Tone, fit, spread
from vitals.vocabulary import CaseState
from words.forms import elapsed

WIDE = 100
"""From this width on bands are written in full."""
_TITLES = {
    CaseState.PLANNED: "case.planned",
    CaseState.ANAESTHESIA: "case.running",
    CaseState.ENDED: "case.ended",
}


def caseline(sight: Sight, width: int, height: int) -> list[Row]:
    """Return the running or last case of the bed, or how to start one."""
    del height
    case = sight.bed.case
    if case is None:
        known = sight.reach is Reach.LIVE and sight.mirror.complete
        text = f" {sight.words.text('case.none')}" if known else ""
        return [fit((Span(text, Tone.STRONG),), width)]
    right = (Span(f"{elapsed(_elapsed_s(sight, case))}  ", Tone.STRONG), *_limits(sight, width))
    return [spread(_identity(sight, case.message, width), right, width)]


def _identity(sight: Sight, case: Case, width: int) -> Row:
    title = sight.words.text(_TITLES[case.state], case=case.case)
    room = "band" if width >= WIDE else "band_short"
    return (
        Span(f" {title}", Tone.STRONG),
        Span(f" · {case.code} · {sight.words.named(room, case.band)}"),
    )


def _limits(sight: Sight, width: int) -> Row:
    case = sight.bed.case
    if case is None:
        return ()
    approved = case.message.limits_approved_by
    if not approved:
        return (Span(f" {sight.words.text('limits.unapproved')} ", Tone.RIBBON),)
    room = "band" if width >= WIDE else "band_short"
    band = sight.words.named(room, case.message.band)
    text = sight.words.text("limits.approved", band=band, by=approved)
    return (Span(f"{text} ", Tone.QUIET),)


def _elapsed_s(sight: Sight, case: Held[Case]) -> float:
    """Return how long the anaesthetic has lasted; it stands still once it has ended."""
    if case.message.state is not CaseState.ANAESTHESIA:
        return case.message.age_s
    return case.age_s(sight.now) or 0.0
