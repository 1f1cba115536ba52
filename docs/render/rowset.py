"""The rule rows of a folder as they stand in its files, for whoever writes or checks documents."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
RULES = ROOT / "monitoring" / "rules"

SERVICE = "service"
"""The table at the head of each file of a service."""

SOURCE = "source"


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One `[[table]]` of a rule file, the n-th of its name from 1; 0: a `[table]` of its own."""

    file: str
    table: str
    number: int
    fields: dict[str, Any]

    @property
    def name(self) -> str:
        """Return its id; else its table and first key, or of a `[table]` its file and table."""
        if "id" in self.fields:
            return str(self.fields["id"])
        if not self.number and self.table != SERVICE:
            return f"{self.file.removesuffix('.toml')}.{self.table}"
        return f"{self.table} {next(iter(self.fields.values()))}"


def documents(folder: Path = RULES) -> dict[str, dict[str, Any]]:
    """Return each rule file of the folder, parsed, by its name."""
    return {path.name: tomllib.loads(path.read_text("utf-8")) for path in rule_files(folder)}


def rule_files(folder: Path = RULES) -> list[Path]:
    """Return the rule files of the folder in order of name."""
    return sorted(folder.glob("*.toml"))


def rule_rows(folder: Path = RULES) -> list[RuleRow]:
    """Return every row of every file, in the order in which they stand."""
    return [
        RuleRow(file, table, number, fields)
        for file, tables in documents(folder).items()
        for table, given in tables.items()
        for number, fields in _numbered(table, given)
    ]


def _numbered(table: str, given: Any) -> list[tuple[int, dict[str, Any]]]:  # noqa: ANN401 - TOML's
    if isinstance(given, dict) and (given.keys() & {"id", SOURCE} or table == SERVICE):
        return [(0, given)]
    if isinstance(given, list) and all(isinstance(row, dict) for row in given):
        return list(enumerate(given, 1))
    return []
