"""What speaks against something that was said of the practice, in the language of a screen."""

from __future__ import annotations

from vitals.against import Against, Part
from words.catalogue import Language, Words


def against(words: Words, told: Against) -> str:
    """Return one line; empty where a newer daemon tells of what has no words here."""
    parts = {name: _listed(words.language, many) for name, many in told.parts.items()}
    line = words.named("against", told.word, **parts)
    return "" if line == told.word else line


def _listed(language: Language, parts: tuple[Part, ...]) -> str:
    told = [_spoken(language, one) for one in parts]
    return ("; " if any("," in one for one in told) else ", ").join(told)


def _spoken(language: Language, part: Part) -> str:
    match language:
        case Language.DANISH:
            return part.da or part.en
        case Language.NORWEGIAN:
            return part.nb or part.en
        case Language.ENGLISH:
            return part.en
