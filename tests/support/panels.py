"""A clinic with a gas panel, over a serial line or over Modbus TCP, and the panel itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from clinics import BED, Clinic

from daemon.clock import SystemClock
from devices.modbus.simulator import PanelSimulator
from firmware_bridge.gateway import held
from vagt.end import Manner, emit

PANEL = "simulated-panel"


@dataclass
class Panel:
    """A panel at its port, with a cable that may be pulled."""

    port: str
    simulator: PanelSimulator = field(default_factory=PanelSimulator)
    cable: bool = True


@asynccontextmanager
async def plugged(panel: Panel, *, byte_by_byte: bool = False) -> AsyncIterator[Panel]:
    """Be the panel on the test's own loop while the context lasts."""
    there = asyncio.Event()
    task = asyncio.create_task(
        emit(
            panel.port,
            panel.simulator,
            SystemClock(),
            cable_in=lambda _: panel.cable,
            manner=Manner(byte_by_byte),
            ready=lambda _: there.set(),
        )
    )
    waiting = asyncio.create_task(there.wait())
    await asyncio.wait([task, waiting], return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    try:
        yield panel
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def free() -> str:
    """Return an address of this machine where nothing is served just now."""
    with held() as found:
        return found


def port(carrier: str, folder: Path) -> str:
    """Return where a panel can be plugged in: a path for `serial`, an address for `tcp`."""
    return free() if carrier == "tcp" else str(folder / "tty-gas")


def clinic(root: Path, port: str, map_: str = PANEL) -> Clinic:
    """Write a clinic of one bed with a gas panel and nothing else."""
    made = Clinic(root)
    made.config.write_text(
        f"""
[site]
name = "Klinik Nord"
code = "KN"

[[bed]]
name = "{BED}"

[[device]]
name = "gas"
protocol = "modbus"
port = "{port}"
bed = "{BED}"

[device.options]
map = "{map_}"

[data]
dir = "{made.data}"

[socket]
path = "{made.socket}"

[sound]
off = true
"""
    )
    return made
