"""What has been kept for longer than it must be: told, and never taken away."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from daemon import keeping
from daemon.journal.store import JournalError
from vagt.doctor.finding import Finding, Result, found, seen
from vagt.doctor.scene import Scene


def retention(scene: Scene) -> Result:
    """Say how long journals are kept, and which of those set aside may go."""
    years, source = keeping.term(scene.config.outward.retention, scene.config.site.country)
    if years is None:
        return seen("retention", f"journals stay: {source}")
    findings = [
        Finding(
            "kept_too_long",
            f"journal {path}: its last event is of {ended:%Y-%m-%d}, more than {years} years ago",
            "docs/backup.md says what may go, and who decides",
        )
        for path, ended in _over(scene, years)
    ]
    return found("retention", f"journals stay for {years} years ({source})", *findings)


def _over(scene: Scene, years: int) -> Iterator[tuple[Path, datetime]]:
    for path in keeping.aside(scene.config.data.dir):
        try:
            ended = keeping.over(path, years, scene.now)
        except (JournalError, sqlite3.Error, OSError):
            continue  # damaged, or not for this user: nothing is known of its age
        if ended is not None:
            yield path, ended
