"""What a Modbus port may be called, and what that says of the device behind it."""

from __future__ import annotations

from pathlib import Path

import pytest
from slaves import plugged

from daemon.clock import SystemClock
from firmware_bridge.link import LinkRefusedError
from firmware_bridge.modbus_link import ModbusLink
from firmware_bridge.settings import LineSettings
from vitals.reading import Origin


def link(port: str) -> ModbusLink:
    return ModbusLink(port, LineSettings(9600), SystemClock())


async def test_what_is_no_serial_port_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for name in (tmp_path, tmp_path / "file"):
        with pytest.raises(LinkRefusedError, match="is no serial port: mend `port`"):
            await link(str(name)).open()


@pytest.mark.parametrize("port", ["tcp://", "tcp://host:many", "tcp://:502", "tcp://["])
async def test_what_is_no_address_is_refused(port: str) -> None:
    with pytest.raises(LinkRefusedError, match="write tcp://host:number"):
        await link(port).open()


@pytest.mark.parametrize(
    ("port", "origin"),
    [
        ("tcp://127.0.0.1:1502", Origin.SIMULATED),
        ("tcp://localhost", Origin.SIMULATED),
        ("tcp://[::1]:502", Origin.SIMULATED),
        ("tcp://192.168.1.20:502", Origin.MEASURED),
        ("/dev/ttyUSB0", Origin.MEASURED),
    ],
)
async def test_this_machine_is_no_device(port: str, origin: Origin) -> None:
    assert link(port).origin is origin


async def test_a_pseudo_terminal_is_simulated(tmp_path: Path) -> None:
    with plugged(tmp_path) as (_, port):
        assert link(port).origin is Origin.SIMULATED
