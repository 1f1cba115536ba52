"""Under what a row holds, as people say it."""

from __future__ import annotations

from collections.abc import Iterator

from sheets import either
from taken import Taken
from terms import AIRWAYS, MANNERS, term


def condition(when: Taken) -> str:
    """Return a condition as the end of a sentence."""
    found = list(_conditions(when))
    when.done()
    return ", ".join(found)


def birthday(age: str) -> str:
    """Return an age of a rule as the day on which it is reached."""
    count, unit = int(age[:-1]), age[-1]
    return f"the birthday that makes the patient {count} years" if unit == "y" else f"age {age}"


def _conditions(when: Taken) -> Iterator[str]:
    if manners := when.maybe("technique"):
        yield f"in {either([term(MANNERS, one) for one in manners])}"
    if airways := when.maybe("airway"):
        yield f"with {either([term(AIRWAYS, one) for one in airways])}"
    if breathing := when.maybe("ventilation"):
        yield f"with {either(list(breathing))} ventilation"
    relaxant, combined = when.maybe("relaxant"), when.maybe("bp_lowering")
    if relaxant is not None:
        yield f"when {'a' if relaxant else 'no'} muscle relaxant is given"
    if combined is not None:
        yield (
            f"when an anaesthetic was {'' if combined else 'not '}combined with an analgesic that "
            "lowers blood pressure"
        )
    gas = when.maybe("nitrous_oxide")
    if gas is not None:
        yield f"with{'' if gas else 'out'} nitrous oxide"
    if below := when.maybe("below"):
        yield f"before {birthday(below)}"
