"""A server away for an hour or frozen, a drain that is killed: each point once, in the end."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from checkout import ROOT, plain_environment
from engines import Found, Victoria, victoria
from manual import until
from tides import outbox, tide

from daemon.clock import SystemClock
from telemetry.draining import Draining
from telemetry.outbox import Outbox
from telemetry.schema import Sink
from telemetry.series import Point
from telemetry.settings import Server
from telemetry.standing import Link, Standing

HOUR_S = 3600
WITHIN_S = 45.0


def committed(points: list[Point]) -> Found:
    """Return points as the engine tells them."""
    return {
        (
            f"{point.series.measurement}_{point.series.field}",
            tuple(sorted((("site", "KN"), *point.series.tags))),
            point.at,
            point.value,
        )
        for point in points
    }


def settings(tmp_path: Path, url: str) -> Server:
    token = tmp_path / "token"
    token.write_text("secret")
    return Server(url=url, org="clinic", bucket="vitals", token_file=token, timeout_s=2.0)


async def drained(box: Outbox, server: Server, standing: Standing) -> None:
    """Let the real life of the sink go on until nothing is owed."""
    life = asyncio.create_task(Draining(box, server, "KN", SystemClock(), standing).live())
    try:
        async with asyncio.timeout(WITHIN_S):
            while (await box.owed(Sink.INFLUXDB)).count:
                await asyncio.sleep(0.02)
    finally:
        life.cancel()
        await asyncio.wait([life])


async def arrived(engine: Victoria, points: list[Point]) -> None:
    """Wait until the engine shows what it has: a second after it took it."""
    wanted = committed(points)
    async with asyncio.timeout(WITHIN_S):
        while await asyncio.to_thread(engine.points) != wanted:
            await asyncio.sleep(0.2)


@pytest.mark.timeout(120)
async def test_after_an_hour_without_its_server_every_committed_point_is_there_once(
    tmp_path: Path,
) -> None:
    engine, standing = Victoria(tmp_path / "engine"), Standing()
    server = settings(tmp_path, engine.url)
    points = list(tide(HOUR_S, beds=1))
    async with outbox(tmp_path) as box:
        life = asyncio.create_task(Draining(box, server, "KN", SystemClock(), standing).live())
        for second in range(0, HOUR_S, 60):
            for point in points[second * 6 : (second + 60) * 6]:
                box.put(point)
            await box.flush()
        await until(lambda: standing.link is Link.DOWN, WITHIN_S)
        life.cancel()
        await asyncio.wait([life])
        assert (await box.owed(Sink.INFLUXDB)).count == len(points)
    await asyncio.to_thread(engine.start)
    try:
        async with outbox(tmp_path) as box:  # and the daemon was started anew meanwhile
            await drained(box, server, standing)
        await arrived(engine, points)
    finally:
        engine.stop()


@pytest.mark.timeout(120)
async def test_killed_in_the_middle_of_a_drain_every_committed_point_is_there_once(
    tmp_path: Path,
) -> None:
    points = list(tide(1800, beds=2))
    async with outbox(tmp_path) as box:
        for point in points:
            box.put(point)
    chance, lives = random.Random(4), 0
    with victoria(tmp_path / "engine") as engine:
        token = settings(tmp_path, engine.url).token_file
        while True:
            lives += 1
            code = await asyncio.to_thread(one_life, tmp_path, engine.url, token, chance, lives)
            if code == 0:
                break
            assert code == -signal.SIGKILL
        assert lives > 3
        async with outbox(tmp_path) as box:
            assert (await box.owed(Sink.INFLUXDB)).count == 0
            assert await box.dead(1) == []
        await arrived(engine, points)


def one_life(folder: Path, url: str, token: Path, chance: random.Random, nth: int) -> int:
    """Run the drain until a random moment; the sixth life lasts to its end."""
    program = ROOT / "tests" / "support" / "drainer.py"
    command = [sys.executable, str(program), str(folder), url, str(token)]
    with subprocess.Popen(
        command, cwd=ROOT, env=plain_environment(), stdout=subprocess.PIPE
    ) as life:
        assert life.stdout is not None
        for _ in range(chance.randrange(1, 12)):
            life.stdout.readline()
        if nth < 6:
            life.kill()
        life.stdout.read()
    return life.returncode


@pytest.mark.timeout(120)
async def test_a_frozen_server_holds_nothing_up_and_gets_all_when_it_goes_on(
    tmp_path: Path,
) -> None:
    points, standing = list(tide(60)), Standing()
    with victoria(tmp_path / "engine") as engine:
        assert engine.process is not None
        async with outbox(tmp_path) as box:
            os.kill(engine.process.pid, signal.SIGSTOP)
            server = settings(tmp_path, engine.url)
            life = asyncio.create_task(Draining(box, server, "KN", SystemClock(), standing).live())
            for point in points:
                box.put(point)
            await box.flush()
            await until(lambda: standing.error == "no answer within 2 s", WITHIN_S)
            assert standing.link is Link.DOWN
            os.kill(engine.process.pid, signal.SIGCONT)
            await until(lambda: standing.link is Link.UP, WITHIN_S)
            life.cancel()
            await asyncio.wait([life])
            await drained(box, server, standing)
        await arrived(engine, points)
