"""What becomes of a dashboard whose terminal goes, is another, or wants no colours."""

from __future__ import annotations

import asyncio
import os
import re
import select
import time
from pathlib import Path

import pytest
import scenes
from clinics import VAGT
from scripted_daemon import ScriptedDaemon
from terminals import terminal


def read(far: int, wanted: bytes, within_s: float = 20.0) -> bytes:
    """Return what came until something did that looks as `wanted`."""
    said, end = b"", time.monotonic() + within_s
    while re.search(wanted, said) is None:
        assert time.monotonic() < end, said[-2000:]
        if select.select([far], [], [], 0.2)[0]:
            said += os.read(far, 1 << 16)
    return said


@pytest.mark.timeout(60)
async def test_a_dashboard_whose_terminal_has_gone_ends_by_itself(tmp_path: Path) -> None:
    show = (*VAGT, "show", "--socket", str(tmp_path / "none"))
    with terminal(*show, TERM="xterm-256color") as (process, far):
        read(far, b"vagt")
        os.close(far)
        assert process.wait(15) == 0


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    ("environment", "coloured"), [({"NO_COLOR": "1"}, False), ({"COLORTERM": "truecolor"}, True)]
)
async def test_an_alarm_is_a_fill_with_a_mark_with_and_without_colours(
    tmp_path: Path, environment: dict[str, str], *, coloured: bool
) -> None:
    socket = tmp_path / "s"
    show = (*VAGT, "show", "--socket", str(socket))
    filled = rb"\x1b\[(?:[0-9;]*;)?7(?:;[0-9;]*)?m[^\x1b]*!!! "
    async with ScriptedDaemon(socket, scenes.greeting(*scenes.HIGH)):
        with terminal(*show, TERM="xterm-256color", **environment) as (_, far):
            said = await asyncio.to_thread(read, far, filled)
            os.close(far)
    assert (b"38;2;" in said) is coloured


@pytest.mark.timeout(60)
async def test_the_console_of_linux_gets_no_sign_that_its_font_lacks(tmp_path: Path) -> None:
    socket = tmp_path / "s"
    show = (*VAGT, "show", "--socket", str(socket))
    async with ScriptedDaemon(socket, scenes.greeting(*scenes.HIGH)):
        with terminal(*show, TERM="linux") as (_, far):
            said = await asyncio.to_thread(read, far, "observation √".encode())
            os.close(far)
    assert not set(said.decode(errors="replace")) & set("✓✗☐▸▏⇧…")
