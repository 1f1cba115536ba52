"""Two runs of a scenario faster than life say the same, whatever else the machine does."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from stories import simulated

SPEED = 30


@contextmanager
def loaded() -> Iterator[None]:
    """Keep both processors of a small machine busy."""
    spinning = ["nice", sys.executable, "-c", "while True: pass"]
    spinners = [subprocess.Popen(spinning) for _ in range(2)]
    try:
        yield
    finally:
        for spinner in spinners:
            spinner.kill()
            spinner.wait()


def told(*options: str, measured: bool = False) -> list[str]:
    """Return the lines of a run, the reached speed taken out of the last."""
    *lines, last = simulated("--speed", str(SPEED), *options, measured=measured)
    summary = json.loads(last)
    assert 1 < summary.pop("speed") <= SPEED
    return [*lines, json.dumps(summary)]


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    "options",
    [
        ("--scenario", "desaturation", "--seconds", "40"),
        ("--scenario", "desaturation", "--seconds", "12", "--byte-by-byte"),
        ("--scenario", "full-bed", "--seconds", "70"),
    ],
    ids=["cables", "byte by byte", "every wire"],
)
def test_two_runs_say_the_same_also_on_a_busy_machine(options: tuple[str, ...]) -> None:
    first = told(*options, measured=True)
    assert len(first) > 10
    assert told(*options) == first
    with loaded():
        assert told(*options) == first
