"""docs/doctor.md explains every finding of `vagt doctor`, and none that there is not."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator

from checkout import ROOT

from telemetry.schema import Sink
from vitals.outward import Link

PAGE = (ROOT / "docs/doctor.md").read_text("utf-8")
FILES = sorted((ROOT / "vagt/doctor").glob("*.py"))
WORKED_OUT = {
    "devices": {"device_defective", "device_lost"},
    "grabbers": set(),  # each grabber has its id
    "rules": {"activation_unusable", "sound_faint"},
    "streams": {f"{sink}_{link}" for sink in Sink for link in Link if link is not Link.UP},
}
"""Ids that stand in no call of their own, by file."""


def named() -> Iterator[tuple[str, ast.expr]]:
    """Yield the first word of every finding of the code, with the file that it stands in."""
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="Finding" | "Grabber"), args=[first, *_]):
                    yield file.stem, first
                case _:
                    pass


def ids() -> set[str]:
    plain = {first.value for _, first in named() if isinstance(first, ast.Constant)}
    return {str(name) for name in plain}.union(*WORKED_OUT.values())


def explained() -> Counter[str]:
    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", PAGE, re.MULTILINE)
    return Counter(name for row in rows for name in re.findall(r"`(\w+)`", row))


def test_every_finding_has_one_row_and_every_row_a_finding() -> None:
    assert explained() == Counter(ids())


def test_what_is_worked_out_is_worked_out_where_this_test_knows_of_it() -> None:
    found = {file for file, first in named() if not isinstance(first, ast.Constant)}
    assert found == WORKED_OUT.keys()


def test_what_each_row_says_is_whole() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| `")]
    assert [row for row in rows if len(row.strip("| ").split(" | ")) < 2] == []
