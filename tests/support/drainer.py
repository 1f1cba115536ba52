"""Drains an outbox to a server until nothing is owed: `drainer.py FOLDER URL TOKEN_FILE`."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from tides import outbox

from daemon.clock import SystemClock
from telemetry.draining import Draining
from telemetry.schema import Sink
from telemetry.settings import Server
from telemetry.standing import Standing


async def drain(folder: Path, url: str, token: Path) -> None:
    async with outbox(folder) as box, asyncio.TaskGroup() as group:
        server = Server(url=url, org="clinic", bucket="vitals", token_file=token)
        draining = Draining(box, server, "KN", SystemClock(), Standing())
        draining._size.rows = 500
        task = group.create_task(draining.live())
        while (await box.owed(Sink.INFLUXDB)).count:
            sys.stdout.write("owed\n")
            sys.stdout.flush()
            await asyncio.sleep(0.005)
        task.cancel()


if __name__ == "__main__":
    asyncio.run(drain(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])))
