"""The secrets that systemd hands to the daemon: files that root alone is to read."""

from __future__ import annotations

import stat
from pathlib import Path

from vagt.doctor.finding import Finding, Result, found, seen
from vagt.doctor.scene import Scene

FOLDER = Path("etc/vagt/credentials")
HANDED = Path("/run/credentials")
PREFIX = "secret_"
"""As the unit names what it hands to the daemon (LoadCredential)."""
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def source(root: Path, file: Path) -> Path:
    """Return where systemd takes a credential from; of any other file, the file itself.

    What is handed to the daemon is there only while it runs.
    """
    if not file.is_relative_to(HANDED):
        return file
    return root / FOLDER / file.name.removeprefix(PREFIX)


def credentials(scene: Scene) -> Result:
    """Say which secrets others than root may read."""
    folder = scene.root / FOLDER
    try:
        files = sorted(path for path in folder.iterdir() if path.is_file())
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in files}
    except FileNotFoundError:
        return Result()
    except OSError:
        return seen("credentials", f"/{FOLDER} may not be read by {scene.me.name}: try with sudo")
    findings = [_open(name, mode) for name, mode in modes.items() if mode & _OTHERS]
    return found("credentials", f"secrets in /{FOLDER} {len(modes)}", *findings)


def _open(name: str, mode: int) -> Finding:
    what = f"/{FOLDER}/{name}: it has mode {mode:04o}, and others than root can read this secret"
    remedy = f"sudo chmod 0600 /{FOLDER}/{name}, and replace the secret where others use this Pi"
    return Finding("credential_open", what, remedy)
