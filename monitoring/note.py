"""What may not be kept of what people type beside a planned patient: whatever tells who it is.

A name cannot be told from a word; a number can.
"""

from __future__ import annotations

import re

from monitoring.ordinary import ordinary

LENGTH = 20
"""Characters of a note, at most."""

_APART = r"[\s./–-]"
_PERSON = re.compile(rf"\d{{6}}{_APART}?\d{{4}}")
_LONG = re.compile(r"\d{4}")
_DATE = re.compile(r"\d{6}")
_CAPITAL = r"[A-ZÆØÅÄÖÜÉ][a-zæøåäöüéèô]+"
_NAME = re.compile(rf"\b{_CAPITAL}(?:-{_CAPITAL})?,?\s+(?:[A-ZÆØÅ]\.?\s+)?{_CAPITAL}")
"""Two words, with a hyphen, a comma or an initial among them: `Mor-Lise Holm`, `Holm, Liv K.`"""
_FIRST = re.compile(rf"\b{_CAPITAL}\b")


def names_person(text: str) -> bool:
    """Tell whether a text holds what looks like a Danish or Norwegian person's number."""
    return _PERSON.search(text) is not None


def like_name(text: str) -> bool:
    """Tell whether two words in a row begin with capitals and go on small, as a name is written.

    It may be none, and a name may be written otherwise: enough to ask, never to refuse.
    """
    return _NAME.search(text) is not None


def names_child(note: str) -> bool:
    """Tell whether a note beside a planned patient may hold a name: also a first name alone.

    That is a word which begins with a capital, goes on small and is no known one. Longer texts have
    sentences, and those begin so: they are asked by `like_name`.
    """
    return like_name(note) or any(not ordinary(word) for word in _FIRST.findall(note))


def numbered(note: str) -> bool:
    """Tell whether a note holds a number as long as a code or a date of birth, also in groups."""
    return bool(_LONG.search(note) or _DATE.search(re.sub(_APART, "", note)))


def tidy(note: str) -> str:
    """Return a note on one line, with single blanks and without what cannot be printed."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in note).split())
