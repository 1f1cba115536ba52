"""Packs in rows, what expires first at the top, and what there is too little of; pure."""

from __future__ import annotations

from daemon.protocol.practice import PackLine, Shortage
from tui.listrow import label
from tui.page import Block, block
from tui.prompt import Morning
from tui.sight import Sight
from tui.span import Tone

_MARKS = {"ok": " ", "due": "!", "order": "!"}
_FIRST = "→"
"""Before the pack that is used first."""


def packs(sight: Sight) -> tuple[PackLine, ...]:
    """Return every pack, as the daemon orders them."""
    return sight.practice.stock.packs


def chosen(sight: Sight, prompt: Morning) -> PackLine | None:
    """Return the pack that is chosen."""
    found = packs(sight)
    return found[min(prompt.at, len(found) - 1)] if found else None


def stock(sight: Sight, prompt: Morning, width: int) -> list[Block]:
    """Return an entry for each pack, and below them one for each shortage."""
    here = chosen(sight, prompt)
    listed = [packline(sight, one, width, marked=one is here) for one in packs(sight)]
    return [*listed, *(_short(sight, one, width) for one in sight.practice.stock.short)]


def named(sight: Sight, pack: PackLine) -> str:
    """Return what a pack holds, in the language of the screen where the stock has words for it."""
    return label(sight, pack.title) if pack.title else pack.label or pack.item


def packline(sight: Sight, pack: PackLine, width: int, *, marked: bool) -> Block:
    """Return `▸! Suxamethon · lot 1A2 · 10 · kuffert   ude af køleskab  til lør 21. nov`."""
    words = sight.words
    lead = f" {'▸' if marked else ' '}{_MARKS.get(pack.status, '✗')}"
    first = f"{_FIRST if pack.first else ' '} "
    text = words.text(
        "morning.pack",
        item=named(sight, pack),
        lot=pack.lot,
        count=sight.forms.number(pack.quantity),
        place=pack.place,
    )
    clocks = (("opened", pack.opened_at), ("warm", pack.warm_since))
    since = [_since(sight, word, at) for word, at in clocks if at]
    state = [] if pack.status == "ok" else [words.named("pack", pack.status)]
    until = _until(sight, pack)
    tone = Tone.STRONG if marked else Tone.PLAIN
    key = f"{pack.pack} {pack.opened_at} {pack.warm_since}".rstrip()
    return block(key, lead + first, text, " · ".join([*state, *since, until]), width, tone)


def _until(sight: Sight, pack: PackLine) -> str:
    """Return the last day, with the time of day where a clock ends it."""
    if pack.until_at:
        then = sight.local_text(pack.until_at)
        day, time = sight.forms.day(then), f"{then:%H:%M}"
        return sight.words.text("morning.until_at", day=day, time=time)
    year = f"{pack.until.year}" if pack.until.year != sight.today.year else ""
    return sight.words.text("morning.until", day=f"{sight.forms.day(pack.until)} {year}".strip())


def _since(sight: Sight, word: str, at: str) -> str:
    """Return since when a shorter time runs, and which day of it this is."""
    then = sight.local_text(at)
    days = (sight.today - then.date()).days + 1
    return sight.words.text(f"morning.{word}", day=days)


def _short(sight: Sight, one: Shortage, width: int) -> Block:
    text = f"{label(sight, one.label)} · {one.place}"
    there = sight.words.text("morning.short", there=one.there, least=one.least)
    mark = "✗" if one.hold else "!"
    return block(f"short {one.item} {one.place}", f"  {mark}  ", text, there, width)
