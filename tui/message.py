"""What stands in the place of the wave when there is something to say first."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from daemon.protocol.messages import PROTOCOL
from tui.balance import balance
from tui.daylist import daylist
from tui.gate import gate
from tui.hitlist import hitlist
from tui.keymap import EMERGENCY, GENERAL, VIEWS, offered
from tui.palette import palette
from tui.prompt import Ask, AskAge, Gate, Listing, Palette
from tui.sheet import sheet
from tui.sight import Reach, Sight
from tui.span import Row, Span, Tone, fit, wrapped
from tui.welcome import awaited, welcome

_USE_ROWS = 5
"""What the intended use and the rules take."""
_USE_LEAST = 2
"""What the intended use alone takes in a narrow window."""
_SELF_TOLD = ("help", "wave", "next")
"""Keys that the screen itself tells of whenever they do something."""
_OVERVIEWS = (("F5", "list"), ("F9", "morning"))
"""What shows another thing than the bed, among the keys of any bed."""
TIME = "-2"
"""What stands for a time typed before a key."""


def message(sight: Sight, width: int, height: int) -> list[Row] | None:
    """Return the help or what is missing, in `height` rows; None when the wave may be shown."""
    rows = _help(sight, width, height) if sight.helping else _asked(sight, width, height)
    if rows is not None:
        return _padded(rows, width, height)
    if awaited(sight):
        return _padded(welcome(sight, width, height), width, height)
    text = _missing(sight)
    if text is None:
        told = balance(sight, width, height)
        return None if told is None else _padded(told, width, height)
    lines = [(Span(f"  {line}", Tone.STRONG),) for line in wrapped(text, width - 4)]
    return _padded([(), *lines], width, height)


def _missing(sight: Sight) -> str | None:
    words, hello = sight.words, sight.mirror.hello
    match sight.reach:
        case Reach.NEVER | Reach.LOST:
            return words.text("link.waiting", socket=sight.place.address)
        case Reach.FOREIGN:
            theirs = hello.protocol if hello else "?"
            return words.text("link.protocol", theirs=theirs, ours=PROTOCOL)
        case Reach.NO_BED:
            beds = ", ".join(hello.beds) if hello else ""
            return words.text("bed.unknown", bed=sight.bed_name, beds=beds)
        case Reach.LIVE:
            return _unconfigured(sight)


def _unconfigured(sight: Sight) -> str | None:
    if sight.mirror.complete and not sight.bed.devices:
        return sight.words.text("device.none", bed=sight.bed_name)
    return None


def pages(sight: Sight) -> int:
    """Return how many pages the help has: one more while there is a patient."""
    return 3 if offered(sight) else 2


def turning(sight: Sight) -> str:
    """Return which page of the help is open, and what the next press of F1 does."""
    last = pages(sight)
    then = sight.words.text("help.then_more" if sight.helping < last else "help.then_close")
    return sight.words.text("help.pages", page=sight.helping, pages=last, then=then)


def _asked(sight: Sight, width: int, height: int) -> list[Row] | None:
    match sight.prompt:
        case Gate() as prompt:
            return gate(sight, prompt, width, height)
        case Ask() as prompt:
            return sheet(sight, prompt, width, height)
        case _:
            return _chosen(sight, width, height)


def _chosen(sight: Sight, width: int, height: int) -> list[Row] | None:
    """Return what is chosen from: keys, patients of a day, or procedures."""
    match sight.prompt:
        case Palette() as prompt:
            return palette(sight, prompt, width, height)
        case Listing() as prompt:
            return daylist(sight, prompt, width, height)
        case AskAge() as prompt if sight.searching:
            return hitlist(sight, prompt, width, height)
        case _:
            return None


def _help(sight: Sight, width: int, height: int) -> list[Row]:
    """Return the keys in two columns: those of the patient, of any bed, and of the views."""
    patient, last = offered(sight), pages(sight)
    if sight.helping == last:
        return _columns(sight, [*_OVERVIEWS, *VIEWS], width, height)
    if patient and sight.helping < last - 1:
        return _columns(sight, [EMERGENCY, *patient, (TIME, "time")], width, height)
    return _general(sight, width, height)


def _general(sight: Sight, width: int, height: int) -> list[Row]:
    """Return the keys of every bed, and as much of the intended use as there is room for."""
    low = height < (len(GENERAL) + 1) // 2 + _USE_LEAST
    keys = [EMERGENCY, *(pair for pair in GENERAL if pair != EMERGENCY)]
    keys = [pair for pair in keys if not (low and pair[1] in _SELF_TOLD)]
    rows = _columns(sight, keys, width, height - _USE_ROWS)
    hello = sight.mirror.hello
    intended, lawful = (sight.words.text(f"use.{part}") for part in ("intended", "lawful"))
    lines = wrapped(f"{intended} {lawful}", width - 4)
    if len(rows) + len(lines) > height:
        lines = wrapped(intended, width - 4)
    if hello is not None and hello.rules and len(rows) + len(lines) < height:
        lines = [*lines, sight.words.text("rules.set", digits=hello.rules)]
    return [*rows, *((Span(f"  {line}", Tone.QUIET),) for line in lines)]


def _columns(sight: Sight, keys: Sequence[tuple[str, str]], width: int, height: int) -> list[Row]:
    """Return the keys under each other, or in two columns where `height` rows are too few."""
    entries = [(key, sight.words.named("help", word)) for key, word in keys]
    lead = max((len(key) for key, _ in entries), default=0) + 1
    if len(entries) <= height:
        return [_entry(*entry, lead) for entry in entries]
    half = (len(entries) + 1) // 2
    column = (width - 2) // 2
    pairs = zip_longest(entries[:half], entries[half:], fillvalue=("", ""))
    return [
        (*fit(_entry(*left, lead), column), *fit(_entry(*right, lead), column))
        for left, right in pairs
    ]


def _entry(key: str, text: str, lead: int) -> Row:
    return (Span(f"  {key:<{lead}}", Tone.STRONG), Span(text))


def _padded(rows: list[Row], width: int, height: int) -> list[Row]:
    return [fit(rows[y] if y < len(rows) else (), width) for y in range(height)]
