"""The two last rows: what is asked or was answered, and what the keys do."""

from __future__ import annotations

from collections.abc import Sequence

from tui import exporting
from tui.age import Unclear
from tui.caseline import more
from tui.choice import choice
from tui.daylist import asked as listed
from tui.hints import hints
from tui.hitlist import asked as searched
from tui.keymap import EMERGENCY, GENERAL, VIEWS, shown
from tui.message import turning
from tui.palette import asked as sought
from tui.prompt import (
    Ask,
    AskAge,
    Awaiting,
    Choose,
    EndArmed,
    Gate,
    Idle,
    Line,
    Listing,
    Morning,
    Note,
    Owner,
    Page,
    Palette,
    Trend,
    When,
    page_of,
)
from tui.sheet import asking, refusal
from tui.showing import KEY, SENDING
from tui.sight import Sight
from tui.sounding import audible, calls
from tui.span import Row, Span, Tone, fit, width_of
from tui.starting import probeless
from tui.view import View

LAST = (("F1", "help"), ("Q", "quit"))
"""Whatever else there is room for."""
FREE = ("new", "next")
"""What is done at a bed where nobody is."""
COVERED = ("new", "wave", "quit", "palette")
"""What no key leads to while a page is open."""

ASKED = ("wave", "help", "palette")
"""What does nothing while a question lies over the wave: its own keys stand in it."""
_QUESTIONS = Ask | AskAge | Choose | Gate | Listing | Palette


def promptrow(sight: Sight, width: int, height: int) -> list[Row]:
    """Return the one line that a person is asked or answered in; else the rest of the case."""
    del height
    match sight.prompt:
        case Choose() as prompt:
            row = choice(sight, prompt, width)
        case Ask() as prompt:
            row = asking(sight, prompt, width)
        case Idle() if sight.helping:
            row = (Span(f" {turning(sight)}", Tone.STRONG),)
        case Idle():
            every = sight.view is View.RECOVERY
            row = (Span(f" {sight.words.text('ward.keys')}"),) if every else more(sight, width)
        case AskAge() as prompt if sight.searching:
            row = searched(sight, prompt, width)
        case AskAge() as prompt:
            row = _age(sight, prompt, width)
        case Listing() as prompt:
            row = _line(sight, prompt.line) if prompt.query is None else ()
            row = (Span(" "), *row) if row else listed(sight, prompt)
        case prompt:
            row = _covering(sight, prompt)
    return [fit(row, width)]


def _covering(sight: Sight, prompt: Palette | Page | EndArmed | When | Gate | Line) -> Row:
    """Return what a page or the palette asks or says, or what is armed."""
    match prompt:
        case Palette():
            return sought(sight, prompt)
        case Trend():
            told = _line(sight, prompt.line)
            return (Span(" "), *(told or [Span(sight.words.text("trend.keys"))]))
        case Owner():
            line = _line(sight, prompt.line)
            said = exporting.said(sight, prompt) or sight.words.text("owner.keys")
            return (Span(" "), *(line or (Span(said),)))
        case Morning():
            told = () if prompt.when else _line(sight, prompt.line)
            return (Span(" "), *told) if told else hints(sight, prompt)
        case _:
            return (Span(" "), *_prompt(sight, prompt))


def keyrow(sight: Sight, width: int, height: int) -> list[Row]:
    """Return the keys that matter now; where there is little room, the first of them."""
    del height
    covered = page_of(sight.prompt) is not None
    patient = [EMERGENCY] if covered else shown(sight)
    patient = [KEY] if sight.shows else patient
    taken = {key for key, _ in patient}
    idle = {*(FREE if sight.open else ()), *(COVERED if covered else ()), *_idle(sight)}
    idle.update((*SENDING, EMERGENCY[1]) if sight.shows else ())
    idle.update(ASKED if not covered and isinstance(sight.prompt, _QUESTIONS) else ())
    idle.update(("help",) if isinstance(sight.prompt, Trend) else ())
    others = [pair for pair in (*GENERAL, *VIEWS) if pair not in LAST and pair[0] not in taken]
    others = [pair for pair in others if pair[1] not in idle]
    last = [pair for pair in LAST if pair[1] not in idle]
    kept: list[tuple[str, str]] = []
    for pair in (others[0], *patient, *others[1:]):
        if width_of(_keys(sight, [*kept, pair, *last], "")) <= width:
            kept.append(pair)
    rows = [_keys(sight, [*kept, *last], gap) for gap in ("  ", " ", "")]
    return [fit(next(row for row in rows if width_of(row) <= width or row is rows[-1]), width)]


def touched(sight: Sight, x: int, width: int) -> str:
    """Return the key whose words are at a cell of the last row; empty where none is."""
    found, right = "", 0
    for span in keyrow(sight, width, 1)[0]:
        found = span.text.strip() if span.tone is Tone.STRONG else found
        right += width_of((span,))
        if x < right:
            return found
    return ""


def _idle(sight: Sight) -> list[str]:
    """Return what there is nothing to do about: no call, no sound."""
    calling, sounding = bool(calls(sight)), audible(sight)
    return [word for word, asked in (("answer", calling), ("pause", sounding)) if not asked]


def _keys(sight: Sight, pairs: Sequence[tuple[str, str]], gap: str) -> Row:
    named = ((key, sight.words.named("key", word)) for key, word in pairs)
    return tuple(
        span
        for key, word in named
        for span in (Span(f" {key}", Tone.STRONG), Span(f" {word}{gap}", Tone.QUIET))
    )


def _age(sight: Sight, prompt: AskAge, width: int) -> Row:
    """Return the question for an age, and what may be typed as far as there is room for it."""
    title = sight.words.text("prompt.age_of" if prompt.of_case else "prompt.age")
    typed = Span(f" {title} {prompt.typed}▏", Tone.STRONG)
    if prompt.told is not None:
        told = Span(f"  {refusal(sight, prompt.told)}", Tone.STRONG)
        room = width - width_of((told,))
        return (*fit((Span(f" {prompt.typed[4 - room :]}▏", Tone.STRONG),), room), told)
    row = (typed, Span(f"  {_hint(sight, prompt)}"))
    return row if width_of(row) <= width else (typed, Span(f"  {_HINT}"))


def _prompt(sight: Sight, prompt: EndArmed | When | Gate | Line) -> Row:
    words = sight.words
    match prompt:
        case EndArmed():
            return (Span(words.text("prompt.end"), Tone.STRONG),)
        case When(typed=typed, unclear=unclear):
            hint = words.text("prompt.when_unclear" if unclear else "prompt.when_then")
            title = words.text("prompt.when", typed=f"{typed}▏")
            return (Span(title, Tone.STRONG), Span(f"  {hint}"))
        case Gate(line=line):
            told = _line(sight, line)
            keys = "gate.keys_child" if probeless(sight, prompt) else "gate.keys"
            return told or (Span(words.text(keys)),)
        case _:
            return _line(sight, prompt)


def _line(sight: Sight, line: Line) -> Row:
    """Return what became of the last command; nothing where nothing is to be told."""
    match line:
        case Awaiting():
            return (Span(sight.words.text("note.sent")),)
        case Note():
            return (Span(refusal(sight, line), Tone.STRONG),)
        case Idle():
            return ()


def _hint(sight: Sight, prompt: AskAge) -> str:
    match prompt.unclear:
        case Unclear.MONTHS:
            return sight.words.text("prompt.months", text=prompt.typed.partition(" ")[0])
        case Unclear.MALFORMED if not prompt.of_case:
            return sight.words.text("prompt.malformed")
        case _:
            return sight.words.text("prompt.age_units" if prompt.of_case else "prompt.units")


_HINT = "Enter · Esc"
