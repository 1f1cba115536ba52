"""The dashboard in a real browser: drawn, alone, read-only until a PIN, and gone with its page."""

from __future__ import annotations

import asyncio
import socket
import subprocess
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
import pytest
from chromium import Tab, chromium, colours
from clinics import BED, VAGT, Clinic, clinic, ear, oximeter, unmeasured
from practices import ask
from rich.color import Color
from served import server

from devices.simulated.patient import Patient
from devices.simulated.rows import PatientRow
from tui.span import Tone
from tui.theme import STYLES

pytestmark = [pytest.mark.timeout(180), pytest.mark.slow]
WELL = Patient(PatientRow(bed=BED, age="4y", spo2=98, pulse_rate=110))
PEOPLE = """
[[person]]
initials = "MK"
roles = ["recovery"]
"""


DRAWN = 5000
"""So many pixels of their colour digits have at the least, and no text has."""
STRANGERS = (
    ("http://evil.example", ""),
    ("http://127.0.0.1:1", ""),
    ("null", ""),
    ("", ""),
    ("http://evil.example:{}", "evil.example:{}"),
)
UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Clinic]:
    made = clinic(tmp_path, extra=PEOPLE)
    async with AsyncExitStack() as stack:
        stack.enter_context(unmeasured(made))
        await stack.enter_async_context(oximeter(made, WELL))
        heard = await stack.enter_async_context(ear(made))
        await heard.hear(lambda: heard.of("reading", measure="spo2", quality="valid"), 40)
        yield made


async def test_a_browser_shows_the_bed_and_says_nothing_until_somebody_logs_in(
    place: Clinic, tmp_path: Path
) -> None:
    async with (
        server(place) as running,
        ear(place) as heard,
        chromium(tmp_path / "profile") as browser,
        browser.tab() as tab,
    ):
        assert (await ask(heard, "set_pin", by="MK", pin="4711"))["result"] == "recorded"
        await tab.open(running.address)
        await tab.until(lambda: "KUN VISNING" in tab.heard and "SpO2" in tab.heard)
        await _number(tab)
        assert {urlsplit(one).netloc for one in tab.requested} == {f"127.0.0.1:{running.port}"}
        assert set(tab.status.values()) == {200}

        await tab.type("!!")
        await tab.until(lambda: "Denne skærm viser kun" in tab.heard)
        assert heard.of("case") == []
        await tab.type("\x0cMK\r4711\r")
        await tab.until(lambda: "MK LOGGET IND" in tab.heard)
        assert "4711" not in tab.heard
        await tab.type("!!")
        await heard.hear(lambda: heard.of("case"), 30)

        assert len(running.screens()) == 1
        await tab.close()
        await running.until(lambda: not running.screens())


async def _number(tab: Tab) -> None:
    """Wait until the numbers stand on the screen itself, in their colour and of their size."""
    rgb = Color.parse(STYLES[Tone.CHANNEL].color.name).triplet  # type: ignore[union-attr]
    assert rgb is not None
    async with asyncio.timeout(30):
        while colours(await tab.shot())[rgb.red, rgb.green, rgb.blue] < DRAWN:
            await asyncio.sleep(0.2)


async def test_strangers_are_refused_and_no_screen_outlives_its_server(place: Clinic) -> None:
    async with (
        server(place, "--sessions", "1", "--name", "vagt.klinik.dk") as running,
        aiohttp.ClientSession() as client,
    ):
        own = f"http://127.0.0.1:{running.port}"
        for origin, host in STRANGERS:
            given = {"Host": host.format(running.port)} if host else {}
            given |= {"Origin": origin} if origin else {}
            async with client.get(f"{own}/ws", headers={**given, **UPGRADE}) as answer:
                assert answer.status == 403, (origin, host)
        async with client.get(own, headers={"Host": "evil.example"}) as answer:
            assert answer.status == 403
        proxied = {"Origin": "https://vagt.klinik.dk", "Host": "vagt.klinik.dk"}
        async with client.ws_connect(f"{own}/ws", headers=proxied) as screen:
            assert b"__GANGLION__" not in await screen.receive_bytes(timeout=40)
            async with client.get(own) as answer:
                assert answer.status == 503
                assert "skærme" in await answer.text()
            async with client.get(f"{own}/ws", headers={"Origin": own}) as answer:
                assert answer.status == 503
            (shown,) = running.screens()
            running.process.kill()
            await asyncio.to_thread(running.process.wait)
            await running.until(lambda: not Path(f"/proc/{shown}/fd/0").exists())


def test_what_cannot_be_served_is_said_in_one_line(tmp_path: Path) -> None:
    nowhere = tmp_path / "vagt.sock"
    with socket.socket(socket.AF_UNIX) as daemon, socket.socket() as other:
        assert "start `vagt run`" in _refused("--socket", str(nowhere))
        daemon.bind(str(nowhere))
        daemon.listen()
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = str(other.getsockname()[1])
        there = ("--socket", str(nowhere))
        assert "use another --port" in _refused(*there, "--port", taken)
        assert "--behind-proxy" in _refused(*there, "--host", "0.0.0.0")  # noqa: S104
        assert "--name" in _refused(*there, "--name", "http://vagt/")
        assert "use 1 to 16" in _refused(*there, "--sessions", "99")


def _refused(*options: str) -> str:
    done = subprocess.run([*VAGT, "serve", *options], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    return line
