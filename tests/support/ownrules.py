"""A clinic with rule files of its own, and what is wrong with the set that it wants."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from clinics import clinic

from daemon import config, rulebook
from daemon.library import shipped
from vitals.rows import RowsError

TODAY = date(2026, 11, 22)
FILES = shipped()
Wanted = Callable[..., tuple[str, ...]]
"""Takes the texts of files by their names without `.toml`."""


def wanting(folder: Path) -> Wanted:
    """Return what tells the faults of the set of a clinic in a folder that has these files."""
    (folder / "own").mkdir()
    settings = config.read(clinic(folder, extra='[rules]\ndir = "own"\n').config)

    def faults(**files: str) -> tuple[str, ...]:
        for name, text in files.items():
            (folder / "own" / f"{name}.toml").write_text(text)
        try:
            rulebook.wanted(settings, TODAY)
        except RowsError as error:
            return tuple(line.replace(f"{folder}/own/", "own/") for line in error.errors)
        return ()

    return faults


def edited(name: str, *changes: tuple[str, str]) -> str:
    """Return a shipped file with texts in it replaced, each once."""
    text = FILES[f"{name}.toml"].text
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text
