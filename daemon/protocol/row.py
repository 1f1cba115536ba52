"""One row of a checklist: what clients see of it."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from daemon.protocol.daylist import Phrase
from vitals.practice import Interval, Outcome, Responsible
from vitals.vocabulary import Weight

OPEN = frozenset({"due", "overdue"})
"""States of a row that is asked for and that nobody has answered."""
WAITS = "not_yet"
"""The state of a row that is not asked for just now."""


class Undone(Struct, frozen=True):
    """That the last answer to a row was countered, and the row not answered since."""

    by: str
    on: date
    at: str
    """RFC 3339, of the counter."""


class ListRow(Struct, frozen=True):
    """One row of a checklist, for one target."""

    id: str
    label: Phrase
    group: str
    interval: Interval
    hold: bool
    responsible: Responsible
    source: str
    approved: bool
    state: str
    """`due`, `overdue`, `done`, `failed`, `not_applicable` or `not_yet`; `due.<state>`."""
    outcome: Outcome | None = None
    """Of the last mark."""
    by: str = ""
    on: date | None = None
    at: str = ""
    """RFC 3339, of the last mark."""
    reason: str = ""
    next: date | None = None
    evidence: str = ""
    """What a device says of it just now, as `137 bar`; it ticks nothing."""
    entry: int | None = None
    """Of the last mark: what a counter of it names."""
    still: Weight | None = None
    """What it comes to though it was said not to apply: `hold` for what saves a life, `notice` for
    another that may not simply be left out; null: it is settled, or nobody said so."""
    undone: Undone | None = None
    """Null: what was said last stands."""

    @property
    def asked(self) -> bool:
        """Tell whether it is asked for on this day, answered or not."""
        return self.state != WAITS

    @property
    def open(self) -> bool:
        """Tell whether it waits for somebody to look."""
        return self.state in OPEN

    @property
    def holds(self) -> bool:
        """Tell whether it was answered, and keeps its place from being ready all the same."""
        return self.still is Weight.HOLD or (self.state == "failed" and self.hold)
