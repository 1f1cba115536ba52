"""The series that the outbox knows, each by its number."""

from __future__ import annotations

import json
import sqlite3

from telemetry.series import Series


class Catalogue:
    """Every series of one file; what was added in a transaction that failed is taken back."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._numbers = {series: number for number, series in known(connection).items()}
        self._series = {number: series for series, number in self._numbers.items()}

    def __getitem__(self, number: int) -> Series:
        return self._series[number]

    def number(self, series: Series) -> int:
        """Return the number of a series, writing down a new one."""
        if (number := self._numbers.get(series)) is None:
            number = len(self._numbers) + 1
            row = (number, series.measurement, series.field, series.unit, json.dumps(series.tags))
            self._db.execute("INSERT INTO series VALUES (?, ?, ?, ?, ?)", row)
            self._numbers[series], self._series[number] = number, series
        return number

    @property
    def last(self) -> int:
        """Return the highest number that there is."""
        return len(self._numbers)

    def forget(self, after: int) -> None:
        """Take back the series beyond a number: their transaction failed."""
        for number in range(after + 1, self.last + 1):
            del self._numbers[self._series.pop(number)]


def known(connection: sqlite3.Connection) -> dict[int, Series]:
    """Return every series in a file by its number."""
    found = connection.execute("SELECT id, measurement, field, unit, tags FROM series")
    return {
        number: Series(measurement, field, unit, tuple((name, of) for name, of in json.loads(tags)))
        for number, measurement, field, unit, tags in found
    }
