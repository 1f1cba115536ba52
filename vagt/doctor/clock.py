"""The machine's clock: a Raspberry Pi that loses its power forgets the time."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from vagt.doctor.files import number
from vagt.doctor.finding import Finding, Result, found, seen
from vagt.doctor.scene import Scene

BUILT = 2026
"""This version was made in no earlier year."""
TIMESYNC = Path("run/systemd/timesync/synchronized")
"""Made by systemd-timesyncd once it has set the clock (systemd-timesyncd.service(8))."""
RTCS = Path("sys/class/rtc")
CELL_UV = 1_300_000
"""The lowest voltage that the clock of a Raspberry Pi 5 charges a cell to (its documentation, Real
Time Clock): below there is none, for the clock itself is always there."""

_ASKED = ("/usr/bin/timedatectl", "show", "--property=NTPSynchronized", "--value")
_SERVER = "connect a time server (timedatectl set-ntp true), or fit a clock module with a battery"


def clock(scene: Scene) -> Result:
    """Say whether the time can be right, and what keeps it so."""
    year = datetime.fromtimestamp(scene.now.wall, UTC).year
    if year < BUILT:
        what = f"clock: it is set to {year}, before this version was made"
        return found("clock", f"set to {year}", Finding("clock_wrong", what, _SERVER))
    battery = "a battery clock" if _battery(scene.root) else "no battery clock"
    server = "yes" if (scene.root / TIMESYNC).exists() else scene.run(*_ASKED)
    if server == "no" and not _battery(scene.root):
        what = "clock: no time server has set it, and no battery clock keeps it without power"
        return found("clock", "not kept", Finding("clock_unkept", what, _SERVER))
    told = {"yes": "set by a time server", "no": "not set by a time server"}
    unknown = "whether a time server set it cannot be known here"
    return seen("clock", f"{told.get(server, unknown)}; {battery}")


def _battery(root: Path) -> bool:
    """Tell whether a clock runs on without power: one that says its cell is empty does not."""
    cells = [number(one / "battery_voltage") for one in (root / RTCS).glob("rtc*")]
    return any(cell is None or cell >= CELL_UV for cell in cells)
