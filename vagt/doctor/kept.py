"""The last good rules beside the journal: what the daemon falls back on must be whole."""

from __future__ import annotations

from daemon import rulebook, shelf
from daemon.protocol.rules import RULES_DIGITS
from vagt.doctor.finding import Finding, Result, found, seen
from vagt.doctor.scene import Scene
from vitals.rows import RowsError


def kept(scene: Scene) -> Result:
    """Say which rules are kept as the last good ones, and whether they could be used."""
    folder = scene.config.data.dir / shelf.FOLDER
    closed = seen("kept", f"{folder} may not be read by {scene.me.name}: try with sudo")
    try:
        status = folder.stat()
    except PermissionError:
        return closed
    except OSError:
        return seen("kept", f"{folder} is not made yet")
    if not scene.me.may(status, write=False):
        return closed
    if not folder.is_dir():
        what = f"rules: {folder}: is no folder"
        remedy = "take it away, so that the daemon can keep rules there"
        return found("kept", "no rules", Finding("rules_not_kept", what, remedy))
    return _usable(scene)


def _usable(scene: Scene) -> Result:
    try:
        library = rulebook.kept(scene.config.data.dir)
    except RowsError as error:
        what, _, remedy = error.errors[0].rpartition(": ")
        damaged = Finding("rules_not_kept", f"rules: {what}", remedy)
        return found("kept", "no rules to fall back on", damaged)
    if library is None:
        return seen("kept", "no rules yet")
    return seen("kept", f"rules {library.hash[:RULES_DIGITS]}, whole")
