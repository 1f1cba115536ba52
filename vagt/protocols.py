"""`vagt protocols`: what can be read, how its line is set, and how far it may be trusted."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import Any

from devices.catalogue import PROTOCOLS
from devices.contract import ProtocolEntry
from devices.wiring import WIRING
from vagt import output

HEADINGS = ("PROTOCOL", "LINE", "EVIDENCE", "USE", "CHECK")
CHECKED, UNCHECKED = "checked", "no checksum"
MAPPED = "whatever its register map names"
WIDTH = 80
INDENT = "    "
LEGEND = """
EVIDENCE  capture: bytes recorded from a device; document: the maker's;
          several: public programs that agree; one: one public program
USE       bench: not made for patients, or not proven on them
CHECK     checked: each frame carries a sum, or is text of a fixed form
          no checksum: a damaged byte can show a wrong plausible number;
          never found out from bytes: a person chooses it
wiring    at the Raspberry Pi; plugs and menus at the monitor: docs/monitors.md
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the form."""
    parser.add_argument("--json", action="store_true", help="one JSON document")


def run(arguments: argparse.Namespace) -> int:
    """Print the catalogue."""
    entries = PROTOCOLS.values()
    if arguments.json:
        output.json_line({"protocols": [_document(entry) for entry in entries]})
        return 0
    rows = [HEADINGS, *map(_row, entries)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    output.line(_aligned(HEADINGS, widths))
    for entry in entries:
        output.line(_aligned(_row(entry), widths))
        for line in _gives(entry):
            output.line(line)
    output.line(LEGEND.rstrip())
    return 0


def _document(entry: ProtocolEntry) -> dict[str, Any]:
    return {
        "name": entry.name,
        "modalities": entry.modalities,
        "line": str(entry.line),
        "measures": entry.measures,
        "channels": entry.channels,
        "quiet_s": entry.quiet_s,
        "interval_s": round(entry.interval_s, 3),
        "evidence": entry.evidence,
        "standing": entry.standing,
        "checked": entry.checked,
        "wiring": WIRING[entry.name],
    }


def _row(entry: ProtocolEntry) -> tuple[str, ...]:
    checked = CHECKED if entry.checked else UNCHECKED
    return (entry.name, str(entry.line), entry.evidence, entry.standing, checked)


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
    return "  ".join(cells).rstrip()


def _gives(entry: ProtocolEntry) -> Iterator[str]:
    """Yield what it is for, what comes of it and how it is joined, wrapped."""
    numbers = MAPPED if entry.mapped else ", ".join(entry.measures)
    for name, text in (
        ("for", ", ".join(entry.modalities)),
        ("numbers", numbers),
        ("waves", ", ".join(entry.channels)),
        ("wiring", WIRING[entry.name]),
    ):
        first = f"{INDENT}{name:<7} "
        yield from wrap(text, WIDTH, initial_indent=first, subsequent_indent=" " * len(first))
