"""The card or the memory on the board: how worn it says it is, if it says so at all."""

from __future__ import annotations

import re
from pathlib import Path

from vagt.doctor.files import text
from vagt.doctor.finding import Examined, Finding, Result
from vagt.doctor.scene import Scene

WORN = 0x09
"""From here on 80 % of the life is used, in steps of 10 %, 0x0b beyond all of it; 0x00 says nothing
(JESD84-B51, DEVICE_LIFE_TIME_EST_TYP_A and _B)."""
SPARE = 0x02
"""80 % of the spare blocks are used; 0x03 says 90 % (JESD84-B51, PRE_EOL_INFO)."""
_WHOLE = re.compile(r"mmcblk[0-9]+")


def card(scene: Scene) -> Result:
    """Say how worn each card says it is; most SD cards do not tell."""
    blocks = sorted(scene.root.glob("sys/block/mmcblk*"))
    found = [_judged(block) for block in blocks if _WHOLE.fullmatch(block.name)]
    examined = tuple(one for result in found for one in result.checked)
    return Result(examined, tuple(one for result in found for one in result.findings))


def _judged(block: Path) -> Result:
    device = block / "device"
    kind = " ".join(filter(None, (text(device / "type"), text(device / "name")))) or "card"
    used = max(_codes(device / "life_time"), default=0)
    spare = max(_codes(device / "pre_eol_info"), default=0)
    name = f"{block.name} ({kind})"
    if used >= WORN or spare >= SPARE:
        what = f"card: {name} says that it is nearly worn out, and what is recorded may be lost"
        remedy = "make a backup today and go over to a new one; cards of high endurance last longer"
        worn = Finding("card_worn", what, remedy)
        return Result((Examined("card", f"{name}: nearly worn out"),), (worn,))
    if used:
        return Result((Examined("card", f"{name}: at most {used * 10} % of its life is used"),))
    return Result((Examined("card", f"{name}: does not tell how worn it is"),))


def _codes(path: Path) -> list[int]:
    """Return the codes that a file says; none where it is not there or makes no sense."""
    try:
        return [int(word, 16) for word in text(path).split()]
    except ValueError:
        return []
