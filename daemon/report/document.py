"""A whole report: its stamp, the days, the cases, and the figures of both as tables."""

from __future__ import annotations

from msgspec import Struct

from daemon.report.sheet import Sheet
from daemon.report.stamp import Stamp
from daemon.report.table import Table
from daemon.report.term import Term


class Document(Struct, frozen=True):
    """What is told as JSON, and what every other form is made from."""

    stamp: Stamp
    practice: str
    """The name of the site of the configuration."""
    term: Term | None
    """Null: it is of one case."""
    sheets: tuple[Sheet, ...]
    tables: tuple[Table, ...]
