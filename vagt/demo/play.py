"""Play a scenario: the daemon comes up, then the devices, then people act while someone watches."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from daemon.protocol.messages import Outgoing
from vagt.demo.client import Client, UnreachableError, connected
from vagt.demo.clinic import Clinic
from vagt.demo.headless import Scribe
from vagt.demo.staff import Staff
from vagt.demo.wires import VAGT, Wire
from vitals.clock import Clock
from vitals.instant import Instant

READY_S = 60.0
"""How long the daemon may take to listen, on the clock of the demo."""

Watch = Callable[[Instant], Awaitable[None]]
"""Told when the story began; returns when it has seen enough."""


async def played(wire: Wire, staff: Staff, hear: Callable[[Outgoing], None], watch: Watch) -> None:
    """Play until `watch` has seen enough, or until cancelled; `hear` hears the daemon."""
    path, clock = wire.clinic.socket, wire.clock
    async with wire.daemon(), connected(path, clock, READY_S) as client, wire.devices():
        begun = clock.now()
        try:
            async with asyncio.TaskGroup() as group:
                others = [
                    group.create_task(_listen(client, hear), name="listen"),
                    group.create_task(staff.act(client, begun), name="staff"),
                ]
                await watch(begun)
                for task in others:
                    task.cancel()
        except BaseExceptionGroup as group:
            raise group.exceptions[0] from group


def printing(scribe: Scribe, clock: Clock, seconds: float | None) -> Watch:
    """Print the readings once a second, for `seconds` or for ever."""

    async def watch(begun: Instant) -> None:
        second = 0
        while seconds is None or second < seconds:
            second += 1
            until_s = second if seconds is None else min(second, seconds)
            await clock.sleep(max(0.0, until_s - clock.now().seconds_since(begun)))
            scribe.second()

    return watch


def dashboard(clinic: Clinic, language: str, clock: Clock, seconds: float | None) -> Watch:
    """Show the real dashboard on this terminal until it is closed, or `seconds` have passed."""

    async def watch(_: Instant) -> None:
        process = await asyncio.create_subprocess_exec(
            *VAGT, "show", "--socket", str(clinic.socket), "--lang", language
        )

        async def close() -> None:
            if seconds is not None:
                await clock.sleep(seconds)
                process.terminate()

        try:
            async with asyncio.TaskGroup() as group:
                closing = group.create_task(close(), name="close")
                await process.wait()
                closing.cancel()
        finally:
            if process.returncode is None:
                process.terminate()
                await process.wait()

    return watch


async def _listen(client: Client, hear: Callable[[Outgoing], None]) -> None:
    async for message in client.messages():
        hear(message)
    raise UnreachableError("the daemon hung up")
