"""Releases to be installed: this one, a later one, and one whose daemon is never ready."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

LATER, NEVER = "9.0.0", "9.1.0"


def made(checkout: Path, folder: Path) -> dict[str, Path]:
    """Make the archives of all three in a folder and return them, by version."""
    shutil.rmtree(folder, ignore_errors=True)
    own = _version(checkout)
    found = {own: _released(_copied(checkout, folder / "own"), own)}
    for version in (LATER, NEVER):
        copy = _copied(checkout, folder / version)
        _altered(
            copy / "pyproject.toml", rf'^version = "{re.escape(own)}"', f'version = "{version}"'
        )
        if version == NEVER:
            _altered(copy / "daemon/app.py", r'notify\("READY=1"\)', 'notify("STATUS=stuck")')
        found[version] = _released(copy, version)
    return found


def _version(checkout: Path) -> str:
    found = re.search(r'^version = "(.+)"', (checkout / "pyproject.toml").read_text(), re.MULTILINE)
    assert found is not None
    return found[1]


def _copied(checkout: Path, folder: Path) -> Path:
    """Return a copy of what is committed, with the environment that builds it."""
    subprocess.run(["git", "clone", "-q", str(checkout), str(folder)], check=True)
    (folder / ".venv").symlink_to(checkout / ".venv")
    return folder


def _altered(file: Path, pattern: str, text: str) -> None:
    altered, count = re.subn(pattern, text, file.read_text("utf-8"), flags=re.MULTILINE)
    assert count == 1, file
    file.write_text(altered, "utf-8")


def _released(copy: Path, version: str) -> Path:
    subprocess.run(["make", "-s", "-o", ".venv/locked", "release"], cwd=copy, check=True)
    return copy / f"dist/vagt-{version}-raspberrypi.tar.gz"
