"""Somebody who listens to everything that a broker is told."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiomqtt
from brokers import PASSWORD, READER, Mosquitto

WITHIN_S = 20.0


class Subscriber:
    """What was heard, in order, each with its topic."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, bytes]] = []

    def of(self, topic: str) -> list[bytes]:
        return [payload for heard, payload in self.heard if heard == topic]

    async def until(self, topic: str, payload: bytes) -> None:
        """Wait until the newest on a topic is so."""
        async with asyncio.timeout(WITHIN_S):
            while self.of(topic)[-1:] != [payload]:
                await asyncio.sleep(0.01)


def context(broker: Mosquitto) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=broker.authority)


def reader(broker: Mosquitto) -> aiomqtt.Client:
    """Return a client that may read everything."""
    return aiomqtt.Client(
        "localhost",
        broker.port,
        username=READER,
        password=PASSWORD,
        protocol=aiomqtt.ProtocolVersion.V5,
        tls_context=context(broker),
        timeout=5,
    )


@asynccontextmanager
async def subscriber(broker: Mosquitto) -> AsyncIterator[Subscriber]:
    """Yield who hears everything from now on, and what is retained."""
    found = Subscriber()
    async with reader(broker) as client:
        await client.subscribe("#", 1)

        async def listen() -> None:
            async for message in client.messages:
                assert isinstance(message.payload, bytes)
                found.heard.append((message.topic.value, message.payload))

        task = asyncio.create_task(listen())
        try:
            yield found
        finally:
            task.cancel()
            await asyncio.wait([task])
