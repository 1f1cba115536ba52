"""`vagt alarms ack` of a technical alarm, and a client that hangs up, against a real daemon."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from clinics import BED, VAGT, clinic, daemon, ear

GONE = """
[[device]]
name = "capno"
protocol = "capnostream"
bed = "Stue 1"
port = "/dev/serial/by-id/usb-not-there"
"""


@pytest.mark.timeout(60)
async def test_an_alarm_of_one_monitor_needs_no_device_and_of_several_they_are_named(
    tmp_path: Path,
) -> None:
    place = clinic(tmp_path, extra=GONE)
    line = [*VAGT, "alarms", "ack", "link_lost", "--bed", BED, "--by", "AS"]
    line += ["--socket", str(place.socket)]

    def ack(*words: str) -> tuple[int, str]:
        done = subprocess.run([*line, *words], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout

    with daemon(place):
        async with ear(place) as hears:
            await hears.ask("start", code="3021", age="4y")
            for name in ("capno", "nonin"):
                lost = {"id": "link_lost", "device": name, "state": "active"}
                await hears.hear(lambda lost=lost: hears.of("alarm", **lost), 20)  # type: ignore[misc]
        several = "refused: 'link_lost' is on for capno, nonin: name one with --device\n"
        assert ack() == (1, several)
        assert ack("--device", "capno") == (0, f"ack: {BED}\n")
        assert ack() == (0, f"ack: {BED}\n")
        assert ack() == (1, f"refused: no alarm 'link_lost' to acknowledge at {BED}\n")
    assert "was cut off" not in (tmp_path / "daemon.log").read_text()
