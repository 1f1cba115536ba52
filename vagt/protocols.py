"""`vagt protocols`: what can be read, and how far it is to be trusted."""

from __future__ import annotations

import argparse
from typing import Any

from devices.catalogue import PROTOCOLS
from devices.contract import ProtocolEntry
from vagt import output

HEADINGS = ("PROTOCOL", "MODALITY", "LINE", "MEASURES", "WAVES", "EVIDENCE", "USE", "CHECK")
NOTHING = "-"
CHECKED, UNCHECKED = "checked", "no checksum"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the form."""
    parser.add_argument("--json", action="store_true", help="one JSON document")


def run(arguments: argparse.Namespace) -> int:
    """Print the catalogue."""
    if arguments.json:
        output.json_line({"protocols": [_document(entry) for entry in PROTOCOLS.values()]})
    else:
        _print_table([HEADINGS, *map(_row, PROTOCOLS.values())])
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
    }


def _row(entry: ProtocolEntry) -> tuple[str, ...]:
    return (
        entry.name,
        ", ".join(entry.modalities) or NOTHING,
        str(entry.line),
        ", ".join(entry.measures) or NOTHING,
        ", ".join(entry.channels) or NOTHING,
        entry.evidence,
        entry.standing,
        CHECKED if entry.checked else UNCHECKED,
    )


def _print_table(rows: list[tuple[str, ...]]) -> None:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        output.line("  ".join(cells).rstrip())
