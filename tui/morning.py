"""The morning view: which clinic, how ready it is, its lists, stock and gases; pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from tui.aside import DETAILED, aside
from tui.checklist import finished, group, heading, lists, outcome, overview
from tui.gasline import gases
from tui.guide import guide
from tui.machineline import machines
from tui.page import Block, Page, block, page
from tui.peopleline import people
from tui.prompt import Ask, Morning, Part, morning
from tui.readyline import banner, foot, reasons
from tui.scanline import scanline
from tui.scanline import told as read
from tui.sheet import sheet
from tui.sight import Reach, Sight
from tui.span import Row, Span, Tone, fit, spread, width_of, wrapped
from tui.stockline import stock

Parts = Callable[[Sight, Morning, int], list[Block]]
_OF_CLINIC = (Part.LISTS, Part.GAS, Part.MISSING)
"""What is of the clinic of the day, and not known before it is chosen."""
COUNT_CELLS = 20
"""What tells how much more there is of what is shown has so much room."""


def morningview(sight: Sight, width: int, height: int) -> list[Row]:
    """Return `height` rows: where, how ready, and what of the practice is shown."""
    prompt = morning(sight.prompt)
    if prompt is None:
        return [fit((), width) for _ in range(height)]
    asked = sheet(sight, sight.prompt, width, height) if isinstance(sight.prompt, Ask) else None
    if asked is not None:
        return _padded([*_read(sight, prompt, width), *asked, *_aside(sight, width)], width, height)
    if sight.helping:
        return _padded(guide(sight, prompt, width, height), width, height)
    found = shown(sight, prompt, width, height)
    head = _head(sight, prompt, width)
    head = [*head[:-1], spread(head[-1], _hidden(sight, found), width)]
    below = _foot(sight, prompt, width)
    body = _padded(found.rows, width, max(0, height - len(head) - len(below)))
    return _padded([*head, *body, *below], width, height)


def shown(sight: Sight, prompt: Morning, width: int, height: int) -> Page:
    """Return what of the lists, the stock or the gases is on the screen."""
    around = len(_head(sight, prompt, width)) + len(_foot(sight, prompt, width))
    return page(_blocks(sight, prompt, width), prompt.at, max(1, height - around))


def _blocks(sight: Sight, prompt: Morning, width: int) -> list[Block]:
    if sight.reach is not Reach.LIVE or sight.practice.clinic is None:
        return [block("untold", "  ", sight.words.text("morning.untold"), "", width)]
    return _PARTS[prompt.part](sight, prompt, width) or [_empty(sight, prompt.part, width)]


def _empty(sight: Sight, part: Part, width: int) -> Block:
    """Return that there is nothing; of what nobody knows without a clinic, which one it is."""
    asks = sight.practice.site is None and part in _OF_CLINIC
    word = "unchosen" if asks else f"no_{part.value}"
    return block("empty", "  ", sight.words.text(f"morning.{word}"), "", width)


def _lists(sight: Sight, prompt: Morning, width: int) -> list[Block]:
    """Return the group that is worked on, or else every list and what is not ready."""
    if prompt.opened is not None:
        return group(sight, prompt, width)
    return [*overview(sight, prompt, width), *_below(sight, width)]


def _below(sight: Sight, width: int) -> list[Block]:
    """Return what is not ready, below the lists."""
    found = reasons(sight, width)
    told = [replace(one, counts=False) for one in found]
    return [Block("blank", ((),), counts=False), *told] if told else []


def _title(sight: Sight, width: int) -> Row:
    """Return the clinic of the day, and how ready it is; without one, which it is."""
    clinic, site = sight.practice.clinic, sight.practice.site
    right = banner(sight, clinic) if clinic and site and sight.reach is Reach.LIVE else ()
    name = site.name if site else sight.words.text("ask.clinic")
    whole = f" {sight.words.text('morning.title')} · {name}"
    left = whole if width_of((Span(whole),)) + width_of(right) + 2 <= width else f" {name}"
    return spread((Span(left, Tone.STRONG),), right, width)


def _head(sight: Sight, prompt: Morning, width: int) -> list[Row]:
    """Return the clinic, and which of its parts is shown or which group is worked on."""
    title = _title(sight, width)
    if prompt.opened is None:
        return [title, tuple(_tab(sight, part, chosen=part is prompt.part) for part in Part)]
    lines = wrapped(heading(sight, prompt.opened), width - COUNT_CELLS) or [""]
    signed = wrapped(outcome(sight, prompt.opened), width - COUNT_CELLS)
    return [title, *((Span(f" {line}", Tone.STRONG),) for line in (*lines, *signed))]


def _hidden(sight: Sight, found: Page) -> Row:
    """Return how many rows are hidden above and below."""
    hidden = [
        sight.words.text(f"morning.{where}", count=count)
        for where, count in (("above", found.above), ("below", found.below))
        if count
    ]
    if found.more and not found.below:
        hidden.append(sight.words.text("morning.below_missing"))
    return (Span(f"{' '.join(hidden)} ", Tone.STRONG),) if hidden else ()


def _tab(sight: Sight, part: Part, *, chosen: bool) -> Span:
    name = sight.words.text(f"part.{part.value}")
    count = _count(sight, part)
    text = f" {'▸' if chosen else ' '}{name}{f' {count}' if count else ''} "
    return Span(text, Tone.STRONG if chosen else Tone.QUIET)


def _count(sight: Sight, part: Part) -> str:
    clinic = sight.practice.clinic
    if part is Part.LISTS and (found := lists(sight)):
        return f"{sum(map(finished, found))}/{len(found)}"
    if part is Part.MISSING and clinic is not None and clinic.holding:
        return str(len(clinic.holding))
    return ""


def _foot(sight: Sight, prompt: Morning, width: int) -> list[Row]:
    """Return the scan line, or more of what is chosen, below the rest."""
    told = scanline(sight, prompt)
    if not told and prompt.part is Part.MISSING:
        told = foot(sight, prompt)
    return [*_strong(told, width), *_aside(sight, width)]


def _aside(sight: Sight, width: int) -> list[Row]:
    """Return why something was refused or flagged, where no question above it says so itself."""
    told = sight.prompt.told if isinstance(sight.prompt, Ask) else None
    said = told is not None and told.refusal in DETAILED
    return [] if said else _strong(aside(sight), width)


def _read(sight: Sight, prompt: Morning, width: int) -> list[Row]:
    """Return what the code said, above what is asked about its pack."""
    return _strong(read(sight, prompt), width)


def _strong(text: str, width: int) -> list[Row]:
    return [(Span(f"  {line}", Tone.STRONG),) for line in wrapped(text, width - 4)]


def _padded(rows: list[Row], width: int, height: int) -> list[Row]:
    return [fit(rows[y] if y < len(rows) else (), width) for y in range(height)]


_PARTS: Mapping[Part, Parts] = {
    Part.LISTS: _lists,
    Part.STOCK: stock,
    Part.GAS: gases,
    Part.EQUIPMENT: machines,
    Part.PEOPLE: people,
    Part.MISSING: lambda sight, prompt, width: reasons(sight, width, prompt.at),
}
"""What is shown of each part."""
