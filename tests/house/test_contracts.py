"""Each import contract is broken on purpose: one that cannot break protects nothing."""

from __future__ import annotations

import re
import shutil
import subprocess
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from checkout import ROOT, contracts, plain_environment, python_files, rooms

LINT = Path(sysconfig.get_path("scripts"), "lint-imports")
CONTRACTS = [str(contract["name"]) for contract in contracts()]


@dataclass(frozen=True, slots=True)
class Plant:
    """One import that a contract forbids; a file that exists gets it as its last line."""

    contract: str
    file: str
    line: str


PLANTS = [
    Plant("Rooms are stacked", "vitals/planted.py", "import checklists"),
    Plant("Rooms are stacked", "devices/planted.py", "import monitoring"),
    Plant("Rooms are stacked", "telemetry/planted.py", "import daemon"),
    Plant(
        "The TUI knows the daemon's protocol and nothing else of it",
        "tui/planted.py",
        "import daemon.clock",
    ),
    Plant(
        "The TUI knows the daemon's protocol and nothing else of it",
        "tui/planted.py",
        "import monitoring",
    ),
    Plant(
        "The protocol is a leaf: vitals and msgspec only",
        "daemon/protocol/planted.py",
        "import daemon.clock",
    ),
    Plant(
        "The protocol is a leaf: vitals and msgspec only",
        "daemon/protocol/planted.py",
        "import words",
    ),
    Plant(
        "The rule room and the checklists touch no IO, no clock, no tasks, no secret",
        "monitoring/planted.py",
        "from pathlib import Path",
    ),
    Plant(
        "The rule room and the checklists touch no IO, no clock, no tasks, no secret",
        "checklists/planted.py",
        "import random",
    ),
    Plant("Rules and drivers carry no words", "devices/planted.py", "import words"),
    Plant("Codecs and drivers are sans-IO", "devices/planted/wire.py", "import time"),
    Plant(
        "Codecs and drivers are sans-IO",
        "devices/planted/driver.py",
        "import firmware_bridge.serial_link",
    ),
    Plant(
        "The receive buffer, the settings, the checksums and the captures are sans-IO",
        "firmware_bridge/checksum.py",
        "import socket",
    ),
    Plant(
        "Device families do not know each other",
        "devices/planted/driver.py",
        "import devices.nonin",
    ),
    Plant(
        "Simulators are known to the command line alone",
        "daemon/planted.py",
        "import devices.simulated",
    ),
    Plant("Only the bridge speaks serial and Modbus", "vagt/planted.py", "import serial"),
    Plant("Only telemetry speaks MQTT and InfluxDB", "daemon/planted.py", "import aiomqtt"),
    Plant("Only the server of the browser speaks HTTP", "daemon/planted.py", "import aiohttp"),
    Plant("Only the seal of a backup speaks age", "daemon/backup/planted.py", "import pyrage"),
    Plant("Only the TUI speaks Textual", "vagt/planted.py", "from textual.app import App"),
    Plant("Telemetry knows events, not devices", "telemetry/planted.py", "import devices"),
    Plant(
        "Only the FHIR of a report speaks FHIR",
        "vagt/report/planted.py",
        "from fhir.resources.R4B.bundle import Bundle",
    ),
    Plant(
        "Only the report and the export speak document formats",
        "daemon/planted.py",
        "from jinja2 import Environment",
    ),
]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the rooms that may be spoiled."""
    folder = tmp_path_factory.mktemp("copy")
    for path in [Path("pyproject.toml"), *python_files()]:
        if path.parts[0] in {"pyproject.toml", *rooms()}:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / path, folder / path)
    return folder


def test_every_contract_has_a_planted_violation() -> None:
    assert {plant.contract for plant in PLANTS} == set(CONTRACTS)


def test_every_contract_holds_in_the_tree_as_it_is(copy: Path) -> None:
    assert verdicts(copy) == dict.fromkeys(CONTRACTS, "KEPT")


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: f"{plant.file}: {plant.line}")
def test_a_planted_violation_breaks_exactly_its_contract(copy: Path, plant: Plant) -> None:
    with planted(copy, plant):
        broken = {name for name, verdict in verdicts(copy).items() if verdict == "BROKEN"}
    assert broken == {plant.contract}


@contextmanager
def planted(copy: Path, plant: Plant) -> Iterator[None]:
    """Keep the violation in the copy for the length of the block."""
    file = copy / plant.file
    before = file.read_text() if file.exists() else None
    file.parent.mkdir(exist_ok=True)
    (file.parent / "__init__.py").touch()
    file.write_text(f"{before or ''}\n{plant.line}\n")
    try:
        yield
    finally:
        uprooted(file, before)


def uprooted(file: Path, before: str | None) -> None:
    """Put the copy back as it was."""
    if before is not None:
        file.write_text(before)
    elif file.parent.name == "planted":
        shutil.rmtree(file.parent)
    else:
        file.unlink()


def verdicts(folder: Path) -> dict[str, str]:
    """Return what import-linter says of each contract in `folder`."""
    run = subprocess.run(
        [LINT, "--no-cache"],
        cwd=folder,
        env={**plain_environment(), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    found = dict(re.findall(r"^(.+) (KEPT|BROKEN)\b", run.stdout, re.MULTILINE))
    assert found, run.stdout + run.stderr
    return found
