"""Pseudo-terminals: a program stands at the other end, and there is no line in between."""

from __future__ import annotations

import os
from dataclasses import replace

from firmware_bridge.settings import LineSettings

FOLDER = "/dev/pts/"


def pseudo(port: str) -> bool:
    """Tell whether a path leads to a pseudo-terminal; no monitor is wired to one."""
    return os.path.realpath(port).startswith(FOLDER)


def fitting(port: str, settings: LineSettings) -> LineSettings:
    """Return the settings that a port can keep: all of a line's, and no framing without a line.

    Linux (drivers/tty/pty.c, pty_set_termios) keeps a pseudo-terminal at eight bits without parity
    whatever is asked, and glibc calls it EINVAL when nothing that was asked for was kept: that is
    so whenever the rest is still as a process that was killed had set it.
    """
    return replace(settings, data_bits=8, parity="N") if pseudo(port) else settings


def unsettable(port: str, settings: LineSettings) -> str:
    """Return why a port that cannot be set so is refused, and what to mend."""
    remedy = "mend `baud`, `data_bits`, `parity` and `stop_bits`, or use another adapter"
    return f"{port} cannot be set to {settings}: {remedy}"
