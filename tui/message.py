"""What stands in the place of the wave when there is something to say first."""

from __future__ import annotations

from itertools import zip_longest

from daemon.protocol.messages import PROTOCOL
from tui.keys import KEYS
from tui.sight import Reach, Sight
from tui.span import Row, Span, Tone, fit, wrapped


def message(sight: Sight, width: int, height: int) -> list[Row] | None:
    """Return the help or what is missing, in `height` rows; None when the wave may be shown."""
    if sight.helping:
        return _padded(_help(sight, width, height), width, height)
    text = _missing(sight)
    if text is None:
        return None
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
            if not beds:
                return words.text("bed.none")
            return words.text("bed.unknown", bed=sight.bed_name, beds=beds)
        case Reach.LIVE:
            return _unconfigured(sight)


def _unconfigured(sight: Sight) -> str | None:
    if sight.mirror.complete and not sight.bed.devices:
        return sight.words.text("device.none", bed=sight.bed_name)
    return None


def _help(sight: Sight, width: int, height: int) -> list[Row]:
    """Return the keys in two columns, and as much of the intended use as there is room for."""
    entries = [(key, sight.words.named("help", word)) for key, word in KEYS]
    half = (len(entries) + 1) // 2
    column = (width - 2) // 2
    pairs = zip_longest(entries[:half], entries[half:], fillvalue=("", ""))
    rows: list[Row] = [
        (*fit(_entry(*left), column), *fit(_entry(*right), column)) for left, right in pairs
    ]
    hello = sight.mirror.hello
    intended, lawful = (sight.words.text(f"use.{part}") for part in ("intended", "lawful"))
    lines = wrapped(f"{intended} {lawful}", width - 4)
    if len(rows) + len(lines) > height:
        lines = wrapped(intended, width - 4)
    if hello is not None and hello.rules and len(rows) + len(lines) < height:
        lines = [*lines, sight.words.text("rules.set", digits=hello.rules)]
    return [*rows, *((Span(f"  {line}", Tone.QUIET),) for line in lines)]


def _entry(key: str, text: str) -> Row:
    return (Span(f"  {key:<3}", Tone.STRONG), Span(text))


def _padded(rows: list[Row], width: int, height: int) -> list[Row]:
    return [fit(rows[y] if y < len(rows) else (), width) for y in range(height)]
