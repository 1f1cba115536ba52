"""Scenarios played headless, faster than life; each is played once a session."""

from __future__ import annotations

import json
import subprocess
from datetime import datetime
from functools import cache
from typing import Any

from clinics import VAGT

BEGIN = datetime.fromisoformat("2026-11-23T07:00:00.000Z")
"""When every such run begins."""
Line = dict[str, Any]


@cache
def story(scenario: str, *options: str) -> tuple[Line, ...]:
    """Return the lines of a scenario."""
    command = [*VAGT, "demo", "--headless", "--scenario", scenario, "--speed", "60", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return tuple(json.loads(line) for line in done.stdout.splitlines())


def of(lines: tuple[Line, ...], kind: str, **fields: Any) -> list[Line]:
    wanted = {"kind": kind, **fields}
    return [line for line in lines if wanted.items() <= line.items()]


def second(line: Line) -> float:
    """Return at which second of the scenario a line was told."""
    return (datetime.fromisoformat(line["at"]) - BEGIN).total_seconds()
