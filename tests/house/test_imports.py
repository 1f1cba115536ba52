"""What a program really loads, which the static contracts cannot see."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from checkout import modules, plain_environment, rooms

OUTWARD = {"aiomqtt", "influxdb_client", "pymodbus", "serial"}
SCREEN = {"rich", "textual"}


PURE = OUTWARD | SCREEN | {"asyncio", "socket", "sqlite3", "subprocess"}


@pytest.mark.parametrize(
    ("room", "never"),
    [
        ("tui", OUTWARD | {"monitoring", "sqlite3"}),
        ("daemon", SCREEN | {"devices.simulated"}),
        ("monitoring", PURE),
        ("checklists", PURE),
        ("vitals", PURE),
    ],
)
def test_a_room_loads_only_what_it_is_for(room: str, never: set[str], tmp_path: Path) -> None:
    assert loaded_by(modules(room), tmp_path) & never == set()


def test_the_command_line_loads_no_room_before_it_knows_the_verb(tmp_path: Path) -> None:
    never = OUTWARD | SCREEN | set(rooms()) - {"vagt"} | {"asyncio", "sqlite3"}
    assert loaded_by(["vagt.main"], tmp_path) & never == set()


def test_the_protocol_costs_a_client_no_machinery(tmp_path: Path) -> None:
    never = PURE | {"words"}
    assert loaded_by(["daemon.protocol.codec"], tmp_path) & never == set()


def loaded_by(names: list[str], folder: Path) -> set[str]:
    """Return every module in memory after a fresh interpreter has imported `names`."""
    # -I: neither the checkout nor a person's own settings come before what is installed.
    code = f"import sys, {', '.join(names)}\nprint(*sys.modules)"
    run = subprocess.run(
        [sys.executable, "-I", "-W", "error", "-c", code],
        cwd=folder,
        env=plain_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return set(run.stdout.split())
