"""A month's reports filed where the configuration says: asked for at a dashboard."""

from __future__ import annotations

from daemon.protocol.message import Message
from daemon.protocol.month import Which
from daemon.protocol.request import Request


class Export(Request, frozen=True, tag="export"):
    """File the reports of a month: the owner's, and each clinic's own rows."""

    month: Which


class Exported(Message, frozen=True, tag="exported"):
    """The answer to `export`."""

    id: str
    pending: bool = False
    """They are still being made: ask again."""
    folder: str = ""
    """Where they are; empty: the configuration names no folder."""
    files: tuple[str, ...] = ()
    """Names of the files in it; those that were there already and are the same, too."""
    detail: str = ""
    """Why there is none."""
