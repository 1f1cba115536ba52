"""One screen: a `vagt show` of its own that ends with its browser, and with this server."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence

from aiohttp import WSMsgType, web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

STOP_S = 5.0
"""A screen that has not ended by then is killed (real time)."""
HEARTBEAT_S = 10.0
"""So often a browser is asked whether it is there; it has half as long to answer."""
LONGEST = 64 * 1024
"""No message of a browser is longer, in bytes."""
WIDEST, TALLEST = 400, 200
_USUAL = (80, 24)


class Screen(AppService):
    """The process behind one browser."""

    def __init__(self, options: Sequence[str], websocket: web.WebSocketResponse) -> None:
        super().__init__(
            "vagt show",
            write_bytes=websocket.send_bytes,
            write_str=websocket.send_str,
            close=self._closed,
            download_manager=DownloadManager(),
        )
        self._options = options
        self._websocket = websocket

    async def run(self) -> None:
        """Run the process; when it has ended, so has its page."""
        await super().run()
        await self._closed()

    async def stop(self) -> None:
        """End the process, by force where it does not listen."""
        task, process, self._task = self._task, self._process, None
        if task is None or process is None:
            return
        await self.send_meta({"type": "quit"})
        await asyncio.wait({task}, timeout=STOP_S)
        if process.returncode is None and not task.done():
            process.kill()
        await process.wait()
        await task

    async def attend(self) -> None:
        """Hand on what the browser says, until it goes."""
        async for message in self._websocket:
            if message.type is not WSMsgType.TEXT or not await self._take(message.data):
                return

    async def _take(self, text: str) -> bool:
        """Hand on one message; False for what no page of ours says."""
        try:
            match json.loads(text):
                case ["stdin", str(typed)]:
                    await self.send_bytes(typed.encode())
                case ["resize", {"width": int(width), "height": int(height)}]:
                    await self.set_terminal_size(*within(width, height))
                case ["ping", told]:
                    await self._websocket.send_json(["pong", told])
                case ["blur"]:
                    await self.blur()
                case ["focus"]:
                    await self.focus()
                case _:
                    return False
        except ValueError:
            return False
        return True

    async def _closed(self) -> None:
        await self._websocket.close()

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        own = (sys.executable, "-P", "-m", "vagt", "show", "--served", str(os.getpid()))
        environment = self._build_environment(width, height)
        self._process = await asyncio.create_subprocess_exec(
            *own, *self._options, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=environment
        )
        self._stdin = self._process.stdin
        return self._process


def size(width: str | None, height: str | None) -> tuple[int, int]:
    """Return the size that a browser asks for; what is no number is as usual."""
    asked = zip((width, height), _USUAL, strict=True)
    found = [int(text) if text and text.isdecimal() else usual for text, usual in asked]
    return within(*found)


def within(width: int, height: int) -> tuple[int, int]:
    """Return a size that can be drawn."""
    return max(1, min(width, WIDEST)), max(1, min(height, TALLEST))
