"""Why something was refused, in the language of the screen: pure."""

from __future__ import annotations

from collections.abc import Mapping

from daemon.protocol.because import Because, Why
from tui.sight import Sight, Tongue
from vitals.measure import Measure

_DEEDS: Mapping[str, str] = {
    "prepare": "pick.prepare",
    "check": "key.start",
    "asa": "key.start",
    "begin": "key.start",
    "relaxant": "key.medicines",
    "combination": "key.medicines",
    "contact": "key.technique",
    "anaesthetist": "pick.relieve",
    "procedure": "pick.procedure",
    "callable": "pick.callable",
    "discharge": "key.home",
    "transfer": "pick.transfer",
    "resume": "pick.again",
    "move": "pick.move",
    "waive": "pick.waive",
    "correct": "pick.correct",
    "abandon": "pick.abandon",
}
"""The words of a key or a choice by which a deed is said, where they have another name."""
_LETTER = 2
"""Before the words of a choice stand its key and a blank."""


def because(sight: Sight | Tongue, told: Because) -> str:
    """Return one line, of a bed on a screen or of the command line."""
    return sight.words.named("because", told.why, **_parts(sight, told)).rstrip()


def deed(sight: Sight | Tongue, name: str) -> str:
    """Return the words by which a deed is said with the keys; its own name where none has any."""
    word = _DEEDS.get(name, f"key.{name}")
    room, _, rest = word.partition(".")
    text = sight.words.named(room, rest)
    return text[_LETTER:] if room == "pick" else text


def _parts(sight: Sight | Tongue, told: Because) -> Mapping[str, str]:
    """Return everything that the words of any reason may name."""
    return {
        "about": told.about,
        "deed": deed(sight, told.deed) if told.deed else "",
        "expected": _expected(sight, told) or sight.words.text("because.nobody"),
        "measure": _measure(sight, told.measure),
        "below": _measure(sight, told.below),
        "unit": told.measure.form.written if told.measure else "",
        "value": _number(sight, told.value),
        "lowest": _number(sight, told.lowest),
        "highest": _number(sight, told.highest),
    }


def _expected(sight: Sight | Tongue, told: Because) -> str:
    match told.why:
        case Why.MOMENT:
            names = dict.fromkeys(deed(sight, name) for name in told.expected)
            return ", ".join(names)
        case Why.WORDS:
            words = (sight.words.named("pick", word)[_LETTER:] for word in told.expected)
            return ", ".join(words)
        case _:
            return " ".join(told.expected)


def _measure(sight: Sight | Tongue, measure: Measure | None) -> str:
    return sight.words.named("measure", measure.value) if measure else ""


def _number(sight: Sight | Tongue, value: float | None) -> str:
    """Return a number as it is written on the screen, with no more decimals than it has."""
    if value is None:
        return ""
    return sight.forms.number(value, 0 if value == int(value) else 1)
