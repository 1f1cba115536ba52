"""FTDI adapters: how long they keep what they received."""

from __future__ import annotations

from vagt.doctor.files import number
from vagt.doctor.finding import Finding, Result, found
from vagt.doctor.installed import RULES
from vagt.doctor.person import present
from vagt.doctor.scene import Scene

PROMPT_MS = 1
"""The least that the adapter takes (FTDI, AN232B-04, Latency timer); it begins with 16."""
_FILES = "sys/bus/usb-serial/devices/*/latency_timer"
_ANEW = "sudo udevadm trigger --action=add --subsystem-match=usb-serial"


def latency(scene: Scene) -> Result:
    """Say which adapters keep bytes back; those that have no such timer are not looked at."""
    told = {one.parent.name: number(one) for one in sorted(scene.root.glob(_FILES))}
    slow = {name: ms for name, ms in told.items() if ms is not None and ms > PROMPT_MS}
    ruled = present(scene.root / RULES)
    remedy = f"`{_ANEW}`, or pull it out and plug it in" if ruled else "run install.sh again"
    findings = []
    for name, ms in slow.items():
        what = f"adapter /dev/{name}: it keeps bytes for {ms} ms, so that waves come in jerks"
        why = "" if ruled else f"; the rule for udev (/{RULES}) that sets {PROMPT_MS} is not there"
        findings.append(Finding("adapter_slow", f"{what}{why}", remedy))
    count = f"adapters with a timer {len(told)}, slow {len(slow)}"
    return found("latency", count, *findings) if told else Result()
