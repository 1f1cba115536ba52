from __future__ import annotations

from pathlib import Path

import pytest

from daemon.links import unusable
from devices.catalogue import PROTOCOLS

NONIN, MODBUS = PROTOCOLS["nonin-df2"], PROTOCOLS["modbus"]


@pytest.mark.parametrize(
    ("port", "says"),
    [
        ("/etc/passwd", "/etc/passwd is no serial port: name an adapter"),
        ("/dev", "/dev is a folder: name an adapter"),
        ("relative/x", "relative/x begins nowhere: write the whole path, from /dev on"),
        ("tcp://127.0.0.1", "tcp://127.0.0.1 is no address: write tcp://host:number"),
        ("tcp://host:x", "tcp://host:x is no address: write tcp://host:number"),
        ("http://host:80", "http://host:80 is no address: write tcp://host:number"),
    ],
)
def test_what_can_never_be_opened_is_said_with_what_to_mend(port: str, says: str) -> None:
    assert unusable(port, NONIN) == says


def test_a_cable_that_is_not_plugged_in_is_no_fault_and_neither_is_a_port(tmp_path: Path) -> None:
    ports = (str(tmp_path / "by-path" / "none"), "/dev/tty", "tcp://host:4001")
    assert [unusable(port, NONIN) for port in ports] == ["", "", ""]


def test_modbus_has_a_number_of_its_own_on_the_network() -> None:
    assert unusable("tcp://192.168.1.20", MODBUS) == ""
    assert unusable("tcp://", MODBUS) == "tcp:// is no address: write tcp://host:number"
