"""The server of the pages and of the screens in them: so many at once, and no stranger's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import textual_serve
from aiohttp import WSCloseCode, web
from aiohttp.typedefs import Handler, Middleware

from vagt.browser import gate, page
from vagt.browser.screen import HEARTBEAT_S, LONGEST, Screen, size
from words.catalogue import Words

STATIC = Path(textual_serve.__file__).parent / "static"


@dataclass
class Site:
    """What is served: `options` are those of each screen's `vagt show`."""

    options: Sequence[str]
    words: Words
    sessions: int
    hosts: frozenset[str]
    _open: list[web.WebSocketResponse] = field(default_factory=list)

    def application(self) -> web.Application:
        """Return it for aiohttp to run."""
        made = web.Application(middlewares=[self._guarded()])
        made.add_routes(
            [
                web.get("/", self._page),
                web.get("/ws", self._screen),
                web.static("/static", STATIC),
                web.static("/files", page.FOLDER),
            ]
        )
        made.on_shutdown.append(self._shut)
        return made

    def _guarded(self) -> Middleware:
        @web.middleware
        async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
            """Answer nothing that was sent to another name, and let pages load nothing else."""
            if not gate.welcome(request.headers.get("Host"), self.hosts):
                return web.Response(status=403, text="vagt serve: not a name of this server\n")
            response = await handler(request)
            if not response.prepared:
                response.headers.update(page.HEADERS)
            return response

        return guarded

    async def _page(self, request: web.Request) -> web.Response:
        del request
        if self._taken:
            text = page.full(self.words, self.sessions)
            return web.Response(status=503, text=text, content_type="text/html")
        return web.Response(text=page.screen(self.words), content_type="text/html")

    @property
    def _taken(self) -> bool:
        """Tell whether no further screen is shown."""
        return len(self._open) >= self.sessions

    async def _screen(self, request: web.Request) -> web.StreamResponse:
        """Show one screen, until the browser or the screen itself ends."""
        if not gate.same(request.headers.get("Origin"), request.headers.get("Host")):
            return web.Response(status=403, text="vagt serve: not a page of this server\n")
        if self._taken:
            return web.Response(status=503, text="vagt serve: all screens are taken\n")
        websocket = web.WebSocketResponse(heartbeat=HEARTBEAT_S, max_msg_size=LONGEST)
        self._open.append(websocket)
        try:
            await websocket.prepare(request)
            screen = Screen(self.options, websocket)
            await screen.start(*size(request.query.get("width"), request.query.get("height")))
            try:
                await screen.attend()
            finally:
                await screen.stop()
        finally:
            self._open.remove(websocket)
        return websocket

    async def _shut(self, application: web.Application) -> None:
        del application
        for websocket in tuple(self._open):
            await websocket.close(code=WSCloseCode.GOING_AWAY)
