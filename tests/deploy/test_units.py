"""The units of the Raspberry Pi, as systemd itself reads them."""

from __future__ import annotations

import re
import subprocess
from datetime import date
from pathlib import Path

import pytest
from checkout import ROOT

UNITS = ROOT / "deploy/raspberrypi/units"
INSTALLED = "/opt/vagt/bin/vagt"
EXPOSED = 1.6
"""No unit of the product is more exposed than so, as systemd reckons it."""


def systemd(*words: str) -> str:
    command = ("systemd-analyze", *words)
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout + run.stderr


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """Return the units with a program that is there in the place of the one that is installed."""
    for unit in (*UNITS.glob("*.service"), *UNITS.glob("*.timer")):
        text = re.sub(r"ExecStart=\S+", "ExecStart=/bin/true", unit.read_text("utf-8"))
        (tmp_path / unit.name).write_text(text, "utf-8")
    return tmp_path


def test_systemd_could_start_each_unit(units: Path) -> None:
    named = sorted(str(one) for one in units.iterdir())
    assert named
    assert systemd("verify", *named) == ""


def test_no_unit_may_do_more_than_it_needs(units: Path) -> None:
    for unit in units.glob("*.service"):
        told = systemd("security", "--offline=true", str(unit))
        found = re.search(r"Overall exposure level for \S+: ([\d.]+)", told)
        assert found is not None
        assert float(found[1]) <= EXPOSED, unit.name


def test_reports_are_made_once_a_month_also_after_a_night_without_power() -> None:
    text = (UNITS / "vagt-report.timer").read_text("utf-8")
    assert "Persistent=true" in text
    (when,) = re.findall(r"^OnCalendar=(.+)$", text, re.MULTILINE)
    told = systemd("calendar", "--base-time=2026-11-23", "--iterations=3", when)
    days = [date.fromisoformat(one) for one in re.findall(r"\d{4}-\d{2}-\d{2}", told)]
    firsts = {one for one in days if one.day == 1}
    assert firsts == {date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)}


def test_the_service_files_last_month_by_the_systems_configuration() -> None:
    text = (UNITS / "vagt-report.service").read_text("utf-8")
    (command,) = re.findall(r"^ExecStart=(.+)$", text, re.MULTILINE)
    assert command == f"{INSTALLED} report --last-month --filed --config /etc/vagt/config.toml"


def test_the_daemon_is_begun_again_however_often_it_ends() -> None:
    text = (UNITS / "vagt.service").read_text("utf-8")
    for row in ("Restart=always", "StartLimitIntervalSec=0", "WatchdogSec=15", "Type=notify"):
        assert re.search(rf"^{row}$", text, re.MULTILINE), row


def test_sound_and_serial_lines_are_all_that_the_daemon_may_open() -> None:
    text = (UNITS / "vagt.service").read_text("utf-8")
    allowed = re.findall(r"^DeviceAllow=(\S+) rw$", text, re.MULTILINE)
    serial = ["char-ttyUSB", "char-ttyACM", "char-ttyAMA", "char-ttyS"]
    assert allowed == [*serial, "char-alsa"]
    assert "DevicePolicy=closed" in text


def test_every_timer_has_its_service_and_catches_up_after_a_night_without_power() -> None:
    timers = sorted(UNITS.glob("*.timer"))
    assert [one.stem for one in timers] == ["vagt-backup", "vagt-report", "vagt-verify"]
    for timer in timers:
        assert timer.with_suffix(".service").is_file()
        assert "Persistent=true" in timer.read_text("utf-8")
