"""A monitor whose adapter is in doubt, or elsewhere, is lost until a person says where it is."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
from clinics import Clinic, Ear, clinic, ear
from sockets import Machine
from talkers import talking

from daemon import config, library
from daemon.app import Daemon
from daemon.clock import SystemClock
from daemon.outside import Outside
from daemon.supervision import MENDING_S

LONG_S = MENDING_S + 1.5
"""So long that every port was tried once more."""


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "root")


@asynccontextmanager
async def watched(place: Clinic, machine: Machine) -> AsyncIterator[Ear]:
    """Run a daemon whose machine has these sockets, while two monitors talk."""
    outside = Outside(root=machine.root)
    one = Daemon(config.read(place.config), library.load(), SystemClock(), "1", outside)
    task = asyncio.create_task(one.run(lambda: None))
    try:
        async with ear(place) as hears:
            yield hears
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def configured(root: Path, port: str) -> Clinic:
    place = clinic(root)
    place.config.write_text(place.config.read_text().replace(str(place.port), port))
    return place


def state(hears: Ear) -> tuple[str, str | None]:
    said = hears.of("device")
    return (said[-1]["state"], said[-1]["fault"]) if said else ("", None)


async def listen(hears: Ear, seconds: float) -> None:
    beats = len(hears.of("beat"))
    await hears.hear(lambda: len(hears.of("beat")) >= beats + seconds, within_s=seconds + 5)


async def test_a_shared_name_is_lost_says_why_and_is_not_taken_up_when_one_twin_is_left(
    machine: Machine, tmp_path: Path
) -> None:
    ours, other = tmp_path / "ours", tmp_path / "other"
    place = configured(tmp_path, machine.id("0001"))
    async with talking([(ours, "nonin-df2"), (other, "nonin-df2")]):
        await asyncio.sleep(0.1)
        machine.plug("ttyUSB0", "1.1", serial="0001", to=os.path.realpath(ours))
        async with watched(place, machine) as hears:
            await hears.hear(lambda: state(hears) == ("receiving", None))
            machine.plug("ttyUSB1", "1.2", serial="0001", to=os.path.realpath(other))
            await listen(hears, 2)
            assert state(hears) == ("receiving", None)
            machine.pull("ttyUSB0")
            await cut(ours)
            await hears.hear(lambda: state(hears) == ("lost", "ambiguous"))
            await listen(hears, LONG_S)
            assert state(hears) == ("lost", "ambiguous")
            reason = hears.of("device")[-1]["reason"]
            assert reason.startswith(f"two adapters call themselves {machine.id('0001')}: name it")
            assert machine.path("1.2") in reason


async def test_an_adapter_in_another_socket_is_taken_up_when_a_person_says_so_and_not_before(
    machine: Machine, tmp_path: Path
) -> None:
    monitor = tmp_path / "monitor"
    place = configured(tmp_path, machine.path("1.1"))
    async with talking([(monitor, "nonin-df2")]):
        await asyncio.sleep(0.1)
        machine.plug("ttyUSB0", "1.4", to=os.path.realpath(monitor))
        async with watched(place, machine) as hears:
            await listen(hears, LONG_S)
            assert state(hears) == ("lost", "missing")
            answer = await hears.ask("assign", device="nonin", port=machine.path("1.4"))
            assert answer["result"] == "recorded"
            await hears.hear(lambda: state(hears) == ("receiving", None))


async def cut(port: Path) -> None:
    """Pull the far end of a pseudo-terminal, as the pump of `talking` would."""
    for task in asyncio.all_tasks():
        if task.get_name() == str(port):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
