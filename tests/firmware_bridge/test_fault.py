from __future__ import annotations

import asyncio
import errno
from pathlib import Path

import pytest
import serial

from daemon.clock import SystemClock
from firmware_bridge.far_end import FarEnd
from firmware_bridge.link import Link, LinkError
from firmware_bridge.modbus_link import ModbusLink
from firmware_bridge.serial_link import SerialLink
from firmware_bridge.settings import LineSettings
from firmware_bridge.tcp_link import TcpLink
from vitals.vocabulary import Fault

LINE = LineSettings(9600)


def links(port: str) -> list[Link]:
    """Return what a path may be opened as."""
    clock = SystemClock()
    return [SerialLink(port, LINE, clock), ModbusLink(port, LINE, clock)]


async def fault_of(link: Link) -> Fault:
    """Return why a link cannot be opened."""
    with pytest.raises(LinkError) as caught:
        await link.open()
    link.close()
    return caught.value.fault


async def test_a_path_that_leads_nowhere_and_one_that_is_no_port_differ(tmp_path: Path) -> None:
    for link in links(str(tmp_path / "none")):
        assert await fault_of(link) is Fault.MISSING
    for link in links(str(tmp_path)):
        assert await fault_of(link) is Fault.NO_PORT


async def test_a_port_that_another_holds_is_in_use(tmp_path: Path) -> None:
    far_end = FarEnd(tmp_path / "tty")
    far_end.plug()
    holder = SerialLink(str(tmp_path / "tty"), LINE, SystemClock())
    await holder.open()
    assert await fault_of(links(str(tmp_path / "tty"))[0]) is Fault.IN_USE
    holder.close()
    far_end.unplug()


async def test_missing_rights_are_a_fault_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    # A mock, because the superuser who may run these tests is refused nothing.
    def refuse(*_: object, **__: object) -> None:
        raise serial.SerialException(errno.EACCES, "Permission denied")

    monkeypatch.setattr(serial, "Serial", refuse)
    assert await fault_of(links("/dev/ttyS9")[0]) is Fault.DENIED


async def test_a_pulled_cable_is_unplugged_and_a_link_that_was_closed_here_is_not(
    tmp_path: Path,
) -> None:
    for pulled in (True, False):
        far_end = FarEnd(tmp_path / "tty")
        far_end.plug()
        link, _ = links(str(tmp_path / "tty"))
        await link.open()
        asyncio.get_running_loop().call_later(0.05, far_end.unplug if pulled else link.close)
        with pytest.raises(LinkError) as caught:
            await asyncio.wait_for(link.read(), 5)
        assert caught.value.fault is (Fault.UNPLUGGED if pulled else Fault.OTHER)
        link.close()
        far_end.unplug()


async def test_a_server_that_is_off_is_unreachable_and_a_bad_address_is_no_port() -> None:
    assert await fault_of(TcpLink("tcp://127.0.0.1:1", SystemClock())) is Fault.UNREACHABLE
    assert await fault_of(TcpLink("tcp://", SystemClock())) is Fault.NO_PORT
    modbus = ModbusLink("tcp://127.0.0.1:1", LINE, SystemClock())
    assert await fault_of(modbus) is Fault.UNREACHABLE
