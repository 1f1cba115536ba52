"""The case: which, where it stands, by which code, whose limits, how long it has lasted.

What finds no room in its row is for the prompt row while nothing is asked there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from daemon.protocol.account import Asked
from daemon.protocol.cases import Case
from tui.cells import unshown
from tui.daylist import next_row
from tui.entry import handed_over, keeper
from tui.keymap import UNKNOWN
from tui.mirror import Held
from tui.operation import crossing, operation
from tui.sight import Reach, Sight
from tui.soundline import BREATH
from tui.span import Row, Span, Tone, fit, spread, width_of
from tui.verdict import NARROW, became
from vitals.deeds import Begin, Finish, Give, Resume
from vitals.vocabulary import CaseKind, CaseState
from words.forms import elapsed

NEAR_S = 60.0
"""So long before a limit of durations it stands out."""
KEEP_S = 120.0
"""So long after a start and an end it says that the number is written in the patient's journal."""
BAR_FROM, BAR_CELLS = 120, 12
"""Rows so long have room for a bar, which takes so many cells."""
_APART = " · "
_TURNS = (Begin, Resume, Finish, Give)
_AFTERWARDS = (CaseState.RECOVERY, CaseState.LATE_RECOVERY, CaseState.MONITORING_ENDED)
"""Where how long the anaesthetic lasted matters less than who has the patient."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the case line."""

    text: str
    tone: Tone = Tone.PLAIN
    always: bool = False
    """It keeps its place whatever the width."""


def caseline(sight: Sight, width: int, height: int) -> list[Row]:
    """Return the open or last case of the bed, or how to start one."""
    del height
    case = sight.bed.case
    if case is None:
        known = sight.reach is Reach.LIVE and sight.mirror.complete
        text = f" {sight.words.text('case.none')}" if known else ""
        return [fit((Span(text, Tone.STRONG),), width)]
    kept, _ = _fitted(sight, case, width)
    return [spread(_joined(kept), _right(sight, case, width), width)]


def more(sight: Sight, width: int) -> Row:
    """Return what of the case found no room in its row; once it is over, who is next alone.

    Nothing of the last patient stands beside the next one, where it would read as theirs.
    """
    if sight.open is None and (row := next_row(sight)):
        return fit((Span(f" {row}", Tone.STRONG),), width)
    case = sight.bed.case
    left = _fitted(sight, case, width)[1] if case is not None else []
    if width < NARROW and (advice := unshown(sight, width)):
        left.append(Part(advice))
    while left and width_of(_joined(left)) > width:
        left = left[:-1]
    return fit(_joined(left), width)


def _fitted(sight: Sight, case: Held[Case], width: int) -> tuple[list[Part], list[Part]]:
    """Return the parts that the row holds, and those that it does not."""
    room = width - width_of(_right(sight, case, width)) - 2
    kept: list[Part] = []
    left: list[Part] = []
    for part in _parts(sight, case, width):
        fits = width_of(_joined([*kept, part])) <= room
        (kept if part.always or (fits and not left) else left).append(part)
    return kept, left


def _parts(sight: Sight, held: Held[Case], width: int) -> list[Part]:
    """Return everything worth saying, what matters most first."""
    case, words = held.message, sight.words
    band = words.named("band" if width >= NARROW else "band_short", case.band)
    parts = [
        Part(_title(sight, case), Tone.STRONG, always=True),
        Part(case.code, always=True),
        *([Part(words.text("case.keep"), Tone.STRONG)] if case.state.over else []),
        Part(band, Tone.STRONG if case.band == UNKNOWN else Tone.PLAIN),
        *([Part(words.text("case.keep"), Tone.STRONG)] if _kept(sight, case) else []),
        *([Part(became(sight, case))] if width < NARROW else []),
        *_beside(sight, held),
    ]
    return [part for part in parts if part.text]


def _beside(sight: Sight, held: Held[Case]) -> list[Part]:
    """Return what stands beside the code: the next limit, other codes, who has the patient."""
    case, words = held.message, sight.words
    codes = (("case.was_planned", case.planned), ("case.lasts", case.duration_code))
    return [
        *_next(sight, held),
        *([Part(words.text("case.explain"), Tone.STRONG)] if Asked.EXPLAIN in case.asks else []),
        *_altered(sight, case),
        *([Part(words.text("case.quiet"), Tone.STRONG)] if case.quiet else []),
        *(Part(words.named("notice", one)) for one in case.notices if one not in BREATH),
        *(Part(words.text(word, code=code)) for word, code in codes if code and code != case.code),
        *_whose(sight, case),
        Part(operation(sight, case)),
    ]


def _kept(sight: Sight, case: Case) -> bool:
    """Tell whether the number is to be written down now: before all else, at start and at end.

    Once the patient is handed over, who has it stands before that.
    """
    if case.state.over or case.state is CaseState.LATE_RECOVERY:
        return False
    turns = [one for one in case.entries if isinstance(one.deed, _TURNS) and not one.struck]
    said = [sight.local_text(one.entered).timestamp() for one in turns]
    return bool(said) and sight.now.wall - max(said) < KEEP_S


def _next(sight: Sight, held: Held[Case]) -> Iterator[Part]:
    """Yield what is asked of a person: an age, and what the next limit of durations is."""
    case = held.message
    if case.next_s is not None:
        near = case.next_s - _elapsed_s(sight, held) <= NEAR_S
        yield Part(crossing(sight, case, case.next_s), Tone.STRONG if near else Tone.PLAIN)
    if case.band == UNKNOWN and not case.state.over:
        yield Part(sight.words.text("case.age"), Tone.STRONG)


def _altered(sight: Sight, case: Case) -> Iterator[Part]:
    """Yield that limits differ from those by age, and whether any is extreme or off; the band."""
    if case.altered:
        word = "extreme" if any(one.extreme for one in case.altered) else "changed"
        yield Part(sight.words.text(f"limits.{word}"), Tone.STRONG)
    if case.band_reason:
        yield Part(sight.words.text("limits.band", reason=case.band_reason))


def _whose(sight: Sight, case: Case) -> Iterator[Part]:
    if case.emergency and case.state is not CaseState.ANAESTHESIA:
        yield Part(sight.words.text("case.was_emergency"))
    yield Part(_keeper(sight, case))
    yield from _reach(sight, case)
    if case.state in _AFTERWARDS:
        yield Part(elapsed(case.age_s))
    if not case.entries and not case.state.over:
        yield Part(sight.words.text("case.keep"))


def _reach(sight: Sight, case: Case) -> Iterator[Part]:
    """Yield whether the anaesthetist can be called, while somebody else has the patient."""
    if case.state is CaseState.LATE_RECOVERY and case.callable is not None:
        word = "callable" if case.callable else "uncallable"
        tone = Tone.PLAIN if case.callable else Tone.STRONG
        yield Part(sight.words.text(f"case.{word}", who=case.by), tone)


def _keeper(sight: Sight, case: Case) -> str:
    """Return who has the patient, and since when where it was handed over."""
    handed = handed_over(case)
    since = f" {sight.local_text(handed.at):%H:%M}" if handed else ""
    return f"{keeper(case)}{since}"


def _title(sight: Sight, case: Case) -> str:
    if case.emergency and case.state is CaseState.ANAESTHESIA:
        return sight.words.text("case.emergency", case=case.case)
    room = "block" if case.case_kind is CaseKind.BLOCK else "case"
    return sight.words.text(f"{room}.{case.state.value}", case=case.case)


def _right(sight: Sight, held: Held[Case], width: int) -> Row:
    timed = held.message.state in (CaseState.ANAESTHESIA, CaseState.ENDED)
    time = (Span(f"{elapsed(_elapsed_s(sight, held))}  ", Tone.STRONG),) if timed else ()
    band = (Span(f"{_band(sight, held)}  "),) if timed and width >= BAR_FROM else ()
    return (*time, *(band if held.message.next_s else ()), *_limits(sight, held.message, width))


def _band(sight: Sight, held: Held[Case]) -> str:
    """Return how much of the time to the next limit of durations has gone: `▕███░░░░░░░▏`."""
    share = min(1.0, _elapsed_s(sight, held) / (held.message.next_s or 1.0))
    full = int(BAR_CELLS * share)
    return f"▕{'█' * full}{'░' * (BAR_CELLS - full)}▏"


def _limits(sight: Sight, case: Case, width: int) -> Row:
    if not case.limits_approved_by:
        return (Span(f" {sight.words.text('limits.unapproved')} ", Tone.RIBBON),)
    room = "band" if width >= NARROW else "band_short"
    band = sight.words.named(room, case.band)
    text = sight.words.text("limits.approved", band=band, by=case.limits_approved_by)
    return (Span(f"{text} ", Tone.QUIET),)


def _elapsed_s(sight: Sight, held: Held[Case]) -> float:
    """Return how long the anaesthetic has lasted; it stands still once it has ended."""
    if held.message.state is not CaseState.ANAESTHESIA:
        return held.message.age_s
    return held.age_s(sight.now) or 0.0


def _joined(parts: list[Part]) -> Row:
    spans = []
    for number, part in enumerate(parts):
        spans += [Span(_APART if number else " "), Span(part.text, part.tone)]
    return tuple(spans)
