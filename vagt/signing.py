"""`vagt limits approve`: somebody's name put under the rows of a clinic's own file."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from checklists.people import holds, known
from daemon import config, rulebook
from daemon.approval import APPROVED, ApprovalError, signed
from daemon.config import Config, ConfigError
from daemon.library import Library, RuleFile
from vagt import output, presets, rules
from vagt.main import WRONG_USE, UsageError
from vagt.show import initials
from vitals.role import Role
from vitals.rows import RowsError, parsed

LIMITS, ALARMS = APPROVED
READABLE = 0o644
AFTERWARDS = "in force when the daemon is started anew, for cases that are opened then"


def approve(arguments: argparse.Namespace) -> int:
    """Put a name under the rows, and print what it is under; 1 for who may not, 2 for bad files."""
    try:
        settings = config.read(arguments.config)
        folder, by = _folder(settings, arguments.config), initials(arguments.by)
        if why := _refused(settings, by):
            return _told_no(why, json=arguments.json)
        _make(folder)
        found = rulebook.wanted(settings, rules.today())
    except (ConfigError, RowsError) as error:
        for line in error.errors:
            output.error(f"vagt limits: {line}")
        return WRONG_USE
    name = ALARMS if arguments.alarms else LIMITS
    text = _signed(found.files[name], by)
    _put(folder / name, text)
    _tell(rulebook.wanted(settings, rules.today()), folder / name, text, arguments)
    return 0


def _folder(settings: Config, path: Path) -> Path:
    if settings.rules.dir is None:
        remedy = 'add [rules] with dir = "rules", the folder for what the clinic approves'
        raise UsageError(f"{path}: names no folder for rule files of the clinic: {remedy}")
    return settings.rules.dir


def _refused(settings: Config, by: str) -> str:
    """Return why somebody may not approve; empty where she may, and where nobody is listed."""
    people = settings.people
    listed = known(people, rules.today())
    doctors = [one for one in listed if holds(people, one, Role.ANAESTHESIOLOGIST)]
    if not people or by in doctors:
        return ""
    what = "is no anaesthesiologist" if by in listed else "is nobody of the practice"
    return f"{by} {what}: approving is for {', '.join(doctors) or 'nobody today'}"


def _told_no(why: str, *, json: bool) -> int:
    if json:
        output.json_line({"result": "refused", "detail": why})
    else:
        output.line(f"refused: {why}")
    return 1


def _signed(file: RuleFile, by: str) -> str:
    try:
        return signed(file.text, file.place, by, rules.today().isoformat())
    except ApprovalError as error:
        raise UsageError(str(error)) from error


def _put(path: Path, text: str) -> None:
    """Let a file have this text, or keep what it had: also when the power fails."""
    home = path.resolve()
    fresh = home.with_name(f".{home.name}")
    try:
        with fresh.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fchmod(file.fileno(), READABLE)
            os.fsync(file.fileno())
        fresh.replace(home)
    except OSError as error:
        raise _unwritable(path, error) from error


def _make(folder: Path) -> None:
    """Make the folder of the clinic, where it has none yet."""
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from error


def _unwritable(path: Path, error: OSError) -> UsageError:
    reason = (error.strerror or "unwritable").lower()
    return UsageError(f"{path}: {reason}: approve as who may write it")


def _tell(found: Library, path: Path, text: str, arguments: argparse.Namespace) -> None:
    head = parsed(text, path.name)
    told = {key: head[key] for key in ("approved_by", "approved_on", "approved_hash")}
    if arguments.json:
        output.json_line({"result": "approved", "file": str(path), **told, **rules.document(found)})
        return
    if arguments.alarms:
        rows = found.alarms.conditions.values()
        output.table([("ALARM", "PRIORITY"), *((one.id, one.priority) for one in rows)])
    else:
        presets.table(presets.presets(found))
        presets.beside(found)
    output.line(f"{path}: rows {told['approved_hash']}")
    output.line(f"approved by {told['approved_by']} on {told['approved_on']}; {AFTERWARDS}")
