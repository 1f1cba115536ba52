"""A daemon that says what a test tells it to, on a real Unix socket."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from daemon.protocol.codec import to_command, to_line
from daemon.protocol.commands import Incoming
from daemon.protocol.message import Message
from daemon.protocol.messages import Answer, Result

Answering = Callable[[Incoming], Answer | None]


def recorded(command: Incoming) -> Answer:
    return Answer(id=command.id, result=Result.RECORDED)


class ScriptedDaemon:
    """Greets each client with `greeting`, keeps the commands it gets, and answers them."""

    def __init__(
        self, path: Path, greeting: Sequence[Message], answering: Answering = recorded
    ) -> None:
        self.path = path
        self.greeting = list(greeting)
        self.answering = answering
        self.commands: list[Incoming] = []
        self.clients: list[asyncio.StreamWriter] = []
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_unix_server(self._serve, self.path)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.die()

    def say(self, *messages: Message) -> None:
        for client in self.clients:
            client.writelines(map(to_line, messages))

    def babble(self, data: bytes) -> None:
        for client in self.clients:
            client.write(data)

    async def die(self) -> None:
        """Close the socket and every connection."""
        if self._server is not None:
            self._server.close()
            self._server = None
        for client in self.clients:
            client.close()
        self.clients.clear()
        self.path.unlink(missing_ok=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.clients.append(writer)
        writer.writelines(map(to_line, self.greeting))
        while line := await reader.readline():
            command = to_command(line)
            self.commands.append(command)
            if (answer := self.answering(command)) is not None:
                writer.write(to_line(answer))
        writer.close()
