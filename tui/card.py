"""One bed of the recovery room: numbers and state, and for a moment who it is; pure."""

from __future__ import annotations

from tui.entry import handed_over, keeper
from tui.group import NIBP, brief
from tui.items import TONES
from tui.numeric import limits_text
from tui.order import MARKS, flashing, lit
from tui.sight import Sight
from tui.sounding import Calling, calls
from tui.span import Row, Span, Tone, fit, spread
from tui.tint import TINTS
from tui.value import plain
from tui.ward import uppermost
from vitals.measure import Measure
from vitals.vocabulary import Basis, CaseState, Obligation, Priority
from words.forms import elapsed

CHOSEN, OTHER = "▸", " "
FULL_ROWS = 3
"""From so many on each number has a row of its own."""


def card(sight: Sight, width: int, height: int, *, chosen: bool) -> list[Row]:
    """Return `height` rows; in few of them what matters least is left out."""
    head = _head(sight, width, chosen=chosen)
    if height == 1:
        return [head]
    shown = sight.revealed and chosen
    body = _details(sight) if shown else _numbers(sight)
    if height < FULL_ROWS and not shown:
        body = [tuple(span for row in body[:2] for span in (*row, Span("  ")))]
    rows = [fit((Span("  "), *row), width) for row in body]
    blank = fit((), width)
    return [head, *[rows[y] if y < len(rows) else blank for y in range(height - 1)]]


def _head(sight: Sight, width: int, *, chosen: bool) -> Row:
    """Return the bed, and what is the matter there, in its fill."""
    name = f"{CHOSEN if chosen else OTHER}{sight.bed_name}"
    found = _matter(sight)
    if found is None:
        return fit((Span(name, Tone.STRONG),), width)
    text, tone = found
    return spread((Span(name, tone),), (Span(f"{text} ", tone),), width, tone)


def _matter(sight: Sight) -> tuple[str, Tone] | None:
    """Return the uppermost alarm of the bed, or that somebody calls from there."""
    if any(one.bed == sight.bed_name for one in calls(sight)):
        tone = TONES[Priority.HIGH][lit(Priority.HIGH, sight.now)]
        return f"{MARKS[Priority.HIGH]} {sight.words.text('call.here')}", tone
    held = uppermost(sight)
    if held is None:
        return None
    alarm = held.message
    bright = flashing(alarm) and lit(alarm.priority, sight.now)
    text = f"{MARKS[alarm.priority]} {sight.words.named('alarm', alarm.id)}"
    return text, TONES[alarm.priority][bright]


def _numbers(sight: Sight) -> list[Row]:
    """Return what is measured, where the patient stands, and what is missing."""
    rate = Measure.HEART_RATE if sight.best(Measure.HEART_RATE) else Measure.PULSE_RATE
    rows: list[Row] = [_number(sight, Measure.SPO2), _number(sight, rate)]
    pressure = sight.together(NIBP.measures)
    if any(one is not None and one.value is not None for one in pressure):
        rows.append((Span(brief(sight, NIBP, pressure), Tone.STRONG),))
    rows.append((Span(phase(sight)),))
    rows += [(Span(text, Tone.STRONG),) for text in (*_ringing(sight), *_unmet(sight))]
    return [*rows, *_reached(sight)]


def _number(sight: Sight, measure: Measure) -> Row:
    shown = sight.best(measure)
    known = shown is not None and shown.value is not None
    text = plain(sight, measure, shown)
    unit = f" {measure.form.unit}" if known else ""
    limits = limits_text(sight, measure)
    tone = TINTS[measure] if known else Tone.STRONG
    return (Span(f"{text}{unit}", tone), Span(f"   {limits}" if limits else "", Tone.QUIET))


def phase(sight: Sight) -> str:
    """Return where the patient stands and who has it: `sen opvågning · MK (10:42)`."""
    case = sight.open
    if case is None:
        return ""
    handed = handed_over(case)
    since = f" ({sight.local_text(handed.at):%H:%M})" if handed else ""
    return f"{sight.words.named('card', case.state.value)} · {keeper(case)}{since}"


def _ringing(sight: Sight) -> list[str]:
    """Return whom to ring, where a call was not answered."""
    here: list[Calling] = [one for one in calls(sight) if one.bed == sight.bed_name]
    phones = (one.call.phone for one in here if one.call.phone)
    return [sight.words.text("call.phone", phone=phone) for phone in phones]


def _unmet(sight: Sight) -> list[str]:
    """Return what the rules require and is not met, with why."""
    found = []
    for cell in sight.watched.cells if sight.watched else ():
        required = cell.obligation is Obligation.REQUIRED and cell.basis is Basis.CONTRACT
        if required and cell.met is False and cell.due:
            name = sight.words.named("modality", cell.modality.value)
            why = sight.words.named("cause", cell.cause.value) if cell.cause else ""
            found.append(f"✗ {name} {why}".rstrip())
    return found


def _reached(sight: Sight) -> list[Row]:
    """Return whether the anaesthetist can be called, where somebody else has the patient."""
    case = sight.open
    if case is None or case.state is not CaseState.LATE_RECOVERY or case.callable is None:
        return []
    word = "callable" if case.callable else "uncallable"
    tone = Tone.PLAIN if case.callable else Tone.STRONG
    return [(Span(sight.words.text(f"case.{word}", who=case.by), tone),)]


def _details(sight: Sight) -> list[Row]:
    """Return who it is, as far as that is known here: no name ever is."""
    case = sight.open
    if case is None:
        return []
    codes = f"{case.code} · {sight.words.named('band', case.band)}"
    return [
        (Span(case.case, Tone.STRONG),),
        (Span(codes, Tone.STRONG),),
        (Span(phase(sight)),),
        (Span(f"{sight.words.text('card.lasted')} {elapsed(case.age_s)}"),),
    ]
