"""The whole of `vagt doctor` over a Raspberry Pi in order, and over two where nothing is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from berries import FIRMWARE, MOUNTS, NARROW, TIMER, Berry
from doctors import STRANGER
from msgspec import structs
from talkers import table

from daemon.protocol.looks import Likeness
from telemetry.settings import Server
from vagt.doctor.board import MODEL, PROGRAM
from vagt.doctor.finding import Finding
from vagt.doctor.installed import OPT, RULES, SERVICE, UNITS
from vagt.doctor.scene import Scene
from vagt.doctor.verb import examinations


@pytest.fixture
def berry(tmp_path: Path) -> Berry:
    return Berry(tmp_path / "root")


def found(scene: Scene) -> Sequence[Finding]:
    return [finding for result in examinations(scene) for finding in result.findings]


def run(berry: Berry, pid: int, file: Path) -> None:
    berry.process(pid, "/usr/bin/python3", "/opt/vagt/bin/vagt", "run", "--config", str(file))


def test_a_raspberry_pi_in_order_has_nothing_to_mend(berry: Berry) -> None:
    one = berry.watched()
    run(berry, 31, one.file)
    assert found(one) == []


def test_every_check_says_what_it_saw(berry: Berry) -> None:
    checked = {one.id for result in examinations(berry.watched()) for one in result.checked}
    assert checked >= {
        *("installed", "board", "power", "heat", "card", "mounts", "groups", "grabbers", "login"),
        *("latency", "identity", "adapters", "daemon", "daemons", "clock", "disk", "credentials"),
    }


def weak(berry: Berry) -> None:
    """Break the machine itself."""
    (berry.root / PROGRAM).write_bytes(NARROW)
    berry.write(FIRMWARE, "50005\n")
    berry.write("sys/class/thermal/thermal_zone0/temp", "85000\n")
    berry.write("sys/block/mmcblk0/device/life_time", "0x0b 0x0b\n")
    berry.write("sys/fs/ext4/mmcblk0p2/errors_count", "2\n")
    data = f"tmpfs {berry.root.parent} tmpfs rw 0 0\n"
    berry.write("proc/mounts", MOUNTS.replace("ext4 rw", "ext4 ro") + data)
    berry.drop("run/systemd/timesync/synchronized")


def crossed(berry: Berry) -> None:
    """Let every serial line be somebody else's, or slow."""
    berry.write(TIMER, "16\n")
    berry.drop("run/udev/data/c188:0")
    berry.process(40, "/usr/sbin/ModemManager")
    berry.process(41, "/usr/bin/brltty")
    berry.process(42, "/sbin/agetty", "ttyAMA0")
    berry.write("dev/ttyAMA0", "")
    berry.link("dev/serial0", "ttyAMA0")
    berry.write("boot/firmware/cmdline.txt", "console=serial0,115200\n")
    berry.plug("ttyUSB1", "1.2", "0001")
    berry.plug("ttyUSB2", "1.3", "0001")
    berry.link("dev/vagt/0001-if00", "../ttyUSB1")


def halved(berry: Berry) -> None:
    """Leave half an installation."""
    berry.drop(RULES)
    berry.drop(UNITS / "multi-user.target.wants" / SERVICE)
    berry.write(OPT / "releases/1.1/bin/vagt", "")
    berry.link(OPT / "current", "releases/1.1")
    (berry.root / "etc/vagt/credentials/token").chmod(0o644)


def test_on_another_machine_the_same_files_are_no_finding_of_a_raspberry_pi(berry: Berry) -> None:
    weak(berry)
    berry.drop(MODEL)
    names = {finding.id for finding in found(replace(berry.watched(), run=logged))}
    assert names == {
        "card_worn",
        "disk_errors",
        "disk_unreadable",
        "disk_read_only",
        "clock_unkept",
    }


def logged(*words: str) -> str:
    """Answer as programs of a sick machine do."""
    return "I/O error, dev mmcblk0, sector 8" if "journalctl" in words[0] else "no"


def sick(berry: Berry) -> Scene:
    """Return a clinic of three monitors on a machine where everything is wrong."""
    weak(berry)
    crossed(berry)
    halved(berry)
    dev = berry.root / "dev"
    extra = table("capno", "capnostat5", dev / "serial0")
    one = berry.watched(extra=extra + table("bp", "suntech", dev / "vagt/0001-if00"))
    assert one.told is not None
    for name in ("capno", "bp"):
        one.told.devices[name] = structs.replace(one.told.devices["nonin"], name=name)
    one.told.looks["nonin"] = Likeness("nonin", 4096, ("capnostat5",))
    one.told.looks["capno"] = Likeness("capno", 4096, ("nonin-df2",))
    run(berry, 31, one.file)
    run(berry, 32, one.file)
    gone = berry.root / "gone"
    server = Server("https://influx.example", "o", "b", gone, gone)
    outward = structs.replace(one.config.outward, influxdb=server)
    return replace(one, run=logged, config=structs.replace(one.config, outward=outward))


def test_where_everything_is_wrong_each_thing_is_found_once(berry: Berry) -> None:
    assert Counter(finding.id for finding in found(sick(berry))) == Counter(
        [
            *("system_32bit", "power_low", "heat_slowed", "card_worn"),
            *("disk_errors", "disk_unreadable", "disk_read_only", "data_fleeting"),
            *("clock_unkept", "modemmanager_grabs", "brltty_grabs"),
            *("uart_console", "uart_login", "adapter_slow", "adapter_twin", "ports_swapped"),
            *("install_unfinished", "install_not_running", "install_not_enabled"),
            *("install_no_rules", "daemon_twice", "credential_open", "certificate_none"),
            *("secret_missing", "adapter_unused", "adapter_unused"),
        ]
    )


def test_a_daemon_that_cannot_start_is_found_with_all_that_keeps_it(berry: Berry) -> None:
    berry.drop(OPT / "current")
    berry.pull("ttyUSB0")
    berry.write(FIRMWARE, "50000\n")
    one = replace(berry.scene(), serving=STRANGER)
    one.file.chmod(0o600)
    berry.root.parent.chmod(0o700)
    run(berry, 31, one.file)
    assert Counter(finding.id for finding in found(one)) == Counter(
        {
            *("install_broken", "config_denied", "power_was_low", "group_missing"),
            *("port_missing", "daemon_not_running", "daemon_stuck", "data_denied"),
        }
    )


def test_each_finding_is_one_plain_line_with_what_to_do(berry: Berry) -> None:
    for finding in found(sick(berry)):
        line = str(finding)
        assert "\n" not in line
        assert not line.endswith(".")
        assert finding.remedy
        assert re.match(r"[\w/]", line)
