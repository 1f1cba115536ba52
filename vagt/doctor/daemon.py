"""The daemon: whether it answers, and whether the socket lets in whom it should."""

from __future__ import annotations

import stat
from pathlib import Path

from daemon.protocol.messages import PROTOCOL, JournalState
from vagt.doctor.finding import Finding, Result, found, seen
from vagt.doctor.person import admission, group, user
from vagt.doctor.scene import Scene
from vagt.doctor.told import Told

SOCKET_MODE = 0o660
"""For its owner and its group alone."""


def daemon(scene: Scene) -> Result:
    """Say whether the daemon answers, and what is wrong with it as a whole."""
    path = scene.config.socket.path
    if scene.told is None or scene.told.hello is None:
        return found("daemon", "does not answer", _unreachable(scene, path))
    findings = [*_version(scene, scene.told), *_journal(scene.told)]
    who = f"pid {scene.told.pid}, user {user(scene.told.uid)}"
    return found("daemon", f"vagt {scene.told.hello.version} answers, {who}", *findings)


def _unreachable(scene: Scene, path: Path) -> Finding:
    what = f"daemon: {path} {scene.unheard}"
    try:
        status = path.stat()
    except FileNotFoundError:
        return _stopped(scene, f"no socket {path}")
    except OSError:
        remedy = f"let {scene.me.name} into its folder, or try with sudo"
        return Finding("daemon_denied", what, remedy)
    if not scene.me.may(status):
        return Finding("daemon_denied", what, admission(scene.me, status))
    if not scene.refused:
        return Finding("daemon_mute", what, "stop it and start it again")
    return _stopped(scene, f"nobody listens on {path}")


def _stopped(scene: Scene, what: str) -> Finding:
    remedy = f"start it: vagt run --config {scene.file}"
    if scene.serving is not None:
        remedy = "sudo systemctl start vagt; why it ended says journalctl -u vagt -n 30"
    return Finding("daemon_not_running", f"daemon: {what}", remedy)


def _version(scene: Scene, told: Told) -> list[Finding]:
    if told.hello is None:
        return []
    if told.hello.protocol != PROTOCOL or told.hello.version != scene.version:
        what = f"daemon: it is vagt {told.hello.version}, and this is vagt {scene.version}"
        return [Finding("daemon_other_version", what, "restart it, so that both are the newer")]
    return []


def _journal(told: Told) -> list[Finding]:
    if told.journal in (None, JournalState.RECORDING):
        return []
    what = f"daemon: its journal is {told.journal}"
    return [Finding("journal_not_written", what, "look at the disk below and at the daemon's log")]


def socket(scene: Scene) -> Result:
    """Say whom the socket lets in: whoever can open it can start, end and acknowledge."""
    path = scene.config.socket.path
    try:
        status = path.stat()
    except OSError:
        return seen("socket", f"{path} is not there")
    mode = stat.S_IMODE(status.st_mode)
    said = f"{path}, mode {mode:04o}, group {group(status.st_gid)}"
    if mode & ~SOCKET_MODE:
        what = f"socket: {path} has mode {mode:04o}, so that others than its group can open it"
        remedy = f"chmod {SOCKET_MODE:04o} {path}, and see who changed it"
        return found("socket", said, Finding("socket_open", what, remedy))
    return seen("socket", said)
