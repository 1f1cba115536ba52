"""The source of a rule in the language of the screen; documents keep their own names: pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from words.catalogue import Words
from words.cited import CITED

_FIELD = re.compile(r"\\\{([a-z]+)\\\}")


def cited(words: Words, source: str) -> str:
    """Return a source with what has words said in the screen's language, the rest as it is."""
    return _ANY.sub(lambda found: _said(words, found[0]), source)


def _said(words: Words, phrase: str) -> str:
    for word, form in _FORMS:
        if found := form.fullmatch(phrase):
            return words.text(word, **found.groupdict())
    return phrase


def _forms() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield how each phrase is written, the longest first."""
    for word, text in sorted(CITED.items(), key=lambda one: -len(one[1])):
        yield word, re.compile(_FIELD.sub(r"(?P<\1>[0-9]+(?:-[0-9]+)?)", re.escape(text)))


_FORMS = tuple(_forms())
_ANY = re.compile(
    r"\b(?:" + "|".join(re.sub(r"\?P<[a-z]+>", "?:", form.pattern) for _, form in _FORMS) + ")"
)
