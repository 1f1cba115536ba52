"""How long records must be kept: `[retention]` of the configuration, or what the law says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, NamedTuple

from msgspec import Meta, Struct

from daemon.journal.store import FILE, ends, last, opened
from vitals.instant import Instant
from vitals.practice import Country


class Keeping(Struct, frozen=True, forbid_unknown_fields=True):
    """What a clinic says of it."""

    journal_years: Annotated[int, Meta(ge=1, le=100)] | None = None
    """After the last event of a journal; absent: the law of the country."""


class Term(NamedTuple):
    """How long, and who says so."""

    years: int | None
    """None: no number of years is said."""
    source: str


LAW = {
    Country.DENMARK: Term(10, "autorisationsloven § 25, stk. 1: 10 years after the last entry"),
    Country.NORWAY: Term(
        None, "pasientjournalloven § 25: until care needs it no longer, no number of years"
    ),
}
OWN = "journal_years of [retention]"


def term(told: Keeping, country: Country) -> Term:
    """Return how long the journals of a clinic are kept at least."""
    return LAW[country] if told.journal_years is None else Term(told.journal_years, OWN)


def aside(data: Path) -> list[Path]:
    """Return the journals that lie beside the one in use: set aside, nobody writes to them."""
    return sorted(path for path in data.glob("journal-*.db") if path.name != FILE)


def over(path: Path, years: int, now: Instant) -> datetime | None:
    """Return the moment of a journal's last event if it is longer ago than so many years.

    None also of an empty journal. Raises JournalError, and sqlite3.Error of a damaged one.
    """
    written = [moment for moment in _ends(path) if moment is not None]
    ended = max(written, default=None)
    today = datetime.fromtimestamp(now.wall, UTC)
    return ended if ended is not None and _later(ended, years) < today else None


def _ends(path: Path) -> Iterator[datetime | None]:
    with closing(opened(path)) as connection:
        count, _ = last(connection)
        for row in ends(connection, count) or ():
            yield datetime.fromtimestamp(row.wall_us / 1e6, UTC)


def _later(moment: datetime, years: int) -> datetime:
    """Return a day so many years later; after 29 February, where there is none, 1 March."""
    try:
        return moment.replace(year=moment.year + years)
    except ValueError:
        return moment.replace(year=moment.year + years, month=3, day=1)
