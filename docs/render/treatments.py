"""Treatments of pain and blocks: doses, series, places and fees, and which steroids are alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from sheets import Shelf, day, either, joined, label, mark, sourced
from taken import Taken
from terms import AMOUNTS, APPARATUS, PARTS, READINGS, SIDES, WEIGHTS, term

Sentences = Mapping[str, Callable[[Taken], str]]
"""By the name of a table: what a row of it says."""

HOW = (
    "A *hold* closes the normal way on, and starting anyway is one key that is recorded; a "
    "*notice* and *advice* are told. What is said of a fee says nothing of "
    "what may be done. A series is counted by patient, service, site and side; the "
    "steroid of a day by patient alone, in mg of methylprednisolone acetate (Depo-Medrol)."
)


def treatments(tables: Taken, shelf: Shelf) -> Iterator[str]:
    """Yield the chapter of the treatments."""
    tables.take("schema")
    yield f"{HOW} The rows are {day(tables)}."
    yield from by_service(tables, shelf, SENTENCES)
    yield from ("", "### Where the texts leave something open")
    yield from ("", *_readings(tables, shelf))
    tables.done()


def steroids(tables: Taken, shelf: Shelf) -> Iterator[str]:
    """Yield the chapter of the steroids."""
    tables.take("schema")
    yield f"What counts as how much methylprednisolone acetate; {day(tables)}."
    rows = []
    for row in tables.rows("steroid"):
        row.take("drug")
        english, danish = label(row)
        alike = f"{row.take('mg'):g} mg ≈ {row.take('corresponds_mg'):g} mg"
        approval = joined(mark(row), row.text("approved_on"))
        rows.append([english, danish, row.take("atc"), alike, approval, shelf.cited(row)])
        row.done()
    bound = tables.table("bound")
    bound.take("id")
    ends = f"from {bound.take('least'):g} to {bound.take('most'):g} times as strong as here"
    told = joined(f"A clinic may call a drug {ends}", mark(bound))
    told += f". Source: {shelf.cited(bound)}."
    bound.done()
    tables.done()
    yield from sourced(("Drug", "Danish", "ATC", "Counts as", ""), rows)
    yield f"{told} Weaker than here, and drugs that are not here, only with a doctor's signature."


def by_service(tables: Taken, shelf: Shelf, sentences: Sentences) -> Iterator[str]:
    """Yield a section a service, with a line for each of its rows; tables in the given order."""
    found: dict[str, list[str]] = {}
    for name, sentence in sentences.items():
        for row in tables.rows(name):
            row.take("id")
            code = row.take("code")
            found.setdefault(code, []).append(told(row, sentence(row), shelf))
    for code in sorted(found):
        yield from ("", f"### {shelf.titled(code)}", "", *found[code])


def told(row: Taken, sentence: str, shelf: Shelf) -> str:
    """Return a row as a line: how much it weighs, what it says, its mark and its source."""
    weight = term(WEIGHTS, row.take("weight"))
    said = joined(f"- *{weight}*: {sentence}", mark(row))
    line = f"{said}. Source: {shelf.cited(row)}."
    row.done()
    return line


def _readings(tables: Taken, shelf: Shelf) -> Iterator[str]:
    for row in tables.rows("reading"):
        row.take("id")
        yield told(row, term(READINGS, row.take("of")), shelf)


def _ceiling(row: Taken) -> str:
    most = row.take("most_mg")
    return (
        f"at most {most:g} mg of methylprednisolone acetate, or as much of another steroid as "
        "counts alike, in one consultation, over all services and sites"
    )


def _series(row: Taken) -> str:
    every = {"steroid": False, "all": True}[row.take("counts")]
    said = f"at most {row.take('most')} treatments in a series"
    said += ", with or without steroid" if every else " with steroid"
    said += ", a first block only to find out not counted" if row.take("diagnostic_first") else ""
    return said + ("; beyond: one with steroid is held, one without is told" if every else "")


def _interval(row: Taken) -> str:
    when = {"steroid": " where steroid is used", "always": ", with or without steroid"}
    least, most = row.take("least_days"), row.take("most_days")
    weeks = f"{least / 7:g}-{most / 7:g} weeks ({least}-{most} days)"
    return f"{weeks} between treatments{when[row.take('when')]}"


def _renewal(row: Taken) -> str:
    return (
        f"a new series {row.take('months')} calendar months after the last steroid at the earliest"
    )


def _repeats(row: Taken) -> str:
    return f"at most {row.take('most')} treatments in all, with or without steroid"


def _spacing(row: Taken) -> str:
    days, months = row.maybe("days"), row.maybe("months")
    spans = [f"{days} day{'s' if days != 1 else ''}"] if days else []
    spans += [f"{months} calendar months"] if months else []
    told = f"at least {either(spans, 'and')} from one treatment to the next at the same site"
    return f"{printed} ({told})" if (printed := row.text("printed")) else told


def _count(row: Taken) -> str:
    said = f"at most {row.take('most')} treatments in a course"
    return said + (" where none has had an effect" if row.take("without_effect") else "")


def _amount(row: Taken) -> str:
    return f"at most {row.take('most')} {term(AMOUNTS, row.take('of'))} in one consultation"


def _place(row: Taken) -> str:
    parts = either([term(PARTS, part) for part in row.take("parts")])
    sides = either([term(SIDES, side) for side in row.maybe("sides") or ["any"]])
    return f"given at {parts}{sides and f', {sides}'}"


def _fee(row: Taken) -> str:
    most, per = row.take("most"), row.take("per")
    times = "one fee" if most == 1 else f"at most {most} fees"
    apart = ", each at an anatomical site of its own" if row.maybe("other_place") else ""
    return f"{times} a {per}{apart}"


def _company(row: Taken) -> str:
    return f"on the same day as {either(row.take('needs'))}"


def _exclusion(row: Taken) -> str:
    return f"no fee for {either(row.take('without'))} beside it"


def _combination(row: Taken) -> str:
    return f"beside {either(row.take('unnamed'))} the text does not name it"


def _framework(_: Taken) -> str:
    return "only where the region has activated it"


def _equipment(row: Taken) -> str:
    return f"needs {either([term(APPARATUS, one) for one in row.take('needs')], 'and')}"


def _specialist(row: Taken) -> str:
    acts = ["the first treatment of a course"] if row.maybe("first") else []
    acts += [f"treatment at {term(PARTS, part)}" for part in row.maybe("parts") or []]
    return f"{either(acts, 'and')}: by the specialist alone"


SENTENCES: Sentences = {
    "ceiling": _ceiling,
    "series": _series,
    "interval": _interval,
    "renewal": _renewal,
    "repeats": _repeats,
    "spacing": _spacing,
    "count": _count,
    "amount": _amount,
    "place": _place,
    "company": _company,
    "exclusion": _exclusion,
    "combination": _combination,
    "framework": _framework,
    "equipment": _equipment,
    "specialist": _specialist,
    "fee": _fee,
}
