"""`vagt doctor` as a real process, beside a real daemon, real lines, and a program in the way.

What the machine under test is like itself (its clock, its room, its adapters) is not judged here.
"""

from __future__ import annotations

import asyncio
import json
import os
import pty
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from clinics import BED, VAGT, Clinic, Ear, clinic, daemon, ear
from manual import until
from talkers import table, talking

THE_MACHINE_S = {
    *("adapter_slow", "adapter_unused", "clock_unkept", "clock_wrong", "disk_full"),
    *("disk_errors", "disk_read_only", "disk_unreadable", "card_worn", "data_fleeting"),
    *("power_low", "power_was_low", "heat_slowed", "heat_was_slowed", "system_32bit"),
    *("brltty_grabs", "modemmanager_grabs", "group_missing", "credential_open"),
}
CHECKED = {
    *("config", "device", "daemon", "socket", "sound"),
    *("clock", "disk", "journal", "groups", "telemetry", "reports"),
}
HOLDS = """
import serial, sys
held = serial.Serial(sys.argv[1], exclusive=True)
print("held", flush=True)
sys.stdin.read()
"""


def doctor(place: Clinic, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*VAGT, "doctor", "--config", str(place.config), *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=15,
    )


def findings(place: Clinic) -> dict[str, dict[str, Any]]:
    """Return what is to be mended at the clinic, by id."""
    done = doctor(place, "--json")
    assert done.stderr == ""
    said = json.loads(done.stdout)
    assert done.returncode == (1 if said["findings"] else 0)
    assert {one["id"] for one in said["checked"]} >= CHECKED
    assert all(one["what"] and one["remedy"] for one in said["findings"])
    return {one["id"]: one for one in said["findings"] if one["id"] not in THE_MACHINE_S}


async def heard(hears: Ear, **fields: str) -> None:
    """Wait until the daemon says this of a device."""
    await hears.hear(lambda: hears.of("device", **fields))


@contextmanager
def holding(port: Path) -> Iterator[int]:
    """Let another program hold a port; yield its pid."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(port)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    process.stdout.readline()
    try:
        yield process.pid
    finally:
        process.communicate()


async def test_a_clinic_in_order_has_nothing_to_mend(tmp_path: Path) -> None:
    place = clinic(tmp_path)
    async with talking([(place.port, "nonin-df2")]):
        with daemon(place):
            async with ear(place) as hears:
                await hears.hear(lambda: hears.of("device", state="receiving"))
                assert await asyncio.to_thread(findings, place) == {}
                done = await asyncio.to_thread(doctor, place)
    assert "running for this clinic 1\n" in done.stdout


async def test_a_wrong_protocol_is_named_with_what_it_looks_like(tmp_path: Path) -> None:
    port = tmp_path / "tty-capno"
    place = clinic(tmp_path, extra=table("capno", "phasein", port))
    async with talking([(place.port, "nonin-df7"), (port, "capnostat5")]):
        with daemon(place):
            async with ear(place) as hears:
                for name in ("nonin", "capno"):
                    await heard(hears, name=name, fault="noise")
                done = await asyncio.to_thread(doctor, place)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert (
        "- nonin: bytes arrive but none are valid for nonin-df2; they look like nonin-df7: "
        'write protocol = "nonin-df7", or set the monitor to nonin-df2' in lines
    )
    assert any("capno: " in line and "they look like capnostat5: " in line for line in lines)


async def test_who_holds_a_port_is_named(tmp_path: Path) -> None:
    place = clinic(tmp_path)
    async with talking([(place.port, "nonin-df2")]):
        await until(place.port.exists)
        with holding(place.port) as pid, daemon(place):
            async with ear(place) as hears:
                await hears.hear(lambda: hears.of("device", fault="in_use"))
                found = await asyncio.to_thread(findings, place)
    assert set(found) == {"port_held"}
    assert f"(pid {pid})" in found["port_held"]["what"]
    assert str(place.port) in found["port_held"]["what"]


async def test_without_a_daemon_who_holds_a_port_is_named_all_the_same(tmp_path: Path) -> None:
    place = clinic(tmp_path)
    async with talking([(place.port, "nonin-df2")]):
        await until(place.port.exists)
        with holding(place.port) as pid:
            found = await asyncio.to_thread(findings, place)
    assert set(found) == {"port_held", "daemon_not_running"}
    assert f"pid {pid}" in found["port_held"]["what"]


def test_a_port_that_is_not_there_and_a_daemon_that_does_not_run(tmp_path: Path) -> None:
    place = clinic(tmp_path)
    found = findings(place)
    assert set(found) == {"port_missing", "daemon_not_running"}
    assert str(place.port) in found["port_missing"]["what"]
    assert found["daemon_not_running"]["remedy"] == f"start it: vagt run --config {place.config}"


@pytest.mark.parametrize(("kind", "said"), [("folder", "a folder"), ("file", "no serial port")])
def test_what_is_no_port_is_said_to_be_none(tmp_path: Path, kind: str, said: str) -> None:
    place = clinic(tmp_path)
    place.port.mkdir() if kind == "folder" else place.port.touch()
    what = findings(place)["port_none"]["what"]
    assert what == f"nonin: {place.port} is {said}"


async def test_a_silent_monitor_is_told_from_one_that_is_gone(tmp_path: Path) -> None:
    near, far = pty.openpty()
    try:
        place = clinic(tmp_path)
        place.port.symlink_to(os.ttyname(far))
        with daemon(place):
            async with ear(place) as hears:
                await hears.hear(lambda: hears.of("device", state="silent"))
                found = await asyncio.to_thread(findings, place)
        assert set(found) == {"device_silent"}
    finally:
        os.close(near)
        os.close(far)


async def test_a_daemon_that_has_stopped_answering_is_mute(tmp_path: Path) -> None:
    place = clinic(tmp_path)
    with daemon(place) as running:
        async with ear(place) as hears:
            await hears.hear(lambda: hears.of("beat"))
        running.signal(signal.SIGSTOP)
        found = await asyncio.to_thread(findings, place)
        running.signal(signal.SIGCONT)
    assert set(found) == {"port_missing", "daemon_mute"}
    assert "says nothing for 5 s" in found["daemon_mute"]["what"]


async def test_a_socket_that_anybody_can_open_is_found(tmp_path: Path) -> None:
    place = clinic(tmp_path)
    with daemon(place):
        async with ear(place) as hears:
            await hears.hear(lambda: hears.of("beat"))
            place.socket.chmod(0o666)
            found = await asyncio.to_thread(findings, place)
    assert "mode 0666" in found["socket_open"]["what"]


async def test_a_journal_that_was_altered_is_found(tmp_path: Path) -> None:
    place = clinic(tmp_path)
    with daemon(place):
        async with ear(place) as hears:
            await hears.ask("start", code="3021", age="4y")
            await hears.ask("end")
    with closing(sqlite3.connect(place.data / "journal.db")) as journal, journal:
        journal.execute("UPDATE event SET body = replace(body, 'AS', 'BS') WHERE seq = 2")
    found = findings(place)
    assert found["journal_broken"]["what"].startswith("journal ")
    assert "event 2 does not follow" in found["journal_broken"]["what"]


def test_the_size_of_a_journal_counts_what_is_still_in_its_log(tmp_path: Path) -> None:
    place = clinic(tmp_path)
    place.data.mkdir()
    (place.data / "journal.db").touch()
    (place.data / "journal.db-wal").write_bytes(bytes(70 * 2**20))
    assert "journal.db, 70.0 MiB: not walked through" in doctor(place, "--json").stdout


def test_a_journal_that_is_none_is_found(tmp_path: Path) -> None:
    place = clinic(tmp_path)
    place.data.mkdir()
    (place.data / "journal.db").write_bytes(b"no database at all" * 100)
    assert "cannot be read as a journal" in findings(place)["journal_unreadable"]["what"]


def test_a_bad_configuration_is_wrong_use_and_told_line_by_line(tmp_path: Path) -> None:
    place = clinic(tmp_path, extra=table("nonin", "nonin-df9", tmp_path / "x"))
    done = doctor(place, "--json")
    assert (done.returncode, done.stdout) == (2, "")
    lines = done.stderr.splitlines()
    assert len(lines) == 2
    assert all(line.startswith(f"vagt doctor: {place.config}: ") for line in lines)


def test_a_configuration_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    done = doctor(Clinic(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1


def test_it_makes_nothing_and_changes_nothing(tmp_path: Path) -> None:
    place = clinic(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    findings(place)
    assert sorted(tmp_path.rglob("*")) == before
    assert BED in doctor(place).stdout


async def test_a_server_that_is_not_there_and_a_secret_that_all_can_read_are_named(
    tmp_path: Path,
) -> None:
    influx = 'url = "http://127.0.0.1:9"\norg = "o"\nbucket = "b"\ntoken_file = "token"\n'
    place = clinic(tmp_path, extra=f"[influxdb]\n{influx}")
    token = tmp_path / "token"
    missing = (await asyncio.to_thread(findings, place))["secret_missing"]
    assert missing["what"].startswith(f"{token}: ")
    token.write_text("secret")
    token.chmod(0o644)
    async with talking([(place.port, "nonin-df2")]):
        with daemon(place):
            async with ear(place) as hears:
                await heard(hears, state="receiving")

                def down() -> bool:
                    said = hears.of("telemetry")[-1:]
                    return bool(said) and said[0]["sinks"][0]["link"] == "down"

                await hears.hear(down)
                found = await asyncio.to_thread(findings, place)
    assert set(found) == {"influxdb_down", "secret_open"}
    assert found["secret_open"]["remedy"] == f"chmod o= {token}"
    assert "127.0.0.1:9" in found["influxdb_down"]["what"]
