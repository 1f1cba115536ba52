"""Injections as they are given: readings around them, guidance, and what nobody could say."""

from __future__ import annotations

from collections.abc import Iterator

from sheets import Shelf, day, lasting
from taken import RenderError, Taken
from terms import SIDES_OF, UNSAID, term
from treatments import Sentences, by_service, told

from words.catalogue import Language, UnknownWordError, Words

HOW = (
    "What the course of a block is held to; what may be given stands with the treatments. Nothing "
    "is refused: a hold is one key and is recorded. A pair is SpO2 and blood pressure of one "
    "moment, from the monitors or typed in."
)
ENGLISH = Words(Language.ENGLISH)


def injecting(tables: Taken, shelf: Shelf) -> Iterator[str]:
    """Yield the chapter of the injections."""
    tables.take("schema")
    yield f"{HOW} The rows are {day(tables)}."
    yield from by_service(tables, shelf, SENTENCES)
    yield from ("", "### What may not be known", "")
    for row in tables.rows("unknown"):
        row.take("id")
        yield told(row, term(UNSAID, row.take("of")), shelf)
    tables.done()


def _pairs(row: Taken) -> str:
    least = row.take("least")
    return f"at least {least} pair{'s' if least > 1 else ''} {term(SIDES_OF, row.take('when'))}"


def _pace(row: Taken) -> str:
    least, every = row.take("least"), lasting(row.take("every_s"))
    return f"a pair in each of the first {least} times {every} after the last injection"


def _during(row: Taken) -> str:
    name = row.take("measure")
    try:
        return f"{ENGLISH.text(f'measure.{name}')} has a number at least once"
    except UnknownWordError as error:
        raise RenderError(f"{name}: has no words") from error


def _guided(_: Taken) -> str:
    return "guided by ultrasound"


SENTENCES: Sentences = {
    "pairs": _pairs,
    "pace": _pace,
    "during": _during,
    "guided": _guided,
}
