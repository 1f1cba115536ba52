"""A PIN, typed where nobody sees it or read from a file: never from an argument, which others see.

`ps` and a shell's history show arguments.
"""

from __future__ import annotations

import re
import sys
from getpass import getpass
from pathlib import Path

from vagt import prompt
from vagt.main import UsageError

LISTED = "read the PIN from this file, which only you may read, or - for the input"
OTHERS = 0o077
"""Of a file's mode: what others may do with it."""
FORM = re.compile(r"[0-9]{4,12}")


def pin(file: str | None, question: str) -> str:
    """Return the PIN of a file, or the one that is typed; UsageError where neither is one."""
    if file is not None:
        return _checked(_kept(file), file)
    if not prompt.at_terminal():
        raise UsageError("a PIN is asked for, and nobody is at a terminal: name --pin-file")
    return _checked(getpass(f"{question}: "), "what was typed")


def twice(file: str | None) -> str:
    """Return a new PIN: of a file, or typed twice alike; UsageError where it is not."""
    chosen = pin(file, "new PIN")
    if file is None and pin(None, "the same again") != chosen:
        raise UsageError("the two were not the same: nothing was changed, begin again")
    return chosen


def _kept(file: str) -> str:
    if file == "-":
        return sys.stdin.readline()
    path = Path(file)
    try:
        if path.stat().st_mode & OTHERS:
            raise UsageError(f"{file}: others may read it: chmod 600 {file}, and choose a new PIN")
        return path.read_text()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UsageError(f"{file}: {reason}: name a file that you may read") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{file}: is no text: write the PIN alone into it") from error


def _checked(text: str, where: str) -> str:
    """Return the digits; the line that refuses them does not say them."""
    digits = text.strip()
    if not FORM.fullmatch(digits):
        raise UsageError(f"{where}: is no PIN: 4 to 12 digits, and nothing else")
    return digits
