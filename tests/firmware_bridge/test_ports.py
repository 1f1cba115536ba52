from __future__ import annotations

import os
from pathlib import Path

import pytest
from manual import ManualClock
from sockets import Machine

from firmware_bridge.far_end import FarEnd
from firmware_bridge.guarded import Guarded
from firmware_bridge.link import LinkLostError, LinkRefusedError
from firmware_bridge.ports import Ports, adapters, alike
from firmware_bridge.serial_link import SerialLink
from firmware_bridge.settings import LineSettings
from vitals.reading import Origin
from vitals.vocabulary import Fault


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "root")


def test_an_adapter_is_listed_with_both_its_names(machine: Machine) -> None:
    machine.plug("ttyUSB0", "1.2", serial="A1")
    (found,) = adapters(machine.root)
    assert found.port == f"{machine.root}/dev/ttyUSB0"
    assert found.ids == (machine.id("A1"),)
    assert found.places == (machine.path("1.2"),)
    assert found.itself is not None
    assert (found.itself.serial, found.itself.model, found.itself.place) == (
        "A1",
        "USB Serial",
        "00",
    )


def test_an_adapter_with_a_serial_number_is_named_by_it_and_any_other_by_its_socket(
    machine: Machine,
) -> None:
    machine.plug("ttyUSB0", "1.1", serial="A1")
    machine.plug("ttyUSB1", "1.2")
    assert [found.name for found in adapters(machine.root)] == [
        machine.id("A1"),
        machine.path("1.2"),
    ]


def test_without_udev_an_adapter_is_listed_by_its_port_alone(tmp_path: Path) -> None:
    (tmp_path / "dev").mkdir()
    for name in ("ttyACM0", "ttyS0", "tty1", "ttyUSBx", "ttyAMA0"):
        (tmp_path / "dev" / name).touch()
    (found,) = adapters(tmp_path)
    assert found.name == f"{tmp_path}/dev/ttyACM0"
    assert found.itself is None
    assert alike(found, (found,)) == (found,)


def test_a_machine_without_anything_has_no_adapters(tmp_path: Path) -> None:
    assert adapters(tmp_path / "nowhere") == ()


def test_two_interfaces_of_one_adapter_are_not_alike(machine: Machine) -> None:
    machine.plug("ttyUSB0", "1.1", serial="A1", interface="00")
    machine.plug("ttyUSB1", "1.2", serial="A1", interface="01")
    found = adapters(machine.root)
    assert alike(found[0], found) == (found[0],)
    Ports(machine.root).check(machine.id("A1", "00"))


def test_a_name_with_a_serial_number_of_its_own_is_in_no_doubt(machine: Machine) -> None:
    machine.plug("ttyUSB0", "1.1", serial="A1")
    machine.plug("ttyUSB1", "1.2", serial="A2")
    ports = Ports(machine.root)
    for port in (machine.id("A1"), machine.id("A2"), "tcp://host:4001", "/dev/ttyAMA0"):
        ports.check(port)


def test_a_name_that_two_adapters_share_is_refused_and_both_sockets_are_named(
    machine: Machine,
) -> None:
    machine.plug("ttyUSB0", "1.1", serial="0001")
    machine.plug("ttyUSB1", "1.2", serial="0001")
    with pytest.raises(LinkRefusedError) as caught:
        Ports(machine.root).check(machine.id("0001"))
    both = f"{machine.path('1.1')} or {machine.path('1.2')}"
    assert str(caught.value) == (
        f"two adapters call themselves {machine.id('0001')}: name it by {both}"
    )


def test_a_socket_s_own_name_is_taken_however_alike_the_adapters_are(machine: Machine) -> None:
    machine.plug("ttyUSB0", "1.1")
    machine.plug("ttyUSB1", "1.2")
    Ports(machine.root).check(machine.path("1.2"))


def test_three_alike_are_counted(machine: Machine) -> None:
    for number in range(3):
        machine.plug(f"ttyUSB{number}", f"1.{number}", serial="0001")
    with pytest.raises(LinkRefusedError, match=r"^3 adapters call themselves"):
        Ports(machine.root).check(machine.id("0001"))


def test_a_name_without_a_serial_number_is_refused_even_alone(machine: Machine) -> None:
    machine.plug("ttyUSB0", "1.1")
    with pytest.raises(LinkRefusedError) as caught:
        Ports(machine.root).check(machine.id())
    assert "has no serial number" in str(caught.value)
    assert str(caught.value).endswith(f"name it by {machine.path('1.1')}")


def test_the_twin_of_an_adapter_that_was_pulled_out_is_not_taken_for_it(machine: Machine) -> None:
    ports = Ports(machine.root)
    machine.plug("ttyUSB0", "1.1", serial="0001")
    ports.check(machine.id("0001"))
    machine.plug("ttyUSB1", "1.2", serial="0001")
    ports.look()
    machine.pull("ttyUSB0")
    assert Path(machine.id("0001")).readlink().name == "ttyUSB1"
    with pytest.raises(LinkRefusedError):
        ports.check(machine.id("0001"))


def test_an_adapter_with_a_number_of_its_own_may_be_plugged_in_anywhere(machine: Machine) -> None:
    ports = Ports(machine.root)
    machine.plug("ttyUSB0", "1.1", serial="A1")
    ports.check(machine.id("A1"))
    machine.pull("ttyUSB0")
    ports.look()
    machine.plug("ttyUSB1", "1.4", serial="A1")
    ports.check(machine.id("A1"))


def test_nothing_is_read_again_while_nothing_was_plugged(machine: Machine) -> None:
    machine.plug("ttyUSB0", "1.1", serial="A1")
    ports = Ports(machine.root)
    ports.look()
    seen = ports.adapters
    ports.look()
    assert ports.adapters is seen
    machine.plug("ttyUSB1", "1.2", serial="A2")
    ports.look()
    assert len(ports.adapters) == 2


async def test_a_guarded_link_is_the_link_itself_where_its_name_is_sure(
    machine: Machine, tmp_path: Path
) -> None:
    far_end = FarEnd(tmp_path / "tty")
    far_end.plug()
    try:
        machine.plug("ttyUSB0", "1.1", to=os.path.realpath(tmp_path / "tty"))
        serial = SerialLink(machine.path("1.1"), LineSettings(9600), ManualClock())
        link = Guarded(serial, machine.path("1.1"), Ports(machine.root))
        await link.open()
        far_end.send(b"\x01\x02")
        assert (await link.read()).data == b"\x01\x02"
        link.write(b"\x03")
        assert far_end.written() == b"\x03"
        assert link.origin is Origin.SIMULATED
        link.close()
        with pytest.raises(LinkLostError):
            await link.read()
    finally:
        far_end.unplug()


async def test_a_guarded_link_is_not_opened_where_its_name_is_in_doubt(machine: Machine) -> None:
    machine.plug("ttyUSB0", "1.1")
    serial = SerialLink(machine.id(), LineSettings(9600), ManualClock())
    link = Guarded(serial, machine.id(), Ports(machine.root))
    with pytest.raises(LinkRefusedError, match="has no serial number") as caught:
        await link.open()
    assert caught.value.fault is Fault.AMBIGUOUS
    with pytest.raises(LinkLostError, match="is not open"):
        link.write(b"x")


def test_a_short_name_means_the_adapter_of_its_number(machine: Machine) -> None:
    machine.plug("ttyUSB0", "1.1", serial="A1")
    machine.plug("ttyUSB1", "1.2", serial="A2")
    Ports(machine.root).check(machine.number("A1"))


def test_a_short_name_that_adapters_of_two_makes_share_is_refused_for_good(
    machine: Machine,
) -> None:
    machine.plug("ttyUSB0", "1.1", serial="0001")
    machine.plug("ttyUSB1", "1.2", serial="0001", model="CP2102")
    ports = Ports(machine.root)
    ports.check(machine.id("0001"))
    with pytest.raises(LinkRefusedError, match=r"two adapters call themselves .*0001-if00-port0"):
        ports.check(machine.number("0001"))
    machine.pull("ttyUSB1")
    with pytest.raises(LinkRefusedError):
        ports.check(machine.number("0001"))
