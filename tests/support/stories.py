"""Scenarios played headless, faster than life; each is played once a session."""

from __future__ import annotations

import json
import os
import subprocess
from datetime import datetime
from functools import cache
from typing import Any

from checkout import beside_the_disk, plain_environment
from clinics import VAGT

BEGIN = datetime.fromisoformat("2026-11-23T07:00:00.000Z")
"""When every such run begins."""
Line = dict[str, Any]


@cache
def story(scenario: str, *options: str) -> tuple[Line, ...]:
    """Return the lines of a scenario."""
    lines = simulated("--scenario", scenario, "--speed", "60", *options)
    return tuple(json.loads(line) for line in lines)


def simulated(*options: str, measured: bool = False) -> list[str]:
    """Return what a simulation prints, to its end and without a fault.

    Its coverage is counted only when it is `measured`, which makes it four times slower.
    """
    done = subprocess.run(
        [*VAGT, "demo", "--headless", *options],
        env={**(os.environ if measured else plain_environment()), **beside_the_disk()},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def of(lines: tuple[Line, ...], kind: str, **fields: Any) -> list[Line]:
    wanted = {"kind": kind, **fields}
    return [line for line in lines if wanted.items() <= line.items()]


def second(line: Line) -> float:
    """Return at which second of the scenario a line was told."""
    return (datetime.fromisoformat(line["at"]) - BEGIN).total_seconds()
