"""Reports that the verb makes of a journal in a test, and what stands in their tables."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from clinics import VAGT
from months import Journal
from practices import SITE, TWO

DAYS = ("--from", "2026-11-02", "--to", "2026-11-04")


def place_of(folder: Path, journal: Journal) -> Path:
    """Write a journal with the configuration beside it that it is read by."""
    journal.write(folder)
    settings = f'{SITE}{TWO}\n[data]\ndir = "{folder}"\n'
    (folder / "c.toml").write_text(settings, "utf-8")
    return folder


def report(place: Path, *words: str, **environment: str) -> tuple[int, str, str]:
    """Run the verb, and return what it comes to, what it says and what it complains of."""
    command = [*VAGT, "report", *words]
    if not {"--data", "--config"} & set(words):
        command += ["--config", str(place / "c.toml")]
    run = subprocess.run(
        command, capture_output=True, text=True, check=False, env=os.environ | environment
    )
    return run.returncode, run.stdout, run.stderr


def filed(place: Path, name: str, *words: str, days: Sequence[str] = DAYS) -> Path:
    """Make a report, and return its file."""
    code, _, wrong = report(place, *days, "-o", str(place / name), *words)
    assert code == 0, wrong
    return place / name


def whole(file: Path) -> dict[str, Any]:
    """Return a report in JSON."""
    found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return found


def rows(document: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """Return the rows of one table by the names of its columns."""
    (table,) = (one for one in document["tables"] if one["name"] == name)
    return [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]
