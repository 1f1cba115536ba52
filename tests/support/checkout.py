"""The checkout as git sees it, for the tests that hold the rules of the house."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
NEVER_OURS = {"__pycache__", "build", "dist"}
MEMORY = Path("/dev/shm")  # noqa: S108  a place of the kernel's, made for this
LENT_BYTES = 32 << 20
"""What a demo's clinic may come to."""


@functools.cache
def files() -> tuple[Path, ...]:
    """Return every file of the project, relative to ROOT: committed or not, but never ignored."""
    names = _known_to_git() if (ROOT / ".git").exists() else _walked()
    return tuple(sorted(path for path in names if (ROOT / path).is_file()))


def python_files() -> list[Path]:
    """Return the Python files of the project, relative to ROOT."""
    return [path for path in files() if path.suffix == ".py"]


def rooms() -> list[str]:
    """Return the names of the packages at the root."""
    inits = [path.parts for path in files() if path.name == "__init__.py"]
    return sorted(folder for folder, *below in inits if len(below) == 1)


def modules(room: str) -> list[str]:
    """Return the dotted names of every module and package in `room`, itself included."""
    names = [path.with_suffix("").parts for path in python_files() if path.parts[0] == room]
    return [".".join(parts).removesuffix(".__init__") for parts in names]


def setting(*path: str) -> Any:
    """Return what pyproject.toml holds under `path`."""
    node: Any = tomllib.loads((ROOT / "pyproject.toml").read_text())
    for key in path:
        node = node[key]
    return node


def contracts() -> list[dict[str, Any]]:
    """Return the import contracts of pyproject.toml."""
    return list(setting("tool", "importlinter", "contracts"))


def plain_environment() -> dict[str, str]:
    """Return this process's environment without what starts coverage in a child."""
    return {key: value for key, value in os.environ.items() if not key.startswith("COVERAGE_")}


def beside_the_disk() -> dict[str, str]:
    """Return where a demo's clinic is to lie in memory, as far as the machine has any to lend.

    A disk that others keep busy holds the journal up, and the demo tells of that as of any alarm:
    true, and no part of the story that a test waits for.
    """
    lent = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= LENT_BYTES
    return {"TMPDIR": str(MEMORY)} if lent else {}


def _known_to_git() -> list[Path]:
    # safe.directory: the gate may run as another user than the one who owns the checkout.
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "-co", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    return [Path(os.fsdecode(name)) for name in listed.split(b"\0") if name]


def _walked() -> list[Path]:
    """Return the files of an unpacked archive, which git cannot list."""
    found: list[Path] = []
    for folder, below, names in os.walk(ROOT):
        below[:] = [name for name in below if name[0] != "." and name not in NEVER_OURS]
        kept = [name for name in names if name[0] != "." and name[-3:] != ".mo"]
        found += [Path(folder, name).relative_to(ROOT) for name in kept]
    return found
