"""What a case demands just now, by what was said of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from daemon.clock import local_date
from daemon.library import Library
from monitoring.case import Case
from monitoring.course import facts, phase
from monitoring.facts import Facts
from monitoring.obligations import Answer, Book, Obliged, obligations
from monitoring.services import ladder
from vitals.instant import Instant
from vitals.vocabulary import Basis, Modality, Obligation, Phase

RECOVERY = "recovery"
"""The service that recovery is held to."""
_NONE = Answer(None, (), ())


class Demands:
    """Holds cases to the rows in force on the day on which each was opened."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._books: dict[date, Book] = {}
        self._found: dict[str, tuple[tuple[object, ...], Answer]] = {}

    def of(self, case: Case, now: Instant) -> tuple[Obliged, ...]:
        """Return every obligation of the phase in which the case is."""
        return self.answer(case, now).obligations

    def answer(self, case: Case, now: Instant) -> Answer:
        """Return obligations and violations; none where the rules no longer have the code.

        Time speaks only through the code that its band has: asked ten times a second, told once.
        """
        key = (len(case.entries), case.state, case.code, case.two_years, self._band(case, now))
        before, found = self._found.get(case.number, (None, _NONE))
        if key != before:
            found = self._answered(case, facts(case, now))
            self._found[case.number] = key, found
        return found

    def book(self, case: Case) -> Book:
        """Return the rows of the day on which a case was opened; nearly every case has the same."""
        day = local_date(case.opened)
        if day not in self._books:
            self._books, self._found = {day: self._library.book(day)}, {}
        return self._books[day]

    def _band(self, case: Case, now: Instant) -> str | None:
        """Return the code of the band that the time since the last start has reached."""
        if case.started is None:
            return None
        return self._library.durations.level(max(0.0, now.seconds_since(case.started)))

    def _answered(self, case: Case, known: Facts) -> Answer:
        book = self.book(case)
        code = RECOVERY if phase(case.state) is Phase.RECOVERY else case.code
        # In an emergency nobody has named a code: the least that any anaesthetic asks for.
        code = code or ladder(book.services)[0].code
        return obligations(book, code, known) if code in book.services else _NONE


def required(rows: Iterable[Obliged], phase: Phase) -> frozenset[Modality]:
    """Return what the contract requires in a phase."""
    return frozenset(
        row.modality
        for row in rows
        if row.phase is phase
        and row.basis is Basis.CONTRACT
        and row.obligation is Obligation.REQUIRED
    )
