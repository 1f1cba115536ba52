"""A real browser without a window, driven from outside; it finds no host but 127.0.0.1."""

from __future__ import annotations

import asyncio
import base64
import itertools
import struct
import zlib
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import aiohttp

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,800",
    "--remote-debugging-port=0",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
Pixel = tuple[int, int, int]


class Tab:
    """One page of the browser, and everything that it asked for and heard."""

    def __init__(self, websocket: aiohttp.ClientWebSocketResponse) -> None:
        self._websocket = websocket
        self._numbers = itertools.count(1)
        self.requested: list[str] = []
        self.status: dict[str, int] = {}
        self.heard = ""
        """What the dashboard drew, as the terminal gets it."""
        self.sockets = 0

    async def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        number = next(self._numbers)
        await self._websocket.send_json({"id": number, "method": method, "params": parameters})
        while True:
            message = await self._websocket.receive_json()
            if message.get("id") == number:
                assert "error" not in message, message
                return dict(message["result"])
            self._take(message)

    async def open(self, address: str) -> None:
        for domain in ("Network", "Page", "Runtime"):
            await self.call(f"{domain}.enable")
        await self.call("Emulation.setFocusEmulationEnabled", enabled=True)
        await self.call("Page.navigate", url=address)

    async def until(self, true: Callable[[], object], within_s: float = 30.0) -> None:
        """Listen until something is true, or fail."""
        async with asyncio.timeout(within_s):
            while not true():
                await self.call("Runtime.evaluate", expression="1")
                await asyncio.sleep(0.05)

    async def evaluate(self, expression: str) -> Any:
        return (await self.call("Runtime.evaluate", expression=expression))["result"].get("value")

    async def text(self) -> str:
        return str(await self.evaluate("document.body.innerText"))

    async def type(self, text: str) -> None:
        """Press keys: text, or `\\r` for Enter and `\\x0c` for Ctrl+L, as a terminal gets them."""
        for sign in text:
            code = {"\r": "Enter", "\x0c": "l"}.get(sign, sign)
            control = 2 if sign == "\x0c" else 0
            number = {"\r": 13, "\x0c": 76, "!": 49}.get(sign, ord(sign.upper()))
            down: dict[str, Any] = {} if control else {"text": sign}
            keys = {"key": code, "modifiers": control, "windowsVirtualKeyCode": number}
            await self.call("Input.dispatchKeyEvent", type="keyDown", **keys, **down)
            await self.call("Input.dispatchKeyEvent", type="keyUp", **keys)

    async def shot(self) -> bytes:
        """Return what is on the screen, as PNG."""
        return base64.b64decode((await self.call("Page.captureScreenshot"))["data"])

    async def close(self) -> None:
        await self.call("Page.close")

    def _take(self, message: dict[str, Any]) -> None:
        parameters = message.get("params", {})
        match message.get("method"):
            case "Network.requestWillBeSent":
                self.requested.append(parameters["request"]["url"])
            case "Network.responseReceived":
                response = parameters["response"]
                self.status[response["url"]] = response["status"]
            case "Network.webSocketCreated":
                self.requested.append(parameters["url"])
                self.sockets += 1
            case "Network.webSocketFrameReceived":
                data = parameters["response"]["payloadData"]
                if parameters["response"]["opcode"] == 2:
                    self.heard += base64.b64decode(data).decode(errors="replace")
            case _:
                pass


class Browser:
    """A running browser."""

    def __init__(self, client: aiohttp.ClientSession, port: int) -> None:
        self._client = client
        self._port = port

    @asynccontextmanager
    async def tab(self) -> AsyncIterator[Tab]:
        url = f"http://127.0.0.1:{self._port}/json/new"
        async with self._client.put(url) as answer:
            address = (await answer.json())["webSocketDebuggerUrl"]
        async with self._client.ws_connect(address, max_msg_size=1 << 26) as websocket:
            yield Tab(websocket)


@asynccontextmanager
async def chromium(folder: Path, within_s: float = 30.0) -> AsyncIterator[Browser]:
    """Run Chromium until the test is done with it."""
    process = await asyncio.create_subprocess_exec(
        "chromium",
        *FLAGS,
        f"--user-data-dir={folder}",
        "about:blank",
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    told = folder / "DevToolsActivePort"
    try:
        async with asyncio.timeout(within_s):
            while not (told.exists() and told.read_text().strip()):
                await asyncio.sleep(0.05)
        async with aiohttp.ClientSession() as client:
            yield Browser(client, int(told.read_text().split()[0]))
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


def colours(png: bytes) -> Counter[Pixel]:
    """Return how many pixels have each colour, of 8 bits RGB or RGBA (PNG, Second Edition)."""
    width, height, _, kind = struct.unpack(">IIBB", png[16:26])
    deep = {2: 3, 6: 4}[kind]
    raw, stride = zlib.decompress(_data(png)), width * deep
    before, found = bytearray(stride), Counter[Pixel]()
    for row in range(height):
        start = row * (stride + 1)
        line = bytearray(raw[start + 1 : start + 1 + stride])
        _unfilter(raw[start], line, before, deep)
        found.update(zip(line[0::deep], line[1::deep], line[2::deep], strict=True))
        before = line
    return found


def _data(png: bytes) -> bytes:
    at, data = 8, b""
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        data += png[at + 8 : at + 8 + length] if png[at + 4 : at + 8] == b"IDAT" else b""
        at += length + 12
    return data


def _unfilter(kind: int, line: bytearray, above: bytearray, deep: int) -> None:
    for at in range(len(line)) if kind else ():
        left = line[at - deep] if at >= deep else 0
        corner = above[at - deep] if at >= deep else 0
        line[at] = (line[at] + _predicted(kind, left, above[at], corner)) & 0xFF


def _predicted(kind: int, left: int, up: int, corner: int) -> int:
    if kind == 4:
        p = left + up - corner
        return min((left, up, corner), key=lambda one: abs(p - one))
    return {1: left, 2: up, 3: (left + up) // 2}[kind]
