"""What a scanner has typed, and what was read: pure. A code is never shown as a control sign."""

from __future__ import annotations

from tui.prompt import Morning
from tui.sheet import CURSOR
from tui.sight import Sight
from tui.stockline import named, packs

_SHOWN = 40
_GAP = "␝"
"""What stands for the sign between two fields."""


def scanline(sight: Sight, prompt: Morning) -> str:
    """Return the scan line and what was read last; empty where nothing is scanned."""
    words = sight.words
    if prompt.scan is not None:
        typed = "".join(one if one.isprintable() else _GAP for one in prompt.scan)[-_SHOWN:]
        scan = words.text("morning.scan", typed=f"{typed}{CURSOR}")
        said = told(sight, prompt)
        return f"{scan} · {said}" if said else scan
    return ""


def told(sight: Sight, prompt: Morning) -> str:
    """Return what the code that was read last says, or why it cannot be used."""
    read, words = prompt.read, sight.words
    if read is None:
        return ""
    if read.refused:
        return words.named("scan", read.refused)
    late = read.expires is not None and read.expires < sight.today
    until = "" if read.expires is None else f"{sight.forms.day(read.expires)} {read.expires.year}"
    item = _named(sight, read.item) or read.gtin
    said = words.text("morning.read", item=item, lot=read.lot, until=until)
    said = f"{said} · {words.named('pack', 'expired')}" if late else said
    return f"{said} · {words.text('morning.twice')}" if read.pack is not None else said


def _named(sight: Sight, item: str) -> str:
    """Return what a row of the stock is called, where a pack of it is there; else its id."""
    return next((named(sight, one) for one in packs(sight) if one.item == item), item)
