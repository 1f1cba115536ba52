"""What `vagt doctor` finds around serial lines: slow adapters, other programs, names, swaps."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from berries import TIMER, Berry
from doctors import ids, only, scene
from msgspec import structs
from sockets import Machine
from talkers import table

from daemon.protocol.looks import Likeness
from vagt.doctor.grabbers import grabbers
from vagt.doctor.identity import identity
from vagt.doctor.installed import RULES
from vagt.doctor.latency import latency
from vagt.doctor.login import login
from vagt.doctor.scene import Scene
from vagt.doctor.swapped import swapped

MODEM = "usr/sbin/ModemManager"
TAGS = "run/udev/data/c188:0"
BRAILLE_RULES = "etc/udev/rules.d/85-brltty.rules"


@pytest.fixture
def berry(tmp_path: Path) -> Berry:
    return Berry(tmp_path / "root")


@pytest.mark.parametrize(("ms", "found"), [("1", []), ("2", ["adapter_slow"])])
def test_an_adapter_that_keeps_bytes_back_is_found(berry: Berry, ms: str, found: list[str]) -> None:
    berry.write(TIMER, f"{ms}\n")
    assert ids(latency(berry.scene())) == found


def test_a_slow_adapter_is_mended_by_the_rule_that_is_there_or_is_missing(berry: Berry) -> None:
    berry.write(TIMER, "16\n")
    finding = only(latency(berry.scene()))
    assert (
        finding.what
        == "adapter /dev/ttyUSB0: it keeps bytes for 16 ms, so that waves come in jerks"
    )
    assert "udevadm trigger" in finding.remedy
    berry.drop(RULES)
    finding = only(latency(berry.scene()))
    assert f"/{RULES}) that sets 1 is not there" in finding.what
    assert finding.remedy == "run install.sh again"


def test_without_adapters_of_that_make_nothing_is_said_of_timers(tmp_path: Path) -> None:
    assert latency(scene(Machine(tmp_path / "root"))).checked == ()


def test_a_modem_program_that_udev_keeps_away_is_no_finding(berry: Berry) -> None:
    berry.write(MODEM, "")
    assert ids(grabbers(berry.scene())) == []
    berry.write(TAGS, "E:ID_MM_DEVICE_IGNORE=1\n")
    assert ids(grabbers(berry.scene())) == []


def test_a_modem_program_that_may_take_a_port_is_found(berry: Berry) -> None:
    berry.write(MODEM, "")
    berry.write(TAGS, "E:ID_BUS=usb\n")
    finding = only(grabbers(berry.scene()))
    assert finding.id == "modemmanager_grabs"
    assert finding.what.startswith("ModemManager is installed: ")
    assert finding.remedy == "sudo apt-get remove modemmanager"
    berry.process(40, MODEM, name="ModemManager")
    assert only(grabbers(berry.scene())).what.startswith("ModemManager runs: ")


def test_a_modem_program_that_is_masked_is_no_finding_until_it_runs(berry: Berry) -> None:
    berry.write(MODEM, "")
    berry.write(TAGS, "E:ID_BUS=usb\n")
    berry.link("etc/systemd/system/ModemManager.service", "/dev/null")
    assert ids(grabbers(berry.scene())) == []
    berry.process(40, MODEM, name="ModemManager")
    assert ids(grabbers(berry.scene())) == ["modemmanager_grabs"]


def test_where_udev_says_nothing_the_rule_itself_is_believed(berry: Berry) -> None:
    berry.write(MODEM, "")
    berry.drop(TAGS)
    assert ids(grabbers(berry.scene())) == []
    berry.drop(RULES)
    assert ids(grabbers(berry.scene())) == ["modemmanager_grabs"]


def test_a_program_for_braille_displays_is_found_until_its_rules_are_overruled(
    berry: Berry,
) -> None:
    berry.write("usr/bin/brltty", "")
    assert ids(grabbers(berry.scene())) == ["brltty_grabs"]
    berry.link(BRAILLE_RULES, "/dev/null")
    assert ids(grabbers(berry.scene())) == []


def pinned(berry: Berry) -> Scene:
    """Return a clinic whose second monitor is on the pins of the board."""
    berry.write("dev/ttyAMA0", "")
    berry.link("dev/serial0", "ttyAMA0")
    return berry.scene(extra=table("capno", "capnostat5", berry.root / "dev/serial0"))


def test_a_line_on_the_pins_that_is_nobody_else_s_is_in_order(berry: Berry) -> None:
    (examined,) = login(pinned(berry)).checked
    assert examined.what == "devices on the board's own pins 1"
    assert ids(login(pinned(berry))) == []


@pytest.mark.parametrize("file", ["proc/cmdline", "boot/firmware/cmdline.txt", "boot/cmdline.txt"])
@pytest.mark.parametrize("console", ["serial0,115200", "ttyAMA0,115200"])
def test_a_line_that_the_kernel_writes_to_is_found(berry: Berry, file: str, console: str) -> None:
    one = pinned(berry)
    berry.write(file, f"console={console} console=tty1 rootwait\n")
    finding = only(login(one))
    assert finding.id == "uart_console"
    assert f"as /{file} says" in finding.what
    assert "do_serial_cons 1" in finding.remedy


def test_a_line_that_is_a_login_is_found_as_it_runs_and_as_it_will(berry: Berry) -> None:
    one = pinned(berry)
    berry.process(50, "/sbin/agetty", "-o", "-p -- \\u", "ttyAMA0", "vt220")
    assert ids(login(one)) == ["uart_login"]
    berry.drop("proc/50/cmdline")
    assert ids(login(one)) == []
    berry.link("etc/systemd/system/getty.target.wants/serial-getty@ttyAMA0.service", "/x")
    assert ids(login(one)) == ["uart_login"]


def test_a_login_on_the_pins_that_no_device_uses_is_no_fault(berry: Berry) -> None:
    berry.write("proc/cmdline", "console=ttyAMA0,115200\n")
    berry.process(50, "/sbin/agetty", "ttyAMA0")
    assert ids(login(berry.scene())) == []


def twins(berry: Berry, serial: str = "0001") -> Scene:
    """Return a clinic that names one of two like adapters by a number that is not its own."""
    berry.plug("ttyUSB1", "1.2", serial)
    berry.plug("ttyUSB2", "1.3", serial)
    berry.link(f"dev/vagt/{serial}-if00", "../ttyUSB1")
    port = berry.root / f"dev/vagt/{serial}-if00"
    return berry.scene(extra=table("capno", "capnostat5", port))


def test_a_short_name_that_two_adapters_share_is_found_with_the_socket_s_name(
    berry: Berry,
) -> None:
    finding = only(identity(twins(berry)))
    assert finding.id == "adapter_twin"
    assert "is one of 2 adapters with the serial number 0001" in finding.what
    assert finding.remedy.startswith(f'write port = "{berry.machine.path("1.2")}"')


def test_a_short_name_of_an_adapter_without_a_number_is_found(berry: Berry) -> None:
    assert "without a serial number" in only(identity(twins(berry, ""))).what


def test_names_that_are_safe_or_that_the_daemon_refuses_itself_are_not_found_twice(
    berry: Berry,
) -> None:
    one = twins(berry)
    for port in (berry.machine.path("1.2"), berry.machine.id("0001")):
        rows = (structs.replace(one.config.devices[1], port=port),)
        assert ids(identity(replace(one, config=structs.replace(one.config, devices=rows)))) == []


def heard(berry: Berry, first: str, second: str) -> Scene:
    """Return an oximeter and a capnograph, each of whose bytes look like something."""
    extra = table("capno", "capnostat5", berry.root / "dev/ttyUSB1")
    one = berry.watched(extra=extra)
    assert one.told is not None
    looks = (Likeness("nonin", 4096, (first,)), Likeness("capno", 4096, (second,)))
    one.told.looks = {look.device: look for look in looks}
    return one


def test_two_devices_that_hear_one_another_s_monitor_have_their_ports_swapped(
    berry: Berry,
) -> None:
    finding = only(swapped(heard(berry, "capnostat5", "nonin-df2")))
    assert finding.id == "ports_swapped"
    assert finding.what == "nonin and capno: each hears what looks like the other's monitor"
    assert f"give nonin the port {berry.root}/dev/ttyUSB1" in finding.remedy


def test_one_wrong_protocol_alone_is_no_swap(berry: Berry) -> None:
    assert ids(swapped(heard(berry, "capnostat5", "capnostat5"))) == []
    assert ids(swapped(heard(berry, "nonin-df7", "nonin-df2"))) == []
