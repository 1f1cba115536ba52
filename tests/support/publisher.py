"""Tells a broker that it is there until it is killed: `publisher.py FOLDER SETTINGS`."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import msgspec
from tides import outbox

from daemon.clock import SystemClock
from telemetry import topics
from telemetry.payloads import Beat
from telemetry.publishing import Publishing
from telemetry.schema import Sink
from telemetry.settings import Broker


def path(kind: type, value: Any) -> Any:
    return kind(value)


async def publish(folder: Path, settings: Broker) -> None:
    async with outbox(folder, {Sink.MQTT}) as box:
        root = topics.root(settings, "KN")
        await Publishing(box, settings, root, Beat("", "0.1.0"), SystemClock()).live()


if __name__ == "__main__":
    told = msgspec.convert(msgspec.json.decode(sys.argv[2]), Broker, dec_hook=path)
    asyncio.run(publish(Path(sys.argv[1]), told))
