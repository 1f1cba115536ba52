"""The busy day played to its end by the real daemon, its journal kept: a demo throws it away."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

from checkout import plain_environment

SPEED = 100
DAY = date(2026, 11, 23)


def played(root: Path) -> Path:
    """Play it in a program of its own, and return the configuration that its journal is read by."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", _PLAYED, str(root), str(SPEED)],
        env=plain_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return root / "config.toml"


_PLAYED = """
import sys
from pathlib import Path

from vagt.demo import wires
from vagt.demo.clinic import clinic
from vagt.demo.fast import Fast
from vagt.demo.verb import printed
from vagt.scenarios import scenario

story = scenario("busy-day")
with clinic(Path(sys.argv[1]), story) as place:
    place.write()
    fast = Fast(float(sys.argv[2]))
    wire = wires.OneLoop(place, fast, byte_by_byte=False)
    sys.exit(printed(wire, fast.loop, story.duration_s))
"""
