"""A Modbus link lets nothing through that is no request to read."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from modbus_bytes import KELLER
from slaves import Slave, plugged, serve_serial

from daemon.clock import SystemClock
from devices.modbus.wire import Function, Request
from firmware_bridge.checksum import crc16_modbus
from firmware_bridge.modbus_link import ModbusLink
from firmware_bridge.request import WriteRefusedError
from firmware_bridge.settings import LineSettings

ASKED, ANSWER = KELLER


@pytest.fixture
def slave() -> Slave:
    return Slave([ANSWER])


@pytest_asyncio.fixture
async def near(tmp_path: Path, slave: Slave) -> AsyncIterator[ModbusLink]:
    """Open a link to the slave on a pseudo-terminal."""
    with plugged(tmp_path) as (far_end, port):
        serving = asyncio.ensure_future(serve_serial(far_end, slave))
        link = ModbusLink(port, LineSettings(9600), SystemClock())
        await link.open()
        yield link
        link.close()
        serving.cancel()


@pytest.mark.parametrize("code", [5, 6, 15, 16, 22, 23, 8, 43])
async def test_a_request_to_write_never_leaves(near: ModbusLink, slave: Slave, code: int) -> None:
    body = bytes([1, code, 0, 0, 0xFF, 0])
    sealed = body + crc16_modbus(body).to_bytes(2, "little")
    with pytest.raises(WriteRefusedError, match="is no request to read"):
        near.write(sealed)
    with pytest.raises(WriteRefusedError):
        await near.ask(sealed)
    near.write(ASKED)
    assert (await near.read()).data == ANSWER
    assert slave.requests == [ASKED]


@pytest.mark.parametrize("count", [0, 126])
async def test_a_count_that_no_reply_can_hold_is_refused(near: ModbusLink, count: int) -> None:
    with pytest.raises(WriteRefusedError, match="ask for 1 to 125"):
        near.write(Request(1, Function.HOLDING_REGISTERS, 0, count).to_bytes())


@pytest.mark.parametrize("data", [b"", ASKED[:-1], ASKED[:-1] + b"\x00"])
async def test_damaged_requests_are_not_sent(near: ModbusLink, data: bytes) -> None:
    with pytest.raises(WriteRefusedError):
        near.write(data)
