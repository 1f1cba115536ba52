"""The board: whether it is a Raspberry Pi, and whether its system is one that Vagt runs on."""

from __future__ import annotations

from pathlib import Path

from vagt.doctor.files import text
from vagt.doctor.finding import Finding, Result, found, seen
from vagt.doctor.scene import Scene

MODEL = Path("proc/device-tree/model")
PROGRAM = Path("usr/bin/env")
"""Any program of the system: it says for which processor the system was made."""
HEAD_BYTES = 20
WIDE, AARCH64 = 2, 0xB7
"""64 bits, and the processor (elf(5), EI_CLASS and e_machine)."""


def model(root: Path) -> str:
    """Return what the board calls itself; empty on a machine that is no such board."""
    return text(root / MODEL)


def raspberry(root: Path) -> bool:
    """Tell whether the machine is a Raspberry Pi."""
    return "Raspberry Pi" in model(root)


def board(scene: Scene) -> Result:
    """Say what the machine is, and whether its system is one of 64 bits for it."""
    if not raspberry(scene.root):
        return seen("board", "no Raspberry Pi: what only that has is not looked at")
    name, made = model(scene.root), _made(scene.root / PROGRAM)
    if made is None:
        return seen("board", f"{name}; whether its system has 64 bits cannot be known here")
    if made == (WIDE, AARCH64):
        return seen("board", f"{name}, 64 bits")
    what = "board: its system is not the one of 64 bits, for which alone Vagt is made and updated"
    remedy = "make a backup, then write Raspberry Pi OS (64-bit) to a new card and install again"
    return found("board", f"{name}, another system", Finding("system_32bit", what, remedy))


def _made(program: Path) -> tuple[int, int] | None:
    """Return for how many bits and which processor a program was made."""
    try:
        with program.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except OSError:
        return None
    if len(head) < HEAD_BYTES or head[:4] != b"\x7fELF":
        return None
    return head[4], int.from_bytes(head[18:20], "little")
