"""`vagt serve` as it runs for people, and the processes that it has started."""

from __future__ import annotations

import asyncio
import signal
import socket
import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from checkout import plain_environment
from clinics import VAGT, Clinic


class Server:
    """A running server."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process = process
        self.port = port

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def screens(self) -> list[int]:
        """Return the processes of its screens, by their command line."""
        wanted = f"--served\0{self.process.pid}\0".encode()
        return [int(one.name) for one in Path("/proc").glob("[0-9]*") if wanted in _command(one)]

    async def until(self, true: Callable[[], object], within_s: float = 30.0) -> None:
        async with asyncio.timeout(within_s):
            while not true():
                await asyncio.sleep(0.05)


def free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


@asynccontextmanager
async def server(place: Clinic, *options: str) -> AsyncIterator[Server]:
    """Run `vagt serve` until the test is done with it."""
    port = free_port()
    command = [*VAGT, "serve", "--socket", str(place.socket), "--port", str(port), *options]
    with (place.root / "serve.log").open("ab") as log:
        process = subprocess.Popen(  # noqa: ASYNC220 - it is waited for in a thread
            command, stdout=subprocess.PIPE, stderr=log, env=plain_environment()
        )
        assert process.stdout is not None
        try:
            line = await asyncio.to_thread(process.stdout.readline)
            assert line.startswith(b"http://"), (place.root / "serve.log").read_text()
            yield Server(process, port)
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                await asyncio.to_thread(process.wait, 20)
            process.stdout.close()


def _command(process: Path) -> bytes:
    try:
        return (process / "cmdline").read_bytes()
    except OSError:
        return b""
