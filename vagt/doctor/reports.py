"""Where reports are filed each month: nobody looks there until one is asked for."""

from __future__ import annotations

from pathlib import Path

from vagt.doctor.finding import Finding, Result, found, seen
from vagt.doctor.scene import Scene


def reports(scene: Scene) -> Result:
    """Say whether reports are filed by themselves, and whether they could be."""
    told = scene.config.outward.report
    if told.folder is None:
        return seen("reports", "none is filed by itself: no folder in [report]")
    forms = ", ".join(told.forms)
    return found("reports", f"{told.folder}: {forms}", *_lacking(told.folder, scene))


def _lacking(folder: Path, scene: Scene) -> list[Finding]:
    keeper = scene.keeper
    try:
        status = folder.stat() if folder.is_dir() else None
    except PermissionError:
        status = None
    if status is None:
        what = f"reports: {folder} is not there, or may not be looked at"
        return [Finding("reports_no_folder", what, "make that folder, or join its disk")]
    if not keeper.may(status):
        what = f"reports: {keeper.name} may not write in {folder}"
        remedy = f"sudo chown {keeper.name} {folder}, or mend `folder` of [report]"
        return [Finding("reports_denied", what, remedy)]
    return []
