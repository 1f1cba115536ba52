"""What is typed of a procedure or a code, and everything that it can mean; pure.

Letters begin a word of the name, digits a number; every word typed must fit, and nothing else is a
hit. Which code follows from which numbers is the daemon's to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from unicodedata import combining, normalize

from daemon.protocol.daylist import Phrase
from daemon.protocol.procedures import Planable, Procedure, Procedures
from vitals.vocabulary import CaseKind

_FOLDED = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})
_WORDS = re.compile(r"\w+")
JOINED = " + "
"""Between the names of what is done at once."""


@dataclass(frozen=True, slots=True)
class Hit:
    """What may be planned with what is typed."""

    name: str
    codes: tuple[str, ...]
    """Of the anaesthesia; several where the site decides."""
    numbers: tuple[str, ...] = ()
    """Of the procedures; none where the code itself is planned."""
    beside: tuple[str, ...] = ()
    """Numbers for the other side that may stand beside those."""
    kind: CaseKind = CaseKind.ANAESTHETIC
    site: str = ""
    sites: tuple[str, ...] = ()
    """One of them is to be said."""
    reasoned: bool = False


def folded(text: str) -> str:
    """Return text as it may be typed without æ, ø, å or any accent, in small letters."""
    plain = normalize("NFKD", normalize("NFC", text).casefold().translate(_FOLDED))
    return "".join(sign for sign in plain if not combining(sign))


def hits(told: Procedures | None, typed: str, language: str) -> list[Hit]:
    """Return what every word typed fits, what is done most often first."""
    wanted = folded(typed).split()
    if told is None or not wanted:
        return []
    found = [*_procedures(told, wanted, language), *_services(told, wanted, language)]
    alone = [hit for _, hit in sorted(found, key=_place)]
    return alone or list(_together(told, wanted, language)) or _further(told, wanted, language)


Order = tuple[bool, int, bool, bool, str, str]
"""By how often it is done; then where it fits; then services first; then by number and name."""


def _place(one: tuple[Order, Hit]) -> Order:
    return one[0]


def _procedures(
    told: Procedures, wanted: Sequence[str], language: str
) -> Iterator[tuple[Order, Hit]]:
    for one in told.procedures:
        name, numbers = _named(one.name, language), (*one.numbers, *one.beside)
        called = _named(one.called, language) if one.called else ""
        words = (*_words(name), *_words(called))
        if _fits(wanted, words, numbers):
            first = _begins(wanted, words[:1], numbers)
            place = (one.rank == 0, one.rank, not first, True, " ".join(one.numbers), name)
            yield place, _procedure(told, one, name, wanted)


def _services(
    told: Procedures, wanted: Sequence[str], language: str
) -> Iterator[tuple[Order, Hit]]:
    for one in told.services:
        name = _named(one.name, language)
        words = _words(name)
        if _fits(wanted, words, (one.code,)):
            first = _begins(wanted, words[:1], (one.code,))
            yield (True, 0, not first, False, one.code, name), _service(one, name)


def _procedure(told: Procedures, one: Procedure, name: str, wanted: Sequence[str]) -> Hit:
    """Return a procedure with the numbers of the other side that are typed whole."""
    also = tuple(number for number in one.beside if number in wanted)
    numbers = (*one.numbers, *also)
    codes = told.sets.get(" ".join(sorted(numbers)), one.codes) if also else one.codes
    beside = tuple(number for number in one.beside if number not in also)
    return Hit(name, codes, numbers, beside, site=one.site, sites=one.sites, reasoned=one.reasoned)


def _service(one: Planable, name: str) -> Hit:
    return Hit(name, (one.code,), kind=one.case_kind)


def _further(told: Procedures, wanted: Sequence[str], language: str) -> list[Hit]:
    """Return what may be done beside procedures whose whole numbers are typed first."""
    numbers = list(takewhile(lambda one: one in told.sets, wanted))
    rest = wanted[len(numbers) :]
    if not numbers or not rest:
        return []
    others = (hit.numbers for _, hit in sorted(_procedures(told, rest, language), key=_place))
    return [hit for more in others for hit in _together(told, (*numbers, *more), language)]


def _together(told: Procedures, wanted: Sequence[str], language: str) -> Iterator[Hit]:
    """Yield what is done at once, where whole numbers are typed that may stand together."""
    numbers = tuple(dict.fromkeys(wanted))
    codes = told.sets.get(" ".join(sorted(numbers)))
    if codes is not None:
        names = (
            _named(one.name, language)
            for one in told.procedures
            if len(one.numbers) == 1 and one.numbers[0] in numbers
        )
        yield Hit(JOINED.join(dict.fromkeys(names)), codes, numbers)


def _named(name: Phrase, language: str) -> str:
    return str(getattr(name, language))


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORDS.findall(folded(text)))


def _fits(wanted: Sequence[str], words: Sequence[str], numbers: Sequence[str]) -> bool:
    """Tell whether every word typed begins a word or a number."""
    return all(any(has.startswith(one) for has in (*words, *numbers)) for one in wanted)


def _begins(wanted: Sequence[str], first: Sequence[str], numbers: Sequence[str]) -> bool:
    """Tell whether the first word typed begins the name or a number."""
    return _fits(wanted[:1], first, numbers)
