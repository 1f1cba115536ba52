"""A server that refuses what it is sent, as the InfluxDB v2 documentation says that it may."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from aiohttp import web

Mood = Callable[[], "web.StreamResponse | str | None"]
"""Makes an answer, which can be sent once; None is no mood."""
TOO_LARGE = 1 << 30


class Gruff:
    """What it took and was asked; `moods` are answers to the next requests, one each."""

    def __init__(self) -> None:
        self.url = ""
        self.lines: list[str] = []
        self.requests = 0
        self.moods: list[Mood] = []
        self.always: Mood | None = None
        self.bad: Callable[[str], bool] = lambda _: False
        """Which lines it will never take."""
        self.partial = True
        """Whether it keeps the other lines of a write that has a bad one."""
        self.most = TOO_LARGE
        """Lines that it takes at once."""
        self.line_s = 0.0
        """How long it takes over a line."""
        self.heads: list[dict[str, str]] = []

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer a write: 204, or what it is in the mood for."""
        self.requests += 1
        self.heads.append(dict(request.headers))
        lines = (await request.read()).decode().split("\n")
        make = self.moods.pop(0) if self.moods else self.always
        mood = None if make is None else make()
        if isinstance(mood, web.StreamResponse):
            return mood
        if mood is not None:
            return await self._hurt(request, mood, lines)
        if len(lines) > self.most:
            return said(413, "request entity too large")
        await asyncio.sleep(self.line_s * len(lines))
        good = [line for line in lines if not self.bad(line)]
        if self.partial or good == lines:
            self.lines += good
        if good != lines:
            return said(400, "partial write: unable to parse a line dropped=1")
        return web.Response(status=204)

    async def _hurt(self, request: web.Request, mood: str, lines: list[str]) -> web.StreamResponse:
        """Break off: `reset`, `silence`, or `half` an answer after the lines were taken."""
        transport = request.transport
        assert transport is not None
        if mood == "silence":
            await asyncio.sleep(3600)
        if mood == "half":
            self.lines += lines
            transport.write(b"HTTP/1.1 204 No Con")
        transport.abort() if mood == "reset" else transport.close()
        return web.Response(status=500)


def said(status: int, message: str, **headers: str) -> web.Response:
    """Return a refusal as InfluxDB words it."""
    told = {name.replace("_", "-"): text for name, text in headers.items()}
    document = {"code": "invalid", "message": message}
    return web.json_response(document, status=status, headers=told)


@asynccontextmanager
async def gruff(tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> AsyncIterator[Gruff]:
    """Yield a running server, by TLS where it has a context."""
    found = Gruff()
    app = web.Application(client_max_size=1 << 26)
    app.router.add_post("/api/v2/write", found.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, host, 0, ssl_context=tls)
    await site.start()
    (address,) = runner.addresses
    found.url = f"{'http' if tls is None else 'https'}://{host}:{address[1]}"
    try:
        yield found
    finally:
        await runner.cleanup()
