"""A patient in one line, as `4 3022` or `3009 3057 4y`: before anything is searched; pure."""

from __future__ import annotations

import re

from tui.age import BLOCK, SURGERY, Unclear, age
from tui.catalogue import Catalogue
from vitals.vocabulary import CaseKind

_CODES = re.compile(rf"[{BLOCK}{SURGERY}]?[0-9]{{4}}")


def freely(catalogue: Catalogue, typed: str) -> str | None:
    """Return the line with its age first, as an age and what is planned; None for no such line."""
    words = typed.lower().split()
    if len(words) < 2:  # noqa: PLR2004  an age and something to plan
        return None
    first, last = words[0], words[-1]
    if _aged(first) and all(map(_CODES.fullmatch, words[1:])):
        return " ".join(words)
    if _aged(last) and all(map(_CODES.fullmatch, words[:-1])):
        return f"{last} {_meant(catalogue, words[:-1])}"
    return None


def _aged(word: str) -> bool:
    return age(word) is not Unclear.MALFORMED


def _meant(catalogue: Catalogue, codes: list[str]) -> str:
    """Return codes with what they are before them, where nobody has written it."""
    text, one = " ".join(codes), catalogue.service(codes[0])
    if not codes[0].isdigit():
        return text
    if len(codes) > 1 or (one is None and catalogue.told is not None):
        return f"{SURGERY[0]}{text}"
    return f"{BLOCK}{text}" if one and one.case_kind is CaseKind.BLOCK else text
