"""What waits on a Modbus link: a reader that must be woken, a request that must not grow old."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from modbus_bytes import FOUR, KELLER
from slaves import Slave, plugged, serve_serial, serve_tcp

from daemon.clock import SystemClock
from firmware_bridge import modbus_link
from firmware_bridge.gateway import held
from firmware_bridge.link import LinkLostError
from firmware_bridge.modbus_link import ModbusLink
from firmware_bridge.settings import LineSettings

ASKED, ANSWER = KELLER

MOMENTS = range(12)
"""Turns of the event loop: an attempt to connect that is refused takes seven."""


def link(port: str) -> ModbusLink:
    return ModbusLink(port, LineSettings(9600), SystemClock())


@pytest.mark.parametrize("asks", [False, True], ids=["idle", "asking"])
async def test_whoever_waits_for_an_answer_hears_that_the_link_was_closed(
    tmp_path: Path, *, asks: bool
) -> None:
    with plugged(tmp_path) as (_, port):
        near = link(port)
        await near.open()
        if asks:
            near.write(ASKED)
        reading = asyncio.ensure_future(near.read())
        await asyncio.sleep(0.05)
        near.close()
        async with asyncio.timeout(2):
            with pytest.raises(LinkLostError):
                await reading


async def test_whoever_waits_on_the_network_hears_it_too() -> None:
    server = await serve_tcp(Slave())
    near = link(f"tcp://127.0.0.1:{server.sockets[0].getsockname()[1]}")
    await near.open()
    reading = asyncio.ensure_future(near.read())
    await asyncio.sleep(0.05)
    near.close()
    async with asyncio.timeout(2):
        with pytest.raises(LinkLostError, match="is not open"):
            await reading
    server.close()


async def test_a_request_that_nobody_waits_for_any_more_is_not_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(modbus_link, "WAITING_S", 0.1)
    slave = Slave([FOUR[1]])
    with plugged(tmp_path) as (far_end, port):
        serving = asyncio.ensure_future(serve_serial(far_end, slave))
        near = link(port)
        await near.open()
        near.write(ASKED)
        await asyncio.sleep(0.2)
        near.write(FOUR[0])
        assert (await near.read()).data == FOUR[1]
        near.close()
        serving.cancel()
    assert slave.requests == [FOUR[0]]


@pytest.mark.parametrize("turns", MOMENTS)
async def test_whoever_is_told_to_stop_stops_in_whatever_moment_of_connecting(turns: int) -> None:
    with held() as port:
        opening = asyncio.ensure_future(link(port).open())
        for _ in range(turns):
            await asyncio.sleep(0)
        if not opening.cancel():
            assert isinstance(opening.exception(), LinkLostError)
            return
        with pytest.raises(asyncio.CancelledError):
            await opening


async def test_whoever_is_told_to_stop_stops_in_the_moment_of_an_answer(tmp_path: Path) -> None:
    with plugged(tmp_path) as (_, port):
        near = link(port)
        await near.open()
        near.write(ASKED)
        reading = asyncio.ensure_future(near.read())
        await asyncio.sleep(0.05)
        near.close()  # ends the answer that is waited for
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
