"""A file that is written beside its place and put there whole, for its owner alone."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from vagt.main import UsageError

OWNER = 0o600


def placed(file: Path, write: Callable[[Path], Any]) -> Any:  # noqa: ANN401 - what `write` returns
    """Return what `write` comes to; UsageError where the file cannot be there.

    Only a file takes the place of a file: a device, a pipe or a link stays what it is.
    """
    if not file.name or file.is_symlink() or (file.exists() and not file.is_file()):
        raise UsageError(f"{file}: is no file: name one by -o")
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        beside.touch(OWNER, exist_ok=False)
        found = write(beside)
        beside.replace(file)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UsageError(f"{file}: {reason}: choose another place by -o") from error
    finally:
        beside.unlink(missing_ok=True)
    return found
