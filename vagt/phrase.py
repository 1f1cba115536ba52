"""Lines that rows carry in three languages, and the names of states, in one of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from daemon.protocol.daylist import Phrase
from vitals.rows import Label
from words.catalogue import Language, Words

NOTHING = "-"


def spoken(phrase: Phrase | Label, words: Words) -> str:
    """Return the line of one language."""
    said = {
        Language.ENGLISH: phrase.en,
        Language.DANISH: phrase.da,
        Language.NORWEGIAN: phrase.nb,
    }
    return said[words.language]


def headings(names: Iterable[str], words: Words) -> tuple[str, ...]:
    """Return the headings of a table."""
    return tuple(words.named("head", name) for name in names)


def said(word: str, words: Words, **fields: object) -> str:
    """Return a line of a verb."""
    return words.text(f"said.{word}", **fields)


def day(at: date | None) -> str:
    """Return a day as it sorts, or a dash."""
    return NOTHING if at is None else at.isoformat()


def clock(at: str) -> str:
    """Return the day and time on this machine's wall of an RFC 3339 text, or a dash for none."""
    if not at:
        return NOTHING
    return f"{datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M}"


def number(value: float | None, decimals: int = 0) -> str:
    """Return a number, or a dash where none is known: absence is no number.

    Decimals that are 0 are left out.
    """
    if value is None:
        return NOTHING
    text = f"{value:.{decimals}f}"
    return text.rstrip("0").rstrip(".") if decimals else text
