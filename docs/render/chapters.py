"""docs/rules.md: every rule row, to be read by a clinician."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bounds import bounds
from delegated import delegated
from hours import hours
from injecting import injecting
from names import people
from obligations import LIMITS, services, withdrawn
from reaching import reaching
from rowset import RULES, documents
from shares import shares
from sheets import UNAPPROVED, Shelf
from silence import silence
from sounding import tones
from starting import starting
from surgery import procedures
from taken import RenderError, Taken
from timings import durations
from training import competence
from treatments import steroids, treatments
from watch import alarms, limits

PAGE = "rules.md"
Chapter = Callable[[Taken, Shelf], Iterator[str] | list[str]]
SERVICES = "service_"
CHAPTERS: tuple[tuple[str, str, Chapter], ...] = (
    ("durations.toml", "Durations", durations),
    ("procedures.toml", "Procedures of ear, nose and throat doctors (Bilag 2)", procedures),
    ("treatments.toml", LIMITS, treatments),
    ("injection.toml", "The course of an injection", injecting),
    ("delegation.toml", "Injections that somebody else gives", delegated),
    ("steroids.toml", "Steroids", steroids),
    ("competence.toml", "Training", competence),
    ("withdrawn.toml", "Codes that are withdrawn", withdrawn),
    ("gate.toml", "The start check", starting),
    ("roles.toml", "Who may say what", people),
    ("reach.toml", "Who can be called", reaching),
    ("typed.toml", "Numbers that are typed", bounds),
    ("course.toml", "Late, early and quiet", hours),
    ("coverage.toml", "How much must be watched", shares),
    ("limits.toml", "Alarm limits by age", limits),
    ("alarms.toml", "Alarms", alarms),
    ("signals.toml", "Sound, pauses and calls", silence),
    ("tones.toml", "What an alarm sounds like", tones),
)
HEAD = f"""# The rules

*Made by `make docs` from the files of `monitoring/rules/`; a change belongs there.*

Every rule that Vagt holds a case to, for the doctor who answers for it. Contract rules say what the
service descriptions say; advice is what peers ask beyond them and never makes a case non-compliant.
{UNAPPROVED} marks what is Vagt's own reading or figure and has no doctor's name
under it yet; it is active and shown as such. *Italics* are the Danish as printed.

A number in square brackets is a document of the list at the end.
"""


def rules_page(folder: Path = RULES) -> str:
    """Return the page, or raise RenderError for a file or a key that no chapter tells of."""
    files = documents(folder)
    heads = {name: tables for name, tables in files.items() if name.startswith(SERVICES)}
    shelf = Shelf(_names(heads))
    known = {name for name, _, _ in CHAPTERS}
    if strange := sorted(files.keys() - heads.keys() - known):
        raise RenderError(f"{', '.join(strange)}: no chapter tells of it")
    lines = [*_titled("Services", services(heads, shelf))]
    for name, title, chapter in CHAPTERS:
        if name in files:
            lines += _titled(title, chapter(Taken(files[name], name), shelf))
    return _tidy([HEAD, *lines, *_titled("Documents", shelf.listed())])


def _names(heads: dict[str, dict[str, Any]]) -> dict[str, str]:
    """Return the English name of each service by its code."""
    named = [tables.get("service", {}) for tables in heads.values()]
    return {one["code"]: one["label"]["en"] for one in named if {"code", "label"} <= one.keys()}


def _titled(title: str, lines: Iterator[str] | list[str]) -> list[str]:
    return [f"## {title}", "", *lines, ""]


def _tidy(lines: list[Any]) -> str:
    """Return the lines as one text, with never more than one empty line."""
    told = "\n".join(lines).splitlines()
    return (
        "\n".join(
            line.rstrip()
            for n, line in enumerate(told)
            if line.strip() or (n and told[n - 1].strip())
        ).strip()
        + "\n"
    )
