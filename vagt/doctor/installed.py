"""What install.sh lays down: whole, or left half by a power cut or by hand."""

from __future__ import annotations

import pwd
from collections.abc import Iterator
from pathlib import Path

from vagt.doctor.files import link
from vagt.doctor.finding import Finding, Result, found, seen
from vagt.doctor.person import Person, present, somebody
from vagt.doctor.scene import Scene

OPT = Path("opt/vagt")
UNITS = Path("etc/systemd/system")
SERVICE = "vagt.service"
USER = "vagt"
"""As whom the unit runs the daemon."""
RULES = Path("etc/udev/rules.d/61-vagt.rules")
_AGAIN = (
    "run install.sh of the release again (sudo ./install.sh), which leaves data and settings alone"
)


def serving(root: Path) -> Person | None:
    """Return as whom the daemon is to run; None where it is no service here."""
    if not present(root / UNITS / SERVICE):
        return None
    try:
        return somebody(pwd.getpwnam(USER).pw_uid)
    except KeyError:
        return None


def unconfigured(root: Path, file: Path) -> str:
    """Return what follows for the service where its configuration is gone; empty where it is not.

    Without a configuration there is no scene, and nothing else can be looked at.
    """
    if present(file) or not present(root / UNITS / SERVICE):
        return ""
    again = "take it from a backup, or run install.sh again, which lays down an empty one"
    return f"{file} is not there, and the daemon does not start: {again}"


def installed(scene: Scene) -> Result:
    """Say which version is installed as a service, and what of it is missing."""
    root = scene.root
    if not present(root / OPT) and not present(root / UNITS / SERVICE):
        return seen("installed", "not as a service: there is no /opt/vagt and no unit")
    version = Path(link(root / OPT / "current")).name
    findings = (
        *_release(root, version),
        *_system(root),
        *_readable(scene),
        *_running(scene, version),
    )
    return found("installed", f"vagt {version or 'in no version'} as a service", *findings)


def _release(root: Path, version: str) -> Iterator[Finding]:
    current = root / OPT / "current"
    if not present(current / "bin/vagt"):
        leads = f"leads to {link(current)}, which is" if version else "is"
        what = f"installed: /{OPT}/current {leads} not there, and the daemon does not start again"
        yield Finding("install_broken", what, _AGAIN)
    elif not present(current / "whole"):
        what = f"installed: vagt {version} was not installed to its end, and parts may be missing"
        yield Finding("install_unfinished", what, _AGAIN)


def _system(root: Path) -> Iterator[Finding]:
    if not present(root / UNITS / SERVICE):
        what = f"installed: the unit {SERVICE} is not there, and nothing starts the daemon"
        yield Finding("install_no_unit", what, _AGAIN)
    elif not (root / UNITS / "multi-user.target.wants" / SERVICE).is_symlink():
        what = "installed: the daemon does not start with the machine, as after a power cut"
        yield Finding("install_not_enabled", what, f"sudo systemctl enable {SERVICE}")
    if not present(root / RULES):
        what = f"installed: the rule for udev (/{RULES}) is not there, and adapters are slow"
        yield Finding("install_no_rules", f"{what} or taken by other programs", _AGAIN)


def _readable(scene: Scene) -> Iterator[Finding]:
    keeper = scene.keeper
    if scene.told is None and scene.serving is None:
        return
    try:
        folder, file = scene.file.absolute().parent.stat(), scene.file.stat()
    except OSError:
        return
    if not (keeper.may(file, write=False) and keeper.may(folder, write=False)):
        what = f"config: {keeper.name} may not read {scene.file}, and the daemon does not start"
        remedy = f"sudo chown root:vagt {scene.file} && sudo chmod 0640 {scene.file}"
        yield Finding("config_denied", what, remedy)


def _running(scene: Scene, version: str) -> Iterator[Finding]:
    hello = None if scene.told is None else scene.told.hello
    if hello is None or not version or hello.version == version:
        return
    what = f"daemon: it is vagt {hello.version}, and vagt {version} is installed"
    yield Finding("install_not_running", what, "sudo systemctl restart vagt, between two patients")
