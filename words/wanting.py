"""What of the kit is not as it is to be, in a line that is kept once and read in every language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

_BETWEEN, _APART, _MORE = " | ", "; ", "+"
"""Between the parts of a thing, between things, and before how many are not named."""


class Wanting(NamedTuple):
    """One thing, and what is wrong with it."""

    state: str
    """`ready.<state>` are its words."""
    target: str
    """Where it lies, or whose it is; empty: nowhere of its own."""
    en: str
    da: str
    nb: str


def written(things: Iterable[Wanting], more: int) -> tuple[str, ...]:
    """Return a text for each thing, and one for how many more there are where there are any."""
    told = tuple(_BETWEEN.join(_plain(part) for part in thing) for thing in things)
    return (*told, f"{_MORE}{more}") if more > 0 else told


def read(detail: str) -> tuple[list[Wanting | str], int]:
    """Return the things of such texts, `; ` between them, and how many more there are.

    What was not written so is a thing in its own words.
    """
    *first, last = detail.split(_APART)
    more = int(last[1:]) if last[:1] == _MORE and last[1:].isdecimal() else 0
    return [_thing(text) for text in (first if more else [*first, last])], more


def _thing(text: str) -> Wanting | str:
    parts = text.split(_BETWEEN)
    return Wanting(*parts) if len(parts) == len(Wanting._fields) else text


def _plain(part: str) -> str:
    """Return a part without the signs that stand between parts and things."""
    return part.replace("|", "/").replace(";", ",")
