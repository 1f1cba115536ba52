"""What `vagt doctor` finds of a Raspberry Pi itself: board, power, heat, card, file systems."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from berries import FIRMWARE, IN_TIME_S, MOUNTS, NARROW, Berry
from doctors import ids, only, scene
from manual import at
from sockets import Machine

from vagt.doctor.board import MODEL, PROGRAM, board
from vagt.doctor.card import card
from vagt.doctor.clock import clock
from vagt.doctor.finding import Result
from vagt.doctor.heat import heat
from vagt.doctor.mounts import mounts
from vagt.doctor.power import power
from vagt.doctor.programs import printed
from vagt.doctor.scene import Scene


@pytest.fixture
def berry(tmp_path: Path) -> Berry:
    return Berry(tmp_path / "root")


def said(result: Result) -> str:
    """Return what was seen where nothing is to be mended."""
    assert result.findings == ()
    (examined,) = result.checked
    return examined.what


@pytest.mark.parametrize("check", [power, heat, card])
def test_on_another_machine_nothing_is_said_of_what_only_a_raspberry_pi_has(
    tmp_path: Path, check: Callable[[Scene], Result]
) -> None:
    assert check(scene(Machine(tmp_path / "root"))) == Result()


def test_another_machine_is_no_raspberry_pi_and_that_is_no_fault(tmp_path: Path) -> None:
    assert said(board(scene(Machine(tmp_path / "root")))).startswith("no Raspberry Pi")


def test_a_system_of_64_bits_is_told_from_one_of_32(berry: Berry) -> None:
    assert said(board(berry.scene())) == "Raspberry Pi 4 Model B Rev 1.5, 64 bits"
    (berry.root / PROGRAM).write_bytes(NARROW)
    assert only(board(berry.scene())).id == "system_32bit"
    (berry.root / PROGRAM).write_bytes(b"#!/bin/sh\n")
    assert "cannot be known here" in said(board(berry.scene()))


@pytest.mark.parametrize(
    ("bits", "of_power", "of_heat"),
    [
        ("0", [], []),
        ("50005", ["power_low"], []),
        ("50000", ["power_was_low"], []),
        ("4", [], ["heat_slowed"]),
        ("8", [], ["heat_slowed"]),
        ("20002", [], ["heat_slowed"]),
        ("40000", [], ["heat_was_slowed"]),
        ("80000", [], ["heat_was_slowed"]),
    ],
)
def test_each_bit_of_the_firmware_is_one_finding_of_power_or_of_heat(
    berry: Berry, bits: str, of_power: list[str], of_heat: list[str]
) -> None:
    berry.write(FIRMWARE, f"{bits}\n")
    assert (ids(power(berry.scene())), ids(heat(berry.scene()))) == (of_power, of_heat)


def test_what_the_program_of_the_firmware_says_comes_before_the_file(berry: Berry) -> None:
    one = replace(berry.scene(), run=lambda *_: "throttled=0x50005")
    assert ids(power(one)) == ["power_low"]


def test_the_kernel_s_own_alarm_is_enough(berry: Berry) -> None:
    berry.drop(FIRMWARE)
    assert said(power(berry.scene())) == "enough just now"
    berry.write("sys/class/hwmon/hwmon1/in0_lcrit_alarm", "1\n")
    finding = only(power(berry.scene()))
    assert finding.id == "power_low"
    assert "adapter may drop out" in finding.what
    assert "official power supply" in finding.remedy


def test_where_nothing_tells_of_power_it_is_not_said_to_be_enough(berry: Berry) -> None:
    berry.drop(FIRMWARE)
    berry.drop("sys/class/hwmon/hwmon1/name")
    assert "cannot be known here" in said(power(berry.scene()))


@pytest.mark.parametrize(("milli", "found"), [("79999", []), ("80000", ["heat_slowed"])])
def test_a_processor_is_slowed_from_80_degrees(berry: Berry, milli: str, found: list[str]) -> None:
    berry.write("sys/class/thermal/thermal_zone0/temp", f"{milli}\n")
    assert ids(heat(berry.scene())) == found


def test_a_temperature_that_nobody_tells_is_none(berry: Berry) -> None:
    berry.drop("sys/class/thermal/thermal_zone0/temp")
    assert said(heat(berry.scene())) == "how warm it is cannot be known here"


def test_a_card_that_does_not_tell_its_wear_is_said_to_be_silent(berry: Berry) -> None:
    assert said(card(berry.scene())) == "mmcblk0 (SD SC32G): does not tell how worn it is"
    berry.write("sys/block/mmcblk0/device/life_time", "0x00 0x00\n")
    assert said(card(berry.scene())) == "mmcblk0 (SD SC32G): does not tell how worn it is"


@pytest.mark.parametrize(
    ("used", "spare", "found"),
    [
        ("0x08 0x01", "0x01", []),
        ("0x01 0x09", "0x01", ["card_worn"]),
        ("0x0b 0x01", "0x01", ["card_worn"]),
        ("0x01 0x01", "0x02", ["card_worn"]),
        ("rubbish", "rubbish", []),
    ],
)
def test_memory_that_says_that_it_is_nearly_worn_out_is_found(
    berry: Berry, used: str, spare: str, found: list[str]
) -> None:
    berry.write("sys/block/mmcblk0/device/type", "MMC\n")
    berry.write("sys/block/mmcblk0/device/life_time", f"{used}\n")
    berry.write("sys/block/mmcblk0/device/pre_eol_info", f"{spare}\n")
    berry.write("sys/block/mmcblk0boot0/device/life_time", "0x0b 0x0b\n")
    assert ids(card(berry.scene())) == found


def test_errors_of_a_file_system_are_found_with_their_number(berry: Berry) -> None:
    assert said(mounts(berry.scene())) == "the data folder lies on ext4 at /"
    berry.write("sys/fs/ext4/mmcblk0p2/errors_count", "3\n")
    finding = only(mounts(berry.scene()))
    assert finding.id == "disk_errors"
    assert "3 errors are on record for the file system of mmcblk0p2" in finding.what


def test_what_the_kernel_could_not_read_is_found_in_its_log(berry: Berry) -> None:
    line = "I/O error, dev mmcblk0, sector 2048 op 0x0:(READ)"
    finding = only(mounts(replace(berry.scene(), run=lambda *_: f"older\n{line}\n")))
    assert finding.id == "disk_unreadable"
    assert line in finding.what


def test_a_system_that_can_only_be_read_is_found(berry: Berry) -> None:
    berry.write("proc/mounts", MOUNTS.replace("ext4 rw", "ext4 ro"))
    assert only(mounts(berry.scene())).id == "disk_read_only"


def test_data_that_no_restart_outlives_are_found_on_a_raspberry_pi(berry: Berry) -> None:
    berry.write("proc/mounts", MOUNTS + "overlay / overlay rw,lowerdir=/lower 0 0\n")
    finding = only(mounts(berry.scene()))
    assert finding.id == "data_fleeting"
    assert "overlay at /" in finding.what
    berry.drop(MODEL)
    assert ids(mounts(berry.scene())) == []


@pytest.mark.parametrize(
    ("microvolts", "found"),
    [(None, []), ("3012345", []), ("1300000", []), ("1299999", ["clock_unkept"])],
)
def test_the_clock_of_a_raspberry_pi_5_keeps_the_time_only_with_its_cell(
    tmp_path: Path, microvolts: str | None, found: list[str]
) -> None:
    machine = Machine(tmp_path / "root")
    rtc = machine.root / "sys/class/rtc/rtc0"
    rtc.mkdir(parents=True)
    if microvolts is not None:
        (rtc / "battery_voltage").write_text(f"{microvolts}\n")
    now = replace(at(0), wall=at(0).wall + IN_TIME_S)
    assert ids(clock(replace(scene(machine), now=now, run=lambda *_: "no"))) == found


def test_what_no_program_can_print_is_empty() -> None:
    assert printed("/bin/echo", "a", "word") == "a word"
    assert printed("/bin/false") == ""
    assert printed("/nowhere/vcgencmd", "get_throttled") == ""
