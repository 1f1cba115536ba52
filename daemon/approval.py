"""Whose name stands under a rule file that is approved as a whole, and for which rows it does.

The name counts with the hash of the rows that it was given to: a row that is altered afterwards
takes the approval away. What is no row, a comment or a blank, is free.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from vitals.rows import parsed

APPROVED = ("limits.toml", "alarms.toml")
"""The files that are approved as a whole, by a command and not by hand."""
KEYS = ("approved_by", "approved_on", "approved_hash")
_LINE = re.compile(rf"({'|'.join(KEYS)})\s*=\s*(?:\"[^\"]*\"|'[^']*')(\s*(?:#.*)?)")


class ApprovalError(Exception):
    """The head of a file is not written so that an approval can be put there; nothing was altered.

    The message says which file, and how to write it.
    """


def digest(tables: Mapping[str, Any]) -> str:
    """Return the SHA-256 over the rows of a file, without whoever approved them."""
    rows = {key: value for key, value in tables.items() if key not in KEYS}
    text = json.dumps(rows, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def stands(tables: Mapping[str, Any]) -> bool:
    """Tell whether somebody has approved exactly these rows."""
    return bool(tables.get("approved_by")) and tables.get("approved_hash") == digest(tables)


def lapsed(tables: Mapping[str, Any]) -> bool:
    """Tell whether a name stands there that is not under these rows."""
    return bool(tables.get("approved_by")) and not stands(tables)


def signed(text: str, file: str, by: str, on: str) -> str:
    """Return the text of a file with an approval in its head and everything else as it was."""
    before = parsed(text, file)
    after = _written(text, {"approved_by": by, "approved_on": on, "approved_hash": digest(before)})
    tables = parsed(after, file)
    if digest(tables) != digest(before) or not stands(tables):
        remedy = 'write approved_by = "" on a line of its own above the first table'
        raise ApprovalError(f"{file}: an approval cannot be put into its head: {remedy}")
    return after


def _written(text: str, values: Mapping[str, str]) -> str:
    """Return the text with the values in its head: in their lines, or below the name."""
    head, tables = _parted(text.splitlines(keepends=True))
    there = {found[1] for line in head if (found := _LINE.fullmatch(line.strip()))}
    fresh = "".join(f'{key} = "{values[key]}"\n' for key in KEYS if key not in there)
    written: list[str] = []
    for line in head:
        found = _LINE.fullmatch(line.strip())
        written.append(f'{found[1]} = "{values[found[1]]}"{found[2]}\n' if found else line)
        if found and found[1] == "approved_by":
            written.append(fresh)
    return "".join([*written, *tables])


def _parted(lines: list[str]) -> tuple[list[str], list[str]]:
    """Return the lines above the first table, and the rest."""
    first = next((n for n, line in enumerate(lines) if line.lstrip().startswith("[")), len(lines))
    return lines[:first], lines[first:]
