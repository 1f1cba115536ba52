"""docs/monitors.md says of every protocol what the catalogue says."""

from __future__ import annotations

import re

import pytest
from checkout import ROOT

from devices.catalogue import PROTOCOLS
from devices.wiring import WIRING

UNCHECKED = "ingen kontrolsum"


def section(heading: str) -> list[list[str]]:
    """Return the cells of a section's table, its heading left out."""
    text = (ROOT / "docs/monitors.md").read_text("utf-8")
    under = re.split(r"^#+ ", text, flags=re.MULTILINE)
    (found,) = (part for part in under if part.startswith(heading))
    rows = [line for line in found.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[2:]]


def named(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def listed(names: tuple[str, ...]) -> str:
    return ", ".join(names) or "–"


CAPABILITIES = {named(row[0])[0]: row[1:] for row in section("Monitors")}


def test_every_protocol_stands_in_the_table_in_the_order_of_the_catalogue() -> None:
    assert list(CAPABILITIES) == list(PROTOCOLS)


@pytest.mark.parametrize("name", PROTOCOLS)
def test_the_table_says_what_the_catalogue_says(name: str) -> None:
    entry = PROTOCOLS[name]
    numbers = "what its register map names" if entry.mapped else listed(entry.measures)
    *said, check = CAPABILITIES[name]
    assert said == [
        listed(entry.modalities),
        numbers,
        listed(entry.channels),
        str(entry.line),
        entry.evidence,
        entry.standing,
    ]
    assert (check != UNCHECKED) == entry.checked


def test_every_protocol_is_wired_in_one_row() -> None:
    wired = [name for row in section("Wiring") for name in named(row[0])]
    assert sorted(wired) == sorted(PROTOCOLS)


def test_the_command_line_says_the_same_of_the_wiring() -> None:
    written = {name: row[3] for row in section("Wiring") for name in named(row[0])}
    assert written == WIRING


def test_no_cell_of_the_wiring_is_empty() -> None:
    assert [row for row in section("Wiring") if len(row) != 4 or not all(row)] == []
