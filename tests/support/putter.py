"""Puts and commits points, and says of each what is committed: `putter.py FOLDER FROM`."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from tides import BEGIN, outbox, series

from telemetry.series import Point


async def put(folder: Path, number: int) -> None:
    async with outbox(folder) as box:
        while True:
            for _ in range(100):
                number += 1
                box.put(Point(series(), BEGIN + number, float(number)))
            await box.flush()
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(put(Path(sys.argv[1]), int(sys.argv[2])))
