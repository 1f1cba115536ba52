"""Whether an SQLite file of a later schema holds all of an earlier one: then the earlier reads it.

An older version may have to go on where a newer one has been: after an upgrade that was taken back.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing

Column = tuple[str, bool]
"""Its type, and whether it must be given with each row."""


def holds(connection: sqlite3.Connection, steps: Sequence[str]) -> bool:
    """Tell whether every table that the steps make is there, and nothing else must be given."""
    with closing(sqlite3.connect(":memory:")) as ours:
        for step in steps:
            ours.executescript(step)
        named = ours.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        return all(_added(_columns(ours, name), _columns(connection, name)) for (name,) in named)


def _columns(connection: sqlite3.Connection, table: str) -> dict[str, Column]:
    told = connection.execute(
        'SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_info(?)', (table,)
    )
    return {
        name: (kind, bool(full and default is None and not key))
        for name, kind, full, default, key in told
    }


def _added(ours: Mapping[str, Column], theirs: Mapping[str, Column]) -> bool:
    kept = all(theirs.get(name) == told for name, told in ours.items())
    return kept and not any(must for name, (_, must) in theirs.items() if name not in ours)
