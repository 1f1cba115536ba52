"""Keys of the stock, and packs that a scanner reads; pure. Nothing is stored by scanning alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from daemon.protocol.practice import PackLine, Scanning
from daemon.protocol.saying import Scan
from tui.acting import Spoken, asking
from tui.commands import Asker
from tui.prompt import IDLE, Awaiting, Morning, Prompt, Stay, note
from tui.sight import Sight
from tui.stockline import chosen
from vitals import acts
from vitals.acts import Done
from vitals.practice import Ware

SEPARATOR = "\x1d"
"""What scanners send between fields, unless they are set to send something else."""
LONGEST = 200
FIELD_SEPARATOR = "ctrl+right_square_bracket"
"""The name under which a terminal gives that sign."""
_ENDED = date.min
"""Stands for a day until it is typed."""


def begun(prompt: Morning, typed: str = "") -> Morning:
    """Return the scan line, open."""
    return replace(prompt, scan=typed, read=None, when="", unclear=False, line=IDLE)


def typed(sight: Sight, prompt: Morning, sign: str, asker: Asker) -> Spoken | None:
    """Return what a key leads to while the scan line is open."""
    text = prompt.scan or ""
    match sign:
        case "escape":
            return replace(prompt, scan=None, read=None)
        case "enter":
            return _asked(sight, prompt, text, asker)
        case "backspace":
            return replace(prompt, scan=text[:-1])
        case "down":
            return by_hand(sight, prompt)
        case _:
            sign = SEPARATOR if sign == FIELD_SEPARATOR else sign
            grown = replace(prompt, scan=(text + sign)[:LONGEST], line=IDLE)
            return grown if len(sign) == 1 else None


def by_hand(sight: Sight, prompt: Morning) -> Spoken:
    """Return the questions for a pack whose label is typed."""
    read = prompt.read
    kept = (read.item if read else "", read.ware or "" if read else "", "", "", "1", _place(sight))
    pack = acts.Receive("-", Ware.DRUG, "-", _ENDED, 1, "-", gtin=read.gtin if read else "")
    return asking("by_hand", pack, replace(prompt, scan=None, read=None), None, kept)


def heard(said: Scanning, prompt: Prompt, sight: Sight) -> Prompt:
    """Return what a code that was read leads to: it is shown, and Enter stores it."""
    if not isinstance(prompt, Morning) or not isinstance(prompt.line, Awaiting):
        return prompt
    if prompt.line.id != said.id:
        return prompt
    prompt = replace(prompt, scan="", read=said, line=IDLE)
    if said.refused or said.pack is not None or said.expires is None:
        return prompt
    pack = acts.Receive(
        item=said.item or "-",
        ware=said.ware or Ware.DRUG,
        lot=said.lot,
        expires=said.expires,
        quantity=1,
        place="-",
        atc=said.atc,
        gtin=said.gtin,
        once=said.once,
    )
    if said.item and said.ware is not None:
        return asking("pack", pack, prompt, None, ("1", _place(sight)))
    kept = (said.item, said.ware or "", "1", _place(sight))
    return asking("named", pack, prompt, None, kept)


def pressed(sight: Sight, prompt: Morning, sign: str, at: float | None) -> Spoken | None:
    """Return what a key says of the pack that is chosen; None for one the stock has no use for."""
    if sign.lower() == "n":
        return by_hand(sight, prompt)
    key = _PACK.get(sign.lower())
    if key is None:
        return None
    pack = chosen(sight, prompt)
    if pack is None:
        return replace(prompt, line=note("note.nothing", sight.now))
    form, made, kept = key
    return asking(form, made(pack), prompt, at, kept(pack))


def _asked(sight: Sight, prompt: Morning, text: str, asker: Asker) -> Spoken:
    """Return the order to read what was scanned."""
    if not text.strip():
        return replace(prompt, scan=None, read=None)
    separator = sight.place.separator
    scan = Scan(id=asker.id, by=prompt.by or asker.by, text=text, separator=separator)
    return Stay(scan, replace(prompt, scan="", read=None))


def _place(sight: Sight) -> str:
    """Return where packs are put, unless another place is chosen: in what travels along."""
    return next(iter(sight.practice.places[::-1]), "")


_PACK: Mapping[
    str, tuple[str, Callable[[PackLine], Done], Callable[[PackLine], tuple[str, ...]]]
] = {
    "enter": ("count", lambda p: acts.Recount(p.pack, p.quantity), lambda p: (str(p.quantity),)),
    "b": ("take", lambda p: acts.Take(p.pack, 1), lambda _: ("1",)),
    "x": ("discard", lambda p: acts.Discard(p.pack, 1, "-"), lambda p: (str(p.quantity),)),
    "o": ("open", lambda p: acts.Unseal(p.pack, 1), lambda _: ("1",)),
    "v": ("warm", lambda p: acts.Warm(p.pack, p.quantity), lambda p: (str(p.quantity),)),
    "f": ("shift", lambda p: acts.Shift(p.pack, p.place), lambda p: (p.place,)),
    "t": ("recall", lambda p: acts.Recall(p.lot, "-"), lambda _: ()),
    "r": ("untrue", lambda p: acts.Counter(p.pack, "-"), lambda _: ()),
}
"""What completes it, what it is, and what is offered as the answer."""
