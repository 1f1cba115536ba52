"""What a running anaesthetic demands just now, as far as the daemon knows it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from daemon.clock import local_date
from daemon.library import Library
from monitoring.case import Case
from monitoring.facts import Facts
from monitoring.obligations import Book, Obliged, obligations
from vitals.instant import Instant
from vitals.vocabulary import Basis, Modality, Obligation, Phase


class Demands:
    """Holds cases to the rows in force on the day on which each began."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._books: dict[date, Book] = {}
        self._found: dict[tuple[date, str, str], tuple[Obliged, ...]] = {}

    def of(self, case: Case, now: Instant) -> tuple[Obliged, ...]:
        """Return every obligation; none for a case whose code the rules no longer have.

        Known are the code and the time elapsed; technique and airway are not, so that what hangs
        on them is conditional.
        """
        # A read that was stamped just before the start is evaluated just after it.
        day, elapsed_s = local_date(case.started), max(0.0, now.seconds_since(case.started))
        # Time speaks only through the code that its band has: asked ten times a second, told once.
        key = (day, case.code, self._library.durations.level(elapsed_s))
        if key not in self._found:
            book, facts = self._book(day), Facts(elapsed_s=elapsed_s)
            known = case.code in book.services
            found = obligations(book, case.code, facts).obligations if known else ()
            self._found[key] = found
        return self._found[key]

    def _book(self, day: date) -> Book:
        """Return the rows of a day; nearly every case has the same."""
        if day not in self._books:
            self._books, self._found = {day: self._library.book(day)}, {}
        return self._books[day]


def required(rows: Iterable[Obliged], phase: Phase) -> frozenset[Modality]:
    """Return what the contract requires in a phase."""
    return frozenset(
        row.modality
        for row in rows
        if row.phase is phase
        and row.basis is Basis.CONTRACT
        and row.obligation is Obligation.REQUIRED
    )
