"""Backups made and put back by the real program, and journals to make them of."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from clinics import VAGT


def vagt(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run one verb to its end."""
    line = [*VAGT, *map(str, words)]
    return subprocess.run(line, capture_output=True, text=True, check=False, timeout=30)


def refused(*words: str | Path) -> str:
    """Run a verb that is refused, and return its one line."""
    done = vagt(*words)
    assert (done.returncode, done.stdout) == (2, ""), done
    (line,) = done.stderr.splitlines()
    return line


def head(data: Path) -> tuple[int, str]:
    """Return how many events a clean journal holds, and the hash of the last."""
    done = vagt("journal", "verify", "--data", data, "--json")
    assert done.returncode == 0, done
    told = json.loads(done.stdout)
    return told["events"], told["head"]


def key(folder: Path, name: str = "owner.key") -> tuple[Path, str]:
    """Make a key and return its file and the public part."""
    done = vagt("backup", "key", "-o", folder / name)
    assert done.returncode == 0, done
    return folder / name, done.stdout.strip()
