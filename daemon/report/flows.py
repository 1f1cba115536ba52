"""What became of each gas at each place over days: readings, litres used, orders, cylinders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from datetime import date

from checklists.clinic import Clinic
from checklists.cylinder import ContentError, compressed_l, weighed_l
from checklists.entry import Entry, standing
from checklists.gasrules import Compressed, GasRules, Liquefied
from daemon.report.term import Flow
from vitals.acts import Cylinder, Gauge, OrderGas, Weigh
from vitals.practice import Gas, Responsible

Place = tuple[Gas, str]


class _Book:
    """What is known of one gas at one place."""

    def __init__(self) -> None:
        self.used_l: float | None = None
        self.readings = self.orders = self.received = 0


def flows(
    said: Iterable[Entry], days: Collection[date], rules: GasRules, clinics: Iterable[Clinic]
) -> Iterator[Flow]:
    """Yield what became of each gas, in the order of gas and place.

    What was used is by two readings of one cylinder that follow one another, the later of them on
    one of the days; another cylinder under the name begins anew.
    """
    books: dict[Place, _Book] = defaultdict(_Book)
    labels: dict[str, Cylinder] = {}
    before: dict[str, float] = {}
    for one in standing(said):
        match one.act:
            case Cylinder() as label:
                labels[label.cylinder] = label
                before.pop(label.cylinder, None)
                books[label.gas, label.place].received += one.day in days
            case Gauge(cylinder=name) | Weigh(cylinder=name) as read if name in labels:
                _read(books, labels[name], before, read, rules, counts=one.day in days)
            case OrderGas(gas=gas, place=place):
                books[gas, place].orders += one.day in days
            case _:
                pass
    orderers = {one.code: one for one in clinics}
    for (gas, place), book in sorted(books.items()):
        if book.readings or book.orders or book.received:
            clinic = orderers.get(place)
            answers = clinic.orderer(gas) if clinic else Responsible.ANAESTHESIOLOGIST
            used = None if book.used_l is None else round(book.used_l, 1)
            yield Flow(gas, place, used, book.readings, book.orders, book.received, answers)


def _read(
    books: dict[Place, _Book],
    label: Cylinder,
    before: dict[str, float],
    read: Gauge | Weigh,
    rules: GasRules,
    *,
    counts: bool,
) -> None:
    """Take a reading: what is less than at the one before was used."""
    book = books[label.gas, label.place]
    book.readings += counts
    litres = _litres(label, read, rules.kept.get(label.gas))
    if litres is None:
        return
    last = before.get(label.cylinder)
    if counts and last is not None:
        book.used_l = (book.used_l or 0.0) + max(0.0, last - litres)
    before[label.cylinder] = litres


def _litres(
    label: Cylinder, read: Gauge | Weigh, row: Compressed | Liquefied | None
) -> float | None:
    """Return what a cylinder holds by a reading; None where that does not tell."""
    with suppress(ContentError):
        match read, row:
            case Gauge(bar=bar), Compressed():
                return compressed_l(label, bar, row)
            case Weigh(kg=kg), Liquefied():
                return weighed_l(label, kg, row)
            case _:  # a pressure above a liquid tells nothing
                pass
    return None
