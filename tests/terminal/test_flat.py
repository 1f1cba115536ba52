"""A dashboard that is looked at all day takes no more memory in the evening."""

from __future__ import annotations

import asyncio
import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import cycle
from pathlib import Path

import pytest
from clinics import BED, VAGT, Clinic, clinic, daemon
from terminals import terminal

MONITORS = ("capnostat5", "ivy450c", "suntech")
"""Beside the oximeter."""
KEYS = (b"\x1bOP", b"\x1bOP", b"\x1bOP", b"w", b":", b"a", b"\x1b", b"\x1b[21~", b"t", b"\x1b[21~")
"""Help three times, a wave, the palette, the trend: each builds something and lets it go."""
MORE_KEYS = (b"\x1b[23~", b"\x1b[23~", b"\x1b[24~", b"\x1b[24~", b"\x1b[20~", b"\x1b[20~")
"""Recovery, the month, the morning: there and back."""
MOST_MIB = 3.0
"""What an allocator keeps for itself of what was let go."""


def devices(place: Clinic) -> str:
    rows = (
        f'[[device]]\nname = "{name}"\nprotocol = "{name}"\n'
        f'port = "{place.root / name}"\nbed = "{BED}"\n'
        for name in MONITORS
    )
    return "".join(rows)


@contextmanager
def simulated(place: Clinic) -> Iterator[None]:
    """Let every monitor of the bed speak on a port of its own."""
    ports = {"nonin-df2": place.port, **{name: place.root / name for name in MONITORS}}
    with ExitStack() as stack:
        for name, port in ports.items():
            words = [*VAGT, "simulate", name, "--link", str(port)]
            process = stack.enter_context(subprocess.Popen(words, stdout=subprocess.DEVNULL))
            stack.callback(process.terminate)
        yield


def resident_mib(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in status if line.startswith("VmRSS")).split()[1]) / 1024


async def grown(place: Clinic, settled_s: float, then_s: float) -> tuple[float, int]:
    """Return how much memory a dashboard in use took beyond what it settled at, and its bytes."""
    show = (*VAGT, "show", "--socket", str(place.socket), "--by", "AS")
    drawn = 0
    with simulated(place), daemon(place), terminal(*show, TERM="xterm-256color") as (shown, far):
        os.set_blocking(far, False)
        loop = asyncio.get_running_loop()

        def read() -> None:
            nonlocal drawn
            drawn += len(os.read(far, 1 << 16))

        loop.add_reader(far, read)
        keys, begun, settled = cycle((*KEYS, *MORE_KEYS)), loop.time(), 0.0
        try:
            while loop.time() - begun < settled_s + then_s:
                await asyncio.sleep(0.5)
                os.write(far, next(keys))
                if not settled and loop.time() - begun >= settled_s:
                    settled = resident_mib(shown.pid)
            assert shown.poll() is None
            return resident_mib(shown.pid) - settled, drawn
        finally:
            loop.remove_reader(far)
            os.close(far)


@pytest.mark.slow
@pytest.mark.timeout(240)
async def test_two_minutes_of_waves_and_keys_leave_its_memory_flat(tmp_path: Path) -> None:
    place = clinic(tmp_path)
    place.config.write_text(place.config.read_text() + devices(place))
    more, drawn = await grown(place, 40.0, 80.0)
    assert drawn > 1 << 20
    assert more <= MOST_MIB


@pytest.mark.proof
@pytest.mark.timeout(4200)
async def test_an_hour_of_waves_and_keys_leaves_its_memory_flat(tmp_path: Path) -> None:
    place = clinic(tmp_path)
    place.config.write_text(place.config.read_text() + devices(place))
    more, _ = await grown(place, 120.0, 3480.0)
    assert more <= MOST_MIB
