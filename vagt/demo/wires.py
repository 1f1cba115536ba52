"""The two ways to run a simulated clinic: as separate processes, or on one event loop."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from importlib.metadata import version
from typing import Protocol

from daemon import config, rulebook
from daemon.app import Daemon
from daemon.clock import local_date
from devices.simulated.catalogue import SIMULATORS
from devices.simulated.rows import DeviceRow
from devices.simulated.troubles import Troubled
from vagt.demo.clinic import Clinic
from vagt.demo.fast import Fast
from vagt.end import Manner, emit
from vitals.clock import Clock

VAGT = (sys.executable, "-P", "-m", "vagt")
"""This very installation, whatever folder we stand in."""
FAST_TICK_S = 0.1
"""How often a device acts on one loop: seldom enough to be fast, often enough for every answer."""


class Wire(Protocol):
    """A clinic that can be brought up: first its daemon, then its devices."""

    clinic: Clinic
    clock: Clock

    def daemon(self) -> AbstractAsyncContextManager[None]:
        """Run the daemon while the context lasts."""
        ...

    def devices(self) -> AbstractAsyncContextManager[None]:
        """Run the simulators while the context lasts."""
        ...


class Processes:
    """Daemon and simulators as the processes they are in a clinic, joined by their ports alone."""

    def __init__(self, clinic: Clinic, clock: Clock, *, byte_by_byte: bool) -> None:
        self.clinic = clinic
        self.clock = clock
        self._options = ["--byte-by-byte"] if byte_by_byte else []

    @asynccontextmanager
    async def daemon(self) -> AsyncIterator[None]:
        """Start `vagt run`; its log goes into the clinic's folder."""
        with self.clinic.log.open("wb") as log:
            process = await asyncio.create_subprocess_exec(
                *VAGT, "run", "--config", str(self.clinic.config), stderr=log
            )
            try:
                yield
            finally:
                await _stopped(process)

    @asynccontextmanager
    async def devices(self) -> AsyncIterator[None]:
        """Start one `vagt simulate` a device and wait until each port is there."""
        async with AsyncExitStack() as stack:
            for device in self.clinic.story.devices:
                process = await self._simulator(device)
                stack.push_async_callback(_stopped, process)
            yield

    async def _simulator(self, device: DeviceRow) -> asyncio.subprocess.Process:
        process = await asyncio.create_subprocess_exec(
            *VAGT,
            "simulate",
            device.protocol,
            *("--link", self.clinic.ports[device.name]),
            *("--scenario", self.clinic.story.name),
            *self._options,
            stdout=asyncio.subprocess.PIPE,
        )
        if process.stdout is not None:
            await process.stdout.readline()
        return process


class OneLoop:
    """Daemon and simulators on one event loop and its clock, over real ports and sockets."""

    def __init__(self, clinic: Clinic, fast: Fast, *, byte_by_byte: bool) -> None:
        self.clinic = clinic
        self.clock: Clock = fast.clock
        self._fast = fast
        self._byte_by_byte = byte_by_byte

    @asynccontextmanager
    async def daemon(self) -> AsyncIterator[None]:
        """Run the daemon as a task."""
        ready = asyncio.Event()
        settings = config.read(self.clinic.config)
        rows = rulebook.chosen(settings, local_date(self.clock.now()))
        daemon = Daemon(settings, rows, self.clock, version("vagt"), self._fast.outside())
        async with asyncio.TaskGroup() as group:
            task = group.create_task(daemon.run(ready.set), name="daemon")
            await ready.wait()
            try:
                yield
            finally:
                task.cancel()

    @asynccontextmanager
    async def devices(self) -> AsyncIterator[None]:
        """Run one far end a device as a task."""
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._pumped(d)) for d in self.clinic.story.devices]
            try:
                yield
            finally:
                for task in tasks:
                    task.cancel()

    async def _pumped(self, device: DeviceRow) -> None:
        story, port = self.clinic.story, self.clinic.ports[device.name]
        simulator = SIMULATORS[device.protocol](story.patient(device.bed), 0)
        await emit(
            port,
            Troubled(simulator, story.trouble(device.name)),
            self.clock,
            cable_in=lambda elapsed_s: story.cable_in(device.name, elapsed_s),
            manner=Manner(self._byte_by_byte, FAST_TICK_S, self._fast.tallies.of(port)),
        )


async def _stopped(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.terminate()
    await process.wait()
