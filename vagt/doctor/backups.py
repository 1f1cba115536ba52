"""The nightly copies: whether any is made, where, and of when the newest is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from daemon.backup import nightly
from vagt.doctor.finding import Finding, Result, found, seen
from vagt.doctor.scene import Scene

OLD = timedelta(days=7)
"""A clinic may be closed, and its machine off, for some days; our own choice."""


def backups(scene: Scene) -> Result:
    """Say whether a copy is made each night, and whether the newest is new."""
    told = scene.config.outward.backup
    if told is None or not told.to:
        return seen("backups", "none is made by itself: no key in [backup]")
    return found("backups", f"{told.folder}: {told.keep} copies", *_lacking(told.folder, scene))


def _lacking(folder: Path, scene: Scene) -> list[Finding]:
    try:
        status = folder.stat() if folder.is_dir() else None
        copies = nightly.copies(folder, scene.config.site.code)
    except PermissionError:
        return []  # not for this user to look at; with sudo it is
    if status is None:
        return [Finding("backups_no_folder", f"backups: {folder} is not there", "join its disk")]
    if not scene.keeper.may(status):
        what = f"backups: {scene.keeper.name} may not write in {folder}"
        remedy = f"sudo chown {scene.keeper.name} {folder}, or mend `folder` of [backup]"
        return [Finding("backups_denied", what, remedy)]
    return _old(copies, scene)


def _old(copies: list[Path], scene: Scene) -> list[Finding]:
    if not copies:
        return []
    newest = nightly.moment(copies[-1])
    if datetime.fromtimestamp(scene.now.wall, UTC) - newest <= OLD:
        return []
    remedy = "why, says journalctl -u vagt-backup; make one: sudo systemctl start vagt-backup"
    return [Finding("backup_old", f"backups: the newest is of {newest:%Y-%m-%d}", remedy)]
